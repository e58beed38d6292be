"""The bar when nobody reaches it: a question, or everybody takes part where the law says so."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sailau.seats.count import Count, start
from sailau.seats.threshold import Threshold
from sailau.terms.errors import LawSilent
from sailau.terms.tally import Tally


def after(step: Threshold, **votes: int) -> dict[str, int]:
    tally = Tally.of(votes, valid=100)
    begun: Count = start(tally, tally.tiers["list"], "list", 3, {}, done={}, decisions={}, trail=())
    return step.apply(begun).contenders()


def test_all_with_votes_take_part_when_nobody_passes() -> None:
    step = Threshold(share=Fraction(3, 100), of="valid", if_none="all", cite="x 1")
    assert after(step, a=2, b=1, c=0) == {"a": 2, "b": 1}
    assert after(step, a=3, b=1, c=0) == {"a": 3}


def test_otherwise_it_is_a_question_and_so_it_is_when_nobody_has_a_vote() -> None:
    with pytest.raises(LawSilent):
        after(Threshold(share=Fraction(3, 100), of="valid", cite="x 1"), a=2, b=1)
    with pytest.raises(LawSilent):
        after(Threshold(share=Fraction(3, 100), of="valid", if_none="all", cite="x 1"), a=0, b=0)


def test_ballots_for_nobody_are_valid_and_no_part_of_the_base() -> None:
    step = Threshold(share=Fraction(1, 10), of="valid_for_contenders", cite="x 1")
    assert after(step, a=9, b=8, against_all=5, blank=5) == {"a": 9}  # of 100 valid ones 90 for lists, some unnamed
    with pytest.raises(LawSilent):
        after(step, a=9, against_all=5, blank=4)
