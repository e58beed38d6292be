"""leave and take_over: seats that nobody wins in one tier are filled in a later one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.seats.elsewhere import areas_of, tier_done
from sailau.terms.errors import InvalidLaw
from sailau.terms.tally import NATION
from sailau.terms.trail import Entry
from sailau.terms.words import Words, listed, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Leave the seats that nobody won here to a later tier, which takes them over, or leave them vacant.

    The districts keep their magnitudes: a quota formed from them later is the one that was counted with.

    Attributes
    ----------
    to : str
        ``later_tier``, or ``nobody``: the seats stay vacant.
    """

    name: ClassVar[str] = "leave"
    to: Literal["later_tier", "nobody"] = "later_tier"
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with as many seats as were placed."""
        left = max(count.left(), 0)
        where = {name: part.left() for name, part in sorted(count.areas.items()) if part.left() > 0}
        count = count.note("leave", self.cite, lambda: ({"seats": left, "where": where, "to": self.to}, ()))
        if self.to == "nobody":
            return count.but(vacant=count.vacant + left)
        areas = {name: part.but(handed_on=max(part.left(), 0)) for name, part in count.areas.items()}
        return count.but(seats=count.seats - left, handed_on=count.handed_on + left, areas=areas)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say how many seats nobody won, and where."""
        facts = entry.facts
        if not facts["seats"]:
            vacant = facts["to"] == "nobody"
            return [("left", say("no seat stays vacant") if vacant else say("no seat is left to a later tier"))]
        where = say(": {areas}", areas=listed(facts["where"])) if facts["where"] else ""
        if facts["to"] == "nobody":
            return [("left", say("{n} seats stay vacant", n=facts["seats"]) + where)]
        return [("left", say("{n} seats are left to a later tier", n=facts["seats"]) + where)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """Add to the seats of this tier those that earlier tiers left.

    Where this tier has areas, the seats of a district go to the area of its name, or of its region; the step stands
    before `each: district`.

    Attributes
    ----------
    tiers : tuple of str
        Tiers counted before, which say `leave`.
    """

    name: ClassVar[str] = "take_over"
    opens: ClassVar[bool] = True
    tiers: tuple[str, ...]
    cite: str

    def __post_init__(self) -> None:
        """Refuse a step that names no tier."""
        if not self.tiers:
            raise InvalidLaw(say("take_over names the tiers whose seats it takes over"), hint="tiers: [territorial]")

    def apply(self, count: Count) -> Count:
        """Return the count with more seats.

        Raises
        ------
        InvalidLaw
            A tier was not counted before, left seats that lie in no district of it, or the step stands inside
            `each: district`.
        MissingFigure
            The region of a district is not known, or no area of this tier.
        """
        if count.area != NATION:
            raise InvalidLaw(
                say("take_over looks at all areas at once, and stands before `each: district`"),
                hint=say("move it out of the steps of the districts"),
            )
        left = {name: tier_done(count, name).handed_on for name in self.tiers}
        seats = count.seats + sum(left.values())
        where = self._by_area(count) if count.in_districts else {}
        facts = {"own": count.seats, "left": left, "seats": seats, "where": {a: n for a, n in where.items() if n}}
        areas = {name: part.but(seats=part.seats + where.get(name, 0)) for name, part in count.areas.items()}
        return count.note("take_over", self.cite, lambda: (facts, ())).but(seats=seats, areas=areas)

    def _by_area(self, count: Count) -> dict[str, int]:
        """Return the seats left by the districts that lie in each area."""
        out: dict[str, int] = {}
        for name in self.tiers:
            tier = tier_done(count, name)
            left = {area: part.handed_on for area, part in tier.areas.items() if part.handed_on}
            lies_in = areas_of(count, tier.but(areas={area: tier.areas[area] for area in left}))
            if sum(left.values()) != tier.handed_on:
                raise InvalidLaw(
                    say("{tier} placed seats for the whole, so those left lie in no district of it", tier=name),
                    hint=say("let it place them in its districts, or take them over in a nationwide tier"),
                )
            for area, n in left.items():
                out[lies_in[area]] = out.get(lies_in[area], 0) + n
        return out

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say how many seats there are, and where they come from."""
        facts = entry.facts
        sentence = "{own} of this tier and those left by {left}: {seats}"
        where = say(": {areas}", areas=listed(facts["where"])) if facts["where"] else ""
        return [("seats", say(sentence, own=facts["own"], left=listed(facts["left"]), seats=facts["seats"]) + where)]
