"""Kazakhstan: official seats, counterfactuals and traps; expected values are the dossier's, not ours."""

from fractions import Fraction

import pytest

from sailau.law.library import load_editions, load_law
from sailau.records.library import load_election
from sailau.runs.compare import what_if
from sailau.runs.replay import replay
from sailau.terms.errors import LawSilent

OFFICIAL = {
    "1999-10-10": {"otan": 4, "cpk": 2, "agrarian": 2, "civic": 2},
    "2004-09-19": {"otan": 7, "aq_jol": 1, "asar": 1, "aist": 1},
    "2007-08-18": {"nur_otan": 98},
    "2012-01-15": {"nur_otan": 83, "aq_jol": 8, "knpk": 7},
    "2016-03-20": {"nur_otan": 84, "aq_jol": 7, "knpk": 7},
    "2021-01-10": {"nur_otan": 76, "aq_jol": 12, "qhp": 10},
    "2023-03-19": {"amanat": 40, "auyl": 8, "respublica": 6, "aq_jol": 6, "qhp": 5, "nsdp": 4},
}


def seats_of(day: str) -> dict[str, int]:
    seen = replay(load_election(f"kz/mazhilis/{day}"))
    assert seen.result is not None, str(seen.question)
    return {party: n for party, n in seen.result.seats.items() if n}


@pytest.mark.parametrize("day", OFFICIAL)
def test_list_seats(day: str) -> None:
    assert seats_of(day) == OFFICIAL[day]


def test_the_house_of_2023() -> None:
    house = replay(load_election("kz/mazhilis/2023-03-19")).house
    assert house["amanat"] == 62
    assert house["independent"] == 7
    assert sum(house.values()) == 98


def test_the_house_of_107() -> None:
    house = replay(load_election("kz/mazhilis/2016-03-20")).house
    assert house["assembly_of_the_people"] == 9
    assert sum(house.values()) == 107


LAW_2023 = "kz/mazhilis/2023-03-19"


@pytest.mark.parametrize(
    ("day", "changes", "law", "expected"),
    [
        ("2023-03-19", {"list.seats": 98, "district.seats": 0}, None, [56, 11, 9, 9, 7, 6, 0]),
        ("2023-03-19", {"list.seats": 98, "district.seats": 0, "list.threshold.share": "7%"}, None, [65, 13, 10, 10]),
        (
            "2023-03-19",
            {"list.seats": 98, "district.seats": 0, "list.threshold.share": "0%"},
            None,
            [55, 11, 9, 9, 7, 5, 2],
        ),
        ("2023-03-19", {"list.threshold.share": "0%"}, None, [39, 8, 6, 6, 5, 4, 1]),
        ("2023-03-19", {"list.seats": 145, "district.seats": 0}, None, [83, 17, 13, 13, 11, 8]),
        ("2023-03-19", {}, "kz/kurultai", [83, 17, 13, 13, 11, 8]),
        ("2021-01-10", {"list.threshold.share": "5%"}, None, [72, 11, 9, 6]),
        ("2021-01-10", {}, "kz/kurultai", [107, 16, 14, 8]),
        ("2007-08-18", {}, "kz/mazhilis@2009-02-09", [95, 3]),
        ("2007-08-18", {"list.threshold.share": "0%"}, None, [87, 4, 3, 2, 1, 1, 0]),
    ],
)
def test_counterfactuals(day: str, changes: dict[str, object], law: str | None, expected: list[int]) -> None:
    election = load_election(f"kz/mazhilis/{day}")
    seen = what_if(election, changes, law=load_law(law) if law else None)
    votes = election.tally.tiers["list"].votes["nation"]
    by_votes = [seen.after.seats[c] for c in sorted(seen.after.seats, key=lambda c: -votes[c])]
    assert by_votes[: len(expected)] == expected
    assert not any(by_votes[len(expected) :])


@pytest.mark.parametrize(
    ("day", "formula", "expected"),
    [
        ("1999-10-10", "dhondt", [5, 2, 2, 1]),
        ("2004-09-19", "dhondt", [8, 1, 1, 0]),
        ("2012-01-15", "dhondt", [84, 7, 7]),
        ("2012-01-15", "droop", [84, 7, 7]),
        ("2021-01-10", "dhondt", [77, 12, 9]),
        ("2021-01-10", "droop", [77, 12, 9]),
        ("2023-03-19", "dhondt", [41, 8, 6, 6, 5, 3]),
        ("2023-03-19", "sainte_lague", [40, 8, 6, 6, 5, 4]),
    ],
)
def test_other_formulas(day: str, formula: str, expected: list[int]) -> None:
    election = load_election(f"kz/mazhilis/{day}")
    seats = what_if(election, {"list.formula": formula}).after.seats
    votes = election.tally.tiers["list"].votes["nation"]
    assert [seats[c] for c in sorted(seats, key=lambda c: -votes[c])][: len(expected)] == expected


