"""The whole chain of one country, gathered for a report: people, parties, votes, seats, power, alignment, claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sailau.align.agreement import Score, agreement
from sailau.align.differ import Sides, differ
from sailau.claims.figure import NoData
from sailau.claims.read import load_book
from sailau.claims.resolve import Resolution, resolve_all
from sailau.claims.rollcalls import read_source
from sailau.claims.world import World
from sailau.law.acts import Constitution, load_constitution
from sailau.law.edition import Law
from sailau.law.library import law_ids, load_editions
from sailau.locale import country_name
from sailau.parties.law import PartyLaw
from sailau.records.library import election_ids
from sailau.records.populations import PopulationRecord, load_population
from sailau.records.populations_censuses import Census
from sailau.records.registers import Cases, load_cases, load_party_editions, party_law_ids
from sailau.runs.replay import Replay
from sailau.terms.errors import NotFound, SailauError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Under:
    """The votes of one election under another edition: seats, or why the count stops."""

    law: Law
    seats: Mapping[str, int]
    stopped: str | None = None


@dataclass(frozen=True)
class Chain:
    """Everything that is recorded of a country; parts that nobody recorded are empty.

    Attributes
    ----------
    country, name : str
    on : date
    population : PopulationRecord, optional
    party_laws : tuple of PartyLaw
    cases : Cases, optional
    replays : tuple of Replay
        National elections, oldest first.
    house : str, optional
        The house with the most list elections; `last` is its newest one.
    under : tuple of Under
        The votes of the last election under every edition of its law, and of houses that succeeded it.
    constitution : Constitution, optional
        In force at the last election.
    agreement : tuple of Score
    sides : tuple of Sides
    resolutions : tuple of Resolution
    """

    country: str
    name: str
    on: date
    population: PopulationRecord | None
    party_laws: tuple[PartyLaw, ...]
    cases: Cases | None
    replays: tuple[Replay, ...]
    house: str | None
    under: tuple[Under, ...]
    constitution: Constitution | None
    agreement: tuple[Score, ...] = ()
    sides: tuple[Sides, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    gaps: tuple[str, ...] = field(default=())

    @property
    def whole_censuses(self) -> tuple[Census, ...]:
        """The censuses whose groups add up to everybody, oldest first."""
        record = self.population
        if record is None:
            return ()
        # Without a total there is no rest, and the named groups alone are no whole to take shares of.
        return tuple(c for c in record.censuses if record.rest is None or record.rest in c.people())

    @property
    def of_house(self) -> tuple[Replay, ...]:
        """The elections of the main house, oldest first."""
        return tuple(seen for seen in self.replays if seen.election.id.rpartition("/")[0] == self.house)

    @property
    def last(self) -> Replay | None:
        """The newest election of the main house."""
        return self.of_house[-1] if self.of_house else None


def gather(country: str, world: World) -> Chain:
    """Gather what is recorded of a country.

    Raises
    ------
    NotFound
        Nothing at all is recorded of it.
    """
    replays = _replays(country, world)
    population = _or_none(lambda: load_population(country, folders=world.populations))
    party_laws = load_party_editions(f"{country}/parties") if f"{country}/parties" in party_law_ids() else ()
    if not (replays or population or party_laws):
        raise NotFound("national election, population or law on parties of", country, listing="sailau elections")
    house = _main_house(replays)
    last = next((seen for seen in reversed(replays) if seen.election.id.rpartition("/")[0] == house), None)
    book = _or_none(lambda: load_book(country))
    scores, sides, gaps = _alignment(country, world)
    return Chain(
        country=country,
        name=population.name if population else country_name(country),
        on=world.on,
        population=population,
        party_laws=tuple(party_laws),
        cases=load_cases(country),
        replays=replays,
        house=house,
        under=_under(last, world) if last else (),
        constitution=load_constitution(country, last.election.day) if last else None,
        agreement=scores,
        sides=sides,
        resolutions=resolve_all(book, world) if book else (),
        gaps=gaps,
    )


def _or_none(make: Callable[[], T]) -> T | None:
    try:
        return make()
    except NotFound:
        return None


def _replays(country: str, world: World) -> tuple[Replay, ...]:
    names = [n for n in election_ids(folders=world.elections) if n.split("/")[0] == country]
    seen = [world.replay(name) for name in names]
    return tuple(
        sorted((s for s in seen if s.election.level == "national"), key=lambda s: (s.election.day, s.election.id))
    )


def _main_house(replays: Sequence[Replay]) -> str | None:
    """Return the house that filled most seats over all its elections."""
    seats: dict[str, int] = {}
    for seen in replays:
        name = seen.election.id.rpartition("/")[0]
        seats[name] = seats.get(name, 0) + sum(seen.house.values())
    return max(seats, key=lambda name: (seats[name], name)) if seats else None


def _under(last: Replay, world: World) -> tuple[Under, ...]:
    country, own = last.election.id.split("/")[0], last.law.id
    tiers = set(last.election.tally.tiers)
    others = [
        n for n in law_ids(folders=world.laws)
        if n.split("/")[0] == country and n != own and n.count("/") == own.count("/")
    ]  # fmt: skip
    editions = [*load_editions(own, folders=world.laws)]
    for name in others:
        later = load_editions(name, folders=world.laws)
        editions += [
            law for law in later if law.since > last.election.day and tiers & {tier.name for tier in law.tiers}
        ]
    out = []
    for law in editions:
        try:
            out.append(Under(law, law.count(last.election.tally, decisions=last.election.decisions).seats))
        except SailauError as cause:
            out.append(Under(law, {}, cause.what))
    return tuple(out)


def _alignment(country: str, world: World) -> tuple[tuple[Score, ...], tuple[Sides, ...], tuple[str, ...]]:
    try:
        calls = world.calls
    except NoData as gap:
        return (), (), (gap.needed,)
    if country not in calls.voters:
        return (), (), (f"roll calls of {country}",)
    about = read_source(world.rollcall_folder)
    by = ",".join(about.periods) or None
    others = [pole for pole in about.poles if pole in calls.voters and pole != country]
    scores = agreement(calls, country, others, by=by, measure="same", undated="leave_out")
    pairs = [(a, b) for i, a in enumerate(others) for b in others[i + 1 :]]
    sides = tuple(s for a, b in pairs for s in differ(calls, country, a, b, by=by, undated="leave_out"))
    return scores, sides, ()
