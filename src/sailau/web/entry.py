"""What people type into a box, read as the value of a clause: ``5,3 %``, ``1/20``, ``1 234``."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from sailau.terms.errors import Invalid
from sailau.terms.numbers import exact, percent
from sailau.terms.speech import say

_OPEN = re.compile(r"\d{1,3}([.,])\d{3}")
_MOST = 10**9


def clean(text: str) -> str:
    """Return what was typed in composed letters, with plain spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def read_share(path: str, text: str) -> str:
    """Return a share as a law writes it; a bare number is a percentage, for the box stands before a percent sign.

    Raises
    ------
    Invalid
        It is no number, or could be read in two ways.

    Examples
    --------
    >>> read_share("list.threshold.share", "5,3 %"), read_share("list.threshold.share", "1/20")
    ('5.3%', '5%')
    """
    given = clean(text).replace(" ", "")
    bare = given.rstrip("%")
    if _OPEN.fullmatch(bare):
        raise _ambiguous(path, text, bare)
    try:
        value = exact(bare) / 100 if "/" not in bare else exact(bare)
    except ValueError:
        raise Invalid(
            say("{path}: {text!r} is no share", path=path, text=text),
            hint=say("write for instance 5, 5.3 %, 5,3 % or 1/20"),
        ) from None
    spelled = percent(value)
    return spelled if spelled.endswith("%") else str(value)


def read_whole(path: str, text: str) -> str:
    """Return a whole number as a law writes it.

    Raises
    ------
    Invalid
        It is no whole number, or could be read in two ways.
    """
    given = clean(text).replace(" ", "")
    if _OPEN.fullmatch(given):
        raise _ambiguous(path, text, given)
    if not re.fullmatch(r"\d{1,10}", given) or int(given) > _MOST:
        raise Invalid(
            say("{path}: {text!r} is no whole number", path=path, text=text),
            hint=say("write the number in digits, for instance 98"),
        )
    return str(int(given))


def read_fraction(path: str, text: str) -> str:
    """Return an exact number as a law writes it: ``7/10``, ``1.4``, ``135%``."""
    given = clean(text).replace(" ", "")
    try:
        exact(given)
    except ValueError as fault:
        raise Invalid(f"{path}: {fault}") from None
    return given.replace(",", ".")


def _ambiguous(path: str, text: str, digits: str) -> Invalid:
    mark = "," if "," in digits else "."
    whole = digits.replace(mark, "")
    return Invalid(
        say(
            "{path}: {text!r} can be read as {whole} or as {digits}",
            path=path,
            text=text,
            whole=whole,
            digits=digits.replace(mark, "."),
        ),
        hint=say("write {whole} for the one, {digits}0 for the other", whole=whole, digits=digits.replace(mark, ".")),
    )


def read_pairs(text: str) -> dict[str, str]:
    """Return ``registered=A,voters=B`` as a mapping.

    Raises
    ------
    Invalid
        A part without an equals sign.
    """
    out: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        key, equals, value = part.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise Invalid(say("columns: {part!r} is not role=column", part=part), hint="registered=A,voters=B,leader=C")
        out[key.strip()] = value.strip()
    return out


def same(one: str, other: str) -> bool:
    """Say whether two spellings are one value.

    Examples
    --------
    >>> same("5%", "1/20"), same("hare", "droop")
    (True, False)
    """
    if one == other:
        return True
    try:
        return _value(one) == _value(other)
    except ValueError:
        return False


def _value(text: str) -> Fraction:
    return exact(text)
