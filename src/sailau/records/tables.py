"""The archive's own files as tables of an embedded database, read by the database itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sailau.files.csvs import find_csv
from sailau.files.document import Document, read_document
from sailau.files.forms import check
from sailau.records.election_form import ElectionForm
from sailau.records.library import election_folders
from sailau.records.read import contenders_of
from sailau.terms.errors import InvalidRecord
from sailau.terms.tally import NATION

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Rows = Iterator[tuple[Any, ...]]


def insert_figures(database: DuckDBPyConnection, kind: str, folders: Sequence[Path]) -> None:
    """Fill the table ``votes`` or ``seats`` from the files of all elections; no source where one holds for all rows."""
    files = [(name, find_csv(folder, kind)) for name, folder in election_folders(folders=folders).items()]
    known = [(name, str(path)) for name, path in files if path is not None]
    if not known:
        return
    database.execute("create or replace temp table files (election text, path text)")
    database.executemany("insert into files values (?, ?)", known)
    database.execute(
        f"""
        insert into {kind}
        select f.election, tier, coalesce(nullif(district, ''), '{NATION}'), contender, {kind}, nullif(source, '')
        from read_csv(?, filename = true, union_by_name = true, all_varchar = true, header = true, delim = ',') r
        join files f on f.path = r.filename
        """,
        [[path for _, path in known]],
    )


def insert(database: DuckDBPyConnection, table: str, rows: Rows) -> None:
    """Insert rows column by column, which an embedded database takes in at once."""
    columns = list(zip(*rows, strict=True))
    if columns:
        marks = ", ".join("unnest(?)" for _ in columns)
        database.execute(f"insert into {table} select {marks}", [list(column) for column in columns])


def forms(folders: Sequence[Path]) -> Iterator[tuple[str, Path, ElectionForm]]:
    """Yield the election.yaml of every record, its votes unread."""
    for name, folder in sorted(election_folders(folders=folders).items()):
        document: Document = read_document(folder / "election.yaml", InvalidRecord)
        yield name, folder, check(ElectionForm, document, InvalidRecord)


def contender_rows(name: str, folder: Path, form: ElectionForm) -> Rows:
    """Yield the contenders of a record with their names by language."""
    for contender in contenders_of(folder, form).values():
        for language, text in (contender.names or {"": ""}).items():
            party = contender.party or contender.id
            yield name, contender.id, party, contender.kind, language or None, text or None


def source_rows(name: str, form: ElectionForm) -> Rows:
    """Yield the sources of a record."""
    for key, s in form.sources.items():
        yield name, key, s.title, s.publisher, s.url, s.read_on, s.licence, s.mark


def conflict_rows(name: str, form: ElectionForm) -> Rows:
    """Yield what the sources of a record disagree about."""
    for c in form.conflicts:
        yield name, c.about, str(c.chosen), c.why
