"""trial: a bar counted in seats of a distribution that places none."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from sailau.law.read import parse_law
from sailau.law.result import Result
from sailau.seats.explain import explain
from sailau.seats.tier import Tier
from sailau.seats.trial import Trial
from sailau.terms.errors import DrawRequired, InvalidLaw, LawSilent
from sailau.terms.tally import Ballots, Contender, Tally
from sailau.terms.trail import Trail

Votes = dict[str, dict[str, int]]
HEAD = """law: xx/house
name: House
in_force: {from: 2020-01-01}
checked: null
texts: {el: Election Act}
seats: {cite: el 1}
tiers:
  list:
    district: multi_member
    ballot: closed_list
    steps:
"""


def dhondt(votes: dict[str, int], seats: int) -> dict[str, int]:
    """Return the seats of the highest quotients, from the sorted line of all of them."""
    line = sorted(((Fraction(n, k), c) for c, n in votes.items() if n for k in range(1, seats + 1)), reverse=True)
    return {c: sum(winner == c for _, winner in line[:seats]) for c in votes}


def standing(step: Trial, votes: Votes, seats: dict[str, int], **marks: Contender) -> dict[str, int]:
    tier = Tier(
        name="list", seats=None, district="multi_member", ballot="closed_list", steps=(step,), magnitudes=dict(seats)
    )
    count = tier.begin(Tally({"list": Ballots(votes)}, marks), done={}, decisions={}, trail=())
    return dict(step.apply(count).votes)


def by_hand(step: Trial, votes: Votes, seats: dict[str, int]) -> set[str]:
    """Return who passes, by the definition."""
    total = {c: sum(lines[c] for lines in votes.values()) for c in next(iter(votes.values()))}
    left, cast = set(total), sum(total.values())
    free = {c for c in left if step.share is not None and total[c] >= step.share * cast}
    while True:
        if step.over == "whole":
            won = {"whole": dhondt({c: total[c] for c in left}, sum(seats.values()))}
        else:
            won = {area: dhondt({c: lines[c] for c in left}, seats[area]) for area, lines in votes.items()}
        enough = {
            c
            for c in left
            if sum(here.get(c, 0) for here in won.values()) >= step.least
            and sum(here.get(c, 0) > 0 for here in won.values()) >= step.areas
        }
        passed = enough | (free & left)
        if not step.again or passed == left or not passed:
            return passed
        left = passed


def test_equals_the_definition() -> None:
    rng, ended, put_out = random.Random(11), 0, 0
    for _ in range(300):
        areas = [f"d{i}" for i in range(rng.randint(1, 4))]
        lists = "abcdef"[: rng.randint(2, 6)]
        votes = {area: {c: 1000 * rng.randint(1, 99) + rng.randint(1, 997) for c in lists} for area in areas}
        seats = {area: rng.randint(1, 9) for area in areas}
        whole = rng.random() < 0.3
        step = Trial(
            least=rng.randint(1, 5),
            areas=1 if whole else rng.randint(1, 2),
            over="whole" if whole else "districts",
            again=rng.random() < 0.5,
            share=rng.choice([None, Fraction(1, 5), Fraction(2, 5)]),
            divisor="dhondt",
            cite="x 1",
        )
        expected = by_hand(step, votes, seats)
        if not expected:
            with pytest.raises(LawSilent, match=r"seats? on trial"):
                standing(step, votes, seats)
            continue
        ended += 1
        put_out += len(expected) < len(lists)
        assert set(standing(step, votes, seats)) == expected
    assert ended > 150 and put_out > 60


def test_the_trial_is_held_again_and_an_exempt_list_stays() -> None:
    """7 seats: a 4, b 2, c 1: c is out. Of a and b alone b has 2 still; with least 3 both b and c go."""
    votes = {"d": {"a": 60, "b": 31, "c": 17}}
    step = {"divisor": "dhondt", "again": True, "cite": "x 1"}
    assert standing(Trial(least=2, **step), votes, {"d": 7}) == {"a": 60, "b": 31}  # type: ignore[arg-type]
    assert standing(Trial(least=3, **step), votes, {"d": 7}) == {"a": 60}  # type: ignore[arg-type]
    kept = Trial(least=3, exempt=("minority",), **step)  # type: ignore[arg-type]
    marks = {"c": Contender("c", traits=frozenset({"minority"}))}
    assert standing(kept, votes, {"d": 7}, **marks) == {"a": 60, "c": 17}


def test_by_a_quota_a_list_can_pass_once_and_not_again() -> None:
    """3 seats of 115 votes: 38 1/3 each; b 18 and c 36 have one by remainder. Without a's 5: 36 2/3, and b has none."""
    votes = {"d": {"a": 5, "b": 18, "c": 36, "d": 56}}
    assert set(standing(Trial(least=1, quota="hare", cite="x 1"), votes, {"d": 3})) == {"b", "c", "d"}
    assert set(standing(Trial(least=1, quota="hare", again=True, cite="x 1"), votes, {"d": 3})) == {"c", "d"}


