"""Exclusion: who is excluded next in a count by rankings, one contender or several at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sailau.seats.ledger import Ledger
from sailau.seats.precedence import Precedence
from sailau.seats.stages import Stages
from sailau.terms.errors import LawSilent
from sailau.terms.speech import say


class Field:
    """Who continues in a count, who is elected, and what they hold.

    Attributes
    ----------
    seats : int
    rules : Stages
    order : Precedence
    ledger : Ledger
    dropped : frozenset of str
        Contenders that go before all others.
    continuing, elected : list of str
    waiting : list of str
        The elected whose surplus has not passed on yet.
    """

    seats: int
    rules: Stages
    order: Precedence
    ledger: Ledger
    dropped: frozenset[str]
    continuing: list[str]
    elected: list[str]
    waiting: list[str]

    def left(self) -> int:
        """Return the seats not filled yet."""
        return self.seats - len(self.elected)

    def surplus(self) -> int:
        """Return what those who wait hold above the quota."""
        return sum([max(0, self.ledger.totals[name] - self.ledger.quota) for name in self.waiting])

    def lowest(self) -> list[str]:
        """Return who is excluded next."""
        totals = self.ledger.totals
        first = [name for name in self.continuing if name in self.dropped and totals[name]]
        if first:
            return [self.order.fewest(first, totals, "exclusion")]
        if self.rules.exclude == "below_share" and (below := self._below_share(totals)):
            return below
        if self.rules.exclude == "all_but_two" and len(self.continuing) > 2:
            return self._all_but_two(totals)
        if self.rules.exclude == "hopeless":
            out = self.hopeless()
            if out:
                return out
        return [self.order.fewest(self.continuing, totals, "exclusion")]

    def _below_share(self, totals: Mapping[str, int]) -> list[str]:
        below = [name for name in self.continuing if totals[name] < self.ledger.quota]
        if len(below) == len(self.continuing):
            raise LawSilent(say("nobody has the share of the votes, and the law does not say what then"))
        return below

    def _all_but_two(self, totals: Mapping[str, int]) -> list[str]:
        """Return all but the two with the most votes."""
        line = sorted(self.continuing, key=lambda name: -totals[name])
        if totals[line[1]] > totals[line[2]]:  # who of the two is ahead is no question, not even between equals
            return [name for name in self.continuing if name not in line[:2]]
        rest = list(self.continuing)
        for _ in range(2):
            rest.remove(self.order.most(rest, totals, say("a place among the last two")))
        return rest

    def hopeless(self) -> list[str]:
        """Return the largest set of lowest contenders that, with all surpluses, cannot reach the next one."""
        totals = self.ledger.totals
        line = sorted(self.continuing, key=lambda name: (totals[name], name))
        most = len(line) - max(self.left(), 1, self.rules.down_to if self.rules.down_to < len(line) else 0)
        if self.rules.exclude == "lowest":
            most = min(most, 1)
        below, out = self.surplus(), 0
        for i in range(most):
            below += totals[line[i]]
            if below < totals[line[i + 1]] and self._safe(line[: i + 1], below):
                out = i + 1
        return line[:out]

    def _safe(self, names: Sequence[str], reach: int) -> bool:
        """Say whether nobody among `names` could yet save a deposit."""
        if self.rules.refund is None:
            return True
        bar = self.rules.refund * self.ledger.quota
        return reach <= bar or all(self.ledger.totals[name] > bar for name in names)
