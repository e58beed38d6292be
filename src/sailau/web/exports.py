"""A scene as a file: the table that the command line writes, in the same formats."""

from __future__ import annotations

from sailau.report.results import comparison_table, result_table
from sailau.report.sheets import result_sheets
from sailau.report.table import Table, to_json, to_markdown, to_separated
from sailau.report.workbook import to_xlsx
from sailau.runs.saved import Saved
from sailau.web.desk import Desk
from sailau.web.lab import Seen
from sailau.web.scene import Scene, with_sums
from sailau.web.store import is_own

MEDIA_OF = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_of(seen: Seen) -> tuple[Table, str]:
    """Return the table of a scene, and the name of its form.

    Raises
    ------
    SailauError
        The law leads to no outcome.
    """
    if seen.question is not None:
        raise seen.question
    assert seen.after is not None  # no question, so there is an outcome
    title = f"{seen.scene.election.id} under {seen.after.law}"
    both = seen.comparison()
    if both is not None and seen.scene.is_changed:
        return comparison_table(both, title=title), "what-if"
    declared = seen.scene.election.declared_seats()
    return result_table(seen.after, title=title, declared=declared), "count"


def exported(seen: Seen, suffix: str) -> bytes:
    """Return the bytes of a file."""
    table, schema = table_of(seen)
    if suffix == "json":
        return to_json(table, f"sailau/{schema}/1").encode()
    if suffix == "md":
        return to_markdown(table).encode()
    if suffix in ("csv", "tsv"):
        return to_separated(table, "," if suffix == "csv" else "\t").encode()
    assert seen.after is not None  # the table is there, so the count is
    sheets = result_sheets(seen.after, election=seen.scene.election, title=table.title)
    return to_xlsx({schema: table, **sheets} if schema == "what-if" else sheets)


def scenario_of(scene: Scene, desk: Desk) -> bytes:
    """Return a scene as a file to open again; what no archive has, the user's votes and law, is in it."""
    own_law = is_own(scene.law.path)
    own_votes = is_own(scene.election.id)
    saved = Saved(
        str(scene.law),
        election=None if own_votes else scene.election.id,
        tally=scene.election.tally if own_votes else None,
        changes=with_sums(scene),
        decisions=scene.decisions,
        text=desk.store.get(scene.law.path).raw.decode("utf-8-sig") if own_law else None,
        colours=scene.colouring.chosen,
        is_safe=scene.colouring.is_safe,
    )
    return saved.to_json().encode()
