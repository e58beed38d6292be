"""share_out: the seats of a pool to its members, level by level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from sailau.seats.count import Count, Decisions, each_area
from sailau.seats.formula import Formula, Limit, formula_words, reasons, words_without
from sailau.seats.pool import check_link, members_again, room
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import Allocation, settle
from sailau.terms.errors import InvalidLaw, LawSilent, Undecided
from sailau.terms.numbers import check_share
from sailau.terms.tally import Tally
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, listed, percent, say


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOut(Formula):
    """Share out what each pool won among its members by their own votes.

    Where links are nested (`apparentment` names several, the outermost first) the seats go first to the inner links,
    then inside these. A link of one member is that member.

    Attributes
    ----------
    limit : str
        As in `allocate`.
    least, of : Fraction, str
        The share of a base of the whole that a member needs to get seats of its pool.
    best : bool
        Whether in each pool the largest of the members below that share takes part as well.
    exempt : tuple of str
        Traits of members that need no such share.
    assured : tuple of str
        Traits of members that take one seat of their pool before the others share the rest.
    """

    name: ClassVar[str] = "share_out"
    limit: Limit = "none"
    least: Fraction | None = None
    of: Base = "valid"
    best: bool = False
    exempt: tuple[str, ...] = ()
    assured: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse a formula that is none, or two, and a bar that is no share."""
        self.check_formula(self.limit)
        if self.least is not None:
            check_share("share_out.least", self.least)
        elif self.best:
            raise InvalidLaw(say("share_out: best is the largest member below `least`, and the step has no such share"))

    def apply(self, count: Count) -> Count:
        """Return the count with the seats of the pools placed on their members.

        Raises
        ------
        DrawRequired
            The last seat of a pool is tied and no rule of the law settles it.
        LawSilent
            A pool won more seats than its members can take.
        InvalidRecord
            An inner link has the name of a contender.
        """
        bar = None if self.least is None else self.least * count.base(self.of)
        marks = count.tally.contender
        low = {} if bar is None else {c: n for c, n in count.cast.items() if n < bar}
        out = frozenset(c for c in low if not marks(c).traits.intersection(self.exempt))
        count, spared = self._spared(count, out) if self.best else (count, frozenset())
        out -= spared
        if count.areas:
            count = each_area(count, lambda part: self._inside(part, out))
        return self._inside(count, out)

    def _inside(self, count: Count, out: frozenset[str]) -> Count:
        """Place the seats of every pool here on its members, those that are `out` left aside."""
        if not count.pools:
            return count
        placed, pools = dict(count.placed), {name: _able(name, p, out) for name, p in count.pools.items()}
        count = members_again(count)
        for name in sorted(pools):
            seats = placed.pop(name, 0)
            count = count.but(placed=placed)
            if seats:
                count, seats = self._assure(count, name, pools[name], seats)
                count = self._share(count, name, pools[name], seats, 1) if seats else count
                placed = dict(count.placed)
        return count.but(placed=placed)

    def _spared(self, count: Count, out: frozenset[str]) -> tuple[Count, frozenset[str]]:
        """Return the largest of those that are `out`, one in each pool that won seats."""
        spared = {}
        for name, members in sorted(count.pools.items()):
            low = [member for member in members if member in out and count.cast[member]]
            if not low or not count.total_placed().get(name):
                continue
            top = max(count.cast[member] for member in low)
            equal = sorted(member for member in low if count.cast[member] == top)
            key, why = (
                f"{self.name}.best",
                say("{top:,} votes each for the place of the best list below the bar in {name}", top=top, name=name),
            )
            spared[name] = self._one_of(count, key, equal, why)
        told = {
            "spared": spared,
            "votes": {c: count.cast[c] for c in spared.values()},
            "least": self.least,
            "of": self.of,
        }
        return count.note("share_out.best", self.cite, lambda: (told, ())), frozenset(spared.values())

    def _one_of(self, count: Count, key: str, equal: list[str], why: str) -> str:
        if len(equal) == 1:
            return equal[0]
        try:
            return settle(equal, 1, tie_rule(count, key, self.ties), standing=count.placed, why=why)[0]
        except Undecided as question:
            raise question.at(count.key(key), self.cite) from None

    def _assure(self, count: Count, pool: str, members: Sequence[str], seats: int) -> tuple[Count, int]:
        """Give one seat each to the members that are assured of it; return the seats left for the others."""
        sure = [c for c in members if count.tally.contender(c).traits.intersection(self.assured)]
        if not sure:
            return count, seats
        if len(sure) > seats:
            raise LawSilent(
                say(
                    "{pool} won {seats} seats, but {n} of its lists are assured of one",
                    pool=pool,
                    seats=seats,
                    n=len(sure),
                ),
                options=sure,
            )

        def facts() -> tuple[dict[str, object], Sequence[Cause]]:
            told = {"pool": pool, "pool_seats": seats, "assured": sure, "withdrawn": [(count.tier, count.area, pool)]}
            return told, [Cause(c, (1,), "assured", Fraction(count.cast[c])) for c in sure]

        count = count.note("share_out.assured", self.cite, facts).place(dict.fromkeys(sure, 1))
        return count, seats - len(sure)

    def links(self, tally: Tally, members: Sequence[str], level: int) -> dict[str, tuple[str, ...]]:
        """Return the members of a pool that share what is not assured, by the link that they have at this level."""
        others = [c for c in members if not tally.contender(c).traits.intersection(self.assured)]
        return _inner(tally, others or members, level)

    def shares(
        self, count: Count, members: Sequence[str], seats: int, level: int
    ) -> tuple[dict[str, tuple[str, ...]], Allocation]:
        """Return the links that are nested at this level with their members, and the seats of each link.

        Raises
        ------
        DrawRequired, LawSilent, InvalidRecord
            As in `apply`.
        """
        groups = self.links(count.tally, members, level)
        for name, group in groups.items():
            if len(group) > 1:
                check_link(name, group, count.cast)
        votes = {name: sum(count.cast[member] for member in group) for name, group in groups.items()}
        inside = count.but(votes={**count.votes, **votes}, decisions=self._decisions(count, votes))
        limits = room(count.tally, votes, groups) if self.limit == "candidates" else None
        return groups, self.allocation(votes, seats, tie_rule(inside, self.name, self.ties), limits=limits)

    def _share(self, count: Count, pool: str, members: Sequence[str], seats: int, level: int) -> Count:
        """Place `seats` of a pool on its members, through the links that are nested at this level."""
        groups, made = self.shares(count, members, seats, level)

        def facts() -> tuple[dict[str, object], Sequence[Cause]]:
            told, causes = reasons(made, self)
            passed_on = [(count.tier, count.area, pool)]
            return {**told, "pool": pool, "pool_seats": seats, "withdrawn": passed_on}, causes

        kind = self.kind(made)
        count = count.note(f"share_out.{kind}", self.cite, facts)
        for name in sorted(groups):
            won, group = made.seats[name], groups[name]
            if won and len(group) > 1:
                count = self._share(count, name, group, won, level + 1)
            elif won:
                count = count.place({group[0]: won})
        return count

    def _decisions(self, count: Count, votes: Mapping[str, int]) -> Decisions:
        """Return the decisions with those names alone that are about these members: several pools may tie."""
        given, key = count.decided(self.name), count.key(self.name)
        if given is None:
            return count.decisions
        named = tuple(name for name in given if name in votes)
        others = {name: answer for name, answer in count.decisions.items() if name != key}
        return {**others, key: named} if named else others

    words_without = staticmethod(words_without)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say what a pool won and how its members share it."""
        sentence = "{pool}: {seats} to share out inside"
        if entry.key == "share_out.best":
            return _best_words(entry.facts)
        if entry.key == "share_out.assured":
            text = say(
                "{pool}: one seat each is assured to {names}",
                pool=entry.facts["pool"],
                names=listed(entry.facts["assured"]),
            )
            return [("inside", text)]
        return [
            ("inside", say(sentence, pool=entry.facts["pool"], seats=entry.facts["pool_seats"])),
            *formula_words(entry),
        ]


def _best_words(facts: Mapping[str, Any]) -> Words:
    spared, share = facts["spared"], percent(facts["least"])
    if not spared:
        return [("inside", say("no list below {share} takes part as the best of its pool", share=share))]
    lists = ", ".join(f"{listed({c: facts['votes'][c]})} ({name})" for name, c in spared.items())
    return [("inside", say("below {share}, but the best such list of its pool: {lists}", share=share, lists=lists))]


def _able(pool: str, members: Sequence[str], out: frozenset[str]) -> tuple[str, ...]:
    """Return the members of a pool that can take seats."""
    able = tuple(member for member in members if member not in out)
    if not able:
        raise LawSilent(
            say(
                "no list of {pool} has the votes to take a seat of it, and the law has no rule for that case", pool=pool
            )
        )
    return able


def _inner(tally: Tally, members: Sequence[str], level: int) -> dict[str, tuple[str, ...]]:
    """Return the members by the link that they have at this level; those without one stand for themselves."""
    groups: dict[str, list[str]] = {}
    alone: dict[str, tuple[str, ...]] = {}
    for member in sorted(members):
        path = tally.contender(member).apparentment
        if level < len(path):
            groups.setdefault(path[level], []).append(member)
        else:
            alone[member] = (member,)
    alone |= {group[0]: (group[0],) for group in groups.values() if len(group) == 1}
    linked = {name: tuple(group) for name, group in groups.items() if len(group) > 1}
    return linked | alone
