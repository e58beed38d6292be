"""Where laws and elections lie: in the package, and in folders that a user names."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_PACKED = _PACKAGE / "_data"  # apart from the code: a room and its records may share a name


def shipped(room: str) -> Path:
    """Return a folder of records (``laws``, ``elections``, …) that ships with the package, or that of the checkout."""
    packed = _PACKED / room
    return packed if packed.is_dir() else _PACKAGE.parent.parent / room
