"""The words that a term of a law can be: types of steps and tiers list them, also for laws that are made in Python."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sailau.terms.errors import InvalidLaw

Words = tuple[object, ...]


def check_options(name: str, made: Any) -> None:
    """Refuse a step or a tier with a term that is none of the words its type lists.

    Parameters
    ----------
    name : str
        What the law calls it.
    made : dataclass

    Raises
    ------
    InvalidLaw
        The term is named, and the words that it can be.
    """
    for term, words in _options(type(made)):  # type: ignore[arg-type]  # a class is hashable
        given = getattr(made, term)
        for word in given if isinstance(given, tuple) else (given,):
            if word not in words:
                known = " or ".join(repr(option) for option in words if option is not None)
                raise InvalidLaw(f"{name}.{term} is {word!r}; it can be {known}")


@cache
def _options(kind: type[Any]) -> tuple[tuple[str, Words], ...]:
    """Return the terms of a class that are words from a list, with the words."""
    if not is_dataclass(kind):
        return ()
    hints = get_type_hints(kind)
    found = ((part.name, _words(hints[part.name])) for part in fields(kind))
    return tuple((term, words) for term, words in found if words)


def _words(hint: Any) -> Words:
    """Return the words of a type: of a Literal, of one that may be None, of a tuple of them; else nothing."""
    if hint is NoneType:
        return (None,)
    parts = get_args(hint)
    if get_origin(hint) is Literal:
        return parts
    if get_origin(hint) is tuple:
        return _words(parts[0])
    if get_origin(hint) in (Union, UnionType):
        every = [_words(part) for part in parts]
        return tuple(word for words in every for word in words) if all(every) else ()
    return ()
