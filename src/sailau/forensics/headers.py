"""Columns understood by their names: words of several languages, each told, none guessed where two would fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from sailau.files import labels
from sailau.files.label_words import (
    AREA,
    DISTRICT,
    LEFT_OUT,
    NAME,
    OTHER,
    PARTY,
    PERCENT,
    STATION,
    TIER,
    TOTAL,
    TURNOUT,
    VOTES,
    of_stations,
)
from sailau.files.problems import Problem
from sailau.forensics.frame import Column, Frame
from sailau.forensics.maps import FIGURES, ColumnMap
from sailau.forensics.problems import FaultyStations
from sailau.terms.errors import Place
from sailau.terms.speech import say

_NO_CONTENDER = {TIER, NAME, PARTY, VOTES, TOTAL, PERCENT, LEFT_OUT, OTHER, DISTRICT, TURNOUT, "blank"}
_IDENTITY = re.compile(r"(?:^|[ _])(?:id|no|nr|num|number|type|tipo|code|cod)(?:[ _.]|$)|номер|№", re.IGNORECASE)
_LEAST_DISTINCT = 0.5
_LEAST_NUMBERED = 20


_EXACT = {labels.bare(labels.plain(word)): role for word, role in reversed(of_stations())}


@lru_cache(maxsize=4096)
def role_of(label: str) -> str | None:
    """Return what a column of that name holds, None where it may be a contender.

    Examples
    --------
    >>> role_of("Число избирателей"), role_of("Inscrits"), role_of("Amanat")
    ('registered', 'registered', None)
    """
    own = _EXACT.get(labels.bare(labels.plain(label)))
    if own is not None:
        return own
    found = labels.role_of(label)
    if found is None:
        return None
    role, sure = found
    return role if role in FIGURES or role in _NO_CONTENDER or sure == labels.CERTAIN else None


def worded_map(frame: Frame) -> tuple[ColumnMap, tuple[Problem, ...]]:
    """Return the map of a file by the names of its columns, and what has to be said of it.

    Raises
    ------
    FaultyStations
        Two columns could be the same figure.
    """
    roles = {name: role_of(name) for name in frame.columns}
    hours = {name: name for name in frame.columns if _is_hour(name)}
    figures = {figure: _one(frame, figure, roles) for figure in FIGURES}
    known = {figure: (name,) for figure, name in figures.items() if name is not None}
    station, areas = _places(frame, roles)
    beside = _beside(frame, station, areas, [name for name, role in roles.items() if role in (LEFT_OUT, None)])
    turnout = _one(frame, TURNOUT, roles) if "registered" not in known and "voters" in known else None
    taken = {station, turnout, *areas, *beside, *hours, *(name for names in known.values() for name in names)}
    left = tuple(name for name, role in roles.items() if role in _NO_CONTENDER and name not in taken)
    found = ColumnMap(
        name="their names",
        areas=areas,
        station=station,
        beside=beside,
        figures=known,
        excluded=left,
        hours=hours,
        turnout=turnout,
    )
    return found, _told(frame, found)


def _is_hour(name: str) -> bool:
    return len(name) == 5 and name[2] == ":" and name[:2].isdigit()


def _one(frame: Frame, figure: str, roles: Mapping[str, str | None]) -> str | None:
    """Return the column of a figure: the one that bears its own word, or the only one that means it."""
    named = [name for name, role in roles.items() if role == figure]
    own = [name for name in named if name == figure]
    if len(named) < 2 or own:
        return next(iter(own or named), None)
    if figure == TURNOUT:
        return None
    what = say("{columns} could each be {figure}", columns=say(" and ").join(map(repr, named[:3])), figure=figure)
    raise FaultyStations(
        what,
        place=Place(frame.path),
        hint=say("say which: --columns {figure}={named},…", figure=figure, named=named[0]),
    )


def _places(frame: Frame, roles: Mapping[str, str | None]) -> tuple[str | None, tuple[str, ...]]:
    """Return the column of the station, and those of areas, the fewest first."""
    named = [name for name, role in roles.items() if role in (AREA, DISTRICT)]
    distinct = {name: _distinct(frame.columns[name]) for name in named}
    station = next((name for name, role in roles.items() if role == STATION), None)
    if station is None and named:
        finest = max(named, key=lambda name: distinct[name])
        station = finest if distinct[finest] > _LEAST_DISTINCT * len(frame.rows) else None
    if station is None:
        free = [name for name, role in roles.items() if role in (LEFT_OUT, None)]
        station = next((n for n in free if (roles[n] and _is_number(n)) or _numbers_rows(frame.columns[n])), None)
    areas = [name for name in named if name != station and distinct[name] < len(frame.rows)]
    return station, tuple(sorted(areas, key=lambda name: distinct[name]))


def _beside(frame: Frame, station: str | None, areas: tuple[str, ...], free: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of names and numbers that tell stations apart where their own column does not."""
    if station is None:
        return ()
    keys = [tuple(map(str, cells)) for cells in zip(*(frame.columns[n] for n in (*areas, station)), strict=True)]
    chosen: tuple[str, ...] = ()
    for name in free:
        distinct = len(set(keys))
        if distinct == len(keys):
            return chosen
        values = [str(value).strip() for value in frame.columns[name]]
        if not _IDENTITY.search(name) and any(value.isdigit() for value in values):
            continue
        finer = [(*key, value) for key, value in zip(keys, values, strict=True)]
        if len(set(finer)) > distinct:
            keys, chosen = finer, (*chosen, name)
    return chosen if len(set(keys)) == len(keys) else ()


def _is_number(label: str) -> bool:
    return labels.plain(label) in ("no", "nr", "number", "номер", "нөмірі", "№", "") or label.strip() in ("№", "#")


def _numbers_rows(values: Column) -> bool:
    """Tell whether a column only numbers the stations: whole numbers that rise from row to row; votes never do."""
    texts = [str(value).strip() for value in values]
    if len(texts) < _LEAST_NUMBERED or not all(text.isdigit() for text in texts):
        return False
    return all(int(one) < int(next_) for one, next_ in pairwise(texts))


def _distinct(values: Column) -> int:
    return len({str(value) for value in values})


def _told(frame: Frame, found: ColumnMap) -> tuple[Problem, ...]:
    """Say how columns were understood where they do not bear this package's own words."""
    figures = {f: names[0] for f, names in found.figures.items()}
    pairs = {**figures, **({STATION: found.station} if found.station else {})}
    if all(word == name for word, name in pairs.items()) and not found.excluded:
        return ()
    said = [say("{word} is {name!r}", word=word, name=name) for word, name in pairs.items() if word != name]
    said += [say("areas are {columns}", columns=", ".join(map(repr, found.areas)))] if found.areas else []
    said += [say("told apart by {columns}", columns=", ".join(map(repr, found.beside)))] if found.beside else []
    said += [say("left out: {columns}", columns=", ".join(map(repr, found.excluded)))] if found.excluded else []
    what = say("columns understood by their names: {said}", said="; ".join(said))
    return (Problem("W224", frame.place(0), what, say("--columns or --map say otherwise"), ()),)
