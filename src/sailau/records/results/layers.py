"""Columns in layers: over each contender votes of two kinds, and beside those of this election those of the last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sailau.files.labels import bare, plain
from sailau.files.tables import Row, Table
from sailau.records.results.header import Header, find_header

PERSONS, LISTS = "district", "list"
"""Tiers of votes for persons and for lists, where the law does not call them otherwise."""

_KINDS = {
    PERSONS: "erststimmen; erststimme; 1 stimme; first vote; first votes; candidate vote; candidate votes;"
    " constituency vote; constituency votes; electorate vote; electorate votes; voti al candidato;"
    " voti candidato uninominale",
    LISTS: "zweitstimmen; zweitstimme; 2 stimme; second vote; second votes; party vote; party votes; list vote;"
    " list votes; regional vote; regional votes; voti lista; voti di lista",
}
_KIND = {text.strip(): kind for kind, words in _KINDS.items() for text in words.split(";")}
_LAST = frozenset(
    {
        "vorperiode", "vorwahl", "vorherige wahl", "letzte wahl", "previous", "previous election", "last election",
        "preceding election", "forrige valg", "forrige", "foregaende val", "foregaende", "fyrri kosningar",
        "edelliset vaalit", "vorige verkiezing", "scrutin precedent", "election precedente", "eleccion anterior",
        "anteriores", "eleicao anterior", "precedenti", "elezioni precedenti", "predchozi volby", "poprzednie wybory",
        "elozo valasztas", "предыдущие выборы", "прошлые выборы", "алдыңғы сайлау",
    }
)  # fmt: skip


def layered(table: Table) -> Mapping[str, Table] | None:
    """Return the tables of each kind of votes, or the one without the last election; None where there are no layers.

    What is not of that kind stays in its column as empty cells, so that each place is still that of the file.

    Parameters
    ----------
    table : Table
        As it was read; its labels may take several rows.

    Returns
    -------
    mapping of str to Table or None
        By tier; under an empty text where the columns name no kind.
    """
    header = find_header(table)
    if len(header.rows) < 2:
        return None
    labels = [list(parts) for parts in header.labels]
    before = {tuple(parts[:-1]) for parts in labels if parts and _is_last(parts[-1])}
    gone = {i for i, parts in enumerate(labels) if parts and _is_last(parts[-1])}
    for i, parts in enumerate(labels):
        if i not in gone and len(parts) > 1 and tuple(parts[:-1]) in before:
            parts.pop()  # what this election is called beside the last one: final, provisional
    kinds = [_kind(parts) for parts in labels]
    found = {kind for i, kind in enumerate(kinds) if kind and i not in gone}
    if len(found) < 2 and not before:
        return None
    for kind, parts in zip(kinds, labels, strict=True):
        if kind and found == {PERSONS, LISTS}:
            parts.pop()
    both = found == {PERSONS, LISTS}
    tiers = sorted(found) if both else [""]
    other = {tier: {i for i, kind in enumerate(kinds) if both and kind not in ("", tier)} for tier in tiers}
    return {tier: _part(table, header, labels, gone | other[tier]) for tier in tiers}


def _text(label: str) -> str:
    return bare(plain(label))


def _is_last(label: str) -> bool:
    return _text(label) in _LAST


def _kind(parts: Sequence[str]) -> str:
    return _KIND.get(_text(parts[-1]), "") if len(parts) > 1 else ""


def _part(table: Table, header: Header, labels: Sequence[Sequence[str]], gone: set[int]) -> Table:
    """Return a table with one row of labels, and nothing in the columns that are gone."""
    top: Row = ["" if i in gone or not parts else " / ".join(parts) for i, parts in enumerate(labels)]
    rows = [[("" if i in gone else value) for i, value in enumerate(row)] for row in table.rows[header.start :]]
    numbers = [table.numbers[header.rows[-1]], *table.numbers[header.start :]]
    return replace(table, rows=[top, *rows], numbers=numbers, merged=())
