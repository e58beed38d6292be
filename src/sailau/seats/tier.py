"""A tier: a level that fills seats, counted from its first step to its last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from sailau.seats.count import Count, Decisions, Step, flat, run, start
from sailau.seats.leave import TakeOver
from sailau.seats.options import check_options
from sailau.terms.errors import InvalidRecord, InvalidSeats, InvalidVotes, MissingFigure, SeatsLeft
from sailau.terms.numbers import check_votes
from sailau.terms.speech import say
from sailau.terms.tally import LINES, NATION, Ballots, Tally
from sailau.terms.trail import Entry

LARGEST = 1_000_000
"""Seats that a tier can have: all councils of a country together have some ten thousands."""

District = Literal["nationwide", "single_member", "multi_member"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A level of a law that fills seats.

    Attributes
    ----------
    name : str
    seats : int, optional
        None where each election's decree fixes the number.
    district : str
        nationwide, single_member or multi_member.
    ballot : str
        closed_list, open_list, candidate, ranked or none.
    steps : tuple of Step
    magnitudes : mapping of str to int
        Seats of the districts, where the law fixes them.
    votes : str, optional
        The tier whose votes are counted here, when it is another one (a compensatory tier). Its own votes count where
        a tally holds no others: national totals.
    areas : str
        ``district``, or ``region`` where the districts are joined to the larger units that they lie in.
    lines : str
        ``contender``, or ``party`` where candidates' votes are added up for the parties that they stand for (one vote
        for both); independents stay by themselves.
    """

    name: str
    seats: int | None
    district: District
    ballot: str
    steps: tuple[Step, ...]
    magnitudes: Mapping[str, int] = field(default_factory=dict)
    votes: str | None = None
    areas: Literal["district", "region"] = "district"
    lines: Literal["contender", "party"] = "contender"

    def __post_init__(self) -> None:
        """Refuse a word that the tier or a step of it does not know."""
        check_options(self.name, self)
        for step in flat(self.steps):
            check_options(step.name, step)

    @property
    def needs_votes(self) -> bool:
        """Say whether votes of the people fill this tier."""
        return self.ballot != "none"

    def count(
        self,
        tally: Tally,
        *,
        done: Mapping[str, Count],
        decisions: Decisions,
        trail: tuple[Entry, ...] | None,
    ) -> Count:
        """Return the finished count of this tier.

        Raises
        ------
        SeatsLeft
            The steps place fewer or more seats than the tier has.
        """
        count = run(self.steps, self.begin(tally, done=done, decisions=decisions, trail=trail))
        left = count.left()
        if left:
            raise SeatsLeft(left, where=self.name, standing=count.total_placed(), hint=self._lacking(count, left))
        return count

    def _lacking(self, count: Count, left: int) -> str | None:
        """Say that districts are missing from the votes, where these would have the seats that are left."""
        had = sum(part.seats for part in count.areas.values())
        if not count.areas or not had or had + left != count.seats:
            return None
        return say(
            "the votes are of {n:,} districts, which have {had:,} of its {seats:,} seats: some district is missing, or"
            " these are the votes of another tier",
            n=len(count.areas),
            had=had,
            seats=count.seats,
        )

    def begin(
        self,
        tally: Tally,
        *,
        done: Mapping[str, Count],
        decisions: Decisions,
        trail: tuple[Entry, ...] | None = None,
    ) -> Count:
        """Return the count of this tier before its first step."""
        ballots = self._ballots(tally)
        for area, votes in ballots.votes.items():
            self._check(area, votes)
        magnitudes = self._magnitudes(ballots)
        seats = self._seats(ballots, magnitudes)
        for area, n in {NATION: seats, **magnitudes}.items():
            if not 0 <= n <= LARGEST:
                what = say("{name}, {area}: {n:,} seats", name=self.name, area=area, n=n)
                raise InvalidSeats(what, hint=say("a number from 0 to {largest:,}", largest=LARGEST))
        return start(tally, ballots, self.name, seats, magnitudes, done=done, decisions=decisions, trail=trail)

    def _ballots(self, tally: Tally) -> Ballots:
        own = tally.tiers.get(self.name) or Ballots({})
        votes = own if self.votes is None else tally.tiers.get(self.votes)
        if votes is None:
            return own
        if self.votes is not None:
            votes = replace(by_region(votes) if self.areas == "region" else votes, seats=own.seats)
        return by_party(votes, tally) if self.lines == "party" else votes

    def _check(self, area: str, votes: Mapping[str, int]) -> None:
        try:
            check_votes(votes)
        except InvalidVotes as error:
            raise InvalidVotes(f"{self.name}, {area}: {error.what}", hint=error.hint) from None

    def _magnitudes(self, ballots: Ballots) -> dict[str, int]:
        if self.district == "nationwide":
            return {}
        if self.district == "single_member":
            return dict.fromkeys(ballots.votes, 1)
        if any(getattr(step, "forms_magnitudes", False) for step in self.steps):
            return dict.fromkeys(ballots.votes, 0)  # a step of the law shares the seats out among the districts
        none = 0 if any(isinstance(step, TakeOver) for step in self.steps) else None  # found by a step
        given = {area: self.magnitudes.get(area, ballots.seats.get(area, none)) for area in ballots.votes}
        known = {area: n for area, n in given.items() if n is not None}
        missing = sorted(given.keys() - known.keys())
        if missing == [NATION]:
            raise MissingFigure(
                say("{name}: the votes name no districts, and the law counts each district by itself", name=self.name),
                hint=say("give the district of each row; where the whole is one district, give its seats (--seats)"),
            )
        if missing:
            raise MissingFigure(
                say(
                    "{name}: the number of seats of {missing} is not known",
                    name=self.name,
                    missing=", ".join(missing[:5]),
                ),
                hint=say("give it in the law (magnitudes) or in districts.csv of the election"),
            )
        return known

    def _seats(self, ballots: Ballots, magnitudes: Mapping[str, int]) -> int:
        seats = self.seats if self.seats is not None else ballots.seats.get(NATION)
        if seats is None:
            if not magnitudes and (self.votes is not None or any(_finds_seats(step) for step in self.steps)):
                return 0  # left to the steps: what other tiers leave over, or what they add
            if not magnitudes:
                raise MissingFigure(
                    say("{name}: neither the law nor the tally says how many seats there are", name=self.name),
                    hint=say("say how many: --seats N, or in districts.csv of the election"),
                )
            return sum(magnitudes.values())
        if magnitudes and sum(magnitudes.values()) > seats:
            raise InvalidRecord(
                say(
                    "{name}: the districts have {given} seats, the law gives the tier {seats}",
                    name=self.name,
                    given=sum(magnitudes.values()),
                    seats=seats,
                ),
                hint=say("check the areas of the votes: an area that is no district, or one under two names"),
            )
        return seats


