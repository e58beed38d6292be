"""What parties and lines are called in a language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sailau.locale import catalogue, name_in, short_name, text
from sailau.records.colours import known_colours
from sailau.report.table import Table
from sailau.terms.tally import LINES, Tally

_KNOWN = {"independent": "independents", **{line: line for line in LINES}}


_TERSE, _WHOLE = 5, 14
_HEADS = {
    "contender": "contender", "party": "party", "votes": "votes", "declared": "declared", "seats": "seats_title",
    "law": "baseline", "what_if": "scenario", "change": "change", "list": "tier_list", "district": "tier_district",
}  # fmt: skip


def in_language(table: Table, lang: str, names: Mapping[str, str]) -> Table:
    """Return a table for people: the heads of its columns and the names in its first column in a language."""
    heads = tuple(text(_HEADS[name], lang) if name in _HEADS else name for name in table.columns)
    rows = tuple((names.get(str(row[0]), row[0]), *row[1:]) for row in table.rows)
    return replace(table, columns=heads, rows=rows)


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return short names: the name where it is short, else the id where a Latin name has a terse one, else initials.

    Examples
    --------
    >>> short_names({"cdu": "Christlich Demokratische Union", "qhp": "Қазақстан халық партиясы", "auyl": "Auyl"})
    {'cdu': 'CDU', 'qhp': 'ҚХП', 'auyl': 'Auyl'}
    >>> short_names({"aq_jol": "Aq Jol Democratic Party", "new_left": "Newly Left Alternative"})
    {'aq_jol': 'Aq Jol', 'new_left': 'NLA'}
    """
    return {party: _short(party, name) for party, name in names.items()}


def _short(party: str, name: str) -> str:
    own = party.replace("_", " ")
    if len(own) <= _WHOLE < len(name) and " " in own and f"{name.casefold()} ".startswith(f"{own} "):
        return name[: len(own)]  # the record itself calls the party by the first words of its name
    if len(name) <= _WHOLE or _is_foreign(name) or not party.isalnum() or len(party) > 2 * _TERSE:
        return short_name(name)
    return party.upper() if len(party) <= _TERSE else party.capitalize()


def party_names(tally: Tally, lang: str, parties: Iterable[str] = ()) -> dict[str, str]:
    """Return the name of every party in a language; its id where the record has no name.

    Parameters
    ----------
    tally : Tally
    lang : str
    parties : iterable of str
        Further parties that want a name, for instance those with declared seats only.
    """
    out: dict[str, str] = {}
    for name, contender in tally.contenders.items():
        if contender.party in (None, name) and contender.names:
            out[name] = name_in(contender.names, lang, name)
    for party in {*parties, *(tally.party(name) for name in tally.contenders)} - out.keys():
        key = _KNOWN.get(party)
        out[party] = text(key, lang) if key and key in catalogue(lang) else party
    return out


def named_house(tally: Tally, house: Mapping[str, int], lang: str = "en") -> dict[str, int]:
    """Return seats by short names of parties; a name that two parties share gives way to their ids.

    Examples
    --------
    >>> named_house(Tally.of({"aq_jol": 2}), {"aq_jol": 1, "independent_1": 1})
    {'aq jol': 1, 'independent 1': 1}
    """
    short = short_names(party_names(tally, lang, house))
    names = {party: short[party] if short[party] != party else party.replace("_", " ") for party in house}
    twice = {name for name, n in Counter(names.values()).items() if n > 1}
    return {party if names[party] in twice else names[party]: n for party, n in house.items()}


def party_colours(tally: Tally, record: str) -> dict[str, str]:
    """Return the colours on record: those of the country's parties, and before them those of the election.

    Parameters
    ----------
    tally : Tally
    record : str
        The id of the law or of the election, which begins with the country.
    """
    own = {name: mark for name, mark in tally.contenders.items() if mark.colour}
    of_candidates = {mark.party or name: mark.colour or "" for name, mark in own.items()}
    of_parties = {name: mark.colour or "" for name, mark in own.items() if mark.party in (None, name)}
    return {**known_colours(record), **of_candidates, **of_parties}


def _is_foreign(name: str) -> bool:
    """Say whether a name is in another script than ids are."""
    return any(letter.isalpha() and letter > "\u024f" for letter in name)
