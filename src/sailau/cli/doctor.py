"""sailau doctor: is everything there, and in order."""

from __future__ import annotations

import typer

from sailau.cli.options import Form, Json
from sailau.cli.output import emit

PACKAGES = ("pydantic", "pyyaml", "typer", "rich", "duckdb", "python-calamine")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(form: Form = None, json: Json = False) -> None:
    """Check the installation: versions, laws, elections.

    Exit code 1 when something is missing. Example: sailau doctor
    """
    rows = [*_versions(), _laws(), _elections()]
    from sailau.report.table import Table

    emit(Table(("what", "found", "ok"), tuple(rows), "sailau doctor"), "doctor", form=form, as_json=json)
    if not all(row[2] for row in rows):
        raise typer.Exit(1)


def _versions() -> list[tuple[str, str, bool]]:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    import sailau

    rows = [("sailau", sailau.__version__, True), ("python", platform.python_version(), True)]
    for name in PACKAGES:
        try:
            rows.append((name, version(name), True))
        except PackageNotFoundError:
            rows.append((name, "missing", False))
    return rows


def _laws() -> tuple[str, str, bool]:
    from sailau.law.library import law_ids, load_editions
    from sailau.terms.errors import SailauError

    try:
        editions = [law for name in law_ids() for law in load_editions(name)]
    except SailauError as error:
        return "laws", str(error), False
    unchecked = sum(law.checked is None for law in editions)
    return "laws", f"{len(editions)} editions of {len(law_ids())} laws, {unchecked} not compared", bool(editions)


def _elections() -> tuple[str, str, bool]:
    from sailau.records.library import election_ids, load_election
    from sailau.terms.errors import SailauError

    try:
        found = [load_election(name) for name in election_ids()]
    except SailauError as error:
        return "elections", str(error), False
    return "elections", f"{len(found)}", bool(found)
