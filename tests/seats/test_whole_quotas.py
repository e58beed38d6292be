"""Whole quotas, the rest to a later tier: in a district, in the region, for persons, with three quarters."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sailau.seats.count import Count
from sailau.seats.tier import Tier, by_region
from sailau.seats.whole_quotas import WholeQuotas
from sailau.terms.errors import LawSilent, MissingFigure
from sailau.terms.tally import Ballots, Contender, Tally

Votes = dict[str, dict[str, int]]


def tier(step: WholeQuotas, name: str = "local", **more: str) -> Tier:
    district = "multi_member" if step.of == "district" else "nationwide"
    seats = None if step.of == "district" else 99
    return Tier(name=name, seats=seats, district=district, ballot="open_list", steps=(step,), **more)


def won(made: Count) -> Votes:
    return {name: dict(part.placed) for name, part in made.areas.items() if part.placed}


@pytest.mark.parametrize(("votes", "seats"), [(20, 1), (19, 0)])
def test_a_whole_quota_wins_a_seat(votes: int, seats: int) -> None:
    tally = Tally({"local": Ballots({"d": {"a": 80 + (20 - votes), "b": votes}}, seats={"d": 5})})
    made = tier(WholeQuotas(quota="hare", cite="x 1")).count(tally, done={}, decisions={}, trail=())
    assert made.areas["d"].placed.get("b", 0) == seats
    assert made.seats == 4 + seats
    assert made.left() == 0


def test_votes_below_a_bar_and_no_blanks_form_the_quota() -> None:
    step = WholeQuotas(quota="hare", cite="x 1")
    votes = {"a": 50, "b": 49, "x": 1, "blank": 100}
    tally = Tally({"local": Ballots({"d": votes}, seats={"d": 2})})
    assert won(tier(step).count(tally, done={}, decisions={}, trail=None)) == {"d": {"a": 1}}


@pytest.mark.parametrize(("votes", "seats"), [(35, 2), (34, 1), (15, 1), (14, 0)])
def test_three_quarters_of_a_quota(votes: int, seats: int) -> None:
    step = WholeQuotas(quota="hare", least=Fraction("3/4"), cite="x 1")
    tally = Tally({"local": Ballots({"d": {"a": votes, "b": 101, "c": 100 - votes - 1}}, seats={"d": 10})})
    made = tier(step).count(tally, done={}, decisions={}, trail=None)
    assert made.areas["d"].placed.get("a", 0) == seats


def test_a_person_has_one_seat_and_counts_for_the_party() -> None:
    people = {"ann": Contender("ann", party="a", kind="candidate"), "bo": Contender("bo", party="a", kind="candidate")}
    ballots = Ballots({"d": {"ann": 45, "bo": 5, "cy": 50}}, seats={"d": 5})
    lists = Ballots({"d": {"a": 50, "c": 50}}, seats={"d": 5})
    tally = Tally({"person": ballots, "list": lists}, people | {"cy": Contender("cy", party="c", kind="candidate")})
    persons = tier(WholeQuotas(quota="hare", most=1, cite="x 1"), "person")
    done = {"person": persons.count(tally, done={}, decisions={}, trail=None)}
    assert won(done["person"]) == {"d": {"ann": 1, "cy": 1}}
    made = tier(WholeQuotas(quota="hare", less=("person",), cite="x 2"), "list")
    assert won(made.count(tally, done=done, decisions={}, trail=None)) == {"d": {"a": 1, "c": 1}}


def test_the_quota_of_the_region_holds_in_its_districts_and_for_the_second_scrutiny() -> None:
    votes = {"d1": {"a": 29, "b": 41}, "d2": {"a": 21, "b": 9}}
    tally = Tally(
        {
            "local": Ballots(votes, regions={"d1": "n", "d2": "n"}),
            "region": Ballots({}, seats={"n": 5}),
        }
    )
    first = tier(WholeQuotas(quota="hare", of="region", seats_of="region", cite="x 1"))
    done = {"local": first.count(tally, done={}, decisions={}, trail=None)}
    assert won(done["local"]) == {"d1": {"a": 1, "b": 2}, "d2": {"a": 1}}
    step = WholeQuotas(quota="hare", less=("local",), cite="x 2")
    second = tier(step, "region", votes="local", areas="region")
    # 100 votes, 5 seats, quota 20: a 50 -> 2, b 50 -> 2
    assert won(second.count(tally, done=done, decisions={}, trail=None)) == {}
    more = Tally({"local": Ballots({"d1": {"a": 35}, "d2": {"a": 35, "b": 30}}, regions={"d1": "n", "d2": "n"})})
    more = Tally({**more.tiers, "region": Ballots({}, seats={"n": 5})})
    done = {"local": first.count(more, done={}, decisions={}, trail=None)}
    assert won(done["local"]) == {"d1": {"a": 1}, "d2": {"a": 1, "b": 1}}
    assert won(second.count(more, done=done, decisions={}, trail=None)) == {"n": {"a": 1}}


def test_the_region_and_its_seats_have_to_be_known() -> None:
    step = WholeQuotas(quota="hare", of="region", seats_of="region", cite="x 1")
    with pytest.raises(MissingFigure, match="the region of d"):
        tier(step).count(Tally({"local": Ballots({"d": {"a": 1}})}), done={}, decisions={}, trail=None)
    with pytest.raises(MissingFigure, match="the seats of n"):
        tally = Tally({"local": Ballots({"d": {"a": 1}}, regions={"d": "n"})})
        tier(step).count(tally, done={}, decisions={}, trail=None)


def test_more_seats_than_the_district_has_is_a_question() -> None:
    step = WholeQuotas(quota="hare", least=Fraction("1/4"), cite="x 1")
    tally = Tally({"local": Ballots({"d": {"a": 5, "b": 5, "c": 5}}, seats={"d": 1})})
    with pytest.raises(LawSilent, match="give out 3 seats in d") as caught:
        tier(step).count(tally, done={}, decisions={}, trail=None)
    assert caught.value.key == "local.d.whole_quotas"


def test_the_words_say_the_price_and_what_was_won_before() -> None:
    tally = Tally({"local": Ballots({"d": {"a": 80, "b": 20}}, seats={"d": 5})})
    made = tier(WholeQuotas(quota="hare", cite="x 1")).count(tally, done={}, decisions={}, trail=())
    assert made.trail is not None
    assert WholeQuotas.words(made.trail[-1]) == [
        ("quota", "hare of 100 votes and 5 seats in d = 20"),
        ("whole", "a 4, b 1"),
    ]


def test_districts_are_joined_to_their_regions() -> None:
    ballots = Ballots(
        {"d1": {"a": 1, "b": 2}, "d2": {"a": 3}, "d3": {"b": 4}},
        {"d1": {"valid": 3, "voters": 5}, "d2": {"valid": 3}, "d3": {"valid": 4}, "nation": {"valid": 10}},
        regions={"d1": "n", "d2": "n", "d3": "s"},
    )
    joined = by_region(ballots)
    assert joined.votes == {"n": {"a": 4, "b": 2}, "s": {"b": 4}}
    assert joined.totals == {"nation": {"valid": 10}, "n": {"valid": 6}, "s": {"valid": 4}}