def test_who_has_just_the_share_passes_and_with_a_vote_less_does_not() -> None:
    step = Trial(least=2, share=Fraction(1, 5), divisor="dhondt", cite="x 1")
    assert set(standing(step, {"d": {"a": 50, "b": 30, "c": 20}}, {"d": 3})) == {"a", "c", "b"}
    assert set(standing(step, {"d": {"a": 50, "b": 31, "c": 19}}, {"d": 3})) == {"a", "b"}


def test_just_enough_seats_and_one_too_few() -> None:
    """4 seats: a 50, b 27, c 23 give 2, 1, 1: all pass a bar of one, and a alone one of two."""
    votes = {"d": {"a": 50, "b": 27, "c": 23}}
    assert standing(Trial(least=1, divisor="dhondt", cite="x 1"), votes, {"d": 4}) == votes["d"]
    assert standing(Trial(least=2, divisor="dhondt", cite="x 1"), votes, {"d": 4}) == {"a": 50}


def test_nobody_passes() -> None:
    votes, seats = {"d": {"a": 5, "b": 4}}, {"d": 2}
    assert standing(Trial(least=2, divisor="dhondt", if_none="all", cite="x 1"), votes, seats) == votes["d"]
    with pytest.raises(LawSilent) as found:
        standing(Trial(least=2, divisor="dhondt", cite="x 1"), votes, seats)
    assert (found.value.key, found.value.options) == ("list.trial.none", ("a", "b"))
    law = parse_law(HEAD + "      - trial: {least: 2, divisor: dhondt, cite: el 1}\n" + ALLOCATE, "xx/house@2020-01-01")
    tally = Tally({"list": Ballots(votes, seats=seats)}, {})
    decided = law.count(tally, decisions={"list.trial.none": ("a",)})
    assert decided.seats["a"] == 2


ALLOCATE = "      - each: district\n        steps: [{allocate: {divisor: dhondt, cite: el 2}}]\n"


def counted(terms: str, votes: Votes, seats: dict[str, int], **marks: Contender) -> Result:
    law = parse_law(HEAD + f"      - trial: {{{terms}, cite: el 1}}\n" + ALLOCATE, "xx/house@2020-01-01")
    return law.count(Tally({"list": Ballots(votes, seats=seats)}, marks))


def test_who_is_out_on_trial_wins_no_seat_in_a_district_and_is_told_so() -> None:
    """n: a 60, b 31 and c 17 have 4, 2 and 1 of seven. c is out with one; in the real count its seat is a's fifth."""
    votes = {"n": {"a": 60, "b": 31, "c": 17}}
    result = counted("least: 2, divisor: dhondt", votes, {"n": 7})
    assert result.seats == {"a": 5, "b": 2, "c": 0}
    assert result.counts["list"].below == {"c": 17}
    assert result.trail.entries[0].facts["out"] == {"c": 17}
    assert "c is out with 17 votes: 1 seat on trial (the bar is 2 seats)" in result.explain("c")
    assert "b takes part: 2 seats on trial (the bar is 2 seats)" in result.explain("b")


def test_a_tie_of_a_later_trial_has_a_name_of_its_own() -> None:
    """4 seats: a 45, 22 1/2, b 30, c 19. c is out with one, b has its share; then a third of 45 and half of 30 tie."""
    votes, seats = {"d": {"a": 45, "b": 30, "c": 19}}, {"d": 4}
    terms = "least: 2, share: 30%, again: true, divisor: dhondt"
    with pytest.raises(DrawRequired) as found:
        counted(terms, votes, seats)
    assert (found.value.key, found.value.options) == ("list.d.trial.2", ("a", "b"))
    law = parse_law(HEAD + f"      - trial: {{{terms}, cite: el 1}}\n" + ALLOCATE, "xx/house@2020-01-01")
    tally = Tally({"list": Ballots(votes, seats=seats)}, {})
    decided = law.count(tally, decisions={"list.d.trial.2": "a", "list.d.allocate": "b"})
    assert decided.seats == {"a": 2, "b": 2, "c": 0}
    assert counted(terms + ", ties: most_votes", votes, {"d": 3}).seats == {"a": 2, "b": 1, "c": 0}


def test_the_rules_of_the_law_settle_a_tie_on_trial() -> None:
    votes = {"d": {"a": 40, "b": 20}}
    with pytest.raises(DrawRequired):
        standing(Trial(least=1, divisor="dhondt", cite="x 1"), votes, {"d": 2})
    assert set(standing(Trial(least=1, divisor="dhondt", ties=("most_votes",), cite="x 1"), votes, {"d": 2})) == {"a"}


def test_the_share_is_of_its_base_and_a_district_without_votes_has_no_trial() -> None:
    """20 of 100 votes for lists are a fifth of them, and less than a fifth of 101 valid ones."""
    votes = {"d": {"a": 50, "b": 30, "c": 20, "blank": 1}, "w": {"a": 0, "b": 0, "c": 0}}
    seats = {"d": 3, "w": 1}
    valid = Trial(least=2, share=Fraction(1, 5), divisor="dhondt", cite="x 1")
    lists = Trial(least=2, share=Fraction(1, 5), of="list_votes", divisor="dhondt", cite="x 1")
    assert set(standing(valid, votes, seats)) == {"a", "b"}
    assert set(standing(lists, votes, seats)) == {"a", "b", "c"}


