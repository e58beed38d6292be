"""share_out: the seats of a pool to its members, level by level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.count import Count, each_area
from sailau.seats.formula import Formula, Limit, formula_words, reasons
from sailau.seats.pool import check_link, members_again, room
from sailau.seats.ties import tie_rule
from sailau.terms.tally import Tally
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, say


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOut(Formula):
    """Share out what each pool won among its members by their own votes.

    Where links are nested (`apparentment` names several, the outermost first) the seats go first to the inner links,
    then inside these. A link of one member is that member.

    Attributes
    ----------
    limit : str
        As in `allocate`.
    """

    name: ClassVar[str] = "share_out"
    limit: Limit = "none"
    cite: str

    def __post_init__(self) -> None:
        """Refuse a formula that is none, or two."""
        self.check_formula(self.limit)

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
        if count.areas:
            count = each_area(count, self._inside)
        return self._inside(count)

    def _inside(self, count: Count) -> Count:
        if not count.pools:
            return count
        placed, pools = dict(count.placed), count.pools
        count = members_again(count)
        for name in sorted(pools):
            seats = placed.pop(name, 0)
            count = count.but(placed=placed)
            if seats:
                count = self._share(count, name, pools[name], seats, 1)
                placed = dict(count.placed)
        return count.but(placed=placed)

    def _share(self, count: Count, pool: str, members: Sequence[str], seats: int, level: int) -> Count:
        """Place `seats` of a pool on its members, through the links that are nested at this level."""
        groups = _inner(count.tally, members, level)
        for name, group in groups.items():
            if len(group) > 1:
                check_link(name, group, count.cast)
        votes = {name: sum(count.cast[member] for member in group) for name, group in groups.items()}
        inside = count.but(votes={**count.votes, **votes})
        limits = room(count.tally, votes, groups) if self.limit == "candidates" else None
        made = self.allocation(votes, seats, tie_rule(inside, self.name, self.ties), limits=limits)

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

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say what a pool won and how its members share it."""
        sentence = "{pool}: {seats} to share out inside"
        return [
            ("inside", say(sentence, pool=entry.facts["pool"], seats=entry.facts["pool_seats"])),
            *formula_words(entry),
        ]


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
