"""The arithmetic of an entry, exactly: what loyalty a list needs, and the surface on which its share is the bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sailau.law.edition import Law
from sailau.law.library import load_editions
from sailau.runs.entry_scenario import Scenario
from sailau.seats.count import flat
from sailau.seats.threshold import Threshold
from sailau.terms.errors import NotFound
from sailau.votes.choice import Cells
from sailau.votes.entry import loyalty_needed

RATIOS = (Fraction(1, 2), Fraction(3, 4), Fraction(1), Fraction(5, 4), Fraction(3, 2))
"""Turnout of the others over that of the majority."""

ELSEWHERE = tuple(Fraction(n, 1000) for n in (0, 5, 10, 20, 30, 40, 50))
"""Shares among the majority."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a list of some groups needs.

    Attributes
    ----------
    groups : str
        A group, or ``all but kazakh``.
    people : int
    of_all : Fraction
        Their share of the electorate.
    needed : mapping of bar to Fraction
        The share of their votes; above 1 where no loyalty suffices.
    """

    groups: str
    people: int
    of_all: Fraction
    needed: Mapping[Fraction, Fraction]


def people_of(cells: Cells) -> dict[str, int]:
    """Return people by group, in whole numbers."""
    return {group: round(number) for group, number in cells.by_group.items()}


def bars_of(scenario: Scenario) -> tuple[Fraction, ...]:
    """Return every bar that an edition of the law had for the tier, that of the scenario among them."""
    found = {_bar(scenario.law, scenario.tier)}
    found |= {_bar(law, scenario.tier) for law in load_editions(scenario.law.id, folders=scenario.law_folders)}
    return tuple(sorted(bar for bar in found if bar is not None and bar > 0))


def _bar(law: Law, tier: str) -> Fraction | None:

    try:
        steps = law.tier(tier).steps
    except NotFound:
        return None
    return next((step.share for step in flat(steps) if isinstance(step, Threshold) and step.share is not None), None)


def needs(cells: Cells, majority: str, bars: Sequence[Fraction]) -> tuple[Need, ...]:
    """Return what a list of one group alone, and of all groups but the majority, needs at each bar.

    Equal turnout, and nothing from anybody else.
    """
    people = people_of(cells)
    whole = sum(people.values())
    sides = [(group, frozenset({group})) for group in people if group != majority and people[group]]
    if len(sides) > 1:
        sides.append((f"all but {majority}", frozenset(people) - {majority}))
    out = []
    for name, own in sides:
        mine = sum(people[group] for group in own)
        needed = {bar: loyalty_needed(people, own, bar) for bar in bars}
        out.append(Need(name, mine, Fraction(mine, whole), needed))
    return tuple(sorted(out, key=lambda need: -need.people))


def surface(
    cells: Cells,
    own: frozenset[str],
    bar: Fraction,
    *,
    elsewhere: Sequence[Fraction] = ELSEWHERE,
    ratios: Sequence[Fraction] = RATIOS,
) -> dict[Fraction, dict[Fraction, Fraction]]:
    """Return the support among its own at which a list has exactly the bar: by turnout ratio and support elsewhere.

    Examples
    --------
    >>> cells = Cells.of_groups({"kazakh": 70353, "other": 29647})
    >>> found = surface(cells, frozenset({"other"}), Fraction(1, 20))
    >>> round(float(found[Fraction(1)][Fraction(1, 200)]), 3)
    0.157
    """
    people = people_of(cells)
    out: dict[Fraction, dict[Fraction, Fraction]] = {}
    for ratio in ratios:
        turnout = dict.fromkeys(own, ratio)
        out[ratio] = {p: loyalty_needed(people, own, bar, elsewhere=p, turnout=turnout) for p in elsewhere}
    return out
