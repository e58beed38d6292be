"""The library of laws: which editions there are, and which was in force on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from sailau.files.editions import edition_of, in_order
from sailau.files.places import shipped
from sailau.law.edition import Law
from sailau.law.read import read_law
from sailau.terms.errors import InvalidLaw, NotFound, Place
from sailau.terms.speech import say


def law_ids(*, folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the ids of all laws, in alphabetical order.

    Parameters
    ----------
    folders : sequence of Path, optional
        Folders of a user's own laws, besides those that ship.

    Examples
    --------
    >>> [name for name in law_ids() if name.startswith("kz/")][-1]
    'kz/senate'
    """
    return tuple(sorted(_index(tuple(folders))))


def load_law(name: str, *, on: date | str | None = None, folders: Sequence[Path] = ()) -> Law:
    """Return the edition of a law in force on a day.

    Parameters
    ----------
    name : str
        ``kz/mazhilis``, or with a day ``kz/mazhilis@2023-03-19``; the name of an edition, or as much of it as is
        unique (``kz/mazhilis@2021-05``), also finds it.
    on : date or str, optional
        The day; the newest edition when neither names one.
    folders : sequence of Path, optional
        Folders of a user's own laws, looked through before those that ship.

    Raises
    ------
    NotFound
        No such law, or no edition in force on that day.
    InvalidLaw
        A file of this law is at fault.

    Examples
    --------
    >>> law = load_law("kz/mazhilis", on="2023-03-19")
    >>> law.id, load_law("kz/mazhilis@2023-03-19") == law
    ('kz/mazhilis', True)
    """
    name, _, day = name.partition("@")
    editions = load_editions(name, folders=folders)
    return edition_of(editions, name, day or on)


def load_editions(name: str, *, folders: Sequence[Path] = ()) -> tuple[Law, ...]:
    """Return all editions of a law, oldest first.

    Raises
    ------
    InvalidLaw
        A file is at fault, or the editions leave a gap or overlap.
    """
    paths = _index(tuple(folders)).get(name)
    if paths is None:
        raise NotFound("law", name, law_ids(folders=folders), listing="sailau laws")
    laws = [_read(path) for path in paths]
    for law in laws:
        if law.id != name:
            raise InvalidLaw(
                say("the file calls itself {law}, its folder {name}", law=law.id, name=name),
                place=Place(law.path, 1, 1),
            )
    return in_order(laws)


def editions_in(folder: Path) -> tuple[Law, ...]:
    """Return all editions below any folder, those of each law in order; for checking laws wherever they lie."""
    by_law: dict[str, list[Law]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        law = read_law(path)
        if not path.parent.as_posix().endswith(law.id):
            raise InvalidLaw(
                say("the file calls itself {law}, but lies in {folder}", law=law.id, folder=path.parent),
                place=Place(str(path), 1, 1),
                hint=say("move it to a folder {law}, or write the id of its folder after law:", law=law.id),
            )
        by_law.setdefault(law.id, []).append(law)
    return tuple(law for laws in by_law.values() for law in in_order(laws))


@cache
def _index(folders: tuple[Path, ...]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for folder in (*folders, shipped("laws")):
        here: dict[str, list[Path]] = {}
        for path in sorted(folder.rglob("*.yaml")):
            here.setdefault(path.parent.relative_to(folder).as_posix(), []).append(path)
        for name, paths in here.items():
            found.setdefault(name, paths)
    return found


@cache
def _read(path: Path) -> Law:
    return read_law(path)
