"""The base of a bar that a file does not state is named, with its number and the way to state it."""

from __future__ import annotations

import pytest

from sailau.law.library import load_law
from sailau.runs import from_file
from sailau.runs.formed import formed_bases
from sailau.terms.speech import speaking
from sailau.terms.tally import NATION, Ballots, Tally

LINES = {"a": 600, "b": 300, "c": 100}


def under(law: str, day: str, tally: Tally) -> list[str]:
    return formed_bases(load_law(law, on=day), tally)


def test_the_sum_of_the_lines_is_told_as_a_base_and_a_stated_one_is_not() -> None:
    (note,) = under("kz/mazhilis", "2023-03-19", Tally.of(LINES))
    assert "the sum of the lines (1,000)" in note and "valid" in note and note.startswith("list:")
    assert under("kz/mazhilis", "2023-03-19", Tally.of(LINES, valid=1_004)) == []


def test_invalid_lines_are_no_part_of_the_base() -> None:
    (note,) = under("kz/mazhilis", "2023-03-19", Tally.of({**LINES, "invalid": 77}))
    assert "(1,000)" in note


def test_a_law_without_a_share_of_valid_votes_says_nothing() -> None:
    area = Ballots({"x": {"a": 6, "b": 5}, "y": {"a": 2, "b": 5}})
    law = load_law("gb/commons", on="2019-12-12")
    assert formed_bases(law, Tally({law.tiers[0].name: area})) == []


@pytest.mark.parametrize("stated", [(), ("x",), ("x", "y")])
def test_districts_that_state_no_valid_votes_are_counted(stated: tuple[str, ...]) -> None:
    law = load_law("kz/mazhilis", on="2023-03-19")
    votes = {"x": {"a": 60, "b": 50}, "y": {"a": 20, "b": 50}}
    ballots = Ballots(votes, {area: {"valid": sum(votes[area].values())} for area in stated})
    notes = formed_bases(law, Tally({"list": ballots}))
    assert bool(notes) is (stated != ("x", "y"))
    assert all("180" in note for note in notes)


def test_the_count_is_the_same_with_the_ballots_watched() -> None:
    law, tally = load_law("kz/mazhilis", on="2023-03-19"), Tally.of(LINES)
    before = law.count(tally).seats
    formed_bases(law, tally)
    assert law.count(tally).seats == before
    assert tally.tiers["list"] == Ballots({NATION: LINES})


@pytest.mark.parametrize(("lang", "word"), [("kk", "қосындысы (1,000)"), ("ru", "сумма строк (1,000)")])
def test_it_is_told_in_kazakh_and_russian(lang: str, word: str) -> None:
    with speaking(lang):
        (note,) = under("kz/mazhilis", "2023-03-19", Tally.of(LINES))
    assert word in note


def test_a_line_of_several_candidates_that_leads_a_district_is_told() -> None:
    law = load_law("gb/commons", on="2019-12-12")
    tier = law.tiers[0].name
    tally = Tally({tier: Ballots({"x": {"Lab": 5, "All other candidates": 9}, "y": {"Lab": 8, "others": 3}})})
    _, notes = from_file.decreed(tally, law, None)
    assert [note for note in notes if "one person" in note] == [
        f"{tier}: 'All other candidates' has most votes in x and is counted as one person"
    ]
