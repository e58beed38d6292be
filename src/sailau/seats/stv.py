"""The single transferable vote: stages of electing, passing on surpluses and excluding, with every figure kept.

The alternative vote is the same count with one seat and a majority of the votes that continue as the bar; exclusion is
the same count without a bar.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from sailau.seats.exclusion import Field
from sailau.seats.ledger import Ledger, Transfer
from sailau.seats.papers import Draw
from sailau.seats.precedence import Lot, Mark, Precedence
from sailau.seats.rankings import TOGETHER, Item, Reading, papers_of
from sailau.seats.stages import Action, How, Ranked, Stage, Stages
from sailau.seats.transfer import Passing, pass_on, pass_surplus, set_aside
from sailau.terms.errors import InvalidLaw
from sailau.terms.quota import quota_named
from sailau.terms.speech import say

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
    excluding: bool = False,
    ledger: Ledger | None = None,
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
    excluding : bool
        Nobody is elected by a number of votes: contenders are excluded until no more are left than there are seats.
    ledger : Ledger, optional
        Where votes are booked, by default in whole units.

    Raises
    ------
    LawSilent
        Nobody has the share.
    """
    items, blank = papers_of(rankings, names, reading)
    count = _Count(seats, stages, passing, Precedence(stages.ties, lot, marks or {}), seed, frozenset(dropped))
    count.excluding = excluding
    if ledger is not None:
        count.ledger = ledger
    if reading.overvote == "continuing":
        count.ledger.several = frozenset(place for ranking, _ in items for place in ranking if TOGETHER in place)
    return count.run(items, contenders, blank)


