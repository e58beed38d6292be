"""What figures are about, in words: countries, parties, rows of tables, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sailau.claims.world import World
from sailau.files.told import told_code
from sailau.locale import catalogue, name_in, short_name
from sailau.locale import text as words_of
from sailau.terms.speech import joined, say, spoken

OF_COUNTRIES = frozenset({"country", "of", "with", "partner", "voter"})
"""Columns of coded tables that hold countries by their two letters; elsewhere ``no`` is an answer."""


def country(code: str) -> str:
    """Return a country: its code in English, its name elsewhere."""
    key = f"web.country.{code}"
    return words_of(key, spoken()) if spoken() != "en" and key in catalogue(spoken()) else code


def countries(codes: Sequence[str]) -> str:
    """Return several countries in a row."""
    return ", ".join(map(country, codes))


def parties(world: World, election: str, ids: Sequence[str]) -> str:
    """Return parties in a row: ids in English, their short names in the record of an election elsewhere."""
    if spoken() == "en":
        return ", ".join(ids)
    known = world.election(election).tally.contenders
    return ", ".join(_party(key, known[key].names if key in known else {}) for key in ids)


def _party(key: str, names: Mapping[str, str]) -> str:
    if key.startswith("independent"):
        return words_of("independents", spoken()).casefold()
    return short_name(name_in(names, spoken(), key))


def house(election: str) -> str:
    """Return the house of an election by its id: its last part but one, in words where English is not spoken."""
    return told_code(election.split("/")[1])


def _value(key: str, value: str) -> str:
    return country(value) if key in OF_COUNTRIES and len(value) == 2 else told_code(value)


def rows(where: Mapping[str, str | int] | None) -> str:
    """Return which rows of a table are meant."""
    found = [f"{told_code(key)} {_value(key, str(value))}" for key, value in (where or {}).items()]
    return joined(found, ", ") if found else say("all rows")
