"""Days as people write them beside polls: one day or a range, in numbers or words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sailau.files.counts import Fault
from sailau.files.tables import Value

_MONTHS = (
    ("jan", "янв", "қаң"),
    ("feb", "фев", "ақп"),
    ("mar", "мар", "нау", "mär", "mrt"),
    ("apr", "апр", "сәу"),
    ("may", "май", "мая", "мам", "maj", "mai", "mei"),
    ("jun", "июн", "мау"),
    ("jul", "июл", "шіл"),
    ("aug", "авг", "там", "ago"),
    ("sep", "сен", "қыр", "set"),
    ("oct", "окт", "қаз", "okt", "out"),
    ("nov", "ноя", "қар"),
    ("dec", "дек", "жел", "dez", "dic"),
)
_NUMBER = {name: i + 1 for i, names in enumerate(_MONTHS) for name in names}
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
_BASIC = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)")
_WEEK = re.compile(r"(?:week (?:of|beginning|commencing)|w/c|неделя с|апта) ", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? ([^\W\d]+)\.?,? (\d{4})")
_KAZAKH = re.compile(r"(\d{4})(?: ?ж\.?| жыл\w*)?,? (\d{1,2})[- ]?(?:і|ы|сі|сы)? ([^\W\d]+)\.?")
_AMERICAN = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_AMERICAN_RANGE = re.compile(r"([^\W\d]+)\.? (\d{1,2}) ?- ?(?:([^\W\d]+)\.? )?(\d{1,2}),? (\d{4})")
_PART = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?(?: ([^\W\d]+)\.?|([./-])(\d{1,2})\.?)?")
_DASH = re.compile(r"\s*[–—−‒―]\s*|\s+(?:to|till|until|по|до|bis|til)\s+|\s+-\s+|\s*\.\.\.?\s*")
_YEAR = re.compile(r"\s*(?:г\.?|года|ж\.?|жыл\w*)$")
_EXAMPLE = "write it as 2023-03-19, a range as 2023-03-12 – 2023-03-19"


class Span(NamedTuple):
    """The first and the last day of a poll."""

    start: date
    end: date


def day_first(values: Iterable[Value]) -> bool | None:
    """Return whether dates such as 03/04/2022 have the day first; None where nothing in the column shows it."""
    first = second = False
    for value in values:
        for a, mark, b, _ in _NUMERIC.findall(value) if isinstance(value, str) else ():
            first |= int(a) > 12 or mark == "."
            second |= int(b) > 12 and mark != "."
    return first if first != second else None


def read_days(value: Value, first: bool | None) -> Span | Fault:  # noqa: FBT001 - three answers, told by day_first
    """Read a cell as a day or a range of days.

    Parameters
    ----------
    value : Value
    first : bool or None
        What `day_first` says of the column.
    """
    if isinstance(value, datetime):
        return Span(value.date(), value.date())
    if isinstance(value, date):
        return Span(value, value)
    if isinstance(value, int) and _BASIC.fullmatch(str(value)):
        value = str(value)
    if isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(r"[34]\d{4}", value.strip())):
        hint = "a spreadsheet counts days so: format the column as dates, and save the file again"
        return Fault("E301", f"{value} is a number, not a date", hint)
    if not isinstance(value, str) or not value.strip():
        return Fault("E301", "the date is missing", _EXAMPLE)
    text = _YEAR.sub("", " ".join(value.replace("\u00a0", " ").split()))
    try:
        found = _one(text, first) or _range(text, first) or _week(text, first)
    except ValueError:
        return Fault("E301", f"{value!r} names a day that does not exist", _EXAMPLE)
    if found is None:
        return Fault("E301", f"{value!r} is no date that can be read", _EXAMPLE)
    return found


def _one(text: str, first: bool | None) -> Span | Fault | None:  # noqa: FBT001 - see read_days
    """Return a single day."""
    if found := _ISO.fullmatch(text):
        return _span(int(found[1]), int(found[2]), int(found[3]))
    if found := _BASIC.fullmatch(text):
        return _span(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.fullmatch(text):
        a, b, year = int(found[1]), int(found[3]), _year(found[4])
        if found[2] != "." and max(a, b) <= 12 and a != b and first is None:
            what = f"{text} is {date(year, b, a)} or {date(year, a, b)}; no other date shows which"
            return Fault("E302", what, "write it as 2023-03-19: year, month, day")
        return _span(year, b, a) if found[2] == "." or first or a > 12 else _span(year, a, b)
    if found := _WORDED.fullmatch(text):
        month = _month(found[2])
        return _span(int(found[3]), month, int(found[1])) if month else None
    if found := _KAZAKH.fullmatch(text):
        month = _month(found[3])
        return _span(int(found[1]), month, int(found[2])) if month else None
    if found := _AMERICAN.fullmatch(text):
        month = _month(found[1])
        return _span(int(found[3]), month, int(found[2])) if month else None
    return None


def _week(text: str, first: bool | None) -> Span | Fault | None:  # noqa: FBT001 - see read_days
    """Return a week by its first day."""
    if week := _WEEK.match(text):
        day = _one(text[week.end() :], first)
        return Span(day.start, day.start + timedelta(days=6)) if isinstance(day, Span) else day
    return None


def _range(text: str, first: bool | None) -> Span | Fault | None:  # noqa: FBT001 - see read_days
    """Return a range: two days, or one whose beginning takes month and year from its end."""
    if found := _AMERICAN_RANGE.fullmatch(_DASH.sub("-", text)):
        start, end = _month(found[1]), _month(found[3] or found[1])
        if start and end:
            return _ordered(int(found[5]), start, int(found[2]), date(int(found[5]), end, int(found[4])))
    for left, right in _splits(text):
        end_day = _one(right, first)
        if isinstance(end_day, Fault):
            return end_day
        if end_day is None:
            continue
        begin = _one(left, first)
        if isinstance(begin, Fault):
            return begin
        if begin:
            return Span(begin.start, end_day.end)
        if part := _PART.fullmatch(left):
            return _from_part(part, end_day.end)
    return None


def _from_part(part: re.Match[str], end: date) -> Span | None:
    """Return the range whose beginning is a day, or a day and a month."""
    month = _month(part[2]) if part[2] else int(part[4]) if part[4] else end.month
    return _ordered(end.year, month, int(part[1]), end) if month else None


def _splits(text: str) -> Iterable[tuple[str, str]]:
    if found := _DASH.search(text):
        yield text[: found.start()], text[found.end() :]
    for found in re.finditer(r"\s*[-/]\s*", text):
        yield text[: found.start()], text[found.end() :]


def _ordered(year: int, month: int, day: int, end: date) -> Span:
    """Return the range; a beginning later in the year than the end is of the year before."""
    start = date(year, month, day)
    return Span(start if start <= end else date(year - 1, month, day), end) if month != end.month else Span(start, end)


def _span(year: int, month: int, day: int) -> Span:
    made = date(year, month, day)
    return Span(made, made)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _month(word: str) -> int | None:
    return _NUMBER.get(word.casefold()[:3])
