"""Files packed by gzip: what is inside, as long as it fits."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from sailau.files.kinds import LIMIT
from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

MAGIC = b"\x1f\x8b"
UNPACKED = 16 * LIMIT
"""The most bytes that are unpacked; a small file can hold far more than fits into memory."""


def is_packed(path: Path) -> bool:
    """Say whether a file is packed by gzip, whatever its name; False for what cannot be opened."""
    try:
        with path.open("rb") as stream:
            return stream.read(2) == MAGIC
    except (OSError, ValueError):
        return False


def unpacked(path: Path, error: type[Invalid], *, hint: str = "") -> bytes:
    """Return the bytes inside.

    Raises
    ------
    Invalid
        The class given as `error`: the file is broken, or unpacks to more than `UNPACKED` bytes.
    """
    try:
        with gzip.open(path) as stream:
            raw = stream.read(UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as cause:
        raise error(say("is packed, and broken: {cause}", cause=cause), place=Place(str(path))) from None
    if len(raw) > UNPACKED:
        raise error(
            say("unpacks to more than {limit:,} bytes", limit=UNPACKED), place=Place(str(path)), hint=hint or None
        )
    return raw
