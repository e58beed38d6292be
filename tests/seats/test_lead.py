"""Less than a majority elects where the next one is far enough behind."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.count import Count, run
from sailau.seats.elect import Elect
from sailau.seats.explain import explain
from sailau.seats.lead import Lead
from sailau.terms.errors import InvalidLaw, LawSilent, RoundRequired
from sailau.terms.tally import NATION, Tally
from sailau.terms.trail import Trail

LEAD = Lead(share=Fraction(40, 100), by=Fraction(10, 100), cite="x 1")
MORE = Lead(share=Fraction(40, 100), by=Fraction(10, 100), strict=True, cite="x 1")
MAJORITY = Elect(rule="majority", ties=("lot",), cite="x 2")


def count(seats: int = 1, **votes: int) -> Count:
    tally = Tally.of(votes)
    return Count(tally, tally.tiers["list"], "list", NATION, seats, votes, votes, trail=())


@pytest.mark.parametrize(
    ("votes", "wins", "wins_strictly"),
    [
        ({"a": 40, "b": 30, "c": 30}, True, False),
        ({"a": 41, "b": 30, "c": 29}, True, True),
        ({"a": 40, "b": 31, "c": 29}, False, False),
        ({"a": 39, "b": 20, "c": 41}, False, False),
        ({"a": 39, "b": 11, "c": 10, "d": 10, "e": 10, "f": 10, "g": 10}, False, False),
        ({"a": 50, "b": 50}, False, False),
        ({"a": 100}, True, True),
    ],
    ids=["just", "more", "too near", "not first", "too few", "equal", "alone"],
)
def test_share_and_distance_are_both_needed(votes: dict[str, int], *, wins: bool, wins_strictly: bool) -> None:
    assert run([LEAD], count(**votes)).placed == ({"a": 1} if wins else {})
    assert run([MORE], count(**votes)).placed == ({"a": 1} if wins_strictly else {})


def test_a_majority_is_looked_for_only_where_nobody_leads() -> None:
    """Nicaragua 2006: 38.07% and 9.07 points ahead; the clause asks for 35% and five points, else for 40%."""
    law = [
        Lead(share=Fraction(35, 100), by=Fraction(5, 100), cite="x 1"),
        Elect(rule="majority", share=Fraction(40, 100), ties=("lot",), cite="x 2"),
    ]
    votes = {"ortega": 854_316, "montealegre": 650_879, "rizo": 588_304, "jarquin": 144_596, "pastora": 6_120}
    done = run(law, count(**votes))
    assert done.placed == {"ortega": 1}
    words = explain(Trail(done.trail or ()))
    assert "ortega 854,316 votes, 203,437 ahead; at least 35% of 2,244,215 valid = 785,475.25" in words
    assert "at least 5% = 112,210.75 ahead of the next: elected so" in words
    near = votes | {"ortega": 800_000, "montealegre": 705_195}
    with pytest.raises(RoundRequired):
        run(law, count(**near))
    assert run(law, count(**(near | {"ortega": 900_000, "rizo": 488_304}))).placed == {"ortega": 1}
    assert "nobody is elected so" in explain(Trail(run(law[:1], count(**near)).trail or ()))


def test_the_base_may_be_wider_than_the_votes_for_persons() -> None:
    tally = Tally.of({"a": 40, "b": 20, "blank": 40, "invalid": 20})
    votes = {"a": 40, "b": 20}
    begun = Count(tally, tally.tiers["list"], "list", NATION, 1, votes, tally.tiers["list"].votes[NATION], trail=())
    assert run([LEAD], begun).placed == {"a": 1}
    assert run([Lead(share=LEAD.share, by=LEAD.by, of="ballots", cite="x 1")], begun).placed == {}


def test_it_elects_one_person_and_refuses_what_is_no_lead() -> None:
    with pytest.raises(LawSilent, match="a lead elects one person, but nation has 2 seats"):
        run([LEAD], count(2, a=60, b=40))
    for terms in ({"by": Fraction(0)}, {"by": Fraction(2)}, {"share": Fraction(11, 10)}):
        with pytest.raises(InvalidLaw):
            Lead(**({"share": Fraction(2, 5), "by": Fraction(1, 10)} | terms), cite="x 1")


@given(votes=st.dictionaries(st.sampled_from("abcde"), st.integers(0, 60), min_size=1), strict=st.booleans())
def test_it_agrees_with_the_clause_read_slowly(votes: dict[str, int], *, strict: bool) -> None:
    """Everybody is held against each of the others, in every order of the lines."""
    total = sum(votes.values())
    who = [
        c
        for c, n in votes.items()
        if n > 0
        and 100 * n >= 40 * total
        and all(
            (100 * (n - m) > 10 * total) if strict else (100 * (n - m) >= 10 * total)
            for d, m in votes.items()
            if d != c
        )
    ]
    step = MORE if strict else LEAD
    assert run([step], count(**votes)).placed == dict.fromkeys(who, 1)
    assert run([step], count(**dict(reversed(votes.items())))).placed == dict.fromkeys(who, 1)


def test_a_majority_after_a_taken_seat_is_nothing() -> None:
    taken = count(a=45, b=30, c=25).place({"a": 1})
    assert run([MAJORITY], taken).placed == {"a": 1}
    with pytest.raises(RoundRequired):
        run([MAJORITY], count(a=45, b=30, c=25))
