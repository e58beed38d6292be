"""Names in the data by language: of contenders, areas, houses."""

from __future__ import annotations

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
