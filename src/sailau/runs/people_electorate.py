"""The electorate of a population on the day of a census: cells, and what was assumed to get them."""

from __future__ import annotations

from collections.abc import Sequence

from sailau.people.electorate import STARTS, Electorate, electorate
from sailau.records.populations import PopulationRecord, load_population
from sailau.runs.people_start import Start, start
from sailau.terms.speech import quoted, say


def electorate_of(
    population: str | PopulationRecord,
    census: str | None = None,
    *,
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
        See `load_population` and `start`.

    Examples
    --------
    >>> cells = electorate_of("kz")
    >>> cells.voters.shape, round(cells.total / 1e6, 1)
    ((20, 11, 4), 12.6)
    """
    record = load_population(population) if isinstance(population, str) else population
    return of_start(start(record, census, by_region=by_region), record, starts=starts, age=age, citizens=citizens)


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
