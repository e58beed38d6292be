"""The archive as tables: elections, votes, seats, contenders, laws and sources in an embedded database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sailau.law.library import law_ids, load_editions
from sailau.records.election import Election
from sailau.records.library import election_ids, load_election
from sailau.records.read import cited_rows
from sailau.runs.replay import law_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLES = {
    "elections": "election text, country text, house text, day date, name text, law text, edition text, unit text",
    "votes": "election text, tier text, district text, contender text, votes hugeint, source text",
    "seats": "election text, tier text, district text, contender text, seats integer, source text",
    "contenders": "election text, contender text, party text, kind text, language text, name text",
    "sources": "election text, source text, title text, publisher text, url text, read_on date, "
    "licence text, mark text",
    "conflicts": "election text, about text, chosen text, why text",
    "laws": "law text, edition text, name text, since date, until date, seats integer, checked_on date, against text",
}


def archive(*, folders: Sequence[Path] = ()) -> DuckDBPyConnection:
    """Open the whole archive as an in-memory DuckDB database.

    Returns
    -------
    duckdb.DuckDBPyConnection
        With the tables elections, votes, seats, contenders, sources, conflicts and laws.

    Examples
    --------
    >>> db = archive()
    >>> db.execute("select sum(votes) from votes where election = 'kz/mazhilis/2023-03-19'").fetchone()
    (6366441,)
    """
    import duckdb

    database = duckdb.connect(":memory:")
    for table, columns in TABLES.items():
        database.execute(f"create table {table} ({columns})")
    elections = [load_election(name, folders=folders) for name in election_ids(folders=folders)]
    _insert(database, "elections", (_election(e, folders) for e in elections))
    for kind in ("votes", "seats"):
        _insert(database, kind, (row for e in elections for row in cited_rows(e, kind)))
    _insert(database, "contenders", (row for e in elections for row in _contenders(e)))
    _insert(database, "sources", (row for e in elections for row in _sources(e)))
    _insert(database, "conflicts", ((e.id, c.about, c.chosen, c.why) for e in elections for c in e.conflicts))
    _insert(database, "laws", _laws(folders))
    return database


def _insert(database: DuckDBPyConnection, table: str, rows: Iterator[tuple[Any, ...]]) -> None:
    """Insert rows column by column, which an embedded database takes in at once."""
    columns = list(zip(*rows, strict=True))
    if columns:
        marks = ", ".join("unnest(?)" for _ in columns)
        database.execute(f"insert into {table} select {marks}", [list(column) for column in columns])


def _election(election: Election, folders: Sequence[Path]) -> tuple[Any, ...]:
    law = law_of(election, folders=folders)
    house = "/".join(election.id.split("/")[1:-1])
    return election.id, election.country, house, election.day, election.name, law.id, law.edition, election.tally.unit


def _contenders(election: Election) -> Iterator[tuple[Any, ...]]:
    for contender in election.tally.contenders.values():
        party = election.tally.party(contender.id)
        for language, name in (contender.names or {"": ""}).items():
            yield election.id, contender.id, party, contender.kind, language or None, name or None


def _sources(election: Election) -> Iterator[tuple[Any, ...]]:
    for s in election.sources.values():
        yield election.id, s.key, s.title, s.publisher, s.url, s.read_on, s.licence, s.mark


def _laws(folders: Sequence[Path]) -> Iterator[tuple[Any, ...]]:
    for name in law_ids(folders=folders):
        for law in load_editions(name, folders=folders):
            checked = law.checked
            yield (
                law.id,
                law.edition,
                law.name,
                law.since,
                law.until,
                law.total,
                checked.on if checked else None,
                checked.against if checked else None,
            )
