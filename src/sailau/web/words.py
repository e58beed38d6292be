"""The words of the pages in the language of the reader, and how that language writes numbers and days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sailau import locale
from sailau.records.election import Election
from sailau.records.heads import Head
from sailau.records.houses import election_name, house_name, house_names
from sailau.report.table import Table
from sailau.terms.numbers import percent
from sailau.terms.speech import quoted

EMPTY = "–"
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_FIGURE = re.compile(r"[-+]?\d+\.\d+|[-+]?\d+(?:\.\d+)?%")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, as the templates ask for them."""

    lang: str = "en"

    def has(self, key: str) -> bool:
        """Say whether the pages have a text of that key."""
        return f"web.{key}" in locale.catalogue(self.lang)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return a text of the pages, filled in; ``n`` chooses the plural form."""
        return locale.text(f"web.{key}", self.lang, **values)

    def first(self, *keys: str) -> str:
        """Return the text of the first key that there is, else the last key in plain words."""
        for key in keys:
            if self.has(key):
                return self(key)
        return keys[-1].rsplit(".", 1)[-1].replace("_", " ")

    def name(self, names: Mapping[str, str], fallback: str) -> str:
        """Return a name of the data in this language."""
        return locale.name_in(names, self.lang, fallback)

    def election(self, election: Election) -> str:
        """Return the name of an election."""
        return election_name(election, self.lang)

    def head(self, head: Head) -> str:
        """Return the name of an election in a list: the record's own in English, else the house and the day."""
        house = head.election.rpartition("/")[0]
        if self.lang == "en" or house not in house_names():
            return head.name if self.lang == "en" else quoted(head.name)
        return f"{house_name(house, self.lang)}, {self.day(head.day)}"

    def number(self, value: int | None) -> str:
        """Return a whole number with its thousands apart."""
        return EMPTY if value is None else locale.number(value, self.lang)

    def decimal(self, value: float | Fraction | None, places: int = 1) -> str:
        """Return a number with a fixed number of decimals."""
        return EMPTY if value is None else locale.number(value, self.lang, places)

    def percent(self, value: float | Fraction | None, places: int = 1) -> str:
        """Return a share in percent."""
        return EMPTY if value is None else locale.percent(value, self.lang, places)

    def share(self, value: Fraction) -> str:
        """Return an exact share as short as it can be said: 5%, 3,25%, 1/3."""
        short = percent(value)
        if "/" in short:
            return short
        places = len(short.rstrip("%").partition(".")[2])
        return locale.percent(value, self.lang, places)

    def box(self, text: str) -> str:
        """Return a plain number as it stands in a box: with the decimal mark of the language."""
        return text if self.lang == "en" else text.replace(".", ",")

    def option(self, value: str) -> str:
        """Return the words of a choice: of a formula, a rule for ties, a base, or several of them."""
        if self.has(f"option.{value}"):
            return self(f"option.{value}")
        for mark in (" · ", ","):
            if mark in value:
                return ", ".join(self.option(part.strip()) for part in value.split(mark))
        return value.replace("_", " ")

    def code(self, cell: object) -> str:
        """Return a cell that holds a code of the data (a tier, a line, a rule) in words, any other as it is shown."""
        for room in ("tier", "line", "role", "all"):
            if isinstance(cell, str) and self.has(f"{room}.{cell}"):
                return self(f"{room}.{cell}")
        is_code = isinstance(cell, str) and self.has(f"option.{cell.partition(',')[0]}")
        return self.option(str(cell)) if is_code else self.cell(cell)

    def cell(self, value: object) -> str:
        """Return a cell of a table."""
        if value is None or value == "":
            return EMPTY
        if isinstance(value, bool):
            return self("option.true" if value else "option.false")
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, float):
            return self.decimal(value, 3)
        if isinstance(value, date):
            return self.day(value)
        text = str(value)
        if self.is_day(text):
            return self.day(date.fromisoformat(text))
        if not self.is_figure(text):
            return text
        if text.endswith("%"):
            places = len(text[:-1].partition(".")[2])
            return self.percent(Fraction(text[:-1]) / 100, places)
        return self.box(text)

    @staticmethod
    def is_day(value: object) -> bool:
        """Say whether a cell is a day."""
        return isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value) is not None)

    @staticmethod
    def is_figure(value: object) -> bool:
        """Say whether a cell is a number, or a percentage, that is written out."""
        return isinstance(value, str) and _FIGURE.fullmatch(value) is not None

    def is_number(self, table: Table, column: int) -> bool:
        """Say whether a column holds numbers, written out or not."""
        cells = [row[column] for row in table.rows if row[column] not in (None, "")]
        return table.is_number(column) or (bool(cells) and all(self.is_figure(cell) for cell in cells))

    def signed(self, value: int) -> str:
        """Return a change with its sign; nothing for none."""
        return locale.signed(value, self.lang) if value else ""

    def points(self, value: float | None) -> str:
        """Return a difference of shares in points of a percent, with its sign."""
        return EMPTY if value is None else locale.signed(round(value, 1), self.lang, 1)

    def day(self, value: date | None) -> str:
        """Return a day."""
        return EMPTY if value is None else locale.day(value, self.lang)


def reader(asked: str | None, accepted: str, default: str) -> Words:
    """Return the words of the language asked for, else of the best that the browser accepts, else the default."""
    for part in [asked or "", *accepted.split(",")]:
        code = part.split(";")[0].strip().lower().split("-")[0]
        if code in locale.LANGUAGES:
            return Words(code)
    return Words(default)
