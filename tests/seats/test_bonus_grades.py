"""Bonuses in grades, with a ceiling, or barred; seats of the whole divided among areas; quotas with parts of seats."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
from tests.kernels.cases import batches
from tests.kernels.test_formulas import agree

from sailau.kernels.remainders import remainders
from sailau.law.edition import Law
from sailau.law.read import parse_law
from sailau.runs.formulas import NoKernel, price_named
from sailau.seats.certify import certify
from sailau.seats.remainders import largest_remainder
from sailau.terms.errors import DrawRequired, InvalidLaw, NotFound
from sailau.terms.quota import quota_named
from sailau.terms.tally import Ballots, Tally

HEAD = """law: xx/house
name: House
in_force: {from: 2020-01-01}
checked: null
texts: {el: Election Act}
seats: {cite: el 1}
tiers:
  list:
    seats: 20
    district: nationwide
    ballot: closed_list
    steps:
"""


def law_of(*steps: str) -> Law:
    return parse_law(HEAD + "".join(f"      - {step}\n" for step in steps), "xx/house@2020-01-01")


def seats(bonus: str, **votes: int) -> tuple[list[int], str]:
    law = law_of(f"bonus: {{{bonus}, divisor: dhondt, cite: el 1}}", "allocate: {divisor: dhondt, cite: el 2}")
    result = law.count(Tally.of(votes))
    return [result.seats[c] for c in votes], result.explain()


GRADES = "up_to_part: 55%, high: 40%, high_part: 60%, at_most: 70%, of: valid"


def test_the_grade_follows_the_share_of_the_winner() -> None:
    """20 seats: 11 below two fifths of the votes, 12 from there on, never more than 14."""
    assert seats(GRADES, a=399, b=301, c=300)[0][0] == 11
    assert seats(GRADES, a=400, b=300, c=300)[0][0] == 12
    assert seats(GRADES, a=640, b=360)[0] == [13, 7], "its own share is more than 12"
    made, words = seats(GRADES, a=800, b=200)
    assert made == [14, 6]
    assert "its share is 16, the law holds it at 14: 14 seats" in words


def test_the_ceiling_drops_a_fraction_and_holds_whatever_the_share() -> None:
    """72 % of 20 seats are 14.4; with 70 % of the votes a has just 14 by its own share, and nobody holds it."""
    assert seats("up_to_part: 55%, at_most: 72%, of: valid", a=800, b=200)[0] == [14, 6]
    assert seats("up_to_part: 55%, at_most: 70%, share: 90%, of: valid", a=800, b=200)[0] == [14, 6]
    made, words = seats("up_to_part: 55%, at_most: 70%, of: valid", a=700, b=300)
    assert made == [14, 6] and "holds" not in words
    made, words = seats("up_to_part: 55%, of: valid", a=550, b=450)
    assert made == [11, 9] and "its share is 11, the law brings it to 11: no bonus" in words


def test_no_bonus_where_another_has_too_many_votes() -> None:
    """The winner of the mayor's race has 30 %; another list has 51 %, or just half."""
    law = parse_law(
        HEAD.replace(
            "tiers:\n",
            "tiers:\n  mayor:\n    seats: 1\n    district: nationwide\n    ballot: candidate\n"
            "    steps: [{elect: {rule: plurality, cite: el 1}}]\n",
        )
        + "      - bonus: {up_to_part: 60%, unless: 50%, of: valid, elected: mayor, divisor: dhondt, cite: el 1}\n"
        + "      - allocate: {divisor: dhondt, cite: el 2}\n",
        "xx/house@2020-01-01",
    )
    mayor = Ballots({"nation": {"a": 9, "b": 5}})
    for b, won in ((510, 6), (500, 12)):
        tally = Tally({"mayor": mayor, "list": Ballots({"nation": {"a": 300, "b": b, "c": 700 - b}})}, {})
        result = law.count(tally)
        assert result.tiers["list"]["a"] == won
        assert ("somebody else has more than 50%" in result.explain()) == (won == 6)


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        ("up_to: 11, high: 40%, high_part: 60%", "from which share"),
        ("up_to_part: 55%, high: 40%", "from which share"),
        ("seats: 3, at_most: 70%", "at_most goes with"),
        ("up_to_part: 55%, unless: 150%", "bonus.part"),
    ],
)
def test_grades_that_say_nothing_are_refused(terms: str, what: str) -> None:
    with pytest.raises(InvalidLaw, match=what) as found:
        seats(terms, a=5)
    assert found.value.place is not None and (found.value.place.line, found.value.place.column) == (13, 16)


def test_seats_of_the_whole_are_divided_by_the_votes_in_each_area() -> None:
    """a has 12 of 20, 50 votes each: 7, 4.98 and 0.02 quotas, and the last one by 249/5 against 350/8.

    b has 8, 50 1/8 votes each: 2.99 and 5.01, and the last one by 150/3 against 251/6.
    """
    votes = {"n": {"a": 350, "b": 150}, "s": {"a": 249, "b": 251}, "w": {"a": 1, "b": 0}}
    law = law_of(
        "allocate: {divisor: dhondt, cite: el 1}",
        "spread: {due: placed, quota: hare, rest: highest_average, divisor: dhondt, cite: el 2}",
    )
    result = law.count(Tally({"list": Ballots(votes)}, {}))
    assert result.seats == {"a": 12, "b": 8}
    areas = {name: dict(part.placed) for name, part in result.counts["list"].areas.items()}
    assert areas == {"n": {"a": 7, "b": 3}, "s": {"a": 5, "b": 5}, "w": {}}
    assert sorted({(s.area, s.contender) for s in result.trail.seats()}) == [
        ("n", "a"), ("n", "b"), ("s", "a"), ("s", "b"),
    ]  # fmt: skip
    with pytest.raises(InvalidLaw, match="knows no minimum"):
        law_of("spread: {due: placed, at_least: floor, divisor: dhondt, cite: el 2}")


