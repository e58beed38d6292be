"""The library of divisions: those that ship, and the outlines that a user has added."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from sailau.files.places import shipped
from sailau.geo.read import read_geo, read_outlines
from sailau.geo.record import Geo
from sailau.terms.errors import NotFound


def own_folder() -> Path:
    """Return the folder of outlines that this user added: SAILAU_GEO, or the usual place of a user's data."""
    given = os.environ.get("SAILAU_GEO")
    if given:
        return Path(given)
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "sailau" / "geo"


def geo_ids(*, folder: Path | None = None) -> tuple[str, ...]:
    """Return the ids of all divisions, those that ship first."""
    return tuple(name for name, _ in _paths(folder or own_folder()))


def editions(family: str, *, folder: Path | None = None) -> list[Geo]:
    """Return all divisions of a family such as ``kz/adm1``, those that ship oldest first, then a user's."""
    names = [name for name in geo_ids(folder=folder) if name.partition("@")[0] == family or _is_own(name, family)]
    return [load_geo(name, folder=folder) for name in names]


def _is_own(name: str, family: str) -> bool:
    return "@" not in name and name.startswith(f"{family}/")


def load_geo(name: str, *, on: date | None = None, folder: Path | None = None) -> Geo:
    """Return a division by its id.

    Parameters
    ----------
    name : str
        ``kz/adm1`` for the newest edition (or the one in force `on` a day), ``kz/adm1@2018-06-19`` for one of them,
        ``kz/adm1/2024`` for outlines of one's own.
    on : date, optional
    folder : Path, optional
        Where a user's outlines are kept.

    Raises
    ------
    NotFound
        No such division, or none in force on that day.
    """
    paths = dict(_paths(folder or own_folder()))
    if name in paths:
        return _read(paths[name])
    family = [key for key in paths if key.partition("@")[0] == name]
    if not family:
        known = [*paths, *dict.fromkeys(key.partition("@")[0] for key in paths)]
        raise NotFound("division", name, known, listing="sailau geo")
    found = sorted((_read(paths[key]) for key in family), key=lambda geo: geo.since or date.min)
    if on is None:
        return found[-1]
    return _in_force(found, name, on)


def _in_force(found: Sequence[Geo], name: str, on: date) -> Geo:
    for geo in found:
        if geo.holds_on(on):
            return geo
    missing = NotFound(f"edition of {name} in force on", str(on))
    missing.hint = "its editions hold " + "; ".join(geo.span() for geo in found)
    raise missing


def _paths(own: Path) -> Iterator[tuple[str, Path]]:
    folder = shipped("geo")
    for path in sorted(folder.rglob("*.yaml")):
        yield f"{path.parent.relative_to(folder).as_posix()}@{path.stem}", path
    for path in sorted(own.rglob("*.json")) if own.is_dir() else ():
        yield path.relative_to(own).with_suffix("").as_posix(), path


def _read(path: Path) -> Geo:
    return _read_once(path, path.stat().st_mtime_ns)


@cache
def _read_once(path: Path, changed: int) -> Geo:  # noqa: ARG001  # a file that changed is read again
    return read_geo(path) if path.suffix == ".yaml" else read_outlines(path)
