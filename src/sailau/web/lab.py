"""The Lab: a scene counted twice, under the law of the day and under the changed one, and set side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from sailau.law.result import Result
from sailau.plots.hemicycle import hemicycle
from sailau.plots.palette import Look, marks
from sailau.plots.style import Style
from sailau.plots.svg import circle
from sailau.report.names import short_names
from sailau.report.results import caveats, reading_notes
from sailau.runs.compare import Comparison
from sailau.runs.measured import FEWEST_DISTRICTS
from sailau.terms.errors import SailauError
from sailau.terms.speech import Said, say
from sailau.terms.tally import LINES, NATION
from sailau.web.colouring import taken_for_one
from sailau.web.desk import Desk
from sailau.web.house import House, house_of, in_order
from sailau.web.scene import Scene
from sailau.web.sentences import what_changed
from sailau.web.words import Words

SEATLESS = 5
"""Parties without a seat that the table shows, the largest; many more of them are folded into one row."""

MEASURES = ("gallagher", "loosemore_hanby", "enp_votes", "enp_seats", "wasted", "largest_out")


@dataclass(frozen=True, slots=True)
class Row:
    """One party in the table."""

    party: str
    name: str
    colour: str
    votes: int | None
    share: float | None
    before: int | None
    after: int | None
    seat_share: float | None

    @property
    def is_out(self) -> bool:
        """Say whether it has no seat under either law."""
        return not self.before and not self.after

    @property
    def bonus(self) -> float | None:
        """Points of a percent by which the share of seats exceeds that of the votes."""
        return None if self.seat_share is None or self.share is None else 100 * (self.seat_share - self.share)

    @property
    def change(self) -> int:
        """Seats won or lost by the change of law."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True)
