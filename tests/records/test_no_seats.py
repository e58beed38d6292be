"""An election whose seats nobody published yet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sailau.files.places import shipped
from sailau.records.read import read_election
from sailau.terms.errors import InvalidRecord


def test_a_missing_file_of_seats_says_what_to_write(tmp_path: Path) -> None:
    folder = tmp_path / "fj/parliament/2014-09-17"
    shutil.copytree(Path(str(shipped("elections"))) / "fj/parliament/2014-09-17", folder)
    (folder / "seats.csv").unlink()
    with pytest.raises(InvalidRecord, match=r"there is no seats\.csv") as caught:
        read_election(folder)
    assert "the header alone: tier,district,contender,seats,source" in (caught.value.hint or "")
    (folder / "seats.csv").write_text("tier,district,contender,seats,source\n", encoding="utf-8")
    assert read_election(folder).official == {}
