"""Shares and sample sizes as people write them: percent signs, decimal commas, limits, gaps."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from fractions import Fraction
from typing import NamedTuple

from sailau.files.counts import DASHES, Fault, read_count
from sailau.files.tables import Value

_NUMBER = re.compile(
    r"([<≤]|less than |менее |до )?\s*([-−]?\d{1,3}(?:[.,]\d+)?|[.,]\d+)\s*(%|п\.?п\.?)?\*?", re.IGNORECASE
)
_GAPS = {
    "",
    "n/a",
    "na",
    "n.a.",
    "none",
    "null",
    "nan",
    "nr",
    "n/r",
    "did not exist",
    "н/д",
    "нд",
    "нет",
    "жоқ",
    "?",
    "x",
    "…",
    "...",
}
_ABOUT = re.compile(r"^[~≈c]\.?\s*|^(?:около|шамамен|about)\s+", re.IGNORECASE)
_SAMPLE = re.compile(r"^n\s*=\s*", re.IGNORECASE)


class Told(NamedTuple):
    """A share as it stands in a cell.

    Attributes
    ----------
    value : Fraction
        In the units of the file.
    percent : bool
        Whether it wears a percent sign.
    limit : bool
        Whether it was given as "less than"; `value` is half of that.
    """

    value: Fraction
    percent: bool = False
    limit: bool = False


def is_gap(value: Value) -> bool:
    """Tell whether a cell says nothing."""
    return isinstance(value, str) and (value.strip().casefold() in _GAPS or value.strip() in DASHES)


def read_share(value: Value) -> Told | Fault | None:
    """Read a cell as a share; None where the poll says nothing."""
    if is_gap(value):
        return None
    if isinstance(value, bool | date | time | timedelta):
        return Fault("E304", f"{value} where a share is expected", "format the column as numbers, and type it again")
    if isinstance(value, int | float):
        told = Told(Fraction(str(round(value, 6))) if value == value else Fraction(-1))
    else:
        found = _NUMBER.fullmatch(" ".join(value.replace("\u00a0", " ").split()))
        if not found:
            return Fault("E304", f"{_short(value)!r} is no share", "write the share as a number, such as 12.5")
        number = Fraction(found[2].replace(",", ".").replace("−", "-"))
        told = Told(number / 2 if found[1] else number, bool(found[3]), bool(found[1]))
    if not 0 <= told.value <= 100:
        return Fault("E305", f"{_short(value)} is no share: shares lie between 0 and 100", "correct the cell")
    return told


def read_size(value: Value) -> int | Fault | None:
    """Read a cell as the number of people asked; None where the poll says nothing."""
    if is_gap(value):
        return None
    if isinstance(value, str):
        value = _SAMPLE.sub("", _ABOUT.sub("", value.strip())).rstrip("*").strip()
        value = re.sub(r"(?<=^\d)[.,](?=\d{3}$)|(?<=^\d\d)[.,](?=\d{3}$)", "", value)
    if isinstance(value, float) and not value.is_integer():
        value = round(value)
    found = read_count(value)
    if isinstance(found, Fault):
        return Fault(
            "E308", f"{_short(value)!r} is no number of people", "write the sample size in digits, or leave it empty"
        )
    if found < 1:
        return Fault("E308", f"a poll of {found} people", "leave the cell empty where the sample size is not known")
    return found


def _short(value: Value) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."
