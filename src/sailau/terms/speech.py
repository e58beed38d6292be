"""Speech: sentences in the language that is spoken here and now.

A sentence is written once, in English, where the mechanism is; the English text is its key in the other languages. The
sentences in Kazakh and Russian stand side by side in ``locale/said.json``. Which language is spoken is set once by a
door (``speaking``), and every sentence below it follows; a sentence that nobody translated stays English and says so
(``language_of``), so that a page can mark it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

THIN = "\u202f"
"""The thin no-break space: between groups of three digits in Kazakh and Russian."""

BOOK = Path(__file__).resolve().parents[1] / "locale" / "said.json"
_SPOKEN: ContextVar[str] = ContextVar("sailau_spoken", default="en")


class Said(str):
    """A sentence that knows its language: a screen reader changes its voice by it."""

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str) -> Said:
        """Return the sentence in its language."""
        made = super().__new__(cls, text)
        made.lang = lang
        return made

    def __reduce__(self) -> tuple[type[Said], tuple[str, str]]:
        return Said, (str(self), self.lang)


def language_of(text: str) -> str:
    """Return the language that a sentence is in; English is what no catalogue was asked for."""
    return text.lang if isinstance(text, Said) else "en"


def spoken() -> str:
    """Return the language that is spoken here and now."""
    return _SPOKEN.get()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak a language: every sentence said inside follows it, in this thread alone."""
    before = _SPOKEN.set(lang)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


@cache
def book() -> Mapping[str, Mapping[str, Any]]:
    """Return the sentences in the other languages, by the English sentence."""
    read: dict[str, dict[str, Any]] = json.loads(BOOK.read_text(encoding="utf-8"))
    return read


def say(sentence: str, /, **values: object) -> str:
    """Return the sentence filled in, in the language that is spoken.

    Where a sentence has plural forms, the value ``n`` chooses; whole numbers get the language's thousands mark.
    """
    lang = _SPOKEN.get()
    known = None if lang == "en" else book().get(sentence, {}).get(lang)
    if known is None:
        return Said(sentence.format(**values), "en")
    if isinstance(known, Mapping):
        known = known.get(plural_class(values.get("n"), lang), known["other"])
    shown = {key: grouped(value) if type(value) is int else value for key, value in values.items()}
    return Said(known.format(**shown), lang)


def named(code: str) -> str:
    """Return the word for a code of the law (``valid``, ``list_votes``, ``hare``) in the language that is spoken."""
    return say(code.replace("_", " "))


def plural_class(n: object, lang: str) -> str:
    """Return the plural class of a number: ``one``, ``few``, ``many`` or ``other``, after the CLDR rules."""
    if not isinstance(n, int):
        return "other"
    n = abs(n)
    if lang != "ru":
        return "one" if n == 1 else "other"
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


def marks(shown: str, lang: str) -> str:
    """Return an English number with the marks of a language: a thin space between thousands, a decimal comma."""
    return shown if lang == "en" else shown.replace(",", THIN).replace(".", ",")


def grouped(n: int) -> str:
    """Return a whole number with its thousands apart."""
    return marks(f"{n:,}", _SPOKEN.get())
