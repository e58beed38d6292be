"""The catalogues: the words of the interface by key, one JSON file for each language.

``locale/en.json`` and its brothers hold what all doors say. A room with many words of its own keeps them in a folder,
``locale/<room>/en.json``, and begins its keys with the room's name. A text that counts something gives its forms under
the plural classes of its language, chosen by the value ``n``: ``{"one": "{n} seat", "other": "{n} seats"}``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sailau.locale.numerals import number
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.speech import plural_class, spoken

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "kk": "Қазақша", "ru": "Русский"})
"""The languages by code, each in its own name."""

Text = str | Mapping[str, str]
FOLDER = Path(__file__).resolve().parent


def language(given: str | None = None) -> str:
    """Return the language to speak.

    It is the one given, else the one that is spoken already, else that of the variable SAILAU_LANG, else that of the
    machine (LC_ALL, LC_MESSAGES, LANG) where there is a catalogue in it, else English.

    Raises
    ------
    NotFound
        There is no catalogue in that language.
    """
    if not given and spoken() != "en":
        return spoken()
    asked = given or os.environ.get("SAILAU_LANG") or _of_machine()
    code = _code(asked)
    if code not in LANGUAGES:
        missing = NotFound("language", asked, list(LANGUAGES))
        missing.hint = f"there are {', '.join(f'{known} ({name})' for known, name in LANGUAGES.items())}"
        raise missing
    return code


def _of_machine() -> str:
    """Return the language of the machine where there is a catalogue in it, else English."""
    asked = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "en")
    return _code(asked) if _code(asked) in LANGUAGES else "en"


def _code(asked: str) -> str:
    return asked.lower().replace("_", "-").replace(".", "-").partition("-")[0]


@cache
def catalogue(lang: str) -> Mapping[str, Text]:
    """Return all texts of a language by key.

    Raises
    ------
    Invalid
        Two files of the catalogue use one key.
    """
    found: dict[str, Text] = {}
    for path in [FOLDER / f"{lang}.json", *sorted(FOLDER.glob(f"*/{lang}.json"))]:
        words = json.loads(path.read_text(encoding="utf-8"))
        twice = found.keys() & words.keys()
        if twice:
            raise Invalid(f"{path}: the key {min(twice)} stands in two catalogues", hint="keep one of them")
        found |= words
    return MappingProxyType(found)


def text(key: str, lang: str = "en", /, **values: object) -> str:
    """Return the text of a key in a language, filled in; whole numbers get that language's thousands mark.

    Raises
    ------
    NotFound
        No such key or language.

    Examples
    --------
    >>> text("seats", "en", n=1), text("seats", "ru", n=3), text("seats", "kk", n=3)
    ('1 seat', '3 мандата', '3 мандат')
    """
    if lang not in LANGUAGES:
        raise NotFound("language", lang, list(LANGUAGES))
    words = catalogue(lang).get(key)
    if words is None:
        raise NotFound("text", key, list(catalogue(lang)))
    if isinstance(words, Mapping):
        words = words.get(plural_class(values["n"], lang), words["other"])
    return words.format(**{name: _spelled(value, lang) for name, value in values.items()})


def _spelled(value: object, lang: str) -> object:
    return number(value, lang) if isinstance(value, int) and not isinstance(value, bool) else value


def country_name(code: str, lang: str = "en") -> str:
    """Return the name of a country by its two letters; the letters where it has no name here.

    Examples
    --------
    >>> country_name("nz"), country_name("kz", "ru"), country_name("zz")
    ('New Zealand', 'Казахстан', 'ZZ')
    """
    key = f"web.country.{code}"
    return text(key, lang) if key in catalogue(lang) else code.upper()
