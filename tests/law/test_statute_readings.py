"""Points that laws had otherwise until they were compared with a text: councils, quotas, ties that alternate."""

from __future__ import annotations

import pytest

import sailau as sl
from sailau.terms.tally import Ballots, Contender, Tally


def council(lists: dict[str, dict[str, int]], magnitude: int) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """Seats and members of one Czech council; candidates stand on their list in the order given."""
    contenders = {line: Contender(line, candidates=len(names)) for line, names in lists.items()}
    for line, names in lists.items():
        for place, name in enumerate(names, start=1):
            contenders[name] = Contender(name, party=line, kind="candidate", registered=place)
    votes = {line: sum(names.values()) for line, names in lists.items()}
    people = {name: n for names in lists.values() for name, n in names.items()}
    ballots = {
        "councils": Ballots({"town": votes}, seats={"town": magnitude}),
        "candidates": Ballots({"town": people}),
    }
    result = sl.load_law("cz/obecni_zastupitelstva", on="2018-10-05").count(Tally(ballots, contenders=contenders))
    (part,) = result.counts["councils"].areas.values()
    return {line: n for line, n in result.seats.items() if n}, dict(part.persons)


def test_ten_per_cent_above_the_whole_part_of_an_average_are_enough() -> None:
    """302 votes of three: the average is 100, not 100 2/3, and 110 are a tenth more; of 100 2/3 they would not be."""
    seats, members = council({"a": {"first": 96, "second": 96, "third": 110}}, 1)
    assert seats == {"a": 1}
    assert members["a"] == ("third",)


def test_of_equal_candidates_who_jump_the_one_higher_on_the_list_is_first() -> None:
    _, members = council({"a": {"first": 10, "zoe": 40, "adam": 40, "last": 10}}, 1)
    assert members["a"] == ("zoe",)


def test_the_bar_of_a_council_falls_until_two_lists_reach_it() -> None:
    """Only a reaches 5%; at 4% b does too, and its 40 votes are more than 921 / 24. With 3.9% c takes no part."""
    lists = {name: {f"{name}_{n}": 1 for n in range(30)} for name in "abc"}
    lists["a"]["a_0"] = 892
    lists["b"]["b_0"] = 11
    lists["c"]["c_0"] = 10
    assert [sum(line.values()) for line in lists.values()] == [921, 40, 39]
    assert council(lists, 24)[0] == {"a": 23, "b": 1}


def seats(law: str, on: str, votes: dict[str, int], magnitude: int | None = None, *, won: str = "") -> dict[str, int]:
    """Seats of lists in the first tier, in one district of `magnitude` or in the nation; `won` a lot there."""
    found = sl.load_law(law, on=on)
    tier = found.tiers[0].name
    area = "nation" if magnitude is None else "town"
    given = {} if magnitude is None else {area: magnitude}
    totals = {area: {"valid": sum(votes.values()), "ballots": sum(votes.values())}}
    tally = Tally({tier: Ballots({area: votes}, seats=given, totals=totals)})
    where = tier if magnitude is None else f"{tier}.{area}"
    made = found.count(tally, decisions={f"{where}.allocate": won} if won else {})
    return {c: n for c, n in made.seats.items() if n}


@pytest.mark.parametrize(
    ("day", "votes", "made"),
    [
        ("1992-10-05", {"a": 4_080, "b": 1_272}, {"a": 41, "b": 12}),  # 5,352 over 53: 100, not 100 52/53
        ("2015-05-11", {"a": 5_280, "b": 1_272}, {"a": 53, "b": 12}),  # 6,552 over 65: 100, not 100 52/65
    ],
)
def test_the_quota_of_guyana_is_a_whole_number(day: str, votes: dict[str, int], made: dict[str, int]) -> None:
    """80 votes over for a and 72 for b; of the quota with its fraction about 40 and 61."""
    assert seats("gy/national_assembly", day, votes) == made


def test_the_second_tie_of_a_valencian_province_goes_to_who_lost_the_first_lot() -> None:
    assert seats("es/valencia_corts", "1991-05-26", {"a": 50, "b": 50}, 3, won="a") == {"a": 1, "b": 2}


@pytest.mark.parametrize("day", ["2014-05-25", "2024-06-09"])
def test_no_lot_decides_between_equal_belgian_lists(day: str) -> None:
    """The votes of the candidates for the seat do, and then their age."""
    rules = repr(sl.load_law("be/kamer", on=day).tiers[0].steps)
    assert "'persons_votes'" in rules and "'lot'" not in rules


@pytest.mark.parametrize(("ages", "made"), [((50, 40), {"a": 6, "b": 1}), ((40, 50), {"a": 1, "b": 6})])
def test_of_equal_french_lists_the_older_has_the_half(ages: tuple[int, int], made: dict[str, int]) -> None:
    """Four of seven seats, and two of the three that are shared out: no lot is drawn, ce L262."""
    contenders = {line: Contender(line, age=age) for line, age in zip("ab", ages, strict=True)}
    ballots = {"council": Ballots({"town": {"a": 100, "b": 100}}, seats={"town": 7})}
    result = sl.load_law("fr/conseils_municipaux", on="2026-03-15").count(Tally(ballots, contenders=contenders))
    assert result.seats == made
