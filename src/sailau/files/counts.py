"""Counts as people write them: thousands marks, decimal marks, and all that is no count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from fractions import Fraction
from math import isfinite
from types import MappingProxyType
from typing import NamedTuple, TypeGuard
from unicodedata import decimal

from sailau.files.tables import Value
from sailau.terms.speech import say

DECIMAL, THOUSANDS = "decimal", "thousands"
Evidence = frozenset[tuple[str, str]]
"""What the numbers of a column show: (mark, use) pairs, for instance (",", "decimal")."""

_DIGITS = 100
_SEVERAL = 5
_NOISE, _NEAR = 8, 1e-6
"""Decimals, and how close they are to a whole number, that only the arithmetic of a program writes."""
_MARKS = {"\u066c": "'", "\u066b": ",", "\u066a": "%"}
"""The marks of thousands, decimals and percent of Arabic numbers."""
_EXACT_FLOAT = 2**53
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffd]")
_SPACED = re.compile(r"(\d{1,3}(?:[\s'’`´]\d{3})+)((?:[.,]\d+)?)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[.,]\d+", re.ASCII)
_OPEN = re.compile(r"[1-9]\d{0,2}([.,])\d{3}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}", re.ASCII)
_LOOKS = re.compile(r"[(+\-−–]?[\s'’]*(?:\d[\d\s.,'’`´]*|[.,]\d+)(?:[eE][+-]?\d+)?\s*[%)]?")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eEеЕ][+-]?\d+", re.ASCII)
_ERROR = re.compile(
    r"#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NULL!|NUM!|SPILL!|CALC!|ЗНАЧ!|ССЫЛКА!|ДЕЛ/0!|Н/Д|ИМЯ\?|ПУСТО!|ЧИСЛО!)|#+|Err:\d+"
)
_FORMULA = re.compile(r"=[^=\s].*", re.DOTALL)
_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|янв|фев|мар|апр|май|мая|июн|июл|авг|сен|сент|окт|ноя|дек|"
    "қаң|ақп|нау|сәу|мам|мау|шіл|там|қыр|қаз|қар|жел"
)
_DATE = re.compile(
    rf"\d{{1,2}}[-. /](?:{_MONTHS})\.?(?:[-. /]\d{{2,4}})?|(?:{_MONTHS})\.?[-./]\d{{1,4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2})?)?|\d{1,2}[./]\d{1,2}[./]\d{4}",
    re.IGNORECASE,
)  # fmt: skip
CELLS: Mapping[str, str] = MappingProxyType(
    {
        "E101": "text where a count is expected",
        "E102": "an empty cell where a count is expected",
        "E103": "a negative count",
        "E104": "a fraction of a vote",
        "E105": "a percentage where a count is expected",
        "E106": "a number that can be read in two ways",
        "E107": "scientific notation, which hides digits",
        "E108": "an error of a formula",
        "E109": "a date that was made from a number",
        "E115": "a hidden control character",
        "E117": "a number larger than a spreadsheet holds exactly",
    }
)
"""The faults of a cell that should hold a count; readers of files have codes of their own beside these."""

DASHES = frozenset({"-", "–", "—", "−", "‒", "―", "--"})
_MISSING = frozenset(
    {"n/a", "na", "n.a.", "none", "null", "nan", "нет", "нет данных", "н/д", "нд", "жоқ", "деректер жоқ"}
)


class Fault(NamedTuple):
    """Why a cell is no count; `value` is the number that it holds nevertheless."""

    code: str
    what: str
    hint: str
    value: Fraction | None = None


def looks_numeric(value: Value) -> bool:
    """Tell whether a cell was meant as a number."""
    if type(value) is str:
        text = value if value.isdecimal() else in_ascii(_HIDDEN.sub("", value)).strip()
        return bool(_LOOKS.fullmatch(text) or _ERROR.fullmatch(text) or _FORMULA.fullmatch(text))
    return isinstance(value, int | float) and not isinstance(value, bool)


def in_ascii(text: str) -> str:
    """Return a text with the digits and marks of Arabic, Persian and other scripts as 0 to 9, ' and ,."""
    if text.isascii():
        return text
    return "".join(str(decimal(sign)) if sign.isdecimal() else _MARKS.get(sign, sign) for sign in text)


def is_digits(value: Value) -> TypeGuard[str]:
    """Tell whether a cell is a plain count."""
    return type(value) is str and value.isdecimal() and value.isascii() and len(value) <= _DIGITS


