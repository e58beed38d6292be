"""Colours of parties: those on record by country, and a user's own table of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sailau.files.csvs import rows_of
from sailau.files.places import shipped
from sailau.terms.colour import colour_of
from sailau.terms.errors import Invalid, InvalidRecord, NotFound, Place
from sailau.terms.speech import say

COLUMNS = (("party", "colour"), ("source", "read_on", "name"))


def known_colours(record: str) -> Mapping[str, str]:
    """Return the colours on record for the parties of the country of a law or an election.

    Parameters
    ----------
    record : str
        ``kz/mazhilis/2023-03-19``, ``kz/mazhilis@2022-11-05``; what begins with no country on record has none.

    Examples
    --------
    >>> known_colours("kz/mazhilis")["aq_jol"]
    '#0098DB'
    """
    return _by_country().get(record.partition("/")[0], {})


@cache
def _by_country() -> Mapping[str, Mapping[str, str]]:
    path = shipped("names") / "colours.csv"
    out: dict[str, dict[str, str]] = {}
    for line, row in rows_of(path, ("party", "colour", "source", "read_on"), (), InvalidRecord):
        country, _, party = row["party"].partition("/")
        if party in out.setdefault(country, {}):
            raise InvalidRecord(say("{name} stands twice", name=row["party"]), place=Place(str(path), line))
        out[country][party] = colour_of(row["party"], row["colour"], Place(str(path), line), InvalidRecord)
    return out


def read_colours(path: Path) -> dict[str, str]:
    """Read a user's own colours: a CSV file with the columns ``party`` and ``colour``.

    Raises
    ------
    NotFound, Invalid
        No such file; a colour that is none, a party twice, unknown columns.
    """
    if not path.is_file():
        raise NotFound("file", str(path))
    out: dict[str, str] = {}
    for line, row in rows_of(path, *COLUMNS, Invalid):
        party, place = row["party"].rpartition("/")[2].strip(), Place(str(path), line)
        if party in out:
            raise Invalid(say("{name} stands twice", name=party), place=place)
        out[party] = colour_of(party, row["colour"], place)
    return out