class TestExactness:
    def test_187_votes_above_the_integer_line(self) -> None:
        election = load_election(LAW_2023)
        facts = next(e.facts for e in replay(election).result.trail if e.key == "allocate.quota")  # type: ignore[union-attr]
        assert facts["quota"] == Fraction(5_971_719, 69)
        assert 432_920 - 5 * facts["quota"] == Fraction(432_920 * 69 - 5 * 5_971_719, 69)
        assert 186 < 432_920 - 5 * facts["quota"] < 187
        assert facts["whole"]["qhp"] == 5

    def test_the_remainder_seat_of_2004(self) -> None:
        result = replay(load_election("kz/mazhilis/2004-09-19")).result
        assert result is not None
        causes = [s.cause for s in result.trail.seats() if s.contender == "aist"]
        assert [c.kind for c in causes] == ["remainder"]
        assert round(float(causes[0].claim or 0), 3) == 0.776

    def test_osdp_above_the_bar_by_12_735(self) -> None:
        result = replay(load_election(LAW_2023)).result
        assert result is not None
        assert "12,735.95 above the bar" in result.explain("nsdp")

    @pytest.mark.parametrize(("votes", "passes"), [(318_323, True), (318_322, False)])
    def test_the_bar_of_2023_in_whole_votes(self, votes: int, passes: bool) -> None:
        election = load_election(LAW_2023)
        lines = dict(election.tally.tiers["list"].votes["nation"])
        lines["against_all"] += lines["nsdp"] - votes
        lines["nsdp"] = votes
        from sailau.terms.tally import Tally

        seats = load_law("kz/mazhilis", on="2023-03-19").count(Tally.of(lines)).seats
        assert (seats["nsdp"] > 0) is passes


class TestSilence:
    def test_no_list_passes(self) -> None:
        from sailau.terms.tally import Tally

        law = load_law("kz/mazhilis", on="2023-03-19")
        many = {f"list_{i}": 100 for i in range(30)}
        with pytest.raises(LawSilent) as caught:
            law.count(Tally.of(many))
        assert caught.value.key == "list.threshold"
        seats = law.count(Tally.of(many), decisions={"list.threshold": ["list_1", "list_2", "list_3"]}).seats
        assert (seats["list_1"], seats["list_4"]) == (23, 0)

    def test_fewer_names_than_seats(self) -> None:
        election = load_election("kz/mazhilis/2021-01-10")
        law = load_law("kz/mazhilis", on="2021-01-10").replace({"list.threshold.share": "3%", "list.seats": 380})
        with pytest.raises(LawSilent, match="fewer names than seats"):
            law.count(election.tally)
        counted = law.count(election.tally, decisions={"list.fill": "vacant"})
        assert counted.vacant > 0
        assert sum(counted.seats.values()) + counted.vacant == 380

    def test_equal_remainders_without_registration_order(self) -> None:
        from sailau.terms.errors import DrawRequired
        from sailau.terms.tally import Contender, Tally

        law = load_law("kz/mazhilis", on="2023-03-19")
        votes = {"a": 100, "b": 100}
        with pytest.raises(DrawRequired) as caught:
            law.count(Tally.of(votes))
        assert (caught.value.tied, caught.value.choose) == (("a", "b"), 1)
        assert sorted(tuple(v.values()) for v in caught.value.outcomes()) == [(34, 35), (35, 34)]
        assert law.count(Tally.of(votes), decisions={"list.allocate": "b"}).seats == {"b": 35, "a": 34}
        ordered = Tally(Tally.of(votes).tiers, {"a": Contender("a", registered=2), "b": Contender("b", registered=1)})
        assert law.count(ordered).seats == {"b": 35, "a": 34}


def test_the_second_list_gets_two_seats_at_least() -> None:
    from sailau.terms.tally import Tally

    law = load_law("kz/mazhilis@2009-02-09")
    assert law.count(Tally.of({"big": 97_900, "next": 1_500})).seats == {"big": 96, "next": 2}


def test_a_minimum_that_whole_quotas_leave_no_room_for_is_a_question() -> None:
    from sailau.terms.tally import Tally

    law, tally = load_law("kz/mazhilis@2009-02-09"), Tally.of({"big": 99_000, "next": 900, "last": 100})
    with pytest.raises(LawSilent, match="which yields"):
        law.count(tally)
    assert law.count(tally, decisions={"list.allocate": "minimum"}).seats == {"big": 96, "next": 2, "last": 0}
    assert law.count(tally, decisions={"list.allocate": "quotas"}).seats == {"big": 97, "next": 1, "last": 0}


def test_in_2007_one_list_takes_all() -> None:
    from sailau.terms.tally import Tally

    law = load_law("kz/mazhilis", on="2007-08-18")
    assert law.count(Tally.of({"big": 99_000, "next": 900})).seats == {"big": 98, "next": 0}


@pytest.mark.parametrize("house", ["mazhilis", "president", "senate", "maslikhat_region"])
def test_editions_are_dated_without_gaps(house: str) -> None:
    assert len(load_editions(f"kz/{house}")) > 1


CONFLICTS = {
    "kz/mazhilis/2023-03-19": ["3,341,510|3341510", "12,035,578|12035578"],
    "kz/mazhilis/1999-10-10": ["5,253,855|5253855"],
    "kz/mazhilis/2016-03-20": ["7,966,000|7966000"],
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_the_known_press_errors_are_on_record(name: str) -> None:
    said = " ".join(str(list(c.values.values())) + c.chosen + c.why for c in load_election(name).conflicts)
    for wanted in CONFLICTS[name]:
        assert any(form in said for form in wanted.split("|")), (wanted, said)
