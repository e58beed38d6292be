"""Rows of votes as a table of voters and items, each row that cannot stand reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sailau.align.codes import UNRECORDED
from sailau.align.columns import Columns
from sailau.align.problems import Problem
from sailau.align.sources import Source
from sailau.files.problems import CellPlace
from sailau.terms.speech import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_UNKNOWN, _EMPTY = -99, -98


@dataclass(frozen=True, slots=True)
class Cast:
    """Votes by voter and item."""

    voters: tuple[str, ...]
    items: tuple[str, ...]
    votes: NDArray[np.int8]


def unfold(source: Source, found: Columns, layout: str) -> tuple[Source, Columns]:
    """Turn a matrix into one row a vote; columns that say something of the row stay, others are votes."""
    down, across = ("item", "voter") if layout == "wide-items" else ("voter", "item")
    roles = dict(found.roles)
    for role in ("vote", across):
        roles.pop(role, None)
    if down not in roles:
        roles[down] = (source.header[0],)
    said = Columns(roles).used
    matrix = [name for name in source.header if name not in said]
    problems = list(source.problems)
    if "" in matrix:
        matrix.remove("")
        what = say("a column without a name was left out")
        problems.append(Problem("W603", CellPlace(source.path, 1, source.header.index("") + 1), what))
    n = len(source.rows)
    columns: list[Sequence[str]] = [list(source.column(name)) * len(matrix) for name in said]
    columns.append([name for name in matrix for _ in range(n)])
    columns.append([cell for name in matrix for cell in source.column(name)])
    header = (*said, f"({across})", "(vote)")
    out = Source(source.path, header, tuple(columns), list(source.rows) * len(matrix), tuple(problems))
    return out, Columns({**roles, across: (header[-2],), "vote": (header[-1],)})


def cast_votes(source: Source, found: Columns, signs: Mapping[str, int], problems: list[Problem]) -> Cast:
    """Return the votes of a long table; what is at fault is reported and stays out."""
    import numpy as np

    voter, voters = _factor(found.cells(source, "voter"))
    item, items = _factor(found.cells(source, "item"))
    sign, texts = _factor(found.cells(source, "vote"), empty="" in signs)
    meaning = np.array([signs.get(text.casefold(), _UNKNOWN) for text in texts] + [_EMPTY], dtype=np.int8)
    code = meaning[sign]
    rows = np.asarray(source.rows, dtype=np.int64)
    _report(source, rows, voter < 0, "E505", say("no voter"), problems)
    _report(source, rows, item < 0, "E506", say("no item"), problems)
    _report(source, rows, code == _EMPTY, "E504", say("no vote"), problems)
    known = ", ".join(sorted(filter(None, signs))[:8])
    hint = say(
        "known: {known}; say what signs mean: --codes un|voteview|binary, or --codes 1=yes,2=abstain,3=no", known=known
    )
    for number in (number for number in range(len(texts)) if meaning[number] == _UNKNOWN):
        _report(
            source,
            rows,
            sign == number,
            "E501",
            say("the vote {vote!r} is not known", vote=texts[number]),
            problems,
            hint,
        )
        hint = ""
    good = (voter >= 0) & (item >= 0) & (code > _EMPTY)
    votes = np.full((len(voters), len(items)), UNRECORDED, dtype=np.int8)
    keep = _once(source, rows, voter, item, code, good, voters, items, problems)
    votes[voter[keep], item[keep]] = code[keep]
    return Cast(voters, items, votes)


def _factor(cells: Sequence[str], *, empty: bool = False) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return each cell as a number, in the order of the names; an empty cell is -1 unless it means something."""
    import numpy as np

    names = sorted({cell for cell in cells if cell or empty})
    number = {name: n for n, name in enumerate(names)}
    return np.fromiter((number.get(cell, -1) for cell in cells), dtype=np.int64, count=len(cells)), tuple(names)


def _report(
    source: Source,
    rows: NDArray[np.int64],
    at: NDArray[np.bool_],
    code: str,
    what: str,
    problems: list[Problem],
    hint: str = "",
) -> None:
    found = tuple(dict.fromkeys(rows[at].tolist()))
    if found:
        problems.append(Problem(code, CellPlace(source.path, found[0]), what, hint, found))


def _once(
    source: Source,
    rows: NDArray[np.int64],
    voter: NDArray[np.int64],
    item: NDArray[np.int64],
    code: NDArray[np.int8],
    good: NDArray[np.bool_],
    voters: Sequence[str],
    items: Sequence[str],
    problems: list[Problem],
) -> NDArray[np.int64]:
    """Return the rows that count; a voter twice on an item is reported, and out where the votes differ."""
    import numpy as np

    there = np.flatnonzero(good)
    key = voter[there] * max(len(items), 1) + item[there]
    order = np.argsort(key, kind="stable")
    there, key = there[order], key[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    sizes = np.diff(np.append(starts, len(key)))
    keep = np.zeros(len(key), dtype=bool)
    keep[starts] = True
    for start, size in zip(starts[sizes > 1], sizes[sizes > 1], strict=True):
        group = there[start : start + size]
        same = len(set(code[group].tolist())) == 1
        keep[start] = same
        lines = tuple(int(row) for row in rows[group])
        what = say(
            "{voter} votes {n} times on {item}", voter=voters[voter[group[0]]], n=size, item=items[item[group[0]]]
        )
        problems.append(Problem("E503" if same else "E502", CellPlace(source.path, lines[0]), what, rows=lines))
    return there[keep]
