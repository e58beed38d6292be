"""The archive over HTTP: elections, laws, formulas, the scoreboard, power."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from sailau.report.laws import law_table, laws_table
from sailau.report.records import election_table, elections_table, formulas_table
from sailau.terms.speech import say
from sailau.web.answers import desk_of
from sailau.web.api.counting import document
from sailau.web.api.forms import Document, failing

router = APIRouter(prefix="/api", tags=["archive"])
Id = Annotated[str, Path(max_length=300)]


@router.get("/elections", response_model=Document, responses=failing())
def elections(
    request: Request,
    country: Annotated[str | None, Query(max_length=10, examples=["kz"])] = None,
    year: Annotated[int | None, Query(ge=1, le=9999, examples=[2023])] = None,
) -> Response:
    """List the elections of the archive."""
    heads = [
        head
        for head in desk_of(request).heads()
        if (country is None or head.country == country) and (year is None or head.day.year == year)
    ]
    return document(elections_table(heads), "elections")


@router.get("/elections/{name:path}", response_model=Document, responses=failing(404))
def election(request: Request, name: Id) -> Response:
    """Show one election with its votes, official seats, sources, and where the sources disagree."""
    return document(election_table(desk_of(request).election(name)), "election")


@router.get("/laws", response_model=Document, responses=failing())
def laws(request: Request) -> Response:
    """List the editions of the laws."""
    return document(laws_table(desk_of(request).editions()), "laws")


@router.get("/laws/{name:path}", response_model=Document, responses=failing(404))
def law(request: Request, name: Id) -> Response:
    """Show one edition, clause by clause: kz/mazhilis@2023-03-19."""
    return document(law_table(desk_of(request).law(name)), "law")


@router.get("/formulas", response_model=Document, responses=failing())
def formulas() -> Response:
    """List the formulas that a law can name."""
    return document(formulas_table(), "formulas")


@router.get("/scoreboard", response_model=Document, responses=failing(503))
async def scoreboard(request: Request) -> Response:
    """Replay every election of the archive: exact or not, and why."""
    return document(await desk_of(request).scoreboard(), "scoreboard")


@router.get("/power/{name:path}", response_model=Document, responses=failing(404, 409))
def power(
    request: Request, name: Id, majority: Annotated[str, Query(max_length=20, examples=["2/3"])] = "majority"
) -> Response:
    """Show what each party's seats are worth."""
    from sailau.law.acts import votes_needed
    from sailau.report.power import power_table

    house = desk_of(request).house(name)
    needed = votes_needed(majority, sum(house.values()))
    return document(
        power_table(house, needed, title=say("{name}: power at {needed} votes", name=name, needed=needed)), "power"
    )


@router.get("/coalitions/{name:path}", response_model=Document, responses=failing(404, 409))
def coalitions(
    request: Request, name: Id, majority: Annotated[str, Query(max_length=20, examples=["majority"])] = "majority"
) -> Response:
    """List minimal winning coalitions, at most two hundred of them."""
    from sailau.law.acts import votes_needed
    from sailau.power.foremost import first_winning, n_minimal_winning
    from sailau.power.games import players
    from sailau.report.power import coalitions_table, coalitions_title

    weights = players(desk_of(request).house(name))
    needed = votes_needed(majority, sum(weights.values()))
    title = coalitions_title(name, n_minimal_winning(weights, needed), needed)
    return document(coalitions_table(first_winning(weights, needed, 200), weights, needed, title=title), "coalitions")
