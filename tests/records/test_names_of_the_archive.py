"""Names in the records of the archive are names: nothing that a damaged file left behind."""

import csv
import gzip
import re
import unicodedata
from pathlib import Path

import pytest

ARCHIVE = Path(__file__).resolve().parents[2] / "elections"


def damaged(name: str) -> bool:
    """Say whether a name holds what no keyboard writes: control characters, marks of lost letters, no name at all."""
    lost = any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in name if letter != "\u200d")
    return lost or "\ufffd" in name or bool(re.search(r"[a-z]_|_[a-z]|__", name)) or "Ã" in name


@pytest.mark.parametrize("country", sorted(path.name for path in ARCHIVE.iterdir() if path.is_dir()))
def test_no_name_is_damaged(country: str) -> None:
    found = []
    for path in sorted(ARCHIVE.glob(f"{country}/*/*/contenders.csv*")):
        text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for row in csv.DictReader(text.decode("utf-8").splitlines()):
            names = [value for column, value in row.items() if column and column.startswith("name") and value]
            found += [(path.parent.name, row["contender"], name) for name in names if damaged(name)]
    assert not found


def test_a_damaged_name_is_seen() -> None:
    assert all(map(damaged, ["S_nchez", "Vel\x90___quez", "Barrag\ufffdn", "BarragÃ¡n", "a\u200bb"]))
    assert not any(map(damaged, ["Sánchez", "O'Grady", 'Robert "Bob" Bell', "Grüne – Die Grüne Alternative"]))
