from __future__ import annotations

from itertools import permutations

import pytest

from sailau.seats.averages import highest_averages
from sailau.seats.certify import certify
from sailau.seats.count import Count
from sailau.seats.remainders import largest_remainder
from sailau.seats.ties import RULES, check_rules, tie_rule
from sailau.terms.allocation import TieRule, settle
from sailau.terms.errors import DrawRequired, Invalid, NotFound
from sailau.terms.tally import NATION, Contender, Tally

VOTES = {"a": 30, "b": 30, "c": 30, "d": 90}
"""Four seats by D'Hondt: d has three seats, and a, b, c tie with d's third for two of them."""


def rule(
    *names: str,
    votes: dict[str, int] | None = None,
    registered: dict[str, int] | None = None,
    placed: dict[str, int] | None = None,
    decision: tuple[str, ...] | None = None,
) -> TieRule:
    tally = Tally.of(votes or VOTES)
    marks = {c: Contender(c, registered=n) for c, n in (registered or {}).items()}
    count = Count(
        tally=Tally(tally.tiers, marks),
        ballots=tally.tiers["list"],
        tier="list",
        area=NATION,
        seats=4,
        votes=votes or VOTES,
        cast=votes or VOTES,
        placed=placed or {},
        decisions={} if decision is None else {"list.allocate": decision},
    )
    return tie_rule(count, "allocate", check_rules(names))


def picked(ties: TieRule, tied: str, choose: int) -> str:
    return "".join(sorted(settle(list(tied), choose, ties, standing={}, why="equal")))


# Each rule alone.


def test_registered_first() -> None:
    ties = rule("registered_first", registered={"a": 3, "b": 1, "c": 2})
    assert [picked(ties, "abc", k) for k in (1, 2)] == ["b", "bc"]


def test_most_votes() -> None:
    ties = rule("most_votes", votes={"a": 5, "b": 9, "c": 7})
    assert [picked(ties, "abc", k) for k in (1, 2)] == ["b", "bc"]


def test_fewest_votes() -> None:
    ties = rule("fewest_votes", votes={"a": 5, "b": 9, "c": 7})
    assert [picked(ties, "abc", k) for k in (1, 2)] == ["a", "ac"]


def test_fewest_seats() -> None:
    ties = rule("fewest_seats", placed={"a": 2, "b": 1})
    assert [picked(ties, "abc", k) for k in (1, 2)] == ["c", "bc"]


@pytest.mark.parametrize("name", [name for name, (rank, _) in RULES.items() if rank is None])
def test_what_the_count_cannot_decide_is_asked(name: str) -> None:
    with pytest.raises(DrawRequired) as tie:
        picked(rule(name), "abc", 2)
    assert (tie.value.tied, tie.value.choose) == (("a", "b", "c"), 2)


@pytest.mark.parametrize("name", ["registered_first", "most_votes", "fewest_seats"])
def test_a_rule_that_cannot_tell_them_apart(name: str) -> None:
    with pytest.raises(DrawRequired):
        picked(rule(name, registered={"a": 1, "b": 1, "c": 1}), "abc", 1)


def test_one_unknown_place_of_registration_makes_the_order_unknown() -> None:
    with pytest.raises(DrawRequired) as tie:
        picked(rule("registered_first", registered={"a": 2, "b": 1}), "abc", 1)
    assert tie.value.tied == ("a", "b", "c")


def test_no_rule_at_all() -> None:
    with pytest.raises(DrawRequired):
        picked(rule(), "ab", 1)
    with pytest.raises(DrawRequired):
        settle(["b", "a"], 1, None, standing={}, why="equal")


def test_an_unknown_rule() -> None:
    with pytest.raises(NotFound) as fault:
        check_rules(["most_voted"])
    assert fault.value.near[0] == "most_votes"


# Rules in turn.


def test_the_second_rule_decides_what_the_first_leaves() -> None:
    ties = rule(
        "most_votes",
        "registered_first",
        votes={"a": 9, "b": 7, "c": 7, "d": 1},
        registered=dict(zip("abcd", (4, 3, 2, 1), strict=True)),
    )
    assert [picked(ties, "abcd", k) for k in (1, 2, 3)] == ["a", "ac", "abc"]


def test_the_order_of_the_rules_matters() -> None:
    figures = {"votes": {"a": 9, "b": 7}, "registered": {"a": 2, "b": 1}}
    assert picked(rule("most_votes", "registered_first", **figures), "ab", 1) == "a"  # type: ignore[arg-type]
    assert picked(rule("registered_first", "most_votes", **figures), "ab", 1) == "b"  # type: ignore[arg-type]


def test_a_rule_that_does_not_know_passes_on() -> None:
    assert picked(rule("registered_first", "most_votes", votes={"a": 9, "b": 7}), "ab", 1) == "a"


