"""represent: the best losers of a group take the weakest seats, or get further ones."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Each
from sailau.seats.elect import Elect
from sailau.seats.explain import explain
from sailau.seats.represent import Represent
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, LawSilent
from sailau.terms.numbers import exact
from sailau.terms.tally import Ballots, Contender, Tally
from sailau.terms.trail import Trail

ELECT = Elect(rule="plurality", ties=("lot",), cite="x 1")
WOMEN = ("amal", "bibi", "dana", "esra")
MARKS = {name: Contender(name, kind="candidate", traits=frozenset({"women"})) for name in WOMEN}
VOTES = {"karim": 90, "latif": 80, "amal": 70, "musa": 60, "bibi": 50, "nur": 45, "dana": 40}


def count(
    votes: Mapping[str, Mapping[str, int]],
    step: Represent,
    magnitudes: Mapping[str, int] | None = None,
    decisions: Mapping[str, tuple[str, ...]] | None = None,
) -> Count:
    size = magnitudes or dict.fromkeys(votes, 4)
    tier = Tier(
        name="district", seats=None, district="multi_member", ballot="candidate", steps=(ELECT, step), magnitudes=size
    )
    return tier.count(Tally({"district": Ballots(votes)}, MARKS), done={}, decisions=decisions or {}, trail=())


def won(made: Count, area: str = "north") -> set[str]:
    return {c for c, n in made.areas[area].placed.items() if n}


def test_the_best_loser_takes_the_place_of_the_weakest_winner_outside_the_group() -> None:
    made = count({"north": VOTES}, Represent(trait="women", seats=2, cite="x 2"))
    assert won(made) == {"karim", "latif", "amal", "bibi"}  # not musa, who has more votes than bibi
    assert made.left() == 0


def test_a_group_that_has_its_part_changes_nothing() -> None:
    made = count({"north": VOTES}, Represent(trait="women", seats=1, cite="x 2"))
    assert won(made) == {"karim", "latif", "amal", "musa"}


def test_winners_of_the_group_are_never_put_out() -> None:
    """amal is the weakest winner, but musa and latif make room for bibi and dana."""
    votes = {"karim": 90, "latif": 80, "musa": 75, "amal": 70, "bibi": 50, "dana": 40}
    made = count({"north": votes}, Represent(trait="women", seats=3, cite="x 2"))
    assert won(made) == {"karim", "amal", "bibi", "dana"}


@pytest.mark.parametrize(("rounding", "women"), [("up", 2), ("down", 1), ("nearest", 1)])
def test_a_share_is_rounded_as_the_law_says(rounding: str, women: int) -> None:
    """30% of 4 seats are 1.2."""
    step = Represent(trait="women", share=exact("30%"), rounding=rounding, cite="x 2")  # type: ignore[arg-type]
    assert len(won(count({"north": VOTES}, step)).intersection(WOMEN)) == women


def test_each_district_for_itself() -> None:
    south = {"omar": 90, "pasha": 80, "esra": 10}
    made = count(
        {"north": VOTES, "south": south}, Represent(trait="women", seats=1, cite="x 2"), {"north": 4, "south": 2}
    )
    assert won(made, "north") == {"karim", "latif", "amal", "musa"}
    assert won(made, "south") == {"omar", "esra"}


def test_further_seats_go_to_the_best_losers_of_the_whole() -> None:
    """A house of 3 with two women at the least: amal won, esra has more votes than bibi."""
    votes = {
        "north": {"karim": 90, "bibi": 50},
        "south": {"omar": 99, "esra": 60},
        "west": {"amal": 20, "pasha": 10},
    }
    one = dict.fromkeys(votes, 1)
    made = count(votes, Represent(trait="women", seats=2, give="add", cite="x 2"), one)
    assert (won(made, "north"), won(made, "south")) == ({"karim"}, {"omar", "esra"})
    assert (made.seats, made.extra, made.left()) == (3, 1, 0)
    # By the share of her district bibi has 50 of 140, esra 60 of 250.
    votes["south"]["quli"] = 91
    made = count(votes, Represent(trait="women", seats=2, give="add", by="share", cite="x 2"), one)
    assert (won(made, "north"), won(made, "south")) == ({"karim", "bibi"}, {"omar"})


def test_too_few_candidates_of_the_group() -> None:
    with pytest.raises(LawSilent, match="belong to women"):
        count(
            {"north": {"karim": 90, "latif": 80, "amal": 5}},
            Represent(trait="women", seats=2, cite="x 2"),
            {"north": 2},
        )


def test_the_question_names_the_district_where_the_group_has_too_few() -> None:
    with pytest.raises(LawSilent, match=r"south: 1 more seats belong to women") as silent:
        count(
            {"north": VOTES, "south": {"omar": 90}},
            Represent(trait="women", seats=1, cite="x 2"),
            {"north": 4, "south": 1},
        )
    assert silent.value.hint is not None and "short: vacant" in silent.value.hint


def test_a_place_for_which_there_is_nobody_stays_vacant_where_the_law_says_so() -> None:
    """Two of three seats belong to women, of whom one stands: the two weakest make room for her and for nobody."""
    votes = {"karim": 90, "latif": 80, "musa": 70, "amal": 5}
    step = Represent(trait="women", seats=2, short="vacant", cite="x 2")
    made = count({"north": votes, "south": {"omar": 9}}, step, {"north": 3, "south": 1})
    assert (won(made, "north"), won(made, "south")) == ({"karim", "amal"}, set())
    assert (made.vacant, made.left()) == (2, 0)
    assert "1 seat stays vacant" in explain(Trail(made.trail or ()))


def test_a_further_seat_for_nobody_is_refused() -> None:
    with pytest.raises(InvalidLaw, match="short"):
        Represent(trait="women", seats=2, give="add", short="vacant", cite="x 2")


def test_whoever_made_room_is_told_so() -> None:
    made = count({"north": VOTES}, Represent(trait="women", seats=2, cite="x 2"))
    assert "1 of those it held until then is lost here" in explain(Trail(made.trail or ()), "musa")
    assert "lost here" not in explain(Trail(made.trail or ()), "karim")


def test_equal_losers_and_equal_winners_need_a_draw() -> None:
    votes = {"karim": 90, "latif": 80, "musa": 80, "amal": 50, "bibi": 50}
    step = Represent(trait="women", seats=1, cite="x 2")
    with pytest.raises(DrawRequired) as draw:
        count({"north": votes}, step, {"north": 3})
    assert draw.value.key == "district.north.represent"
    drawn = {"district.north.represent": ("bibi",)}
    with pytest.raises(DrawRequired) as draw:
        count({"north": votes}, step, {"north": 3}, drawn)
    assert draw.value.key == "district.north.represent.out"
    made = count({"north": votes}, step, {"north": 3}, {**drawn, "district.north.represent.out": ("latif",)})
    assert won(made) == {"karim", "latif", "bibi"}  # who is drawn keeps the seat


def test_seats_of_lists_are_refused() -> None:
    steps = (
        Each(steps=(Allocate(divisor="dhondt", cite="x 1"),)),
        Represent(trait="women", seats=1, cite="x 2"),
    )
    tier = Tier(name="list", seats=None, district="multi_member", ballot="open_list", steps=steps, magnitudes={"n": 3})
    with pytest.raises(LawSilent, match="a person has one"):
        tier.count(Tally({"list": Ballots({"n": {"a": 90, "b": 20}})}), done={}, decisions={}, trail=None)


def test_terms_without_meaning_are_refused() -> None:
    for wrong in ({}, {"seats": 1, "share": exact("1/4")}, {"seats": 0}):
        with pytest.raises(InvalidLaw):
            Represent(trait="women", cite="x", **wrong)  # type: ignore[arg-type]


def test_the_explanation_names_who_made_room() -> None:
    made = count({"north": VOTES}, Represent(trait="women", seats=2, cite="x 2"))
    trail = Trail(made.trail or ())
    assert "women: 2 seats at the least, 1 won; elected as well: bibi, in the places of musa 60" in explain(trail)
    assert {seat.contender for seat in trail.seats()} == won(made)


@given(
    st.dictionaries(st.sampled_from((*WOMEN, "k", "l", "m", "n", "o")), st.integers(1, 10**6), min_size=6),
    st.integers(1, 3),
)
def test_the_group_has_its_part_and_no_seat_is_lost(votes: dict[str, int], seats: int) -> None:
    votes = {c: n * 10 + i for i, (c, n) in enumerate(sorted(votes.items()))}
    women = [c for c in votes if c in WOMEN]
    try:
        made = count({"north": votes}, Represent(trait="women", seats=seats, cite="x"), {"north": 3})
    except LawSilent:
        assert len(women) < seats
        return
    chosen = won(made)
    assert len(chosen) == 3
    assert len(chosen.intersection(WOMEN)) >= seats
    # Inside the group and outside it nobody is passed over by someone with fewer votes.
    for group in (women, [c for c in votes if c not in WOMEN]):
        line = sorted(group, key=lambda c: -votes[c])
        assert [c in chosen for c in line] == sorted((c in chosen for c in line), reverse=True)
