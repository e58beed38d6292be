"""Numbers, shares and days as a language writes them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from sailau.terms.numbers import decimal
from sailau.terms.speech import THIN, marks

MINUS = "\u2212"
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_DAYS = {
    "en": "{day}\u00a0{month} {year}",
    "kk": "{year} жылғы {day}\u00a0{month}",
    "ru": "{day}\u00a0{month} {year}\u00a0года",
}


def number(value: int | float | Fraction, lang: str = "en", places: int = 0) -> str:
    """Return a number with a fixed number of decimals, rounded half up from its exact value.

    Examples
    --------
    >>> number(6366441), number(2.5, "kk", 1)
    ('6,366,441', '2,5')
    """
    shown = marks(decimal(Fraction(value), places), lang)
    negative = shown.startswith("-") and any(sign not in "-0,." for sign in shown)
    return f"{MINUS}{shown[1:]}" if negative else shown.removeprefix("-")


def signed(value: int | float | Fraction, lang: str = "en", places: int = 0) -> str:
    """Return a change with its sign: ``+3``, ``−3``, ``0``."""
    shown = number(value, lang, places)
    is_positive = value > 0 and any(sign not in "0,." for sign in shown)
    return f"+{shown}" if is_positive else shown


def percent(value: float | Fraction, lang: str = "en", places: int = 1) -> str:
    """Return a share in [0, 1] as a percentage; Russian keeps a space before the sign, English and Kazakh none.

    Examples
    --------
    >>> percent(Fraction(539, 1000)), percent(Fraction(539, 1000), "kk")
    ('53.9%', '53,9%')
    """
    return f"{number(Fraction(value) * 100, lang, places)}{THIN if lang == 'ru' else ''}%"


def day(value: date, lang: str = "en") -> str:
    """Return a day in words, day and month held together.

    ``19 March 2023``, ``2023 жылғы 19 наурыз``, ``19 марта 2023 года``
    """
    month = _MONTHS[lang].split()[value.month - 1]
    return _DAYS[lang].format(day=value.day, month=month, year=value.year)
