"""Output: data on stdout, talk on stderr; a table for a terminal, whole TSV for a pipe."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal

from sailau.report.table import Table, shown, to_json, to_markdown, to_separated

LEAST, SHORT = 14, 10
"""Letters of the first column, which names the row, and of any other, below which no line is folded."""


class Format(StrEnum):
    """How data is written."""

    table = "table"
    tsv = "tsv"
    csv = "csv"
    json = "json"
    md = "md"


def emit(
    table: Table,
    schema: str,
    *,
    form: Format | None = None,
    as_json: bool = False,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
) -> None:
    """Write a table to stdout; its notes go to stderr unless the format carries them.

    Tables for people (a terminal's, Markdown) speak the language given, with the names given; those for machines stay
    as they are in any language.
    """
    form = Format.json if as_json else form or (Format.table if sys.stdout.isatty() else Format.tsv)
    if form is Format.json:
        print(to_json(table, f"sailau/{schema}/1"))
    elif form is Format.md:
        print(to_markdown(_in_words(table, lang, names), lang), end="")
    elif form is Format.table:
        _terminal(_in_words(table, lang, names), lang)
    else:
        print(to_separated(table, "\t" if form is Format.tsv else ","), end="")
    if form in (Format.tsv, Format.csv, Format.table):
        say(*table.notes)


def _in_words(table: Table, lang: str, names: Mapping[str, str] | None) -> Table:
    if names is None:
        return table
    from sailau.report.names import in_language

    return in_language(table, lang, names)


def say(*notes: str) -> None:
    """Write notes to stderr."""
    from sailau.terms import speech

    for note in notes:
        print(f"{speech.say('note')}: {note}", file=sys.stderr)


def _terminal(table: Table, lang: str = "en") -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as RichTable

    console = Console(highlight=False, markup=False)
    numbers = [table.is_number(i) for i in range(len(table.columns))]
    widest = [
        max(len(name), *(len(shown(row[i], lang)) for row in table.rows), 0) for i, name in enumerate(table.columns)
    ]
    gap = "\n" if sum(widest) + 3 * len(widest) > console.width else " "
    heads = [name.replace("_", gap if number else " ") for name, number in zip(table.columns, numbers, strict=True)]
    grid = RichTable(title=table.title or None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    fewest: list[int] = []
    for i, (head, number) in enumerate(zip(heads, numbers, strict=True)):
        whole = number or all(isinstance(row[i], date | None) for row in table.rows)
        cells = max((len(shown(row[i], lang)) for row in table.rows), default=0)
        least = cells if whole else min(cells, SHORT if i else LEAST)
        fewest.append(max(least, *(len(word) for word in head.split()), 0))
        justify: Literal["right", "left"] = "right" if number else "left"
        grid.add_column(head.replace(" ", gap) if whole else head, justify=justify, no_wrap=whole, overflow="fold")
        grid.columns[i].min_width = fewest[i]
    for row in table.rows:
        grid.add_row(*(shown(cell, lang) for cell in row))
    room = sum(fewest) + 3 * len(fewest) + 1
    if room > console.width:  # let lines run on: a table that is made to fit would cut figures and names
        for column, least in zip(grid.columns, fewest, strict=True):
            column.width = least
        console = Console(highlight=False, markup=False, width=room)
    console.print(grid)