def test_equal_claims_of_a_list_in_two_areas_are_settled_by_the_law() -> None:
    """a has 20 seats and equal votes in three areas: the last two are a question of this list."""
    votes = {name: {"a": 100} for name in ("n", "s", "w")}
    first = "allocate: {divisor: dhondt, cite: el 1}"
    law = law_of(first, "spread: {due: placed, quota: hare, cite: el 2}")
    with pytest.raises(DrawRequired) as found:
        law.count(Tally({"list": Ballots(votes)}, {}))
    assert (found.value.key, found.value.options) == ("list.spread.a", ("n", "s", "w"))
    made = law.count(Tally({"list": Ballots(votes)}, {}), decisions={"list.spread.a": ("n", "w")})
    assert {name: dict(part.placed) for name, part in made.counts["list"].areas.items()} == {
        "n": {"a": 7}, "s": {"a": 6}, "w": {"a": 7},
    }  # fmt: skip


# Whole quotas of a council of 100 in 18 districts, had its election of 2010 been counted with other numbers added to
# the seats: 74, 66, 65 (https://www.derstandard.at/story/2000009286434, read 2026-11-28 in a stored copy). The votes by
# district are not there: what is held here is the order, for a smaller number makes whole quotas dearer.
def test_less_added_to_the_seats_makes_fewer_whole_quotas() -> None:
    rng = random.Random(1)
    sums = dict.fromkeys(("hagenbach_bischoff", "hare+3/5", "hare+1/2", "hare"), 0)
    for _ in range(300):
        votes, n = [rng.randint(0, 50_000) for _ in range(6)], rng.randint(2, 10)
        for name in sums:
            price = quota_named(name)(sum(votes), n)
            sums[name] += sum(int(v / price) for v in votes)
    assert list(sums.values()) == sorted(sums.values(), reverse=True) and len(set(sums.values())) == 4


def test_the_quota_is_the_quotient_of_the_words() -> None:
    assert quota_named("hare+1/2")(2100, 10) == 200
    assert quota_named("hare+0.5")(2101, 10) == Fraction(4202, 21)
    assert quota_named("hare_rounded_up+1/2")(2101, 10) == 201
    assert quota_named("hare_rounded_up+1/2")(2100, 10) == 200
    assert quota_named("hare_rounded_down+3/5")(2101, 10) == 198
    assert quota_named("hare+1")(11, 10) == quota_named("hagenbach_bischoff")(11, 10)
    for wrong in ("hare+", "hare+0", "hare+-1/2", "hare+x", "hare+1/0", "hare+200", "droop+1/2", "hare+1/2+1"):
        with pytest.raises(NotFound):
            quota_named(wrong)


def test_a_certificate_is_checked_by_a_second_definition() -> None:
    votes = {"a": 4700, "b": 1600, "c": 1580, "d": 1200, "e": 610, "f": 310}
    for name in ("hare+1/2", "hare_rounded_up+1/2", "hare_rounded+3/5", "hare+7/4"):
        certify(largest_remainder(votes, 10, quota=name))


@pytest.mark.parametrize(
    "name", ["hare+1/2", "hare+3/5", "hare_rounded_up+1/2", "hare_rounded_down+1/3", "hare_rounded+2/7"]
)
def test_arrays_agree_with_the_exact_count(name: str) -> None:
    ties = 0
    for votes, n, first in batches(8, 2**40):
        made, status = remainders(votes, n, price_named(name), key=(1, 5), first=first)
        ties += agree(votes, n, made, status, lambda v, s: largest_remainder(v, s, quota=name).seats)
    assert ties > 20
    with pytest.raises(NoKernel):
        price_named("hare+1/1001")
    with pytest.raises(OverflowError):
        remainders(np.array([[2**49, 5]]), 9, price_named(name))


def test_a_rounded_quota_of_parts_is_formed_from_any_votes() -> None:
    with pytest.raises(InvalidLaw, match=r"13:27: no quota 'hare\+x'"):
        law_of("allocate: {quota: hare+x, cite: el 1}")
    with pytest.raises(InvalidLaw, match=r"no quota 'hare\+1/1000001'"):
        law_of("allocate: {quota: hare+1/1000001, cite: el 1}")
    for of in ("", ", quota_of: valid"):
        made = law_of(f"allocate: {{quota: hare_rounded_up+1/2{of}, cite: el 1}}").count(Tally.of({"a": 61, "b": 40}))
        assert made.seats == {"a": 12, "b": 8}


def test_a_bar_of_a_rounded_quota_of_parts() -> None:
    # 101 votes for twenty seats and a half are 4.93, five when made whole: four votes miss the bar, five pass it.
    bar = ("threshold: {share: 100%, quota: hare_rounded_up+1/2, cite: el}", "allocate: {divisor: dhondt, cite: el}")
    passing = law_of(*bar).count(Tally.of({"a": 96, "b": 5})).seats
    missing = law_of(*bar).count(Tally.of({"a": 97, "b": 4})).seats
    assert passing["b"] == 1 and missing.get("b", 0) == 0
