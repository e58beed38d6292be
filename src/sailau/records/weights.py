"""Weights of voters: a file of players with one weight or several, and the unions they have formed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sailau.files.counts import Fault, evidence_of, read_count
from sailau.files.problems import CellPlace, Problem, Refused, counted
from sailau.files.tables import Row, Table, read_tables
from sailau.terms.errors import Invalid, Place

CODES: Mapping[str, str] = MappingProxyType(
    {
        "E101": "text where a weight is expected",
        "E102": "an empty weight",
        "E103": "a negative weight",
        "E104": "a fraction of a weight",
        "E105": "a percentage where a weight is expected",
        "E106": "a number that can be read in two ways",
        "E107": "scientific notation, which hides digits",
        "E108": "an error of a formula",
        "E109": "a date that was made from a number",
        "E110": "a row with too many or too few cells",
        "E111": "a player who stands twice",
        "E115": "a hidden control character",
        "E117": "a number larger than a spreadsheet holds exactly",
        "E119": "a weight without a player",
    }
)
"""What each code stands for; a row with one is left out where the code is kept."""

_PLAYER, _UNION = ("player", "voter", "member", "party", "state"), ("union", "bloc", "group")


class FaultyWeights(Refused):
    """A file of weights that was not read; `problems` holds each finding."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Weighted:
    """Players with their weights.

    Attributes
    ----------
    conditions : mapping of column to mapping of player to int
        One for each column of weights.
    unions : tuple of tuple of str
        Players that share a word in the column of unions.
    problems : tuple of Problem
        What was kept by choice: these rows are left out.
    """

    conditions: Mapping[str, Mapping[str, int]]
    unions: tuple[tuple[str, ...], ...]
    problems: tuple[Problem, ...]


def read_weights(path: str | Path, *, keep: Collection[str] = ()) -> Weighted:
    """Read ``player,weight`` with further columns of weights, and ``union`` where players have bound themselves.

    Parameters
    ----------
    path : str or Path
        CSV, TSV, XLSX or ODS.
    keep : collection of str, optional
        Codes whose rows are left out instead of refusing the file.

    Raises
    ------
    FaultyWeights
    """
    table = read_tables(path, FaultyWeights)[0]
    head = [str(cell).strip() for cell in table.rows[0]] if table.rows else []
    player, union, weights = _columns(head, table)
    problems: list[Problem] = []
    found: dict[str, dict[str, int]] = {}
    bound: dict[str, list[str]] = {}
    evidence = {at: evidence_of(row[at] for row in table.rows[1:] if at < len(row)) for at in weights}
    names = Counter(str(row[player]).strip() for row in table.rows[1:] if len(row) > player)
    for number, row in zip(table.numbers[1:], table.rows[1:], strict=True):
        if not any(str(cell if cell is not None else "").strip() for cell in row):
            continue
        name = str(row[player] if player < len(row) and row[player] is not None else "").strip()
        faults = _faults(row, len(head), name, names)
        read = {at: read_count(row[at], evidence[at]) for at in weights} if not faults else {}
        faults += [(at, fault) for at, fault in read.items() if isinstance(fault, Fault)]
        if faults:
            for at, fault in faults:
                place = CellPlace(table.path, number, at + 1, value=str(row[at]) if at < len(row) else None)
                problems.append(Problem(fault.code, place, f"{name or 'row'}: {fault.what}", fault.hint, (number,)))
            continue
        found[name] = {head[at]: value for at, value in read.items() if isinstance(value, int)}
        if union is not None and (word := str(row[union] or "").strip()):
            bound.setdefault(word, []).append(name)
    _judge(table.path, problems, keep)
    conditions = {head[at]: {name: row[head[at]] for name, row in found.items()} for at in weights}
    return Weighted(conditions, tuple(map(tuple, bound.values())), tuple(problems))


def _columns(head: list[str], table: Table) -> tuple[int, int | None, list[int]]:
    words = [word.casefold() for word in head]
    players = [at for at, word in enumerate(words) if word in _PLAYER]
    unions = [at for at, word in enumerate(words) if word in _UNION]
    weights = [at for at, word in enumerate(words) if word and at not in players and at not in unions]
    if len(players) != 1 or not weights or len(set(words)) < len(words):
        what = f"the header is {', '.join(head) or 'empty'}"
        hint = "write one column player and one or more of weights: player,weight"
        raise FaultyWeights(what, place=Place(table.path, 1), hint=hint)
    return players[0], unions[0] if unions else None, weights


def _faults(row: Row, width: int, name: str, names: Counter[str]) -> list[tuple[int, Fault]]:
    if len(row) != width:
        return [(0, Fault("E110", f"{len(row)} cells under {width} columns", "give each column a cell"))]
    if not name:
        return [(0, Fault("E119", "a weight without a player", "name the player"))]
    if names[name] > 1:
        return [(0, Fault("E111", f"stands {names[name]} times", "give each player one row"))]
    return []


def _judge(path: str, problems: list[Problem], keep: Collection[str]) -> None:
    unknown = sorted(set(keep) - set(CODES))
    if unknown:
        raise Invalid(f"{unknown[0]} is no code of a problem", hint=f"codes: {', '.join(CODES)}")
    left = [problem for problem in problems if problem.code not in keep]
    if left:
        rows = len({row for problem in left for row in problem.rows})
        codes = ",".join(sorted({problem.code for problem in left}))
        hint = f"correct the file, or leave out the rows at fault: --keep {codes} (in Python keep=)"
        raise FaultyWeights(counted(left, rows), place=Place(path), hint=hint, problems=left)
