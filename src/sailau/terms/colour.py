"""Colours as data writes them: ``#rrggbb``."""

from __future__ import annotations

import re

from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

_HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def as_hex(text: str | None) -> str | None:
    """Return a colour as ``#RRGGBB``, or None if it is none.

    Capitals, so that no colour of the data is ever taken for a role of a picture, which is written small.

    Examples
    --------
    >>> as_hex("#0af"), as_hex("00aaff"), as_hex("blue")
    ('#00AAFF', '#00AAFF', None)
    """
    found = _HEX.fullmatch((text or "").strip())
    if found is None:
        return None
    digits = found[1].upper()
    return "#" + ("".join(sign * 2 for sign in digits) if len(digits) == 3 else digits)


def colour_of(name: str, text: str, place: Place | None = None, error: type[Invalid] = Invalid) -> str:
    """Return the colour that was given to somebody.

    Raises
    ------
    Invalid
        The class given as `error`: it is no colour.
    """
    found = as_hex(text)
    if found is None:
        raise error(
            say("{name}: {text!r} is no colour", name=name, text=text),
            place=place,
            hint=say("write red, green and blue as #rrggbb, for instance #00afca"),
        )
    return found
