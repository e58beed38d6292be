"""Where laws and elections lie: in the package, and in folders that a user names."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(room: str) -> Path:
    """Return the folder ``laws``, ``elections`` or ``acts`` that ships with the package (or of the checkout)."""
    packed = _PACKAGE / room
    return packed if packed.is_dir() else _PACKAGE.parent.parent / room
