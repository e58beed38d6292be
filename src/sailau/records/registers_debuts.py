"""Debuts of comparable lists: a coded table with its rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

from sailau.files.csvs import rows_of
from sailau.files.document import read_document
from sailau.files.forms import Form, Names, check
from sailau.files.places import shipped
from sailau.records.registers import ROOM
from sailau.terms.errors import InvalidRecord, Place
from sailau.terms.numbers import exact

COLUMNS = ("country", "held_on", "list", "kind", "share", "bar", "passed", "successor", "free", "source")
Kind = Literal["cross_ethnic", "minority"]


class DebutsForm(Form):
    """The rules of the table."""

    debuts: str
    rules: Names
    sources: dict[str, str]
    notes: Names = ()


@dataclass(frozen=True, slots=True)
class Debut:
    """The first election of a list.

    Attributes
    ----------
    country : str
    held_on : date
    list : str
    kind : str
        cross_ethnic or minority.
    share, bar : Fraction
    passed, successor, free : bool
    source : str
    """

    country: str
    held_on: date
    list: str
    kind: Kind
    share: Fraction
    bar: Fraction
    passed: bool
    successor: bool
    free: bool
    source: str


@dataclass(frozen=True, slots=True)
class Debuts:
    """The table and what it rests on."""

    cases: tuple[Debut, ...]
    name: str
    rules: tuple[str, ...]
    notes: tuple[str, ...]


def load_debuts(*, folders: Sequence[Path] = ()) -> Debuts:
    """Return the debuts that ship, or those of a user's folder of registers.

    Raises
    ------
    InvalidRecord
        A row that contradicts itself: passed below the bar, a kind or a word that is none.
    """
    for folder in (*folders, shipped(ROOM)):
        if (folder / "debuts.csv").is_file():
            return _read(folder)
    raise InvalidRecord("there is no debuts.csv", hint="put it into the folder of registers")


def _read(folder: Path) -> Debuts:
    form = check(DebutsForm, read_document(folder / "debuts.yaml", InvalidRecord), InvalidRecord)
    path = folder / "debuts.csv"
    cases = []
    for line, row in rows_of(path, COLUMNS, (), InvalidRecord):
        try:
            cases.append(_debut(row))
        except ValueError as fault:
            raise InvalidRecord(str(fault), place=Place(str(path), line)) from None
        if row["source"].partition("/")[0] not in {*form.sources, "elections"}:
            raise InvalidRecord(f"the source {row['source']!r} is not listed", place=Place(str(path), line))
    return Debuts(tuple(cases), form.debuts, form.rules, form.notes)


def _debut(row: dict[str, str]) -> Debut:
    kind = row["kind"]
    if kind not in ("cross_ethnic", "minority"):
        raise ValueError(f"the kind is {kind!r}; it is cross_ethnic or minority")
    share, bar = exact(f"{row['share']}%"), exact(f"{row['bar']}%")
    marks = {name: _yes(row[name], name) for name in ("passed", "successor", "free")}
    if marks["passed"] != (share >= bar):
        raise ValueError(
            f"{row['list']}: {row['share']}% against a bar of {row['bar']}%, yet passed is {row['passed']}"
        )
    day = date.fromisoformat(row["held_on"])
    return Debut(row["country"], day, row["list"], kind, share, bar, source=row["source"], **marks)  # type: ignore[arg-type]  # kind and marks were checked


def _yes(text: str, name: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"{name} is {text!r}; it is yes or no")
    return text == "yes"
