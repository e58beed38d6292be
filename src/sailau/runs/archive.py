"""The archive as tables: elections, votes, seats, contenders, laws and sources in an embedded database."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sailau.law.library import law_ids, load_editions, load_law
from sailau.records.heads import election_heads
from sailau.records.tables import conflict_rows, contender_rows, forms, insert, insert_figures, source_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLES = {
    "elections": "election text, country text, house text, day date, name text, level text, law text, edition text, "
    "seats integer, unit text",
    "votes": "election text, tier text, district text, contender text, votes hugeint, source text",
    "seats": "election text, tier text, district text, contender text, seats integer, source text",
    "contenders": "election text, contender text, party text, kind text, language text, name text",
    "sources": "election text, source text, title text, publisher text, url text, read_on date, "
    "licence text, mark text",
    "conflicts": "election text, about text, chosen text, why text",
    "laws": "law text, edition text, name text, since date, until date, seats integer, checked_on date, against text",
}


def archive(*, folders: Sequence[Path] = (), tables: Collection[str] | None = None) -> DuckDBPyConnection:
    """Open the whole archive as an in-memory DuckDB database.

    Parameters
    ----------
    folders : sequence of Path, optional
        Folders of a user's own elections and laws.
    tables : collection of str, optional
        The tables to fill; the others stay empty. By default all of them.

    Returns
    -------
    duckdb.DuckDBPyConnection
        With the tables elections, votes, seats, contenders, sources, conflicts and laws.

    Examples
    --------
    >>> db = archive(tables=["votes"])
    >>> db.execute("select sum(votes) from votes where election = 'kz/mazhilis/2023-03-19'").fetchone()
    (6366441,)
    """
    import duckdb

    wanted = set(TABLES if tables is None else tables)
    database = duckdb.connect(":memory:")
    for table, columns in TABLES.items():
        database.execute(f"create table {table} ({columns})")
    for kind in ("votes", "seats"):
        if kind in wanted:
            insert_figures(database, kind, folders)
    if "elections" in wanted:
        insert(database, "elections", _elections(folders))
    if "laws" in wanted:
        insert(database, "laws", _laws(folders))
    if wanted & {"contenders", "sources", "conflicts"}:
        records = list(forms(folders))
        insert(database, "contenders", (row for record in records for row in contender_rows(*record)))
        insert(database, "sources", (row for name, _, form in records for row in source_rows(name, form)))
        insert(database, "conflicts", (row for name, _, form in records for row in conflict_rows(name, form)))
    # What a query asks for lies in the tables; it needs neither other files nor the network.
    database.execute("set enable_external_access = false; set lock_configuration = true")
    return database


def tables_in(query: str) -> set[str]:
    """Return the tables that a query may name; the words of it are enough to know."""
    return {table for table in TABLES if re.search(rf"\b{table}\b", query, re.IGNORECASE)}


def _elections(folders: Sequence[Path]) -> Iterator[tuple[Any, ...]]:
    for head in election_heads(folders=folders):
        house = "/".join(head.election.split("/")[1:-1])
        law = load_law(head.law, on=None if "@" in head.law else head.day, folders=folders)
        yield (
            head.election,
            head.country,
            house,
            head.day,
            head.name,
            head.level,
            law.id,
            law.edition,
            head.seats,
            head.unit or None,
        )


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
