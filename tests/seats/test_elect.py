"""Persons elected by plurality or in two rounds: each edge with its twin."""

from fractions import Fraction

import pytest

from sailau.seats.elect import Elect
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, LawSilent, RoundRequired
from sailau.terms.tally import Ballots, Tally

PLURALITY = Elect(rule="plurality", cite="x 1")
MAJORITY = Elect(rule="majority", share=Fraction(1, 2), of="ballots", runoff_from=3, cite="x 2")


def count(
    step: Elect, votes: dict[str, int], *, second: dict[str, int] | None = None, **decisions: str
) -> dict[str, int]:
    tier = Tier(name="seat", seats=1, district="single_member", ballot="candidate", steps=(step,))
    tiers = {"seat": Ballots({"d": votes}, {"d": {"ballots": sum(votes.values())}})}
    if second is not None:
        tiers["seat_round2"] = Ballots({"d": second})
    chosen = {key.replace("__", "."): (value,) for key, value in decisions.items()}
    return tier.count(Tally(tiers), done={}, decisions=chosen, trail=()).total_placed()


def test_most_votes_win() -> None:
    assert count(PLURALITY, {"a": 2, "b": 3, "against_all": 9}) == {"b": 1}


def test_equal_votes_need_a_lot() -> None:
    with pytest.raises(DrawRequired) as caught:
        count(PLURALITY, {"b": 3, "a": 3, "c": 1})
    assert (caught.value.tied, caught.value.key) == (("a", "b"), "seat.d.elect")
    assert count(PLURALITY, {"b": 3, "a": 3, "c": 1}, seat__d__elect="b") == {"b": 1}


def test_a_sole_candidate_needs_no_vote() -> None:
    assert count(PLURALITY, {"a": 0}) == {"a": 1}


def test_nobody_with_a_vote_is_a_question() -> None:
    with pytest.raises(LawSilent):
        count(PLURALITY, {"a": 0, "b": 0})


@pytest.mark.parametrize(("votes", "wins"), [({"a": 51, "b": 49}, True), ({"a": 50, "b": 50}, False)])
def test_exactly_half_is_no_majority(votes: dict[str, int], wins: bool) -> None:
    if wins:
        assert count(MAJORITY, votes) == {"a": 1}
    else:
        with pytest.raises(LawSilent, match="no rule for 2 candidates"):
            count(MAJORITY, votes)


def test_three_candidates_go_into_a_second_round() -> None:
    with pytest.raises(RoundRequired) as caught:
        count(MAJORITY, {"a": 45, "b": 30, "c": 25})
    assert caught.value.options == ("a", "b")
    assert count(MAJORITY, {"a": 45, "b": 30, "c": 25}, second={"a": 40, "b": 41}) == {"b": 1}


def test_a_tie_for_the_second_round_is_another_question_than_a_tie_for_the_seat() -> None:
    step = Elect(rule="majority", of="ballots", ties=("repeat_election",), cite="x 2")
    with pytest.raises(DrawRequired) as place:
        count(step, {"a": 40, "b": 30, "c": 30})
    assert place.value.key == "seat.d.runoff"
    with pytest.raises(RoundRequired, match="a new election") as seat:
        count(step, {"a": 40, "b": 30, "c": 30}, second={"a": 9, "b": 9})
    assert seat.value.key == "seat.d.elect"


def test_two_candidates_tie_under_a_rule_of_their_own() -> None:
    step = Elect(rule="plurality", ties=("second_vote",), pair_ties=("repeat_election",), cite="x 3")
    with pytest.raises(RoundRequired, match="a second vote between them"):
        count(step, {"a": 5, "b": 5, "c": 1})
    with pytest.raises(RoundRequired, match="a new election"):
        count(step, {"a": 5, "b": 5})


def test_too_few_for_a_second_round_may_mean_a_new_election() -> None:
    step = Elect(rule="majority", of="ballots", runoff_from=3, otherwise="repeat_election", cite="x 2")
    with pytest.raises(RoundRequired, match="a new election is to be held"):
        count(step, {"a": 45, "b": 44, "against_all": 11})


def test_a_ticket_takes_the_whole_district() -> None:
    votes = {"x": {"a": 60, "b": 40}, "y": {"a": 10, "b": 11}}
    tier = Tier(
        name="list",
        seats=None,
        district="multi_member",
        ballot="closed_list",
        steps=(Elect(rule="ticket", cite="x 1"),),
        magnitudes={"x": 6, "y": 3},
    )
    made = tier.count(Tally({"list": Ballots(votes)}), done={}, decisions={}, trail=())
    assert made.total_placed() == {"a": 6, "b": 3}
    with pytest.raises(DrawRequired):
        tier.count(Tally({"list": Ballots({"x": {"a": 5, "b": 5}})}), done={}, decisions={}, trail=None)


def test_a_majority_may_need_a_share_of_the_register_as_well() -> None:
    """France: more than half of the votes cast, and a quarter of those registered."""
    step = Elect(rule="majority", least=Fraction(1, 4), least_of="registered", cite="x 1")
    tier = Tier(name="seat", seats=1, district="single_member", ballot="candidate", steps=(step,))

    def winner(registered: int, second: dict[str, int] | None = None) -> dict[str, int]:
        first = Ballots({"d": {"a": 60, "b": 40}}, {"d": {"valid": 100, "registered": registered}})
        tiers = {"seat": first} | ({"seat_round2": Ballots({"d": second})} if second else {})
        return tier.count(Tally(tiers), done={}, decisions={}, trail=()).total_placed()

    assert winner(240) == {"a": 1}
    with pytest.raises(RoundRequired, match=r"nobody has 60\.25 votes"):
        winner(241)
    assert winner(241, {"a": 40, "b": 41}) == {"b": 1}


def test_a_draw_for_the_last_seat_knows_who_is_elected_without_it() -> None:
    tier = Tier(name="ward", seats=3, district="multi_member", ballot="candidate", steps=(PLURALITY,))
    tally = Tally({"ward": Ballots({"d": {"a": 9, "b": 8, "c": 3, "e": 3, "f": 1}}, seats={"d": 3})})
    with pytest.raises(DrawRequired) as caught:
        tier.count(tally, done={}, decisions={}, trail=())
    assert caught.value.options == ("c", "e")
    assert caught.value.outcomes() == [{"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1, "e": 1}]
