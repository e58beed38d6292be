"""Names in the data by language: of contenders, areas, houses."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NEXT = {"en": ("en", "kk", "ru"), "kk": ("kk", "ru", "en"), "ru": ("ru", "kk", "en")}
"""Where to look: the language asked for, then the one that its readers are likeliest to read."""


def name_in(names: Mapping[str, str], lang: str, fallback: str) -> str:
    """Return the name in a language, else in the next one that is known, else the id itself.

    Examples
    --------
    >>> name_in({"ru": "Ак жол"}, "kk", "aq_jol"), name_in({}, "kk", "aq_jol")
    ('Ак жол', 'aq_jol')
    """
    return next((names[code] for code in _NEXT[lang] if names.get(code)), None) or next(
        (name for name in names.values() if name), fallback
    )


_SMALL = frozenset(
    {"of", "the", "and", "for", "und", "für", "et", "de", "la", "du", "для", "и", "по", "за", "және", "мен"}
)
_QUOTED = re.compile(r"[«“„\"]([^»”“\"]{2,})[»”\"]")
SHORT = 14
"""A name up to this length is short enough to stand beside a wedge or on a tile."""


def short_name(name: str) -> str:
    """Return a short form of a party's name: what stands in quotes, else its initials, where the whole is long.

    Examples
    --------
    >>> short_name("«Ақ жол» Қазақстанның демократиялық партиясы"), short_name("Қазақстан халық партиясы")
    ('Ақ жол', 'ҚХП')
    >>> short_name("National Social Democratic Party"), short_name("Amanat")
    ('NSDP', 'Amanat')
    """
    if len(name) <= SHORT:
        return name
    quoted = _QUOTED.search(name)
    if quoted and len(quoted[1]) <= SHORT:
        return quoted[1]
    words = [word for word in re.split(r"[\s\-–/]+", name) if word.strip("«»“”\"'.,()")]
    initials = [word.strip("«»“”\"'.,()")[0].upper() for word in words if word.casefold() not in _SMALL]
    return "".join(initials) if len(initials) > 1 else name
