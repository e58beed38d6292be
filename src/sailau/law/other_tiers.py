"""Names of other tiers in a law file: each has to be one, or what it is wanted for counts for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sailau.files.document import Document
from sailau.terms.errors import InvalidLaw, NotFound
from sailau.terms.speech import say

TERMS = ("tier", "tiers", "in_tier", "less", "elected")
"""Terms of steps that name other tiers."""

Place = tuple[str | int, ...]


def check_other_tiers(document: Document) -> None:
    """Refuse a law whose tiers or steps name a tier that it does not have, or that count each other's votes.

    Raises
    ------
    InvalidLaw
        With file, line and column.
    """
    tiers = document.values["tiers"]
    for name, tier in tiers.items():
        at: Place = ("tiers", name)
        if tier.get("votes") is not None:
            _check(tier["votes"], (*at, "votes"), document)
            _no_circle(name, document)
        for step, terms, place in _steps(tier["steps"], (*at, "steps")):
            for term in TERMS:
                named = terms.get(term)
                for other in named if isinstance(named, list) else [named]:
                    if isinstance(other, str):
                        _check(other, (*place, step, term), document)


def _steps(written: Sequence[Mapping[str, Any]], at: Place) -> Iterator[tuple[str, Mapping[str, Any], Place]]:
    """Yield the name, the terms and the place of every step."""
    for i, part in enumerate(written):
        if "each" in part:
            yield from _steps(part["steps"], (*at, i, "steps"))
        else:
            yield from ((step, terms, (*at, i)) for step, terms in part.items())


def _check(name: str, at: Place, document: Document) -> None:
    known = list(document.values["tiers"])
    if name not in known:
        missing = NotFound("tier", name, known)
        hint = missing.hint or say("known: {names}", names=", ".join(known))
        raise InvalidLaw(missing.what, place=document.place(at), hint=hint)


def _no_circle(name: str, document: Document) -> None:
    """Refuse a tier that counts its own votes, by way of others or at once: nobody votes in any of them."""
    tiers, line = document.values["tiers"], [name]
    while (then := tiers.get(line[-1], {}).get("votes")) is not None:
        if then in line:
            raise InvalidLaw(
                say(
                    "{name} counts the votes of {others}: nobody votes in any of them",
                    name=name,
                    others=", ".join([*line[1:], then]),
                ),
                place=document.place(("tiers", name, "votes")),
                hint=say("name the tier in which these votes are cast"),
            )
        line.append(then)
