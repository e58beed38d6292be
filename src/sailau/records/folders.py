"""The folders of elections: which there are, found without reading any of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sailau.files.places import shipped

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


@cache
def _index(folders: tuple[Path, ...]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in (*folders, shipped("elections")):
        for inner, _, files in os.walk(folder):
            if RECORD in files:
                found.setdefault(Path(inner).relative_to(folder).as_posix(), Path(inner))
    return found
