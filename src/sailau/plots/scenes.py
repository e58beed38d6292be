"""Pictures that both doors draw of an election: power, coalitions, the sweep of a clause, seats for votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sailau.law.acts import votes_needed
from sailau.plots.bars import coalition_ladder, share_bars
from sailau.plots.curve import seats_votes_curve
from sailau.plots.style import Style
from sailau.plots.sweep import sweep_picture
from sailau.power import banzhaf, shapley_shubik
from sailau.power.foremost import first_winning
from sailau.power.games import players
from sailau.runs.measured import seats_for_votes
from sailau.runs.sweep import sweep
from sailau.terms.errors import Invalid
from sailau.terms.speech import say

if TYPE_CHECKING:
    from sailau.law.edition import Law
    from sailau.records.election import Election
    from sailau.runs.replay import Replay
    from sailau.runs.sweep import Range

SHOWN = 15
"""Players, and coalitions, that one picture shows."""


def power_picture(house: Mapping[str, int], needed: int, style: Style) -> str:
    """Return shares of seats beside shares of power; members of no party are players, one of whom stands for all.

    Parameters
    ----------
    house : mapping of party to seats
    needed : int
        Votes that win.
    style : Style
    """
    weights = players(dict(house))
    total = sum(weights.values())
    alone = [player for player in weights if player not in house]
    order = sorted((p for p in weights if p not in alone[1:]), key=lambda p: (-weights[p], p))[:SHOWN]
    if alone and alone[0] in order:
        party = style.name(alone[0].rpartition("_")[0])
        called = {alone[0]: style.words("each_of", party=party, n=len(alone))}
        style = replace(style, names={**style.names, **called})
    groups = {style.words("seats_title"): {p: weights[p] / total for p in order}}
    for name, index in {"Banzhaf": banzhaf, "Shapley-Shubik": shapley_shubik}.items():
        values = index(weights, needed)
        groups[name] = {p: float(values[p]) for p in order}
    return share_bars(groups, style)


def coalition_picture(house: Mapping[str, int], needed: int, style: Style) -> str:
    """Return the smallest coalitions that win, at most fifteen.

    Raises
    ------
    Invalid
        No coalition does.
    """
    weights = players(dict(house))
    found = [{p: weights[p] for p in coalition} for coalition in first_winning(weights, needed, SHOWN)]
    if not found:
        raise Invalid(
            say("no coalition wins"), hint=say("a majority of the members may be more than the seats that are filled")
        )
    return coalition_ladder(found, style, total=sum(weights.values()), majority=needed)


def sweep_of(election: Election, law: Law, asked: Range, style: Style, *, majority: str, axis: str = "") -> str:
    """Return the seats while one clause of a law changes, the value of the law marked.

    Parameters
    ----------
    majority : str
        ``majority``, a share or a number; drawn where the house keeps its size.
    axis : str
        What the values are of; the path of the clause by default.
    """
    steps = [
        (point.values[0], point.seats if point.question is None else None)
        for point in sweep(election, [asked], law=law)
    ]
    sizes = {sum(seats.values()) for _, seats in steps if seats}
    needed = votes_needed(majority, sizes.pop()) if len(sizes) == 1 else None
    now = next((value for value in asked.values if law.replace({asked.path: value}).tiers == law.tiers), None)
    return sweep_picture(steps, style, axis=axis or asked.path, now=now, majority=needed)


def curve_of(seen: Replay, style: Style) -> str:
    """Return the seats of the larger of two parties for every share of its votes.

    Raises
    ------
    Invalid
        There is no tier of single-member districts.
    """
    found = seats_for_votes(seen)
    first, second = style.name(found.first), style.name(found.second)
    note = style.words("curve_note", first=first, second=second, n=found.districts)
    styled = replace(style, source=[note, *style.sources])
    return seats_votes_curve(found.points, styled, actual=found.actual, party=found.first)