def test_only_what_is_left_goes_to_the_lot() -> None:
    """Spain: more votes first, then a lot. a is through by its votes, and d is out; the lot is between b and c."""
    ties = rule("most_votes", "lot", votes={"a": 9, "b": 7, "c": 7, "d": 1})
    with pytest.raises(DrawRequired) as tie:
        settle(["d", "c", "b", "a"], 2, ties, standing={"a": 1, "b": 5, "e": 4}, why="equal quotients")
    assert (tie.value.tied, tie.value.choose) == (("b", "c"), 1)
    assert tie.value.standing == {"a": 2, "b": 5, "e": 4}
    assert str(tie.value).startswith("b, c tie for the last seat: equal quotients")
    assert tie.value.outcomes() == [{"a": 2, "b": 6, "e": 4}, {"a": 2, "b": 5, "e": 4, "c": 1}]


@pytest.mark.parametrize("name", ["second_vote", "repeat_election"])
def test_another_vote_is_between_all_of_them(name: str) -> None:
    with pytest.raises(DrawRequired) as tie:
        picked(rule("most_votes", name, votes={"a": 9, "b": 7, "c": 7}), "abc", 2)
    assert (tie.value.tied, tie.value.choose) == (("a", "b", "c"), 2)


# Decisions from outside.


def test_a_decision_settles_the_tie() -> None:
    assert picked(rule("lot", decision=("c", "a")), "abc", 2) == "ac"
    assert picked(rule(decision=("b",)), "abc", 1) == "b"


def test_a_decision_settles_what_the_rules_leave() -> None:
    figures = {"a": 9, "b": 7, "c": 7, "d": 1}
    assert picked(rule("most_votes", "lot", votes=figures, decision=("c",)), "abcd", 2) == "ac"
    assert picked(rule("most_votes", "lot", votes=figures, decision=("c", "a")), "abcd", 2) == "ac"


@pytest.mark.parametrize(
    "decision", [(), ("d",), ("z",), ("a", "b", "c"), ("a", "a"), ("b",), ("b", "c"), ("a", "d"), ("c", "d")]
)
def test_a_wrong_decision_is_refused(decision: tuple[str, ...]) -> None:
    """Two seats for a, b, c: nobody, a stranger, too many, one twice, too few, one against the rule that a is first."""
    ties = rule("registered_first", registered={"a": 1, "b": 3, "c": 2}, decision=decision)
    with pytest.raises(Invalid):
        picked(ties, "abc", 2)


def test_a_decision_that_agrees_with_the_rule_is_no_harm() -> None:
    assert picked(rule("most_votes", votes={"a": 9, "b": 7}, decision=("a",)), "ab", 1) == "a"
    with pytest.raises(Invalid, match="the decision names b, but most votes gives a a seat"):
        picked(rule("most_votes", votes={"a": 9, "b": 7}, decision=("b",)), "ab", 1)


def test_a_decision_where_nothing_is_tied_changes_nothing() -> None:
    assert highest_averages({"a": 9, "b": 7}, 1, ties=rule(decision=("b",))).seats == {"a": 1, "b": 0}


@pytest.mark.parametrize("winners", [(), ("a", "b"), ("a", "a"), ("z",)])
def test_a_rule_that_names_the_wrong_winners_is_refused(winners: tuple[str, ...]) -> None:
    for count in (highest_averages, largest_remainder):
        with pytest.raises(Invalid, match="the tie of a, b needs 1 of them"):
            count({"a": 10, "b": 10}, 1, ties=lambda tied, k: winners)  # noqa: ARG005


# In a count.


@pytest.mark.parametrize("order", list(permutations(VOTES)))
def test_the_order_of_input_settles_nothing(order: tuple[str, ...]) -> None:
    votes = {c: VOTES[c] for c in order}
    with pytest.raises(DrawRequired) as tie:
        highest_averages(votes, 4)
    assert (tie.value.tied, tie.value.choose) == (("a", "b", "c", "d"), 2)
    assert tie.value.standing == {"a": 0, "b": 0, "c": 0, "d": 2}
    registered = {"a": 4, "b": 1, "c": 2, "d": 3}
    made = highest_averages(votes, 4, ties=rule("registered_first", votes=votes, registered=registered))
    assert made.seats == {"a": 0, "b": 1, "c": 1, "d": 2}
    assert made.tied == ("a", "b", "c", "d")
    certify(made)


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_equal_remainders_by_registration(order: tuple[str, ...]) -> None:
    """Kazakhstan: of equal remainders, the list registered earlier (el 97-1)."""
    votes = {c: {"a": 15, "b": 15, "c": 10}[c] for c in order}
    made = largest_remainder(votes, 4, ties=rule("registered_first", registered={"a": 2, "b": 1, "c": 3}))
    assert (made.seats, made.remainder_seats, made.tied) == ({"a": 1, "b": 2, "c": 1}, ("b",), ("a", "b"))
    certify(made)


def test_a_tie_that_gives_everyone_a_seat_is_none() -> None:
    assert highest_averages(VOTES, 6).tied == ()
    assert largest_remainder({"a": 18, "b": 18, "c": 14}, 5).tied == ()


def test_the_question_says_what_it_needs() -> None:
    with pytest.raises(DrawRequired) as tie:
        largest_remainder({"a": 15, "b": 15, "c": 10}, 4)
    assert tie.value.outcomes() == [{"a": 2, "b": 1, "c": 1}, {"a": 1, "b": 2, "c": 1}]
    assert "decide allocate: one of a, b" in str(tie.value)
