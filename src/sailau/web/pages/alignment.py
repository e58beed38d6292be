"""Alignment: who votes with whom, and where voters stand, from a user's own roll calls."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from sailau.align.measures import MEASURES
from sailau.files.places import shipped
from sailau.terms.errors import Invalid, SailauError
from sailau.terms.speech import say
from sailau.web.answers import desk_of, page, words_of
from sailau.web.api.jobs import client_of
from sailau.web.desk import Desk
from sailau.web.guard import too_large
from sailau.web.problems import Refused
from sailau.web.rollcalls import anchors_in, calls_of, measured, names_in
from sailau.web.uploads import safe_name
from sailau.web.worker import Placing

NAME, ADDRESS = "alignment", "/alignment"
CODES = ("words", "un", "voteview", "binary")
SHOWN = ("agreement", "balance", "points", "paths")
EXAMPLE = "general-assembly.csv.gz"
DRAWS = 50
"""Draws of the bootstrap of positions; each estimates them anew."""

router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
def alignment(request: Request) -> Response:
    """Show the form."""
    return _page(request, {})


@router.post(ADDRESS)
async def take(request: Request) -> Response:
    """Read roll calls, and measure how far a voter agrees with others, or start to place all of them."""
    desk = desk_of(request)
    async with request.form(max_files=1, max_fields=20) as form:
        asked = {key: str(value).strip() for key, value in form.items() if isinstance(value, str)}
        try:
            name, raw = await _given(desk, form, asked)
            if asked.get("show") in ("points", "paths"):
                return _placing(request, name, raw, asked)
            found = await run_in_threadpool(_found, name, raw, asked)
        except SailauError as fault:
            return _page(request, asked, status=422, fault=fault)
    return _page(request, asked, **found)


@router.get(f"{ADDRESS}/{{key}}")
def watch(request: Request, key: str) -> Response:
    """Show positions, or that they are not known yet."""
    job = desk_of(request).jobs.get(key)
    if not isinstance(job.task, Placing):
        raise Refused(404, say("the job {key} places nobody", key=key))
    done = job.result if job.state == "done" else None
    table, picture = (done.table, done.picture) if done else (None, "")
    return _page(request, {}, job=job, table=table, picture=picture)


async def _given(desk: Desk, form: FormData, asked: dict[str, str]) -> tuple[str, bytes]:
    """Return the file that was chosen, else the example that ships, else the file that is kept."""
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        raw = await file.read(desk.settings.upload_limit + 1)
        if len(raw) > desk.settings.upload_limit:
            raise too_large(desk.settings.upload_limit)
        name = safe_name(file.filename)
        asked["kept"] = desk.store.keep(desk.store.key(name, raw), name, raw, None).id
        return name, raw
    if asked.get("example"):
        raw = (shipped("rollcalls") / "un" / "votes.csv.gz").read_bytes()
        asked["kept"] = desk.store.keep(desk.store.key(EXAMPLE, raw), EXAMPLE, raw, None).id
        return EXAMPLE, raw
    if not asked.get("kept"):
        raise Invalid(say("no file was chosen"))
    kept = desk.store.get(asked["kept"])
    return kept.name, kept.raw


def _placing(request: Request, name: str, raw: bytes, asked: dict[str, str]) -> Response:
    """Start the estimate in the worker, and lead to its page."""
    task = Placing(
        raw, name, asked.get("codes") or None, anchors_in(asked.get("anchor", "")),
        tuple(names_in(asked.get("others", ""))), asked["show"] == "paths", asked.get("bridge", ""), DRAWS,
        words_of(request).lang,
    )  # fmt: skip
    job = desk_of(request).jobs.submit("points", task, client_of(request))
    lang = request.query_params.get("lang")
    return RedirectResponse(f"{ADDRESS}/{job.id}{f'?lang={lang}' if lang else ''}", 303)


def _found(name: str, raw: bytes, asked: dict[str, str]) -> dict[str, Any]:
    calls, notes = calls_of(name, raw, asked.get("codes") or None)
    return {
        "name": name,
        "voters": [(voter, calls.names.get(voter, voter)) for voter in calls.voters],
        "size": (len(calls.voters), len(calls.items), calls.n_votes),
        "notes": notes,
        "table": measured(calls, asked),
    }


def _page(request: Request, asked: dict[str, str], *, status: int = 200, **found: Any) -> Response:
    blank: dict[str, Any] = {"fault": None, "table": None, "voters": [], "name": "", "size": None, "notes": []}
    blank |= {"job": None, "picture": "", "shown": SHOWN, "codes": CODES, "measures": tuple(MEASURES)}
    return page(request, "alignment.html", status=status, here=NAME, asked=asked, **{**blank, **found})
