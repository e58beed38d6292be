"""Which unit a table means: by code, or by name in any language with or without the word for region or city."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_REGION = re.compile(r"\b(?:область|области|обл|облысы|облыс|region|oblast|province)\b")
_CITY = re.compile(r"\b(?:город|города|г|қаласы|қала|қ|city)\b(?: республиканского значения)?")
_SIGNS = re.compile(r"[^\w]+|_")


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Return a name without case, signs and the differences of ё and е."""
    text = unicodedata.normalize("NFC", name).casefold().replace("ё", "е")
    return _SIGNS.sub(" ", text).strip()


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """Return a name without the word for region or city."""
    return " ".join(_CITY.sub(" ", _REGION.sub(" ", plain(name))).split())


@lru_cache(maxsize=4096)
def kinded(name: str) -> str:
    """Return a name with one word for any region and one for any city, wherever it stood."""
    return " ".join(sorted(_CITY.sub("#city", _REGION.sub("#region", plain(name))).split()))


def find_unit(name: str, spellings: Mapping[str, Iterable[str]]) -> str | None:
    """Return the key of the unit that is meant; None for nobody, and where several could be.

    A spelling of the record goes first; then the name with any word for region or city; then the name without one.

    Parameters
    ----------
    name : str
    spellings : mapping of key to names and codes
    """
    for spell in (plain, kinded, bare):
        asked = spell(name)
        found = {key for key, words in spellings.items() if asked and asked in {spell(word) for word in words}}
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None
