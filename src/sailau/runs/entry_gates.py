"""The chain of gates: organise, register, stand, pass, seats; each with its interval, multiplied only at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from sailau.files.told import told
from sailau.parties.rates import Rate
from sailau.runs.entry_bar import bar_of, is_exempt, is_local, stronghold, threshold_of
from sailau.runs.entry_ground import needs_ground, tally_on
from sailau.runs.entry_model import Outcome
from sailau.runs.entry_power import Worth, worth
from sailau.runs.entry_scenario import ENTRANT_FIRST, Scenario
from sailau.runs.entry_votes import lines_of, on_the_day, tally_of, whole
from sailau.runs.plan import Plan
from sailau.runs.reforms_votes import has_line
from sailau.terms.errors import Undecided
from sailau.terms.tally import Tally
from sailau.terms.words import percent, quoted, say
from sailau.votes.choice import Floats

DRAWS = 20_000
LEVEL = 0.95
STANDINGS = 201
"""Draws that are counted one by one, where a law has districts or tiers that count together."""


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """One gate.

    Attributes
    ----------
    name : str
    low, middle, high : float
        The chance to get through, given the gates before: the points of 2.5%, 50% and 97.5%.
    basis : str
        What it rests on.
    counts : bool
        Whether it is a factor of the whole chance.
    """

    name: str
    low: float
    middle: float
    high: float
    basis: str
    counts: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """All gates, and the chance to get through all of them.

    Attributes
    ----------
    gates : tuple of Gate
    left : tuple of Gate or None
        What is left of the chance after each gate; None for one that does not count.
    whole : Gate
        All gates that count, together.
    seats : tuple of int
        Seats of draws that pass: the points of 5%, 50% and 95%.
    unpassed : float
        The share of draws below the bar that have a seat nevertheless, by a guarantee.
    open : int
        Draws in which the law leads to no outcome; they are left out of the seats.
    worth : Worth, optional
        What the seats are worth in the draws that give any.
    barred : str
        The article that forbids the list, empty where none does.
    """

    gates: tuple[Gate, ...]
    left: tuple[Gate | None, ...]
    whole: Gate
    seats: tuple[int, int, int]
    unpassed: float
    open: int
    worth: Worth | None
    barred: str


def quantiles(values: Floats, level: float = LEVEL) -> tuple[float, float, float]:
    """Return the lower point, the middle and the upper point of draws."""
    tail = (1 - level) / 2
    low, middle, high = np.quantile(values, [tail, 0.5, 1 - tail])
    return float(low), float(middle), float(high)


def chain(scenario: Scenario, outcome: Outcome, draws: Mapping[str, Floats]) -> Chain:
    """Return the gates of an entry.

    Parameters
    ----------
    scenario : Scenario
    outcome : Outcome
    draws : mapping of input to array [draw]
        The same draws.
    """
    rng = np.random.default_rng(scenario.seed)
    barred = _barred(scenario)
    gates, factors = _before(scenario, barred, rng)
    chance = outcome.chance[rng.integers(0, len(outcome.chance), DRAWS)]
    model = say("the model: {n:,} points of the ranges, {bar}", n=len(outcome.chance), bar=bar_in_words(scenario))
    gates.append(Gate("pass", *quantiles(outcome.chance), model))
    counted = _seats(scenario, outcome, draws, rng)
    seat = counted.rate
    gates.append(_gate("seats", seat, say("{law}: draws that pass and have a seat", law=str(scenario.law)), rng)[0])
    factors += [chance, seat.draw(rng, DRAWS)]
    left = _left(gates, factors)
    product = np.prod(factors, axis=0)
    whole_gate = Gate("all gates", *quantiles(product), say("the product, draw by draw"))
    return Chain(tuple(gates), left, whole_gate, counted.seats, counted.unpassed, counted.open, counted.worth, barred)


def bar_in_words(scenario: Scenario) -> str:
    """Say the bar: a share, where it holds if that is a district, that there is none or that the list is exempt."""
    bar = threshold_of(scenario)
    if bar is not None and is_exempt(scenario):
        return say("exempt from the bar ({article})", article=quoted(bar.cite))
    mark = bar_of(scenario)
    if not mark:
        return say("no bar")
    shown = percent(Fraction(str(mark)))
    if not is_local(scenario):
        return shown
    region = stronghold(scenario, scenario.cells)
    return say("{bar} in {region}", bar=shown, region=quoted(scenario.region_names.get(region, region)))


def _left(gates: Sequence[Gate], factors: Sequence[Floats]) -> tuple[Gate | None, ...]:
    """Return what is left after each gate that counts; there is a factor for each of them."""
    so_far, out, rest = np.ones(DRAWS), list[Gate | None](), iter(factors)
    for gate in gates:
        if not gate.counts:
            out.append(None)
            continue
        so_far = so_far * next(rest)
        out.append(Gate(gate.name, *quantiles(so_far), say("all gates up to here")))
    return tuple(out)


def _barred(scenario: Scenario) -> str:
    """Return the article of the ban that the list falls under."""
    law = scenario.party_law
    bans = [ban for ground in sorted(scenario.rests_on) for ban in (law.bans(ground) if law else ())]
    return bans[0].cite if bans else ""


def _before(scenario: Scenario, barred: str, rng: np.random.Generator) -> tuple[list[Gate], list[Floats]]:
    """Return the gates before the ballot, from recorded cases."""
    rates = scenario.cases.rates if scenario.cases else {}
    gates, factors = list[Gate](), list[Floats]()
    organise, register = rates.get("organise"), rates.get("register")
    if barred:
        gates.append(Gate("register", 0.0, 0.0, 0.0, say("barred: {article}", article=quoted(barred))))
        factors.append(np.zeros(DRAWS))
    elif register is not None and register.of_all:
        if organise is not None:
            gates.append(_gate("organise", organise, _basis(organise), rng, counts=False)[0])
        gate, draws = _gate("organise and register", register, _basis(register), rng)
        gates.append(gate)
        factors.append(draws)
    else:
        for name, rate in (("organise", organise), ("register", register)):
            gate, draws = _gate(name, rate or Rate(0, 0), _basis(rate), rng)
            gates.append(gate)
            factors.append(draws)
    gate, draws = _gate("stand", rates.get("stand", Rate(0, 0)), _basis(rates.get("stand")), rng)
    return [*gates, gate], [*factors, draws]


def _basis(rate: Rate | None) -> str:
    if rate is None:
        return say("no case on record: anything is possible")
    return say("{passed} of {tried} {what}", passed=rate.passed, tried=rate.tried, what=told(rate.name))


def _gate(name: str, rate: Rate, basis: str, rng: np.random.Generator, *, counts: bool = True) -> tuple[Gate, Floats]:
    low, high = rate.interval(LEVEL)
    return Gate(name, low, rate.quantile(0.5), high, basis, counts), rate.draw(rng, DRAWS)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the law makes of the draws: the rate of a seat among those that pass, and the rest as in Chain."""

    rate: Rate
    seats: tuple[int, int, int]
    unpassed: float
    open: int
    worth: Worth | None


