"""The same entrant under every law there was and under reforms: what it would need, and what it would get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial

import numpy as np

from sailau.law.edition import Law
from sailau.law.library import load_editions
from sailau.law.result import Result
from sailau.parties.law import PartyLaw
from sailau.parties.rates import Rate
from sailau.records.registers import load_party_editions
from sailau.runs.entry_bar import is_exempt, is_local, threshold_of
from sailau.runs.entry_ground import tally_on
from sailau.runs.entry_inputs import spread
from sailau.runs.entry_model import Switches, run
from sailau.runs.entry_scenario import Scenario
from sailau.runs.entry_votes import moved, on_the_day, tally_of, whole
from sailau.runs.reforms_votes import Nearest, district_ballots, districts_at, has_line, nearest_of
from sailau.terms.errors import SailauError, Undecided
from sailau.terms.tally import Ballots, Tally
from sailau.votes.choice import Floats

STANDINGS = 201
"""Draws that each law counts by default: those at even steps of the list's sincere share."""

HIGH = 0.95
"""The standing at which districts are looked at one by one."""

STEP = 10_000
"""First seats are found to the ten-thousandth part of the votes."""


@dataclass(frozen=True, slots=True)
class Under:
    """The entrant under one law.

    Attributes
    ----------
    name : str
        The edition, or the reform.
    law : Law
    bar : Fraction, optional
        The legal bar of the list tier.
    first_seat : float, optional
        The share of the list votes from which it has a seat, its rivals as in the middle draw.
    counted : tuple of int
        Its seats in the draws that have an outcome, fewest first.
    house : int
        Seats that the law fills by votes.
    undecided : int
        Draws in which the law leads to no outcome.
    why : str
        Why it could not be counted; empty where it was.
    party_law : PartyLaw, optional
        The law on parties of the time; of a reform, that of the scenario.
    barred : str
        The article by which the list cannot be registered under it; empty where it can.
    nearest : Nearest, optional
        The district where it came nearest to a plurality in the draw at 95% of its standing; None without districts.
    """

    name: str
    law: Law
    bar: Fraction | None
    first_seat: float | None
    counted: tuple[int, ...]
    house: int
    undecided: int
    why: str = ""
    party_law: PartyLaw | None = None
    barred: str = ""
    nearest: Nearest | None = None

    @property
    def chance(self) -> float:
        """The share of draws in which it has a seat."""
        return sum(n > 0 for n in self.counted) / len(self.counted) if self.counted else 0.0

    @property
    def low(self) -> int:
        """Seats at 5% of the draws."""
        return self.seats_at(0.05)

    @property
    def middle(self) -> int:
        """Seats at 50% of the draws."""
        return self.seats_at(0.5)

    @property
    def high(self) -> int:
        """Seats at 95% of the draws."""
        return self.seats_at(0.95)

    def seats_at(self, p: float) -> int:
        """Return the seats that it has at a quantile of the draws."""
        return int(np.quantile(self.counted or (0,), p, method="nearest"))

    def chance_between(self, level: float = 0.95) -> tuple[float, float]:
        """Return the ends within which the chance would lie with draws without number (Jeffreys, closed at 0 and 1)."""
        won, drawn = sum(n > 0 for n in self.counted), len(self.counted)
        low, high = Rate(won, drawn).interval(level)
        return low if won else 0.0, high if won < drawn else 1.0

    def seats_between(self, p: float, level: float = 0.95) -> tuple[int, int]:
        """Return the ends within which a quantile would lie with draws without number.

        They are two of the ordered draws, whatever the distribution: the number of draws below a quantile is binomial.

        References
        ----------
        .. [1] H. A. David and H. N. Nagaraja, Order Statistics, 3rd ed., 2003, 7.1.
        """
        from scipy.stats import binom

        n = len(self.counted)
        if not n:
            return 0, 0
        tail = (1 - level) / 2
        first, last = int(binom.ppf(tail, n, p)) - 1, int(binom.ppf(1 - tail, n, p))
        return self.counted[max(first, 0)], self.counted[min(last, n - 1)]


def under_all(scenario: Scenario, *, points: int = 1024, standings: int = STANDINGS) -> tuple[Under, ...]:
    """Return the entrant under every edition of the scenario's laws, then under its reforms.

    Parameters
    ----------
    scenario : Scenario
    points : int
        Points of the ranges from which the draws are taken.
    standings : int
        Draws that each law counts, no more than there are points.
    """
    draws = _standings(scenario, points, min(standings, points))
    places = scenario.law_folders
    laws = [law for name in scenario.laws or (scenario.law.id,) for law in load_editions(name, folders=places)]
    rows = [_registered(scenario, under(scenario, law, draws, name=str(law)), law.since) for law in laws]
    for name, law in scenario.reforms.items():
        rows.append(_registered(scenario, under(scenario, law, draws, name=name), scenario.on))
    return tuple(rows)


def _registered(scenario: Scenario, row: Under, day: date) -> Under:
    """Add the law on parties of the day, and whether it bars the list."""
    if scenario.party_law is None:
        return row
    editions = load_party_editions(scenario.party_law.id, folders=scenario.register_folders)
    laws = [law for law in editions if law.is_in_force(day)]
    if not laws:
        return row
    bans = [ban.cite for ground in sorted(scenario.rests_on) for ban in laws[0].bans(ground)]
    return replace(row, party_law=laws[0], barred=bans[0] if bans else "")


