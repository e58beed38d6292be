"""Files that users bring: read from a folder of their own that is gone afterwards; no name from outside is a path."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sailau.files.kinds import is_ranked
from sailau.law.edition import Law
from sailau.law.read import read_law
from sailau.records.election import Election
from sailau.records.ranked import is_table_of_ranks, read_ranked
from sailau.records.results import Column, FaultyResults, Layout, read_results
from sailau.runs.formed import formed_bases
from sailau.runs.from_file import decreed, main_tier, seats_given
from sailau.runs.saved import read_saved
from sailau.terms.errors import Invalid, SailauError
from sailau.web.colouring import Colouring
from sailau.web.desk import Desk
from sailau.web.scene import DECIDE, named

_SAFE = re.compile(r"[^\w.-]+")
PREVIEW = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file of results is to be read.

    Attributes
    ----------
    law : str
    tier, sheet : str, optional
    keep : bool
        Leave out rows at fault.
    seats : int, optional
        Where the law leaves their number open.
    roles : mapping of str to str
        What columns hold by their letters, where they were taken for something else.
    """

    law: str
    tier: str | None = None
    sheet: str | None = None
    keep: bool = False
    seats: int | None = None
    roles: Mapping[str, str] = field(default_factory=dict)


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
    columns : tuple of Column
        What each column was taken for, of a file that was refused as well.
    samples : mapping of int to str
        What stands in each column, some cells of it.
    file : str
        Under which the bytes are kept, to be read again with other roles.
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
    columns: tuple[Column, ...] = ()
    samples: Mapping[int, str] = field(default_factory=dict)
    file: str = ""

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
            "columns": [{"column": c.letter, "header": c.header, "role": c.role, "sure": c.sure} for c in self.columns],
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
    found = getattr(error, "problems", ())
    if found:
        error.problems = tuple(replace(p, place=replace(p.place, path=bare(p.place.path, path))) for p in found)  # type: ignore[attr-defined]  # of a file that was refused
    return error


def bring_results(desk: Desk, name: str, raw: bytes, asked: Asked) -> Brought:
    """Read a file of results, and keep what can be counted; its bytes are kept in any case, to be read again.

    Raises
    ------
    NotFound
        No such law, or no such role of a column.
    """
    rule = desk.law(asked.law)
    tier = asked.tier or main_tier(rule, asked.law.partition("@")[2], desk.settings.elections)
    if tier not in [part.name for part in rule.tiers]:
        rule.tier(tier)
    name = safe_name(name)
    file = desk.store.keep(desk.store.key(name, raw), name, raw, None).id
    if is_ranked(Path(name)) or (rule.tier(tier).ballot == "ranked" and _holds_ranks(name, raw)):
        return _bring_ranked(desk, name, raw, replace(asked, tier=tier), rule)
    with on_disk(name, raw) as path:
        try:
            reading = read_results(path, tier=tier, sheet=asked.sheet, keep_good=asked.keep, roles=asked.roles)
        except FaultyResults as error:
            found = tuple(bare(str(problem), path) for problem in error.problems)
            preview, samples = _looked_at(path, asked.sheet, error.columns)
            return Brought(
                name, problems=found, preview=preview, fault=without_folder(error, path), columns=error.columns,
                can_keep=bool(found) and not asked.keep, samples=samples, file=file,
            )  # fmt: skip
        except SailauError as error:
            raise without_folder(error, path) from None
        layout = reading.layout
        preview, samples = _looked_at(path, layout.sheet, layout.columns, below=layout.header or 0)
        problems = tuple(bare(str(problem), path) for problem in reading.problems)
    seen = Brought(
        name, None, layout, problems, reading.kept, reading.dropped, preview, columns=layout.columns, samples=samples,
        file=file,
    )  # fmt: skip
    try:
        tally, notes = decreed(
            reading.tally, rule, asked.law.partition("@")[2], above=reading.above, folders=desk.settings.elections
        )
    except SailauError as error:
        return replace(seen, fault=error)
    if asked.seats is not None:
        tally = seats_given(tally, tier, asked.seats)
    told = (named(rule), tier, asked.sheet, asked.keep, asked.seats, *sorted(asked.roles.items()))
    key = desk.store.key(name, raw, *map(str, told))
    mine = Election(key, name, rule.since, named(rule), tally, {})
    desk.store.keep(key, name, raw, mine, replace(asked, tier=tier))
    return replace(seen, id=key, notes=(*notes, *formed_bases(rule, tally)))


def _holds_ranks(name: str, raw: bytes) -> bool:
    """Say whether a table has a column for each rank; what is at fault in it is told by the reader of tables."""
    with on_disk(name, raw) as path:
        try:
            return is_table_of_ranks(path)
        except SailauError:
            return False


def _bring_ranked(desk: Desk, name: str, raw: bytes, asked: Asked, rule: Law) -> Brought:
    """Read ranked ballots, and keep them to be counted."""
    tier = asked.tier or ""
    with on_disk(name, raw) as path:
        try:
            ballots = read_ranked(path)
        except SailauError as error:
            raise without_folder(error, path) from None
    seen = Brought(name, kept=len(ballots.rankings))
    try:
        tally, notes = decreed(ballots.tally(tier), rule, asked.law.partition("@")[2], folders=desk.settings.elections)
    except SailauError as error:
        return replace(seen, fault=error)
    tally = tally if asked.seats is None else seats_given(tally, tier, asked.seats)
    key = desk.store.key(name, raw, named(rule), tier, str(asked.seats))
    desk.store.keep(key, name, raw, Election(key, name, rule.since, named(rule), tally, {}))
    return replace(seen, id=key, notes=tuple(notes))


def _looked_at(
    path: Path, sheet: str | None, columns: Sequence[Column], below: int = 0
) -> tuple[list[list[str]], dict[int, str]]:
    """Return the first rows of a file as they stand there, and some cells of each column under the header."""
    from sailau.files.tables import read_tables
    from sailau.records.formats import FORMATS

    try:
        tables = [table for table in read_tables(path, Invalid, sheet=sheet, formats=FORMATS) if table.rows]
    except SailauError:
        return [], {}
    if not tables:
        return [], {}
    rows, numbers = tables[0].rows, tables[0].numbers
    first = next((i for i, number in enumerate(numbers) if number > below), 0)
    cells = {
        c.number: [str(row[c.number - 1]) for row in rows[first : first + 40] if c.number <= len(row)] for c in columns
    }
    samples = {number: " · ".join([cell[:24] for cell in found if cell.strip()][:3]) for number, found in cells.items()}
    return [[str(cell)[:60] for cell in row[:16]] for row in rows[:PREVIEW]], samples


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
    rule = bring_law(desk, saved.law.partition("@")[2], saved.text.encode()) if saved.text else desk.law(saved.law)
    if saved.tally is not None:
        key = desk.store.key(safe_name(name), raw)
        desk.store.keep(
            key, safe_name(name), raw, Election(key, safe_name(name), rule.since, named(rule), saved.tally, {})
        )
    election = desk.election(key if saved.tally is not None else str(saved.election))
    pairs = [("e", election.id)]
    if named(rule) != named(desk.law_of(election)):
        pairs.append(("law", named(rule)))
    pairs += list(saved.changes.items())
    pairs += [(f"{DECIDE}{key}", choice) for key, names in saved.decisions.items() for choice in names]
    return pairs + Colouring(chosen=saved.colours, is_safe=saved.is_safe).pairs()


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
