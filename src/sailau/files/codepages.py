"""Which 8-bit code a text is in: the one in which most of its labels are words that tables of results bear."""

from __future__ import annotations

import re
from itertools import pairwise

from sailau.files import labels

_CODES = (
    "cp1251", "cp1252", "cp1250", "cp1254", "cp1253", "koi8-r", "cp866", "kz1048", "cp1255", "cp1256", "shift_jis",
    "euc_jp", "cp949", "big5", "gb18030",
)  # fmt: skip
_LETTER = rb"[A-Za-z\xc0-\xfe]"
_ONLY_WINDOWS = re.compile(rb"[\x80-\x9f]")
# ą ś ť within a word and Š Ž Ś Ź before one in ISO 8859-2; Windows-1250 has ± ¶ » © ® ¦ ¬ there.
_LATIN_2 = re.compile(
    rb"(?<=" + _LETTER + rb")[\xb1\xb6\xbb](?=[a-z\xe0-\xfe])|(?<![A-Za-z0-9])[\xa9\xae\xa6\xac](?=[a-z\xe0-\xfe])"
)
# š and ž of ISO, which are ą and ľ in Windows; č, ě and ř stand in both alike, and in no word beside ą.
_CARON, _CARON_2 = re.compile(rb"[\xe8\xec\xf8]"), re.compile(rb"(?<=[a-z\xe0-\xfe])[\xb9\xbe](?=[a-z\xe0-\xfe])")
_WESTERN = ("cp1252", "mac_roman")
_LETTERS = frozenset("’ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽžÐðÞþÝ")
_ALL_HIGH = re.compile(rb"[\x80-\xff]+")
_PIECES = re.compile(rb"[A-Za-z\x80-\xff]+")
_LINES = 12
_CELLS = re.compile(r'[;,\t\r\n|"]+')
_WRONG_CASE = re.compile(r"\b[а-яё][А-ЯЁ]{2,}\b")
_RIGHT_CASE = re.compile(r"\b[А-ЯЁа-яё][а-яё]{2,}\b")
_HIGH, _OF_DOS = re.compile(rb"[\x80-\xff]"), re.compile(rb"[\x80-\xaf\xe0-\xef]")
_AMONG_ASCII = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?=[A-Za-z])|(?<=[A-Za-z])[\x80-\xff](?![\x80-\xff])")
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


def of_accents(raw: bytes) -> str:
    r"""Return the western code, of Windows and of the old Macintosh, that shows fewest signs within words.

    Examples
    --------
    >>> [of_accents("Gröna;Vänstern;Ærø".encode(code)) for code in ("cp1252", "mac_roman")]
    ['cp1252', 'mac_roman']
    >>> of_accents("FRATELLI D’ITALIA;5 €".encode("cp1252"))
    'cp1252'
    """
    return min(_WESTERN, key=lambda code: strange_signs(raw, code))


def strange_signs(raw: bytes, code: str) -> int:
    """Return how many signs within Latin words are no letters that such words have, or capitals inside of them."""
    pieces = [piece for piece in _PIECES.findall(raw) if _HIGH.search(piece) and not _ALL_HIGH.fullmatch(piece)]
    known = _LETTERS if code in _WESTERN else None
    return sum(_strange(piece.decode(code, "replace"), known) for piece in pieces)


def _strange(word: str, known: frozenset[str] | None) -> int:
    capitals = sum(1 for a, b in pairwise(word) if a.islower() and b.isupper() and not b.isascii())
    letters = (sign in known if known else sign.isalpha() or sign == "’" for sign in word if sign > "\x7f")
    return capitals + sum(1 for is_letter in letters if not is_letter)


def is_latin_2(raw: bytes) -> bool:
    """Tell whether a text of central Europe is in ISO 8859-2 and not in Windows-1250.

    The two differ in š, ť, ž, ś, ź, ą, ľ and their capitals: Windows has some of them below A0, where ISO 8859-2 has no
    letter, and signs where ISO has them, which never stand within a word.

    Examples
    --------
    >>> is_latin_2("Křesťanská;5".encode("iso8859_2")), is_latin_2("Křesťanská;5".encode("cp1250"))
    (True, False)
    >>> is_latin_2("Pražané a čeští;5".encode("iso8859_2")), is_latin_2("Ząbki;5".encode("cp1250"))
    (True, False)
    """
    if _ONLY_WINDOWS.search(raw):
        return False
    return bool(_LATIN_2.search(raw) or (_CARON.search(raw) and _CARON_2.search(raw)))


def among_latin(raw: bytes) -> bool:
    """Tell whether most signs beyond ASCII stand alone beside ASCII letters: accents of Latin, no Cyrillic words."""
    return len(_AMONG_ASCII.findall(raw)) * 2 > len(_HIGH.findall(raw))


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
    if (
        high
        and not among_latin(raw)
        and len(_OF_DOS.findall(raw)) * 20 > high * 19
        and len(_ONLY_OF_DOS.findall(raw)) * 2 > high
    ):
        return "cp866"
    text = raw.decode("cp1251", "replace")
    return "koi8-r" if len(_WRONG_CASE.findall(text)) > len(_RIGHT_CASE.findall(text)) else None
