"""make_up: seats in proportion to what each list lacks of its exact share."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.seats.mixed import count, tally

from sailau.seats.allocate import Allocate
from sailau.seats.elect import Elect
from sailau.seats.explain import explain
from sailau.seats.make_up import MakeUp
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, LawSilent
from sailau.terms.tally import Ballots, Contender, Tally
from sailau.terms.trail import Trail

STEP = MakeUp(tiers=("direct",), cite="x 2")


def seats(won: str, votes: dict[str, int], here: int) -> dict[str, int]:
    return count([STEP], tally({"d": won}, {"nation": votes}), here)[1].total_placed()


def test_without_too_many_it_is_the_largest_remainder_of_the_whole() -> None:
    """Of ten seats 5.2, 3.3 and 1.5 are due; 3, 1 and 0 were won."""
    assert seats("aaab", {"a": 52, "b": 33, "c": 15}, 6) == {"a": 2, "b": 2, "c": 2}


def test_who_has_too_many_keeps_them_and_what_the_others_lack_shrinks() -> None:
    """Of ten seats a holds six and is due four; b lacks 3.5, c 2.5, together six for four seats: 2.33 and 1.67."""
    done = count([STEP], tally({"d": "aaaaaa"}, {"nation": {"a": 40, "b": 35, "c": 25}}), 4)[1]
    assert done.total_placed() == {"b": 2, "c": 2}
    assert "of 10 seats, after those won in direct: b 3.50, c 2.50" in explain(Trail(done.trail or ()))
    assert "it lacks 2.50 seats after 0 won elsewhere, and gets 2 of 4" in explain(Trail(done.trail or ()), "c")


def test_seats_of_others_are_taken_off_the_whole() -> None:
    """An independent holds one of eleven; of ten, five are due to each, and one of them won one."""
    direct = {"d1": {"a": 9}, "d2": {"lone": 9}}
    lone = {"lone": Contender("lone", kind="independent")}
    given_ = tally({}, {"nation": {"a": 50, "b": 50}}, direct=direct, contenders=lone)
    assert count([STEP], given_, 9)[1].total_placed() == {"a": 4, "b": 5}


def test_votes_that_come_by_district_count_for_the_whole() -> None:
    """One vote for person and list: 600 votes and 12 seats. a is due 5.22, b 5.70, c 1.08; a and b won three each."""
    a, b = (61, 54, 47, 40, 33, 26), (40, 43, 46, 49, 52, 55)
    votes = {f"d{i}": {"a": a[i], "b": b[i], "c": 9} for i in range(6)}
    elect = Tier(
        name="direct",
        seats=None,
        district="single_member",
        ballot="candidate",
        steps=(Elect(rule="plurality", cite="x 1"),),
    )
    lists = Tier(
        name="list", seats=6, district="nationwide", ballot="closed_list", steps=(STEP,), votes="direct", lines="party"
    )
    given_ = Tally({"direct": Ballots(votes)}, {})
    done = {"direct": elect.count(given_, done={}, decisions={}, trail=None)}
    made = lists.count(given_, done=done, decisions={}, trail=())
    assert (made.total_placed(), made.left()) == ({"a": 2, "b": 3, "c": 1}, 0)
    assert "of 12 seats, after those won in direct: b 2.70, a 2.22, c 1.08" in explain(Trail(made.trail or ()))


def test_nobody_who_lacks_a_seat_is_silence() -> None:
    step = MakeUp(tiers=("direct",), total=2, cite="x 2")
    with pytest.raises(LawSilent, match="nobody lacks one"):
        count([step], tally({"d": "aabb"}, {"nation": {"a": 5, "b": 5}}), 3)


@given(
    st.text("abc", min_size=1, max_size=12),
    st.lists(st.integers(1, 500), min_size=3, max_size=3, unique=True),
    st.integers(1, 12),
)
def test_what_is_placed_follows_the_exact_lack(won: str, ns: list[int], here: int) -> None:
    votes = dict(zip("abc", ns, strict=True))
    shares = {c: Fraction(n * (len(won) + here), sum(ns)) for c, n in votes.items()}
    lack = {c: max(Fraction(0), n - won.count(c)) for c, n in shares.items()}
    try:
        got = seats(won, votes, here)
    except DrawRequired:
        return
    price = sum(lack.values()) / here
    assert sum(got.values()) == here
    assert all(abs(got.get(c, 0) - n / price) < 1 for c, n in lack.items())
    assert all(got.get(c, 0) == 0 for c in votes if shares[c] <= won.count(c))
    if all(shares[c] >= won.count(c) for c in votes):
        given_ = tally({"d": "a"}, {"nation": votes})
        plain = count([Allocate(quota="hare", cite="x")], given_, len(won) + here)[1].total_placed()
        assert {c: got.get(c, 0) + won.count(c) for c in votes} == {c: plain.get(c, 0) for c in votes}
