"""Names on lists and reserved mandates: the law is silent at two places, and says so."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count
from sailau.seats.explain import explain
from sailau.seats.fill import Fill, reserved_minimum
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, LawSilent
from sailau.terms.numbers import exact
from sailau.terms.tally import Ballots, Contender, Tally
from sailau.terms.trail import Trail

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


PEOPLE = {
    "a": {"agim": 90, "bekim": 80, "arta": 70, "dren": 60, "besa": 50, "drita": 40, "era": 30},
    "b": {"fatos": 20, "hana": 10},
}
WOMEN = ("arta", "besa", "drita", "era", "hana")


def people(step: Fill, /, seats: int = 6, votes: Mapping[str, int] | None = None, **decisions: str) -> Count:
    """Return the count of a house of which list a has all seats but one or two."""
    marks = {
        person: Contender(
            person,
            party=line,
            kind="candidate",
            registered=place,
            traits=frozenset({"women"} if person in WOMEN else ()),
        )
        for line, own in PEOPLE.items()
        for place, person in enumerate(own, 1)
    }
    cast = {person: n for own in PEOPLE.values() for person, n in own.items()} | dict(votes or {})
    tally = Tally({**Tally.of({"a": 80, "b": 20}).tiers, "candidates": Ballots({"nation": cast})}, marks)
    steps = (Allocate(quota="hare", cite="x 1"), step)
    tier = Tier(name="list", seats=seats, district="nationwide", ballot="open_list", steps=steps)
    chosen = {f"list.{key}": (value,) for key, value in decisions.items()}
    return tier.count(tally, done={}, decisions=chosen, trail=())


def by_votes(share: str = "0", *, rounding: str = "up", ties: tuple[str, ...] = ()) -> Fill:
    return Fill(
        order="preference_votes",
        reserved=exact(share),
        groups=("women",),
        rounding=rounding,  # type: ignore[arg-type]
        persons="candidates",
        ties=ties,
        cite="x 2",
    )


def test_persons_take_the_seats_in_the_order_of_their_votes() -> None:
    assert people(by_votes()).persons == {"a": ("agim", "bekim", "arta", "dren", "besa"), "b": ("fatos",)}


def test_the_last_of_the_others_make_room_for_the_next_of_the_group() -> None:
    """Half of 5 seats are 2.5, rounded up 3: drita sits in the place of dren, and hana has the one seat of b."""
    made = people(by_votes("1/2"))
    assert made.persons["a"] == ("agim", "bekim", "arta", "besa", "drita")
    assert made.persons["b"] == ("hana",)
    assert people(by_votes("1/2", rounding="down")).persons["b"] == ("fatos",)
    assert people(by_votes("3/4")).persons["a"] == ("agim", "arta", "besa", "drita", "era")


def test_seats_of_lists_do_not_change() -> None:
    assert people(by_votes("3/4")).placed == people(by_votes()).placed == {"a": 5, "b": 1}


def test_the_order_of_the_list_may_count() -> None:
    fill = Fill(order="list_order", persons="candidates", cite="x 2")
    assert people(fill, votes={"agim": 1}).persons["a"][0] == "agim"
    assert people(by_votes(), votes={"agim": 1}).persons["a"][0] == "bekim"


@pytest.mark.parametrize(
    ("jump", "of", "first"),
    [
        ("40/80", "list_votes", "drita"),
        ("41/80", "list_votes", "agim"),
        ("7/2", "average", "drita"),  # seven persons, 80 votes of the list: 11 3/7 each
        ("71/20", "average", "agim"),
        ("40/11", "whole_average", "drita"),  # of the 11
        ("41/11", "whole_average", "agim"),
        ("2", "quota", "drita"),  # 100 votes for five seats
        ("41/20", "quota", "agim"),
    ],
)
def test_votes_can_jump_the_order_of_the_list(jump: str, of: str, first: str) -> None:
    """drita has 40 votes and stands sixth, all before her have 10: she comes first with enough votes, and else not."""
    votes = dict.fromkeys(PEOPLE["a"], 10) | {"drita": 40}
    fill = Fill(order="preference_votes", jump=exact(jump), jump_of=of, persons="candidates", cite="x 2")  # type: ignore[arg-type]  # one of the four
    made = people(fill, seats=5, votes=votes).persons["a"]
    assert made[0] == first
    assert made[-3:] == (("bekim", "arta", "dren") if first == "agim" else ("agim", "bekim", "arta"))


def test_a_jump_needs_votes_that_count() -> None:
    with pytest.raises(InvalidLaw, match="needs order: preference_votes"):
        Fill(order="list_order", jump=exact("5%"), persons="candidates", cite="x 2")
    with pytest.raises(InvalidLaw, match="a part of votes above 0"):
        Fill(order="preference_votes", jump=exact("0"), persons="candidates", cite="x 2")


def test_too_few_of_the_group() -> None:
    with pytest.raises(LawSilent, match="7 of 7 seats are for women, but the list has 4"):
        people(by_votes("1"), seats=9)


def test_equal_votes_at_the_cut_need_a_draw() -> None:
    with pytest.raises(DrawRequired) as draw:
        people(by_votes(), votes={"drita": 50})
    assert draw.value.key == "list.fill"
    assert people(by_votes(), votes={"drita": 50}, fill="drita").persons["a"][-1] == "drita"


def test_without_candidates_nobody_is_named() -> None:
    tier = Tier(name="list", seats=3, district="nationwide", ballot="open_list", steps=(STEPS[0], by_votes("1/2")))
    assert tier.count(Tally.of({"a": 80, "b": 20}), done={}, decisions={}, trail=()).persons == {}


def test_the_party_that_decides_names_nobody() -> None:
    with pytest.raises(InvalidLaw, match="who sits"):
        Fill(order="party_decides", persons="candidates", cite="x")


def test_the_explanation_says_who_made_room() -> None:
    text = explain(Trail(people(by_votes("1/2")).trail or ()))
    assert "a: agim, bekim, arta, besa, drita" in text
    assert "drita takes the place of dren" in text
