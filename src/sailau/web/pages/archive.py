"""The archive: elections with their verdicts, one record with its sources, laws clause by clause."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from sailau.law.library import load_editions
from sailau.records.election import Election
from sailau.report.citation import cite
from sailau.report.laws import law_difference, law_table
from sailau.report.records import election_table
from sailau.report.table import Table
from sailau.terms.speech import coded
from sailau.terms.tally import NATION
from sailau.web.answers import desk_of, page, words_of
from sailau.web.choices import country
from sailau.web.words import Words

NAME, ADDRESS = "archive", "/archive"
router = APIRouter(include_in_schema=False)
Verdicts = dict[str, tuple[str, str]]


@router.get(ADDRESS)
async def archive(request: Request) -> Response:
    """List the elections; verdicts come as soon as the archive was counted again."""
    desk, words = desk_of(request), words_of(request)
    asked = request.query_params
    heads = [
        head
        for head in desk.heads()
        if (not asked.get("country") or head.country == asked["country"])
        and (
            not asked.get("find")
            or asked["find"].casefold() in f"{words.head(head)} {head.name} {head.election}".casefold()
        )
    ]
    groups: dict[str, list[object]] = {}
    for head in sorted(heads, key=lambda h: (h.day, h.election), reverse=True):
        groups.setdefault(country(head.country, words), []).append(head)
    scores = await desk.scoreboard() if asked.get("wait") or desk.has_scores else None
    codes = sorted({head.country for head in desk.heads()}, key=lambda code: country(code, words))
    return page(
        request,
        "archive.html",
        here=NAME,
        groups=sorted(groups.items()),
        countries=[(code, country(code, words)) for code in codes],
        chosen=asked.get("country", ""),
        find=asked.get("find", ""),
        verdicts=verdicts_of(scores) if scores else {},
        title=scores.title if scores else "",
        n=len(heads),
    )


@router.get(f"{ADDRESS}/verdicts")
async def verdicts(request: Request) -> Response:
    """Return the verdict on every election."""
    scores = await desk_of(request).scoreboard()
    return JSONResponse({"title": scores.title, "verdicts": verdicts_of(scores)})


def verdicts_of(scores: Table) -> Verdicts:
    """Return verdict and remark by election."""
    return {str(row[0]): (coded(str(row[5])), row[6] if isinstance(row[6], str) else "") for row in scores.rows}


@router.get("/elections/{name:path}")
def election(request: Request, name: str) -> Response:
    """Show one record: figures, sources, conflicts."""
    desk = desk_of(request)
    record = desk.election(name)
    law = desk.law_of(record)
    return page(
        request,
        "election.html",
        here=NAME,
        record=record,
        law=law,
        table=election_table(record),
        said=_said(record, words_of(request)),
        bibtex=cite(law, record),
    )


def _said(record: Election, words: Words) -> dict[str, Callable[[str], str]]:
    """Return what the lines, tiers and the nation of a record are called."""

    def line(name: str) -> str:
        known = record.tally.contenders.get(name)
        return words.name(known.names, name) if known and known.names else words.first(f"line.{name}", f"col.{name}")

    def area(name: str) -> str:
        return words.first(f"area.{name}") if name == NATION else name.replace("_", " ")

    return {"line": line, "tier": lambda name: words.first(f"tier.{name}"), "district": area}


@router.get("/laws/{name:path}")
def law(request: Request, name: str) -> Response:
    """Show one edition, clause by clause, with what the edition before it said."""
    desk = desk_of(request)
    edition = desk.law(name)
    own = edition.path.startswith("own:")
    others = () if own else load_editions(edition.id, folders=desk.settings.laws)
    before = next((old for old, new in pairwise(others) if str(new) == str(edition)), None)
    difference = law_difference(before, edition) if before else None
    return page(
        request,
        "law.html",
        here=NAME,
        law=edition,
        table=law_table(edition),
        others=others,
        before=before,
        difference=difference,
    )
