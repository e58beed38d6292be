"""Names of houses by language: what a picture or a page calls an election."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sailau.files.csvs import rows_of
from sailau.files.places import shipped
from sailau.locale import day as day_in_words
from sailau.locale import name_in
from sailau.records.election import Election
from sailau.terms.errors import InvalidRecord


def house_name(house: str, lang: str = "en", fallback: str | None = None) -> str:
    """Return the name of a house; its id, or the fallback, where none is on record.

    Parameters
    ----------
    house : str
        ``kz/mazhilis``, with or without an edition.

    Examples
    --------
    >>> house_name("kz/mazhilis", "ru")
    'Мажилис Парламента Республики Казахстан'
    """
    return name_in(house_names().get(house.partition("@")[0], {}), lang, fallback or house)


@cache
def house_names() -> Mapping[str, Mapping[str, str]]:
    """Return the names of all houses by language.

    Raises
    ------
    InvalidRecord
        The table is at fault.
    """
    path = shipped("names") / "houses.csv"
    columns = ("house", "en", "kk", "ru")
    return {
        row["house"]: {lang: row[lang] for lang in columns[1:]} for _, row in rows_of(path, columns, (), InvalidRecord)
    }


def election_name(election: Election, lang: str = "en") -> str:
    """Return the name of an election: the record's own in English, the house and the day in the other languages."""
    house = election.id.rpartition("/")[0]
    if lang == "en" or house not in house_names():
        return election.name
    return f"{house_name(house, lang)}, {day_in_words(election.day, lang)}"
