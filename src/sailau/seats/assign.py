"""assign: seats to persons in one line of them all, each in a place of its kind, as far as its list has seats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.assign_line import Person, Places, Seated, seat_in_line
from sailau.seats.count import Count, each_area
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import InvalidLaw, InvalidRecord, LawSilent, MissingFigure, Undecided
from sailau.terms.numbers import ratio
from sailau.terms.tally import LINES, NATION, OTHERS
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, decimal, grouped, listed, named, say

ANY = "any"
"""The kind of a place that everybody can take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give the seats of an area to persons, the first of one line first, each in a free place of its kind.

    Every area has places of kinds (of communities, for instance), if need be in smaller areas of its own. A person
    takes part while its list has a seat and its smaller area a place of its kind; who finds none is passed over.

    Attributes
    ----------
    places : mapping of str to mapping of str to int
        By area, or smaller area, the number of places of each kind. A kind is a mark (`traits`) that persons bear;
        ``any`` stands for places that everybody can take, when those of its own kind are taken.
    persons : str, optional
        The ballots of the tally with the candidates' votes, by smaller area (its `region` is the area here); a
        candidate's `party` is its list, which has the seats that it holds here. Without it, those who stand here are
        persons themselves, and no list limits them.
    by : str
        What the line is ordered by: their ``votes``, or their ``share`` of all candidates' votes in their smaller area.
    ties : tuple of str
        Rules for equal claims, in turn.
    """

    name: ClassVar[str] = "assign"
    places: Mapping[str, Mapping[str, int]] = field(hash=False)
    persons: str | None = None
    by: Literal["votes", "share"] = "votes"
    ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse places that are none."""
        if not self.places or any(n < 0 for kinds in self.places.values() for n in kinds.values()):
            raise InvalidLaw(say("assign: places are numbers of seats, by area and kind"))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The marks that places ask for."""
        return tuple(sorted({kind for kinds in self.places.values() for kind in kinds} - {ANY}))

    def apply(self, count: Count) -> Count:
        """Return the count with the seats on persons, instead of on their lists where these hold them.

        Raises
        ------
        DrawRequired
            Equal claims to the last place, or to the last seat of a list, and no rule of the law settles it.
        InvalidLaw
            An area has another number of seats than places.
        LawSilent
            Nobody is left for a place, or for a seat of a list.
        MissingFigure
            The tally lacks the candidates' votes.
        """
        return each_area(count, self._area)

    def _area(self, count: Count) -> Count:
        cast = dict(self._cast(count))
        room = {(sub, kind): n for sub in cast for kind, n in self.places.get(sub, {}).items()}
        seats = count.left() if self.persons is None else count.seats  # of candidates, only seats that nobody holds yet
        if sum(room.values()) != seats:
            raise InvalidLaw(
                say(
                    "assign: {area} has {seats} seats, but {places} places",
                    area=count.area,
                    seats=seats,
                    places=sum(room.values()),
                ),
                hint=say("each area, or each smaller area whose region it is, stands in places"),
            )
        held = None if self.persons is None else dict(count.placed)
        line = [person for sub, votes in cast.items() for person in self._persons(count, sub, votes, held)]
        made = seat_in_line(line, Places(room, held), lambda tied: self._one_of(count, tied))
        self._check(count, made, held)
        count = count.note("assign", self.cite, lambda: self._told(count, line, made, room, held))
        kept = {} if held is not None else dict(count.placed)
        return count.but(placed={**kept, **{person.name: 1 for person, _ in made}})

    def _cast(self, count: Count) -> Iterator[tuple[str, Mapping[str, int]]]:
        """Yield the smaller areas that lie here, with the votes of candidates."""
        if self.persons is None:
            yield count.area, count.contenders()
            return
        ballots = count.tally.tiers.get(self.persons)
        if ballots is None:
            raise MissingFigure(
                say("the votes of the candidates ({tier}) are not in the tally", tier=self.persons),
                hint=say("give them as a tier of that name, by district, with the region of each in districts.csv"),
            )
        for sub, votes in sorted(ballots.votes.items()):
            if count.area in (NATION, sub, ballots.regions.get(sub)):
                yield sub, votes

    def _persons(
        self, count: Count, sub: str, votes: Mapping[str, int], held: Mapping[str, int] | None
    ) -> Iterator[Person]:
        """Yield the candidates of a smaller area who can be seated."""
        lists = {count.tally.party(line): line for line in count.contenders()}
        own = self.places.get(sub, {})
        base = sum(n for line, n in votes.items() if line not in LINES)
        for name, n in sorted(votes.items()):
            marks = count.tally.contender(name)
            party = name if held is None else lists.get(count.tally.party(name), "")
            if name in LINES or marks.kind == OTHERS or not n or (held is not None and not held.get(party)):
                continue
            kinds = sorted(kind for kind in own if kind in marks.traits)
            if len(kinds) > 1:
                several = "{person} bears the marks of several kinds of places: {kinds}"
                raise InvalidRecord(say(several, person=name, kinds=listed(kinds)))
            yield Person(
                name,
                party,
                tuple((sub, kind) for kind in (*kinds, ANY) if kind in own),
                n,
                ratio(n, base) if self.by == "share" else ratio(n),
            )

    def _one_of(self, count: Count, tied: Sequence[str]) -> str:
        """Return who of several with equal claims comes first."""
        given = [name for name in count.decided(self.name) or () if name in tied][:1]
        rule = (lambda _tied, _n: given) if given else tie_rule(count.but(decisions={}), self.name, self.ties)
        try:
            return settle(tied, 1, rule, standing=count.placed, why=say("equal claims to a place"))[0]
        except Undecided as question:
            raise question.at(count.key(self.name), self.cite) from None

    def _check(self, count: Count, made: Sequence[Seated], held: Mapping[str, int] | None) -> None:
        """Stop where seats of lists, or places, found nobody."""
        if held is None:
            left = count.seats - len(made)
            if left:
                raise LawSilent(say("{n} places in {area} found nobody of their kind", n=left, area=count.area))
            return
        seated = [person.party for person, _ in made]
        short = {c: n - seated.count(c) for c, n in held.items() if n > seated.count(c)}
        if short:
            raise LawSilent(
                say(
                    "{lists} in {area}: nobody is left of a kind with a free place, and the law has no rule for it",
                    lists=listed(short),
                    area=count.area,
                )
            )

    def _told(
        self,
        count: Count,
        line: Sequence[Person],
        made: Sequence[Seated],
        room: Mapping[tuple[str, str], int],
        held: Mapping[str, int] | None,
    ) -> tuple[dict[str, object], list[Cause]]:
        facts: dict[str, object] = {
            "by": self.by,
            "votes": {person.name: person.votes for person in line},
            "claims": {person.name: person.claim for person in line},
            "lists": {} if held is None else {person.name: person.party for person in line},
            "seats": dict(held or {}),
            "places": [(sub, kind, n) for (sub, kind), n in sorted(room.items()) if n],
            "seated": {person.name: list(place) for person, place in made},
            "withdrawn": [(count.tier, count.area, line) for line, n in (held or {}).items() if n],
        }
        return facts, [Cause(p.name, (1,), "place", p.claim, rank) for rank, (p, _) in enumerate(made, 1)]

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say in which order persons took which places."""
        facts = entry.facts
        seated = [
            say("{person} ({claim}) as {kind}", person=name, claim=_claim(facts, name), kind=_kind(place, entry.area))
            for name, place in facts["seated"].items()
        ]
        places = {_kind((sub, kind), entry.area): n for sub, kind, n in facts["places"]}
        return [("places", listed(places)), ("seated", listed(seated))]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say which place one person took, or why none."""
        facts = entry.facts
        if contender in facts["seats"] and facts["lists"]:
            own = [name for name in facts["seated"] if facts["lists"][name] == contender]
            return [("seated", say("{n} seats go to {persons}", n=len(own), persons=listed(own)))] if own else []
        if contender not in facts["votes"]:
            return []
        votes, claim = grouped(facts["votes"][contender]), _claim(facts, contender)
        if contender in facts["seated"]:
            kind = _kind(facts["seated"][contender], entry.area)
            return [("seated", say("{votes} votes ({claim}): a place as {kind}", votes=votes, claim=claim, kind=kind))]
        sentence = "{votes} votes ({claim}): no place of its kind, or no seat of its list, was left"
        return [("seated", say(sentence, votes=votes, claim=claim))]


def _claim(facts: Mapping[str, object], name: str) -> str:
    claims: Mapping[str, Fraction] = facts["claims"]  # type: ignore[assignment]  # facts of this step
    value = claims[name]
    return f"{decimal(value * 100, 2)} %" if facts["by"] == "share" else grouped(int(value))


def _kind(place: Sequence[str], area: str) -> str:
    sub, kind = place
    return named(kind) if sub == area else say("{kind} in {area}", kind=named(kind), area=sub)
