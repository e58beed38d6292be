"""Heads of records: what a list of elections shows, without reading the votes.

The folder of elections that ships has an index of heads, so that listing hundreds of elections takes no longer than
reading one file; what reads records is not even loaded for it. A test keeps it equal to the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sailau.files.csvs import rows_of, whole
from sailau.files.places import shipped
from sailau.records.folders import election_folders
from sailau.terms.errors import InvalidRecord

if TYPE_CHECKING:
    from sailau.records.election import Election

INDEX = "index.csv"


@dataclass(frozen=True, slots=True)
class Head:
    """What a list shows of an election."""

    election: str
    day: date
    name: str
    law: str
    level: str
    seats: int
    sources: int
    unit: str

    @property
    def country(self) -> str:
        """The country's two letters."""
        return self.election.split("/")[0]


def head_of(election: Election) -> Head:
    """Return the head of a record."""
    from sailau.records.election import total_of

    official = total_of(election.official)
    unit = election.tally.unit or ""
    sources = len(election.sources)
    return Head(election.id, election.day, election.name, election.law, election.level, official, sources, unit)


def election_heads(*, country: str | None = None, year: int | None = None, folders: Sequence[Path] = ()) -> list[Head]:
    """Return the heads of all elections, by id; of a country and a year only when they are given."""
    ours = shipped("elections")
    found = []
    for name, folder in sorted(election_folders(folders=folders).items()):
        if country is not None and name.split("/")[0] != country:
            continue
        head = (_indexed().get(name) if folder == ours / name else None) or _read(folder)
        if year is None or head.day.year == year:
            found.append(head)
    return found


def _read(folder: Path) -> Head:
    from sailau.records.read import read_election

    return head_of(read_election(folder))


def index_text() -> str:
    """Return the index of the folder that ships, as it has to be."""
    lines = [",".join(part.name for part in fields(Head))]
    for folder in election_folders().values():
        cells = [str(cell) for cell in astuple(_read(folder))]
        lines.append(",".join(f'"{cell}"' if "," in cell else cell for cell in cells))
    return "\n".join([lines[0], *sorted(lines[1:])]) + "\n"


@cache
def _indexed() -> dict[str, Head]:
    path = shipped("elections") / INDEX
    return dict(_rows(path)) if path.is_file() else {}


def _rows(path: Path) -> Iterator[tuple[str, Head]]:
    for line, row in rows_of(path, tuple(part.name for part in fields(Head)), (), InvalidRecord):
        seats = whole(row["seats"], "seats", path, line, InvalidRecord)
        sources = whole(row["sources"], "sources", path, line, InvalidRecord)
        day = date.fromisoformat(row["day"])
        head = Head(row["election"], day, row["name"], row["law"], row["level"], seats, sources, row["unit"])
        yield row["election"], head
