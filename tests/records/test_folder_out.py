"""Votes written as the folder of an election come back as they were."""

from datetime import date
from pathlib import Path

import pytest

from sailau.law.library import load_law
from sailau.records.folder_out import write_election
from sailau.records.library import election_ids, load_election
from sailau.records.read import read_election
from sailau.runs.replay import law_of
from sailau.terms.errors import Invalid, InvalidRecord
from sailau.terms.tally import NATION, Ballots, Contender, Tally


def test_every_tenth_election_comes_back_as_it_was(tmp_path: Path) -> None:
    names = election_ids()[::10]
    assert len(names) > 50
    for number, name in enumerate(names):
        was = load_election(name)
        folder = tmp_path / str(number)
        write_election(folder, was.tally, name=name, law=str(law_of(was)), day=was.day, source="a test")
        now = read_election(folder)
        for tier, ballots in was.tally.tiers.items():
            if ballots.votes:
                assert now.tally.tiers[tier].votes == ballots.votes, name
                assert now.tally.tiers[tier].rankings == ballots.rankings, name
                assert now.tally.tiers[tier].regions == ballots.regions, name
                assert now.tally.tiers[tier].seats == ballots.seats, name
        law = law_of(was)
        assert law_of(now).edition == law.edition
        count = law.count(was.tally, decisions=was.decisions)
        assert law.count(now.tally, decisions=was.decisions).seats == count.seats, name


def test_odd_names_marks_and_ranked_ballots_come_back(tmp_path: Path) -> None:
    odd = 'Ақ жол, "DP"; 😀 = 2nd line'
    marks = Contender(
        "x", "p", "joint_list", ("a", "b"), ("l1", "l2"), 3, 40, 7, frozenset({"minority"}), {"ru": "Икс"}
    )
    ranked = Ballots({NATION: {"ann": 2, "bob": 1}}, rankings={NATION: {("ann", "bob"): 2, ("bob",): 1}})
    votes = {"north": {odd: 5, "x": 4, "against_all": 1}}
    tally = Tally(
        {"list": Ballots(votes, {"north": {"valid": 10, "voters": 12}}, {"north": 3}, {"north": "top"}), "stv": ranked},
        {"x": marks},
        "0.01% of the votes",
        {"district": {"x": 2}},
    )
    write_election(tmp_path / "new", tally, name="xx/a/2024-05-05", law="xx/a", day=date(2024, 5, 5), source="mine.csv")
    assert read_election(tmp_path / "new").tally == tally


@pytest.mark.parametrize("name", ["", " a", "a\n", "a\x1b[31m", "e\u0301", "a\u200b", "\u202ea", "valid", "total"])
def test_a_name_that_a_record_cannot_hold_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    tally = Tally.of({name: 1, "b": 2})
    with pytest.raises(InvalidRecord):
        write_election(tmp_path / "new", tally, name="xx/a/1", law="xx/a", day=date(2024, 5, 5), source="s")
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    tally = Tally.of({"a": 1})
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Invalid, match="is there already"):
        write_election(tmp_path / "there", tally, name="xx/a/1", law="xx/a", day=date(2024, 5, 5), source="s")
    with pytest.raises(Invalid, match="no folder"):
        write_election(
            tmp_path / "there" / "notes.txt" / "x", tally, name="xx/a/1", law="xx/a", day=date(2024, 5, 5), source="s"
        )
    assert [path.name for path in tmp_path.rglob("*")] == ["there", "notes.txt"]


def test_the_law_of_the_folder_is_the_edition_that_counted(tmp_path: Path) -> None:
    law = load_law("kz/mazhilis", on="2012-01-15")
    write_election(
        tmp_path / "a",
        Tally.of({"a": 9, "b": 1}),
        name="kz/mazhilis/2030-01-01",
        law=str(law),
        day=date(2030, 1, 1),
        source="s",
    )
    assert str(law_of(read_election(tmp_path / "a"))) == str(law)
