"""Claims: what experts said, answered by the records, with the evidence for each verdict."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from sailau.terms.errors import NotFound
from sailau.web.answers import desk_of, page
from sailau.web.worker import Answers

NAME, ADDRESS = "claims", "/claims"
ORDER = ("supported", "contradicted", "depends", "undetermined", "not testable")
router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
async def claims(request: Request) -> Response:
    """List the claims by verdict."""
    desk = desk_of(request)
    found = await desk.once("claims", Answers(desk.settings.laws, desk.settings.elections))
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
    desk = desk_of(request)
    found = await desk.once("claims", Answers(desk.settings.laws, desk.settings.elections))
    if name not in found.texts:
        raise NotFound("claim", name, sorted(found.texts), listing="sailau claims")
    head, _, rest = found.texts[name].partition("\n")
    lines = [line for line in rest.splitlines() if line.strip()]
    return page(request, "claim.html", here=NAME, claim=name, head=head, lines=_pairs(lines))


def _pairs(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Return labelled lines; a line without a label goes on with the one before."""
    out: list[tuple[str, list[str]]] = []
    for line in lines:
        label, text = line[:14].strip(), line[14:].strip()
        if line.startswith("  ") and label and not label.startswith(("-", "·")) and line[2] != " ":
            out.append((label, [text]))
        elif out:
            out[-1][1].append(line.strip())
        else:
            out.append(("", [line.strip()]))
    return out
