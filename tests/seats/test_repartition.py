"""repartition: seats of the whole lie where their votes over are; offset: what is due in all tiers together."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Each, run
from sailau.seats.elect import Elect
from sailau.seats.explain import explain
from sailau.seats.leave import Leave
from sailau.seats.overhang import Offset
from sailau.seats.repartition import Repartition
from sailau.seats.second_scrutiny import SecondScrutiny
from sailau.seats.tier import Tier
from sailau.terms.errors import InvalidLaw, NotFound
from sailau.terms.tally import Ballots, Tally
from sailau.terms.trail import Trail

WHOLE = Each(steps=(Allocate(quota="hare_rounded_down", rest="none", cite="x 1"),))
POOLED = SecondScrutiny(district_quota="hare_rounded_down", divisor="dhondt", ties=("lot",), cite="x 2")
PLACES = Repartition(district_quota="hare_rounded_down", ties=("lot",), cite="x 3")


def tier(*steps: object, **magnitudes: int) -> Tier:
    return Tier(
        name="list",
        seats=None,
        district="multi_member",
        ballot="closed_list",
        steps=(WHOLE, POOLED, PLACES, *steps),  # type: ignore[arg-type]
        magnitudes=magnitudes,
    )


def counted(tier: Tier, votes: dict[str, dict[str, int]], done: dict[str, Count] | None = None) -> Count:
    return tier.count(Tally({"list": Ballots(votes)}), done=done or {}, decisions={}, trail=())


def by_area(count: Count) -> dict[str, dict[str, int]]:
    return {area: {c: n for c, n in sorted(part.placed.items()) if n} for area, part in count.areas.items()}


def test_figures_are_parts_of_votes_over_and_take_what_they_contain_of_the_price() -> None:
    """Quotas 100 in both. Over: in the north a 60, b 40 (one seat left); in the south a 30, b 90, c 80 (two left).
    Of 90, 130, 80 votes over D'Hondt gives the three seats to b, a, c. Figures: a north 60/90, south 30/90; b north
    40/130, south 90/130; c south 1. Prices: north 2/3, the largest; south 9/13, the second. c and b take the south."""
    votes = {"north": {"a": 260, "b": 140}, "south": {"a": 130, "b": 190, "c": 80}}
    done = counted(tier(north=4, south=4), votes)
    assert by_area(done) == {"north": {"a": 3, "b": 1}, "south": {"a": 1, "b": 2, "c": 1}}
    words = explain(Trail(done.trail or ()))
    assert "north 0.6667, south 0.6923" in words
    assert "c in south (1.0000), b in south (0.6923), a in north (0.6667)" in words
    seats = list(Trail(done.trail or ()).seats())
    assert sorted((seat.area, seat.contender) for seat in seats) == sorted(
        (area, c) for area, lines in by_area(done).items() for c, n in lines.items() for _ in range(n)
    )


def test_a_figure_takes_several_seats_where_it_contains_the_price_twice() -> None:
    """In the north two seats are left, and the second figure, the price, is a third of the first."""
    figures = {("a", "north"): Fraction(9, 4), ("b", "north"): Fraction(3, 4), ("b", "south"): Fraction(1, 4)}
    step = Repartition(district_quota="hare", cite="x 1")
    tally = Tally({"list": Ballots({"north": {"a": 1}})})
    start = Count(tally, tally.tiers["list"], "list", "nation", 3, {}, {}, placed={"a": 2, "b": 1})
    prices = {"north": Fraction(3, 4), "south": Fraction(1, 4)}
    given_out = step._given(start, figures, {"north": 2, "south": 1}, prices)
    assert given_out == [(("a", "north"), 2), (("b", "south"), 1)]


def test_seats_due_are_less_those_won_elsewhere_and_what_is_beyond_stays() -> None:
    votes = {"north": {"a": 260, "b": 140}, "south": {"a": 130, "b": 190, "c": 80}}
    won = {
        "north_1": {"a": 5, "b": 1},
        "south_1": {"a": 9, "b": 2},
        "south_2": {"a": 9, "c": 5},
        "north_2": {"b": 4, "a": 4},
    }
    regions = {name: name[:5] for name in won}
    college = Tier(
        name="college",
        seats=None,
        district="single_member",
        ballot="candidate",
        steps=(Elect(rule="majority", otherwise="leave", cite="x 5"), Leave(cite="x 5")),
    )
    first = college.count(Tally({"college": Ballots(won, regions=regions)}), done={}, decisions={}, trail=())
    assert first.total_placed() == {"a": 3}
    assert first.handed_on == 1
    assert "nobody has more than 4.00 votes; the seat is left" in explain(Trail(first.trail or ()))
    done = counted(
        tier(Offset(tiers=("college",), due="placed", cite="x 4"), north=4, south=4), votes, {"college": first}
    )
    assert by_area(done) == {"north": {"a": 2, "b": 1}, "south": {"b": 2, "c": 1}}
    assert sum(done.total_placed().values()) + 3 == 9  # of 8 seats; a has one beyond its due in the south
    seats = [seat for seat in Trail(done.trail or ()).seats() if seat.tier == "list"]
    assert len(seats) == sum(done.total_placed().values())


def test_seats_that_lie_nowhere_cannot_be_taken_off() -> None:
    steps = (WHOLE, POOLED, Offset(tiers=(), due="placed", cite="x 4"))
    bare = Tier(
        name="list", seats=None, district="multi_member", ballot="closed_list", steps=steps, magnitudes={"north": 3}
    )
    with pytest.raises(InvalidLaw, match="lie in no area"):
        counted(bare, {"north": {"a": 70, "b": 30}})
    with pytest.raises(NotFound):
        Repartition(district_quota="hair", cite="x 1")


@given(
    st.dictionaries(
        st.sampled_from(["north", "south", "west"]),
        st.dictionaries(st.sampled_from("abcd"), st.integers(50, 5000), min_size=2),
        min_size=2,
    ),
    st.lists(st.integers(1, 6), min_size=3, max_size=3),
)
def test_every_seat_lies_in_a_district_that_has_room(votes: dict[str, dict[str, int]], sizes: list[int]) -> None:
    """No seat is lost, no district overflows, nobody gains or loses; order does not matter."""
    magnitudes = dict(zip(sorted(votes), sizes, strict=False))
    steps = (WHOLE, POOLED)
    start = tier(**magnitudes).begin(Tally({"list": Ballots(votes)}), done={}, decisions={}, trail=None)
    try:
        before = run(steps, start)
        after = PLACES.apply(before)
    except Exception as question:  # a lot of D'Hondt, or of figures
        assert type(question).__name__ in ("DrawRequired", "LawSilent")
        return
    assert not after.placed
    assert after.total_placed() == before.total_placed()
    assert all(part.left() == 0 for part in after.areas.values())
    turned = {area: dict(reversed(lines.items())) for area, lines in reversed(votes.items())}
    again = run(
        (*steps, PLACES), tier(**magnitudes).begin(Tally({"list": Ballots(turned)}), done={}, decisions={}, trail=None)
    )
    assert by_area(again) == by_area(after)
