"""Meek's rule: every contender keeps a part of each vote; the elected keep just enough to hold the quota."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sailau.seats.precedence import Lot, Mark, Precedence
from sailau.seats.rankings import CHOICES, Item, Reading, papers_of
from sailau.seats.stages import Action, How, Ranked, Stage
from sailau.terms.speech import say


@dataclass(frozen=True, kw_only=True)
class Settling:
    """How exactly the parts are found.

    Attributes
    ----------
    keep_places : int
        Decimals of votes and parts; a part and what it keeps of a vote are rounded up, the quota is cut and one unit of
        the last decimal added.
    settled : int
        The parts are settled when all surpluses together are below one unit of this decimal.

    References
    ----------
    .. [1] I. D. Hill, B. A. Wichmann and D. R. Woodall, Algorithm 123, Single Transferable Vote by Meek's Method,
       Computer Journal 30, 1987.
    """

    keep_places: int = 9
    settled: int = 6


def count_meek(
    rankings: Mapping[tuple[str, ...], int],
    contenders: Collection[str],
    seats: int,
    *,
    settling: Settling,
    reading: Reading,
    ties: tuple[str, ...],
    lot: Lot,
    names: Collection[str] | None = None,
    marks: Mapping[str, Mark] | None = None,
) -> Ranked:
    """Count ranked ballots by Meek's rule."""
    items, blank = papers_of(rankings, names, reading)
    known = set(contenders)
    plain = [(tuple(name for name in ranking if name in known), n) for ranking, n in items]
    count = _Meek(seats, 10**settling.keep_places, 10 ** (settling.keep_places - settling.settled))
    count.order = Precedence(ties, lot, marks or {})
    valid = sum(n for ranking, n in plain if ranking)
    count.run([item for item in plain if item[0]], sorted(contenders))
    return Ranked(tuple(count.elected), tuple(count.stages), valid, blank)


@dataclass
class _Meek:
    """A count in progress; amounts are whole numbers of 1/`unit` votes."""

    seats: int
    unit: int
    omega: int
    order: Precedence = field(init=False)
    keeps: dict[str, int] = field(default_factory=dict)
    hopeful: list[str] = field(default_factory=list)
    elected: list[str] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    quota: int = 0
    ended: int = 0

    def run(self, items: Sequence[Item], contenders: Sequence[str]) -> None:
        """Elect and exclude until the seats are filled."""
        self.keeps = dict.fromkeys(contenders, self.unit)
        self.hopeful = list(contenders)
        while self.hopeful and len(self.elected) < self.seats:
            totals, surplus, reached = self._settle(items)
            self.order.stages.append(totals)
            self.order.tied = []
            left = self.seats - len(self.elected)
            if len(reached) > left:
                reached = self._fullest(reached, totals, left)
            if reached:
                self._note(totals, [(name, "quota") for name in self._elect(reached, totals)], ())
            elif len(self.hopeful) <= left:
                self._note(totals, [(name, "last") for name in self._elect(self.hopeful, totals)], ())
            else:
                out = self._exclude(totals, surplus)
                self._note(totals, [], (out,))
                self.keeps[out] = 0

    def _settle(self, items: Sequence[Item]) -> tuple[dict[str, int], int, list[str]]:
        """Change the parts of the elected until somebody new has the quota or hardly any surplus is left."""
        before: int | None = None
        while True:
            totals = self._distribute(items)
            self.quota = sum(totals.values()) // (self.seats + 1) + 1
            reached = [name for name in self.hopeful if totals[name] >= self.quota]
            surplus = sum(max(0, totals[name] - self.quota) for name in self.elected)
            if reached or surplus < self.omega or (before is not None and surplus >= before):
                return totals, surplus, reached
            before = surplus
            for name in self.elected:
                part = -(-self.keeps[name] * self.quota // self.unit)
                self.keeps[name] = -(-part * self.unit // totals[name])

    def _distribute(self, items: Sequence[Item]) -> dict[str, int]:
        keeps, unit = self.keeps, self.unit
        totals = dict.fromkeys([*self.elected, *self.hopeful], 0)
        ended = 0
        for ranking, n in items:
            left = unit
            for name in ranking:
                keep = keeps[name]
                if keep == unit:
                    totals[name] += left * n
                    left = 0
                    break
                if keep:
                    part = -(-left * keep // unit)
                    totals[name] += part * n
                    left -= part
                    if not left:
                        break
            ended += left * n
        self.ended = ended
        return totals

    def _elect(self, names: Sequence[str], totals: Mapping[str, int]) -> list[str]:
        line = sorted(names, key=lambda name: (-totals[name], name))
        self.elected += line
        self.hopeful = [name for name in self.hopeful if name not in line]
        return line

    def _fullest(self, reached: list[str], totals: Mapping[str, int], left: int) -> list[str]:
        chosen: list[str] = []
        while len(chosen) < left:
            rest = [name for name in reached if name not in chosen]
            chosen.append(self.order.most(rest, totals, say("the last seat")))
        return chosen

    def _exclude(self, totals: Mapping[str, int], surplus: int) -> str:
        """Exclude the lowest; those whom the surplus left could still bring above it are as low."""
        low = min(totals[name] for name in self.hopeful)
        equal = [name for name in self.hopeful if totals[name] <= low + surplus]
        out = self.order.fewest(equal, dict.fromkeys(equal, low), "exclusion")
        self.hopeful.remove(out)
        return out

    def _note(self, totals: dict[str, int], elected: list[tuple[str, How]], out: tuple[str, ...]) -> None:
        action: Action = "exclude" if out else "elect" if self.hopeful and len(self.elected) < self.seats else "end"
        number, tied, spent = len(self.stages) + 1, tuple(self.order.tied), {CHOICES: self.ended}
        self.stages.append(
            Stage(
                number,
                self.unit,
                self.quota,
                totals,
                spent,
                0,
                tuple(elected),
                action,
                out,
                (),
                self.unit,
                tied,
                keeps={name: keep for name, keep in self.keeps.items() if keep},
            )
        )
