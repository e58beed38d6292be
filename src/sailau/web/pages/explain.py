"""Explain: every step of the law, every seat, with its article."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from sailau.report.results import seats_table
from sailau.terms.errors import NotFound, SailauError
from sailau.terms.tally import NATION
from sailau.terms.words import Line
from sailau.web.answers import desk_of, page, pairs_of, words_of
from sailau.web.choices import elections_by_country
from sailau.web.lab import Seen, look
from sailau.web.scene import read_scene

NAME, ADDRESS = "explain", "/explain"
KEYS = ("contender", "district", "seats")
MOST = 400
"""Lines that a page shows; one district at a time shows the rest."""

router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
def explain(request: Request) -> Response:
    """Show why every seat went where it went."""
    desk, words = desk_of(request), words_of(request)
    given = pairs_of(request)
    scene = read_scene(desk, given, default=words("first_election"), known=KEYS)
    seen = look(desk, scene, words)
    asked = {key: value for key, value in given if key in KEYS and value}
    shown: dict[str, Any] = {"steps": [], "more": 0, "seats": None, "readings": {}}
    fault: SailauError | None = seen.question
    if seen.after is not None and fault is None:
        try:
            shown = _shown(seen, asked)
        except NotFound as missing:
            fault = missing
    return page(
        request,
        "explain.html",
        here=NAME,
        scene=scene,
        seen=seen,
        fault=fault,
        asked=asked,
        elections=elections_by_country(desk, words),
        areas=_areas(seen),
        **shown,
    )


def _areas(seen: Seen) -> list[str]:
    if seen.after is None:
        return []
    return sorted({entry.area for entry in seen.after.trail if entry.area != NATION})


def _shown(seen: Seen, asked: dict[str, str]) -> dict[str, Any]:
    assert seen.after is not None
    result = seen.after
    contender, district = asked.get("contender"), asked.get("district")
    rows = result.lines(contender, district=district)
    shown = rows[:MOST]
    steps = [(tier, area, _steps(list(part))) for (tier, area), part in groupby(shown, key=lambda r: (r.tier, r.area))]
    table = seats_table(result, contender, district) if "seats" in asked else None
    readings = result.readings() if not (contender or district or seen.scene.changes) else {}
    return {"steps": steps, "more": len(rows) - len(shown), "seats": table, "readings": readings}


def _steps(rows: list[Line]) -> list[tuple[str, list[Line]]]:
    """Return the lines of one area by step: a new step begins where a clause is named."""
    out: list[tuple[str, list[Line]]] = []
    for row in rows:
        if row.cite or not out:
            out.append((row.cite, []))
        out[-1][1].append(row)
    return out
