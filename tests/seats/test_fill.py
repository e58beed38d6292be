"""Names on lists and reserved mandates: the law is silent at two places, and says so."""

from fractions import Fraction

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.fill import Fill, reserved_minimum
from sailau.seats.tier import Tier
from sailau.terms.errors import LawSilent
from sailau.terms.tally import Contender, Tally

STEPS = (
    Allocate(quota="hare", cite="x 1"),
    Fill(order="party_decides", reserved=Fraction(3, 10), groups=("women",), cite="x 2"),
)


def count(step: Fill, marks: dict[str, Contender], **decisions: str) -> dict[str, int]:
    tier = Tier(name="list", seats=10, district="nationwide", ballot="closed_list", steps=(STEPS[0], step))
    tally = Tally(Tally.of({"a": 80, "b": 20}).tiers, marks)
    chosen = {f"list.{key}": (value,) for key, value in decisions.items()}
    return tier.count(tally, done={}, decisions=chosen, trail=()).total_placed()


def test_enough_names_are_no_question() -> None:
    assert count(STEPS[1], {"a": Contender("a", candidates=8, reserved=3)}) == {"a": 8, "b": 2}


def test_one_name_short_is_a_question() -> None:
    with pytest.raises(LawSilent, match="a by 1") as caught:
        count(STEPS[1], {"a": Contender("a", candidates=7)})
    assert caught.value.key == "list.fill"
    assert count(STEPS[1], {"a": Contender("a", candidates=7)}, fill="vacant") == {"a": 7, "b": 2}


def test_the_law_may_say_that_seats_stay_vacant() -> None:
    fill = Fill(order="list_order", short="vacant", cite="x 2")
    assert count(fill, {"a": Contender("a", candidates=7)}) == {"a": 7, "b": 2}


def test_rounding_is_a_question_only_where_it_decides() -> None:
    # 30% of 8 seats are 2 2/5: three names meet it however it is rounded, one name in no way.
    with pytest.raises(LawSilent, match="round") as caught:
        count(STEPS[1], {"a": Contender("a", reserved=2)})
    assert (caught.value.key, caught.value.options) == ("list.fill.rounding", ("up", "down"))
    down = {"list.fill.rounding": "down"}
    tier = Tier(name="list", seats=10, district="nationwide", ballot="closed_list", steps=STEPS)
    tally = Tally(Tally.of({"a": 80, "b": 20}).tiers, {"a": Contender("a", reserved=2)})
    chosen = {key: (value,) for key, value in down.items()}
    assert tier.count(tally, done={}, decisions=chosen, trail=()).total_placed() == {"a": 8, "b": 2}
    with pytest.raises(LawSilent, match="has 2 names"):
        tier.count(tally, done={}, decisions={"list.fill.rounding": ("up",)}, trail=())


@pytest.mark.parametrize(("seats", "down", "up"), [(10, 3, 3), (8, 2, 3), (5, 1, 2), (0, 0, 0)])
def test_the_reserved_minimum(seats: int, down: int, up: int) -> None:
    share = Fraction(3, 10)
    assert reserved_minimum(seats, share, rounding="down") == down
    assert reserved_minimum(seats, share, rounding="up") == up
