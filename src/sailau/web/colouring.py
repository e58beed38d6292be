"""Colours of the parties of a scene: those on record, those that the reader chose, or the palette alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice

from sailau.plots.palette import Look, looks
from sailau.plots.shade import confusable
from sailau.terms.colour import as_hex
from sailau.terms.errors import NotFound
from sailau.terms.speech import say

PREFIX, PALETTE, SAFE = "colour.", "colours", "safe"
PAIRS = 3
"""Pairs of parties with colours that are close, of which the page speaks."""


@dataclass(frozen=True)
class Colouring:
    """How the parties of a scene are coloured.

    Attributes
    ----------
    known : mapping of party to ``#RRGGBB``
        On record, and those of the palette that the largest of the others have.
    chosen : mapping of party to ``#RRGGBB``
        The reader's own; only what differs from the colour that a party has anyway.
    is_safe : bool
        The palette alone, whose colours are told apart by all readers; the colours on record are left out.
    """

    known: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    is_safe: bool = False

    def pairs(self) -> list[tuple[str, str]]:
        """Return the colouring as the pairs of an address."""
        out = [(PALETTE, SAFE)] if self.is_safe else []
        return out + [(f"{PREFIX}{party}", colour.lstrip("#").lower()) for party, colour in self.chosen.items()]

    def standard(self, parties: Sequence[str]) -> dict[str, str]:
        """Return the colours without the reader's own; those of others do not change with one that is chosen."""
        return dict(_standard(tuple(parties), tuple(sorted(self.known.items()))))

    def looks(self, parties: Sequence[str]) -> dict[str, Look]:
        """Return a colour and a mark for each party."""
        return dict(_looks(tuple({**self.standard(parties), **self._shown(parties)}.items())))

    def _shown(self, parties: Collection[str]) -> dict[str, str]:
        return {party: colour for party, colour in self.chosen.items() if party in parties}

    @cached_property
    def key(self) -> str:
        """What tells this colouring from others."""
        return repr(self.pairs())


@lru_cache(maxsize=256)
def _standard(parties: tuple[str, ...], known: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((party, look.fill) for party, look in looks(parties, dict(known), patterns="none").items())


@lru_cache(maxsize=256)
def _looks(shades: tuple[tuple[str, str], ...]) -> tuple[tuple[str, Look], ...]:
    return tuple(looks(dict(shades), dict(shades)).items())


def is_colour(key: str) -> bool:
    """Say whether a key of an address is about colours."""
    return key == PALETTE or key.startswith(PREFIX)


def read_colouring(pairs: Sequence[tuple[str, str]], parties: Collection[str]) -> tuple[Colouring, list[str]]:
    """Return the colouring of an address, and what of it was not understood."""
    chosen: dict[str, str] = {}
    notices: list[str] = []
    is_safe = False
    for key, value in pairs:
        party = key.removeprefix(PREFIX)
        if key == PALETTE and value.strip() in ("", "own", SAFE):
            is_safe = value.strip() == SAFE
        elif key == PALETTE:
            notices.append(say("{setting}: colours are own or safe", setting=f"{key}={value}"))
        elif party not in parties:
            missing = NotFound("party", party, sorted(parties))
            notices.append(say("{setting}: {what}", setting=f"{key}={value}", what=missing.what))
        elif colour := as_hex(value):
            chosen[party] = colour
        elif value.strip():
            notices.append(say("{setting}: no colour; write it as #rrggbb", setting=f"{key}={value}"))
    return Colouring({}, chosen, is_safe), notices


def taken_for_one(shades: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return pairs of parties whose colours some readers take for one; the first few."""
    return list(islice(confusable(shades), PAIRS))
