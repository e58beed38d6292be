"""pool: linked lists (apparentments, alliances, pacts) counted as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from sailau.seats.count import Count, each_area
from sailau.terms.errors import InvalidRecord
from sailau.terms.tally import LINES, Tally
from sailau.terms.trail import Entry
from sailau.terms.words import Words, listed, say, votes_first

Link = Literal["apparentment", "party"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Add up the votes of linked contenders, so that the steps that follow count them as one.

    What the pools win, `share_out` hands to their members. A link of which one member stands is no pool.

    Attributes
    ----------
    by : str
        ``apparentment``: the outermost link of each contender; ``party``: the party a list or candidate stands for.
    """

    name: ClassVar[str] = "pool"
    by: Link = "apparentment"
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with each pool as one line, in every district and for the whole.

        Raises
        ------
        InvalidRecord
            A pool has the name of a contender that is not in it.
        """
        if not count.areas:
            return self._pooled(count)
        return self._pooled(each_area(count, self._pooled))

    def _pooled(self, count: Count) -> Count:
        pools = _groups(count.tally, count.contenders(), self.by)
        count = count.note("pool", self.cite, lambda: (_facts(count, pools), ()))
        inside = {member for members in pools.values() for member in members}
        votes = {line: n for line, n in count.votes.items() if line not in inside}
        for name, members in pools.items():
            if name in votes:
                raise InvalidRecord(
                    f"{name} is a contender in {count.area} and also a link of {', '.join(members)}",
                    hint="give the link another name",
                )
            votes[name] = sum(count.votes[member] for member in members)
        return count.but(votes=votes, pools=pools)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say which lists are counted as one."""
        pools = entry.facts["pools"]
        if not pools:
            return [("pool", say("no linked lists: each counts alone"))]
        out = []
        for name, members in sorted(pools.items()):
            sentence = "{name} {votes} votes: {members}"
            total = f"{sum(members.values()):,}"
            out.append(("pool", say(sentence, name=name, votes=total, members=listed(votes_first(members)))))
        return out

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say with whom a contender is counted."""
        for name, members in entry.facts["pools"].items():
            if contender in members:
                others = [member for member in sorted(members) if member != contender]
                sentence = "{contender} is counted with {others}, as {name}"
                return [("pool", say(sentence, contender=contender, others=listed(others), name=name))]
        return []


def _groups(tally: Tally, votes: Mapping[str, int], by: Link) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for contender in sorted(votes):
        marks = tally.contender(contender)
        link = marks.party if by == "party" else next(iter(marks.apparentment), None)
        if link is not None:
            groups.setdefault(link, []).append(contender)
    return {name: tuple(members) for name, members in groups.items() if len(members) > 1}


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


def _facts(count: Count, pools: Mapping[str, tuple[str, ...]]) -> dict[str, object]:
    return {
        "pools": {name: {member: count.votes[member] for member in members} for name, members in pools.items()},
        "alone": sorted(c for c in count.votes if c not in LINES and all(c not in p for p in pools.values())),
    }
