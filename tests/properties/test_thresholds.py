"""Thresholds of inclusion and exclusion against every vote vector there is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

import pytest
from tests.properties.reference import METHODS, Votes


def least_share_with_a_seat(formula: str, n: int, seats: int) -> Fraction:
    """T_incl: below this share a seat is impossible."""
    return {
        "hare": Fraction(1, n * seats),
        "dhondt": Fraction(1, seats + n - 1),
        "sainte_lague": Fraction(1, 2 * seats + n - 2),
    }[formula]


def largest_share_without_a_seat(formula: str, n: int, seats: int) -> Fraction:
    """T_excl: above this share a seat is certain."""
    rivals = min(n - 1, seats)
    return {
        "hare": Fraction(rivals, (rivals + 1) * seats),
        "dhondt": Fraction(1, seats + 1),
        "sainte_lague": Fraction(1, 2 * seats - rivals + 1),
    }[formula]


def vectors(total: int, n: int, most: int | None = None) -> Iterator[tuple[int, ...]]:
    """Yield all ways to split the votes among n rivals, larger first."""
    most = total if most is None else most
    if n == 1:
        if total <= most:
            yield (total,)
        return
    for first in range(min(total, most), -1, -1):
        for rest in vectors(total - first, n - 1, first):
            yield (first, *rest)


def extremes(formula: str, n: int, seats: int, total: int) -> tuple[int, int]:
    """Return the fewest votes that some outcome seats, and the most votes that some outcome leaves without a seat."""
    fewest, most = total, 0
    for own in range(total + 1):
        for rivals in vectors(total - own, n - 1):
            votes: Votes = {"own": own, **{f"rival_{i}": v for i, v in enumerate(rivals)}}
            won = [out["own"] for out in METHODS[formula](votes, seats) or []]
            fewest = min(fewest, own) if max(won) else fewest
            most = max(most, own) if not min(won) else most
    return fewest, most


@pytest.mark.parametrize("formula", ["hare", "dhondt", "sainte_lague"])
@pytest.mark.parametrize(
    ("n", "seats"), [(2, 1), (2, 2), (2, 3), (2, 4), (3, 1), (3, 2), (3, 3), (3, 4), (4, 2), (4, 3)]
)
def test_thresholds_are_reached_and_never_crossed(formula: str, n: int, seats: int) -> None:
    """With as many votes as make both thresholds whole, the extremes of all vectors are the thresholds themselves."""
    low, high = least_share_with_a_seat(formula, n, seats), largest_share_without_a_seat(formula, n, seats)
    total = lcm(low.denominator, high.denominator)
    assert extremes(formula, n, seats, total) == (low * total, high * total)


@pytest.mark.parametrize("formula", ["hare", "dhondt", "sainte_lague"])
@pytest.mark.parametrize("total", [17, 23])
def test_thresholds_hold_for_any_number_of_votes(formula: str, total: int) -> None:
    fewest, most = extremes(formula, 3, 3, total)
    assert Fraction(fewest, total) >= least_share_with_a_seat(formula, 3, 3)
    assert Fraction(most, total) <= largest_share_without_a_seat(formula, 3, 3)


@pytest.mark.parametrize(
    ("lists", "seats", "low", "high"),
    [
        (9, 10, "1.1", "8.9"),
        (10, 10, "1.0", "9.0"),
        (7, 98, "0.15", "0.87"),  # the dossier prints 0.88; 6/686 is 0.8746 %
        (7, 69, "0.21", "1.24"),
        (7, 145, "0.10", "0.59"),
    ],
)
def test_natural_thresholds_of_the_mazhilis(lists: int, seats: int, low: str, high: str) -> None:
    """The natural thresholds in per cent that the dossier gives (§ 8.1); the legal bar was far above them."""
    places = len(low.partition(".")[2])
    assert f"{float(100 * least_share_with_a_seat('hare', lists, seats)):.{places}f}" == low
    places = len(high.partition(".")[2])
    assert f"{float(100 * largest_share_without_a_seat('hare', lists, seats)):.{places}f}" == high


def test_four_passing_lists_of_2004() -> None:
    assert least_share_with_a_seat("hare", 4, 10) == Fraction(25, 1000)
    assert largest_share_without_a_seat("hare", 4, 10) == Fraction(75, 1000)
