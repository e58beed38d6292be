"""Three languages: words by key, numbers and dates as each language writes them, names of data with a fallback."""

from __future__ import annotations

from sailau.locale.catalogue import LANGUAGES, catalogue, country_name, language, text
from sailau.locale.names import name_in, short_name
from sailau.locale.numerals import day, number, percent, signed

__all__ = [
    "LANGUAGES",
    "catalogue",
    "country_name",
    "day",
    "language",
    "name_in",
    "number",
    "percent",
    "short_name",
    "signed",
    "text",
]
