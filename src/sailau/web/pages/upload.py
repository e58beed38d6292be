"""Upload: own results and own laws, with a preview, what each column was taken for, and every problem."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from sailau.records.results import ROLES
from sailau.runs.saved import is_scenario
from sailau.terms.errors import Invalid, SailauError
from sailau.terms.speech import quoted, say
from sailau.web.answers import desk_of, page, words_of
from sailau.web.choices import Group, country
from sailau.web.desk import Desk
from sailau.web.guard import too_large
from sailau.web.scene import named, spelled
from sailau.web.uploads import Asked, bring_law, bring_results, bring_scenario
from sailau.web.words import Words

NAME, ADDRESS = "upload", "/upload"
COLUMN = "column."
"""What the fields that give columns a role begin with."""

COLUMNS = 200
"""Columns that can be given a role."""

router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
def upload(request: Request) -> Response:
    """Show the forms, with an example to read where one is asked for."""
    return _page(request, {}, pasted=_example(request) if "example" in request.query_params else "")


def _example(request: Request) -> str:
    """Return a table of votes as it could stand in a file: that of the first election."""
    words = words_of(request)
    tally = desk_of(request).election(words("first_election")).tally
    rows = [
        (words.name(tally.contenders[party].names, party) if party in tally.contenders else party, str(votes))
        for party, votes in tally.party_votes().items()
    ]
    return "\n".join("\t".join(row) for row in [("party", "votes"), *rows])


@router.post(ADDRESS)
async def take(request: Request) -> Response:
    """Read what was given, and say what was understood of it."""
    desk = desk_of(request)
    async with request.form(max_files=2, max_fields=COLUMNS + 30) as form:
        asked = {key: str(value).strip() for key, value in form.items() if isinstance(value, str)}
        try:
            name, raw = await _given(desk, form.get("file"), asked)
            if name.endswith(".json") and is_scenario(raw):
                pairs = await run_in_threadpool(bring_scenario, desk, name, raw)
                spoken = [("lang", words_of(request).lang)] if "lang" in request.query_params else []
                return RedirectResponse(f"/lab?{spelled([*pairs, *spoken])}", 303)
            if asked.get("kind") == "law":
                law = await run_in_threadpool(bring_law, desk, name, raw)
                return _page(request, asked, law=law)
            brought = await run_in_threadpool(bring_results, desk, name, raw, _asked(asked))
        except SailauError as fault:
            return _page(request, asked, status=422, fault=fault)
    pasted = raw.decode("utf-8", "replace") if name.startswith("pasted.") else ""
    return _page(request, asked, status=200 if brought.id else 422, brought=brought, pasted=pasted)


async def _given(desk: Desk, file: Any, asked: dict[str, str]) -> tuple[str, bytes]:
    """Return the file that was chosen, else what was pasted, else the file that is to be read again."""
    limit, pasted = desk.settings.upload_limit, asked.get("pasted", "")
    if isinstance(file, UploadFile) and file.filename:
        raw = await file.read(limit + 1)
        if len(raw) > limit:
            raise too_large(limit)
        return file.filename, raw
    if pasted:
        return "pasted.csv" if "\t" not in pasted else "pasted.tsv", pasted.encode()
    if asked.get("again"):
        kept = desk.store.get(asked["again"])
        return kept.name, kept.raw
    raise Invalid(say("no file was chosen, and nothing was pasted"))


def _asked(asked: dict[str, str]) -> Asked:
    roles = {key.removeprefix(COLUMN): role for key, role in asked.items() if key.startswith(COLUMN) and role}
    seats = _seats(asked.get("seats", ""))
    sheet, tier = asked.get("sheet") or None, asked.get("tier") or None
    return Asked(asked.get("law", ""), tier, sheet, asked.get("keep") == "1", seats, roles)


def _seats(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 7:
        raise Invalid(say("seats: {text!r} is no number of seats", text=text))
    return int(text)


def _page(request: Request, asked: dict[str, str], *, status: int = 200, **found: Any) -> Response:
    desk, words = desk_of(request), words_of(request)
    values: dict[str, Any] = {"brought": None, "law": None, "fault": None, "pasted": "", **found}
    return page(
        request,
        "upload.html",
        status=status,
        here=NAME,
        asked=asked,
        laws=_laws(desk, words),
        roles=ROLES,
        shown=COLUMNS,
        **values,
    )


def _laws(desk: Desk, words: Words) -> list[Group]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for law in desk.editions():
        if any(tier.needs_votes for tier in law.tiers):
            name = country(law.id.split("/")[0], words)
            groups.setdefault(name, []).append((named(law), quoted(f"{law.id} {law.since.year} · {law.name}")))
    own = [(law.path, quoted(law.name)) for law in desk.own_laws()]
    mine: list[Group] = [(words("upload.own_laws"), own)] if own else []
    return mine + [(name, items[::-1]) for name, items in sorted(groups.items())]
