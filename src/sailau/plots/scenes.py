"""Pictures that both doors draw of an election: power, coalitions, the sweep of a clause, seats for votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sailau.law.acts import votes_needed
from sailau.locale import text
from sailau.plots.bars import coalition_ladder, share_bars
from sailau.plots.curve import seats_votes_curve
from sailau.plots.palette import Patterns
from sailau.plots.sweep import sweep_picture
from sailau.power import banzhaf, minimal_winning, shapley_shubik
from sailau.power.games import players
from sailau.runs.measured import seats_for_votes
from sailau.runs.sweep import sweep
from sailau.terms.errors import Invalid

if TYPE_CHECKING:
    from sailau.law.edition import Law
    from sailau.records.election import Election
    from sailau.runs.replay import Replay
    from sailau.runs.sweep import Range

SHOWN = 15
"""Players, and coalitions, that one picture shows."""


def power_picture(
    house: Mapping[str, int],
    needed: int,
    *,
    title: str,
    names: Mapping[str, str] | None = None,
    lang: str = "en",
    source: str = "",
) -> str:
    """Return shares of seats beside shares of power; members of no party are players, one of whom stands for all.

    Parameters
    ----------
    house : mapping of party to seats
    needed : int
        Votes that win.
    """
    weights = players(dict(house))
    total = sum(weights.values())
    alone = [player for player in weights if player not in house]
    order = sorted((p for p in weights if p not in alone[1:]), key=lambda p: (-weights[p], p))[:SHOWN]
    called = {player: (names or {}).get(player, player) for player in order}
    if alone and alone[0] in called:
        one = alone[0].rpartition("_")[0]
        called[alone[0]] = text("each_of", lang, party=(names or {}).get(one, one), n=len(alone))
    groups = {text("seats_title", lang): {p: weights[p] / total for p in order}}
    for name, index in {"Banzhaf": banzhaf, "Shapley-Shubik": shapley_shubik}.items():
        values = index(weights, needed)
        groups[name] = {p: float(values[p]) for p in order}
    return share_bars(groups, title=title, names=called, lang=lang, source=source)


def coalition_picture(
    house: Mapping[str, int],
    needed: int,
    *,
    title: str,
    names: Mapping[str, str] | None = None,
    lang: str = "en",
    patterns: Patterns = "auto",
    source: str = "",
) -> str:
    """Return the smallest coalitions that win, at most fifteen.

    Raises
    ------
    Invalid
        No coalition does.
    """
    weights = players(dict(house))
    found = [{p: weights[p] for p in coalition} for coalition in minimal_winning(weights, needed)[:SHOWN]]
    if not found:
        raise Invalid("no coalition wins", hint="a majority of the members may be more than the seats that are filled")
    total = sum(weights.values())
    return coalition_ladder(
        found, total=total, majority=needed, title=title, names=names, lang=lang, patterns=patterns, source=source
    )


def sweep_of(
    election: Election,
    law: Law,
    asked: Range,
    *,
    majority: str,
    title: str,
    axis: str = "",
    names: Mapping[str, str] | None = None,
    short: Mapping[str, str] | None = None,
    colours: Mapping[str, str] | None = None,
    patterns: Patterns = "auto",
    lang: str = "en",
    source: str | Sequence[str] = "",
) -> str:
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
    return sweep_picture(
        steps, title=title, axis=axis or asked.path, now=now, majority=needed, colours=colours, names=names,
        short=short, patterns=patterns, lang=lang, source=source,
    )  # fmt: skip


def curve_of(seen: Replay, *, title: str, names: Mapping[str, str] | None = None, lang: str = "en") -> str:
    """Return the seats of the larger of two parties for every share of its votes.

    Raises
    ------
    Invalid
        There is no tier of single-member districts.
    """
    found = seats_for_votes(seen)
    first, second = ((names or {}).get(party, party) for party in (found.first, found.second))
    source = text("curve_note", lang, first=first, second=second, n=found.districts)
    return seats_votes_curve(found.points, actual=found.actual, title=title, party=first, source=source, lang=lang)
