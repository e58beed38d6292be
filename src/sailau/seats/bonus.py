"""bonus: seats for the largest list on top of its share, or up to a number that makes a majority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.seats.elsewhere import contender_of_winner
from sailau.seats.formula import Formula
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import InvalidLaw, LawSilent, Undecided
from sailau.terms.numbers import check_share, ratio
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, grouped, listed, named, percent, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus(Formula):
    """Give the contender with the most votes, or that of an elected person, its bonus before the other seats.

    Two kinds. `seats` (or a `part` of all seats) come on top: the winner takes part in what is left like everybody
    else. `up_to` (or `up_to_part` of all seats) is a number that the winner is brought to: when the formula of this
    step gives it fewer of all seats, it gets so many and takes no part in the rest. Where no seat is left, nothing is
    done: of several such steps the first that a winner meets gives its bonus.

    Attributes
    ----------
    seats : int, optional
        Seats on top.
    part : Fraction, optional
        The part of all seats that comes on top, instead of a number.
    rounding : str
        What a fraction of a seat in `part` or `up_to_part` is rounded to: ``up``, ``down`` or ``nearest`` (a half up).
    per : Fraction, optional
        One more seat for each whole `per` of the base that the winner has above `share`.
    most : int, optional
        The largest bonus that `per` can lead to.
    up_to : int, optional
        Seats that the winner has at the least.
    up_to_part : Fraction, optional
        The part of all seats that the winner has at the least, instead of a number.
    high, high_part : Fraction, optional
        With `up_to_part`: from this share of the base on, the winner is brought to this part of all seats instead.
    at_most : Fraction, optional
        With `up_to` or `up_to_part`: the part of all seats (a fraction dropped) that the winner has at the most; when
        the formula gives it more, it gets so many and takes no part in the rest.
    share, of : Fraction, str
        What the winner needs for any bonus, and its base.
    strict : bool
        Whether the winner needs more than `share`, as an absolute majority is more than half; else at least so much.
    unless : Fraction, optional
        No bonus where somebody else has more than this share of the base.
    elected : str, optional
        The tier whose only winner (a mayor, a president) the bonus goes with: to the list or the link that the winner
        names as its `party`, `apparentment` or `members`, whoever has the most votes here.
    alone : bool
        Whether the winner has its bonus and nothing else: it takes no part in the other seats.
    over : str
        Where the bonus lies: in the ``whole``, or in the ``districts`` of the tier, for the first of the whole whatever
        its votes there: `seats`, or the `part` of the district's seats, in each of them.
    by_district : mapping of str to int, optional
        The same where the law names the seats on top district by district.
    ties : tuple of str
        Rules for equal votes at the top.
    """

    name: ClassVar[str] = "bonus"
    seats: int | None = None
    part: Fraction | None = None
    rounding: Literal["up", "down", "nearest"] = "up"
    per: Fraction | None = None
    most: int | None = None
    up_to: int | None = None
    up_to_part: Fraction | None = None
    high: Fraction | None = None
    high_part: Fraction | None = None
    at_most: Fraction | None = None
    share: Fraction = Fraction(0)
    of: Base = "valid"
    strict: bool = False
    unless: Fraction | None = None
    elected: str | None = None
    alone: bool = False
    over: Literal["whole", "districts"] = "whole"
    by_district: Mapping[str, int] | None = field(default=None, hash=False)
    cite: str

    def __post_init__(self) -> None:
        """Refuse a bonus that is none, or of two kinds."""
        check_share("bonus.share", self.share)
        if [self.seats, self.part, self.up_to, self.up_to_part, self.by_district].count(None) != 4:
            raise InvalidLaw(
                say(
                    "a bonus has seats on top, a part of all seats, a number of seats or a part of all to bring the "
                    "winner up to, one of them only"
                )
            )
        self._check_districts()
        for part in (self.part, self.up_to_part, self.high, self.high_part, self.at_most, self.unless):
            if part is not None:
                check_share("bonus.part", part)
        if (self.high is None) != (self.high_part is None) or (self.high is not None and self.up_to_part is None):
            raise InvalidLaw(say("bonus: high and high_part say from which share on up_to_part is another one"))
        if self.at_most is not None and not self._brings_up:
            raise InvalidLaw(say("bonus: at_most goes with a number of seats that the winner is brought up to"))
        if self.per is not None and (self.per <= 0 or self.most is None or self.seats is None):
            raise InvalidLaw(say("a graded bonus needs seats to begin with, per above zero, and most"))
        if self._brings_up:
            self.check_formula()

    def _check_districts(self) -> None:
        """Refuse seats in districts that are none, or that do not come on top."""
        if self.over == "districts" and self.seats is None and self.part is None:
            raise InvalidLaw(say("bonus: over districts goes with seats on top: seats, part or by_district"))
        if self.by_district is not None and (not self.by_district or min(self.by_district.values()) < 0):
            raise InvalidLaw(say("bonus: by_district is a number of seats for each district, 0 or more"))
        if self._in_districts and (self.per is not None or self.alone):
            raise InvalidLaw(say("bonus: in districts it is not graded, and the winner takes part in the other seats"))

    @property
    def _in_districts(self) -> bool:
        return self.over == "districts" or self.by_district is not None

    @property
    def _brings_up(self) -> bool:
        return self.up_to is not None or self.up_to_part is not None

    def apply(self, count: Count) -> Count:
        """Return the count with the bonus placed.

        Raises
        ------
        DrawRequired
            Several have the most votes and no rule of the law settles it.
        LawSilent
            Nobody takes part, the bonus is larger than the seats that are left, or whoever was elected stands with no
            list here.
        """
        votes = count.contenders()
        if count.left() <= 0:
            return count
        if not votes:
            raise LawSilent(say("nobody takes part, so nobody is first"))
        winner = self._winner(count)
        measured = self.share or self.per or self.high is not None or self.unless is not None
        base = count.base(self.of) if measured else 0
        due = self._due(count, winner) if self._brings_up else None
        barred = self._barred(votes, winner, base)
        if self._in_districts:
            short = barred or self._misses(votes[winner], base)
            return self._place_in_districts(count, winner, base, {} if short else self._by_district(count))
        won = 0 if barred else self._bonus(count.seats, votes[winner], base, due)
        _check_room(winner, won, count.left())
        house = count.seats
        count = count.note("bonus", self.cite, lambda: self._reasons(house, votes, winner, base, due, won))
        if won and (self._brings_up or self.alone):
            count = count.but(votes={line: n for line, n in count.votes.items() if line != winner})
        return count.place({winner: won})

    def _barred(self, votes: Mapping[str, int], winner: str, base: int) -> bool:
        """Say whether somebody else has so many votes that there is no bonus."""
        unless = self.unless
        return unless is not None and any(n > unless * base for c, n in votes.items() if c != winner)

    def _by_district(self, count: Count) -> dict[str, int]:
        """Return the seats on top in each district."""
        if not count.areas:
            raise InvalidLaw(say("the bonus lies in districts, but the votes of {tier} name none", tier=count.tier))
        if self.by_district is None:
            return {name: self.on_top(part.seats) for name, part in sorted(count.areas.items())}
        if missing := sorted(self.by_district.keys() ^ count.areas.keys()):
            raise InvalidLaw(
                say("bonus: the districts of the law and those of the votes differ: {names}", names=listed(missing))
            )
        return dict(sorted(self.by_district.items()))

    def _place_in_districts(self, count: Count, winner: str, base: int, won: Mapping[str, int]) -> Count:
        """Return the count with the seats of the first of the whole in the districts."""
        for name, n in won.items():
            _check_room(winner, n, count.areas[name].left())
        votes, house, some = count.contenders(), count.seats, {name: n for name, n in won.items() if n}

        def made() -> tuple[dict[str, object], list[Cause]]:
            facts, _ = self._reasons(house, votes, winner, base, None, sum(some.values()))
            where = {rank: (count.tier, name) for rank, name in enumerate(some, 1)}
            causes = [Cause(winner, tuple(range(1, n + 1)), "bonus", None, i) for i, n in enumerate(some.values(), 1)]
            return {**facts, "by_district": some, "cause_areas": where}, causes

        count = count.note("bonus", self.cite, made)
        placed = {name: part.place({winner: won.get(name, 0)}) for name, part in count.areas.items()}
        return count.but(areas=placed)

    def _winner(self, count: Count) -> str:
        votes = count.contenders()
        if self.elected is not None:
            return contender_of_winner(count, self.elected)
        top = max(votes.values())
        equal = [c for c, n in votes.items() if n == top]
        if len(equal) == 1:
            return equal[0]
        rule = tie_rule(count, self.name, self.ties)
        return settle(equal, 1, rule, standing=count.placed, why=f"{top:,} votes each for the bonus")[0]

    def _due(self, count: Count, winner: str) -> int:
        key = f"{self.name}.due"
        try:
            made = self.allocation(count.contenders(), count.left(), tie_rule(count, key, self.ties))
        except Undecided as question:
            raise question.at(count.key(key), self.cite) from None
        return made.seats[winner]

    def _bonus(self, house: int, votes: int, base: int, due: int | None) -> int:
        if due is not None and self._over(house, due):
            return self._top(house)
        if self._misses(votes, base):
            return 0
        if due is not None:
            least = self._least(house, votes, base)
            return least if due < least else 0
        seats = self.on_top(house)
        if self.per is None or not base:
            return seats
        steps = (ratio(votes, base) - self.share) // self.per
        return min(seats + steps, self.most if self.most is not None else seats)

    def _misses(self, votes: int, base: int) -> bool:
        """Say whether the winner has too few votes for a bonus."""
        return votes < self.share * base or (self.strict and votes == self.share * base)

    def _top(self, house: int) -> int:
        """Return the number of seats that the winner has at the most."""
        return floor((self.at_most or Fraction(1)) * house)

    def _over(self, house: int, due: int) -> bool:
        return self.at_most is not None and due > self._top(house)

    def on_top(self, house: int) -> int:
        """Return the seats that come on top, before those for `per`."""
        return self._rounded(self.part * house) if self.part is not None else self.seats or 0

    def _least(self, house: int, votes: int, base: int) -> int:
        """Return the number of seats that the winner is brought up to."""
        if self.high is not None and self.high_part is not None and votes >= self.high * base:
            return self._rounded(self.high_part * house)
        return self._rounded(self.up_to_part * house) if self.up_to_part is not None else self.up_to or 0

    def _rounded(self, seats: Fraction) -> int:
        return {"up": ceil(seats), "down": floor(seats), "nearest": floor(seats + Fraction(1, 2))}[self.rounding]

    def _reasons(
        self, house: int, cast: Mapping[str, int], winner: str, base: int, due: int | None, won: int
    ) -> tuple[dict[str, object], list[Cause]]:
        votes = cast[winner]
        facts: dict[str, object] = {
            "winner": winner,
            "votes": votes,
            "share": self.share,
            "of": self.of,
            "base": base,
            "due": due,
            "up_to": self._least(house, votes, base) if self._brings_up else None,
            "top": self._top(house) if due is not None and self._over(house, due) else None,
            "unless": self.unless if self._barred(cast, winner, base) else None,
            "seats": won,
            "elected": self.elected,
        }
        return facts, [Cause(winner, tuple(range(1, won + 1)), "bonus")] if won else []

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who is first, and what it gets for it."""
        facts = entry.facts
        shown = listed({facts["winner"]: facts["votes"]})
        text = say("{winner} is first", winner=shown)
        if facts["elected"] is not None:
            text = say("{winner} is with the winner of {tier}", winner=shown, tier=named(facts["elected"]))
        if facts["base"]:
            shown = percent(Fraction(int(facts["votes"] * 10000 // facts["base"]), 10000))
            text += say(" with {shown} of {base} {of}", shown=shown, base=grouped(facts["base"]), of=named(facts["of"]))
        if facts["unless"] is not None:
            text += say("; somebody else has more than {share}", share=percent(facts["unless"]))
        elif facts["top"] is not None:
            text += say("; its share is {due}, the law holds it at {top}", due=facts["due"], top=facts["top"])
        elif facts["due"] is not None:
            text += say("; its share is {due}, the law brings it to {up_to}", due=facts["due"], up_to=facts["up_to"])
        text += say(": {n} seats", n=facts["seats"]) if facts["seats"] else say(": no bonus")
        if facts.get("by_district"):
            text += say(", in the districts {seats}", seats=listed(facts["by_district"]))
        return [("bonus", text)]


def _check_room(winner: str, won: int, left: int) -> None:
    if won > left:
        raise LawSilent(
            say("the bonus of {winner} is {won} seats, but only {left} are left", winner=winner, won=won, left=left)
        )
