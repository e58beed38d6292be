"""Writing: a file is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sailau.terms.errors import Invalid, Place


def write_whole(path: Path, content: bytes | str) -> Path:
    """Write a file beside its place and move it there, so that nobody ever sees half of it.

    Raises
    ------
    Invalid
        The folder is missing, or may not be written to.
    """
    raw = content.encode() if isinstance(content, str) else content
    if path.is_dir():
        raise Invalid("is a folder", place=Place(str(path)), hint="give the name of a file in it")
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as cause:
        raise _refused(path, cause) from None
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(raw)
        Path(beside).chmod(_mode(path))
        Path(beside).replace(path)
    except OSError as cause:
        Path(beside).unlink(missing_ok=True)
        raise _refused(path, cause) from None
    return path


def _mode(path: Path) -> int:
    """Return the rights of the file that is replaced, else those that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refused(path: Path, cause: OSError) -> Invalid:
    hint = "make the folder first" if isinstance(cause, FileNotFoundError) else None
    return Invalid(f"cannot be written: {cause.strerror}", place=Place(str(path)), hint=hint)
