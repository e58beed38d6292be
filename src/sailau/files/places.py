"""Where laws and elections lie: in the package, and in folders that a user names."""

from __future__ import annotations

from pathlib import Path

from sailau.terms.errors import NotFound
from sailau.terms.speech import say

_PACKAGE = Path(__file__).resolve().parent.parent
_PACKED = _PACKAGE / "_data"  # apart from the code: a room and its records may share a name


def shipped(room: str) -> Path:
    """Return a folder of records (``laws``, ``elections``, …) that ships with the package, or that of the checkout."""
    packed = _PACKED / room
    return packed if packed.is_dir() else _PACKAGE.parent.parent / room


def example(path: Path) -> Path:
    """Return a path, or the example that ships where ``examples/…`` is named and no such file is there."""
    if path.exists() or path.parts[:1] != ("examples",):
        return path
    packed = shipped("examples") / Path(*path.parts[1:])
    return packed if packed.is_file() else path


def only(room: str) -> str:
    """Return the one country that a room of records holds; where it holds several, the user has to name one.

    Raises
    ------
    NotFound
    """
    folder = shipped(room)
    known = sorted(part.name for part in folder.iterdir() if part.is_dir()) if folder.is_dir() else []
    if len(known) == 1:
        return known[0]
    missing = NotFound(say("country named, and {room} holds", room=room), str(len(known)))
    missing.hint = (
        say("name one of {known}", known=", ".join(known)) if known else say("nothing is in {room}", room=room)
    )
    raise missing
