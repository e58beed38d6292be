"""cap: seats to contenders by a formula, with a ceiling on what each may hold in all tiers together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.elsewhere import seats_of, won_by_area
from sailau.seats.formula import Formula
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.numbers import check_share, ratio, short
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, listed, named, percent, say, votes_first


@dataclass(frozen=True)
class Round:
    """One sharing out: among whom, how many seats, what it gave, and who is held at the ceiling."""

    seats: int
    got: Mapping[str, int]
    held: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap(Formula):
    """Share out the seats of this tier; whoever would pass its ceiling is held there, the others share the rest anew.

    The ceiling counts the seats won in other tiers too. What a contender won there it keeps, ceiling or not.

    Attributes
    ----------
    tiers : tuple of str
        Other tiers whose seats count towards the ceiling, and towards the size of the house; none where the ceiling
        is one on the seats of this tier alone.
    most : int, optional
        Seats that nobody may pass.
    beyond : Fraction, optional
        How far a share of the house may lie above the share of the votes that take part.
    times : Fraction, optional
        How many times the share of the votes (of `of`) a share of the house may be, 5/4 for instance.
    of : str
        The base of that share: ``valid``, or those ``standing`` for instance.
    """

    name: ClassVar[str] = "cap"
    tiers: tuple[str, ...] = ()
    most: int | None = None
    beyond: Fraction | None = None
    times: Fraction | None = None
    of: Base = "valid"
    cite: str

    def __post_init__(self) -> None:
        """Refuse a cap without a ceiling, and a formula that is none."""
        self.check_formula()
        if self.most is None and self.beyond is None and self.times is None:
            raise InvalidLaw(say("cap needs a ceiling: most, beyond, or times"))
        if self.times is not None and self.times <= 0:
            raise InvalidLaw(say("cap.times is {times}; a ceiling lies above 0", times=self.times))
        if self.beyond is not None:
            check_share("cap.beyond", self.beyond)

    def apply(self, count: Count) -> Count:
        """Return the count with the seats placed.

        Raises
        ------
        DrawRequired
            The last seat is tied and no rule of the law settles it.
        LawSilent
            Everybody is held at the ceiling, and seats are left.
        InvalidLaw
            The tier has districts with seats: a ceiling holds for the nation.
        """
        if any(part.seats for part in count.areas.values()):
            raise InvalidLaw(
                say("{tier}: a ceiling on seats of the nation needs votes of the nation, not of areas", tier=count.tier)
            )
        votes, seats = count.contenders(), count.left()
        nation = count.but(areas={})
        won = won_by_area(nation, self.tiers).get(count.area, {})
        base = count.base(self.of) if self.times is not None else 0
        room = self.room(votes, won, count.seats + seats_of(nation, self.tiers), base)
        rounds = self._rounds(count, votes, seats, room)
        placed = dict(rounds[-1].got) | {c: n for part in rounds for c, n in part.held.items()}
        count = count.note("cap", self.cite, lambda: (self._facts(won, room, rounds, placed), _causes(placed)))
        return count.place(placed)

    def room(self, votes: Mapping[str, int], won: Mapping[str, int], house: int, base: int = 0) -> dict[str, int]:
        """Return how many seats of this tier each contender can take below its ceiling."""
        total = sum(votes.values())
        room = {}
        for contender, n in votes.items():
            top = house if self.most is None else min(self.most, house)
            if self.beyond is not None and total:
                share = (ratio(n, total) + self.beyond) * house
                top = min(top, share.numerator // share.denominator)
            if self.times is not None and base:
                top = min(top, (self.times * ratio(n, base) * house).__floor__())
            room[contender] = max(0, top - won.get(contender, 0))
        return room

    def _rounds(self, count: Count, votes: Mapping[str, int], seats: int, room: Mapping[str, int]) -> list[Round]:
        standing, rounds = dict(votes), list[Round]()
        while True:
            if not any(standing.values()):
                if seats:
                    raise LawSilent(
                        say("{seats} seats are left, but nobody who could take one is below the ceiling", seats=seats)
                    )
                return [*rounds, Round(0, {}, {})]
            got = self.allocation(standing, seats, tie_rule(count, self.name, self.ties)).seats
            held = {c: room[c] for c, n in got.items() if n > room[c]}
            rounds.append(Round(seats, got if not held else {}, held))
            if not held:
                return rounds
            seats -= sum(held.values())
            standing = {c: n for c, n in standing.items() if c not in held}

    def _facts(
        self, won: Mapping[str, int], room: Mapping[str, int], rounds: list[Round], placed: Mapping[str, int]
    ) -> dict[str, object]:
        return {
            "most": self.most,
            "beyond": self.beyond,
            "times": self.times,
            "won": dict(won),
            "room": dict(room),
            "rounds": [(part.seats, dict(part.held)) for part in rounds],
            "placed": dict(placed),
            "formula": self.formula_name,
        }

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say the ceilings, who is held there, and what the others get."""
        facts = entry.facts
        limits = []
        if facts["most"] is not None:
            limits.append(say("{n} seats", n=facts["most"]))
        if facts["beyond"] is not None:
            limits.append(say("{points} above the share of the votes", points=percent(facts["beyond"])))
        if facts["times"] is not None:
            limits.append(say("{times} times the share of the votes", times=short(facts["times"])))
        out = [("ceiling", say("{limits}; room here: {room}", limits=listed(limits), room=listed(facts["room"])))]
        for seats, held in facts["rounds"]:
            if held:
                sentence = "{seats} seats by {formula}; held at the ceiling: {held}"
                out.append(("held", say(sentence, seats=seats, formula=named(facts["formula"]), held=listed(held))))
        out.append(("seats", listed(votes_first(facts["placed"]))))
        return out

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say how far one contender is from its ceiling."""
        facts = entry.facts
        if contender not in facts["room"]:
            return []
        sentence = "{n} of at most {room} seats here, {won} won elsewhere"
        values = {"n": facts["placed"].get(contender, 0), "room": facts["room"][contender]}
        return [("ceiling", say(sentence, **values, won=facts["won"].get(contender, 0)))]


def _causes(placed: Mapping[str, int]) -> list[Cause]:
    line = sorted(placed, key=lambda c: (-placed[c], c))
    return [Cause(c, tuple(range(1, placed[c] + 1)), "share") for c in line if placed[c]]
