"""Successions: which party went on as which, so that a change of name or a merger is not a change of voters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field

from sailau.files.document import read_document
from sailau.files.forms import Form, Names, check
from sailau.files.places import shipped
from sailau.terms.errors import InvalidRecord

FILE = "successions.yaml"


@dataclass(frozen=True, slots=True)
class Succession:
    """Parties that went on as another one.

    Attributes
    ----------
    by : date
        The day, or the last it can have been.
    before : tuple of str
    after : str
    cite : str
    """

    by: date
    before: tuple[str, ...]
    after: str
    cite: str


class ChangeForm(Form):
    """One succession."""

    by: date
    before: Names = Field(alias="from")
    after: str = Field(alias="to")
    cite: str


class SuccessionsForm(Form):
    """A file of successions, beside the elections of a house."""

    successions: str
    texts: dict[str, str]
    note: str = ""
    changes: list[ChangeForm]


def read_successions(path: Path) -> tuple[Succession, ...]:
    """Read a file of successions, the earliest first.

    Raises
    ------
    InvalidRecord
        With the place: broken form, a source that is not listed.
    """
    document = read_document(path, InvalidRecord)
    form = check(SuccessionsForm, document, InvalidRecord)
    for i, change in enumerate(form.changes):
        if change.cite not in form.texts:
            place = document.place(("changes", i, "cite"))
            raise InvalidRecord(f"{change.cite!r} names no text of this file", place=place)
    found = [Succession(change.by, change.before, change.after, change.cite) for change in form.changes]
    return tuple(sorted(found, key=lambda change: change.by))


def load_successions(house: str, *, folders: Sequence[Path] = ()) -> tuple[Succession, ...] | None:
    """Return the successions of a house (``kz/mazhilis``), or None where nobody wrote them down."""
    for folder in (*folders, shipped("elections")):
        path = folder / house / FILE
        if path.is_file():
            return read_successions(path)
    return None


def carried(votes: Mapping[str, int], successions: Sequence[Succession], *, after: date, until: date) -> dict[str, int]:
    """Return votes under the names of a later day: those of parties that merged are added up.

    Examples
    --------
    >>> merged = Succession(date(2022, 12, 31), ("nur_otan", "adal"), "amanat", "press")
    >>> carried({"nur_otan": 7, "adal": 1, "auyl": 2}, [merged], after=date(2021, 1, 10), until=date(2023, 3, 19))
    {'auyl': 2, 'amanat': 8}
    """
    out = dict(votes)
    for change in successions:
        if after < change.by <= until:
            moved = [out.pop(name) for name in change.before if name in out]
            if moved:
                out[change.after] = out.get(change.after, 0) + sum(moved)
    return out
