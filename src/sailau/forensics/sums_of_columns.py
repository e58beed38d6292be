"""Columns of unknown names that are no contenders: sums of others, and what stands in the way of the valid ballots."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sailau.forensics.book import Book
from sailau.forensics.problems import FaultyStations
from sailau.forensics.stations import Counts
from sailau.terms.errors import Place
from sailau.terms.speech import say

_LEAST_ROWS = 20
_LEAST_SHARE = 0.9
_SEARCHED = 12
"""How many of the first columns may be a sum: figures of a protocol stand before its contenders."""


def refuse_sums(book: Book, chosen: Sequence[str]) -> None:
    """Refuse to take columns for contenders that arithmetic shows to be other figures.

    Raises
    ------
    FaultyStations
        In nearly every row a column is the sum of columns after it, or the valid ballots are the sum of some only.
    """
    if len(chosen) < 3 or len(book.frame.rows) < _LEAST_ROWS:
        return
    counts = np.column_stack([book.cells(name).counts for name in chosen])[book.rows]
    after = np.cumsum(counts[:, ::-1], axis=1)[:, ::-1]
    valid = book.map.figures.get("valid")
    if valid:
        _without_the_first(book, chosen, after, np.sum([book.cells(name).counts for name in valid], axis=0)[book.rows])
    last = len(chosen) - 2
    for j in range(min(last, 2 * _SEARCHED), 0, -1):  # the sum of the fewest columns is the valid ballots
        for i in range(min(j, _SEARCHED)):
            n = _agreeing(counts[:, i], after[:, j])
            if n:
                what = say(
                    "the column {name!r} is no contender: in {n:,} of {rows:,} rows it is the sum of {columns}",
                    name=chosen[i],
                    n=n,
                    rows=len(counts),
                    columns=_named(chosen[j:]),
                )
                raise _refusal(book, what, chosen[i], chosen[j:])


def _without_the_first(book: Book, chosen: Sequence[str], after: Counts, valid: Counts) -> None:
    if _agreeing(valid, after[:, 0]):
        return
    for j in range(1, min(len(chosen) - 1, _SEARCHED)):
        n = _agreeing(valid, after[:, j])
        if n:
            what = say(
                "of columns that would be contenders, {columns} are none: in {n:,} of {rows:,} rows "
                "the valid ballots are made up without them",
                columns=_named(chosen[:j]),
                n=n,
                rows=len(valid),
            )
            raise _refusal(book, what, book.map.figures["valid"][0], chosen[j:])


def _agreeing(one: Counts, other: Counts) -> int:
    """Return in how many rows two figures are one and above 0; 0 where that is no rule."""
    n = int(((one == other) & (one > 0)).sum())
    return n if n >= max(_LEAST_ROWS, _LEAST_SHARE * len(one)) else 0


def _named(names: Sequence[str]) -> str:
    return ", ".join(map(repr, names[:6])) + (", …" if len(names) > 6 else "")


def _refusal(book: Book, what: str, valid: str, contenders: Sequence[str]) -> FaultyStations:
    hint = say(
        "say what columns hold: --columns registered=…,voters=…,valid={valid},contenders={contenders}",
        valid=valid,
        contenders="+".join(contenders[:6]) + ("+…" if len(contenders) > 6 else ""),
    )
    return FaultyStations(what, place=Place(book.frame.path), hint=hint)
