"""Power: what the seats are worth, and which coalitions win."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from sailau.law.acts import load_constitution, votes_needed
from sailau.plots.scenes import coalition_picture, power_picture
from sailau.power.foremost import first_winning, n_minimal_winning
from sailau.power.games import players
from sailau.report.power import acts_table, coalitions_table, power_table
from sailau.terms.errors import Invalid, SailauError
from sailau.terms.speech import say
from sailau.web.answers import desk_of, page, pairs_of, words_of
from sailau.web.choices import elections_by_country
from sailau.web.lab import Seen, look
from sailau.web.scene import read_scene

NAME, ADDRESS = "power", "/power"
SHOWN = 40
PLAYERS = 64
"""Players up to which the indices are counted exactly within a moment."""

router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
def power(request: Request) -> Response:
    """Show indices, coalitions, and what the largest party can do alone."""
    desk, words = desk_of(request), words_of(request)
    given = pairs_of(request)
    scene = read_scene(desk, given, default=words("first_election"), known=("majority",))
    seen = look(desk, scene, words)
    majority = dict(given).get("majority") or "majority"
    shown: dict[str, Any] = {}
    fault: SailauError | None = seen.question
    if fault is None:
        try:
            shown = _shown(seen, majority)
        except SailauError as error:
            fault = error
    return page(
        request,
        "power.html",
        here=NAME,
        scene=scene,
        seen=seen,
        fault=fault,
        majority=majority,
        elections=elections_by_country(desk, words),
        shown=shown,
    )


def _shown(seen: Seen, majority: str) -> dict[str, Any]:
    house = seen.houses[1]
    if house is None or not house.total:
        raise Invalid(say("no seat is filled"))
    seats = {p: house.seats[p] for p in seen.order if house.seats.get(p)}
    weights = players(seats)
    if len(weights) > PLAYERS:
        raise Invalid(
            say("{n} players; up to {players} are shown here", n=len(weights), players=PLAYERS),
            hint="sailau power counts them",
        )
    needed = votes_needed(majority, house.total)
    found = first_winning(weights, needed, SHOWN)
    title = seen.words.election(seen.scene.election)
    style = replace(seen.style(title), names={p: seen.name(p) for p in {**seats, **weights}})
    election = seen.scene.election
    constitution = load_constitution(election.country, election.day) if "/" in election.id else None
    return {
        "needed": needed,
        "total": house.total,
        "indices": power_table(seats, needed, title=title),
        "coalitions": coalitions_table(found, weights, needed, title=title),
        "n_coalitions": n_minimal_winning(weights, needed),
        "acts": acts_table(seats, election.id.split("/")[1], constitution) if constitution else None,
        "picture": power_picture(seats, needed, style),
        "ladder": coalition_picture(seats, needed, style) if found else "",
    }
