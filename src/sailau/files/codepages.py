"""Which 8-bit code a text is in: the one in which most of its labels are words that tables of results bear."""

from __future__ import annotations

import re

from sailau.files import labels

_CODES = (
    "cp1251", "cp1252", "cp1250", "cp1254", "cp1253", "koi8-r", "cp866", "kz1048", "cp1255", "cp1256", "shift_jis",
    "cp949", "big5", "gb18030",
)  # fmt: skip
_LINES = 12
_CELLS = re.compile(r'[;,\t\r\n|"]+')
_WRONG_CASE = re.compile(r"\b[а-яё][А-ЯЁ]{2,}\b")
_RIGHT_CASE = re.compile(r"\b[А-ЯЁа-яё][а-яё]{2,}\b")
_HIGH, _OF_DOS = re.compile(rb"[\x80-\xff]"), re.compile(rb"[\x80-\xaf\xe0-\xef]")
_ONLY_OF_DOS = re.compile(rb"[\x80-\xaf]")


def by_words(raw: bytes) -> str | None:
    r"""Return the code in which most labels of the first lines are known words, None where no code is ahead.

    Examples
    --------
    >>> by_words("Opština;Broj upisanih birača;Važeći\n".encode("cp1250"))
    'cp1250'
    >>> by_words(b"party;votes\n") is None
    True
    """
    head = b"\n".join(raw[:65536].splitlines()[:_LINES])
    known = {code: _known(head, code) for code in _CODES}
    best = max(known.values())
    leaders = [code for code, n in known.items() if n == best]
    return leaders[0] if best and len(leaders) == 1 else None


def _known(head: bytes, code: str) -> int:
    """Return how many labels are known words; those of ASCII letters alone are the same in every code."""
    try:
        text = head.decode(code)
    except UnicodeDecodeError:
        return 0
    cells = {cell.strip() for cell in _CELLS.split(text) if not cell.isascii() and len(cell) < 200}
    return sum(labels.role_of(cell) is not None for cell in cells)


def by_letters(raw: bytes) -> str | None:
    """Return a Cyrillic code other than Windows-1251 where its letters betray it.

    Read as Windows-1251, KOI8-R turns capitals into small letters and small ones into capitals; DOS (866) puts letters
    where Windows has signs.

    Examples
    --------
    >>> by_letters("Народная партия".encode("koi8-r")), by_letters("Народная партия".encode("cp866"))
    ('koi8-r', 'cp866')
    >>> by_letters("Народная партия".encode("cp1251")) is None
    True
    """
    high = len(_HIGH.findall(raw))
    if high and len(_OF_DOS.findall(raw)) * 20 > high * 19 and len(_ONLY_OF_DOS.findall(raw)) * 2 > high:
        return "cp866"
    text = raw.decode("cp1251", "replace")
    return "koi8-r" if len(_WRONG_CASE.findall(text)) > len(_RIGHT_CASE.findall(text)) else None
