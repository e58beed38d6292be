"""Small random laws with votes for the margin of victory: as the programme reads them, and as rows of integers."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from tests.runs import margin_twin as twin

from sailau.law.edition import Law
from sailau.seats.allocate import Allocate
from sailau.seats.count import Each, Step
from sailau.seats.elect import Elect
from sailau.seats.eligible import Eligible
from sailau.seats.guarantee import Guarantee
from sailau.seats.pool import Pool
from sailau.seats.share_out import ShareOut
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.divisor import DIVISORS
from sailau.terms.quota import QUOTAS as NAMED
from sailau.terms.tally import AGAINST_ALL, BLANK, INVALID, LINES, NATION, Ballots, Contender, Tally

QUOTAS = [*NAMED, "hare+1/2", "hare_rounded_up+1/2", "hare_rounded+3/5", "hare_rounded_down+1/3"]
FORMULAS: dict[str, dict[str, Any]] = {
    **{name: {"divisor": name} for name in DIVISORS},
    **{name: {"quota": name} for name in QUOTAS},
    "hare, rest by D'Hondt": {"quota": "hare", "rest": "highest_average", "divisor": "dhondt"},
    "droop, rest by Sainte-Laguë": {"quota": "droop", "rest": "highest_average", "divisor": "sainte_lague"},
    "imperiali, smallest remainders give back": {"quota": "imperiali_quota", "excess": "smallest_remainder"},
    "first divisor 6/5": {"divisor": "sainte_lague", "first": Fraction(6, 5)},
    "dhondt, quotients to one decimal": {"divisor": "dhondt", "decimals": 1},
    "modified Sainte-Laguë, quotients to one decimal": {"divisor": "modified_sainte_lague", "decimals": 1},
    "adams, quotients to one decimal": {"divisor": "adams", "decimals": 1},
    "hare, shares to one decimal": {"quota": "hare", "decimals": 1},
    "hare, shares to two decimals, smallest remainders give back": {
        "quota": "hare",
        "decimals": 2,
        "excess": "smallest_remainder",
    },
}
BASES = ["registered", "voters", "ballots", "valid", "valid_for_contenders", "list_votes", "standing"]
ALL = (AGAINST_ALL, BLANK, INVALID)
TIES: list[tuple[str, ...]] = [
    (),
    ("lot",),
    ("most_votes",),
    ("most_votes", "registered_first"),
    ("registered_first",),
    ("fewest_votes", "lot"),
]


@dataclass(frozen=True)
class Case:
    """A law of one tier and its votes.

    `pre` are steps on the whole, `body` those in each area. `figures` holds per area what a tally gives beside votes;
    a row of its own for the whole where a tally gives one.
    """

    names: tuple[str, ...]
    marks: Mapping[str, Contender]
    votes: Mapping[str, Mapping[str, int]]
    figures: Mapping[str, Mapping[str, int]]
    seats: Mapping[str, int]
    pre: tuple[Step, ...]
    body: tuple[Step, ...]

    def law(self) -> Law:
        if self.votes.keys() == {NATION}:
            return law_of(*self.body, seats=self.seats[NATION])
        single = isinstance(self.body[-1], Elect) and set(self.seats.values()) == {1}
        last = self.body if isinstance(self.body[-1], Elect) else (Each(steps=self.body),)
        return law_of(*self.pre, *last, seats=None, district="single_member" if single else "multi_member")

    def tally(self) -> Tally:
        nation = self.votes.keys() == {NATION}
        return Tally({"list": Ballots(self.votes, self.figures, {} if nation else self.seats)}, self.marks)


def law_of(*steps: Step, seats: int | None, district: Any = "nationwide") -> Law:
    tier = Tier(name="list", seats=seats, district=district, ballot="closed_list", steps=steps)
    return Law("xx/house", "x", "x", date(2000, 1, 1), None, seats, (tier,), {"x": "x"}, None)


def chance(rng: random.Random, share: float) -> bool:
    return rng.random() < share


def a_bar(rng: random.Random) -> Threshold:
    share = Fraction(rng.randint(1, 5), rng.choice([12, 17, 20]))
    quota = rng.choice(QUOTAS) if chance(rng, 0.2) else None
    return Threshold(
        share=rng.choice([Fraction(1), Fraction(4, 5), Fraction(1, 2)]) if quota else share,
        of=rng.choice(BASES),  # type: ignore[arg-type]
        strict=chance(rng, 0.3),
        joint=(Fraction(rng.randint(1, 6), 12),) if chance(rng, 0.3) else (),
        exempt=("minority",) if chance(rng, 0.25) else (),
        quota=quota,
        cite="x",
    )


def bars(rng: random.Random) -> list[Threshold]:
    return [a_bar(rng) for _ in range(rng.choice([0, 0, 0, 1, 1, 1, 1, 1, 2, 2]))]


def a_guarantee(rng: random.Random, *, weighted: bool) -> Guarantee:
    return Guarantee(
        lists=rng.choice([2, 2, 3]),
        when=rng.choice(["exactly_one", "fewer"]),  # type: ignore[arg-type]
        weight=rng.choice([Fraction(1), Fraction(7, 10)]) if weighted else Fraction(1),
        minimum=rng.randint(0, 2) if weighted else 0,
        rest="passed" if weighted else "formula",
        ties=rng.choice([(), ("registered_first",)]),
        cite="x",
    )


def distribution(rng: random.Random, formula: dict[str, Any], *, pooled: bool | None) -> list[Step]:
    """Return the last steps; `pooled` says whether links are joined, None where they were joined before."""
    ties = rng.choice(TIES)
    plain = "quota" not in formula and chance(rng, 0.2)
    allocate = Allocate(**formula, ties=ties, limit="candidates" if plain else "none", cite="x")
    if pooled is False:
        return [allocate]
    others = [other for other in FORMULAS.values() if "excess" not in other and "decimals" not in other]
    special = "excess" in formula or "decimals" in formula
    inside = rng.choice(others) if special or chance(rng, 0.3) else formula
    limit = "candidates" if "quota" not in inside and chance(rng, 0.2) else "none"
    share = ShareOut(**inside, ties=rng.choice(TIES), limit=limit, cite="x")  # type: ignore[arg-type]
    return [*([Pool(cite="x")] if pooled else []), allocate, share]


def steps_of(rng: random.Random, formula: dict[str, Any]) -> list[Step]:
    """Return the steps of one contest."""
    steps: list[Step] = [eligible(rng)] if chance(rng, 0.5) else []
    linked, found = chance(rng, 0.35), bars(rng)
    before = linked and bool(found) and chance(rng, 0.5)
    steps += [Pool(cite="x")] if before else []
    steps += found
    weighted = not linked and "quota" in formula and chance(rng, 0.7)
    if found and chance(rng, 0.45):
        steps.append(a_guarantee(rng, weighted=weighted))
    return steps + distribution(rng, formula, pooled=None if before else linked)


def eligible(rng: random.Random) -> Eligible:
    kinds = ("independent",) if chance(rng, 0.3) else ()
    return Eligible(drop=(AGAINST_ALL, BLANK), drop_kinds=kinds, cite="x")


def contenders(rng: random.Random, names: Sequence[str]) -> dict[str, Contender]:
    links: list[tuple[str, ...]] = [(), ("link",), ("link",), ("link", "inner"), ("link", "inner"), ("other",)]
    forgotten, counted = chance(rng, 0.15), chance(rng, 0.85)
    return {
        name: Contender(
            name,
            kind="independent" if chance(rng, 0.1) else "party_list",
            registered=None if forgotten and chance(rng, 0.4) else place,
            members=("x", "y", "z")[: rng.choice([0, 0, 0, 2, 3])],
            apparentment=rng.choice(links),
            candidates=rng.randint(1, 4) if counted or chance(rng, 0.5) else None,
            traits=frozenset({"minority"}) if chance(rng, 0.25) else frozenset(),
        )
        for place, name in enumerate(rng.sample(list(names), len(names)))
    }


def lines_of(rng: random.Random, names: Sequence[str], others: Sequence[str], most: int) -> dict[str, int]:
    return {name: rng.randint(0, most) for name in names} | {line: rng.randint(0, 4) for line in others}


def figures_of(rng: random.Random, lines: Mapping[str, int], given: Sequence[str]) -> dict[str, int]:
    """Return figures of an area, some a little apart from what the lines add up to."""
    valid = sum(n for line, n in lines.items() if line != INVALID) + rng.choice([0, 0, 0, 2])
    invalid = lines.get(INVALID, 2)
    known = {"registered": valid + 20, "voters": valid + 7, "ballots": valid + invalid, "valid": valid}
    return {name: (known | {"invalid": invalid})[name] for name in given}


def draw(rng: random.Random, formula: dict[str, Any] | Elect | str) -> Case:
    """Return a law with that formula in one contest, or in districts where a step or its name is given, and votes."""
    if isinstance(formula, dict):
        return nationwide(rng, formula)
    return by_district(rng, formula)


def given_figures(rng: random.Random) -> list[str]:
    ballots = rng.choice(["ballots", "ballots", "invalid"])
    return ["registered", "voters", ballots, *(["valid"] if chance(rng, 0.5) else [])]


def nationwide(rng: random.Random, formula: dict[str, Any]) -> Case:
    names = "abcde"[: rng.choice([2, 3, 3, 3, 3, 4, 4, 5])]
    others = [line for line in ALL if chance(rng, 0.15)]
    lines = lines_of(rng, names, others, rng.choice([5, 14, 14, 14, 14, 40]))
    figures = {NATION: figures_of(rng, lines, given_figures(rng))}
    body = tuple(steps_of(rng, formula))
    marks = contenders(rng, names)
    return Case(tuple(names), marks, {NATION: lines}, figures, {NATION: rng.randint(1, 7)}, (), body)


def by_district(rng: random.Random, body: Elect | str) -> Case:
    areas, names = ["x", "y", "z"][: rng.choice([1, 2, 2, 2, 3])], "abcd"[: rng.choice([2, 3, 3, 3, 4])]
    others, given = [line for line in ALL if chance(rng, 0.1)], given_figures(rng)
    votes = {area: lines_of(rng, names, others, rng.choice([4, 9, 9])) for area in areas}
    figures = {area: figures_of(rng, votes[area], given) for area in areas}
    if chance(rng, 0.2):
        whole = {line: sum(lines[line] for lines in votes.values()) for line in votes[areas[0]]}
        figures[NATION] = figures_of(rng, whole, given)
    single = isinstance(body, Elect) and chance(rng, 0.5)
    seats = {area: 1 if single else rng.randint(1, 3) for area in areas}
    pre: list[Step] = [eligible(rng)] if chance(rng, 0.2) else []
    pre += bars(rng)
    weighted = isinstance(body, str) and "quota" in FORMULAS[body] and chance(rng, 0.5)
    if any(isinstance(step, Threshold) for step in pre) and chance(rng, 0.25):
        pre.append(a_guarantee(rng, weighted=weighted))
    inner: list[Step] = [body] if isinstance(body, Elect) else in_area(rng, FORMULAS[body], weighted=weighted)
    return Case(tuple(names), contenders(rng, names), votes, figures, seats, tuple(pre), tuple(inner))


def in_area(rng: random.Random, formula: dict[str, Any], *, weighted: bool) -> list[Step]:
    """Return what is done in every district; links are not joined where lists may be let in on terms of their own."""
    own: list[Step] = [a_bar(rng)] if chance(rng, 0.4) else []
    return own + distribution(rng, formula, pooled=not weighted and chance(rng, 0.25))


# The same law and votes as rows of integers, for the slow search.


def ties_row(rules: Sequence[str]) -> list[int]:
    return ([twin.TIES[rule] for rule in rules] + [twin.END] * 3)[:3]


def formula_row(step: Allocate | ShareOut) -> list[int]:
    how = [int(step.quota is not None), int(step.rest == "highest_average")]
    excess = int(isinstance(step, Allocate) and step.excess == "smallest_remainder")
    limit, shares = int(step.limit == "candidates"), isinstance(step, Allocate) and step.quota and step.decimals
    return [*how, excess, limit, 10**shares if shares else 0, 0, 0, *ties_row(step.ties)]


def row(step: Step) -> list[int]:
    """Return a step as the slow search reads it."""
    if isinstance(step, Eligible):
        out = [twin.DROP]
    elif isinstance(step, Threshold):
        out = [twin.BAR, BASES.index(step.of), int(step.strict), int(step.quota is not None)]
    elif isinstance(step, Guarantee):
        how = [step.lists, int(step.when == "exactly_one"), int(step.rest == "formula")]
        terms = [step.weight.numerator, step.weight.denominator, step.minimum, 0]
        out = [twin.GUARANTEE, *how, *terms, *ties_row(step.ties)]
    elif isinstance(step, Pool):
        out = [twin.POOL]
    elif isinstance(step, Allocate):
        out = [twin.ALLOCATE, *formula_row(step)]
    elif isinstance(step, ShareOut):
        out = [twin.SHARE_OUT, *formula_row(step)]
    else:
        assert isinstance(step, Elect)
        op = {"plurality": twin.PLURALITY, "majority": twin.MAJORITY, "ticket": twin.TICKET}[step.rule]
        share = [step.share.numerator, step.share.denominator]
        out = [op, BASES.index(step.of), *share, 0, 0, 0, 0, *ties_row(step.ties), *ties_row(step.pair_ties)]
    quota, divisor = getattr(step, "quota", None), getattr(step, "divisor", None)
    looked_up = [
        list(twin.PRICES).index(quota or "hare"),
        twin.ORDERS.index((divisor, getattr(step, "first", None), None if quota else getattr(step, "decimals", None))),
    ]
    return [*(out + [0] * 14)[:14], *looked_up]


def law_rows(case: Case) -> tuple[Any, ...]:
    """Return the law, and the marks of the contenders, in integers."""
    steps = [*case.pre, *case.body]
    bar, exempt = np.ones((len(steps), twin.SLOTS, 2), np.int64), np.zeros((len(steps), twin.SLOTS), np.bool_)
    drops = {kind for step in steps if isinstance(step, Eligible) for kind in step.drop_kinds}
    marks = np.full((7, twin.SLOTS), -1, np.int64)
    for i, name in enumerate(case.names):
        known = case.marks[name]
        persons = 1 if known.kind == "independent" and known.candidates is None else known.candidates
        figures = [known.registered, *links(known), persons, int(known.kind in drops), None, 1]
        marks[:, i] = [-1 if n is None else n for n in figures]
        for k, step in enumerate(steps):
            if isinstance(step, Threshold):
                extra = len(known.members) - 2
                share = step.joint[min(extra, len(step.joint) - 1)] if step.joint and extra >= 0 else step.share
                bar[k, i] = share.numerator, share.denominator
                exempt[k, i] = not known.traits.isdisjoint(step.exempt)
    for k, step in enumerate(steps):
        if isinstance(step, Threshold):
            bar[k, twin.MOST_CONTENDERS :] = step.share.numerator, step.share.denominator
    rows = np.array([row(step) for step in steps], np.int64)
    return rows, bar, exempt, marks, np.array([COEFFICIENTS[base] for base in BASES[:-1]], np.int64), *twin.tables()


def links(known: Contender) -> list[int]:
    """Return the numbers of the outer and the inner link; 0 for none."""
    outer, inner = [*known.apparentment, "", ""][:2]
    return [["", "link", "other"].index(outer), int(inner != "")]


P = twin.MOST_CONTENDERS
COEFFICIENTS = {  # which lines count for a base: contenders, against all, blank, invalid
    "registered": [0] * P + [0, 0, 0],
    "voters": [1] * P + [1, 1, 1],
    "ballots": [1] * P + [1, 1, 1],
    "valid": [1] * P + [1, 1, 0],
    "valid_for_contenders": [1] * P + [0, 0, 0],
    "list_votes": [1] * P + [0, 0, 0],
}


def vote_rows(case: Case) -> tuple[Any, Any]:
    """Return the votes by area and line, and what every base is beyond the lines that count for it."""
    slots = [*case.names, *[""] * (P - len(case.names)), *ALL]
    lines = np.array([[case.votes[area].get(line, 0) for line in slots] for area in case.votes], np.int64)
    whole = lines.sum(axis=0)
    own = [case.figures.get(area, {}) for area in case.votes]
    added = {name: sum(figures[name] for figures in own) for name in own[0]}
    stated = added | dict(case.figures.get(NATION, {}))
    constants = [constant_row(row, figures) for row, figures in zip(lines, own, strict=True)]
    return lines, np.array([*constants, constant_row(whole, stated)], np.int64)


def constant_row(lines: Any, figures: Mapping[str, int]) -> list[int]:
    """Return the fixed part of every base in one area."""
    valid = figures.get("valid", int(lines[:-1].sum()))
    ballots = figures.get("ballots", valid + figures.get("invalid", int(lines[-1])))
    bases = {"registered": figures.get("registered", 0), "voters": figures.get("voters", 0), "ballots": ballots}
    bases |= {"valid": valid, "valid_for_contenders": valid - int(lines[P] + lines[P + 1])}
    bases["list_votes"] = int(lines[:P].sum())
    return [bases[name] - int(np.dot(COEFFICIENTS[name], lines)) for name in BASES[:-1]]


@dataclass(frozen=True)
class Rows:
    """A case as the slow search takes it."""

    law: Any
    pre: Any
    body: Any
    lines: Any
    constants: Any
    seats: Any


def rows_of(case: Case) -> Rows:
    lines, constants = vote_rows(case)
    n = len(case.pre)
    pre, body = np.arange(n), np.arange(n, n + len(case.body))
    return Rows(law_rows(case), pre, body, lines, constants, np.array(list(case.seats.values()), np.int64))


def moves_of(case: Case, most_added: int) -> list[tuple[str, str, str | None, str | None, int]]:
    """Return every move there can be: area, kind, giver, taker, and how many votes are tried."""
    out: list[tuple[str, str, str | None, str | None, int]] = []
    for area, lines in case.votes.items():
        own = [line for line in lines if line not in LINES]
        out += [(area, "added", None, line, most_added) for line in own]
        out += [(area, "removed", line, None, lines[line]) for line in own]
        out += [(area, "moved", one, two, lines[one]) for one in lines for two in lines if one != two]
    return out


def move_rows(case: Case, moves: Sequence[tuple[str, str, str | None, str | None, int]]) -> Any:
    areas = list(case.votes)
    slots = {**{name: i for i, name in enumerate(case.names)}, **{line: P + i for i, line in enumerate(ALL)}}

    def slot(line: str | None) -> int:
        return -1 if line is None else slots[line]

    return np.array(
        [[areas.index(area), slot(giver), slot(taker), n] for area, _, giver, taker, n in moves], np.int64
    ).reshape(-1, 4)


def slow(case: Case, rows: Rows, most_added: int, *, lots: bool) -> dict[tuple[str, str, str | None, str | None], int]:
    """Return the fewest votes of every move that give other seats, found vote by vote."""
    moves = moves_of(case, most_added)
    assert rows.seats.sum() < twin.MOST_SEATS
    assert rows.lines.sum() + most_added + 40 < twin.MOST_VOTES
    found = np.zeros(len(moves), np.int64)
    ok = twin.search(
        rows.law, rows.pre, rows.body, rows.lines, rows.constants, rows.seats, move_rows(case, moves), lots, found
    )
    assert ok, "the votes as they are leave seats open"
    return {move[:4]: int(t) for move, t in zip(moves, found, strict=True) if t}


def seats_of(case: Case, rows: Rows, lines: Any) -> dict[str, dict[str, int]] | None:
    """Return the seats by area after the slow count; None where the law leaves them open."""
    placed = np.zeros((len(lines), twin.SLOTS), np.int64)
    if not twin.outcome(rows.law, rows.pre, rows.body, lines, rows.constants, rows.seats, placed):
        return None
    assert not placed[:, P:].any()
    return {
        area: {name: int(n) for name, n in zip(case.names, placed[a], strict=False) if n}
        for a, area in enumerate(case.votes)
    }
