"""A contest on its way from an exchange format to a table: counts by area and contender, and figures beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import Row, Table, Value

HEAD = ("district", "contender", "party", "votes")
WHOLE = "Total"
"""How an area is called that adds up the others; the reader checks it and does not count it."""


@dataclass
class Contest:
    """What is known of one contest.

    Attributes
    ----------
    name : str
    rows : list of (area, contender, party, count)
        Figures such as ``valid`` stand among the contenders, under their word.
    """

    name: str
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, area: str, contender: str, party: str, count: object) -> None:
        """Add a count; one that is missing is left out."""
        if count is not None and str(count).strip():
            self.rows.append((area, contender, party, str(count).strip()))


def tables_of(contests: Sequence[Contest], path: str, form: str, problems: Iterable[Problem] = ()) -> tuple[Table, ...]:
    """Return a table for each contest that has counts, named after it."""
    told = tuple(problems)
    out = []
    for contest in contests:
        if not contest.rows:
            continue
        parties = any(party for _, _, party, _ in contest.rows)
        areas = len({area for area, *_ in contest.rows}) > 1
        keep = [i for i in range(len(HEAD)) if (i != 0 or areas) and (i != 2 or parties)]
        rows: list[Row] = [_kept(row, keep) for row in (HEAD, *contest.rows)]
        sheet = contest.name if len(contests) > 1 else None
        out.append(Table(path, rows, range(1, len(rows) + 1), form, sheet=sheet, problems=told))
    return tuple(out)


def _kept(row: Sequence[str], keep: Sequence[int]) -> list[Value]:
    return [row[i] for i in keep]


def note(path: str, code: str, what: str, hint: str = "") -> Problem:
    """Return a finding about the whole file."""
    return Problem(code, CellPlace(path), what, hint)
