"""Files of ranked ballots, and the tally made of one."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sailau.files.encodings import decode
from sailau.files.kinds import suffix_of
from sailau.files.tables import read_tables
from sailau.records.results.names import text_of
from sailau.records.sheet import Sheet, slug_of
from sailau.records.sheets import has_ranks, read_blt, read_preflib, read_table, read_ward
from sailau.seats.rankings import names_of
from sailau.terms.errors import InvalidResults, NotFound, Place
from sailau.terms.tally import NATION, Ballots, Contender, Tally

LIMIT = 256 * 2**20
"""Bytes of a file, unpacked, beyond which it is not read."""

WRITE_IN = "write_in"
"""The trait of a line of names that voters wrote in."""

_WRITTEN_IN = ("undeclared_write_ins", "write_in", "write_ins")


@dataclass(frozen=True, slots=True)
class RankedBallots:
    """Ranked ballots of one contest.

    Attributes
    ----------
    title : str
    seats : int, optional
        Where the file says so.
    contenders : mapping of str to Contender
        Those who stand, by a slug of the name.
    rankings : mapping of ranking to int
        Places may hold the marks ``overvote`` and ``skipped``, or several names joined by ``=``; a ranking without any
        name is a blank ballot.
    """

    title: str
    seats: int | None
    contenders: Mapping[str, Contender]
    rankings: Mapping[tuple[str, ...], int]

    @property
    def total(self) -> int:
        """All ballots, blank ones included."""
        return sum(self.rankings.values())

    def tally(self, tier: str = "ranked", area: str = NATION) -> Tally:
        """Return the tally of this one contest."""
        votes = first_preferences(self.rankings, self.contenders)
        seats = {} if self.seats is None else {area: self.seats}
        return Tally({tier: Ballots({area: votes}, seats=seats, rankings={area: self.rankings})}, dict(self.contenders))


def first_preferences(rankings: Mapping[tuple[str, ...], int], contenders: Iterable[str]) -> dict[str, int]:
    """Return first preferences by contender: the first name of each ranking."""
    votes = dict.fromkeys(contenders, 0)
    for ranking, n in rankings.items():
        first = next((names[0] for place in ranking if len(names := names_of(place)) == 1), None)
        if first is not None:
            votes[first] = votes.get(first, 0) + n
    return votes


_READERS = {
    ".blt": read_blt,
    ".soi": read_preflib,
    ".soc": read_preflib,
    ".toi": read_preflib,
    ".toc": read_preflib,
}
_TABLES = (".csv", ".tsv")
_BOOKS = (".xlsx", ".ods", ".xls", ".xlsm", ".xlsb")
_FORMS = (
    "forms: .blt, PrefLib (.soi .soc .toi .toc), .csv of a Scottish ward, .csv or .xlsx with columns rank1, rank2, …, "
    "count"
)


def read_ranked(path: Path) -> RankedBallots:
    """Read a file of ranked ballots; its form follows from its name and first line.

    Parameters
    ----------
    path : Path
        ``.blt``; PrefLib's ``.soi``, ``.soc``, ``.toi``, ``.toc``; ``.csv`` of a Scottish ward (candidates and seats,
        then votes and rankings) or with the columns rank1, rank2, …, count. Each may be packed as ``.gz``. The same
        columns in a sheet of a workbook (``.xlsx``, ``.ods``, ``.xls``).

    Raises
    ------
    InvalidResults
        With the line: a form that is none of these, a count or a candidate's number that is none, a file too large.
    """
    kind = suffix_of(path)
    text = _of_book(path) if kind in _BOOKS else _text(path)
    if kind in _TABLES or (kind in _BOOKS and text):
        head = text.partition("\n")[0]
        reader = read_table if "rank" in head.lower() or has_ranks(head) else read_ward
    elif kind in _READERS:
        reader = _READERS[kind]
    else:
        raise InvalidResults(
            f"{path.name} is no form of ranked ballots known here", place=Place(str(path)), hint=_FORMS
        )
    return made(reader(text, path))


def is_table_of_ranks(path: Path) -> bool:
    """Say whether a file is a table with a column for each rank, rank1 first; it looks like any other table outside."""
    kind = suffix_of(path)
    if not path.is_file() or kind not in (*_TABLES, *_BOOKS):
        return False
    if kind in _BOOKS:
        return _of_book(path) != ""
    return has_ranks(_text(path).partition("\n")[0])


def _of_book(path: Path) -> str:
    """Return the sheet of a workbook that has a column for each rank as CSV, nothing where none has."""
    for table in read_tables(path, InvalidResults):
        if table.rows and has_ranks(",".join(map(text_of, table.rows[0]))):
            out = io.StringIO()
            rows = csv.writer(out, lineterminator="\n")
            rows.writerows([" ".join(text_of(cell).split()) for cell in row] for row in table.rows)
            return out.getvalue()
    return ""


def made(sheet: Sheet) -> RankedBallots:
    """Return the ballots of a sheet that was read."""
    contenders = {
        slug: Contender(
            slug,
            slug_of(sheet.parties.get(i, "")) or None,
            "candidate",
            traits=frozenset({WRITE_IN}) if slug in _WRITTEN_IN else frozenset(),
            names={"en": sheet.names[i - 1]},
        )
        for i, slug in sheet.slugs().items()
    }
    return RankedBallots(sheet.title, sheet.seats, contenders, sheet.rankings())


def _text(path: Path) -> str:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            raw = file.read(LIMIT + 1)
    except FileNotFoundError:
        raise NotFound("file", str(path)) from None
    except (OSError, EOFError, zlib.error) as cause:
        why = getattr(cause, "strerror", None) or cause
        raise InvalidResults(f"cannot be read: {why}", place=Place(str(path))) from None
    if len(raw) > LIMIT:
        raise InvalidResults(f"is larger than {LIMIT // 2**20} MB", place=Place(str(path)))
    return decode(raw, str(path), InvalidResults).text.replace("\r\n", "\n").replace("\r", "\n")
