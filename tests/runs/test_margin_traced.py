"""Margins of steps that do not say what they compare, against a search vote by vote over the whole law.

40 small cases are drawn for each mechanism; SAILAU_MARGIN_CASES asks for another number.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import pytest
from tests.runs import margin_laws, margin_laws_linked
from tests.runs.margin_laws import Drawn
from tests.runs.test_margin_bounds import ADDED, Seats, after, counted, fewest

from sailau.law.edition import Law
from sailau.runs.margin import TierMargin, margin
from sailau.runs.margin_book import Book, first_break
from sailau.runs.margin_contest import Move
from sailau.terms.moving import Held, Moving, rounded_down
from sailau.terms.tally import Tally

LAWS = {**margin_laws.LAWS, **margin_laws_linked.LAWS}
LOOKED_AT = {"join", "carry", "deduct", "join, decimals", "top_up", "entitle, spread, cover"}
"""Laws whose lists look at the votes of candidates: with these any seat may change."""
CASES = int(os.environ.get("SAILAU_MARGIN_CASES", "40"))


def drawn(rng: random.Random, make: Callable[[random.Random], Drawn]) -> tuple[Law, Drawn, Seats]:
    """Return the next law whose votes as they are leave nothing open."""
    while True:
        law, tally = make(rng)
        base = counted(law, tally)
        if base is not None:
            return law, (law, tally), base


def check(rng: random.Random, name: str) -> TierMargin:
    """Compare the margin of the last tier that has votes, or of all, with what is found vote by vote."""
    law, (_, tally), base = drawn(rng, LAWS[name])
    parts = margin(law, tally).tiers
    for part in parts if name in LOOKED_AT else parts[-1:]:
        compare(law, tally, base, part)
    return parts[-1]


def compare(law: Law, tally: Tally, base: Seats, part: TierMargin) -> None:
    truth = fewest(law, tally, part.tier, base)
    assert truth is None or (part.lower is not None and part.lower <= truth), (law, tally, part, truth)
    if part.exact and (part.upper is None or part.upper <= ADDED):
        assert part.upper == truth, (law, tally, part, truth)
    if part.best is not None:
        best = part.best
        moved = after(tally, part.tier, best.area, best.move.giver, best.move.taker, best.votes)
        assert part.upper == best.votes
        assert counted(law, moved) not in (None, base), (law, tally, part)


@pytest.mark.parametrize("name", list(LAWS))
def test_equals_the_slow_search(name: str) -> None:
    rng = random.Random(name)
    found = [check(rng, name) for _ in range(CASES)]
    assert sum(part.exact for part in found) >= 0.9 * len(found), {part.why for part in found}
    assert sum((part.lower or 0) > 1 for part in found) >= len(found) // 8


@pytest.mark.parametrize(
    ("name", "silenced"),
    [
        ("bonus", "sailau.runs.margin_book.next_break"),
        ("entitle, enlarge, spread", "sailau.seats.averages.note_averages"),
        ("biproportional", "sailau.seats.biproportional_matrix.note_chains"),
    ],
)
def test_a_comparison_that_is_not_noted_is_found_out(name: str, silenced: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silenced, lambda *_, **__: None)
    monkeypatch.setattr("sailau.runs.margin_book.Book.rough", _nothing_rough)
    monkeypatch.setattr("sailau.runs.margin.probe", lambda *_: None)
    rng = random.Random(silenced)
    with pytest.raises(AssertionError):
        for _ in range(200):
            check(rng, name)


def _nothing_rough(book: Book, area: str, moves: Sequence[Move]) -> list[int | None]:
    """Ask after each move by itself."""
    return [book.first(area, move) for move in moves]


def test_a_rounded_number_is_off_its_line_by_less_than_one() -> None:
    book: list[Held] = []
    votes = Moving.of(47, {("n", "a"): 1}, book)
    loose = rounded_down(votes / 10)
    assert (loose == 4, loose < 5, loose >= 4) == (True, True, True)
    assert all(first_break(held.along({("n", "b"): 1})) is None for held in book)
    assert min(first_break(held.along({("n", "a"): 1})) or 99 for held in book) <= 3  # 50 / 10 is 5


def test_numbers_that_move_are_the_fractions_that_they_are() -> None:
    rng = random.Random(8)
    for _ in range(2000):
        book: list[Held] = []
        now, lines = [rng.randint(1, 60) for _ in "abc"], ["a", "b", "c"]
        ours: list[Any] = [Moving.of(n, {("n", line): 1}, book) for n, line in zip(now, lines, strict=True)]
        plain: list[Any] = [Fraction(n) for n in now]
        for _ in range(rng.randint(1, 5)):
            do = rng.choice(OPERATIONS)
            i, j = rng.randrange(len(ours)), rng.randrange(len(ours))
            if plain[j] == 0:
                continue
            ours.append(do(ours[i], ours[j]))
            plain.append(do(plain[i], plain[j]))
        i, j = rng.randrange(len(ours)), rng.randrange(len(ours))
        asked = ours[i] > ours[j], ours[i] == ours[j], ours[i] // 3, ours[j] <= Fraction(7, 2)
        assert asked == (plain[i] > plain[j], plain[i] == plain[j], plain[i] // 3, plain[j] <= Fraction(7, 2))


OPERATIONS: list[Callable[[Any, Any], Any]] = [
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: a * b,
    lambda a, b: a / b,
    lambda a, b: 3 * a - b / 2,
    lambda a, b: a % b if b > 0 else a,
]
