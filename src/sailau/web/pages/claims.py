"""Claims: what experts said, answered by the records, with the evidence for each verdict."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from sailau.terms.errors import NotFound
from sailau.terms.speech import spoken
from sailau.web.answers import desk_of, page
from sailau.web.worker import Answered, Answers

NAME, ADDRESS = "claims", "/claims"
ORDER = ("supported", "contradicted", "depends", "undetermined", "not testable")
router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
async def claims(request: Request) -> Response:
    """List the claims by verdict."""
    found = await _answers(request)
    chosen = request.query_params.get("verdict", "")
    table = found.table
    counts: dict[str, int] = table.extra["counts"]
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows if not chosen or row[1] == chosen]
    order = sorted(counts, key=lambda verdict: ORDER.index(verdict) if verdict in ORDER else len(ORDER))
    return page(
        request,
        "claims.html",
        here=NAME,
        title=table.title,
        rows=rows,
        counts={verdict: counts[verdict] for verdict in order},
        chosen=chosen,
        claim=None,
    )


@router.get(f"{ADDRESS}/{{name}}")
async def claim(request: Request, name: str) -> Response:
    """Show one claim: who, through whom, how it is tested, on what, and the verdict."""
    found = await _answers(request)
    if name not in found.heads:
        raise NotFound("claim", name, sorted(found.heads), listing="sailau claims")
    head, parts = found.heads[name], found.parts[name]
    return page(request, "claim.html", here=NAME, claim=name, head=head, parts=parts)


async def _answers(request: Request) -> Answered:
    """Return the claims, answered in the language of the reader."""
    desk = desk_of(request)
    found: Answered = await desk.once(f"claims-{spoken()}", Answers(desk.settings.laws, desk.settings.elections))
    return found
