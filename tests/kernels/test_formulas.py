"""The kernels give the seats of the exact count, and find its ties and its refusals, on every case."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.kernels.cases import batches

from sailau.kernels import averages as divisors
from sailau.kernels.averages import averages
from sailau.kernels.lots import DRAWN, FINE, SILENT
from sailau.kernels.plain import averages_plain
from sailau.kernels.remainders import Price, remainders
from sailau.kernels.winners import winners
from sailau.runs.formulas import LINEAR, PRICES, line_of
from sailau.seats.averages import highest_averages
from sailau.seats.remainders import largest_remainder
from sailau.terms.errors import DrawRequired, InvalidVotes, LawSilent
from sailau.terms.quota import QUOTAS

Exact = Callable[[Mapping[str, int], int], Mapping[str, int]]


def agree(votes: NDArray[np.int64], n: int, seats: NDArray[np.int32], status: NDArray[np.uint8], exact: Exact) -> int:
    """Compare with the exact count row by row; return how many ties there were."""
    ties = 0
    for row, got, what in zip(votes.tolist(), seats.tolist(), status.tolist(), strict=True):
        named = {str(i): v for i, v in enumerate(row)}
        try:
            expected = list(exact(named, n).values())
        except DrawRequired as draw:
            ties += 1
            won = {c for i, c in enumerate(named) if got[i] > draw.standing.get(c, 0)}
            assert what == DRAWN, (row, n)
            assert won <= set(draw.tied) and len(won) == draw.choose, (row, n)
            assert all(got[i] - draw.standing.get(c, 0) in (0, 1) for i, c in enumerate(named)), (row, n)
        except (InvalidVotes, LawSilent):
            assert what == SILENT and not any(got), (row, n)
        else:
            assert (what, got) == (FINE, expected), (row, n)
    return ties


@pytest.mark.parametrize("name", LINEAR)
def test_divisors_agree_with_the_exact_count(name: str) -> None:
    line, ties = line_of(name, None), 0
    for votes, n, first in batches(7, 2**52 // line.slope):
        seats, status = averages(votes, n, line, key=(1, 5), first=first)
        ties += agree(votes, n, seats, status, lambda v, s: highest_averages(v, s, divisor=name).seats)
    assert ties > 50  # the cases are made to tie


@pytest.mark.parametrize("name", QUOTAS)
def test_quotas_agree_with_the_exact_count(name: str) -> None:
    ties = 0
    for votes, n, first in batches(8, 2**46):
        seats, status = remainders(votes, n, PRICES[name], key=(1, 5), first=first)
        ties += agree(votes, n, seats, status, lambda v, s: largest_remainder(v, s, quota=name).seats)
    assert ties > 20


@pytest.mark.parametrize("name", LINEAR)
def test_whole_arrays_give_what_compiled_loops_give(name: str) -> None:
    line = line_of(name, None)
    rng = np.random.default_rng(5)
    votes = (8e6 * rng.dirichlet(np.ones(9), 3000)).astype(np.int64)
    seats, status = averages(votes, 69, line)
    out, doubt = np.zeros((3000, 9), np.int32), np.zeros(3000, np.uint8)
    averages_plain(votes, 69, line.slope, line.offset, line.first or 1e-30, out, doubt)
    sure = (doubt == 0) & (status == FINE)
    assert sure.mean() > 0.99
    assert (out[sure] == seats[sure]).all()


def test_beyond_the_bound_nothing_is_counted() -> None:
    line = line_of("dhondt", None)
    edge = (2**52 - 1) // line.largest(9)
    assert averages(np.array([[edge, 5]]), 9, line)[0].sum() == 9
    with pytest.raises(OverflowError):
        averages(np.array([[edge + 2, 5]]), 9, line)
    with pytest.raises(OverflowError):
        averages(np.array([[5, -1]]), 9, line)
    with pytest.raises(OverflowError):
        remainders(np.array([[2**50, 5]]), 9, Price(0))
    with pytest.raises(OverflowError):
        remainders(np.array([[5, -1]]), 9, Price(0))


def test_the_order_of_two_quotients_just_under_the_bound_is_exact() -> None:
    # 2^51 - 1 and 2^51 - 2 differ in the last place that a quotient can show.
    big = 2**51 - 1
    seats, status = averages(np.array([[big, big - 1], [big - 1, big], [big, big]]), 1, divisors.Line(1, 1, 1))
    assert seats[:2].tolist() == [[1, 0], [0, 1]]
    assert status.tolist() == [FINE, FINE, DRAWN]


def test_lots_are_fair_and_do_not_depend_on_who_else_is_counted() -> None:
    votes = np.full((30_000, 3), 100)
    seats, status = averages(votes, 1, divisors.Line(1, 1, 1), key=(3, 4))
    assert (status == DRAWN).all()
    # 30,000 lots of three: each wins 10,000 times, give or take four standard deviations of 82.
    assert (np.abs(seats.sum(axis=0) - 10_000) < 330).all()
    later, _ = averages(votes[:50], 1, divisors.Line(1, 1, 1), key=(3, 4), first=20_000)
    assert (later == seats[20_000:20_050]).all()
    other, _ = averages(votes, 1, divisors.Line(1, 1, 1), key=(3, 5))
    assert (other != seats).any()


def test_no_contenders_and_no_seats_are_no_trouble() -> None:
    assert averages(np.zeros((4, 0), np.int64), 3, divisors.Line(1, 1, 1))[0].shape == (4, 0)
    assert remainders(np.ones((4, 2), np.int64), 0, Price(0))[0].sum() == 0
    assert averages(np.zeros((0, 2), np.int64), 3, divisors.Line(1, 1, 1))[0].shape == (0, 2)


def test_most_votes_win_and_equal_ones_draw() -> None:
    votes = np.array([[3, 9, 1], [7, 2, 7], [0, 0, 0]])
    best, status = winners(votes, key=(1, 2))
    assert best[0] == 1 and best[1] in (0, 2)
    assert status.tolist() == [FINE, DRAWN, SILENT]
    many, _ = winners(np.tile([7, 2, 7], (4000, 1)), key=(1, 2))
    assert 1800 < (many == 0).sum() < 2200 and (many != 1).all()
