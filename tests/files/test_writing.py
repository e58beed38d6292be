"""Files are written whole or not at all, and what is no file stays what it is."""

import os
import stat
from pathlib import Path
from threading import Thread

import pytest

from sailau.files.document import read_document
from sailau.files.writing import check_place, write_whole
from sailau.terms.errors import Invalid, InvalidRecord


def test_a_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    check_place(path)
    assert path.read_text(encoding="utf-8") == "old"
    write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [part.name for part in tmp_path.iterdir()] == ["a.txt"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe, seen = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = Thread(target=lambda: seen.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"told")
    reader.join(timeout=20)
    assert seen == [b"told"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_keeps_its_target(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old", encoding="utf-8")
    link = tmp_path / "link.txt"
    link.symlink_to("real.txt")
    write_whole(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "real.txt").read_text(encoding="utf-8") == "new"


def test_places_that_take_no_file_are_refused_before_any_work(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    for path, what in (
        (tmp_path, "is a folder"),
        (tmp_path / "none" / "a.txt", "make the folder first"),
        (tmp_path / ("x" * 300), "cannot be written"),
        (loop, "cannot be written"),
        (Path("/proc/a.txt"), "cannot be written"),
    ):
        with pytest.raises(Invalid, match=what):
            check_place(path)
        with pytest.raises(Invalid, match=what):
            write_whole(path, "x")
    assert [part.name for part in tmp_path.iterdir()] == ["loop"]


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has no /dev/full")
def test_a_device_that_is_full_says_so_and_stays_a_device() -> None:
    with pytest.raises(Invalid, match="No space left"):
        write_whole(Path("/dev/full"), b"x" * 100_000)
    assert Path("/dev/full").is_char_device()


@pytest.mark.skipif(not Path("/dev/zero").is_char_device(), reason="this system has no /dev/zero")
def test_a_document_that_never_ends_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="too large"):
        read_document(Path("/dev/zero"), InvalidRecord)
