"""per_votes: a seat for so many votes, and votes over that are counted together."""

from __future__ import annotations

import random

import pytest

from sailau.law.edition import Law
from sailau.law.read import parse_law
from sailau.seats.per_votes import LARGEST, _check
from sailau.terms.errors import InvalidLaw, InvalidSeats, LawSilent
from sailau.terms.tally import Ballots, Tally

HEAD = """law: xx/house
name: House
in_force: {from: 2020-01-01}
checked: null
texts: {el: Election Act}
seats: {cite: el 1}
tiers:
"""
THREE = """
  district:
    district: multi_member
    ballot: closed_list
    steps: [{per_votes: {votes: 60_000, cite: el 1}}]
  union:
    district: multi_member
    ballot: closed_list
    votes: district
    areas: region
    steps: [{per_votes: {votes: 60_000, less: [district], need: 30_000, cite: el 2}}]
  state:
    district: nationwide
    ballot: closed_list
    votes: district
    steps: [{per_votes: {votes: 60_000, over: whole, less: [district, union], least: 30_001, as_won: true, cite: el 3}}]
"""


def law_of(text: str) -> Law:
    return parse_law(HEAD + text, "xx/house@2020-01-01")


def by_hand(votes: dict[str, dict[str, int]], regions: dict[str, str]) -> dict[str, int]:
    """Return the seats by carrying the votes over from step to step, as the statute tells it."""
    lists = next(iter(votes.values()))
    seats, spare = dict.fromkeys(lists, 0), dict.fromkeys(lists, 0)
    for c in lists:
        for union in set(regions.values()):
            inside = [votes[d][c] for d, region in regions.items() if region == union]
            seats[c] += sum(n // 60_000 for n in inside)
            over = sum(n % 60_000 for n in inside)
            if max(inside) >= 30_000:
                seats[c] += over // 60_000
                over %= 60_000
            spare[c] += over
        more = spare[c] // 60_000 + (spare[c] % 60_000 > 30_000)
        seats[c] += min(more, seats[c])
    return seats


def test_equals_the_statute_told_step_by_step() -> None:
    law, rng, held, bare = law_of(THREE), random.Random(4), 0, 0
    for _ in range(250):
        regions = {f"d{i}": f"u{rng.randint(0, 2)}" for i in range(rng.randint(1, 6))}
        top = rng.choice([40_000, 130_000, 400_000])
        votes = {d: {c: rng.randint(0, top) for c in "abcd"} for d in regions}
        if rng.random() < 0.5:  # at the edges: whole prices, half a price, one vote more
            votes = {d: {c: n // 30_000 * 30_000 + rng.choice([0, 1]) for c, n in v.items()} for d, v in votes.items()}
        result = law.count(Tally({"district": Ballots(votes, regions=regions)}, {}))
        assert {c: result.seats.get(c, 0) for c in "abcd"} == by_hand(votes, regions)
        held += any(entry.facts["held"] for entry in result.trail)
        bare += any(entry.facts["short"] for entry in result.trail)
    assert held > 10 and bare > 3


def test_the_words_say_why_a_list_wins_less_than_its_votes() -> None:
    """c has 60,000 votes over in its union, but 30,000 nowhere; in the nation it has no seat to double."""
    votes = {"d1": {"a": 130_000, "c": 20_000}, "d2": {"a": 10_000, "c": 20_000}, "d3": {"a": 0, "c": 20_000}}
    words = law_of(THREE).count(Tally({"district": Ballots(votes, regions=dict.fromkeys(votes, "u"))}, {})).explain()
    assert "a seat for 60,000 votes, and one for 30,001 votes over" in words
    assert "over from district: c 60,000, a 20,000" in words
    assert "nobody wins one here; nowhere 30,000 votes, and so no seat: c" in words
    assert "no more than won before, instead of c 1" in words


def test_a_seat_for_votes_over_leaves_nothing_over() -> None:
    """In d 31,000 votes win a seat for half the price; they are not there again in the nation, nor owed by it."""
    law = law_of("""
  district:
    district: multi_member
    ballot: closed_list
    steps: [{per_votes: {votes: 60_000, least: 30_001, cite: el 1}}]
  state:
    district: nationwide
    ballot: closed_list
    votes: district
    steps: [{per_votes: {votes: 60_000, over: whole, less: [district], cite: el 2}}]
""")
    result = law.count(Tally({"district": Ballots({"d": {"a": 31_000, "b": 60_000}, "e": {"a": 0, "b": 30_000}})}, {}))
    assert result.tiers["district"] == {"a": 1, "b": 1}
    assert not any(result.tiers["state"].values())
    assert set(result.counts["state"].areas) == {"d", "e"}
    told = sorted((seat.area, seat.contender, seat.number) for seat in result.trail.seats())
    assert told == [("d", "a", 1), ("d", "b", 1)]


def test_only_who_would_have_won_is_told_to_lack_votes() -> None:
    """c has 60,000 votes in the union and 50,000 in no district; the 100 of b win nothing in any case."""
    votes = {"d1": {"a": 80_000, "b": 100, "c": 20_000}, "d2": {"a": 0, "b": 0, "c": 40_000}}
    law = law_of(THREE.replace("need: 30_000", "need: 50_000"))
    words = law.count(Tally({"district": Ballots(votes, regions=dict.fromkeys(votes, "u"))}, {})).explain()
    assert "nowhere 50,000 votes, and so no seat: c" in words
    assert "and so no seat: b" not in words and "instead of a" not in words


def test_one_price_for_the_whole_in_every_district() -> None:
    """600 votes of a and b for 6 seats: 100 each. c is below the bar and does not make a seat dearer."""
    law = law_of("""
  list:
    district: multi_member
    ballot: closed_list
    steps:
      - threshold: {share: 10%, of: list_votes, cite: el 1}
      - per_votes: {quota: hare, seats: 6, cite: el 2}
""")
    votes = {"n": {"a": 250, "b": 99, "c": 30}, "s": {"a": 50, "b": 201, "c": 20}}
    result = law.count(Tally({"list": Ballots(votes)}, {}))
    assert result.seats == {"a": 2, "b": 2, "c": 0}
    assert "a seat for 100 votes" in result.explain()
    with pytest.raises(LawSilent):
        law_of("""
  list:
    district: multi_member
    ballot: closed_list
    steps: [{per_votes: {quota: hare, seats: 6, cite: el 2}}]
""").count(Tally({"list": Ballots({"n": {"a": 0}})}, {}))


def test_the_house_is_as_large_as_the_votes_make_it() -> None:
    law = law_of("""
  list:
    district: nationwide
    ballot: closed_list
    steps: [{per_votes: {votes: 100, least: 51, cite: el 1}}]
""")
    for a, b, seats in ((250, 151, {"a": 2, "b": 2}), (251, 150, {"a": 3, "b": 1}), (50, 51, {"a": 0, "b": 1})):
        assert law.count(Tally.of({"a": a, "b": b})).seats == seats
    with pytest.raises(InvalidSeats, match="seats"):
        law.count(Tally.of({"a": 10**12, "b": 5}))


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        ("votes: 0", "above 0"),
        ("votes: 10, quota: hare, seats: 5", "one of them only"),
        ("quota: hare", "one of them only"),
        ("votes: 10, least: 11", "from 1 to the price"),
        ("votes: 10, least: 0", "from 1 to the price"),
        ("quota: hare, seats: 5, least: 3", "from 1 to the price"),
        ("votes: 10, need: 5", "name them in less"),
        ("votes: 10, as_won: true", "name them in less"),
        ("quota: harre, seats: 5", "harre"),
        ("votes: 1.5", "votes"),
    ],
)
def test_bad_terms_are_refused_with_their_place(terms: str, what: str) -> None:
    text = f"""  list:
    district: multi_member
    ballot: closed_list
    steps:
      - per_votes: {{{terms}, cite: el 1}}
"""
    with pytest.raises(InvalidLaw) as found:
        law_of(text)
    assert what in str(found.value)
    assert found.value.place is not None and found.value.place.line == 12
    assert (found.value.place.column or 0) >= 9


def test_the_step_counts_all_districts_at_once_and_a_house_has_its_largest_size() -> None:
    law = law_of("""
  list:
    district: multi_member
    ballot: closed_list
    steps: [{each: district, steps: [{per_votes: {votes: 10, cite: el 1}}]}]
""")
    with pytest.raises(InvalidLaw, match="the votes decide how many seats list has"):
        law.count(Tally({"list": Ballots({"n": {"a": 25}}, seats={"n": 0})}, {}))
    _check("list", LARGEST)
    with pytest.raises(InvalidSeats):
        _check("list", LARGEST + 1)


def test_a_law_that_fixes_the_seats_as_well_is_told_so() -> None:
    law = law_of("""
  list:
    seats: 5
    district: nationwide
    ballot: closed_list
    steps: [{per_votes: {votes: 100, cite: el 1}}]
""")
    with pytest.raises(InvalidLaw, match="the votes decide how many seats list has"):
        law.count(Tally.of({"a": 250, "b": 151}))


def test_a_price_with_a_fraction_is_told_to_each_contender() -> None:
    """1,000 votes and three seats: 333 1/3 a seat, and what the nation has over of it is a fraction too."""
    text = """
  district:
    district: multi_member
    ballot: closed_list
    steps: [{per_votes: {quota: hare, seats: 3, cite: el 1}}]
  whole:
    district: nationwide
    ballot: closed_list
    votes: district
    steps: [{per_votes: {quota: hare, seats: 3, over: whole, less: [district], cite: el 2}}]
"""
    votes = {"n": {"a": 400, "b": 200}, "s": {"a": 200, "b": 200}}
    told = law_of(text).count(Tally({"district": Ballots(votes)}, {})).explain("a")
    assert "400 votes at 333 1/3 a seat: 1 seat" in told
    assert "266 2/3 votes at 333 1/3 a seat: 0 seats" in told
