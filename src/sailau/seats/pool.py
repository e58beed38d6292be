"""pool: linked lists (apparentments, alliances, pacts) counted as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.count import Count, each_area
from sailau.seats.threshold import Base
from sailau.terms.errors import InvalidRecord
from sailau.terms.numbers import check_share
from sailau.terms.tally import LINES, Tally
from sailau.terms.trail import Entry
from sailau.terms.words import Words, grouped, listed, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Add up the votes of linked contenders, so that the steps that follow count them as one.

    The outermost link of a contender's `apparentment` names its pool. What the pools win, `share_out` hands to their
    members. A link of which one member stands is no pool.

    A pool that misses a bar of its own (`share`, `need`) is none: its members stand for themselves.

    Attributes
    ----------
    undo : bool
        Let the members stand for themselves again, where links count for a bar only. Those of pools that a step in
        between put out do not come back.
    share, of : Fraction, str
        The share of a base of the whole that the members together need.
    need : Fraction, optional
        The share that at least one member needs on its own.
    least : Fraction, optional
        The share below which a member's votes do not count for its pool.
    exempt : tuple of str
        Traits of members whose votes count nevertheless.
    """

    name: ClassVar[str] = "pool"
    undo: bool = False
    share: Fraction | None = None
    of: Base = "valid"
    need: Fraction | None = None
    least: Fraction | None = None
    exempt: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse bars that are no shares."""
        for name in ("share", "need", "least"):
            bar = getattr(self, name)
            if bar is not None:
                check_share(f"pool.{name}", bar)

    def apply(self, count: Count) -> Count:
        """Return the count with each pool as one line; of the whole tier, in every district as well.

        Raises
        ------
        InvalidRecord
            A pool has the name of a contender.
        """
        if self.undo:
            return self._undone(each_area(count, self._undone) if count.areas else count)
        pools = _groups(count.tally, count.contenders())
        small = frozenset(
            c for c in self._below(count, self.least) if not count.tally.contender(c).traits.intersection(self.exempt)
        )
        missed = self._missed(count, pools, small)
        pools = {name: members for name, members in pools.items() if name not in missed}
        if count.areas:
            count = each_area(count, lambda part: self._pooled(part, _here(pools, part), small, {}))
        return self._pooled(count, pools, small, missed)

    def _below(self, count: Count, bar: Fraction | None) -> frozenset[str]:
        """Return who has less than a share of the base; nobody where there is no bar."""
        if bar is None:
            return frozenset()
        base = count.base(self.of)
        return frozenset(c for c, n in count.contenders().items() if n < bar * base)

    def _missed(
        self, count: Count, pools: Mapping[str, tuple[str, ...]], small: frozenset[str]
    ) -> dict[str, tuple[str, ...]]:
        """Return the links that are no pools, because they miss a bar."""
        base = count.base(self.of) if self.share is not None else 0
        weak = self._below(count, self.need)
        sums = {name: sum(count.votes[m] for m in members if m not in small) for name, members in pools.items()}
        return {
            name: members
            for name, members in pools.items()
            if weak.issuperset(members) or (self.share is not None and sums[name] < self.share * base)
        }

    def _pooled(
        self,
        count: Count,
        pools: Mapping[str, tuple[str, ...]],
        small: frozenset[str],
        missed: Mapping[str, tuple[str, ...]],
    ) -> Count:
        count = count.note("pool", self.cite, lambda: (_facts(count, pools, small, missed), ()))
        inside = {member for members in pools.values() for member in members}
        votes = {line: n for line, n in count.votes.items() if line not in inside}
        for name, members in pools.items():
            check_link(name, members, count.cast)
            votes[name] = sum(count.votes[member] for member in members if member not in small)
        return count.but(votes=votes, pools=pools)

    def _undone(self, count: Count) -> Count:
        alone = members_again(count)
        names = sorted(set(alone.votes) - set(count.votes))
        return alone.note("pool.undo", self.cite, lambda: ({"pools": {}, "alone": names}, ()))

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say which lists are counted as one."""
        pools = entry.facts["pools"]
        if entry.key == "pool.undo":
            return [("pool", say("each list stands for itself again: {names}", names=listed(entry.facts["alone"])))]
        missed = [("pool", _missed_words(name, lists)) for name, lists in sorted(entry.facts["missed"].items())]
        if not pools:
            return missed or [("pool", say("no linked lists: each counts alone"))]
        out = []
        for name, members in sorted(pools.items()):
            sentence = "{name} {votes} votes: {members}"
            total = grouped(sum(n for member, n in members.items() if member not in entry.facts["small"]))
            text = say(sentence, name=name, votes=total, members=listed(votes_first(members)))
            small = [member for member in members if member in entry.facts["small"]]
            text += say("; too small to add votes: {small}", small=listed(small)) if small else ""
            out.append(("pool", text))
        return out + missed

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say with whom a contender is counted."""
        for name, members in entry.facts["pools"].items():
            if contender in members:
                others = [member for member in sorted(members) if member != contender]
                sentence = "{contender} is counted with {others}, as {name}"
                return [("pool", say(sentence, contender=contender, others=listed(others), name=name))]
        return []


def _missed_words(name: str, members: Mapping[str, int]) -> str:
    sentence = "{name} is below the bar of linked lists: {members} stand for themselves"
    return say(sentence, name=name, members=listed(votes_first(members)))


def members_again(count: Count) -> Count:
    """Return the count with the members of pools in the place of these; pools that were put out take theirs along."""
    votes = {line: n for line, n in count.votes.items() if line not in count.pools}
    for name, members in count.pools.items():
        if name in count.votes:
            votes.update({member: count.cast[member] for member in members})
    return count.but(votes=votes, pools={})


def check_link(name: str, members: Sequence[str], contenders: Mapping[str, int]) -> None:
    """Refuse a link that has the name of a contender: its seats could not be told from the contender's."""
    if name in contenders:
        raise InvalidRecord(
            say("{name} is a contender and also the link of {members}", name=name, members=", ".join(members)),
            hint=say("give the link another name"),
        )


