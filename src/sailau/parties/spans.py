"""Terms of a law: three months, sixty days, nineteen working days, counted as calendars count."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from sailau.terms.speech import say

_SPELLED = re.compile(r"(\d{1,4}) (day|month|year|working day)s?")


@dataclass(frozen=True, slots=True)
class Span:
    """A term.

    Attributes
    ----------
    months, days, working : int
        One of them is meant; working days run from Monday to Friday, for holidays are not known here.
    """

    months: int = 0
    days: int = 0
    working: int = 0

    @classmethod
    def of(cls, text: str) -> Span:
        """Read ``3 months``, ``60 days`` or ``19 working days``.

        Raises
        ------
        ValueError
            It is no term.

        Examples
        --------
        >>> Span.of("3 months")
        Span(months=3, days=0, working=0)
        """
        found = _SPELLED.fullmatch(str(text).strip())
        if not found:
            sentence = "{text!r} is no term; write for instance '3 months', '60 days' or '19 working days'"
            raise ValueError(say(sentence, text=text))
        number, unit = int(found[1]), found[2]
        if unit == "day":
            return cls(days=number)
        return cls(working=number) if unit == "working day" else cls(months=number * (12 if unit == "year" else 1))

    def after(self, day: date) -> date:
        """Return the last day of the term that begins on `day`.

        A term of months ends on the same day of the month, or on the last one there is.

        Examples
        --------
        >>> Span(months=3).after(date(2022, 11, 30))
        datetime.date(2023, 2, 28)
        """
        if self.working:
            return _workdays(day, self.working, 1)
        return _months(day, self.months) + timedelta(days=self.days)

    def before(self, day: date) -> date:
        """Return the day that lies a term before `day`."""
        if self.working:
            return _workdays(day, self.working, -1)
        return _months(day, -self.months) - timedelta(days=self.days)

    def __str__(self) -> str:
        number = self.months or self.working or self.days
        if self.months:
            return say("1 month") if number == 1 else say("{n} months", n=number)
        if self.working:
            return say("1 working day") if number == 1 else say("{n} working days", n=number)
        return say("1 day") if number == 1 else say("{n} days", n=number)


def _months(day: date, number: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _workdays(day: date, number: int, step: int) -> date:
    while number:
        day += timedelta(days=step)
        number -= day.weekday() < 5
    return day
