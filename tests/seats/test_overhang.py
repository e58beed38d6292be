"""entitle, spread, offset: what lists are due in all tiers, area by area, and what they get after their districts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.seats.mixed import ELECT, count, placed, tally

from sailau.law.library import load_law
from sailau.records.library import load_election
from sailau.seats.count import Each
from sailau.seats.elsewhere import won_by_area
from sailau.seats.entitle import Entitle
from sailau.seats.explain import explain
from sailau.seats.overhang import Offset
from sailau.seats.spread import Spread
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, LawSilent, MissingFigure, SeatsLeft
from sailau.terms.tally import Ballots, Contender, Tally
from sailau.terms.trail import Trail

DUE = Entitle(tiers=("direct",), divisor="sainte_lague", cite="x 1")
WIDE = Spread(divisor="sainte_lague", cite="x 2")
REST = Offset(tiers=("direct",), cite="x 3")


def test_lists_get_what_their_districts_leave() -> None:
    # 8 seats for a 50, b 30: a 5, b 3; a: north 30 -> 3, south 20 -> 2; b: north 10 -> 1, south 20 -> 2
    direct, lists = count(
        [DUE, WIDE, REST],
        tally({"north": "aa", "south": "ab"}, {"north": {"a": 30, "b": 10}, "south": {"a": 20, "b": 20}}),
        4,
    )
    assert placed(lists) == {"north": {"a": 1, "b": 1}, "south": {"a": 1, "b": 1}}
    assert (lists.extra, lists.left(), direct.left()) == (0, 0, 0)


def test_what_cannot_be_taken_off_stays_and_costs_nobody_else() -> None:
    # b is due 1 in the south and wins 2 there: one seat of overhang, and a still gets its whole due
    votes = {"north": {"a": 60, "b": 20}, "south": {"a": 40, "b": 20}}
    _, lists = count([DUE, WIDE, REST], tally({"north": "aa", "south": "bb"}, votes), 3)
    assert lists.due == {"a": 5, "b": 2}
    assert placed(lists)["south"] == {"a": 2}
    assert lists.extra == 1
    assert lists.total_placed() == {"a": 3, "b": 1}


def test_seats_just_covered_are_no_overhang() -> None:
    votes = {"north": {"a": 60, "b": 20}, "south": {"a": 40, "b": 20}}
    _, lists = count([DUE, WIDE, REST], tally({"north": "aa", "south": "ba"}, votes), 3)
    assert lists.extra == 0
    offsets = [entry for entry in lists.trail or () if entry.key == "offset"]
    assert [entry.facts["beyond"] for entry in offsets] == [{}, {}]


def test_winners_without_a_list_come_off_first() -> None:
    votes = {"north": {"a": 30, "b": 10}, "south": {"a": 20, "b": 20}}
    _, lists = count([DUE, WIDE, REST], tally({"north": "ax", "south": "ab"}, votes), 4)
    assert sum(lists.due.values()) == 7
    assert lists.extra == 0


def test_only_independents_come_off_where_the_law_says_so() -> None:
    votes = {"north": {"a": 30, "b": 10}, "south": {"a": 20, "b": 20}}
    step = Entitle(tiers=("direct",), divisor="sainte_lague", others="independent", cite="x 1")
    marks = {"x": Contender("x", kind="independent")}
    _, party = count([step, WIDE, REST], tally({"north": "ax", "south": "ab"}, votes), 4)
    _, alone = count([step, WIDE, REST], tally({"north": "ax", "south": "ab"}, votes, contenders=marks), 4)
    assert (sum(party.due.values()), sum(alone.due.values())) == (8, 7)


def test_a_candidate_counts_for_the_list_of_its_party() -> None:
    marks = {"smith": Contender("smith", party="a", kind="candidate")}
    direct = {"north1": {"smith": 60, "x": 40}}
    _, lists = count([DUE, WIDE, REST], tally({}, {"north": {"a": 30, "b": 30}}, contenders=marks, direct=direct), 3)
    assert lists.total_placed() == {"a": 1, "b": 2}


def test_areas_come_first_where_the_law_shares_by_a_figure_of_theirs() -> None:
    # 8 seats by population 50 and 30: north 5, south 3; votes would have given the south most
    votes = {"north": {"a": 3, "b": 2}, "south": {"a": 100, "b": 200}}
    step = Entitle(tiers=("direct",), divisor="sainte_lague", over="population", cite="x 1")
    given_ = tally({"north": "aa", "south": "bb"}, votes, population={"north": 50, "south": 30})
    _, lists = count([step, REST], given_, 4)
    assert {area: dict(part.due) for area, part in lists.areas.items()} == {
        "north": {"a": 3, "b": 2},
        "south": {"a": 1, "b": 2},
    }
    assert lists.due == {"a": 4, "b": 4}
    with pytest.raises(MissingFigure, match="population of north, south"):
        count([step, REST], tally({"north": "aa", "south": "bb"}, votes), 4)


def test_each_area_may_be_a_whole_of_its_own() -> None:
    votes = {"north": {"a": 30, "b": 10}, "south": {"a": 20, "b": 20}}
    given_ = tally({"north": "aa", "south": "bb"}, votes)
    given_ = Tally({**given_.tiers, "list": Ballots(votes, seats={"north": 2, "south": 2})})
    direct, _ = count([DUE, WIDE, REST], given_, 4)
    lists = Tier(
        name="list",
        seats=4,
        district="multi_member",
        ballot="closed_list",
        steps=(Each(steps=(Entitle(tiers=("direct",), divisor="dhondt", cite="x 1"),)), REST),
    ).count(given_, done={"direct": direct}, decisions={}, trail=None)
    assert placed(lists) == {"north": {"a": 1, "b": 1}, "south": {"a": 2}}


def test_a_tie_between_areas_needs_a_draw() -> None:
    votes = {"north": {"a": 20}, "south": {"a": 20}}
    with pytest.raises(DrawRequired, match="north, south tie"):
        count([DUE, WIDE, REST], tally({"north": "a", "south": "a"}, votes), 1)


def test_nobody_in_is_no_outcome() -> None:
    with pytest.raises(LawSilent, match="nobody has a vote"):
        count([DUE, REST], tally({"north": "a"}, {"north": {"b": 0}, "south": {"b": 0}}), 1)


def test_offset_asks_for_a_due() -> None:
    with pytest.raises(InvalidLaw, match="nothing says what the lists are due"):
        count([REST], tally({"north": "a"}, {"north": {"a": 10}, "south": {"a": 1}}), 1)


def test_spread_refuses_what_it_cannot_do() -> None:
    with pytest.raises(InvalidLaw, match="needs a divisor"):
        Spread(quota="hare", at_least="floor", cite="x")
    with pytest.raises(InvalidLaw, match="where the seats were won"):
        Spread(divisor="dhondt", at_least="won", cite="x")
    with pytest.raises(InvalidLaw, match="its votes name none"):
        count([DUE, WIDE], tally({"nation": "a"}, {"nation": {"a": 10}}), 1)


def test_minima_hold_and_the_others_share_the_rest() -> None:
    # a is due 6: by votes north 4, south 2; it won 3 in the south, so north has 3
    votes = {"north": {"a": 41, "b": 6}, "south": {"a": 20, "b": 5}}
    wide = Spread(divisor="sainte_lague", at_least="won", tiers=("direct",), cite="x 2")
    _, lists = count([DUE, wide, REST], tally({"north": "a", "south": "aaa"}, votes), 3)
    assert lists.due["a"] == 6
    assert {area: part.due["a"] for area, part in lists.areas.items()} == {"north": 3, "south": 3}
    assert lists.extra == 0


def test_minima_beyond_the_due_stay() -> None:
    votes = {"north": {"a": 10, "b": 90}, "south": {"a": 11, "b": 90}}
    wide = Spread(divisor="sainte_lague", at_least="won", tiers=("direct",), cite="x 2")
    _, lists = count([DUE, wide, REST], tally({"north": "aa", "south": "aa"}, votes), 1)
    assert lists.due == {"a": 1, "b": 4}
    assert sum(part.due["a"] for part in lists.areas.values()) == 4
    assert (lists.total_placed(), lists.extra) == ({"b": 4}, 3)


@given(
    wins=st.lists(st.sampled_from("abx"), min_size=2, max_size=8),
    votes=st.lists(st.integers(1, 500), min_size=4, max_size=4, unique=True),
    seats=st.integers(4, 12),
)
def test_no_seat_is_lost_and_nobody_gets_less_than_its_due(wins: list[str], votes: list[int], seats: int) -> None:
    half = len(wins) // 2
    lists_votes = {"north": {"a": votes[0], "b": votes[1]}, "south": {"a": votes[2], "b": votes[3]}}
    given_ = tally({"north": "".join(wins[:half]), "south": "".join(wins[half:])}, lists_votes)
    try:
        direct, lists = count([DUE, WIDE, REST], given_, seats)
    except DrawRequired:
        return
    assert lists.left() == 0
    total = {c: direct.total_placed().get(c, 0) + lists.total_placed().get(c, 0) for c in "ab"}
    won = won_by_area(lists, ("direct",)) if lists.done else {}
    for c in "ab":
        assert total[c] >= lists.due[c]
        beyond = sum(max(0, won[a].get(c, 0) - lists.areas[a].due[c]) for a in lists.areas)
        assert total[c] == lists.due[c] + beyond


OVERHANG = {
    "1953-09-06": {("hamburg", "dp"): 1, ("schleswig_holstein", "cdu"): 2},
    "1957-09-15": {("schleswig_holstein", "cdu"): 3},
    "1961-09-17": {("schleswig_holstein", "cdu"): 4, ("saarland", "cdu"): 1},
    "1976-10-03": {},
    "1980-10-05": {("schleswig_holstein", "spd"): 1},
    "1983-03-06": {("hamburg", "spd"): 1, ("bremen", "spd"): 1},
    "1987-01-25": {("baden_wuerttemberg", "cdu"): 1},
    "1990-12-02": {("mecklenburg_vorpommern", "cdu"): 2, ("sachsen_anhalt", "cdu"): 3, ("thueringen", "cdu"): 1},
    "1998-09-27": {
        ("hamburg", "spd"): 1,
        ("mecklenburg_vorpommern", "spd"): 2,
        ("brandenburg", "spd"): 3,
        ("sachsen_anhalt", "spd"): 4,
        ("thueringen", "spd"): 3,
    },
    "2002-09-22": {
        ("hamburg", "spd"): 1,
        ("sachsen_anhalt", "spd"): 2,
        ("thueringen", "spd"): 1,
        ("sachsen", "cdu"): 1,
    },
    "2009-09-27": {
        ("schleswig_holstein", "cdu"): 1,
        ("mecklenburg_vorpommern", "cdu"): 2,
        ("saarland", "cdu"): 1,
        ("rheinland_pfalz", "cdu"): 2,
        ("baden_wuerttemberg", "cdu"): 10,
        ("sachsen", "cdu"): 4,
        ("thueringen", "cdu"): 1,
        ("bayern", "csu"): 3,
    },
}


@pytest.mark.parametrize("day", OVERHANG)
def test_overhang_falls_where_it_is_known_to_have_fallen(day: str) -> None:
    """The Länder and parties as wahlrecht.de lists them (ueberhang/ueberhist.html), not part of the records."""
    election = load_election(f"de/bundestag/{day}")
    counts = load_law("de/bundestag", on=election.day).count(election.tally).counts
    lists = counts["list"].but(done={"direct": counts["district"]})
    found = {
        (area, c): n - lists.areas[area].due.get(c, 0)
        for area, won in won_by_area(lists, ("direct",)).items()
        for c, n in won.items()
        if n > lists.areas[area].due.get(c, 0)
    }
    assert found == OVERHANG[day]


def test_the_words_name_due_rest_and_overhang() -> None:
    votes = {"north": {"a": 60, "b": 20}, "south": {"a": 40, "b": 20}}
    _, lists = count([DUE, WIDE, REST], tally({"north": "aa", "south": "bb"}, votes), 3)
    text = explain(Trail(lists.trail or ()))
    assert "7 seats in all tiers (sainte lague): a 5, b 2" in text
    assert "b 2 (sainte lague): north 1, south 1" in text
    assert "overhang  b 1" in text
    assert "due 1, won elsewhere 2; 1 overhang" in explain(Trail(lists.trail or ()), "b")


def test_a_tie_in_one_area_is_asked_under_the_name_that_its_answer_is_read_under() -> None:
    # 6 seats, 3 for each area; the third is tied in both
    step = Entitle(tiers=("direct",), divisor="sainte_lague", over="population", cite="x 1")
    votes = {"north": {"a": 10, "b": 10}, "south": {"a": 10, "b": 10}}
    given_ = tally({"north": "a", "south": "b"}, votes, population={"north": 50, "south": 50})
    first = Tier(name="direct", seats=None, district="single_member", ballot="candidate", steps=(ELECT,))
    direct = first.count(given_, done={}, decisions={}, trail=())
    lists = Tier(name="list", seats=4, district="nationwide", ballot="closed_list", steps=(step,))
    decisions: dict[str, tuple[str, ...]] = {}
    for key, winner in (("list.north.entitle", "a"), ("list.south.entitle", "b")):
        with pytest.raises(DrawRequired) as asked:
            lists.count(given_, done={"direct": direct}, decisions=decisions, trail=())
        assert asked.value.key == key
        decisions[key] = (winner,)
    # what is due is known now; the seats themselves are left to other steps
    with pytest.raises(SeatsLeft):
        lists.count(given_, done={"direct": direct}, decisions=decisions, trail=())
