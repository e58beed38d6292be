"""Speech: sentences in the language that is spoken here and now.

A sentence is written once, in English, where the mechanism is; the English text is its key in the other languages. The
sentences in Kazakh and Russian stand side by side in ``locale/said.json``. Which language is spoken is set once by a
door (``speaking``), and every sentence below it follows; a sentence that nobody translated stays English and says so
(``language_of``), so that a page can mark it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from numbers import Integral, Real
from pathlib import Path
from string import Formatter
from typing import Any

THIN = "\u202f"
"""The thin no-break space: between groups of three digits in Kazakh and Russian."""

BOOK = Path(__file__).resolve().parents[1] / "locale" / "said.json"
_SPOKEN: ContextVar[str] = ContextVar("sailau_spoken", default="en")


class Said(str):
    """A sentence that knows its language: a screen reader changes its voice by it.

    Attributes
    ----------
    lang : str
    quotes : tuple of Said
        What stands in it in another language: the title of a source, the name of a law.
    """

    __slots__ = ("lang", "quotes")
    lang: str
    quotes: tuple[Said, ...]

    def __new__(cls, text: str, lang: str, quotes: tuple[Said, ...] = ()) -> Said:
        """Return the sentence in its language."""
        made = super().__new__(cls, text)
        made.lang, made.quotes = lang, quotes
        return made

    def __reduce__(self) -> tuple[type[Said], tuple[str, str, tuple[Said, ...]]]:
        return type(self), (str(self), self.lang, self.quotes)

    def replace(self, *given: Any) -> Said:
        """Return the sentence with a part replaced, in the same language."""
        return type(self)(super().replace(*given), self.lang, self.quotes)


class Untold(Said):
    """A sentence that nobody has translated yet: it stays English."""

    __slots__ = ()


def quoted(text: str, lang: str = "en") -> str:
    """Return a text of the data in the language that it was written in: it is quoted, not translated."""
    return text if isinstance(text, Said) else Said(text, lang)


def joined(parts: Iterable[str], mark: str = " ") -> str:
    """Return sentences as one, in the language of the first that has one; what is in another is a quotation in it."""
    several = list(parts)
    lang = next((part.lang for part in several if isinstance(part, Said)), _SPOKEN.get())
    return Said(mark.join(several), lang, _quotes(several, lang))


def quotes_of(text: str) -> tuple[Said, ...]:
    """Return what stands in a sentence in another language."""
    return text.quotes if isinstance(text, Said) else ()


def _quotes(values: Iterable[object], lang: str) -> tuple[Said, ...]:
    """Return what stands in other languages among the values."""
    found: list[Said] = []
    for value in values:
        if isinstance(value, Said) and value:
            found += value.quotes if value.lang == lang else [value]
    return tuple(found)


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

    Where a sentence has plural forms, the value ``n`` chooses; English has a form for one where the sentence is written
    for many. Figures are written as the English sentence writes them, with the marks of the language; a name in quotes
    (``{name!r}``) gets guillemets.
    """
    lang = _SPOKEN.get()
    if lang == "en" and values.get("n") == 1:
        sentence = book().get(sentence, {}).get("en", {}).get("one", sentence)
    known = None if lang == "en" else book().get(sentence, {}).get(lang)
    if known is None:
        return (Said if lang == "en" else Untold)(sentence.format(**values), "en")
    if isinstance(known, Mapping):
        known = known.get(plural_class(values.get("n"), lang), known["other"])
    written = _slots(sentence)
    shown = {key: _spelled(value, *written.get(key, ("", "")), lang) for key, value in values.items()}
    return Said(known.format(**shown), lang, _quotes(values.values(), lang))


@cache
def _slots(sentence: str) -> Mapping[str, tuple[str, str]]:
    """Return how the values of a sentence are written: conversion and format of each, as it first stands."""
    found: dict[str, tuple[str, str]] = {}
    for _, name, form, conversion in Formatter().parse(sentence):
        if name is not None:
            found.setdefault(name, (conversion or "", form or ""))
    return found


def _spelled(value: object, conversion: str, form: str, lang: str) -> object:
    """Return a value as the English sentence would write it, with the marks of another language."""
    if conversion:
        return f"«{value}»" if conversion == "r" and isinstance(value, str) else str(value)
    if not isinstance(value, bool) and isinstance(value, Real):
        return marks(format(value, form or ("," if isinstance(value, Integral) else "")), lang)
    return format(value, form) if form else value


def named(code: str) -> str:
    """Return the word for a code of the law (``valid``, ``list_votes``, ``hare``) in the language that is spoken."""
    word, _, more = code.partition("+")
    if more:
        return say("{quota} (seats + {more})", quota=named(word), more=more)
    return say(code.replace("_", " "))


def coded(code: str) -> str:
    """Return a code of the data: as it stands in English, where machines read it, in words elsewhere."""
    return code if _SPOKEN.get() == "en" else named(code)


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
    """Return an English number with the marks of a language: a thin space between thousands, a decimal comma.

    Russian keeps a thin space before the percent sign, Kazakh none.
    """
    if lang == "en":
        return shown
    marked = shown.replace(",", THIN).replace(".", ",")
    return re.sub(r"(?<=\d)[ \u00a0]?%", f"{THIN}%" if lang == "ru" else "%", marked)


def written(value: Any, form: str) -> str:
    """Return a number in a format of Python, with the marks of the language that is spoken.

    Examples
    --------
    >>> written(0.125, ".1%"), written(12345, ",")
    ('12.5%', '12,345')
    """
    return marks(format(value, form), _SPOKEN.get())


def percents(number: float) -> str:
    """Return a percentage that is one already, ``25`` as ``25%``, with the marks of the language that is spoken."""
    return marks(f"{number:g}%", _SPOKEN.get())


def grouped(n: int) -> str:
    """Return a whole number with its thousands apart."""
    return marks(f"{n:,}", _SPOKEN.get())
