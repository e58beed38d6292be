"""Seats of districts given back beyond a contender's share of the whole, in many runs at once.

Few runs have any; in those the seats go back and out again one by one. Equal quotients send a run to the exact count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sailau.runs.elsewhere import winnings
from sailau.runs.formulas import NoKernel
from sailau.runs.placing import formula_of, varying
from sailau.runs.single import stream_of
from sailau.runs.state import Clause, Scope, State, only
from sailau.runs.stepwise import MARGIN, table_of
from sailau.seats.compensate import Compensate
from sailau.seats.give_back import GiveBack
from sailau.terms.divisor import divisor_named
from sailau.terms.tally import LINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Counts = NDArray[Any]


def give_back(step: GiveBack, scope: Scope) -> Clause | None:
    """Return what gives seats back; None where national totals are counted without the districts."""
    import numpy as np

    only(step, "tier", "total", "divisor", "first", "smallest", "totals", "ties")
    if step.tier not in scope.before:
        if step.totals:
            return None
        raise NoKernel("a tier that was not counted", step="give_back")
    before, rule = scope.before[step.tier], divisor_named(step.divisor, step.first)
    if not before.divided or rule.power != 1 or rule.at(0)[0] == 0:
        raise NoKernel("no districts, or no quotient for a first seat", step="give_back")
    place = {line: i for i, line in enumerate(scope.lines) if line not in LINES}
    if any(scope.tally.party(line) != line for line in place):
        raise NoKernel("lists of another name than their party", step="give_back")
    columns = [[place.get(line, -1) for line in area.lines] for area in before.areas]
    may = np.array([area.seats >= step.smallest for area in before.areas])
    table = table_of(rule, before.seats + 2)
    formula = Compensate(divisor=step.divisor, first=step.first, ties=step.ties, tiers=(step.tier,), cite=step.cite)
    share, by_lot = formula_of(formula, scope.lines), scope.by_lot(step.ties)
    stream, find = stream_of(scope.key("give_back")), winnings(scope, (step.tier,))

    def apply(state: State) -> None:
        held, others = find(state)
        takes = np.broadcast_to(state.takes, held.shape)
        others = others + np.where(takes, 0, held).sum(axis=1)
        try:
            due, status = varying(share, state.standing, step.total - others, state.key, state.first, stream)
        except OverflowError:
            state.recount[:] = True
            return
        state.settled(status, by_lot=by_lot)
        over = np.where(takes, held - due, 0)
        parts = state.done[step.tier].parts
        for run in np.nonzero((over > 0).any(axis=1) & ~state.recount)[0].tolist():
            votes, seats = np.zeros((len(parts), len(scope.lines))), np.zeros((len(parts), len(scope.lines)), np.int64)
            for i, own in enumerate(columns):
                placed = parts[i].seats
                for line, column in enumerate(own):
                    if column >= 0:
                        votes[i, column] = parts[i].cast[run, line]
                        seats[i, column] = 0 if placed is None else placed[run, line]
            exchange = Exchange(votes, seats, due[run], takes[run], may, table)
            state.recount[run] |= not exchange.done(over[run].tolist())
            for i, own in enumerate(columns):
                placed = parts[i].seats
                if placed is not None:
                    placed[run] = [seats[i, c] if c >= 0 else n for c, n in zip(own, placed[run].tolist(), strict=True)]

    return apply


@dataclass
class Exchange:
    """One run: votes and seats by district and contender, what each is due, who takes part, which districts may give.

    `seats` is changed.
    """

    votes: Counts
    seats: Counts
    due: Counts
    takes: Counts
    may: Counts
    table: Counts

    def done(self, over: Sequence[int]) -> bool:
        """Give seats back and out again; say whether every step was clear."""
        import numpy as np

        taken: list[int] = []
        losers = [c for c, n in enumerate(over) if n > 0]
        for contender in losers:
            for _ in range(over[contender]):
                held = self.seats[:, contender]
                holds = (held > 0) & self.may
                if not holds.any():
                    break
                claims = np.where(holds, self.votes[:, contender] / self.table[np.maximum(held - 1, 0)], np.inf)
                area = self._first(-claims)
                if area is None:
                    return False
                self.seats[area, contender] -= 1
                taken.append(area)
        beaten = np.zeros(len(self.due), bool)
        beaten[losers] = True
        for area in taken:
            may = self.takes & ~beaten & (self.seats.sum(axis=0) < self.due) & (self.votes[area] > 0)
            claims = np.where(may, self.votes[area] / self.table[self.seats[area]], -np.inf)
            winner = self._first(claims) if may.any() else None
            if winner is None:
                return False
            self.seats[area, winner] += 1
        return True

    @staticmethod
    def _first(claims: Counts) -> int | None:
        """Return where the largest claim is; None where another is as good as equal."""
        import numpy as np

        best = int(claims.argmax())
        top, others = abs(claims[best]), np.abs(np.delete(claims, best))
        near = np.isfinite(others) & (np.maximum(others, top) <= np.minimum(others, top) * MARGIN)
        return None if near.any() else best
