"""Columns of counts: whole numbers at once, and the odd cell with its fault."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from sailau.files.counts import Evidence, Fault, evidence_of, read_count
from sailau.forensics.frame import Column
from sailau.forensics.stations import Counts, Mask, Numbers
from sailau.terms.speech import say


class Reading(NamedTuple):
    """Counts (0 where there is none), which cells are empty, and the faults by row."""

    counts: Counts
    empty: Mask
    faults: tuple[tuple[int, Fault], ...]


def to_counts(values: Column, missing: Iterable[str] = ()) -> Reading:
    """Read a column as counts; `missing` lists texts that say that nothing is known."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "iu":
        empty = np.ma.getmaskarray(values)
        counts = np.ma.filled(values, 0).astype(np.int64)
        faults = tuple((int(i), read_count(int(counts[i]))) for i in np.flatnonzero(counts < 0))
        return Reading(np.maximum(counts, 0), empty, _only(faults))
    cells = values.tolist() if isinstance(values, np.ndarray) else values
    quick = _digits(cells)
    if quick is not None:
        return Reading(quick, np.zeros(quick.size, bool), ())
    return _one_by_one(cells, {"", *missing})


def _digits(cells: Sequence[Any]) -> Counts | None:
    """Return the counts of a column that holds nothing but plain ones."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        text = "".join(cells)
        if text.isdecimal() and text.isascii() and 0 < min(map(len, cells)) <= max(map(len, cells)) < 16:
            return np.fromiter(map(int, cells), dtype=np.int64, count=len(cells))
    elif kinds == {float} and all(cell >= 0 and cell.is_integer() and cell < 2**53 for cell in cells):
        return np.array(cells, dtype=np.int64)
    return None


def _one_by_one(cells: Sequence[Any], missing: set[str]) -> Reading:
    evidence: Evidence | None = None
    counts = np.zeros(len(cells), dtype=np.int64)
    empty = np.zeros(len(cells), dtype=bool)
    faults: list[tuple[int, Fault]] = []
    for i, cell in enumerate(cells):
        if _is_missing(cell, missing):
            empty[i] = True
            continue
        if evidence is None and isinstance(cell, str) and not cell.isdecimal():
            evidence = evidence_of(cells)
        found = read_count(cell, evidence or frozenset())
        if isinstance(found, int) and found < 2**62:
            counts[i] = found
        elif isinstance(found, int):
            faults.append(
                (
                    i,
                    Fault(
                        "E117",
                        say("{found} is more than any count of votes", found=found),
                        say("look it up in the protocol"),
                    ),
                )
            )
        elif found.code == "E102":
            empty[i] = True
        else:
            faults.append((i, found))
    return Reading(counts, empty, tuple(faults))


def _is_missing(cell: Any, missing: set[str]) -> bool:
    if isinstance(cell, float):
        return cell != cell
    return cell is None or (isinstance(cell, str) and cell.strip() in missing)


def missing_fault() -> Fault:
    """Return the fault of an empty cell."""
    return Fault("E102", say("the cell is empty; that is unknown, not 0"), say("write 0 where nobody voted so"))


def _only(faults: Iterable[tuple[int, int | Fault]]) -> tuple[tuple[int, Fault], ...]:
    return tuple((i, fault) for i, fault in faults if isinstance(fault, Fault))


def to_numbers(values: Column, missing: Iterable[str] = ()) -> tuple[Numbers, tuple[int, ...]]:
    """Read a column as numbers such as ``49.14`` or ``49,14 %``; the rows that hold something else come second."""
    blanks = {"", "-", "–", "—", *missing}
    out = np.full(len(values), np.nan)
    wrong: list[int] = []
    for i, cell in enumerate(values):
        if _is_missing(cell, blanks):
            continue
        text = str(cell).strip().removesuffix("%").strip().replace(",", ".")
        try:
            out[i] = float(Fraction(text))
        except (ValueError, ZeroDivisionError, OverflowError):
            wrong.append(i)
    return out, tuple(wrong)


def from_percent(percent: Numbers, whole: Counts, digits: int) -> tuple[Counts, Mask]:
    """Return the counts whose percentages of `whole` are given with so many digits, and where there is none.

    A count k fits where abs(100 k / whole - percent) is at most one unit of the last digit.
    """
    safe = np.nan_to_num(percent)
    counts = np.rint(safe * whole / 100).astype(np.int64)
    off = np.abs(100 * counts - safe * whole) > whole * 10.0**-digits * 1.001
    return counts, np.asarray(off | np.isnan(percent), dtype=np.bool_)


def digits_of(values: Column) -> int:
    """Return the most digits after the decimal mark in a column."""
    texts = (str(cell).strip().removesuffix("%").strip() for cell in values)
    return max((len(text.replace(",", ".").partition(".")[2]) for text in texts), default=0)
