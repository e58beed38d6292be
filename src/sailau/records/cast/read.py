"""The door to cast vote records: the form follows from what the file, or the folder, holds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sailau.records.cast.cdf import read_cdf
from sailau.records.cast.columns import CHOICE, read_candidates, read_choices, read_ranks, table_of
from sailau.records.cast.folders import CONTESTS, read_ballot_files, read_export
from sailau.records.ranked import RankedBallots, made
from sailau.records.sheet import Sheet
from sailau.terms.errors import InvalidResults, NotFound, Place

_FORMS = (
    "forms: a folder with ContestManifest.json (Dominion) or an XML file for each ballot (Hart), the common data "
    "format (.json, .xml), columns Choice_… (Clear Ballot), and tables with a column for each rank or candidate"
)


def read_cast(
    path: str | Path,
    *,
    contest: str | None = None,
    names: Mapping[str, str] | None = None,
    columns: tuple[int, int | None] | None = None,
    join: str = "",
) -> RankedBallots:
    """Read cast vote records of machines: one record a ballot, as ranked ballots.

    Parameters
    ----------
    path : str or Path
        A file or a folder; see `docs/reference/stv.md` for the forms.
    contest : str, optional
        Which contest, by its name or number; needed where there are several.
    names : mapping of str to str, optional
        Names for other spellings and for codes. ``overvote``, ``undervote`` and ``UWI`` (names written in that nobody
        declared) are no names.
    columns : (int, int or None), optional
        For tables: the first and the last column that holds votes, counted from 1; None: to the end.
    join : str
        For tables: what parts several names in a cell.

    Returns
    -------
    RankedBallots
        Places may hold ``overvote`` or several names joined by ``=``, and ``skipped``.

    Raises
    ------
    NotFound
        No such file or folder.
    InvalidResults
        No such form or contest, or a fault with its line.
    """
    path, names = Path(path), names or {}
    if path.is_dir():
        return made(_folder(path, contest, names))
    if path.suffix.lower() in (".json", ".xml"):
        return made(read_cdf(path, contest, names))
    table = table_of(path)
    if any(str(cell).startswith(CHOICE) for cell in table.rows[0]):
        return made(read_choices(table, path, contest, names))
    if columns is None:
        hint = "say where the columns with votes begin and end, counted from 1"
        raise InvalidResults("does not say which columns hold votes", place=Place(str(path)), hint=hint)
    votes = slice(columns[0] - 1, columns[1])
    if path.suffix.lower() == ".csv":
        return made(read_candidates(table, path, names, votes))
    return made(read_ranks(table, path, names, votes, join))


def _folder(path: Path, contest: str | None, names: Mapping[str, str]) -> Sheet:
    if (path / CONTESTS).is_file():
        return read_export(path, contest, names)
    if any(path.glob("*.xml")):
        return read_ballot_files(path, contest, names)
    if not any(path.iterdir()):
        raise NotFound("cast vote record", str(path))
    raise InvalidResults("is no folder of cast vote records known here", place=Place(str(path)), hint=_FORMS)
