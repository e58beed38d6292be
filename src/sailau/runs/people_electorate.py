"""The electorate of a population on the day of a census: cells, and what was assumed to get them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sailau.people.cube import InvalidPopulation
from sailau.people.electorate import STARTS, Electorate, electorate
from sailau.records.populations import PopulationRecord, load_population
from sailau.runs.people_future import future
from sailau.runs.people_start import Start, start
from sailau.terms.speech import quoted, say

FARTHEST = 200
"""Years that a projection may go ahead."""


def electorate_of(
    population: str | PopulationRecord,
    census: str | None = None,
    *,
    year: int | None = None,
    starts: Sequence[int] = STARTS,
    age: int | None = None,
    citizens: float | None = None,
    by_region: bool = True,
) -> Electorate:
    """Return citizens of voting age by region, group and band of age.

    Parameters
    ----------
    population : str or PopulationRecord
        An id such as ``kz``, a folder, or a record.
    census : str, optional
        The last one, or a user's own cells, unless named.
    year : int, optional
        A later year, to which the people are projected by their likeliest births, deaths and moves.
    starts : sequence of int
        Where bands of age begin.
    age : int, optional
        The voting age; that of the record by default, else 18.
    citizens : float, optional
        Share of citizens; the middle of the record's range by default.
    by_region : bool
        False for the whole country as one region.

    Raises
    ------
    NotFound, InvalidRecord, InvalidPopulation
        See `load_population`, `start` and `future`; or a year before that of the census.

    Examples
    --------
    >>> cells = electorate_of("kz")
    >>> cells.voters.shape, round(cells.total / 1e6, 1)
    ((20, 11, 4), 12.6)
    >>> later = electorate_of("kz", year=2036, by_region=False)
    >>> [f"{one.by('group')[0] / one.total:.1%}" for one in (cells, later)]  # Kazakhs among those who may vote
    ['66.9%', '71.9%']
    """
    record = load_population(population) if isinstance(population, str) else population
    found = start(record, census, by_region=by_region)
    found = found if year is None or year == found.day.year else _later(record, found, census, year)
    return of_start(found, record, starts=starts, age=age, citizens=citizens)


def _later(record: PopulationRecord, found: Start, census: str | None, year: int) -> Start:
    """Return the people of a later year, on the day of the census."""
    if year < found.day.year:
        raise InvalidPopulation(f"{year} is before {found.day}, the day on which people were counted")
    if year > found.day.year + FARTHEST:
        raise InvalidPopulation(f"{year} is more than {FARTHEST} years after {found.day}; no projection reaches so far")
    ahead = future(record, year - found.day.year, census=census, by_region=len(found.regions) > 1)
    day = found.day - timedelta(days=1) if (found.day.month, found.day.day) == (2, 29) else found.day
    return replace(
        found,
        people=ahead.central.cube.at(year),
        day=day.replace(year=year),
        assumptions=(say("people are projected from {day} on", day=found.day), *ahead.assumptions),
    )


def of_start(
    found: Start,
    record: PopulationRecord,
    *,
    starts: Sequence[int] = STARTS,
    age: int | None = None,
    citizens: float | None = None,
) -> Electorate:
    """Return the electorate of people that are at hand already."""
    rule = record.electorate
    years = age if age is not None else rule.age if rule else 18
    share = citizens if citizens is not None else float(rule.citizens.mid) if rule else 1.0
    assumed = [say("who is {years!s} or older on {day} and a citizen may vote", years=years, day=found.day)]
    if citizens is not None:
        assumed.append(say("{share:.1%} are citizens, as asked for", share=share))
    elif rule and rule.citizens.high != rule.citizens.low:
        span = say("{low:.1%} to {high:.1%}", low=float(rule.citizens.low), high=float(rule.citizens.high))
        assumed.append(
            say(
                "{share:.1%} are taken for citizens ({span} held possible); {why}",
                share=share,
                span=span,
                why=quoted(rule.why),
            )
        )
    else:
        assumed.append(rule.why if rule else say("everybody is taken for a citizen"))
    return electorate(
        found.people,
        found.regions,
        found.groups,
        found.day.year,
        age=years,
        citizens=share,
        starts=starts,
        assumptions=(*assumed, *found.assumptions),
    )
