"""The fewest ballots that make candidates leave in a given order, as an integer programme.

Of the candidates only the last ones of the order are looked at; all others are taken to be gone before. That makes the
figure a lower bound for every order that ends so (Blom, Stuckey, Teague and Tidhar 2015, building on Magrino, Rivest,
Shen and Wagner 2011). What is new here are ties: the programme also says how the law tells equal votes apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray

from sailau.runs.margin_contest import Kind
from sailau.runs.margin_papers import Change
from sailau.runs.margin_patience import allowed
from sailau.runs.margin_race import Race
from sailau.seats.rankings import Ranking

Floats = NDArray[np.float64]
Gap = tuple[float, Floats]
"""Votes as they are, and how they grow with every variable."""

NODES = 2_000
"""Parts of the search for whole ballots that one programme may open."""
SLACK = 1e-4
"""What rounding may add to a bound that is not rounded up for it."""


@dataclass(frozen=True, slots=True)
class Least:
    """What a programme found.

    Attributes
    ----------
    bound : int
        No fewer ballots do.
    change : Change, optional
        A change of `bound` ballots that does; None where only the bound was asked for.
    """

    bound: int
    change: Change | None = None


@dataclass(slots=True)
class _Rows:
    """Rows of a programme: low <= sum of figures times variables."""

    row: list[NDArray[np.int64]] = field(default_factory=list)
    column: list[NDArray[np.int64]] = field(default_factory=list)
    figure: list[Floats] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(
        self,
        columns: Sequence[int] | NDArray[np.int64],
        figures: Sequence[float] | Floats,
        low: float,
        high: float = np.inf,
    ) -> None:
        """Add one row."""
        at = np.asarray(columns, dtype=np.int64)
        self.row.append(np.full(len(at), len(self.low), dtype=np.int64))
        self.column.append(at)
        self.figure.append(np.asarray(figures, dtype=np.float64))
        self.low.append(low)
        self.high.append(high)


class Programme:
    """The programme of one order and one kind of change.

    The variables are, in turn: ballots taken out, by the classes of papers that count alike under this order; ballots
    put in, by who has them first and from whom to whom they go on; then, with `settled`, yes or no for what happens.

    Parameters
    ----------
    race : Race
    order : sequence of int
        The last candidates to leave, in this order; the last of them is elected.
    kind : str
    most : int
        Changes of more ballots are of no interest.
    settled : bool
        Whether equal votes must come out so by the law; else equal votes may fall either way.
    """

    def __init__(self, race: Race, order: Sequence[int], kind: Kind, most: int, *, settled: bool) -> None:
        self.race, self.order, self.kind, self.most = race, order, kind, most
        self.whole = len(order) == len(race.names)
        self.k = len(order)
        self._classes()
        out = len(self.codes) if kind != "added" else 0
        flows = [(a, b) for a in range(-1, self.k) for b in range(a + 1, self.k)] if kind != "removed" else []
        self.giver, self.taker = np.array(flows, dtype=np.int64).reshape(-1, 2).T
        self.n_out, self.size = out, out + len(flows)
        self.known: dict[tuple[int, int], Gap] = {}
        self.questions = 0
        self.rows = _Rows()
        self._balance()
        if race.but_two:
            self._leave_but_two(settled=settled)
        else:
            self._leave(settled=settled)

    def _classes(self) -> None:
        """Group the papers by who has them while the candidates of the order leave, one after the other."""
        race, k = self.race, self.k
        place = np.full(len(race.names) + 1, -1, dtype=np.int64)
        place[list(self.order)] = np.arange(k)
        at = place[race.marks]
        before = np.maximum.accumulate(np.concatenate([np.full((len(at), 1), -1), at], axis=1), axis=1)[:, :-1]
        bits = np.where(at > before, np.left_shift(np.int64(1), np.maximum(at, 0)), 0).sum(axis=1)
        self.codes, self.of = np.unique(bits, return_inverse=True)
        self.have = np.bincount(self.of, weights=race.n, minlength=len(self.codes))
        held = (self.codes[None, :] >> np.arange(k)[:, None]) << np.arange(k)[:, None]
        lowest = held & -held
        self.top = np.where(held != 0, np.log2(np.maximum(lowest, 1)).round().astype(np.int64), -1)

    def _votes(self, stage: int, one: int) -> Gap:
        """Return the votes of the candidate at a place of the order at a stage, as a figure and its slopes."""
        if (stage, one) not in self.known:
            mine = self.top[stage] == one
            slopes = np.zeros(self.size)
            if self.n_out:
                slopes[: self.n_out][mine] = -1
            slopes[self.n_out :][(self.taker == one) & (self.giver < stage)] = 1
            self.known[stage, one] = float(self.have[mine].sum()), slopes
        return self.known[stage, one]

    def _all_votes(self, stage: int, ones: Sequence[int]) -> Gap:
        """Return the votes of several candidates together."""
        parts = [self._votes(stage, one) for one in ones]
        return sum(votes for votes, _ in parts), sum((slopes for _, slopes in parts), np.zeros(self.size))

    def _gap(self, stage: int, one: int, other: int) -> Gap:
        """Return by how much `one` has more votes than `other`."""
        (a, slopes), (b, others) = self._votes(stage, one), self._votes(stage, other)
        return a - b, slopes - others

    def _row(self, gap: Gap, low: float) -> None:
        """Ask that a gap comes to `low` at the least."""
        at = np.flatnonzero(gap[1])
        self.rows.add(at, gap[1][at], low - gap[0])

    def _if(self, question: int, gap: Gap, low: float) -> None:
        """Ask the same where a question is answered yes; elsewhere `most` ballots cannot take the gap so far."""
        at, far = np.flatnonzero(gap[1]), abs(gap[0]) + 4.0 * self.most + 2
        self.rows.add(np.append(at, question), np.append(gap[1][at], -far), low - gap[0] - far)

    def _ask(self) -> int:
        """Return the variable of a new question."""
        self.questions += 1
        return self.size + self.questions - 1

    def _balance(self) -> None:
        """Ballots put in go on from whom they came to; where ballots move, as many come as go.

        A ballot that comes to nobody of the order does no better than one for the elected.
        """
        for one in range(self.k if len(self.taker) else 0):
            into, onward = (self.n_out + np.flatnonzero(at == one) for at in (self.taker, self.giver))
            figures = np.repeat([1.0, -1.0], [len(into), len(onward)])
            self.rows.add(np.concatenate([into, onward]), figures, 0)
        out, new = np.arange(self.n_out), self.n_out + np.flatnonzero(self.giver < 0)
        if self.kind == "moved":
            figures = np.repeat([1.0, -1.0], [len(out), len(new)])
            self.rows.add(np.concatenate([out, new]), figures, 0, 0)
        self.counted = out if self.n_out else new
        self.rows.add(self.counted, np.ones(len(self.counted)), 0, self.most)

    def _leave_but_two(self, *, settled: bool) -> None:
        """All but the last two leave by first preferences, and the last of these has more votes than the other."""
        final = self.k - 2
        pairs = [(0, one, kept) for one in range(final) for kept in (final, final + 1)]
        for stage, one, other in (*pairs, (final, final, final + 1)):
            gap = self._gap(stage, other, one)
            self._row(gap, 0)
            if settled:
                self._tell(stage, one, other, gap, [])

    def _leave(self, *, settled: bool) -> None:
        """At every stage the next of the order leaves."""
        last = self.k - 1
        for stage in range(last):
            won = self._majority(stage) if settled else None
            joined = self._together(stage) if settled and self.race.hopeless else {}
            for other in range(stage + 1, self.k):
                if self.order[stage] in self.race.dropped and self.order[other] not in self.race.dropped:
                    continue
                gap = self._gap(stage, other, stage)
                self._row(gap, 0)
                if won is not None:
                    self._tell(stage, stage, other, gap, [won, *joined.get(other, ())])

    def _majority(self, stage: int) -> int:
        """Return the question whether the last of the order has a majority at a stage, so that no more is asked."""
        votes, slopes = self._votes(stage, self.k - 1)
        all_votes, all_slopes = self._valid() if self.race.of_first else self._all_votes(stage, range(stage, self.k))
        won = self._ask()
        gap = 2 * votes - all_votes, 2 * slopes - all_slopes
        self._if(won, gap, 1)
        return won

    def _valid(self) -> Gap:
        """Return all ballots with a first preference."""
        slopes = np.zeros(self.size)
        if self.kind != "moved":
            slopes[self.counted] = -1 if self.kind == "removed" else 1
        return float(self.race.total), slopes

    def _tell(self, stage: int, one: int, other: int, gap: Gap, spared: Sequence[int]) -> None:
        """Ask that the law excludes one before the other at a stage, though their votes be equal."""
        ways: list[int] = []
        equal: list[Gap] = []
        for what, at in self.race.levels(stage, self.order[one], self.order[other], whole=self.whole):
            if what == "open":
                break
            way = self._ask()
            ways.append(way)
            for level in equal:
                self._if(way, level, 0)
                self._if(way, (-level[0], -level[1]), 0)
            if at is None:
                break
            equal.append(gap if at == stage else self._gap(at, other, one))
            self._if(way, equal[-1], 1)
        self.rows.add([*ways, *spared], [1.0] * (len(ways) + len(spared)), 1)

    def _together(self, stage: int) -> dict[int, list[int]]:
        """Return the questions that spare a stage and a later one from a comparison: both go at once as hopeless.

        Whoever leaves together with others from this stage on has, with them, fewer votes than the next.
        """
        spared: dict[int, list[int]] = {}
        for end in range(stage + 1, self.k - 1):
            way = self._ask()
            votes, slopes = self._all_votes(stage, range(stage, end + 1))
            for after in range(end + 1, self.k):
                more, theirs = self._votes(stage, after)
                self._if(way, (more - votes, theirs - slopes), 1)
            for one in range(stage + 1, end + 1):
                spared.setdefault(one, []).append(way)
        return spared

    def solve(self, *, whole_ballots: bool = True) -> Least | None:
        """Return the fewest ballots, or None where `most` do not do.

        Without `whole_ballots` parts of a ballot may change, which is found sooner and gives the bound alone.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        n = self.size + self.questions
        rows = self.rows
        shape = len(rows.low), n
        table = csr_array((np.concatenate(rows.figure), (np.concatenate(rows.row), np.concatenate(rows.column))), shape)
        high = np.full(n, float(self.most))
        if self.n_out:
            high[: self.n_out] = np.minimum(self.have, self.most)
        high[self.size :] = 1
        costs = np.zeros(n)
        costs[self.counted] = 1
        found = milp(
            costs,
            constraints=LinearConstraint(table, rows.low, rows.high),
            integrality=np.full(n, int(whole_ballots)),
            bounds=Bounds(0, high),
            options={"mip_rel_gap": 0, "node_limit": allowed(NODES)},
        )
        if found.status == 2:
            return None
        if not whole_ballots or found.x is None or found.status != 0:
            known = found.fun if found.status == 0 else found.mip_dual_bound
            return Least(max(0, ceil((known or 0) - SLACK)))
        x = np.rint(found.x).astype(np.int64)
        return Least(round(found.fun), Change(self._out(x), self._into(x)))

    def _out(self, x: NDArray[np.int64]) -> dict[Ranking, int]:
        """Return the papers taken out: of every class those that most ballots carry."""
        out: dict[Ranking, int] = {}
        for at in np.flatnonzero(x[: self.n_out]):
            left = int(x[at])
            for paper in sorted(np.flatnonzero(self.of == at), key=lambda p: (-self.race.n[p], p)):
                taken = min(left, int(self.race.n[paper]))
                if taken:
                    out[self.race.papers[paper]] = taken
                left -= taken
        return out

    def _into(self, x: NDArray[np.int64]) -> dict[Ranking, int]:
        """Return the papers put in: every way from one candidate to the next is a ranking."""
        left = {
            (int(a), int(b)): int(n)
            for a, b, n in zip(self.giver, self.taker, x[self.n_out : self.size], strict=True)
            if n
        }
        into: dict[Ranking, int] = {}
        while starts := [edge for edge in sorted(left) if edge[0] < 0]:
            way = [starts[0]]
            while onward := [edge for edge in sorted(left) if edge[0] == way[-1][1]]:
                way.append(onward[0])
            n = min(left[edge] for edge in way)
            left = {edge: m - n * (edge in way) for edge, m in left.items() if m - n * (edge in way)}
            ranking = tuple(self.race.names[self.order[at]] for _, at in way)
            into[ranking] = into.get(ranking, 0) + n
        return into
