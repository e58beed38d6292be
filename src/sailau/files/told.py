"""Sentences of the shipped data in the languages that it was not written in: ``names/told.json``.

Data are written in one language: the statements of a book of claims, the names of recorded cases. What of them is our
own words is translated there, by the sentence; a title or a name of somebody else stays as it is and is quoted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from sailau.files.places import shipped
from sailau.terms.speech import Said, quoted, spoken


@cache
def told_book() -> Mapping[str, Mapping[str, str]]:
    """Return the sentences of the data in the other languages, by the English sentence."""
    read: dict[str, dict[str, str]] = json.loads((shipped("names") / "told.json").read_text(encoding="utf-8"))
    return read


def told(text: str) -> str:
    """Return a sentence of the data in the language that is spoken; one that nobody translated is quoted.

    Examples
    --------
    >>> from sailau.terms.speech import speaking
    >>> with speaking("ru"):
    ...     str(told("The census or register of 2030."))
    'Перепись или регистр 2030 года.'
    """
    found = None if spoken() == "en" else told_book().get(text, {}).get(spoken())
    return quoted(text) if found is None else Said(found, spoken())


def told_code(code: str) -> str:
    """Return a code of the data: as it stands in English, in words of the data elsewhere."""
    return code if spoken() == "en" else told(code.replace("_", " "))
