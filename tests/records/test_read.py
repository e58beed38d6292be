"""An election folder is refused with file and line, or it is right."""

from pathlib import Path

import pytest

from sailau.records.read import read_election
from sailau.terms.errors import InvalidRecord

YAML = """\
election: xx/house/2024-01-01
name: X
law: xx/house
held_on: 2024-01-01
totals: {list: {registered: 300, valid: 100}}
sources: {me: {title: mine, read_on: 2024-01-02}}
"""
VOTES = "tier,district,contender,votes,source\nlist,nation,a,60,me\nlist,nation,b,40,me\n"
SEATS = "tier,district,contender,seats\nlist,nation,a,6\nlist,nation,b,4\n"


def folder(tmp_path: Path, *, text: str = YAML, votes: str = VOTES, seats: str = SEATS) -> Path:
    (tmp_path / "election.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "votes.csv").write_text(votes, encoding="utf-8")
    (tmp_path / "seats.csv").write_text(seats, encoding="utf-8")
    return tmp_path


def test_the_good_one_is_read(tmp_path: Path) -> None:
    election = read_election(folder(tmp_path))
    assert election.tally.tiers["list"].votes["nation"] == {"a": 60, "b": 40}
    assert election.official["list"]["nation"] == {"a": 6, "b": 4}


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("a,60,me", "a,sixty,me", "votes.csv:2: votes is 'sixty'"),
        ("a,60,me", "a,-60,me", "votes.csv:2: votes is '-60'"),
        ("a,60,me", "a,6.0e1,me", "votes.csv:2"),
        ("a,60,me", f"a,{'9' * 5000},me", "votes.csv:2"),
        ("a,60,me", f"{'a' * 200_000},60,me", "votes.csv"),
        ("a,60,me", "a,60,you", "votes.csv:2: the source 'you'"),
        ("a,60,me", "b,60,me", "votes.csv:3: b stands twice"),
        ("a,60,me", "a,60", "votes.csv:2: the row has 4 cells"),
        ("contender", "party", "votes.csv:1:1: the header lacks contender"),
        ("a,60,me", "a,61,me", "add up to 101, the valid ballots are 100"),
    ],
)
def test_a_fault_in_the_votes(tmp_path: Path, old: str, new: str, word: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        read_election(folder(tmp_path, votes=VOTES.replace(old, new, 1)))
    assert word in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("valid: 100", "valid: 1.5", "binary float"),
        ("valid: 100", "valids: 100", "valids"),
        ("held_on: 2024-01-01", "held_on: soon", "held_on"),
        ("law: xx/house\n", "", "law is missing"),
        ("name: X", "nam: X", "unknown"),
    ],
)
def test_a_fault_in_the_record(tmp_path: Path, old: str, new: str, word: str) -> None:
    with pytest.raises(InvalidRecord, match=word):
        read_election(folder(tmp_path, text=YAML.replace(old, new, 1)))


def test_a_sum_that_does_not_hold_can_be_explained(tmp_path: Path) -> None:
    spoken = "conflicts: [{about: list.valid, values: {a: 101}, chosen: 100, why: the printed total is one short}]\n"
    election = read_election(folder(tmp_path, text=YAML + spoken, votes=VOTES.replace("a,60", "a,61")))
    assert election.conflicts[0].about == "list.valid"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (folder(tmp_path) / "seats.csv").unlink()
    with pytest.raises(InvalidRecord, match=r"no seats\.csv"):
        read_election(tmp_path)


@pytest.mark.parametrize(
    ("kind", "hint"), [("independant", "independent"), ("Candidate", "candidate"), ("x", "party_list")]
)
def test_an_unknown_kind_of_contender_is_named(tmp_path: Path, kind: str, hint: str) -> None:
    place = folder(tmp_path)
    (place / "contenders.csv").write_text(f"contender,kind\na,party_list\nb,{kind}\n", encoding="utf-8")
    with pytest.raises(InvalidRecord) as caught:
        read_election(place)
    assert f"contenders.csv:3: b: no kind of contender {kind!r}" in str(caught.value)
    assert hint in str(caught.value)
    (place / "contenders.csv").unlink()
    folder(tmp_path, text=f"{YAML}contenders: {{b: {{kind: {kind}}}}}\n")
    with pytest.raises(InvalidRecord, match=r"election\.yaml:7:24: b: no kind"):
        read_election(place)
