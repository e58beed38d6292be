"""sailau sql: ask the archive."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from sailau.cli.options import Elections, Form, Json, folders
from sailau.cli.output import emit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(sql)


def sql(
    query: Annotated[str, typer.Argument(help="A query over elections, votes, seats, contenders, sources, laws.")],
    own: Elections = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Ask the archive in SQL.

    Example: sailau sql "select contender, votes from votes where election = 'kz/mazhilis/2023-03-19'"
    """
    import duckdb

    from sailau.report.table import Table
    from sailau.runs.archive import TABLES, archive, tables_in
    from sailau.terms.errors import Invalid

    try:
        everything = "information_schema" in query or "duckdb_" in query or query.strip().lower().startswith("show")
        filled = None if everything else tables_in(query)
        if not query.strip():
            raise Invalid("the query is empty", hint="for instance: select election, seats from elections limit 5")
        answer = archive(folders=folders(own), tables=filled).execute(query)
        columns = tuple(str(part[0]) for part in answer.description or ())
        rows = tuple(tuple(_cell(value) for value in row) for row in answer.fetchall())
    except duckdb.Error as error:
        tables = "; ".join(f"{name}({columns})" for name, columns in TABLES.items())
        raise Invalid(str(error).splitlines()[0], hint=f"tables: {tables}") from None
    emit(Table(columns, rows), "sql", form=form, as_json=json)


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
