"""Rows of the tables of a population: one frozen type for each file, each column read by its type or refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sailau.files.csvs import rows_of, whole
from sailau.terms.errors import InvalidRecord, Place

ALL = "all"
"""Instead of a region or a group: all of them."""

CONFIDENCE = ("read", "secondary", "derived", "unverified")
"""Read in a copy of the source; in one secondary source; computed from other rows; from memory or a weak page."""

SEXES = ("female", "male")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Count:
    """People of a group at a census, on one of the bases on which it was published."""

    census: str
    basis: str
    group: str
    people: int
    rounded: int
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """People of a group between censuses, from a register or an estimate."""

    on: date
    kind: str
    group: str
    people: int
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Composition:
    """A group in a region: `value` in people, in percent of the region, or percent at least."""

    on: date
    region: str
    group: str
    value: float
    unit: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """A part of a region that became a region of its own, with its people in the year of the split."""

    on: date
    from_: str
    to: str
    people: int
    source: str


@dataclass(frozen=True, slots=True)
class Year:
    """People of a region on 1 January."""

    year: int
    region: str
    people: int


@dataclass(frozen=True, slots=True)
class Span:
    """People of a region in a span of ages, both ends included; no `to_age` is "and older"."""

    year: int
    region: str
    sex: str
    from_age: int
    to_age: int | None
    people: int


@dataclass(frozen=True, slots=True)
class National:
    """A calendar year of the country: events, rates, years of life expected, boys for each girl born."""

    year: int
    births: int
    deaths: int
    migration: int
    tfr: float
    e0_female: float
    e0_male: float
    sex_ratio: float


@dataclass(frozen=True, slots=True)
class Risk:
    """Deaths for each person-year from `age` to the next age listed, in the five years from `since`."""

    since: int
    sex: str
    age: int
    rate: float


@dataclass(frozen=True, slots=True)
class Bearing:
    """Share of fertility that falls to the five years from `age`, in the five years from `since`."""

    since: int
    age: int
    share: float


@dataclass(frozen=True, slots=True)
class Ages:
    """People of the country in the five years from `age`, on 1 July."""

    year: int
    sex: str
    age: int
    people: int


@dataclass(frozen=True, slots=True)
class Repatriates:
    """People who had come back by a day, since the beginning."""

    on: date
    people: int
    source: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Moves over the border in a period: people, or percent of all who moved that way."""

    period: str
    flow: str
    group: str
    value: float
    unit: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Language:
    """Percent of a group who know or use a language."""

    on: date
    what: str
    of: str
    percent: float
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Expectancy:
    """Years of life expected at birth in a region."""

    year: int
    region: str
    years: float


TABLES: Mapping[str, type[Any]] = {
    "censuses": Count,
    "estimates": Estimate,
    "composition": Composition,
    "crosswalk": Crossing,
    "series": Year,
    "age_sex": Span,
    "national": National,
    "mortality": Risk,
    "fertility": Bearing,
    "ages": Ages,
    "repatriation": Repatriates,
    "migration": Flow,
    "languages": Language,
    "life_expectancy": Expectancy,
}
"""The tables of a population by the name of their file; all of them are optional."""


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table by the name of its file."""
    return tuple(part.name.rstrip("_") for part in fields(TABLES[table]))


def lacking(table: str) -> str:
    """Return what to do where a table is needed and not there."""
    return f"add {table}.csv with the columns {', '.join(columns_of(table))}"


def read_rows(kind: type[R], path: Path, known: Mapping[str, Collection[str]]) -> tuple[R, ...]:
    """Read a table.

    Parameters
    ----------
    kind : type
        One of `TABLES`.
    path : Path
    known : mapping of column to names
        What may stand in a column: regions, groups, sources.

    Raises
    ------
    InvalidRecord
        With line and column name: a cell that its column cannot hold, a name that is not known, a row twice.
    """
    parts = fields(kind)  # type: ignore[arg-type]  # every table is a dataclass
    names = [part.name.rstrip("_") for part in parts]
    out: list[R] = []
    seen: dict[tuple[Any, ...], int] = {}
    for line, row in rows_of(path, names, (), InvalidRecord):
        values = [_cell(row[n], n, str(p.type), path, line, known) for n, p in zip(names, parts, strict=True)]
        key = tuple(v for v, p in zip(values, parts, strict=True) if str(p.type) not in ("int", "float") or _is_key(p))
        if key in seen:
            what = f"the row {', '.join(str(part) for part in key)} stands twice; first in line {seen[key]}"
            raise InvalidRecord(what, place=Place(str(path), line))
        seen[key] = line
        out.append(kind(*values))
    return tuple(out)


def _is_key(part: Any) -> bool:
    return part.name in ("year", "since", "age", "from_age")


def _cell(text: str, name: str, kind: str, path: Path, line: int, known: Mapping[str, Collection[str]]) -> Any:
    column = {"from": "region", "to": "region", "of": "group"}.get(name, name)
    if column in known and text not in known[column]:
        raise InvalidRecord(
            f"{name} is {text!r}, which is no {column} of this population",
            place=Place(str(path), line),
            hint=f"known: {', '.join(known[column])}",
        )
    return READERS[kind](text, name, path, line)


def _number(text: str, name: str, path: Path, line: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise InvalidRecord(f"{name} is {text!r}; a number from 0 on is needed", place=Place(str(path), line))
    return value


def year_of(text: str, name: str, path: Path, line: int) -> int:
    """Return a year of the calendar.

    Raises
    ------
    InvalidRecord
        It is none, or not one of 1 … 9999.
    """
    year = whole(text, name, path, line, InvalidRecord)
    if not 1 <= year <= date.max.year:
        raise InvalidRecord(f"{name} is {text}, which is no year of the calendar", place=Place(str(path), line))
    return year


def _signed(text: str, name: str, path: Path, line: int) -> int:
    if name in ("year", "since"):
        return year_of(text, name, path, line)
    if name == "migration" and text.startswith("-"):
        return -whole(text[1:], name, path, line, InvalidRecord)
    return whole(text, name, path, line, InvalidRecord)


def _day(text: str, name: str, path: Path, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidRecord(f"{name} is {text!r}; a day is written 2021-09-01", place=Place(str(path), line)) from None


READERS: Mapping[str, Callable[[str, str, Path, int], Any]] = {
    "str": lambda text, *_: text,
    "int": _signed,
    "int | None": lambda text, *where: None if text == "" else _signed(text, *where),
    "float": _number,
    "date": _day,
}


def by(rows: Iterator[R] | Collection[R], name: str) -> dict[Any, list[R]]:
    """Return rows by the value of one column, in the order of the file."""
    found: dict[Any, list[R]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found
