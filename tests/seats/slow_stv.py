"""A second count by rankings, slow and plain, from the statutes: every paper on its own, every amount a Fraction.

It shares no code with the package. A stage is (votes at its beginning, elected, what was done, to whom).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Any

Lot = Callable[[list[str], str], str]


@dataclass
class Paper:
    ranking: tuple[str, ...]
    value: Fraction = Fraction(1)
    place: int = 0

    def next(self, standing: Iterable[str]) -> str | None:
        names = [name for name in self.ranking if name in standing]
        return names[0] if names else None


@dataclass
class Batch:
    """Papers that came to a candidate at one stage with one value, and what was credited for them."""

    papers: list[Paper]
    value: Fraction
    stage: int
    credit: Fraction


def cut(value: Fraction, places: int | None) -> Fraction:
    return value if places is None else Fraction(floor(value * 10**places), 10**places)


@dataclass
class Slow:
    seats: int
    quota_of: Callable[[int, int], Fraction]
    surplus: str
    ties: tuple[str, ...] = ()
    lot: Lot = lambda names, _: names[0]
    over_all: bool = True
    places: int | None = None
    cut_fraction: bool = False
    whole_votes: bool = False
    by_value: bool = False
    order: str = "largest"
    defer: bool = False
    bulk: bool = False
    more: bool = False
    receive: bool = False
    stop: tuple[str, ...] = ()
    standing: set[str] = field(default_factory=set)
    holds: dict[str, list[Batch]] = field(default_factory=dict)
    votes: dict[str, Fraction] = field(default_factory=dict)
    elected: list[str] = field(default_factory=list)
    since: dict[str, int] = field(default_factory=dict)
    spare: list[str] = field(default_factory=list)
    ended: Fraction = Fraction(0)
    history: list[dict[str, Fraction]] = field(default_factory=list)
    stages: list[Any] = field(default_factory=list)
    quota: Fraction = Fraction(0)

    def run(self, ballots: Sequence[tuple[str, ...]], candidates: Sequence[str]) -> list[Any]:
        self.standing = set(candidates)
        self.votes = {name: Fraction(0) for name in candidates}
        self.holds = {name: [] for name in candidates}
        papers = [Paper(ranking) for ranking in ballots]
        groups: dict[str | None, list[Paper]] = {}
        for paper in papers:
            groups.setdefault(paper.next(self.open()), []).append(paper)
        self.ended = Fraction(len(groups.pop(None, [])))
        for name, pile in groups.items():
            assert name
            self.give(name, pile, Fraction(1))
        self.quota = self.quota_of(sum(map(len, groups.values())), self.seats)
        going: list[list[tuple[str, Fraction | None]]] = []
        while True:
            self.history.append(dict(self.votes))
            won = self.elect(bool(going))
            if len(self.elected) == self.seats:
                self.note(won, "end", [])
                return self.stages
            if not going and self.ready() and not (self.defer and self.hopeless()):
                names = self.whose_surplus()
                self.note(won, "surplus", names)
                for name in names:
                    self.pass_surplus(name)
                continue
            if not going:
                out = self.out()
                self.standing -= set(out)
                going = self.parts(out)
            part = going.pop(0)
            self.note(won, "exclude", [name for name, _ in part])
            for name, value in part:
                self.pass_all(name, value)

    def note(self, won: list[str], action: str, names: list[str]) -> None:
        votes = dict(self.history[-1])
        self.stages.append((votes, won, action, names, self.ended))

    # electing

    def elect(self, midway: bool) -> list[str]:
        left = self.seats - len(self.elected)
        over = [c for c in self.standing if self.votes[c] >= self.quota]
        if self.more:
            over = [c for c in over if self.votes[c] > self.quota]
        if len(over) > left:
            over = self.fullest(over, left)
        won = self.seat(over)
        left -= len(over)
        if left and len(self.standing) == left:
            return won + self.seat(list(self.standing))
        if left and not midway:
            line = sorted(self.standing, key=lambda c: self.votes[c])
            loose = sum((self.votes[c] - self.quota for c in self.spare), Fraction(0))
            if "one_more" in self.stop and len(line) == left + 1 and self.votes[line[0]] + loose < self.votes[line[1]]:
                return won + self.seat(line[1:])
            if left == 1 and "overall_majority" in self.stop:
                rest = sum(self.votes[c] for c in line[:-1]) + loose
                if self.votes[line[-1]] > rest:
                    return won + self.seat(line[-1:])
            if left == 1 and len(line) == 2 and "two_left" in self.stop:
                first = self.first(line, "the last seat")
                return won + self.seat([first])
        return won

    def seat(self, names: list[str]) -> list[str]:
        names = sorted(names, key=lambda c: (-self.votes[c], c))
        for name in names:
            self.standing.remove(name)
            self.elected.append(name)
            self.since[name] = len(self.history)
            if self.votes[name] > self.quota or (
                self.votes[name] == self.quota and (self.order == "together" or self.receive)
            ):
                self.spare.append(name)
        return names

    def fullest(self, names: list[str], n: int) -> list[str]:
        line: list[str] = []
        for _ in range(n):
            line.append(self.first([c for c in names if c not in line], "the last seat"))
        return line

    # ties

    def least(self, names: list[str], question: str) -> str:
        low = min(self.votes[c] for c in names)
        tied = sorted(c for c in names if self.votes[c] == low)
        return self.settle(tied, question, low=True)

    def first(self, names: list[str], question: str) -> str:
        high = max(self.votes[c] for c in names)
        tied = sorted(c for c in names if self.votes[c] == high)
        return self.settle(tied, question, low=False)

    def settle(self, tied: list[str], question: str, *, low: bool) -> str:
        for rule in self.ties:
            past = {"backwards": self.history[::-1], "forwards": self.history, "first_preferences": self.history[:1]}
            for votes in past.get(rule, []):
                edge = (min if low else max)(votes[c] for c in tied)
                tied = [c for c in tied if votes[c] == edge]
        return tied[0] if len(tied) == 1 else self.lot(tied, question)

    # surpluses

    def open(self) -> set[str]:
        return self.standing | set(self.spare) if self.receive else self.standing

    def ready(self) -> list[str]:
        return [c for c in self.spare if self.order == "together" or self.votes[c] > self.quota]

    def whose_surplus(self) -> list[str]:
        if self.order == "together":
            names, self.spare = self.spare, []
            return names
        names = self.ready()
        if self.order == "earliest":
            soonest = min(self.since[c] for c in names)
            names = [c for c in names if self.since[c] == soonest]
        name = self.first(names, "the order of equal surpluses")
        self.spare = [c for c in self.spare if c != name]
        return [name]

    def pass_surplus(self, name: str) -> None:
        surplus = self.votes[name] - self.quota
        batches, self.holds[name] = self.holds[name], []
        if self.surplus in ("last_parcel", "whole_papers"):
            newest = max(b.stage for b in batches)
            batches = [b for b in batches if b.stage == newest]
        papers = [paper for batch in batches for paper in batch.papers]
        total = self.votes[name]
        self.votes[name] = self.quota
        movable = [p for p in papers if p.next(self.open())]
        worth = sum((p.value for p in movable), Fraction(0))
        if self.surplus == "whole_papers":
            self.whole(movable, surplus)
            return
        all_count = self.over_all and self.surplus != "last_parcel"
        if not all_count and worth <= surplus:
            before = sum(self.votes.values())
            self.hand_on(movable)
            self.ended += surplus - (sum(self.votes.values()) - before)
            return
        if self.surplus == "inclusive":
            value = cut(surplus / len(papers if all_count else movable), self.places)
            fresh = {id(p): value for p in papers}
        else:
            base = total if all_count else worth
            if self.cut_fraction:
                part = cut(surplus / base, self.places)
                fresh = {id(p): cut(p.value * part, self.places) for p in papers}
            else:
                fresh = {id(p): cut(p.value * surplus / base, self.places) for p in papers}
        stay = [p for p in papers if not p.next(self.open())]
        self.hand_on(movable, fresh)
        if all_count:
            self.end(stay, fresh)

    def whole(self, movable: list[Paper], surplus: Fraction) -> None:
        piles: dict[str, list[Paper]] = {}
        for paper in movable:
            to = paper.next(self.open())
            assert to
            piles.setdefault(to, []).append(paper)
        if len(movable) <= surplus:
            self.hand_on(movable)
            self.ended += surplus - len(movable)
            return
        exact = {c: len(pile) * surplus / len(movable) for c, pile in piles.items()}
        parts = {c: floor(x) for c, x in exact.items()}
        rest = {c: exact[c] - parts[c] for c in piles}
        waiting = [c for c in piles if rest[c]]
        while sum(parts.values()) < surplus:
            best = max((rest[c], len(piles[c])) for c in waiting)
            tied = sorted(c for c in waiting if (rest[c], len(piles[c])) == best)
            lucky = tied[0] if len(tied) == 1 else self.settle(tied, "the larger fraction", low=False)
            parts[lucky] += 1
            waiting.remove(lucky)
        chosen = [paper for c, pile in piles.items() for paper in evenly(pile, parts[c])]
        self.hand_on(chosen)

    def hand_on(self, papers: list[Paper], fresh: dict[int, Fraction] | None = None) -> None:
        groups: dict[tuple[str, Fraction], list[Paper]] = {}
        for paper in papers:
            to = paper.next(self.open())
            assert to
            groups.setdefault((to, paper.value), []).append(paper)
        for (to, value), pile in groups.items():
            self.give(to, pile, value if fresh is None else fresh[id(pile[0])])

    def give(self, name: str, pile: list[Paper], value: Fraction) -> None:
        for paper in pile:
            paper.value = value
        credit = value * len(pile)
        credit = Fraction(floor(credit)) if self.whole_votes else credit
        self.votes[name] += credit
        self.holds[name].append(Batch(pile, value, len(self.history), credit))

    def end(self, papers: list[Paper], fresh: dict[int, Fraction] | None = None) -> None:
        groups: dict[Fraction, list[Paper]] = {}
        for paper in papers:
            groups.setdefault(paper.value, []).append(paper)
        for value, pile in groups.items():
            worth = len(pile) * (value if fresh is None else fresh[id(pile[0])])
            self.ended += floor(worth) if self.whole_votes else worth

    # exclusion

    def hopeless(self) -> list[str]:
        line = sorted(self.standing, key=lambda c: (self.votes[c], c))
        left = self.seats - len(self.elected)
        loose = sum((self.votes[c] - self.quota for c in self.spare), Fraction(0))
        best: list[str] = []
        for n in range(1, len(line) - left + 1):
            if n < len(line) and sum(self.votes[c] for c in line[:n]) + loose < self.votes[line[n]]:
                best = line[:n]
            if not self.bulk:
                break
        return best

    def out(self) -> list[str]:
        if self.bulk and self.hopeless():
            return self.hopeless()
        return [self.least(sorted(self.standing), "exclusion")]

    def parts(self, out: list[str]) -> list[list[tuple[str, Fraction | None]]]:
        if not self.by_value:
            return [[(name, None) for name in out]]
        rows: list[list[tuple[str, Fraction | None]]] = []
        for name in out:
            values = sorted({b.value for b in self.holds[name]}, reverse=True)
            rows += [[(name, value)] for value in values] or [[(name, None)]]
        return rows

    def pass_all(self, name: str, value: Fraction | None) -> None:
        moved = [b for b in self.holds[name] if value is None or b.value == value]
        self.holds[name] = [b for b in self.holds[name] if b not in moved]
        self.votes[name] -= sum(b.credit for b in moved)
        papers = [paper for batch in moved for paper in batch.papers]
        self.hand_on([p for p in papers if p.next(self.open())])
        self.end([p for p in papers if not p.next(self.open())])
        if not self.holds[name]:
            del self.votes[name]


def evenly(pile: list[Paper], n: int) -> list[Paper]:
    """Take `n` papers, every ranking in proportion."""
    kinds = sorted({p.ranking for p in pile})
    size = {k: [p for p in pile if p.ranking == k] for k in kinds}
    exact = {k: Fraction(len(size[k]) * n, len(pile)) for k in kinds}
    take = {k: floor(exact[k]) for k in kinds}
    for k in sorted(kinds, key=lambda k: (-(exact[k] - take[k]), k))[: n - sum(take.values())]:
        take[k] += 1
    return [p for k in kinds for p in size[k][: take[k]]]


def slow_alternative(
    ballots: Sequence[tuple[str, ...]], candidates: Sequence[str], ties: tuple[str, ...], lot: Lot
) -> list[tuple[dict[str, int], str, str]]:
    """Exclude the lowest until one has more than half of the ballots that still name somebody."""
    standing, rows = set(candidates), []
    history: list[dict[str, int]] = []
    while True:
        tops = [next((name for name in ballot if name in standing), None) for ballot in ballots]
        votes = {name: tops.count(name) for name in standing}
        history.append(votes)
        best = max(votes.values())
        if 2 * best > sum(votes.values()) or len(standing) == 1:
            winner = next(name for name in sorted(standing) if votes[name] == best)
            return [*rows, (votes, "elect", winner)]
        tied = sorted(name for name in standing if votes[name] == min(votes.values()))
        past = {"backwards": history[::-1], "forwards": history}
        for rule in ties:
            for earlier in past[rule]:
                edge = min(earlier[name] for name in tied)
                tied = [name for name in tied if earlier[name] == edge]
        out = tied[0] if len(tied) == 1 else lot(tied, "exclusion")
        rows.append((votes, "exclude", out))
        standing.remove(out)


def slow_meek(ballots: Sequence[tuple[str, ...]], candidates: Sequence[str], seats: int, lot: Lot) -> list[str]:
    """Meek's rule in billionths, ballot by ballot; return who is elected, in order."""
    tick = Fraction(1, 10**9)

    def up(value: Fraction) -> Fraction:
        return -floor(-value / tick) * tick

    keep = {name: Fraction(1) for name in candidates}
    hopeful, elected = set(candidates), []
    while len(elected) < seats:
        before = None
        while True:
            votes = {name: Fraction(0) for name in [*hopeful, *elected]}
            for ballot in ballots:
                left = Fraction(1)
                for name in ballot:
                    if keep[name]:
                        part = up(left * keep[name])
                        votes[name] += part
                        left -= part
            quota = floor(sum(votes.values()) / (seats + 1) / tick) * tick + tick
            reached = sorted((name for name in hopeful if votes[name] >= quota), key=lambda c: (-votes[c], c))
            surplus = sum((max(Fraction(0), votes[name] - quota) for name in elected), Fraction(0))
            if reached or surplus < Fraction(1, 10**6) or (before is not None and surplus >= before):
                break
            before = surplus
            for name in elected:
                keep[name] = up(up(keep[name] * quota) / votes[name])
        left_seats = seats - len(elected)
        if not reached and len(hopeful) <= left_seats:
            reached = sorted(hopeful, key=lambda c: (-votes[c], c))
        if reached:
            elected += reached
            hopeful -= set(reached)
            continue
        low = min(votes[name] for name in hopeful)
        tied = sorted(name for name in hopeful if votes[name] <= low + surplus)
        out = tied[0] if len(tied) == 1 else lot(tied, "exclusion")
        keep[out] = Fraction(0)
        hopeful.remove(out)
    return elected