def _seats(scenario: Scenario, outcome: Outcome, draws: Mapping[str, Floats], rng: np.random.Generator) -> _Counted:
    """Count every draw under the law; one that the law leaves open says nothing of seats."""
    against_all, mark = draws["against_all"], bar_of(scenario)
    shares = on_the_day(outcome, mark / (1 - against_all), draws["doubt"], rng)
    counts = whole(shares, against_all, scenario.votes)
    if needs_ground(scenario, scenario.law, counts[0]):
        return _on_the_ground(scenario, outcome, draws, shares)
    plan = Plan.of(scenario.law, tally_of(scenario, counts[0]))
    lines = lines_of(scenario.parties)
    order = [lines.index(line) for line in plan.layout.of_tier(scenario.tier)[0].lines]
    done = plan.count(counts[:, order])
    told = ~done.undecided
    own = plan.layout.parties.index(scenario.list)
    seats = done.seats[:, own]
    passes = counts[:, ENTRANT_FIRST] >= np.ceil(mark * counts.sum(axis=1) - 1e-9)
    rate = Rate(int((seats[passes & told] > 0).sum()), int((passes & told).sum()))
    below = seats[~passes & told]
    unpassed = float((below > 0).mean()) if len(below) else 0.0
    return _Counted(
        rate, _spread(seats[passes & told]), unpassed, int(done.undecided.sum()), worth(done.seats[told], own)
    )


def _on_the_ground(scenario: Scenario, outcome: Outcome, draws: Mapping[str, Floats], shares: Floats) -> _Counted:
    """Count draws at even steps of the list's share in every tier and district of the law, one by one."""
    order = np.argsort(outcome.share, kind="stable")
    steps = min(STANDINGS, len(order))
    at = order[((np.arange(steps) + 0.5) / steps * len(order)).astype(int)]
    seats, passes, silent = [], [], 0
    for i in at:
        against_all = float(draws["against_all"][i]) if has_line(scenario.law) else 0.0
        draw = {name: values[i : i + 1] for name, values in draws.items()}
        tally = tally_on(scenario, scenario.law, draw, shares[i], against_all)
        try:
            found = scenario.law.count(tally).seats
        except Undecided:
            silent += 1
            continue
        seats.append([found.get(party, 0) for party in scenario.parties])
        passes.append(_passes(scenario, tally, shares[i] * (1 - against_all)))
    house, through = np.array(seats, dtype=np.int64).reshape(-1, len(scenario.parties)), np.array(passes, dtype=bool)
    own = house[:, ENTRANT_FIRST]
    rate = Rate(int((own[through] > 0).sum()), int(through.sum()))
    unpassed = float((own[~through] > 0).mean()) if (~through).any() else 0.0
    return _Counted(rate, _spread(own[through]), unpassed, silent, worth(house, ENTRANT_FIRST))


def _passes(scenario: Scenario, tally: Tally, shares: Floats) -> bool:
    """Say whether the list reaches the bar: in the country, or in some district where each has a bar of its own."""
    mark = bar_of(scenario)
    if not is_local(scenario):
        return bool(shares[ENTRANT_FIRST] >= mark)
    areas = tally.tiers[scenario.tier].votes.values()
    return any(lines[scenario.list] >= mark * sum(lines.values()) for lines in areas)


def _spread(seats: Sequence[int] | Floats) -> tuple[int, int, int]:
    if not len(seats):
        return 0, 0, 0
    low, middle, high = np.quantile(np.asarray(seats), [0.05, 0.5, 0.95], method="nearest")
    return int(low), int(middle), int(high)