def _finds_seats(step: Step) -> bool:
    """Say whether a step itself finds how many seats the tier has."""
    return bool(getattr(step, "total", None) or getattr(step, "opens", False))


def by_region(ballots: Ballots) -> Ballots:
    """Return the ballots with the districts of each region joined.

    Raises
    ------
    MissingFigure
        A district whose region is not known.
    """
    parts: dict[str, list[str]] = {}
    for area in ballots.votes:
        if area not in ballots.regions:
            raise MissingFigure(
                say("the region of {area} is not known", area=area),
                hint=say("give it in districts.csv of the election"),
            )
        parts.setdefault(ballots.regions[area], []).append(area)
    votes = {region: _sum([ballots.votes[area] for area in areas]) for region, areas in parts.items()}
    totals = {region: _sum_known([ballots.totals.get(area, {}) for area in areas]) for region, areas in parts.items()}
    return Ballots(votes, {NATION: ballots.totals.get(NATION, {}), **totals})


def by_party(ballots: Ballots, tally: Tally) -> Ballots:
    """Return the ballots with the votes of candidates added up for their parties; independents keep their own line."""
    names = {line: party_line(line, tally) for lines in ballots.votes.values() for line in lines}
    votes = {area: _sum([{names[line]: n} for line, n in lines.items()]) for area, lines in ballots.votes.items()}
    return replace(ballots, votes=votes, rankings={})


def party_line(line: str, tally: Tally) -> str:
    """Return the line on which a candidate's votes are added up."""
    return line if line in LINES or tally.contender(line).kind == "independent" else tally.party(line)


def _sum(parts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        for name, n in part.items():
            total[name] = total.get(name, 0) + n
    return total


def _sum_known(parts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Return the sums of the figures that every part has."""
    return {name: sum(part[name] for part in parts) for name in parts[0] if all(name in part for part in parts)}
