"""Upload: own results and own laws, with a preview, what each column was taken for, and every problem."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from sailau.terms.errors import Invalid, SailauError
from sailau.web.answers import desk_of, page, words_of
from sailau.web.choices import Group, country
from sailau.web.desk import Desk
from sailau.web.guard import too_large
from sailau.web.scene import named, spelled
from sailau.web.uploads import bring_law, bring_results, bring_scenario
from sailau.web.words import Words

NAME, ADDRESS = "upload", "/upload"
router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
def upload(request: Request) -> Response:
    """Show the forms."""
    return _page(request, {})


@router.post(ADDRESS)
async def take(request: Request) -> Response:
    """Read what was given, and say what was understood of it."""
    desk = desk_of(request)
    async with request.form(max_files=2, max_fields=30) as form:
        asked = {key: str(value).strip() for key, value in form.items() if isinstance(value, str)}
        try:
            name, raw = await _given(form.get("file"), asked.get("pasted", ""), desk.settings.upload_limit)
            if name.endswith(".json"):
                pairs = await run_in_threadpool(bring_scenario, desk, name, raw)
                spoken = [("lang", words_of(request).lang)] if "lang" in request.query_params else []
                return RedirectResponse(f"/lab?{spelled([*pairs, *spoken])}", 303)
            if asked.get("kind") == "law":
                law = await run_in_threadpool(bring_law, desk, name, raw)
                return _page(request, asked, law=law)
            brought = await run_in_threadpool(
                bring_results, desk, name, raw, law=asked.get("law", ""), tier=asked.get("tier") or None,
                sheet=asked.get("sheet") or None, keep=asked.get("keep") == "1", seats=_seats(asked.get("seats", "")),
            )  # fmt: skip
        except SailauError as fault:
            return _page(request, asked, status=422, fault=fault)
    pasted = raw.decode("utf-8", "replace") if asked.get("pasted") else ""
    return _page(request, asked, status=200 if brought.id else 422, brought=brought, pasted=pasted)


async def _given(file: Any, pasted: str, limit: int) -> tuple[str, bytes]:
    if isinstance(file, UploadFile) and file.filename:
        raw = await file.read(limit + 1)
        if len(raw) > limit:
            raise too_large(limit)
        return file.filename, raw
    if not pasted:
        raise Invalid("no file was chosen, and nothing was pasted")
    return "pasted.csv" if "\t" not in pasted else "pasted.tsv", pasted.encode()


def _seats(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 7:
        raise Invalid(f"seats: {text!r} is no number of seats")
    return int(text)


def _page(request: Request, asked: dict[str, str], *, status: int = 200, **found: Any) -> Response:
    desk, words = desk_of(request), words_of(request)
    values: dict[str, Any] = {"brought": None, "law": None, "fault": None, "pasted": "", **found}
    return page(request, "upload.html", status=status, here=NAME, asked=asked, laws=_laws(desk, words), **values)


def _laws(desk: Desk, words: Words) -> list[Group]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for law in desk.editions():
        if any(tier.needs_votes for tier in law.tiers):
            name = country(law.id.split("/")[0], words)
            groups.setdefault(name, []).append((named(law), f"{law.id} {law.since.year} · {law.name}"))
    own = [(law.path, law.name) for law in desk.own_laws()]
    mine: list[Group] = [(words("upload.own_laws"), own)] if own else []
    return mine + [(name, items[::-1]) for name, items in sorted(groups.items())]
