"""Several ways to take part: each just reached and just missed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Each
from sailau.seats.qualify import Qualify
from sailau.seats.tier import Tier
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.tally import Ballots, Contender, Tally

LOCAL = Tier(
    name="local",
    seats=None,
    district="multi_member",
    ballot="closed_list",
    steps=(Each(steps=(Allocate(divisor="dhondt", cite="x 0"),)),),
)
Votes = dict[str, dict[str, int]]


def standing(
    step: Qualify,
    votes: Votes,
    *,
    seats: dict[str, int] | None = None,
    regions: dict[str, str] | None = None,
    contenders: dict[str, Contender] | None = None,
) -> Count:
    ballots = Ballots(votes, seats=seats or dict.fromkeys(votes, 1), regions=regions or {})
    tally = Tally({"local": ballots}, contenders or {})
    done = {"local": LOCAL.count(tally, done={}, decisions={}, trail=None)}
    total: dict[str, int] = {}
    for lines in votes.values():
        for line, n in lines.items():
            total[line] = total.get(line, 0) + n
    areas = {a: Count(tally, ballots, "top", a, 0, lines, lines) for a, lines in votes.items()}
    return step.apply(
        Count(tally, ballots, "top", "nation", 0, total, total, areas=areas, done=done, trail=()),
    )


@pytest.mark.parametrize(("votes", "passes"), [(20, True), (19, False)])
def test_a_share_of_the_whole(votes: int, passes: bool) -> None:
    step = Qualify(share=Fraction("1/50"), cite="x 1")
    assert ("c" in standing(step, {"d": {"a": 980 - (votes - 20), "c": votes}}).votes) is passes


@pytest.mark.parametrize(("votes", "passes"), [(60_000, True), (59_999, False)])
def test_a_number_of_votes(votes: int, passes: bool) -> None:
    step = Qualify(votes=60_000, cite="x 1")
    made = standing(step, {"d": {"a": 5_000_000, "c": votes}})
    assert ("c" in made.votes, "c" in made.below) == (passes, not passes)


def test_a_seat_won_before_admits_below_the_share() -> None:
    step = Qualify(share=Fraction("1/2"), seats=1, in_tier="local", cite="x 1")
    votes = {"d": {"a": 60, "b": 29, "c": 11}}
    assert set(standing(step, votes, seats={"d": 2}).votes) == {"a"}
    assert set(standing(step, votes, seats={"d": 3}).votes) == {"a", "b"}


REGIONS = {"d1": "n", "d2": "n", "d3": "s", "d4": "w"}


@pytest.mark.parametrize(("south", "passes"), [(25, True), (24, False)])
def test_the_votes_of_a_seat_in_two_regions(south: int, passes: bool) -> None:
    """n has 200 votes for 4 seats: 50 a seat; s has 100 for 4: 25 a seat."""
    step = Qualify(share=Fraction("1/2"), regions=2, in_tier="local", cite="x 1")
    votes = {
        "d1": {"a": 101, "c": 24},
        "d2": {"a": 49, "c": 26},
        "d3": {"a": 100 - south, "c": south},
        "d4": {"a": 100, "c": 0},
    }
    seats = {"d1": 2, "d2": 2, "d3": 4, "d4": 2}
    assert ("c" in standing(step, votes, seats=seats, regions=REGIONS).votes) is passes


def test_a_minority_needs_no_votes() -> None:
    step = Qualify(share=Fraction("1/10"), exempt=("minority",), cite="x 1")
    votes = {"d": {"a": 99, "m": 1, "x": 1}}
    made = standing(step, votes, contenders={"m": Contender("m", traits=frozenset({"minority"}))})
    assert set(made.votes) == {"a", "m"}


@pytest.mark.parametrize(("votes", "here"), [(12, True), (11, False)])
def test_a_share_of_a_district_admits_there_alone(votes: int, here: bool) -> None:
    step = Qualify(share=Fraction("1/2"), area_share=Fraction("3/25"), cite="x 1")
    made = standing(step, {"d1": {"a": 100 - votes, "c": votes}, "d2": {"a": 995, "c": 5}})
    assert ("c" in made.areas["d1"].votes) is here
    assert "c" not in made.areas["d2"].votes
    assert ("c" in made.votes) is here


@pytest.mark.parametrize(("votes", "here"), [(26, True), (25, True), (24, False)])
def test_the_most_votes_of_a_district_admit_there_alone(votes: int, here: bool) -> None:
    step = Qualify(share=Fraction("1/2"), area_share=Fraction("3/10"), area_first=True, cite="x 1")
    votes_by_area = {"d1": {"a": 25, "b": 20, "c": votes, "d": 25, "e": 5}, "d2": {"a": 900, "c": 200}}
    made = standing(step, votes_by_area, seats={"d1": 4, "d2": 1})
    assert ("c" in made.areas["d1"].votes) is here  # 25 is as many as anybody has
    assert "b" not in made.areas["d1"].votes
    assert "c" not in made.areas["d2"].votes


def test_a_tier_that_was_not_counted_admits_nobody() -> None:
    tally = Tally.of({"a": 99, "c": 1}, tier="top")
    count = Count(tally, tally.tiers["top"], "top", "nation", 0, {"a": 99, "c": 1}, {"a": 99, "c": 1})
    step = Qualify(share=Fraction("1/50"), seats=1, in_tier="local", cite="x 1")
    assert set(step.apply(count).votes) == {"a"}


def test_nobody_is_a_question() -> None:
    with pytest.raises(LawSilent):
        standing(Qualify(votes=100, cite="x 1"), {"d": {"a": 5}})


def test_half_a_condition_is_refused() -> None:
    with pytest.raises(InvalidLaw, match="at least one"):
        Qualify(area_share=Fraction("1/2"), cite="x 1")
    with pytest.raises(InvalidLaw, match="in_tier"):
        Qualify(seats=1, cite="x 1")


def test_the_words_name_the_condition_met() -> None:
    step = Qualify(share=Fraction("1/2"), seats=1, in_tier="local", cite="x 1")
    made = standing(step, {"d": {"a": 60, "b": 29, "c": 11}}, seats={"d": 3})
    assert made.trail is not None
    [(label, text)] = Qualify.words(made.trail[-1])
    assert label == "threshold"
    assert "50% of valid or 1 seat of local; a 60, b 29 pass" in text
    assert "by another condition than the first: b seats" in text
    assert Qualify.words_on(made.trail[-1], "c")[0][1].startswith("c is out")


def test_the_explanation_names_every_condition() -> None:
    step = Qualify(share=Fraction("1/2"), area_share=Fraction("1/4"), area_first=True, cite="x 1")
    made = standing(step, {"d1": {"a": 90, "b": 10}, "d2": {"a": 20, "b": 30}})
    assert made.trail is not None
    ((label, text),) = Qualify.words(made.trail[-1])
    assert label == "threshold"
    for said in ("50% of", "25% in a district, for that district", "the most votes in a district", "in d2 alone: b"):
        assert said in text
    plain = standing(Qualify(share=Fraction("1/2"), cite="x 1"), {"d1": {"a": 90, "b": 10}})
    assert plain.trail is not None and "district" not in Qualify.words(plain.trail[-1])[0][1]
