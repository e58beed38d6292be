"""sailau plot: pictures of an election."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sailau.cli.options import Elections, Laws, election_of, folders
from sailau.cli.output import say
from sailau.cli.powering import votes_needed


class Kind(StrEnum):
    """What to draw."""

    hemicycle = "hemicycle"
    power = "power"
    coalitions = "coalitions"


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
    """Draw the house of an election, the power in it, or its coalitions.

    Example: sailau plot hemicycle kz/mazhilis/2023-03-19 -o mazhilis.svg
    """
    from sailau.runs.replay import replay
    from sailau.terms.errors import Invalid

    if out is not None and out.suffix != ".svg":
        raise Invalid(f"{out} is no SVG file", hint="give a name that ends in .svg")
    election = election_of(name, own)
    house = replay(election, folders=folders(own_laws)).house
    picture = _draw(kind, house, votes_needed(majority, sum(house.values())), election.name)
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
    order = sorted(weights, key=lambda p: (-weights[p], p))
    groups = {
        "seats": {p: weights[p] / total for p in order},
        "Banzhaf": {p: float(v) for p, v in banzhaf(weights, majority).items()},
        "Shapley-Shubik": {p: float(v) for p, v in shapley_shubik(weights, majority).items()},
    }
    return share_bars(groups, title=f"{name}: power at {majority} of {total} votes")
