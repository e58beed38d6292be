"""Bridges: items that ask the same question in several sessions, and what they tie together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sailau.align.columns import find_columns, require
from sailau.align.problems import FaultyRollCalls, InvalidRollCalls, Problem
from sailau.align.rollcalls import RollCalls
from sailau.align.sources import Source, read_source
from sailau.files.problems import CellPlace
from sailau.terms.errors import Place
from sailau.terms.speech import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LETTERS = re.compile(r"[\W\d_]+")


def bridges_of(calls: RollCalls) -> dict[str, str]:
    """Return the bridges that the items name themselves."""
    return _shared({item.id: item.bridge for item in calls.items if item.bridge}, calls)


def bridges_by_title(calls: RollCalls) -> dict[str, str]:
    """Return bridges between items of different sessions with the same title, figures and signs aside.

    The same title is not always the same question: this is a proposal to be read, not a finding.

    Examples
    --------
    >>> from sailau.align.rollcalls import Item, roll_calls
    >>> votes = [("A", "1", "yes"), ("A", "2", "yes"), ("A", "3", "no")]
    >>> items = [Item("1", session="1", title="Ban (1999)"), Item("2", session="2", title="Ban (2000)"), Item("3")]
    >>> bridges_by_title(roll_calls(votes, items=items))
    {'1': 'ban', '2': 'ban'}
    """
    titles = {item.id: _LETTERS.sub(" ", item.title or "").strip().casefold() for item in calls.items}
    return _shared({name: title for name, title in titles.items() if title}, calls)


def read_bridges(path: str | Path, calls: RollCalls) -> dict[str, str]:
    """Read a file of bridges: columns ``item`` and ``bridge``, or pairs of items in the columns ``one`` and ``other``.

    Pairs chain: 1 with 2 and 2 with 3 make one bridge of three. Items without votes are passed over, so that one file
    serves any choice of sessions.

    Raises
    ------
    FaultyRollCalls
        An item stands on two bridges, or a row lacks a cell.
    InvalidRollCalls
        No bridge is left.
    """
    source = read_source(path)
    names = {name.casefold(): name for name in source.header}
    if "one" in names and "other" in names:
        found = _chained(source, names["one"], names["other"])
    else:
        columns = find_columns(source)
        require(columns, ["item", "bridge"], source)
        found = _named(source, list(columns.cells(source, "item")), list(columns.cells(source, "bridge")))
    shared = _shared(found, calls)
    if not shared:
        hint = say("items are named as in the file of votes, and one bridge needs items of two sessions")
        raise InvalidRollCalls(say("no bridge is left"), place=Place(str(path)), hint=hint)
    return shared


def _named(source: Source, items: list[str], bridges: list[str]) -> dict[str, str]:
    out: dict[str, str] = {}
    problems = list(source.problems)
    for item, bridge, row in zip(items, bridges, source.rows, strict=True):
        if not item or not bridge:
            problems.append(Problem("E506", CellPlace(source.path, row), say("no item or no bridge"), rows=(row,)))
        elif out.setdefault(item, bridge) != bridge:
            what = say("item {item!r} stands on two bridges", item=item)
            problems.append(Problem("E507", CellPlace(source.path, row), what, rows=(row,)))
    _refuse(source, problems)
    return out


def _chained(source: Source, one: str, other: str) -> dict[str, str]:
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    problems = list(source.problems)
    for a, b, row in zip(source.column(one), source.column(other), source.rows, strict=True):
        if not a or not b:
            problems.append(Problem("E506", CellPlace(source.path, row), say("a pair of one item"), rows=(row,)))
            continue
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    _refuse(source, problems)
    return {name: root(name) for name in list(parent)}


def _refuse(source: Source, problems: list[Problem]) -> None:
    if problems:
        what = say("{n:,} problems", n=len(problems))
        raise FaultyRollCalls(what, place=Place(source.path), hint=say("correct the file"), problems=problems)


def _shared(bridges: Mapping[str, str], calls: RollCalls) -> dict[str, str]:
    """Return the bridges of items that have votes, those that reach over two sessions at least."""
    sessions: dict[str, set[str | None]] = {}
    for item in calls.items:
        if item.id in bridges:
            sessions.setdefault(bridges[item.id], set()).add(item.session)
    return {
        item.id: bridges[item.id] for item in calls.items if item.id in bridges and len(sessions[bridges[item.id]]) > 1
    }


def blocks_of(spans: NDArray[np.bool_], least: int) -> tuple[tuple[int, ...], ...]:
    """Part the periods into blocks that bridges tie together.

    A boundary between two periods holds when at least `least` items were voted on before and after it.

    Examples
    --------
    >>> import numpy as np
    >>> blocks_of(np.array([[True, True, False], [False, False, True]]), 1)
    ((0, 1), (2,))
    """
    import numpy as np

    blocks = [[0]]
    for t in range(1, spans.shape[1]):
        n = int(np.sum(spans[:, :t].any(axis=1) & spans[:, t:].any(axis=1)))
        if n >= least:
            blocks[-1].append(t)
        else:
            blocks.append([t])
    return tuple(tuple(block) for block in blocks)
