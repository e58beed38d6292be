"""bonus: seats for the largest list on top of its share, or up to a number that makes a majority."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.seats.formula import Formula
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import InvalidLaw, LawSilent, Undecided
from sailau.terms.numbers import check_share
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, grouped, listed, named, percent, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus(Formula):
    """Give the contender with the most votes its bonus before the other seats are shared out.

    Two kinds. `seats` (or a `part` of all seats) come on top: the winner takes part in what is left like everybody
    else. `up_to` is a number that the winner is brought to: when the formula of this step gives it fewer of all seats,
    it gets so many and takes no part in the rest.

    Attributes
    ----------
    seats : int, optional
        Seats on top.
    part : Fraction, optional
        The part of all seats that comes on top, instead of a number.
    rounding : str
        What a fraction of a seat in `part` is rounded to: ``up``, ``down`` or ``nearest`` (a half up).
    per : Fraction, optional
        One more seat for each whole `per` of the base that the winner has above `share`.
    most : int, optional
        The largest bonus that `per` can lead to.
    up_to : int, optional
        Seats that the winner has at the least.
    share, of : Fraction, str
        What the winner needs for any bonus, and its base.
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
    share: Fraction = Fraction(0)
    of: Base = "valid"
    cite: str

    def __post_init__(self) -> None:
        """Refuse a bonus that is none, or of two kinds."""
        check_share("bonus.share", self.share)
        if [self.seats, self.part, self.up_to].count(None) != 2:
            raise InvalidLaw(
                "a bonus has seats on top, a part of all seats or a number to bring the winner up to, one of them only"
            )
        if self.part is not None:
            check_share("bonus.part", self.part)
        if self.per is not None and (self.per <= 0 or self.most is None or self.seats is None):
            raise InvalidLaw("a graded bonus needs seats to begin with, per above zero, and most")
        if self.up_to is not None:
            self.check_formula()

    def apply(self, count: Count) -> Count:
        """Return the count with the bonus placed.

        Raises
        ------
        DrawRequired
            Several have the most votes and no rule of the law settles it.
        LawSilent
            Nobody takes part, or the bonus is larger than the seats that are left.
        """
        votes = count.contenders()
        if not votes:
            raise LawSilent("nobody takes part, so nobody is first")
        winner = self._winner(count)
        base = count.base(self.of) if self.share or self.per else 0
        due = None if self.up_to is None else self._due(count, winner)
        won = self._bonus(count.seats, votes[winner], base, due)
        if won > count.left():
            raise LawSilent(f"the bonus of {winner} is {won} seats, but only {count.left()} are left")
        count = count.note("bonus", self.cite, lambda: self._reasons(votes[winner], winner, base, due, won))
        if won and self.up_to is not None:
            count = count.but(votes={line: n for line, n in count.votes.items() if line != winner})
        return count.place({winner: won})

    def _winner(self, count: Count) -> str:
        votes = count.contenders()
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
        if votes < self.share * base:
            return 0
        if due is not None:
            return self.up_to if self.up_to is not None and due < self.up_to else 0
        if self.part is not None:
            exact = self.part * house
            return {"up": ceil(exact), "down": floor(exact), "nearest": floor(exact + Fraction(1, 2))}[self.rounding]
        seats = self.seats or 0
        if self.per is None or not base:
            return seats
        steps = (Fraction(votes, base) - self.share) // self.per
        return min(seats + steps, self.most if self.most is not None else seats)

    def _reasons(
        self, votes: int, winner: str, base: int, due: int | None, won: int
    ) -> tuple[dict[str, object], list[Cause]]:
        facts: dict[str, object] = {
            "winner": winner,
            "votes": votes,
            "share": self.share,
            "of": self.of,
            "base": base,
            "due": due,
            "up_to": self.up_to,
            "seats": won,
        }
        return facts, [Cause(winner, tuple(range(1, won + 1)), "bonus")] if won else []

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who is first, and what it gets for it."""
        facts = entry.facts
        text = say("{winner} is first", winner=listed({facts["winner"]: facts["votes"]}))
        if facts["base"]:
            shown = percent(Fraction(int(facts["votes"] * 10000 // facts["base"]), 10000))
            text += say(" with {shown} of {base} {of}", shown=shown, base=grouped(facts["base"]), of=named(facts["of"]))
        if facts["due"] is not None:
            text += say("; its share is {due}, the law brings it to {up_to}", due=facts["due"], up_to=facts["up_to"])
        return [("bonus", text + (say(": {n} seats", n=facts["seats"]) if facts["seats"] else say(": no bonus")))]
