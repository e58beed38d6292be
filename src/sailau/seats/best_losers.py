"""best_losers: further seats for groups with too few, each for the group's candidate who lost by least."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import InvalidLaw, Undecided
from sailau.terms.numbers import check_share, ratio
from sailau.terms.tally import LINES
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, listed, named, percent, say, spell

Place = tuple[str, str]
"""An area and a candidate."""

Among = Literal["all", "largest", "without", "in_turn"]


@dataclass(frozen=True, slots=True)
class Given:
    """A further seat: to whom, for which group, and the claims of the groups that had somebody to take it."""

    place: Place
    group: str
    party: str
    claims: Mapping[str, Fraction]
    share: Fraction
    n: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BestLosers:
    """Give further seats one by one to the group with the largest claim that has a loser for it.

    The claim of a group is its size divided by one more than the seats that it has in the tier by then. The seat goes
    to its most successful loser. Where nobody is left, fewer seats are given.

    Attributes
    ----------
    groups : mapping of str to int
        The size of each group, by the mark (`traits`) that its candidates bear; who bears several is of the first one
        by name.
    seats : int
        Further seats that there are in all when this step ends, those of earlier such steps included.
    elected : bool
        Whether the seats that candidates of the groups were elected to count among `seats`.
    among : str
        Whose losers take part: ``all``; those of the ``largest`` party alone, as many as earlier such steps gave to
        other parties; those of parties ``without`` such a seat, one for each, the largest party first; or of each
        party but the largest, one ``in_turn``, again and again. A party is as large as the seats that it was elected
        to; in the last two ways one without any has no turn.
    by : str
        What counts among losers: their ``votes``, or their ``share`` of the votes of their district.
    least : Fraction, optional
        The share of the votes of its district that a loser needs.
    each : int
        Seats that one loser (a team of several) takes at the most; never more than its district has.
    drop_kinds : tuple of str
        Kinds of candidates that take no part, for instance ``independent``.
    ties : tuple of str
        Rules for equal losers, in turn. Of groups with equal claims the one with the better loser is first.
    """

    name: ClassVar[str] = "best_losers"
    groups: Mapping[str, int] = field(hash=False)
    seats: int
    elected: bool = False
    among: Among = "all"
    by: Literal["votes", "share"] = "share"
    least: Fraction | None = None
    each: int = 1
    drop_kinds: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse groups and numbers that are none."""
        if not self.groups or any(n < 1 for n in self.groups.values()):
            raise InvalidLaw(say("best_losers: groups are marks of candidates, each with its size, 1 or more"))
        if self.seats < 1 or self.each < 1:
            raise InvalidLaw(say("best_losers: seats and each are numbers above 0"))
        if self.least is not None:
            check_share("best_losers.least", self.least)

    def apply(self, count: Count) -> Count:
        """Return the count with further seats on losers.

        Raises
        ------
        DrawRequired
            Equal losers, or equally large parties, and no rule of the law settles it.
        """
        given, now = list[Given](), count
        for one in self._line(count):
            given.append(one)
            now = _with(now, one)
        facts = {
            "among": self.among,
            "groups": dict(self.groups),
            "given": [_told(one) for one in given],
            "cause_areas": {rank: (count.tier, one.place[0]) for rank, one in enumerate(given, 1)},
        }
        causes = [
            Cause(one.place[1], tuple(range(1, one.n + 1)), "best_loser", one.share, rank)
            for rank, one in enumerate(given, 1)
        ]
        trail = count.note(self.name, self.cite, lambda: (facts, causes)).trail
        return now.but(trail=trail)

    def _line(self, count: Count) -> Iterator[Given]:
        """Yield the seats that the step gives, one after the other."""
        before = count.rested.get(self.name, {})
        room = self.seats - sum(before.values()) - (self._elected(count) if self.elected else 0)
        for party in self._parties(count, before):
            if room <= 0:
                return
            one = self._next(count, party)
            if one is None:
                if party is None or self.among == "largest":
                    return
                continue
            one = replace(one, n=min(one.n, room))
            yield one
            count, room = _with(count, one), room - one.n

    def _parties(self, count: Count, before: Mapping[str, int]) -> Iterator[str | None]:
        """Yield whose loser has the next seat; None for anybody's."""
        if self.among == "all":
            while True:
                yield None
        line = self._by_size(count, before)
        if not line:
            return
        if self.among == "largest":
            others = sum(n for party, n in before.items() if party != line[0])
            yield from (line[0] for _ in range(others))
        elif self.among == "without":
            yield from (party for party in line if party not in before)
        else:
            for _ in range(self.seats):
                yield from line[1:]

    def _by_size(self, count: Count, before: Mapping[str, int]) -> list[str]:
        """Return the parties with elected members, the largest first."""
        size: dict[str, int] = {}
        for part in _parts(count).values():
            for c, n in part.placed.items():
                size[_party(part, c)] = size.get(_party(part, c), 0) + n
        size = {party: n - before.get(party, 0) for party, n in size.items() if n > before.get(party, 0)}
        line: list[str] = []
        while size:
            top = max(size.values())
            equal = sorted(party for party, n in size.items() if n == top)
            line.append(self._first(count, equal, "best_losers.party", say("equally many seats")))
            del size[line[-1]]
        return line

    def _next(self, count: Count, party: str | None) -> Given | None:
        """Return the next seat among the losers of a party, or of all."""
        losers = {
            place: (group, claim)
            for place, group, claim in self._losers(count)
            if party is None or _party(count, place[1]) == party
        }
        if not losers:
            return None
        able = {group for group, _ in losers.values()}
        claims = {group: ratio(self.groups[group], self._held(count, group) + 1) for group in sorted(able)}
        top = max(claims.values())
        inside = {place: claim for place, (group, claim) in losers.items() if claims[group] == top}
        best = max(inside.values())
        equal = {
            place[1] if sum(place[1] == other for _, other in inside) == 1 else f"{place[1]} in {place[0]}": place
            for place, claim in sorted(inside.items())
            if claim == best
        }
        place = equal[self._first(count, list(equal), self.name, say("equal losers"))]
        many = min(self.each, max(_parts(count)[place[0]].seats, 1))
        return Given(place, losers[place][0], _party(count, place[1]), claims, best, many)

    def _losers(self, count: Count) -> Iterator[tuple[Place, str, Fraction]]:
        """Yield the candidates of the groups who hold no seat, with their success."""
        for area, part in _parts(count).items():
            cast = {c: n for c, n in part.cast.items() if c not in LINES and n}
            base = sum(cast.values())
            for c, n in cast.items():
                marks = part.tally.contender(c)
                groups = sorted(marks.traits.intersection(self.groups))
                if part.placed.get(c) or not groups or marks.kind in self.drop_kinds:
                    continue
                if self.least is None or n >= self.least * base:
                    yield (area, c), groups[0], ratio(n, base) if self.by == "share" else ratio(n)

    def _held(self, count: Count, group: str) -> int:
        """Return the seats that members of a group hold by now."""
        return sum(
            n
            for part in _parts(count).values()
            for c, n in part.placed.items()
            if sorted(part.tally.contender(c).traits.intersection(self.groups))[:1] == [group]
        )

    def _elected(self, count: Count) -> int:
        given = count.rested.get(self.name, {})
        return sum(self._held(count, group) for group in self.groups) - sum(given.values())

    def _first(self, count: Count, equal: list[str], key: str, why: str) -> str:
        """Return one of equals: by the rules of the law, or as a decision says that may name several in turn."""
        if len(equal) == 1:
            return equal[0]
        named_first: Callable[[tuple[str, ...], int], list[str]] | None = None
        given = [name for name in count.decided(key) or () if name in equal][:1]
        if given:
            named_first = lambda _tied, _n: given  # noqa: E731  # a rule of one line
        rule = named_first or tie_rule(count.but(decisions={}), key, self.ties)
        try:
            return settle(equal, 1, rule, standing=count.placed, why=why)[0]
        except Undecided as question:
            raise question.at(count.key(key), self.cite) from None

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say seat by seat which group has the largest claim, and who has the seat."""
        given = entry.facts["given"]
        if not given:
            return [("best losers", say("no further seat"))]
        sentence = "{group} ({claims}): {contender} of {party} in {area}, {share}"
        return [
            (
                "best losers",
                say(
                    sentence,
                    group=named(one["group"]),
                    claims=listed(one["claims"], spell),
                    contender=one["contender"],
                    party=one["party"],
                    area=one["area"],
                    share=_success(one["share"]),
                ),
            )
            for one in given
        ]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say for which group one candidate has a further seat."""
        return [
            ("best losers", say("a further seat of {group} in {area}", group=named(one["group"]), area=one["area"]))
            for one in entry.facts["given"]
            if one["contender"] == contender
        ]


def _parts(count: Count) -> Mapping[str, Count]:
    return {count.area: count} if not count.areas or any(count.placed.values()) else count.areas


def _party(count: Count, candidate: str) -> str:
    return count.tally.party(candidate)


def _told(one: Given) -> dict[str, object]:
    area, contender = one.place
    told = {"contender": contender, "area": area, "group": one.group, "party": one.party}
    return {**told, "claims": dict(one.claims), "share": one.share, "seats": one.n}


def _success(share: Fraction) -> str:
    """Return a loser's share of the votes of the district, or its votes."""
    return percent(Fraction(share * 10_000 // 1, 10_000)) if share <= 1 else say("{votes} votes", votes=spell(share))


def _with(count: Count, one: Given) -> Count:
    """Return the count with a further seat."""
    area, contender = one.place
    before = count.rested.get(BestLosers.name, {})
    rested = {**count.rested, BestLosers.name: {**before, one.party: before.get(one.party, 0) + one.n}}
    count = count.but(extra=count.extra + one.n, rested=rested)
    if area not in count.areas:
        return count.place({contender: one.n})
    part = count.areas[area]
    return count.but(areas={**count.areas, area: part.place({contender: one.n}).but(extra=part.extra + one.n)})
