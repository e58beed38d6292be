"""Alignment: who votes with whom, from a user's own roll calls."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from sailau.align.agreement import agreement
from sailau.align.measures import MEASURES
from sailau.align.read import read_rollcalls
from sailau.report.alignment import agreement_table, problem_notes
from sailau.terms.errors import Invalid, SailauError
from sailau.web.answers import desk_of, page
from sailau.web.guard import too_large
from sailau.web.uploads import bare, on_disk, safe_name, without_folder

NAME, ADDRESS = "alignment", "/alignment"
CODES = ("words", "un", "voteview", "binary")
router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
def alignment(request: Request) -> Response:
    """Show the form."""
    return _page(request, {})


@router.post(ADDRESS)
async def take(request: Request) -> Response:
    """Read roll calls and measure how far a voter agrees with others."""
    desk = desk_of(request)
    async with request.form(max_files=1, max_fields=20) as form:
        asked = {key: str(value).strip() for key, value in form.items() if isinstance(value, str)}
        file = form.get("file")
        try:
            if isinstance(file, UploadFile) and file.filename:
                raw = await file.read(desk.settings.upload_limit + 1)
                if len(raw) > desk.settings.upload_limit:
                    raise too_large(desk.settings.upload_limit)
                name = safe_name(file.filename)
                asked["kept"] = desk.store.key(name, raw)
                desk.store.keep(asked["kept"], name, raw, None)
            elif asked.get("kept"):
                kept = desk.store.get(asked["kept"])
                name, raw = kept.name, kept.raw
            else:
                raise Invalid("no file was chosen")
            found = await run_in_threadpool(_found, name, raw, asked)
        except SailauError as fault:
            return _page(request, asked, status=422, fault=fault)
    return _page(request, asked, **found)


def _found(name: str, raw: bytes, asked: dict[str, str]) -> dict[str, Any]:
    with on_disk(name, raw) as path:
        try:
            reading = read_rollcalls(path, codes=asked.get("codes") or None)
        except SailauError as error:
            raise without_folder(error, path) from None
        notes = [bare(note, path) for note in problem_notes(reading.problems)]
    calls = reading.calls
    found: dict[str, Any] = {
        "name": name,
        "voters": [(voter, calls.names.get(voter, voter)) for voter in calls.voters],
        "size": (len(calls.voters), len(calls.items), calls.n_votes),
        "notes": notes,
    }
    others = [part.strip() for part in asked.get("others", "").split(",") if part.strip()]
    if asked.get("voter") and others:
        scores = agreement(
            calls, asked["voter"], others, by=asked.get("by") or None, measure=asked.get("measure") or "agreement"
        )
        found["table"] = agreement_table(scores)
    return found


def _page(request: Request, asked: dict[str, str], *, status: int = 200, **found: Any) -> Response:
    blank: dict[str, Any] = {"fault": None, "table": None, "voters": [], "name": "", "size": None, "notes": []}
    return page(
        request,
        "alignment.html",
        status=status,
        here=NAME,
        asked=asked,
        codes=CODES,
        measures=tuple(MEASURES),
        **{**blank, **found},
    )
