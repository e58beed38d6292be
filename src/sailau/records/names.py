"""Names in records: a tier, a district or a contender under one spelling only, and none that means something else."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category, normalize

from sailau.terms.errors import InvalidRecord, Place
from sailau.terms.speech import say
from sailau.terms.tally import LINES, OTHERS, TOTALS

SUMS = frozenset(TOTALS) - LINES | {"total"}
"""Figures of an area, which are no lines of a result."""

_JOINERS = "\u200c\u200d"


@lru_cache(maxsize=65_536)
def is_plain(name: str) -> bool:
    r"""Say whether a name shows as it is: something, without space around it, composed, without invisible signs.

    Examples
    --------
    >>> is_plain("amanat"), is_plain(" amanat"), is_plain(""), is_plain("ama\u200bnat")
    (True, False, False, False)
    """
    if not name or name != name.strip() or normalize("NFC", name) != name:
        return False
    return name.isprintable() or not any(category(sign) in ("Cc", "Cf") and sign not in _JOINERS for sign in name)


def check_name(name: str, column: str, place: Place) -> None:
    """Refuse a name that another one could be taken for: empty, with spaces around it, with signs that do not show.

    Raises
    ------
    InvalidRecord
    """
    if is_plain(name):
        return
    if not name.strip():
        raise InvalidRecord(say("the row names no {column}", column=column), place=place)
    raise InvalidRecord(
        say(
            "the {column} {name} has spaces around it, signs that do not show, or letters in two parts",
            column=column,
            name=ascii(name),
        ),
        place=place,
        hint=say("write it with letters, digits, _ and - only: it would be another {column}", column=column),
    )


def check_contender(name: str, place: Place) -> None:
    """Refuse what stands among the lines of a result and is a sum of them.

    Raises
    ------
    InvalidRecord
    """
    check_name(name, "contender", place)
    if name in SUMS:
        raise InvalidRecord(
            say("{name} is a sum, no contender: it would win seats", name=name),
            place=place,
            hint=say("leave the row out, or give the figure in districts.csv or under totals of election.yaml"),
        )


def check_spellings(names: Iterable[str], place: Place) -> None:
    """Refuse names that differ in capital letters only: ``A`` beside ``a``, ``Blank`` for ``blank``.

    Raises
    ------
    InvalidRecord
    """
    seen = {name.casefold(): name for name in (*sorted(LINES), OTHERS)}
    for name in sorted(set(names)):
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            raise InvalidRecord(
                say("{one!r} and {other!r} differ in capital letters only", one=name, other=other),
                place=place,
                hint=say("write both alike; as two contenders they would share the votes of one"),
            )
