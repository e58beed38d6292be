"""The letters of a text file: which encoding it is in, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sailau.files.codepages import among_latin, by_letters, by_words, is_latin_2, of_accents, strange_signs
from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_DIGIT = re.compile("[0-9]")
_JOINED = re.compile(r"[А-Яа-яЁё]{2}")
_MIXED = re.compile(r"[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]")
# What Windows-1252 shows for ł ą ż ľ Ľ and others, and letters that stand together only in words of Windows-1250.
_IN_WORDS = re.compile(r"(?<=[^\W\d_])[¹³¿¼¾£¥¯ªº\ufffd](?=[^\W\d_])")
_NEVER_TOGETHER = tuple(map(set, ("ìø", "øè", "šè", "žè", "šæ", "žæ", "êœ", "ãº", "ãþ")))
# A space that keeps digits together; DOS (866) has a letter there, which never stands within a number.
_THOUSANDS = re.compile(rb"(?<=[0-9])\xa0(?=[0-9])")
_ORDINARY = re.compile(r"[А-Яа-яЁёІі№«»–—“”„…‘’\u00a0\u00ad]")
# Where Windows-1251 and the Kazakh STRK 1048 differ, ў and ұ left out; of these the letters of Serbian and Macedonian
# on which Қ Һ Ә Ң fall; and letters of theirs that both codes hold.
_DIFFERENT = re.compile(rb"[\x8d\x8e\x9d\x9e\xa3\xa5\xaa\xaf\xb4\xba\xbc\xbd\xbe\xbf]")
_SOUTH_SLAVIC = re.compile(rb"[\x8d\x8e\x9d\x9e\xa3\xbc\xbd\xbe]")
_ONLY_SOUTH_SLAVIC = re.compile(rb"[\x80\x90\x8a\x9a\x8c\x9c\x8f\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its encoding, and whether that is certain."""

    text: str
    encoding: str
    sure: bool = True


def decode(raw: bytes, path: str, error: type[Invalid]) -> Decoded:
    """Read bytes as text: UTF-8, UTF-16 (with or without a mark), else the 8-bit code that fits best.

    Raises
    ------
    Invalid
        The class given as `error`: no text at all, or text that breaks off in another encoding.
    """
    found = _by_mark(raw, path, error) or _without_mark(raw) or _eight_bits(raw, path, error)
    controls = len(_CONTROL.findall(found.text))
    if controls > 4 and controls * 50 > len(found.text):
        what = say("holds bytes that are no text in any encoding known here")
        raise error(what, place=Place(path), hint=say("save the table as CSV (UTF-8) or as XLSX"))
    return found


def _by_mark(raw: bytes, path: str, error: type[Invalid]) -> Decoded | None:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return Decoded(raw.decode(encoding), encoding)
            except UnicodeDecodeError as cause:
                what = say(
                    "begins as {encoding}, but breaks off at byte {byte:,}", encoding=encoding.upper(), byte=cause.start
                )
                raise error(what, place=Place(path), hint=say("save the file again as CSV (UTF-8)")) from None
    return None


def _without_mark(raw: bytes) -> Decoded | None:
    """Read UTF-16 without a mark (its ASCII signs leave zeros on one side), or UTF-8."""
    zeros, high = raw.count(0), raw[1::2].count(0)
    if zeros * 50 > len(raw) and len(raw) % 2 == 0 and max(high, zeros - high) * 10 >= zeros * 9:
        encoding = "utf-16-le" if high * 2 > zeros else "utf-16-be"
        text = raw.decode(encoding, "replace")
        if "\ufffd" not in text and _DIGIT.search(text):
            return Decoded(text, encoding)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _eight_bits(raw: bytes, path: str, error: type[Invalid]) -> Decoded:
    mixed = _refuse_broken_utf8(raw, path, error)
    other = by_words(raw) or by_letters(_THOUSANDS.sub(b"", raw))
    if other == "cp1250" and is_latin_2(raw):
        other = "iso8859_2"
    if other not in (None, "cp1251", "cp1252", "kz1048"):
        return Decoded(raw.decode(other, "replace"), other, sure=False)
    if among_latin(raw):
        return _western(raw)
    try:
        text = raw.decode("cp1251")
    except UnicodeDecodeError as cause:
        what = say("is neither UTF-8 nor UTF-16 nor Windows-1251 (byte {byte:#04x})", byte=raw[cause.start])
        raise error(what, place=_place(raw, cause.start, path), hint=say("save the file as CSV (UTF-8)")) from None
    if len(_MIXED.findall(text)) > len(_JOINED.findall(text)):
        return _western(raw)
    if _is_kazakh(raw, text):
        return Decoded(raw.decode("kz1048", "replace"), "kz1048", sure=False)
    foreign = [sign for sign in text if sign > "\x7f"]
    ordinary = sum(1 for sign in foreign if _ORDINARY.match(sign))
    return Decoded(text, "cp1251", sure=not mixed and ordinary * 10 >= len(foreign) * 9)


def _western(raw: bytes) -> Decoded:
    """Read a text of Latin letters in the code of the west or of central Europe that fits."""
    western = raw.decode("cp1252", "replace")
    encoding = of_accents(raw)
    if _is_central_european(western) and strange_signs(raw, "cp1250") <= strange_signs(raw, encoding):
        encoding = "cp1250"
    if is_latin_2(raw):
        encoding = "iso8859_2"
    return Decoded(raw.decode(encoding, "replace"), encoding, sure=False)


def _is_central_european(western: str) -> bool:
    """Tell whether a text read as Windows-1252 is one in Windows-1250: signs in words, or letters no tongue joins."""
    if _IN_WORDS.search(western):
        return True
    letters = {sign for sign in western.lower() if sign > "\x7f"}
    hungarian = letters & set("õû") and letters & set("áéíóú") and not letters & set("ãçêàèôîâ")
    return bool(hungarian) or any(pair <= letters for pair in _NEVER_TOGETHER)


def _is_kazakh(raw: bytes, text: str) -> bool:
    """Tell whether bytes on which Windows-1251 and STRK 1048 differ are Kazakh letters, not Slavic ones."""
    if not _DIFFERENT.search(raw):
        return False
    if "ы" in text or "Ы" in text:
        return True
    return bool(_SOUTH_SLAVIC.search(raw)) and not _ONLY_SOUTH_SLAVIC.search(raw)


def _refuse_broken_utf8(raw: bytes, path: str, error: type[Invalid]) -> bool:
    """Refuse UTF-8 with a few broken letters; say whether whole letters of it are as many as what is none."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as cause:
        start = cause.start
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for sign in text if sign > "\x7f") - broken
    if whole >= 4 * broken:
        raise error(
            say("is UTF-8, but for the byte {byte:#04x} here", byte=raw[start]),
            place=_place(raw, start, path),
            hint=say(
                "a letter was cut, or a piece in another encoding pasted in: type the cell again and save as UTF-8"
            ),
        )
    return whole >= max(broken, 1)


def _place(raw: bytes, at: int, path: str) -> Place:
    return Place(path, raw.count(b"\n", 0, at) + 1, at - raw.rfind(b"\n", 0, at))
