"""Files that users bring: read from a folder of their own that is gone afterwards; no name from outside is a path."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sailau.law.edition import Law
from sailau.law.read import read_law
from sailau.records.election import Election
from sailau.records.results import Layout, read_results
from sailau.runs.from_file import decreed, seats_given
from sailau.runs.saved import read_saved
from sailau.terms.errors import Invalid, SailauError
from sailau.web.desk import Desk
from sailau.web.scene import DECIDE, named

_SAFE = re.compile(r"[^\w.-]+")
PREVIEW = 12


@dataclass(frozen=True)
class Brought:
    """What became of a file of results.

    Attributes
    ----------
    name : str
    id : str, optional
        Under which it can be counted; None where nothing could be kept.
    layout : Layout, optional
    problems : tuple of str
        What was found, in the words of the command line.
    kept, dropped : int
    preview : sequence of rows
        The first rows as they stand in the file.
    fault : SailauError, optional
    notes : tuple of str
    can_keep : bool
        Whether the good rows alone can be counted.
    """

    name: str
    id: str | None = None
    layout: Layout | None = None
    problems: tuple[str, ...] = ()
    kept: int = 0
    dropped: int = 0
    preview: Sequence[Sequence[str]] = ()
    fault: SailauError | None = None
    notes: tuple[str, ...] = ()
    can_keep: bool = False

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        layout = self.layout
        return {
            "id": self.id,
            "name": self.name,
            "problems": list(self.problems),
            "rows_kept": self.kept,
            "rows_left_out": self.dropped,
            "preview": [list(row) for row in self.preview],
            "notes": list(self.notes),
            "refused": self.fault.what if self.fault else None,
            "good_rows_can_be_kept": self.can_keep,
            "format": layout.format if layout else None,
            "layout": layout.layout if layout else None,
            "columns": [
                {"column": c.letter, "header": c.header, "role": c.role, "sure": c.sure} for c in layout.columns
            ]
            if layout
            else [],
        }


def safe_name(name: str) -> str:
    """Return a name that stays inside its folder, whatever came from outside.

    Examples
    --------
    >>> safe_name("../../etc/passwd"), safe_name("Итоги 2023.xlsx")
    ('passwd', 'Итоги_2023.xlsx')
    """
    last = re.split(r"[\\/]", name)[-1]
    return _SAFE.sub("_", last).strip("._")[-80:] or "file"


@contextmanager
def on_disk(name: str, raw: bytes) -> Iterator[Path]:
    """Put an upload into a folder of its own for as long as it is read."""
    with tempfile.TemporaryDirectory(prefix="sailau-") as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(raw)
        yield path


def bare(text: str, path: Path) -> str:
    """Return a message without the folder that only the server knows."""
    return text.replace(f"{path.parent}/", "")


def without_folder(error: SailauError, path: Path) -> SailauError:
    """Return an error whose words name the file as the user knows it."""
    error.what = bare(error.what, path)
    if error.place is not None:
        error.place = replace(error.place, path=bare(error.place.path, path))
    if error.hint:
        error.hint = bare(error.hint, path)
    return error


def bring_results(
    desk: Desk,
    name: str,
    raw: bytes,
    *,
    law: str,
    tier: str | None = None,
    sheet: str | None = None,
    keep: bool = False,
    seats: int | None = None,
) -> Brought:
    """Read a file of results, and keep what can be counted.

    Raises
    ------
    NotFound
        No such law.
    """
    rule = desk.law(law)
    wanted = tier or next(part.name for part in rule.tiers if part.needs_votes)
    if wanted not in [part.name for part in rule.tiers]:
        rule.tier(wanted)
    with on_disk(name, raw) as path:
        preview = _preview(path, sheet)
        try:
            reading = read_results(path, tier=wanted, sheet=sheet, keep_good=keep)
        except SailauError as error:
            found = tuple(bare(str(problem), path) for problem in getattr(error, "problems", ()))
            return Brought(
                safe_name(name), problems=found, preview=preview, fault=without_folder(error, path),
                can_keep=bool(found) and not keep,
            )  # fmt: skip
        problems = tuple(bare(str(problem), path) for problem in reading.problems)
    try:
        tally, notes = decreed(
            reading.tally, rule, law.partition("@")[2], above=reading.above, folders=desk.settings.elections
        )
    except SailauError as error:
        return Brought(safe_name(name), None, reading.layout, problems, reading.kept, reading.dropped, preview, error)
    key = desk.store.key(safe_name(name), raw, named(rule), wanted, sheet or "", str(keep), str(seats))
    if seats is not None:
        tally = seats_given(tally, wanted, seats)
    election = Election(key, safe_name(name), rule.since, named(rule), tally, {})
    desk.store.keep(key, election.name, raw, election)
    return Brought(
        safe_name(name), key, reading.layout, problems, reading.kept, reading.dropped, preview, notes=tuple(notes)
    )


def _preview(path: Path, sheet: str | None) -> list[list[str]]:
    from sailau.files.tables import read_tables

    try:
        tables = [table for table in read_tables(path, Invalid, sheet=sheet) if table.rows]
    except SailauError:
        return []
    rows = tables[0].rows[:PREVIEW] if tables else []
    return [[str(cell)[:60] for cell in row[:16]] for row in rows]


def bring_scenario(desk: Desk, name: str, raw: bytes) -> list[tuple[str, str]]:
    """Open a scenario that was saved; return the address of its scene as pairs.

    Raises
    ------
    InvalidRecord
        It is none.
    """
    with on_disk(name, raw) as path:
        try:
            saved = read_saved(path)
        except SailauError as error:
            raise without_folder(error, path) from None
    rule = desk.law(saved.law)
    if saved.tally is not None:
        key = desk.store.key(safe_name(name), raw)
        desk.store.keep(
            key, safe_name(name), raw, Election(key, safe_name(name), rule.since, named(rule), saved.tally, {})
        )
    election = desk.election(key if saved.tally is not None else str(saved.election))
    pairs = [("e", election.id)]
    if str(rule) != str(desk.law_of(election)):
        pairs.append(("law", named(rule)))
    pairs += list(saved.changes.items())
    return pairs + [(f"{DECIDE}{key}", choice) for key, names in saved.decisions.items() for choice in names]


def bring_law(desk: Desk, name: str, raw: bytes) -> Law:
    """Read a law file, and keep it; its name as a law is its checksum.

    Raises
    ------
    InvalidLaw
        With line and column.
    """
    file = safe_name(name)
    if not file.endswith((".yaml", ".yml")):
        file += ".yaml"
    with on_disk(file, raw) as path:
        try:
            law = read_law(path)
        except SailauError as error:
            raise without_folder(error, path) from None
    mine = replace(law, path=desk.store.key(file, raw))
    desk.store.keep(mine.path, file, raw, mine)
    return mine
