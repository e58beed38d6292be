"""spread: what a list is due in the nation, divided among its areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from sailau.seats.averages import highest_averages
from sailau.seats.count import Count
from sailau.seats.elsewhere import won_by_area
from sailau.seats.formula import Formula
from sailau.seats.ties import tie_rule
from sailau.terms.divisor import divisor_named
from sailau.terms.errors import InvalidLaw, Undecided
from sailau.terms.trail import Entry
from sailau.terms.words import Words, listed, named, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread(Formula):
    """Divide the seats that each list is due among the areas, by its votes in each.

    Attributes
    ----------
    at_least : str, optional
        What an area keeps whatever the formula says: ``won`` (the seats won there in `tiers`) or ``floor`` (the
        minimum that an earlier step set). The divisor is then the one at which all areas together have the sum.
    tiers : tuple of str
        Tiers whose seats are meant by ``won``.
    due : str
        What is divided: ``entitled``, what an earlier step found each list to be due; or ``placed``, the seats that
        stand in the whole, which then stand in the areas.
    """

    name: ClassVar[str] = "spread"
    at_least: Literal["won", "floor"] | None = None
    tiers: tuple[str, ...] = ()
    due: Literal["entitled", "placed"] = "entitled"
    cite: str

    def __post_init__(self) -> None:
        """Refuse a formula that is none, or one that knows no minimum."""
        self.check_formula()
        if self.at_least and self.divisor is None:
            raise InvalidLaw(say("spread with at_least needs a divisor: a quota knows no minimum"))
        if self.due == "placed" and self.at_least:
            raise InvalidLaw(
                say("spread with due: placed knows no minimum: what an area won is not placed in the whole")
            )
        if self.at_least == "won" and not self.tiers:
            raise InvalidLaw(say("spread with at_least: won needs tiers, where the seats were won"))

    def apply(self, count: Count) -> Count:
        """Return the count with `due` in each area.

        Raises
        ------
        DrawRequired
            Two areas have equal claims to a seat of a list, and no rule of the law settles it.
        InvalidLaw
            The votes name no areas.
        """
        if not count.areas:
            raise InvalidLaw(say("{tier} spreads seats over areas, but its votes name none", tier=count.tier))
        if self.due == "placed":
            return self._moved(count)
        floors = self._floors(count)
        made = {line: self._named(count, line, floors) for line in sorted(count.contenders())}
        areas = {
            area: part.but(due={line: got[area] for line, got in made.items() if area in got})
            for area, part in count.areas.items()
        }
        facts = {"due": dict(count.due), "areas": made, "formula": self.formula_name}
        return count.note("spread", self.cite, lambda: (facts, ())).but(areas=areas)

    def _moved(self, count: Count) -> Count:
        """Return the count with the seats of the whole in the areas."""
        due = {line: n for line, n in count.placed.items() if n}
        source = count.but(due=due)
        made = {line: self._named(source, line, {}) for line in sorted(due)}
        areas = {
            area: part.place({line: got[area] for line, got in made.items() if area in got})
            for area, part in count.areas.items()
        }
        moved = {line: {area: n for area, n in got.items() if n} for line, got in made.items()}
        given = [
            {"contender": line, "area": area}
            for line, got in moved.items()
            for area, n in got.items()
            for _ in range(n)
        ]
        facts = {"due": due, "areas": moved, "formula": self.formula_name, "given": given}
        return count.note("spread.placed", self.cite, lambda: (facts, ())).but(areas=areas, placed={})

    def _floors(self, count: Count) -> Mapping[str, Mapping[str, int]]:
        if self.at_least == "won":
            return won_by_area(count, self.tiers)
        if self.at_least == "floor":
            return {area: part.floor for area, part in count.areas.items()}
        return {}

    def _named(self, count: Count, line: str, floors: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
        try:
            return self._one(count, line, floors)
        except Undecided as question:
            raise question.at(count.key(f"{self.name}.{line}"), self.cite) from None

    def _one(self, count: Count, line: str, floors: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
        due = count.due.get(line, 0)
        votes = {area: part.votes[line] for area, part in count.areas.items() if line in part.votes}
        if len(votes) == 1:
            return dict.fromkeys(votes, due)
        ties = tie_rule(count, f"{self.name}.{line}", self.ties)
        held = {area: n for area in votes if (n := floors.get(area, {}).get(line, 0))}
        rest = due - sum(held.values())
        if not held or rest < 0:
            return self.allocation(votes, due, ties).seats if not held and due else _kept(votes, held)
        rule = divisor_named(self.divisor or "", self.first)
        return highest_averages(votes, rest, divisor=rule, ties=ties, held=held).seats

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say how each list's seats fall to the areas."""
        due, formula = entry.facts["due"], named(entry.facts["formula"])
        sentence = "{line} {n} ({formula}): {areas}"
        return [
            ("areas", say(sentence, line=line, n=due.get(line, 0), areas=_shown(got), formula=formula))
            for line, got in entry.facts["areas"].items()
            if any(got.values())
        ]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say how one list's seats fall to the areas."""
        got = entry.facts["areas"].get(contender)
        return [("areas", _shown(got))] if got and any(got.values()) else []


def _kept(votes: Mapping[str, int], held: Mapping[str, int]) -> dict[str, int]:
    """Return the minima alone: they take more than the list is due, and stay."""
    return {area: held.get(area, 0) for area in votes}


def _shown(got: Mapping[str, int]) -> str:
    return listed({area: n for area, n in got.items() if n})