class Seen:
    """A scene, counted: both results, or why there is none.

    Attributes
    ----------
    scene : Scene
    words : Words
    before, after : Result, optional
        None where the law leads to no outcome.
    question : SailauError, optional
        Why `after` is None.
    """

    scene: Scene
    words: Words
    before: Result | None
    after: Result | None
    question: SailauError | None = None
    remember: Callable[[tuple[str, ...], Callable[[], str]], str] = field(default=lambda _, make: make(), repr=False)

    def name(self, party: str) -> str:
        """Return the name of a party in the reader's language."""
        known = self.scene.election.tally.contenders.get(party)
        if known is None and party.startswith("independent_"):
            return f"{self.name('independent')} {party.removeprefix('independent_')}"
        if known and known.names:
            return self.words.name(known.names, party)
        return self.words.first(f"line.{party}") if self.words.has(f"line.{party}") else party

    def called(self, parties: str) -> str:
        """Return the names of one party, or of several joined by plus signs."""
        return " + ".join(map(self.name, parties.split(" + "))) if not isinstance(parties, Said) else parties

    @cached_property
    def houses(self) -> tuple[House | None, House | None]:
        """Both houses."""
        election = self.scene.election
        return (
            house_of(election, self.before) if self.before else None,
            house_of(election, self.after) if self.after else None,
        )

    @cached_property
    def order(self) -> list[str]:
        """The parties in the order of all pictures and tables."""
        return in_order(self.scene.election, [house for house in self.houses if house])

    @cached_property
    def colours(self) -> dict[str, str]:
        """A colour for each party."""
        return {party: look.fill for party, look in self.looks.items()}

    @cached_property
    def looks(self) -> dict[str, Look]:
        """A colour and a mark for each party; they do not change when seats do."""
        return self.scene.colouring.looks(self.order)

    @property
    def standard(self) -> dict[str, str]:
        """The colour of each party without those that the reader chose."""
        return self.scene.colouring.standard(self.order)

    @property
    def alike(self) -> list[tuple[str, str]]:
        """Pairs of parties of the table whose colours some readers take for one."""
        return taken_for_one({row.party: row.colour for row in self.shown_rows()[0]})

    @property
    def title(self) -> str:
        """The election and what was changed, for pictures that leave the page."""
        changes = ", ".join(f"{path}={value}" for path, value in self.scene.changes.items())
        return f"{self.words.election(self.scene.election)}{f' · {changes}' if changes else ''}"

    @property
    def sentence(self) -> str:
        """What changed, in one sentence."""
        before, after = self.houses
        if self.scene.fault or self.question:
            return self.words("said.stops")
        if not self.scene.is_changed:
            return self.words("said.as_enacted")
        if before is None or after is None:
            return self.words("said.stops")
        return what_changed(before, after, self.words, self.name)

    def rows(self) -> list[Row]:
        """Return the table, those without votes and seats left out."""
        votes = self.scene.election.tally.party_votes()
        valid = sum(self.scene.election.tally.party_votes(against_all=True).values()) or 1
        before, after = self.houses
        rows = []
        for party in self.order:
            n = after.seats.get(party, 0) if after else None
            was = before.seats.get(party, 0) if before else None
            if not votes.get(party) and not n and not was:
                continue
            share = votes[party] / valid if party in votes else None
            seats = n / after.total if after and n is not None and after.total else None
            rows.append(Row(party, self.name(party), self.colours[party], votes.get(party), share, was, n, seats))
        return rows

    @property
    def sweep(self) -> str:
        """The clause whose values can be gone through; empty where the law has no threshold."""
        found = (c for c in self.scene.controls if (c.step, c.term, c.kind) == ("threshold", "share", "share"))
        return next((c.path for c in found if c.value != "none"), "")

    @property
    def has_curve(self) -> bool:
        """Say whether the votes are of single-member districts, enough of them for a curve of seats for votes."""
        tiers = self.scene.election.tally.tiers
        single = [t.name for t in self.scene.in_force.tiers if t.district == "single_member" and t.needs_votes]
        return any(name in tiers and len(tiers[name].votes) >= FEWEST_DISTRICTS for name in single)

    def shown_rows(self) -> tuple[list[Row], list[Row]]:
        """Return the rows of the table, and those without a seat that would only make it long."""
        rows = self.rows()
        out = [row for row in rows if row.is_out]
        folded = out[SEATLESS:] if len(out) > SEATLESS + 3 else []
        return [row for row in rows if row not in folded], folded

    def picture(self, which: int) -> str:
        """Return the hemicycle of the law of the day (0) or of the changed law (1)."""
        if which:
            return self._picture(1)
        key = ("picture", self.scene.election.id, self.words.lang, self.scene.colouring.key, *self.order)
        return self.remember(key, lambda: self._picture(0))

    def _picture(self, which: int) -> str:
        house, other = self.houses[which], self.houses[0]
        if house is None or not house.total:
            return ""
        gains = {}
        if which and other:
            gains = {p: max(n - other.seats.get(p, 0), 0) for p, n in house.seats.items()}
        title = self.words("picture.scenario" if which and self.scene.is_changed else "picture.law")
        seats = {p: house.seats[p] for p in self.order if house.seats.get(p)}
        return hemicycle(
            seats, self.style(title), majority=house.majority, changed={p: n for p, n in gains.items() if n}
        )

    def style(self, title: str, source: Sequence[str] = ()) -> Style:
        """Return how parties are called and coloured in every picture of the scene."""
        names = {p: self.name(p) for p in self.order}
        return Style(title, self.words.lang, names, short_names(names), self.colours, source=source)

    def measures(self) -> list[tuple[str, float | None, float | None]]:
        """Return measures of both counts by name."""
        both = [_measured(result) if result else {} for result in (self.before, self.after)]
        return [(name, both[0].get(name), both[1].get(name)) for name in MEASURES]

    def notes(self) -> list[str]:
        """Return what has to be said beside the figures, in the words of the command line."""
        result = self.after or self.before
        if result is None:
            return []
        notes = caveats(result.law, result.tally, result.decisions)
        house = house_of(self.scene.election, result)
        if house.declared:
            n, tiers = sum(house.declared.values()), ", ".join(sorted(self.scene.election.declared))
            notes.append(
                say(
                    "{n} declared seats ({tiers}) are the same on both sides: their votes are not published",
                    n=n,
                    tiers=tiers,
                )
            )
        return notes

    def readings(self) -> list[str]:
        """Return whether a seat would differ under another reading of the law; of the law as enacted only."""
        return reading_notes(self.after) if self.after and not self.scene.changes else []

    def swatch(self, party: str) -> str:
        """Return the colour of a party with its mark, as in the pictures."""
        look = self.looks.get(party)
        return _swatch(look) if look else ""

    def comparison(self) -> Comparison | None:
        """Return both results for the tables of the command line."""
        return Comparison(self.before, self.after) if self.before and self.after else None

    @property
    def n_areas(self) -> int:
        """How many districts there are."""
        result = self.after or self.before
        tiers = self.scene.election.tally.tiers
        return sum(len(set(tiers[tier].votes) - {NATION}) for tier in (result.areas if result else ()) if tier in tiers)

    def areas(self) -> list[dict[str, Any]]:
        """Return districts: who has the most votes, seats before and after."""
        result = self.after or self.before
        if result is None:
            return []
        return [row for tier in result.areas for row in self._areas_of(tier)]

    def _areas_of(self, tier: str) -> list[dict[str, Any]]:
        ballots = self.scene.election.tally.tiers.get(tier)
        if ballots is None or set(ballots.votes) <= {NATION}:
            return []
        before = self.before.areas.get(tier, {}) if self.before else {}
        after = self.after.areas.get(tier, {}) if self.after else {}
        out = []
        for area, votes in ballots.votes.items():
            now, was = self._by_party(after.get(area, {})), self._by_party(before.get(area, {}))
            first = max(votes, key=lambda c: votes[c], default=None)
            out.append(
                {"tier": tier, "area": area, "votes": sum(votes.values()), "seats": now, "before": was,
                 "first": self.scene.election.tally.party(first) if first else None,
                 "moved": sum(max(n - was.get(p, 0), 0) for p, n in now.items())}
            )  # fmt: skip
        return out

    def _by_party(self, seats: Mapping[str, int]) -> dict[str, int]:
        out: dict[str, int] = {}
        for contender, n in seats.items():
            party = self.scene.election.tally.party(contender)
            out[party] = out.get(party, 0) + n
        return out


