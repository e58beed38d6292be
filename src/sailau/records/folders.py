"""The folders of elections: which there are, found without reading any of them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sailau.files.places import shipped

ID = re.compile(r"[a-z0-9_]+(/[a-z0-9_-]+)+")
"""How the id of an election is written."""

RECORD = "election.yaml"
"""The file that makes a folder an election."""


def election_ids(*, folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the ids of all elections, in alphabetical order.

    Parameters
    ----------
    folders : sequence of Path, optional
        Election folders of a user, besides those of the archive.

    Examples
    --------
    >>> "kz/mazhilis/2023-03-19" in election_ids()
    True
    """
    return tuple(sorted(_index(tuple(folders))))


def election_folders(*, folders: Sequence[Path] = ()) -> dict[str, Path]:
    """Return the folder of every election by its id."""
    return dict(_index(tuple(folders)))


def folder_of(name: str, *, folders: Sequence[Path] = ()) -> Path | None:
    """Return the folder of an election, None where there is none of that id; one that is named right is not searched.

    Examples
    --------
    >>> folder_of("kz/mazhilis/2023-03-19").name, folder_of("kz/mazhilis/2023-03-20"), folder_of("kz/../..")
    ('2023-03-19', None, None)
    """
    if ID.fullmatch(name):
        for folder in (*folders, shipped("elections")):
            if (folder / name / RECORD).is_file():
                return folder / name
    return _index(tuple(folders)).get(name)


@cache
def _index(folders: tuple[Path, ...]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in (*folders, shipped("elections")):
        for inner, _, files in os.walk(folder):
            if RECORD in files:
                found.setdefault(Path(inner).relative_to(folder).as_posix(), Path(inner))
    return found
