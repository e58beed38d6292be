"""distribute: in which regions or districts the seats that were placed for the whole tier lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.seats.distribute_contest import Area, Contest, Pair
from sailau.seats.elsewhere import tier_done
from sailau.terms.divisor import divisor_named
from sailau.terms.errors import LawSilent, MissingFigure, Undecided
from sailau.terms.tally import LINES, NATION
from sailau.terms.trail import Entry
from sailau.terms.words import Words, claim, listed, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribute:
    """Give the contenders' seats of the tier to regions or districts, one by one.

    Attributes
    ----------
    to : str
        ``district``, or ``region``: then a later step goes on inside each region.
    divisor, first
        The claim of a contender in an area is its votes there over the divisor for its next seat there.
    tiers : tuple of str
        Tiers whose seats a contender holds in an area; those that this tier placed there count too.
    relative : str
        What claims of different areas are measured by: ``plain`` quotients, ``valid``: as a share of the votes for
        lists in the area, ``per_seat``: over the votes for lists for each seat of `tiers` in the area.
    room : str
        ``given``: each area takes as many seats as the law or the decree gives it; ``free``: no limit.
    order : str
        ``claims``: the largest claim of all comes first; ``won``: the seats in the order in which the contenders won
        them in the nation by the divisor `won_by`, each to the area of the largest claim.
    ties : tuple of str
        Rules for equal claims, in turn.
    """

    name: ClassVar[str] = "distribute"
    to: Literal["district", "region"] = "district"
    divisor: str
    first: Fraction | None = None
    tiers: tuple[str, ...] = ()
    relative: Literal["plain", "valid", "per_seat"] = "plain"
    room: Literal["given", "free"] = "free"
    order: Literal["claims", "won"] = "claims"
    won_by: str | None = None
    ties: tuple[Literal["most_votes", "lot"], ...] = ()
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with the seats in their areas; unchanged where the tally knows no districts.

        Raises
        ------
        DrawRequired
            Equal claims, and no rule of the law tells them apart.
        LawSilent
            Seats are left for which no area has room, or where their contender has no votes.
        """
        if not count.areas:
            return count
        for where, contest in self.contests(count):
            try:
                given = contest.run()
            except Undecided as question:
                raise question.at(count.key(self.name), self.cite) from None
            count = self._note(count, given, where)
            if self.to == "region":
                return count.but(by_region=_by_area(given))
            count = _moved(count, given)
        return count.but(by_region={})

    def contests(self, count: Count) -> list[tuple[str, Contest]]:
        """Return what there is to give out, none of it given yet: for the nation, or in each region by itself."""
        if self.to == "region":
            return [(NATION, self._contest(count, count.placed, self._regions(count)))]
        if not count.by_region:
            return [(NATION, self._contest(count, count.placed, self._districts(count, tuple(count.areas))))]
        out = []
        for region in sorted(count.by_region):
            inside = tuple(area for area in count.areas if count.ballots.regions.get(area) == region)
            out.append((region, self._contest(count, count.by_region[region], self._districts(count, inside))))
        return out

    def _contest(self, count: Count, seats: Mapping[str, int], areas: Mapping[str, Area]) -> Contest:
        return Contest(self, count, divisor_named(self.divisor, self.first), dict(seats), dict(areas))

    def _districts(self, count: Count, names: Sequence[str]) -> dict[str, Area]:
        return {name: self._area(count, (name,), self._room(count.areas[name].seats)) for name in names}

    def _regions(self, count: Count) -> dict[str, Area]:
        regions: dict[str, list[str]] = {}
        for name in count.areas:
            region = count.ballots.regions.get(name)
            if region is None:
                hint = say("give it in districts.csv of the election")
                raise MissingFigure(say("the region of {name} is not known", name=name), hint=hint)
            regions.setdefault(region, []).append(name)
        return {
            region: self._area(count, names, self._room(count.ballots.seats.get(region)))
            for region, names in regions.items()
        }

    def _room(self, seats: int | None) -> int | None:
        if self.room == "given" and seats is None:
            raise MissingFigure(
                say("the seats of a region are not known"), hint=say("give them in districts.csv of the election")
            )
        return seats if self.room == "given" else None

    def _area(self, count: Count, names: Sequence[str], room: int | None) -> Area:
        votes: dict[str, int] = {}
        held: dict[str, int] = {}
        seats = 0
        for name in names:
            _add(votes, count.areas[name].cast)
            _add(held, count.areas[name].placed)
            for tier in self.tiers:
                part = tier_done(count, tier).areas.get(name)
                if part is not None:
                    _add(held, {count.tally.party(c): n for c, n in part.placed.items()})
                    seats += part.seats
        cast = sum(n for line, n in votes.items() if line not in LINES)
        if self.relative == "plain":
            return Area(votes, held, room=room)
        if cast == 0 or (self.relative == "per_seat" and seats == 0):
            raise LawSilent(
                say("no votes or no seats in {names}, so that its quotients have no measure", names=", ".join(names))
            )
        return Area(votes, held, Fraction(cast, seats if self.relative == "per_seat" else 1), room)

    def _note(self, count: Count, given: Sequence[tuple[Pair, Fraction]], area: str) -> Count:
        return count.note(f"distribute.{self.to}", self.cite, lambda: (self._facts(given, area), ()))

    def _facts(self, given: Sequence[tuple[Pair, Fraction]], area: str) -> dict[str, object]:
        return {
            "to": self.to,
            "in": area,
            "divisor": self.divisor,
            "relative": self.relative,
            "given": [{"contender": c, "area": a, "claim": value} for (c, a), value in given],
            "ties": list(self.ties),
        }

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say seat by seat where each lies, in the order in which they were given."""
        where = "" if entry.facts["in"] == NATION else say("in {region}: ", region=entry.facts["in"])
        seats = [
            say("{contender} in {area} ({claim})", contender=g["contender"], area=g["area"], claim=claim(g["claim"]))
            for g in entry.facts["given"]
        ]
        return [("placed", where + listed(seats))]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say where one contender's seats lie."""
        own = [g for g in entry.facts["given"] if g["contender"] == contender]
        return [
            ("placed", say("a seat in {area} by the claim {claim}", area=g["area"], claim=claim(g["claim"])))
            for g in own
        ]


def _by_area(given: Sequence[tuple[Pair, Fraction]]) -> dict[str, dict[str, int]]:
    out: dict[str, dict[str, int]] = {}
    for (contender, area), _ in given:
        _add(out.setdefault(area, {}), {contender: 1})
    return out


def _moved(count: Count, given: Sequence[tuple[Pair, Fraction]]) -> Count:
    """Return the count with seats of the whole tier moved to their districts."""
    placed, areas = dict(count.placed), dict(count.areas)
    for area, seats in _by_area(given).items():
        areas[area] = areas[area].place(seats)
        for contender, n in seats.items():
            placed[contender] -= n
    return count.but(placed={c: n for c, n in placed.items() if n}, areas=areas)


def _add(total: dict[str, int], part: Mapping[str, int]) -> None:
    for name, n in part.items():
        total[name] = total.get(name, 0) + n