def is_date(value: Value) -> bool:
    """Tell whether a cell is a date, or an id that a spreadsheet has turned into one."""
    if isinstance(value, date | time | timedelta):
        return True
    return isinstance(value, str) and bool(_DATE.fullmatch(value.strip()))


def evidence_of(values: Iterable[Value]) -> Evidence:
    """Return what the numbers among some cells show about their marks.

    A mark parts thousands, too, where several numbers have it and all of them have three digits behind it, unless read
    as decimals they are shares of a hundred.
    """
    marked = [value for value in values if type(value) is str and ("," in value or "." in value)]
    found: set[tuple[str, str]] = set()
    for text in set(marked):
        found |= _shown_by(text)
    return frozenset(found or {(mark, THOUSANDS) for mark in ",." if grouped(marked, mark)})


def grouped(values: Iterable[Value], mark: str) -> str | None:
    """Return a number in which a mark parts thousands, as far as many numbers like it show; None where they do not."""
    open_ = [text for value in values if type(value) is str and _OPEN.fullmatch(text := value.strip())]
    if len(set(open_)) < _SEVERAL or any(mark not in text for text in open_):
        return None
    shares = [Fraction(text.replace(mark, ".")) for text in open_]
    rest = sum(shares) % 100
    return None if max(shares) <= 100 and min(rest, 100 - rest) <= Fraction(1, 2) else open_[0]


def _shown_by(text: str) -> set[tuple[str, str]]:
    text = _HIDDEN.sub("", text).strip(" \t\u00a0%'-−–+()")
    spaced = _SPACED.fullmatch(text)
    if spaced:
        return {(spaced[2][0], DECIMAL)} if spaced[2] else set()
    if not _NUMBER.fullmatch(text) or _OPEN.fullmatch(text):
        return set()
    marks = [sign for sign in text if sign in ",."]
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        return {(marks[-1], DECIMAL), (marks[0], THOUSANDS)}
    if len(set(marks)) == 1:
        return {(marks[0], THOUSANDS if len(marks) > 1 else DECIMAL)}
    return set()


def use_of(mark: str, evidence: Evidence) -> str | None:
    """Return what a mark means under the evidence; None where it is open or contradicts itself."""
    uses = {use for sign, use in evidence if sign == mark}
    if len(uses) == 1:
        return next(iter(uses))
    others = {use for sign, use in evidence if sign != mark}
    if not uses and len(others) == 1:
        return DECIMAL if others == {THOUSANDS} else THOUSANDS
    return None


def decimal_mark(evidence: Evidence) -> str | None:
    """Return the decimal mark that the evidence shows."""
    return next((mark for mark in ".," if use_of(mark, evidence) == DECIMAL), None) if evidence else None


def read_count(value: Value, evidence: Evidence = frozenset(), wider: Evidence = frozenset()) -> int | Fault:
    """Read a cell as a count.

    Parameters
    ----------
    value : Value
    evidence, wider : Evidence
        What the column shows about its marks, and, where that settles nothing, the whole table.

    Returns
    -------
    int or Fault
    """
    if type(value) is str:
        if is_digits(value):
            return int(value)
        return _from_text(value, evidence, wider)
    if isinstance(value, bool):
        return Fault("E101", say("{value} where a count is expected", value=value), say("write the number of votes"))
    if isinstance(value, float):
        return _from_float(value)
    if isinstance(value, int):
        return value if value >= 0 else _negative(str(value))
    return Fault(
        "E109",
        say("the date {value} where a count is expected", value=value),
        say("format the column as numbers, and type it again"),
    )


def _from_float(value: float) -> int | Fault:
    if not isfinite(value):
        return Fault("E101", say("{value} where a count is expected", value=value), say("write the number of votes"))
    if value < 0:
        return _negative(f"{value:g}")
    if not value.is_integer() and abs(value - round(value)) < _NEAR and len(repr(value).partition(".")[2]) >= _NOISE:
        return round(value)
    if not value.is_integer():
        return _fraction(repr(value), Fraction(repr(value)))
    if value >= _EXACT_FLOAT:
        hint = say("give the column as text, with all digits")
        return Fault("E117", say("{value:.0f} is more than a spreadsheet holds exactly (16 digits)", value=value), hint)
    return int(value)


def _negative(text: str) -> Fault:
    return Fault("E103", say("{text} is negative; a count cannot be", text=text), say("look it up in the protocol"))


def _fraction(text: str, value: Fraction) -> Fault:
    return Fault(
        "E104",
        say("{text} is no whole number; votes are counted whole", text=text),
        say("give the count itself"),
        value,
    )