def _standings(scenario: Scenario, points: int, standings: int) -> dict[str, Floats]:
    """Return draws at even steps of the entrant's sincere share, the middle one among them."""
    draws = spread(scenario.inputs, points, scenario.seed)
    order = np.argsort(run(scenario, draws, Switches(expectation="sincere")).share, kind="stable")
    at = order[((np.arange(standings) + 0.5) / standings * len(order)).astype(int)]
    return {name: values[at] for name, values in draws.items()}


def under(scenario: Scenario, law: Law, draws: Mapping[str, Floats], *, name: str = "") -> Under:
    """Return the entrant under a law at given draws, the errors of the day added.

    In a list tier voters mind whether the list passes the bar; in districts they are sincere.
    """
    line = has_line(law)
    x = dict(draws) if line else {**draws, "against_all": np.zeros(len(draws["valence"]))}
    bar, local = _bar(scenario, law)
    seen = run(replace(scenario, law=law), x) if local else run(scenario, x, bar=float(bar or 0))
    mark = float(bar or 0) / (1 - x["against_all"])
    shares = on_the_day(seen, mark, x["doubt"], np.random.default_rng(scenario.seed))
    middle = len(shares) // 2
    against_all = float(x["against_all"][middle])
    first = None if bar is None else _first_seat(scenario, law, seen.shares[middle], against_all)
    counted: list[int] = []
    undecided, house, why = 0, 0, ""
    for i in range(len(shares)):
        try:
            result = _count(scenario, law, x, i, shares)
        except Undecided:
            undecided += 1
            continue
        except SailauError as fault:
            why = fault.what
            break
        counted.append(result.seats.get(scenario.list, 0))
        house = sum(result.seats.values())
    at = int(HIGH * (len(shares) - 1))
    nearest = _nearest(scenario, law, {name: values[at : at + 1] for name, values in x.items()})
    return Under(name or str(law), law, bar, first, tuple(sorted(counted)), house, undecided, why, nearest=nearest)


def _nearest(scenario: Scenario, law: Law, draw: Mapping[str, Floats]) -> Nearest | None:
    """Return the district in which the list comes nearest to a plurality at a draw."""
    tiers = [tier for tier in law.tiers if tier.needs_votes and tier.name != scenario.tier]
    found = [nearest_of(scenario, districts_at(scenario, tier, draw)) for tier in tiers]
    return max(found, key=lambda one: one.reached - one.strongest, default=None)


def _bar(scenario: Scenario, law: Law) -> tuple[Fraction | None, bool]:
    """Return the bar of the list tier, and whether each district has it: 0 without one, None where there is no tier."""
    if all(tier.name != scenario.tier for tier in law.tiers):
        return None, False
    here = replace(scenario, law=law)
    bar = threshold_of(here)
    if bar is None or bar.share is None or is_exempt(here):
        return Fraction(0), False
    return bar.share, is_local(here)


def _count(scenario: Scenario, law: Law, x: Mapping[str, Floats], i: int, shares: Floats) -> Result:
    """Count one draw; by region where the law cannot be counted from the lists of the country and districts alone."""
    try:
        return law.count(_tally(scenario, law, x, i, shares))
    except Undecided:
        raise
    except SailauError:
        against_all = float(x["against_all"][i])
        draw = {name: values[i : i + 1] for name, values in x.items()}
        return law.count(tally_on(scenario, law, draw, shares[i], against_all))


def _tally(scenario: Scenario, law: Law, x: Mapping[str, Floats], i: int, shares: Floats) -> Tally:
    """Return the votes of one draw in every tier of the law."""
    against_all = float(x["against_all"][i])
    counts = whole(shares[i : i + 1], x["against_all"][i : i + 1], scenario.votes)[0]
    tally = _list_tally(scenario, counts, line=bool(against_all))
    tiers: dict[str, Ballots] = {}
    if any(tier.name == scenario.tier for tier in law.tiers):
        tiers |= tally.tiers
    for tier in law.tiers:
        if tier.needs_votes and tier.name != scenario.tier:
            districts = districts_at(scenario, tier, {name: values[i : i + 1] for name, values in x.items()})
            tiers |= district_ballots(scenario, tier, districts, against_all)
    return Tally(tiers, tally.contenders)


def _list_tally(scenario: Scenario, counts: Sequence[int], *, line: bool) -> Tally:
    tally = tally_of(scenario, counts)
    if line:
        return tally
    ballots = tally.tiers[scenario.tier]
    votes = {area: {k: n for k, n in lines.items() if k in scenario.parties} for area, lines in ballots.votes.items()}
    return Tally({scenario.tier: Ballots(votes, ballots.totals)}, tally.contenders)


def _first_seat(scenario: Scenario, law: Law, shares: Floats, against_all: float) -> float | None:
    """Return the least share of list votes with a seat in the list tier; None where no share is sure to have one."""
    has = partial(_has_seat, scenario, law, shares, against_all)
    if not has(STEP // 2):
        return None
    low, high = 0, STEP // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if has(middle) else (middle, high)
    return high / STEP


def _has_seat(scenario: Scenario, law: Law, shares: Floats, against_all: float, part: int) -> bool:
    row = moved(shares[None, :], np.array([part / STEP]))
    counts = whole(row, np.array([against_all]), scenario.votes)[0]
    try:
        result = law.count(_list_tally(scenario, counts, line=bool(against_all)))
    except SailauError:
        return False
    return result.seats.get(scenario.list, 0) > 0