class _Count(Field):
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
        self.excluding = False
        self.stages: list[Stage] = []

    def run(self, items: Sequence[Item], contenders: Collection[str], blank: int) -> Ranked:
        """Go from stage to stage until the seats are filled."""
        ledger = self.ledger
        self.continuing = sorted(contenders)
        if ledger.places is not None:
            ledger.unit = 10**ledger.places
        if self.rules.share is not None:
            ledger.scale(self.rules.share.denominator)
        ledger.deal(items, self.continuing)
        valid = ledger.cast()
        self._set_quota(Fraction(valid))
        while self._stage():
            pass
        return Ranked(tuple(self.elected), tuple(self.stages), valid, blank)

    def _set_quota(self, votes: Fraction) -> None:
        """Find the quota of some votes, or the votes of a share of them."""
        ledger, rules = self.ledger, self.rules
        if rules.quota is None:
            self._set_bar(int(votes * ledger.unit))
            return
        decimals = 10**rules.quota_places
        quota = quota_named(rules.quota)(votes * decimals, self.seats) / decimals if self.seats else votes
        if ledger.places is None:
            ledger.scale((quota * ledger.unit).denominator)
        elif (quota * ledger.unit).denominator != 1:
            raise InvalidLaw(
                say("the quota {quota} has no end in decimals; a count in decimals needs a rounded quota", quota=quota)
            )
        ledger.quota = int(quota * ledger.unit)

    def _set_bar(self, held: int) -> None:
        """Find the majority, or the share, of the votes that continue."""
        ledger = self.ledger
        share = self.rules.share
        ledger.quota = held // 2 // ledger.unit * ledger.unit + ledger.unit if share is None else int(held * share)

    def _renew_quota(self) -> None:
        if self.rules.quota_of == "each" and self.rules.quota is not None and self.stages:
            self._set_quota(Fraction(sum(self.ledger.totals.values()), self.ledger.unit))
        elif self.rules.quota is None and self.rules.quota_of != "first":
            self._set_bar(sum(self.ledger.totals[name] for name in self.continuing))

    def _stage(self) -> bool:
        ledger, number = self.ledger, len(self.stages) + 1
        self._renew_quota()
        totals, spent, lost, unit = dict(ledger.totals), dict(ledger.spent), ledger.lost, ledger.unit
        self.order.stages.append(totals)
        self.order.tied = []
        quota = ledger.quota
        elected = self._elect(totals)
        action, sources, transfers = self._act(number)
        tied = tuple(self.order.tied)
        self.stages.append(
            Stage(number, unit, quota, totals, spent, lost, elected, action, sources, transfers, ledger.unit, tied)
        )
        for name in sources:
            if name not in self.elected and not ledger.parcels[name]:
                ledger.totals.pop(name)
        return action != "end"

    # Electing

    def _elect(self, totals: Mapping[str, int]) -> tuple[tuple[str, How], ...]:
        out: list[tuple[str, How]] = []
        if self.rules.quota is None and self.rules.down_to and len(self.continuing) > self.rules.down_to:
            return ()
        if self.rules.hold and any(totals[name] for name in self.continuing if name in self.dropped):
            return ()
        if self.excluding:
            return self._remaining(totals)
        quota, more = self.ledger.quota, self.rules.more
        reached = [name for name in self.continuing if totals[name] > quota or (totals[name] == quota and not more)]
        most = 1 if self.rules.one_a_stage else self.left()
        if len(reached) > most:
            reached = self._fullest(reached, totals, most)
        out += [(name, "quota") for name in self._seat(reached, totals)]
        if self.left() and len(self.continuing) <= self.left():
            out += [(name, "last") for name in self._seat(self.continuing[:], totals)]
        elif self.left() and not self.leaving:
            out += [(name, how) for names, how in self._early(totals) for name in self._seat(names, totals)]
        return tuple(out)

    def _remaining(self, totals: Mapping[str, int]) -> tuple[tuple[str, How], ...]:
        """Return those who are left, when there are as many as seats, or fewer who all have the share."""
        if len(self.continuing) > self.left():
            return ()
        how: How = "last" if self.rules.share is None else "share"
        if how == "share" and any(totals[name] <= self.ledger.quota for name in self.continuing):
            return ()
        return tuple((name, how) for name in self._seat(self.continuing[:], totals))

    def _fullest(self, reached: list[str], totals: Mapping[str, int], most: int) -> list[str]:
        """Return as many as there are seats: an exact quota of V/(S + 1) can be reached by one more than that."""
        chosen: list[str] = []
        while len(chosen) < most:
            rest = [name for name in reached if name not in chosen]
            chosen.append(self.order.most(rest, totals, say("the last seat")))
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
        left, waiting = self.left(), self.surplus()
        if "one_more" in self.rules.stop and len(line) == left + 1 and totals[line[0]] + waiting < totals[line[1]]:
            return [(line[1:], "last")]
        if left != 1:
            return []
        others = sum(totals[name] for name in line[:-1])
        if "overall_majority" in self.rules.stop and totals[line[-1]] > others + waiting:
            return [(line[-1:], "majority")]
        if "two_left" in self.rules.stop and len(line) == 2:
            return [([self.order.most(line, totals, say("the last seat"))], "last")]
        return []

    # Acting

    def _act(self, number: int) -> Acted:
        if self.left() and not self.continuing:
            return "end", (), ()
        if not self.left():
            goes = self._ready() and self.rules.last_surplus != "stays"
            return self._pass_surpluses(number) if goes else ("end", (), ())
        if self.leaving:
            return self._leave(number)
        if self._ready() and not (self.rules.defer and self._can_wait()):
            return self._pass_surpluses(number)
        out = self.lowest()
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

    def _pass_surpluses(self, number: int) -> Acted:
        sources = self._ready() if self.rules.surpluses == "together" else [self._next_surplus()]
        self.waiting = [name for name in self.waiting if name not in sources]

        def first(tied: Sequence[str]) -> str:
            return self.order.most(tied, dict.fromkeys(tied, 0), say("the larger fraction"))

        ledger, how, made = self.ledger, self.passing, list[tuple[Transfer, int]]()
        for name in sources:
            if self.left() or self.rules.last_surplus == "passes":
                moved = pass_surplus(ledger, how, name, self._open(), number, first, self.seed)
            else:
                moved = set_aside(ledger, how, name, number, first, self.seed)
            made.append((moved, ledger.unit))
        return "surplus", tuple(sources), tuple(moved.scaled(ledger.unit // unit) for moved, unit in made)

    def _next_surplus(self) -> str:
        waiting = self._ready()
        if self.rules.surpluses == "earliest":
            since = {name: stage.number for stage in self.stages for name, _ in stage.elected}
            first = min(since.get(name, len(self.stages) + 1) for name in waiting)
            waiting = [name for name in waiting if since.get(name, len(self.stages) + 1) == first]
        return self.order.most(waiting, self.ledger.totals, say("the order of equal surpluses"))

    def _can_wait(self) -> bool:
        return len(self.continuing) > self.left() and bool(self.hopeless())

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