def _from_text(raw: str, evidence: Evidence, wider: Evidence) -> int | Fault:
    text = in_ascii(_HIDDEN.sub("", raw)).strip().removeprefix("'").strip()
    if _CONTROL.search(text):
        return Fault("E115", say("{raw!r} holds a control character", raw=raw), say("type the cell again"))
    if not text or text in DASHES or text.casefold() in _MISSING:
        given = (
            say("{text!r} stands here, not a count", text=text)
            if text
            else say("the cell is empty; that is unknown, not 0")
        )
        return Fault("E102", given, say("write 0 where nobody voted so"))
    special = _special(text)
    if special:
        return special
    body = text[1:].lstrip() if text[0] in "-−–" else text.strip("()") if text[0] + text[-1] == "()" else text
    if body != text and _LOOKS.fullmatch(body):
        return _negative(text)
    return _unsigned(text, evidence, wider)


def _special(text: str) -> Fault | None:
    if text.endswith(("%", "‰")) and looks_numeric(text[:-1].strip()):
        return percentage(text)
    if _FORMULA.fullmatch(text):
        what = say("the formula {text} has no saved result", text=text[:40])
        return Fault("E108", what, say("open the file in a spreadsheet and save it again, or type the count"))
    if _ERROR.fullmatch(text):
        return Fault(
            "E108", say("{text} is the error of a formula", text=text), say("mend the formula, or type the count")
        )
    if _SCIENTIFIC.fullmatch(text):
        what = say("{text} is in scientific notation, which hides digits", text=text)
        return Fault("E107", what, say("format the column as whole numbers and save it again"))
    if _DATE.fullmatch(text):
        return Fault(
            "E109",
            say("the date {text} where a count is expected", text=text),
            say("type the count again, as a number"),
        )
    return None


def percentage(text: str) -> Fault:
    """Return the fault of a percentage that stands in the place of a count."""
    hint = say("give counts of votes; if only shares are known, scale them to whole numbers and say so")
    return Fault("E105", say("{text} is a percentage, not a count", text=text), hint)


def _unsigned(text: str, evidence: Evidence, wider: Evidence) -> int | Fault:
    spaced = _SPACED.fullmatch(text)
    digits = re.sub(r"\D", "", spaced[1]) + spaced[2] if spaced else text
    if not _NUMBER.fullmatch(digits) or len(digits) > _DIGITS:
        shown = text if len(text) <= 40 else text[:37] + "..."
        return Fault("E101", say("{shown!r} is no count", shown=shown), say("write the number of votes in digits"))
    if digits.isdecimal():
        return int(digits)
    if not spaced and _OPEN.fullmatch(digits):
        return _open(digits, evidence, wider)
    marks = [sign for sign in digits if sign in ",."]
    if spaced or len(marks) == 1:
        return _decimals(text, digits, marks[0])
    whole, mark, rest = digits.rpartition(marks[-1]) if marks[0] != marks[-1] else (digits, "", "")
    if not _GROUPED.fullmatch(whole):
        return Fault(
            "E101",
            say("{text!r} is no count: its marks do not part thousands", text=text),
            say("write the digits without marks"),
        )
    return _decimals(text, re.sub(r"\D", "", whole) + mark + rest, mark)


def _decimals(text: str, digits: str, mark: str) -> int | Fault:
    whole, _, rest = digits.partition(mark) if mark else (digits, "", "")
    exact = Fraction(f"{whole or 0}.{rest or 0}")
    if len(rest) >= _NOISE and abs(exact - round(exact)) < _NEAR:
        return round(exact)  # 81034.00000000003 is what adding in binary leaves of 81034
    if rest.strip("0"):
        return _fraction(text, Fraction(f"{whole or 0}.{rest}"))
    return int(whole or 0)


def _open(text: str, evidence: Evidence, wider: Evidence) -> int | Fault:
    """Read ``1,234``: 1234, or 1 and a bit; only other numbers can tell."""
    mark = "," if "," in text else "."
    joined = text.replace(mark, "")
    use = use_of(mark, evidence) or (None if evidence else use_of(mark, wider))
    if use == THOUSANDS:
        return int(joined)
    if use == DECIMAL:
        return _decimals(text, text, mark)
    why = say("the numbers around it use the mark both ways") if evidence else say("no other number shows which")
    return Fault(
        "E106",
        say("{text} is {joined} or {other}; {why}", text=text, joined=joined, other=text.replace(mark, "."), why=why),
        say("write {joined}, without a mark", joined=joined),
    )
