"""Writing: a file is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say


def write_whole(path: Path, content: bytes | str) -> Path:
    """Write a file beside its place and move it there, so that nobody ever sees half of it.

    Raises
    ------
    Invalid
        The folder is missing, or may not be written to.
    """
    with whole(path) as beside:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give the place of an empty file to write to; it is moved to `path` when all went well, and gone when not.

    A link keeps its target, and a device or a pipe (``/dev/stdout``) is written to, never replaced.

    Raises
    ------
    Invalid
        The folder is missing, or may not be written to.
    """
    target = _target(path)
    beside = _beside(path, target)
    try:
        yield beside
        if _is_stream(path):
            with beside.open("rb") as made, target.open("wb") as out:
                shutil.copyfileobj(made, out)
        else:
            beside.chmod(_mode(target))
            beside.replace(target)
    except OSError as cause:
        raise _refused(path, cause) from None
    finally:
        beside.unlink(missing_ok=True)


def check_place(path: Path) -> None:
    """Refuse a place that cannot be written to, before the work whose result goes there.

    Raises
    ------
    Invalid
        It is a folder, or its folder is missing, closed, or takes no files.
    """
    target = _target(path)
    if target.exists() and not os.access(target, os.W_OK):
        raise Invalid(say("cannot be written: no permission"), place=Place(str(path)))
    _beside(path, target).unlink()


def make_folder(path: Path) -> Path:
    """Make a folder, and those above it, where they are missing.

    Raises
    ------
    Invalid
        A file is in its way, or it may not be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise Invalid(say("is no folder: a file is in its way"), place=Place(str(path))) from None
    except OSError as cause:
        raise Invalid(say("cannot be made: {why}", why=cause.strerror), place=Place(str(path))) from None
    return path


def write_folder(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a new folder beside its place and move it there, so that nobody ever sees half of it.

    Raises
    ------
    Invalid
        Something is there already, or nothing may be written there.
    """
    check_new_folder(path)
    target = path.absolute()
    make_folder(target.parent)
    beside: Path | None = None
    try:
        beside = Path(tempfile.mkdtemp(prefix=".sailau-", dir=target.parent))
        for name, content in files.items():
            (beside / name).write_bytes(content)
        beside.chmod(0o777 & ~_mask())
        beside.replace(target)
    except OSError as cause:
        raise _refused(path, cause) from None
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
    return path


def check_new_folder(path: Path) -> None:
    """Refuse a folder that cannot be made anew, before the work whose results go there.

    Raises
    ------
    Invalid
        Something is there already, or nothing may be written there.
    """
    target = path.absolute()
    if target.is_symlink() or (target.exists() and not (target.is_dir() and not any(target.iterdir()))):
        raise Invalid(say("is there already"), place=Place(str(path)), hint=say("name a new folder"))
    check_folder(target.parent)


def check_folder(path: Path) -> None:
    """Refuse a folder that takes no files, before the work whose results go there; one that is missing can be made.

    Raises
    ------
    Invalid
        A file is in its way, or nothing may be written there.
    """
    above = next(place for place in (path, *path.absolute().parents) if place.exists())
    if not above.is_dir():
        raise Invalid(say("is no folder: a file is in its way"), place=Place(str(path)))
    if not os.access(above, os.W_OK | os.X_OK):
        raise Invalid(say("cannot be written: no permission"), place=Place(str(path)))


def _target(path: Path) -> Path:
    """Return what a path leads to in the end."""
    try:
        if path.is_dir():
            raise Invalid(say("is a folder"), place=Place(str(path)), hint=say("give the name of a file in it"))
        return path if _is_stream(path) else path.resolve()
    except OSError as cause:
        raise _refused(path, cause) from None
    except RuntimeError:
        raise Invalid(say("cannot be written: its links lead in a circle"), place=Place(str(path))) from None


def _beside(path: Path, target: Path) -> Path:
    """Make an empty file beside the target; for a device or a pipe, where temporary files go."""
    folder = Path(tempfile.gettempdir()) if _is_stream(path) else target.parent
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=folder)
    except OSError as cause:
        raise _refused(path, cause) from None
    os.close(handle)
    return Path(name)


def _is_stream(path: Path) -> bool:
    """Say whether a path is written to as it is: what reads from a pipe would never see the file that replaced it."""
    opened = path.absolute().parts[1:2] in (("dev",), ("proc",))  # /dev/stdout may lead to a plain file
    return path.exists() and (opened or not path.is_file())


def _mode(path: Path) -> int:
    """Return the rights of the file that is replaced, else those that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    return 0o666 & ~_mask()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refused(path: Path, cause: OSError) -> Invalid:
    missing = isinstance(cause, FileNotFoundError)
    if missing and path.parent.is_dir():
        return Invalid(say("cannot be written: its folder takes no files"), place=Place(str(path)))
    hint = say("make the folder first") if missing else None
    return Invalid(say("cannot be written: {why}", why=cause.strerror), place=Place(str(path)), hint=hint)
