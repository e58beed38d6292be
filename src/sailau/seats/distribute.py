"""distribute: in which regions or districts the seats that were placed for the whole tier lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.terms.allocation import quotient, settle
from sailau.terms.divisor import Divisor, divisor_named
from sailau.terms.errors import LawSilent, MissingFigure, Undecided
from sailau.terms.tally import LINES, NATION
from sailau.terms.trail import Entry
from sailau.terms.words import Words, claim, listed, say

Pair = tuple[str, str]
"""A contender and an area."""


@dataclass(frozen=True)
class Area:
    """A region or district that can take seats.

    Attributes
    ----------
    votes, held : mapping of str to int
        Of the contenders that have seats to place; seats that they hold here already.
    weight : Fraction
        What a quotient of this area is divided by, to compare it with those of others.
    room : int, optional
        Seats for this area; None where the law sets no limit.
    """

    votes: Mapping[str, int]
    held: Mapping[str, int]
    weight: Fraction = Fraction(1)
    room: int | None = None


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
                part = count.done[tier].areas.get(name)
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


@dataclass
class Contest:
    """The seats being given to areas: what is left of each contender's, and the room of each area.

    Each claim is kept with the float nearest to it: a larger claim never has a smaller one, so that few need comparing.
    """

    step: Distribute
    count: Count
    divisor: Divisor
    left: dict[str, int]
    areas: dict[str, Area]
    given: list[tuple[Pair, Fraction]] = field(default_factory=list)
    claims: dict[Pair, tuple[float, Fraction]] = field(default_factory=dict)

    def run(self) -> list[tuple[Pair, Fraction]]:
        """Give all the seats; return where each went, by which claim."""
        while any(self.left.values()):
            self.give(self.next_by_claims() if self.step.order == "claims" else self.next_won())
        return self.given

    def give(self, pairs: Sequence[Pair]) -> None:
        """Give a seat to each contender in each area of `pairs`."""
        for contender, area in pairs:
            value = self.claim(contender, area)
            self.given.append(((contender, area), value))
            self.left[contender] -= 1
            here = self.areas[area]
            held = {**here.held, contender: here.held.get(contender, 0) + 1}
            room = None if here.room is None else here.room - 1
            self.areas[area] = Area(here.votes, held, here.weight, room)
            del self.claims[contender, area]

    def claim(self, contender: str, area: str) -> Fraction:
        """Return the contender's quotient for its next seat in an area, measured by the area; it holds until then."""
        return self._known(contender, area)[1]

    def _known(self, contender: str, area: str) -> tuple[float, Fraction]:
        known = self.claims.get((contender, area))
        if known is None:
            value = self._claim(contender, area)
            known = self.claims[contender, area] = float(value), value
        return known

    def _claim(self, contender: str, area: str) -> Fraction:
        here = self.areas[area]
        value = quotient(here.votes[contender], here.held.get(contender, 0), self.divisor)
        if value is None:
            raise LawSilent(
                say(
                    "the divisor {name} gives no quotient for a first seat in {area}", name=self.divisor.name, area=area
                )
            )
        return value / here.weight

    def open_to(self, contender: str) -> dict[Pair, tuple[float, Fraction]]:
        """Return the contender's claims in the areas that have room."""
        return {
            (contender, name): self._known(contender, name)
            for name, area in self.areas.items()
            if area.votes.get(contender) and area.room != 0
        }

    def next_by_claims(self) -> list[Pair]:
        """Return who has the largest claim of all; several where they do not stand in one another's way."""
        claims: dict[Pair, tuple[float, Fraction]] = {}
        for contender, n in self.left.items():
            claims |= self.open_to(contender) if n else {}
        return self._best(claims)

    def next_won(self) -> list[Pair]:
        """Return whose seat comes next in the order of the nation, and where."""
        rule = divisor_named(self.step.won_by or self.step.divisor)
        placed = self.held()
        claims = {c: quotient(self.count.votes[c], placed[c], rule) or Fraction(0) for c, n in self.left.items() if n}
        top = max(claims.values())
        best = [c for c, value in claims.items() if value == top]
        if len(best) > 1:
            best = [self._settle([(c, "") for c in best])[0]]
        return self._best(self.open_to(best[0]))

    def held(self) -> dict[str, int]:
        """Return the seats that each contender holds in all areas together."""
        return {c: sum(area.held.get(c, 0) for area in self.areas.values()) for c in self.left}

    def _best(self, claims: Mapping[Pair, tuple[float, Fraction]]) -> list[Pair]:
        if not claims:
            left = {c: n for c, n in self.left.items() if n}
            raise LawSilent(say("no area has room for the seats of {listed}", listed=listed(left)))
        most = max(about for about, _ in claims.values())
        close = {pair: value for pair, (about, value) in claims.items() if about == most}
        top = max(close.values())
        best = sorted(pair for pair, value in close.items() if value == top)
        if len(best) == 1 or self._together(best):
            return best
        return [self._pick(best)]

    def _together(self, pairs: Sequence[Pair]) -> bool:
        """Say whether all of them can have their seat, whatever the order."""
        contenders, areas = [c for c, _ in pairs], [a for _, a in pairs]
        if any(contenders.count(c) > self.left[c] for c in contenders):
            return False
        room = {a: self.areas[a].room for a in areas}
        return all(n is None or areas.count(a) <= n for a, n in room.items())

    def _pick(self, pairs: Sequence[Pair]) -> Pair:
        for rule in self.step.ties:
            if rule == "most_votes":
                votes = {pair: self.areas[pair[1]].votes[pair[0]] for pair in pairs}
                pairs = [pair for pair in pairs if votes[pair] == max(votes.values())]
            if len(pairs) == 1:
                return pairs[0]
        return self._settle(pairs)

    def _settle(self, pairs: Sequence[Pair]) -> Pair:
        """Pick one of the pairs by a decision from outside, or ask for one."""
        names = {f"{c} in {a}" if a else c: (c, a) for c, a in pairs}  # ids of a decision, the same in every language
        given = self.count.decided(self.step.name) or ()
        chosen = [name for name in given if name in names][:1]
        rule = (lambda _tied, _n: chosen) if chosen else None
        picked = settle(list(names), 1, rule, standing=self.count.placed, why=say("equal claims"))
        return names[picked[0]]


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
