"""Calls on coded tables: cases with a source in every row. Rows that disagree on one thing make an interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from sailau.claims.figure import Figure, Grade, NoData, Number
from sailau.claims.worded import rows as _said
from sailau.claims.world import World
from sailau.files.csvs import cells_of
from sailau.files.told import told_code
from sailau.terms.errors import Invalid, NotFound, Place
from sailau.terms.numbers import exact
from sailau.terms.speech import joined, say

SOURCE, UNKNOWN = "source", "unknown"
Where = Mapping[str, str | int]


class InvalidTable(Invalid):
    """Return a coded table that cannot be used."""


def read_table(path: Path) -> tuple[dict[str, str], ...]:
    """Read a coded table: CSV in UTF-8 with a header, a source in every row.

    Raises
    ------
    InvalidTable
        Not UTF-8, no rows, a row of another length, a row without a source.
    """
    lines = cells_of(path, InvalidTable)
    _, header = next(lines, (1, []))
    rows = list(lines)
    if SOURCE not in header or len(set(header)) != len(header):
        what = f"has no column {SOURCE!r}" if SOURCE not in header else "names a column twice"
        raise InvalidTable(what, place=Place(str(path), 1, 1), hint="every figure has a source")
    if not rows:
        raise InvalidTable("holds no row", place=Place(str(path)))
    out = []
    for line, cells in rows:
        if len(cells) != len(header):
            what = f"the row has {len(cells)} cells, the header {len(header)}"
            raise InvalidTable(what, place=Place(str(path), line))
        row = dict(zip(header, cells, strict=True))
        if not row[SOURCE].strip():
            raise InvalidTable("the row has no source", place=Place(str(path), line, header.index(SOURCE) + 1))
        out.append(row)
    return tuple(out)


def _rows(world: World, name: str, where: Where | None) -> tuple[Path, list[dict[str, str]]]:
    path = world.table(name)
    rows = read_table(path)
    for column in where or {}:
        if column not in rows[0]:
            raise NotFound(f"column of {name}", column, list(rows[0]))
    return path, [row for row in rows if all(row[key] == str(value) for key, value in (where or {}).items())]


def _numbers(path: Path, rows: Sequence[Mapping[str, str]], column: str) -> list[Number]:
    if not rows:
        return []
    if column not in rows[0]:
        raise NotFound(f"column of {path.stem}", column, list(rows[0]))
    values: list[Number] = []
    for row in rows:
        if not row[column].strip():
            continue
        try:
            values.append(exact(row[column].replace(",", "")))
        except ValueError:
            what = f"{column} is {row[column]!r}, no exact number"
            raise InvalidTable(what, place=Place(str(path)), hint="digits and a point, or a percentage") from None
    return values


def _of(column: str, where: Where | None) -> str:
    return say("{column} of {rows}", column=told_code(column), rows=_said(where))


def _lacking(column: str, where: Where | None, table: str) -> NoData:
    sentence = "{column} of {rows} in the table {table!r}"
    return NoData(say(sentence, column=told_code(column), rows=_said(where), table=table))


def _figure(path: Path, value: Number | str, words: str, unit: str, *, grade: Grade = Grade.cases,
            low: Number | None = None, high: Number | None = None) -> Figure:  # fmt: skip
    return Figure(value, words, grade, low=low, high=high, unit=unit, sources=(f"tables/{path.stem}",), records=(path,))


def table_value(world: World, *, table: str, column: str, where: dict[str, str | int], unit: str = "count") -> Figure:
    """Return a figure of a table; where sources disagree, the middle one and the interval that holds them all."""
    path, rows = _rows(world, table, where)
    values = sorted(_numbers(path, rows, column))
    if not values:
        raise _lacking(column, where, table)
    low, high = (values[0], values[-1]) if values[0] != values[-1] else (None, None)
    said = say(" ({n} sources disagree)", n=len(values)) if low is not None else ""
    middle = values[(len(values) - 1) // 2]
    return _figure(path, middle, joined([_of(column, where), said], ""), unit, low=low, high=high)


def table_count(world: World, *, table: str, where: dict[str, str | int]) -> Figure:
    """Return number of cases in a table that fit; cells that say ``unknown`` widen it to an interval."""
    path, rows = _rows(world, table, {})
    for column in where:
        if column not in rows[0]:
            raise NotFound(f"column of {table}", column, list(rows[0]))
    sure = sum(1 for row in rows if all(row[k] == str(v) for k, v in where.items()))
    most = sum(1 for row in rows if all(row[k] in (str(v), UNKNOWN) for k, v in where.items()))
    low, high = (sure, most) if most > sure else (None, None)
    said = say(" ({n} not known)", n=str(most - sure)) if most > sure else ""
    words = joined([say("cases of {table}: {rows}", table=told_code(table), rows=_said(where)), said], "")
    return _figure(path, sure, words, "count", low=low, high=high)


def table_part(
    world: World, *, table: str, where: dict[str, str | int], of: dict[str, str | int] | None = None
) -> Figure:
    """Return share of the cases of a table that fit, with the interval of Jeffreys (95 %)."""
    from scipy.special import betaincinv

    path, rows = _rows(world, table, of)
    fitting = sum(1 for row in rows if all(row[k] == str(v) for k, v in where.items()))
    if not rows:
        raise NoData(say("cases of {rows} in the table {table!r}", rows=_said(of), table=table))
    for column in where:
        if column not in rows[0]:
            raise NotFound(f"column of {table}", column, list(rows[0]))
    low, high = (float(betaincinv(fitting + 0.5, len(rows) - fitting + 0.5, p)) for p in (0.025, 0.975))
    words = say(
        "{n} of {of} cases of {table}: {rows}",
        n=str(fitting),
        of=len(rows),
        table=told_code(table),
        rows=_said(where),
    )
    return _figure(
        path,
        Fraction(fitting, len(rows)),
        words,
        "share",
        low=min(low, fitting / len(rows)),
        high=max(high, fitting / len(rows)),
    )


def table_ratio(
    world: World,
    *,
    table: str,
    column: str,
    over: dict[str, str | int],
    under: dict[str, str | int],
    unit: str = "index",
) -> Figure:
    """Return one figure of a table over another, with the interval that the disagreeing sources leave."""
    top, bottom = (table_value(world, table=table, column=column, where=w) for w in (over, under))
    (low, high), (least, most) = top.bounds, bottom.bounds
    if least == 0:
        raise NoData(say("{column} of {rows} above zero", column=told_code(column), rows=_said(under)))
    value = Fraction(top.value) / Fraction(bottom.value)
    ends = Fraction(low) / Fraction(most), Fraction(high) / Fraction(least)
    smallest, largest = ends if ends[0] != ends[1] else (None, None)
    return _figure(
        top.records[0],
        value,
        say("{one} over {other}", one=top.words, other=bottom.words),
        unit,
        low=smallest,
        high=largest,
    )


def table_span(world: World, *, table: str, column: str, where: dict[str, str | int] | None = None) -> Figure:
    """Return the smallest and the largest of the figures that fit; the value is the middle one."""
    path, rows = _rows(world, table, where)
    values = sorted(_numbers(path, rows, column))
    if not values:
        raise _lacking(column, where, table)
    middle = values[(len(values) - 1) // 2]
    return _figure(path, middle, f"{_of(column, where)}, n = {len(values)}", "count", low=values[0], high=values[-1])


def table_days(world: World, *, table: str, since: str, until: str, where: dict[str, str | int]) -> Figure:
    """Return days between two columns of a case."""
    path, rows = _rows(world, table, where)
    spans = []
    for row in rows:
        for column in (since, until):
            if column not in row:
                raise NotFound(f"column of {table}", column, list(row))
        try:
            spans.append((date.fromisoformat(row[until]) - date.fromisoformat(row[since])).days)
        except ValueError:
            continue
    if not spans:
        raise NoData(say("both days of {rows} in the table {table!r}", rows=_said(where), table=table))
    spans.sort()
    low, high = (spans[0], spans[-1]) if spans[0] != spans[-1] else (None, None)
    words = say(
        "days from {since} to {until}, {rows}", since=told_code(since), until=told_code(until), rows=_said(where)
    )
    return _figure(path, spans[(len(spans) - 1) // 2], words, "days", low=low, high=high)


def table_sum(
    world: World, *, table: str, column: str, where: dict[str, str | int] | None = None, unit: str = "count"
) -> Figure:
    """Return sum of a column over the cases that fit."""
    path, rows = _rows(world, table, where)
    values = _numbers(path, rows, column)
    if not values:
        raise _lacking(column, where, table)
    return _figure(
        path,
        sum(values, Fraction(0)),
        say("sum of {column} over {rows}", column=told_code(column), rows=_said(where)),
        unit,
    )
