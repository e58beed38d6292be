"""Column maps: which columns of a file hold what, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from typing import Any

from sailau.files.document import Document, read_document
from sailau.forensics.problems import FaultyStations
from sailau.terms.errors import NotFound
from sailau.terms.speech import say

FIGURES = ("registered", "voters", "ballots", "valid", "invalid", "seats")
_KEYS = {
    "map", "title", "source", "files", "areas", "station", *FIGURES, "contenders", "leader", "where", "hours",
    "missing", "blank_votes", "percent_of", "turnout",
}  # fmt: skip
_HERE = Path(__file__).resolve().parent / "maps"


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which columns of a file hold what.

    Attributes
    ----------
    name, title, source : str
    files : tuple of str
        Names of files (with ``*``) that the map is meant for.
    areas : tuple of str
        Columns of areas, from the largest to the smallest.
    station : str, optional
    beside : tuple of str
        Columns that tell apart stations of the same name: the type or the number of a box.
    figures : mapping of str to tuple of str
        The columns whose sum is ``registered``, ``voters``, ``ballots``, ``valid``, ``invalid`` or ``seats``.
    contenders : tuple of str
        Their columns; empty for those between `after` and `before`.
    after, before : str, optional
    excluded : tuple of str
        Columns that are no contenders.
    leader : str, optional
        The contender whose share is looked at; the one with the most votes by default.
    where : mapping of str to tuple of str
        Only rows with one of these values are stations.
    hours : mapping of str to str
        The column of the turnout at each hour.
    missing : tuple of str
        Cells that say that nothing is known.
    blank_votes : bool
        An empty cell of a contender is 0: the contender did not stand there.
    percent_of : str, optional
        The columns of contenders and of invalid ballots hold percentages of this figure; counts are worked out, and a
        percentage that no count gives is an error.
    turnout : str, optional
        The column with turnout in percent, from which the registered voters are worked out.
    """

    name: str
    title: str = ""
    source: str = ""
    files: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    station: str | None = None
    beside: tuple[str, ...] = ()
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contenders: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    excluded: tuple[str, ...] = ()
    leader: str | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hours: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    blank_votes: bool = False
    percent_of: str | None = None
    turnout: str | None = None

    @property
    def taken(self) -> set[str]:
        """The columns that the map names as something else than a contender."""
        plain = {*self.areas, *self.beside, *self.excluded, *self.where, *self.hours.values()}
        named = {name for name in (self.station, self.turnout) if name}
        return plain | named | {column for columns in self.figures.values() for column in columns}


def read_map(path: str | Path) -> ColumnMap:
    """Read a column map from a YAML file.

    Raises
    ------
    FaultyStations
        The file is no map: an unknown key, a wrong kind of value.
    """
    document = read_document(Path(path), FaultyStations)
    for key in document.values:
        if key not in _KEYS:
            hint = say("keys: {keys}", keys=", ".join(sorted(_KEYS)))
            raise FaultyStations(say("unknown key {key!r}", key=key), place=document.keys[(key,)], hint=hint)
    given = document.values
    contenders = _contenders(document)
    return ColumnMap(
        name=str(given.get("map") or Path(path).stem),
        title=str(given.get("title") or ""),
        source=str(given.get("source") or ""),
        files=_list(document, "files"),
        areas=_list(document, "areas"),
        station=_text(document, "station"),
        figures={name: _list(document, name) for name in FIGURES if name in given},
        leader=_text(document, "leader"),
        where={key: tuple(map(str, _as_list(values))) for key, values in _mapping(document, "where").items()},
        hours={str(hour): str(column) for hour, column in _mapping(document, "hours").items()},
        missing=_list(document, "missing"),
        blank_votes=given.get("blank_votes") == "zero",
        percent_of=_text(document, "percent_of"),
        turnout=_text(document, "turnout"),
        **contenders,
    )


def _contenders(document: Document) -> dict[str, Any]:
    given = document.values.get("contenders")
    if not isinstance(given, dict):
        return {"contenders": _list(document, "contenders")}
    unknown = set(given) - {"after", "before", "except"}
    if unknown:
        what = say("unknown key {unknown!r} under contenders", unknown=min(unknown))
        raise FaultyStations(what, place=document.place(("contenders",)), hint="keys: after, before, except")
    excluded = tuple(map(str, _as_list(given.get("except") or [])))
    ends = {key: str(given[key]) for key in ("after", "before") if given.get(key) is not None}
    return {"excluded": excluded, **ends}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _list(document: Document, key: str) -> tuple[str, ...]:
    value = document.values.get(key)
    if isinstance(value, dict):
        raise FaultyStations(
            say("{key} is a mapping; a column or a list of columns is meant", key=key), place=document.place((key,))
        )
    return () if value is None else tuple(map(str, _as_list(value)))


def _text(document: Document, key: str) -> str | None:
    value = document.values.get(key)
    if isinstance(value, dict | list):
        raise FaultyStations(say("{key} is no single name", key=key), place=document.place((key,)))
    return None if value is None else str(value)


def _mapping(document: Document, key: str) -> Mapping[str, Any]:
    value = document.values.get(key)
    if value is not None and not isinstance(value, dict):
        raise FaultyStations(say("{key} is no mapping", key=key), place=document.place((key,)))
    return value or {}


@lru_cache(maxsize=1)
def packaged_maps() -> tuple[ColumnMap, ...]:
    """Return the maps that ship with the package."""
    return tuple(read_map(path) for path in sorted(_HERE.glob("*.yaml")))


def load_map(name: str) -> ColumnMap:
    """Return a packaged map by its name, or the map in a YAML file."""
    if Path(name).suffix in (".yaml", ".yml"):
        if not Path(name).is_file():
            raise NotFound("file", name)
        return read_map(name)
    known = {found.name: found for found in packaged_maps()}
    if name not in known:
        raise NotFound("column map", name, list(known), listing="sailau forensics --maps")
    return known[name]


def map_for(path: str, columns: Sequence[str]) -> ColumnMap | None:
    """Return the packaged map made for a file of that name which has all its columns."""
    bare = Path(path).name.removesuffix(".gz")
    for found in packaged_maps():
        named = found.taken - set(found.excluded) | ({found.leader} if found.leader else set())
        if any(fnmatch(bare, pattern) for pattern in found.files) and named <= set(columns):
            return found
    return None


def map_from_pairs(pairs: Mapping[str, str]) -> ColumnMap:
    """Return a map from ``figure=column`` pairs; ``voters=early+late`` adds columns up.

    Raises
    ------
    FaultyStations
        A name that is no figure.
    """
    known = {*FIGURES, "areas", "station", "contenders", "leader", "percent_of", "turnout", "missing", "blank_votes"}
    unknown = set(pairs) - known
    if unknown:
        raise FaultyStations(
            say("{unknown!r} is no figure of a station", unknown=min(unknown)),
            hint=say("known: {known}", known=", ".join(sorted(known))),
        )
    parts = {key: tuple(part.strip() for part in value.split("+")) for key, value in pairs.items()}
    return ColumnMap(
        name="--columns",
        areas=parts.get("areas", ()),
        station=pairs.get("station"),
        figures={name: parts[name] for name in FIGURES if name in parts},
        contenders=parts.get("contenders", (pairs["leader"],) if "leader" in pairs else ()),
        leader=pairs.get("leader"),
        missing=parts.get("missing", ()),
        blank_votes=pairs.get("blank_votes") == "zero",
        percent_of=pairs.get("percent_of"),
        turnout=pairs.get("turnout"),
    )