def test_districts_without_seats_of_their_own_are_one_whole() -> None:
    """5 seats in the nation: a 90, 45, 30, b 40 and 20 against 30: three and one, and a's fourth 22 1/2 the last."""
    text = HEAD.replace("multi_member", "nationwide\n    seats: 5")
    votes = {"n": {"a": 50, "b": 30, "c": 9}, "s": {"a": 40, "b": 10, "c": 8}}
    for areas, least, left in ((1, 1, {"a", "b"}), (2, 1, {"a", "b"}), (2, 2, {"a"})):
        step = f"      - trial: {{least: {least}, areas: {areas}, divisor: dhondt, cite: el 1}}\n"
        law = parse_law(text + step + "      - allocate: {divisor: dhondt, cite: el 2}\n", "xx/house@2020-01-01")
        result = law.count(Tally({"list": Ballots(votes)}, {}))
        assert {c for c, n in result.seats.items() if n} == left


def test_seats_that_are_gone_before_are_not_there_on_trial() -> None:
    """One of four seats is a's on top: of three b has the last with 27, of four c would have it with 23."""
    bonus = "      - bonus: {seats: 1, over: districts, cite: el 1}\n"
    text = HEAD + bonus + "      - trial: {least: 1, divisor: dhondt, cite: el 1}\n" + ALLOCATE
    votes = {"d": {"a": 50, "b": 27, "c": 23}}
    result = parse_law(text, "xx/house@2020-01-01").count(Tally({"list": Ballots(votes, seats={"d": 4})}, {}))
    assert result.counts["list"].below == {"c": 23}


def test_when_nobody_passes_there_is_one_trial_and_those_with_votes_take_part() -> None:
    votes, seats = {"d": {"a": 5, "b": 4, "c": 0}}, {"d": 2}
    result = counted("least: 2, again: true, divisor: dhondt, if_none: all", votes, seats)
    (told,) = [entry.facts for entry in result.trail if entry.key == "trial"]
    assert (len(told["rounds"]), told["passed"], told["out"]) == (1, {"a": 5, "b": 4}, {"c": 0})
    law = parse_law(HEAD + "      - trial: {least: 2, divisor: dhondt, cite: el 1}\n" + ALLOCATE, "xx/house@2020-01-01")
    with pytest.raises(LawSilent):
        law.count(Tally({"list": Ballots(votes, seats=seats)}, {}), decisions={"list.trial.none": ("z",)})


def test_a_tie_on_trial_is_a_question_of_its_own_round() -> None:
    votes = {"d": {"a": 40, "b": 20, "c": 20, "e": 1}}
    with pytest.raises(DrawRequired) as found:
        standing(Trial(least=1, again=True, divisor="dhondt", cite="x 1"), votes, {"d": 3})
    assert found.value.key == "list.d.trial"


def test_the_words_say_what_each_wins_on_trial() -> None:
    votes = {"n": {"a": 500, "b": 300, "c": 100}, "s": {"a": 200, "b": 310, "c": 40}}
    step = Trial(least=2, areas=2, divisor="dhondt", cite="x 1")
    seats = {"n": 6, "s": 3}
    tier = Tier(name="list", seats=None, district="multi_member", ballot="closed_list", steps=(step,), magnitudes=seats)
    done = step.apply(tier.begin(Tally({"list": Ballots(votes)}, {}), done={}, decisions={}, trail=()))
    words = explain(Trail(done.trail or ()))
    assert "on trial a 5, b 4, c 0; out with fewer than 2 seats in 2 districts: c" in words
    assert "c is out with 140 votes: 0 seats on trial" in explain(Trail(done.trail or ()), "c")


@pytest.mark.parametrize(
    ("terms", "what", "column"),
    [
        ("least: 0, divisor: dhondt", "above 0", 16),
        ("least: 2, divisor: dhondt, areas: 2, over: whole", "over: districts", 16),
        ("least: 2, areas: 0, divisor: dhondt", "above 0", 16),
        ("least: 2", "a quota or a divisor", 16),
        ("least: 2, divisor: dhondt, share: 120%", "share", 16),
        ("least: 2, divisor: dhont", "dhont", 36),
        ("least: two, divisor: dhondt", "least", 24),
        ("divisor: dhondt", "least is missing", 16),
        ("least: 2, divisor: dhondt, over: nation", "over", 50),
    ],
)
def test_bad_terms_are_refused_with_their_place(terms: str, what: str, column: int) -> None:
    with pytest.raises(InvalidLaw) as found:
        parse_law(HEAD + f"      - trial: {{{terms}, cite: el 1}}\n", "xx/house@2020-01-01")
    assert what in str(found.value)
    assert found.value.place is not None and found.value.place.line == 12
    assert found.value.place.column == column
