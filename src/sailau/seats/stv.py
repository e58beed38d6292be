"""The single transferable vote: stages of electing, passing on surpluses and excluding, with every figure kept.

The alternative vote is the same count with one seat and a majority of the votes that continue as the bar.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from sailau.seats.ledger import Ledger, Transfer
from sailau.seats.papers import Draw
from sailau.seats.precedence import Lot, Mark, Precedence
from sailau.seats.rankings import Item, Reading, needs_reading, read_rankings
from sailau.seats.stages import Action, How, Ranked, Stage, Stages
from sailau.seats.transfer import Passing, pass_on, pass_surplus
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.quota import quota_named

Acted = tuple[Action, tuple[str, ...], tuple[Transfer, ...]]
"""What a stage did, whose votes passed on, and where to."""


def count_stv(
    rankings: Mapping[tuple[str, ...], int],
    contenders: Collection[str],
    seats: int,
    *,
    stages: Stages,
    passing: Passing,
    reading: Reading,
    lot: Lot,
    seed: Draw,
    names: Collection[str] | None = None,
    marks: Mapping[str, Mark] | None = None,
    dropped: Collection[str] = (),
) -> Ranked:
    """Count ranked ballots.

    Parameters
    ----------
    rankings : mapping of ranking to int
    contenders : collection of str
        Those who can be elected; other names in rankings are passed over.
    seats : int
    stages, passing, reading
        The rules.
    lot : callable
        Settles ties that the rules leave open, or raises.
    seed : callable
        Names the text from which papers are drawn, where papers are drawn.
    names : collection of str, optional
        All names that occur in `rankings`, where known.
    marks : mapping of str to callable, optional
        Rules for ties by marks of contenders.
    dropped : collection of str
        Contenders that go before all others.

    Raises
    ------
    LawSilent
        Fewer contenders than seats.
    """
    if len(contenders) < seats:
        raise LawSilent(f"{seats} seats, but only {len(contenders)} candidates")
    found = names if names is not None else set().union(*rankings)
    items: Sequence[Item] = list(rankings.items())
    blank = 0
    if needs_reading(found, reading):
        items, blank = read_rankings(items, reading)
    elif () in rankings:
        blank = rankings[()]
        items = [item for item in items if item[0]]
    count = _Count(seats, stages, passing, Precedence(stages.ties, lot, marks or {}), seed, frozenset(dropped))
    return count.run(items, contenders, blank)


class _Count:
    """A count in progress."""

    def __init__(
        self, seats: int, rules: Stages, passing: Passing, order: Precedence, seed: Draw, dropped: frozenset[str]
    ) -> None:
        self.seats, self.rules, self.passing, self.order, self.seed = seats, rules, passing, order, seed
        self.ledger = Ledger(1, places=passing.places, cut=passing.cut, whole=passing.credit == "whole")
        self.continuing: list[str] = []
        self.elected: list[str] = []
        self.waiting: list[str] = []
        self.leaving: list[tuple[str, int | None]] = []
        self.dropped = dropped
        self.stages: list[Stage] = []

    def run(self, items: Sequence[Item], contenders: Collection[str], blank: int) -> Ranked:
        """Go from stage to stage until the seats are filled."""
        ledger = self.ledger
        self.continuing = sorted(contenders)
        if ledger.places is not None:
            ledger.unit = 10**ledger.places
        ledger.deal(items, self.continuing)
        valid = sum(ledger.totals.values()) // ledger.unit
        self._set_quota(valid)
        while self._stage():
            pass
        return Ranked(tuple(self.elected), tuple(self.stages), valid, blank)

    def _set_quota(self, valid: int) -> None:
        if self.rules.quota is None:
            return
        quota = quota_named(self.rules.quota)(valid, self.seats) if self.seats else Fraction(valid)
        if self.ledger.places is None:
            self.ledger.scale(quota.denominator)
        elif quota.denominator != 1:
            raise InvalidLaw(f"the quota {quota} has no end in decimals; a count in decimals needs a rounded quota")
        self.ledger.quota = int(quota * self.ledger.unit)

    def _stage(self) -> bool:
        ledger, number = self.ledger, len(self.stages) + 1
        totals, spent, lost, unit = dict(ledger.totals), dict(ledger.spent), ledger.lost, ledger.unit
        self.order.stages.append(totals)
        self.order.tied = []
        if self.rules.quota is None:
            active = sum(totals[name] for name in self.continuing)
            ledger.quota = active // 2 // unit * unit + unit
        quota = ledger.quota
        elected = self._elect(totals)
        action, sources, transfers = self._act(number)
        tied = tuple(self.order.tied)
        self.stages.append(
            Stage(number, unit, quota, totals, spent, lost, elected, action, sources, transfers, ledger.unit, tied)
        )
        if ledger.unit != unit:
            by = ledger.unit // unit
            self.order.stages = [{name: n * by for name, n in past.items()} for past in self.order.stages]
        for name in sources:
            if name not in self.elected and not ledger.parcels[name]:
                ledger.totals.pop(name)
        return action != "end"

    # Electing

    def _elect(self, totals: Mapping[str, int]) -> tuple[tuple[str, How], ...]:
        out: list[tuple[str, How]] = []
        if self.rules.quota is None and self.rules.down_to and len(self.continuing) > self.rules.down_to:
            return ()
        quota, more = self.ledger.quota, self.rules.more
        reached = [name for name in self.continuing if totals[name] > quota or (totals[name] == quota and not more)]
        if len(reached) > self._left():
            reached = self._fullest(reached, totals)
        out += [(name, "quota") for name in self._seat(reached, totals)]
        if self._left() and len(self.continuing) <= self._left():
            out += [(name, "last") for name in self._seat(self.continuing[:], totals)]
        elif self._left() and not self.leaving:
            out += [(name, how) for names, how in self._early(totals) for name in self._seat(names, totals)]
        return tuple(out)

    def _left(self) -> int:
        return self.seats - len(self.elected)

    def _fullest(self, reached: list[str], totals: Mapping[str, int]) -> list[str]:
        """Return as many as there are seats: an exact quota of V/(S + 1) can be reached by one more than that."""
        chosen: list[str] = []
        while len(chosen) < self._left():
            rest = [name for name in reached if name not in chosen]
            chosen.append(self.order.most(rest, totals, "the last seat"))
        return chosen

    def _seat(self, names: list[str], totals: Mapping[str, int]) -> list[str]:
        names = sorted(names, key=lambda name: (-totals[name], name))
        self.elected += names
        self.continuing = [name for name in self.continuing if name not in names]
        if self.rules.quota is not None:
            always = self.rules.surpluses == "together" or self.rules.elected_receive
            self.waiting += [name for name in names if totals[name] >= self.ledger.quota + (not always)]
        return names

    def _early(self, totals: Mapping[str, int]) -> list[tuple[list[str], How]]:
        line = sorted(self.continuing, key=lambda name: totals[name])
        left, waiting = self._left(), self._surplus()
        if "one_more" in self.rules.stop and len(line) == left + 1 and totals[line[0]] + waiting < totals[line[1]]:
            return [(line[1:], "last")]
        if left != 1:
            return []
        others = sum(totals[name] for name in line[:-1])
        if "overall_majority" in self.rules.stop and totals[line[-1]] > others + waiting:
            return [(line[-1:], "majority")]
        if "two_left" in self.rules.stop and len(line) == 2:
            return [([self.order.most(line, totals, "the last seat")], "last")]
        return []

    # Acting

    def _act(self, number: int) -> Acted:
        if not self._left():
            return self._pass_surpluses(number) if self._ready() and self.rules.last_surplus else ("end", (), ())
        if self.leaving:
            return self._leave(number)
        if self._ready() and not (self.rules.defer and self._can_wait()):
            return self._pass_surpluses(number)
        out = self._lowest()
        self.continuing = [name for name in self.continuing if name not in out]
        for name in out:
            self.leaving += [(name, value) for value in self._values(name)]
        return self._leave(number, len(out))

    def _ready(self) -> list[str]:
        """Return the elected whose surplus is to pass on; where all go together, also a surplus of nothing."""
        if self.rules.surpluses == "together":
            return self.waiting
        return [name for name in self.waiting if self.ledger.totals[name] > self.ledger.quota]

    def _open(self) -> list[str]:
        """Return who can receive votes."""
        return self.continuing + self.waiting if self.rules.elected_receive else self.continuing

    def _surplus(self) -> int:
        return sum([max(0, self.ledger.totals[name] - self.ledger.quota) for name in self.waiting])

    def _pass_surpluses(self, number: int) -> Acted:
        sources = self._ready() if self.rules.surpluses == "together" else [self._next_surplus()]
        self.waiting = [name for name in self.waiting if name not in sources]

        def first(tied: Sequence[str]) -> str:
            return self.order.most(tied, dict.fromkeys(tied, 0), "the larger fraction")

        transfers = tuple(
            pass_surplus(self.ledger, self.passing, name, self._open(), number, first, self.seed) for name in sources
        )
        return "surplus", tuple(sources), transfers

    def _next_surplus(self) -> str:
        waiting = self._ready()
        if self.rules.surpluses == "earliest":
            since = {name: stage.number for stage in self.stages for name, _ in stage.elected}
            first = min(since.get(name, len(self.stages) + 1) for name in waiting)
            waiting = [name for name in waiting if since.get(name, len(self.stages) + 1) == first]
        return self.order.most(waiting, self.ledger.totals, "the order of equal surpluses")

    def _can_wait(self) -> bool:
        return len(self.continuing) > self._left() and bool(self._hopeless())

    def _lowest(self) -> list[str]:
        totals = self.ledger.totals
        first = [name for name in self.continuing if name in self.dropped and totals[name]]
        if first:
            return [self.order.fewest(first, totals, "exclusion")]
        if self.rules.exclude == "all_but_two" and len(self.continuing) > 2:
            return self._all_but_two(totals)
        if self.rules.exclude == "hopeless":
            out = self._hopeless()
            if out:
                return out
        return [self.order.fewest(self.continuing, totals, "exclusion")]

    def _all_but_two(self, totals: Mapping[str, int]) -> list[str]:
        """Return all but the two with the most votes."""
        rest = list(self.continuing)
        for _ in range(2):
            rest.remove(self.order.most(rest, totals, "a place among the last two"))
        return rest

    def _hopeless(self) -> list[str]:
        """Return the largest set of lowest contenders that, with all surpluses, cannot reach the next one."""
        totals = self.ledger.totals
        line = sorted(self.continuing, key=lambda name: (totals[name], name))
        most = len(line) - max(self._left(), 1, self.rules.down_to if self.rules.down_to < len(line) else 0)
        if self.rules.exclude == "lowest":
            most = min(most, 1)
        below, out = self._surplus(), 0
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

    def _values(self, name: str) -> list[int | None]:
        if self.passing.parcels == "together":
            return [None]
        values = sorted({parcel.value for parcel in self.ledger.parcels[name]}, reverse=True)
        return list(values) if values else [None]

    def _leave(self, number: int, n: int = 1) -> Acted:
        if self.passing.parcels == "by_value":
            n = 1
        now, self.leaving = self.leaving[:n], self.leaving[n:]
        transfers = tuple(pass_on(self.ledger, name, value, self._open(), number) for name, value in now)
        return "exclude", tuple(name for name, _ in now), transfers
