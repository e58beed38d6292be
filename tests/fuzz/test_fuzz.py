"""Random laws on random votes: no seat lost or invented, no order followed, no error outside the documented tree.

`SAILAU_FUZZ_SECONDS` says how long to go on; without it a fixed number of cases runs.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.fuzz.laws import random_law, random_tally, shuffled

from sailau.law.edition import Law
from sailau.law.result import Result
from sailau.terms.errors import DrawRequired, Invalid, SailauError, Undecided
from sailau.terms.tally import NATION, Tally

SECONDS = float(os.environ.get("SAILAU_FUZZ_SECONDS", "0"))
CASES = 1_500


def seeds() -> Iterator[int]:
    start = time.monotonic()
    seed = 0
    while seed < CASES or time.monotonic() - start < SECONDS:
        yield seed
        seed += 1


def outcome(law: Law, tally: Tally) -> Result | SailauError:
    try:
        result = law.count(tally)
        _ = result.seats
        return result
    except (Invalid, Undecided) as error:
        assert str(error)
        return error


def caused(result: Result) -> Counter[tuple[str, str, str]]:
    """Return the seats of the explanation, by tier, area and contender."""
    return Counter((seat.tier, seat.area, seat.contender) for seat in result.trail.seats())


def placed(result: Result) -> Counter[tuple[str, str, str]]:
    """Return the seats of the count, by tier, area and contender."""
    parts = [(name, NATION, count) for name, count in result.counts.items()]
    parts += [(name, area, part) for name, count in result.counts.items() for area, part in count.areas.items()]
    return Counter({(name, area, c): n for name, area, part in parts for c, n in part.placed.items() if n})


def filled(result: Result) -> int:
    return sum(sum(count.total_placed().values()) + count.vacant - count.extra for count in result.counts.values())


def wanted(law: Law, tally: Tally) -> int:
    total = 0
    for tier in law.tiers:
        if tier.seats is not None:
            total += tier.seats
        elif tier.district == "single_member":
            total += len(tally.tiers[tier.name].votes)
        elif tier.district == "multi_member":
            total += sum(tally.tiers[tier.name].seats.values())
    return total


def same(one: Result | SailauError, other: Result | SailauError) -> bool:
    if isinstance(one, Result) and isinstance(other, Result):
        return one.areas == other.areas and one.vacant == other.vacant
    if isinstance(one, Undecided) and isinstance(other, Undecided):
        return (type(one), one.key, set(one.options), one.choose) == (
            type(other),
            other.key,
            set(other.options),
            other.choose,
        )
    return type(one) is type(other)


def test_random_laws_on_random_votes() -> None:
    counted = undecided = 0
    for seed in seeds():
        rng = random.Random(seed)
        law = random_law(rng)
        tally = random_tally(rng, law)
        first = outcome(law, tally)
        again = outcome(law, shuffled(rng, tally))
        assert same(first, again), f"seed {seed}: the order of the input decides: {first} / {again}"
        if isinstance(first, Result):
            counted += 1
            assert filled(first) == wanted(law, tally), f"seed {seed}: seats lost or invented"
            assert all(n >= 0 for seats in first.tiers.values() for n in seats.values()), f"seed {seed}"
            assert first.explain() is not None
            assert first.vacant or caused(first) == placed(first), f"seed {seed}: a seat without its cause, or two"
        elif isinstance(first, DrawRequired):
            undecided += 1
            settled = dict.fromkeys([first.key], first.options[: first.choose])
            try:
                law.count(tally, decisions=settled)
            except DrawRequired as next_one:
                assert next_one.key != first.key or next_one.options != first.options, (
                    f"seed {seed}: the lot is ignored"
                )
            except SailauError:
                pass
    assert counted > CASES // 4, "most random laws do not count: the fuzz tests little"
    assert undecided > CASES // 100


def test_the_fuzz_sees_a_lost_seat(monkeypatch: pytest.MonkeyPatch) -> None:
    """A formula that drops a seat must not get past the laws."""
    from sailau.seats import formula

    right = formula.largest_remainder

    def wrong(*args: object, **options: object) -> object:
        made = right(*args, **options)  # type: ignore[arg-type]
        best = max(made.seats, key=lambda c: made.seats[c])
        return type(made)({**made.seats, best: max(0, made.seats[best] - 1)}, made.votes, made.n_seats, made.method)

    monkeypatch.setattr(formula, "largest_remainder", wrong)
    from sailau.law.library import load_law
    from sailau.terms.errors import SeatsLeft

    with pytest.raises(SeatsLeft):
        load_law("kz/mazhilis", on="2023-03-19").count(Tally.of({"a": 70, "b": 30}))
