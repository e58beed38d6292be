"""What an explanation says of one party: every seat, every bar, and why a step gave it nothing."""

from __future__ import annotations

from functools import cache

import pytest
from typer.testing import CliRunner

from sailau.cli.main import app
from sailau.law.result import Result
from sailau.records.library import load_election
from sailau.runs.replay import law_of
from sailau.seats.formula import Formula, reasons, words_without
from sailau.terms.trail import Entry


@cache
def counted(name: str) -> Result:
    election = load_election(name)
    return law_of(election).count(election.tally, decisions=election.decisions)


def test_a_joint_list_is_told_by_its_own_bar() -> None:
    result = counted("am/azgayin_zhoghov/2021-06-20")
    first = result.lines("i_have_honor")[0].text
    assert first == "i_have_honor is out: 66,650 votes, 35,485.44 below the bar (8% of 1,276,693 valid = 102,135.44)"
    assert "8% = 102,135.44 votes for armenia, i_have_honor" in result.lines()[0].text


def test_lists_under_other_names_are_told_with_their_party() -> None:
    result = counted("br/camara/1998-10-04")
    said = {line.area: line.text for line in result.lines("psdb") if line.label == "seats"}
    assert said["mg"] == "mg_psdb: 14 by quotients from 1,758,528 to 125,609 1/7"
    assert said["sc"] == "sc_psdb: 1 by the quotient 203,927"
    assert sum(int(text.split(": ")[1].split()[0]) for text in said.values()) == result.seats["psdb"]


def test_a_list_above_the_bar_without_a_seat_is_told_what_the_last_seat_took() -> None:
    result = counted("be/kamer/2014-05-25")
    said = [line.text for line in result.lines("cdh", district="brabant_wallon")]
    assert said[1] == "no seat: its quotient is 26,335; the last seat went to ecolo 27,356"


def test_votes_of_a_winner_are_written_with_separators() -> None:
    lines = counted("ca/house_of_commons/2006-01-23").lines("liberal", district="ajax_pickering")
    assert [line.text for line in lines] == ["1 with 25,636 votes"]


def test_who_is_elected_nowhere_is_told_where_it_stood() -> None:
    result = counted("ca/house_of_commons/2006-01-23")
    assert [line.text for line in result.lines("will_arlow_canadian_action")] == [
        "no seat: 105 votes (place 7); elected: conservative 23,416"
    ]
    assert not any("no seat" in line.text for line in result.lines("liberal")), "losses are told where nothing is won"


def test_what_is_made_up_is_told_with_what_is_due() -> None:
    said = [line.text for line in counted("at/nationalrat/2024-09-29").lines("grune") if line.tier == "federal"]
    assert said[1:] == ["due 16 of 183 seats in all; held before: 11", "5 by compensation"]


SOME = (
    "ad/consell_general/2001-03-04",
    "ar/senado/2017-10-22",
    "ax/lagting/1983-10-16",
    "br/camara/1998-10-04",
    "ch/zuerich_gemeinderat/2006-02-12",
    "kz/mazhilis/2023-03-19",
    "lv/european_parliament/2014-05-24",
    "mt/kamra/2017-06-03",
    "nz/house/2020-10-17",
    "tl/parlamento/2018-05-12",
)


@pytest.mark.parametrize("name", SOME)
def test_of_every_party_something_is_said(name: str) -> None:
    result = counted(name)
    assert [party for party in result.seats if not result.lines(party)] == []


def test_seats_of_a_party_without_any_are_no_empty_answer() -> None:
    done = CliRunner().invoke(app, ["explain", "be/kamer/2014-05-25", "--contender", "others", "--seats"])
    assert done.exit_code == 0, done.output
    assert "others has no seat by votes; without --seats stands why" in done.stderr


def test_a_bar_that_nobody_reaches_asks_for_any_of_the_lists() -> None:
    asked = ["what-if", "aw/staten/2009-09-25", "--set", "list.threshold.share=60%"]
    done = CliRunner().invoke(app, [*asked, "--set", "list.threshold.quota=none"])
    assert "decide list.threshold: any number of avp, mep" in str(done.exception)


@pytest.mark.parametrize("seats", ["151", "147"])
def test_seats_of_a_tier_that_no_longer_fit_its_districts_say_what_to_change(seats: str) -> None:
    done = CliRunner().invoke(app, ["what-if", "be/kamer/2024-06-09", "--set", f"list.seats={seats}"])
    assert "--set list.magnitudes.antwerpen=N" in str(done.exception)
    done = CliRunner().invoke(app, ["what-if", "be/kamer/2024-06-09", "--set", "list.magnitudes.antwerpen=25"])
    assert done.exit_code == 0
    done = CliRunner().invoke(app, ["what-if", "de/bundestag/1957-09-15", "--set", f"district.seats={seats}"])
    assert "each district of district has one seat; another number needs other districts" in str(done.exception)


def test_one_seat_is_one() -> None:
    done = CliRunner().invoke(app, ["what-if", "ch/nationalrat/2023-10-22", "--set", "single.add=threshold"])
    assert "1 seat in appenzell_innerrhoden, but only 0 candidates have votes" in str(done.exception)


def test_a_list_whose_persons_are_all_seated_is_told_so() -> None:
    """218,695 is more than the last seat took, but only one person of the list has a tenth of the quotient."""
    result = counted("br/camara/2018-10-07")
    said = [line.text for line in result.lines(district="rs") if line.label == "last"]
    assert said[0].endswith("; can take no more: rs_novo 218,695")


def test_a_list_that_can_take_nobody_is_not_told_that_its_votes_are_too_few() -> None:
    step = Formula(divisor="dhondt")
    facts, causes = reasons(step.allocation({"a": 100, "b": 90}, 2, None, limits={"a": 2, "b": 0}), step)
    entry = Entry("allocate.divisor", "x 1", "list", "nation", facts, causes=tuple(causes))
    assert words_without(entry, "b") == [("seats", "no seat: its quotient is 90, but it can take none")]


def test_a_district_of_one_seat_in_a_matrix_is_written_so() -> None:
    said = [str(line.text) for line in counted("ch/gr_grosser_rat/2022-05-15").lines() if line.label == "matrix"]
    assert any(text.startswith("1 seat; votes / 60 / ") for text in said)
    assert not any(text.startswith("1 seats") for text in said)
