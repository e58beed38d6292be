"""sailau plot: pictures of an election."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Elections, Laws, election_of, folders
from sailau.cli.output import say
from sailau.cli.powering import votes_needed

if TYPE_CHECKING:
    from sailau.runs.replay import Replay


class Kind(StrEnum):
    """What to draw."""

    hemicycle = "hemicycle"
    power = "power"
    coalitions = "coalitions"
    curve = "curve"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(plot)


def plot(
    kind: Annotated[Kind, typer.Argument(help="What to draw.")],
    name: Annotated[str, typer.Argument(metavar="ID", help="An election.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="An SVG file; stdout without it.")] = None,
    majority: Annotated[
        str, typer.Option("--majority", help="majority, a share such as 2/3, or a number.")
    ] = "majority",
    own: Elections = None,
    own_laws: Laws = None,
) -> None:
    """Draw the house of an election, the power in it, its coalitions, or seats for votes of two parties.

    Example: sailau plot hemicycle kz/mazhilis/2023-03-19 -o mazhilis.svg
    """
    from sailau.runs.replay import replay
    from sailau.terms.errors import Invalid

    if out is not None and out.suffix != ".svg":
        raise Invalid(f"{out} is no SVG file", hint="give a name that ends in .svg")
    election = election_of(name, own)
    seen = replay(election, folders=folders(own_laws))
    house = seen.house
    picture = (
        _curve(seen)
        if kind is Kind.curve
        else _draw(kind, house, votes_needed(majority, sum(house.values())), election.name)
    )
    if out is None:
        print(picture, end="")
        return
    out.write_text(picture, encoding="utf-8")
    say(f"wrote {out}")


def _draw(kind: Kind, house: dict[str, int], majority: int, name: str) -> str:
    from sailau.plots.bars import coalition_ladder, share_bars
    from sailau.plots.hemicycle import hemicycle
    from sailau.power import banzhaf, minimal_winning, shapley_shubik
    from sailau.report.power import players

    if kind is Kind.hemicycle:
        return hemicycle(house, title=name, majority=majority)
    weights = players(house)
    total = sum(weights.values())
    if kind is Kind.coalitions:
        found = [{p: weights[p] for p in c} for c in minimal_winning(weights, majority)[:15]]
        return coalition_ladder(found, total=total, majority=majority, title=f"{name}: minimal winning coalitions")
    alone = [p for p in weights if p not in house]
    called = {p: p for p in sorted(weights, key=lambda p: (-weights[p], p)) if p not in alone[1:]}
    if alone:
        called[alone[0]] = f"{alone[0].rpartition('_')[0]}, each of {len(alone)}"
    power = banzhaf(weights, majority), shapley_shubik(weights, majority)
    groups = {
        "seats": {name: weights[p] / total for p, name in called.items()},
        "Banzhaf": {name: float(power[0][p]) for p, name in called.items()},
        "Shapley-Shubik": {name: float(power[1][p]) for p, name in called.items()},
    }
    return share_bars(groups, title=f"{name}: power at {majority} of {total} votes")


def _curve(seen: Replay) -> str:
    from sailau.plots.curve import seats_votes_curve
    from sailau.runs.measured import seats_for_votes

    found = seats_for_votes(seen)
    return seats_votes_curve(
        found.points,
        actual=found.actual,
        title=f"{seen.election.name}: seats for votes",
        party=found.first,
        source=f"{found.first} against {found.second} in {found.districts} districts where both stood, uniform swing",
    )
