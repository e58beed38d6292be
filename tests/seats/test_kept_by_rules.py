"""What steps keep whatever the votes: seats won elsewhere, floors, the lines of a base, a group's part."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from sailau.seats.count import Count
from sailau.seats.elect import Elect
from sailau.seats.elsewhere import others_by_area, won_by_area
from sailau.seats.represent import Represent
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.errors import RoundRequired
from sailau.terms.tally import AGAINST_ALL, BLANK, Ballots, Contender, Tally
from sailau.terms.trail import Trail


def test_every_seat_won_elsewhere_is_of_a_list_that_stands_there_or_of_others() -> None:
    """Lists stand in some regions only; what a party won where its list does not stand is of others there."""
    rng = random.Random(1)
    met = 0
    for _ in range(300):
        lies = {f"d{i}": rng.choice("xy") for i in range(5)}
        direct = Ballots({d: {c: rng.randint(1, 99) for c in "abc"} for d in lies}, regions=lies)
        own = Ballots(
            {area: dict.fromkeys(["a", *(c for c in "bc" if rng.random() < 0.6)], 9) for area in "xy"},
            {},
            {"x": 2, "y": 2},
        )
        tally = Tally({"direct": direct, "list": own})
        first = Tier(
            name="direct",
            seats=None,
            district="single_member",
            ballot="candidate",
            steps=(Elect(rule="plurality", ties=("registered_first",), cite="x"),),
        )
        lists = Tier(name="list", seats=None, district="multi_member", ballot="closed_list", steps=())
        winners = {d: max(lines, key=lambda c: (lines[c], c)) for d, lines in direct.votes.items()}
        if any(list(lines.values()).count(max(lines.values())) > 1 for lines in direct.votes.values()):
            continue
        done = first.count(tally, done={}, decisions={}, trail=None)
        count = lists.begin(tally, done={"direct": done}, decisions={})
        won, others = won_by_area(count, ["direct"]), others_by_area(count, ["direct"])
        for area in "xy":
            here = [winners[d] for d, where in lies.items() if where == area]
            assert won[area] == {c: here.count(c) for c in own.votes[area] if c in here}
            assert others[area] == sum(c not in own.votes[area] for c in here)
            met += others[area]
    assert met > 100


@pytest.mark.parametrize(("votes", "elected"), [(25, True), (24, False)])
def test_a_majority_that_just_reaches_its_floor_of_those_registered(votes: int, elected: bool) -> None:
    step = Elect(rule="majority", least=Fraction(1, 4), least_of="registered", cite="x")
    tier = Tier(name="list", seats=1, district="nationwide", ballot="candidate", steps=(step,))
    tally = Tally({"list": Ballots({"nation": {"a": votes, "b": 3, "c": 2}}, {"nation": {"registered": 100}})})
    if elected:
        assert tier.count(tally, done={}, decisions={}, trail=None).placed == {"a": 1}
    else:
        with pytest.raises(RoundRequired, match="a second round is needed"):
            tier.count(tally, done={}, decisions={}, trail=None)


def test_a_bar_tells_the_lines_that_its_base_counts_and_no_list() -> None:
    step = Threshold(share=Fraction(1, 10), of="valid", cite="x")
    tier = Tier(name="list", seats=1, district="nationwide", ballot="closed_list", steps=())
    votes = {"a": 50, "b": 40, AGAINST_ALL: 7, BLANK: 3}
    count = tier.begin(Tally({"list": Ballots({"nation": votes})}), done={}, decisions={}, trail=())
    (entry,) = Trail(step.apply(count).trail or ()).entries
    assert entry.facts["lines"] == {AGAINST_ALL: 7, BLANK: 3}
    assert entry.facts["passed"] == {"a": 50, "b": 40}


def drawn(rng: random.Random) -> Count:
    """Return a district in which some were elected."""
    votes = dict(zip("abcdefg", rng.sample(range(1, 99), 7), strict=True))
    marks = {
        c: Contender(c, kind="candidate", traits=frozenset({"women"} if rng.random() < 0.5 else ())) for c in votes
    }
    elect = Elect(rule="plurality", cite="x")
    tier = Tier(name="list", seats=4, district="nationwide", ballot="candidate", steps=(elect,))
    return tier.count(Tally({"list": Ballots({"nation": votes})}, marks), done={}, decisions={}, trail=None)


@pytest.mark.parametrize(("rounding", "need"), [("up", 2), ("down", 1), ("nearest", 2)])
def test_a_group_has_its_part_by_its_best_losers_in_the_place_of_the_weakest_winners(rounding: str, need: int) -> None:
    """Two fifths of 4 seats are 1.6."""
    rng = random.Random(rounding)
    exchanged = 0
    for _ in range(200):
        count = drawn(rng)
        women = {c for c in count.cast if "women" in count.tally.contender(c).traits}
        step = Represent(trait="women", share=Fraction(2, 5), rounding=rounding, cite="x")  # type: ignore[arg-type]
        before = set(count.placed)
        if len(women - before) < need - len(before & women):
            continue
        after = set(step.apply(count).placed)
        line = sorted(count.cast, key=lambda c: -count.cast[c])
        lacking = max(0, need - len(before & women))
        new = [c for c in line if c in women - before][:lacking]
        out = [c for c in line if c in before - women][len(before - women) - len(new) :]
        assert after == (before | set(new)) - set(out)
        exchanged += len(new)
    assert exchanged > 5