def _groups(tally: Tally, votes: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for contender in sorted(votes):
        links = tally.contender(contender).apparentment
        if links:
            groups.setdefault(links[0], []).append(contender)
    return {name: tuple(members) for name, members in groups.items() if len(members) > 1}


def _here(pools: Mapping[str, tuple[str, ...]], part: Count) -> dict[str, tuple[str, ...]]:
    """Return the pools of the whole with those of their members that stand in this district."""
    present = {name: tuple(m for m in members if m in part.votes) for name, members in pools.items()}
    return {name: members for name, members in present.items() if members}


def room(tally: Tally, contenders: Mapping[str, int], pools: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return the seats that contenders and pools have persons for; those that nobody counted are left out.

    A candidate is one person; a list has `candidates`; a pool has the persons of its members.
    """
    out: dict[str, int] = {}
    for name in contenders:
        known = [_persons(tally, member) for member in pools.get(name, (name,))]
        if None not in known:
            out[name] = sum(n for n in known if n is not None)
    return out


def _persons(tally: Tally, name: str) -> int | None:
    marks = tally.contender(name)
    return 1 if marks.kind in ("candidate", "independent") and marks.candidates is None else marks.candidates


def _facts(
    count: Count,
    pools: Mapping[str, tuple[str, ...]],
    small: frozenset[str],
    missed: Mapping[str, tuple[str, ...]],
) -> dict[str, object]:
    return {
        "pools": {name: {member: count.votes[member] for member in members} for name, members in pools.items()},
        "small": sorted(small),
        "missed": {name: {member: count.votes[member] for member in members} for name, members in missed.items()},
        "alone": sorted(c for c in count.votes if c not in LINES and all(c not in p for p in pools.values())),
    }
