"""A view as a frame, as HTML, as a picture, as a file."""

from __future__ import annotations

from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sailau.notebook.views import View, view_of
from sailau.report.saving import SUFFIXES, save_tables
from sailau.report.table import Table, shown
from sailau.terms.errors import Invalid, NotFound, SailauError

PICTURES = (".svg", ".png", ".pdf")
_ROWS = 60


def to_frame(thing: object) -> Any:
    """Return the table of a result: a DataFrame where pandas is installed, else a list of dicts."""
    table = view_of(thing).table
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    if find_spec("pandas") is None:
        return rows
    import pandas as pd

    return pd.DataFrame(rows, columns=list(table.columns))


def to_svg(thing: object, lang: str = "en") -> str:
    """Return the picture of a result.

    Raises
    ------
    NotFound
        This kind of result has none.
    """
    view = view_of(thing)
    if view.picture is None:
        raise NotFound("picture of a", type(thing).__name__)
    return view.picture(lang)


def to_html(thing: object) -> str:
    """Return the table and the picture of a result as HTML without scripts, styles or ids."""
    view = view_of(thing)
    return f"<div>{_drawn(view)}{_table(view.table)}</div>"


def to_bundle(thing: object) -> dict[str, str]:
    """Return a result in every form that a notebook asks for."""
    view = view_of(thing)
    bundle = {"text/plain": _text(view.table), "text/html": to_html(thing)}
    picture = _drawn(view)
    return {**bundle, "image/svg+xml": picture} if picture else bundle


def save(thing: object, path: Path, lang: str = "en") -> Path:
    """Save a result; the suffix says as what."""
    from sailau.plots.save import save as save_picture

    view = view_of(thing)
    suffix = path.suffix.lower()
    if suffix in PICTURES:
        return save_picture(to_svg(thing, lang), path)
    if suffix not in SUFFIXES:
        known = " or ".join((*PICTURES, *SUFFIXES))
        raise Invalid(f"{path} is no name of a picture or a table", hint=f"give a name that ends in {known}")
    return save_tables(view.sheets() if suffix == ".xlsx" else {view.schema: view.table}, path, view.schema)


def _drawn(view: View) -> str:
    """Return the picture, or nothing where there is no seat to draw."""
    try:
        return view.picture("en") if view.picture is not None else ""
    except SailauError:
        return ""


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(name.replace("_", " "))}</th>' for name in table.columns)
    body = "".join(
        "<tr>" + "".join(_cell(table, i, shown(cell)) for i, cell in enumerate(row)) + "</tr>"
        for row in table.rows[:_ROWS]
    )
    left = len(table.rows) - _ROWS
    more = f"<p>{left:,} more rows: to_frame() has them</p>" if left > 0 else ""
    notes = "".join(f"<p>{escape(note)}</p>" for note in table.notes)
    caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}{notes}"


def _cell(table: Table, column: int, words: str) -> str:
    side = ' align="right"' if table.is_number(column) else ""
    name = "th" if column == 0 else "td"
    scope = ' scope="row"' if column == 0 else ""
    return f"<{name}{scope}{side}>{escape(words)}</{name}>"


def _text(table: Table) -> str:
    rows = [
        [name.replace("_", " ") for name in table.columns],
        *[[shown(c) for c in row] for row in table.rows[:_ROWS]],
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(len(table.columns))]
    numbers = [table.is_number(i) for i in range(len(table.columns))]
    lines = [
        "  ".join(
            cell.rjust(w) if number else cell.ljust(w) for cell, w, number in zip(row, widths, numbers, strict=True)
        )
        for row in rows
    ]
    return "\n".join([*([table.title] if table.title else []), *(line.rstrip() for line in lines), *table.notes])
