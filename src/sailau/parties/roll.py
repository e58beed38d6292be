"""A roll of members as it counts: persons by area, and those who do not count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Roll:
    """Members of a party to be.

    Attributes
    ----------
    members : mapping of area to int
        Those who count: each person once, of age and a citizen, as far as the file says.
    day : date
        The day on which ages were reckoned.
    rows : int
        Rows of the file that hold a person.
    duplicates, minors, foreigners : int
        Rows that do not count.
    ages_known, citizens_known : bool
        Whether the file has dates of birth, and citizenship.
    """

    members: Mapping[str, int]
    day: date
    rows: int = 0
    duplicates: int = 0
    minors: int = 0
    foreigners: int = 0
    ages_known: bool = True
    citizens_known: bool = True
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Members who count, in all areas."""
        return sum(self.members.values())


def age_on(born: date, day: date) -> int:
    """Return full years of age on a day.

    Examples
    --------
    >>> age_on(date(2005, 1, 21), date(2023, 1, 20)), age_on(date(2005, 1, 20), date(2023, 1, 20))
    (17, 18)
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
