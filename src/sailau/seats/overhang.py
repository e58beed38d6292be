"""offset: seats won in other tiers are taken off what a list is due; what cannot be taken off is overhang."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.seats.elsewhere import won_by_area
from sailau.terms.errors import InvalidLaw
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, listed, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """Place what each list is still due after the seats that it won in other tiers.

    A list that won more than its due keeps the seats; the house then grows by them, and nobody else loses a seat.

    Attributes
    ----------
    tiers : tuple of str
        The tiers whose seats are taken off, area by area where the votes name areas.
    due : str
        What the lists are due: what a step before ``said`` (`entitle`), or the seats ``placed`` here, which stand for
        all tiers together.
    """

    name: ClassVar[str] = "offset"
    tiers: tuple[str, ...]
    due: Literal["said", "placed"] = "said"
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with the rest placed, and the seats that the house grows by as `extra`.

        Raises
        ------
        InvalidLaw
            No earlier step said what the lists are due, or seats that are due lie in no area.
        """
        count = _taken_back(count) if self.due == "placed" else count
        won = won_by_area(count, self.tiers)
        if count.areas:
            areas, trail = {}, count.trail
            for area in sorted(count.areas):
                part = self._place(count.areas[area].but(trail=trail), won[area])
                trail, areas[area] = part.trail, part.but(trail=None)
            count = count.but(areas=areas, trail=trail)
        else:
            count = self._place(count, won.get(count.area, {}))
        return count.but(extra=count.extra - count.left())

    def _place(self, count: Count, won: Mapping[str, int]) -> Count:
        if not count.due and count.contenders() and self.due == "said":
            raise InvalidLaw(
                say("{tier}: nothing says what the lists are due in {area}", tier=count.tier, area=count.area)
            )
        rest = {c: max(0, n - won.get(c, 0)) for c, n in count.due.items()}
        beyond = {c: n - count.due.get(c, 0) for c, n in won.items() if n > count.due.get(c, 0)}
        count = count.note("offset", self.cite, lambda: _reasons(count, won, rest, beyond, self.due))
        return count.place(rest)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say what is taken off, what is placed and what stays as overhang."""
        facts = entry.facts
        out = [("rest", say("due less seats won: {rest}", rest=listed(facts["rest"])))]
        if facts["beyond"]:
            out.append(("overhang", listed(facts["beyond"])))
        return out

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say what one list was due, won and gets here."""
        facts = entry.facts
        due, won = facts["due"].get(contender, 0), facts["won"].get(contender, 0)
        if not due and not won:
            return []
        over = facts["beyond"].get(contender, 0)
        more = say("; {n} overhang", n=over) if over else ""
        return [("rest", say("due {due}, won elsewhere {won}{more}", due=due, won=won, more=more))]


def _reasons(
    count: Count, won: Mapping[str, int], rest: Mapping[str, int], beyond: Mapping[str, int], due: str
) -> tuple[dict[str, object], list[Cause]]:
    placed = {c: n for c, n in rest.items() if n}
    causes = [Cause(c, tuple(range(1, n + 1)), "rest_of_due") for c, n in placed.items()]
    facts: dict[str, object] = {"due": dict(count.due), "won": dict(won), "rest": placed, "beyond": dict(beyond)}
    if due == "placed":  # the seats that stay keep the cause that they had
        off = {c: n - rest.get(c, 0) for c, n in count.due.items()}
        return {**facts, "lost": [(count.tier, count.area, c) for c, n in off.items() for _ in range(n)]}, []
    return facts, causes


def _taken_back(count: Count) -> Count:
    """Return the count with the seats placed as what lists are due."""
    if not count.areas:
        return count.but(due=dict(count.placed), placed={})
    if any(count.placed.values()):
        raise InvalidLaw(
            say("{tier}: seats that are due were placed for the whole, and lie in no area", tier=count.tier),
            hint=say("give them to areas first, with distribute or repartition"),
        )
    areas = {name: part.but(due=dict(part.placed), placed={}) for name, part in count.areas.items()}
    return count.but(areas=areas)