@lru_cache(maxsize=256)
def _swatch(look: Look) -> str:
    dot = circle(6, 6, 5.5, look.fill, stroke=look.edge or "none", width=0.8) + marks(look, [(6, 6)], 5.5)
    return f'<svg class="swatch" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">{dot}</svg>'


def _measured(result: Result) -> dict[str, float]:
    from sailau.power import measures as m
    from sailau.power.shares import aligned

    votes, seats = result.tally.party_votes(), result.seats
    if not sum(votes.values()) or not sum(seats.values()):
        return {}
    _, v, s = aligned(votes, seats)
    out = [n / sum(votes.values()) for party, n in votes.items() if not seats.get(party) and party not in LINES]
    return {
        "gallagher": 100 * m.gallagher(v, s),
        "loosemore_hanby": 100 * m.loosemore_hanby(v, s),
        "enp_votes": m.effective_number(v),
        "enp_seats": m.effective_number(s),
        "wasted": 100 * sum(out),
        "largest_out": 100 * max(out, default=0.0),
    }


def look(desk: Desk, scene: Scene, words: Words) -> Seen:
    """Count a scene."""
    before: Result | None = None
    after: Result | None = None
    question: SailauError | None = scene.fault
    try:
        before = desk.in_force(scene.election.id)
    except SailauError as error:
        question = question or error
    if not scene.is_changed and not scene.decisions:
        return Seen(scene, words, before, before, question, desk.remember)
    try:
        decisions = {**scene.election.decisions, **scene.decisions}
        after = scene.changed.count(scene.election.tally, decisions=decisions)
        question = scene.fault
    except SailauError as error:
        question = scene.fault or error
    return Seen(scene, words, before, after if scene.fault is None else None, question, desk.remember)
