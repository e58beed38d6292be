"""Random laws on random votes: no seat lost or invented, no order followed, no error outside the documented tree.

Half of the laws are made at random, half are editions of the archive and patterns of the documentation with clauses
changed, dropped, doubled, moved or borrowed from one another, which is how every step there is comes to be met.

`SAILAU_FUZZ_SECONDS` says how long to go on, `SAILAU_FUZZ_FIRST` with which case to begin; without them a fixed number
of cases runs.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.fuzz.editions import (
    any_case,
    changed,
    edition_and_tally,
    patterns,
    small_elections,
    steps_of,
    strange,
    with_other_terms,
)
from tests.fuzz.laws import random_law, random_tally, shuffled

from sailau.law.edition import Law
from sailau.law.result import Result
from sailau.seats.count import flat
from sailau.seats.steps import STEPS
from sailau.terms.errors import DrawRequired, Invalid, SailauError, Undecided
from sailau.terms.tally import NATION, Tally

SECONDS = float(os.environ.get("SAILAU_FUZZ_SECONDS", "0"))
FIRST = int(os.environ.get("SAILAU_FUZZ_FIRST", "0"))
CASES, CHANGED = 1_500, 400


def seeds(least: int) -> Iterator[int]:
    start = time.monotonic()
    seed = FIRST
    while seed < FIRST + least or time.monotonic() - start < SECONDS / 2:
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


def examine(law: Law, tally: Tally, rng: random.Random, seed: int) -> Result | SailauError:
    """Count twice, the second time with everything in another order, and hold the outcome to what every count keeps."""
    first = outcome(law, tally)
    again = outcome(law, shuffled(rng, tally))
    assert same(first, again), f"seed {seed}: the order of the input decides: {first} / {again}"
    if isinstance(first, Result):
        assert all(n >= 0 for seats in first.tiers.values() for n in seats.values()), f"seed {seed}"
        words = first.explain()
        assert words or not any(first.tiers.values()), f"seed {seed}: seats without a word"
        assert first.vacant or caused(first) == placed(first), f"seed {seed}: a seat without its cause, or two"
    elif isinstance(first, DrawRequired):
        settled = dict.fromkeys([first.key], first.options[: first.choose])
        try:
            law.count(tally, decisions=settled)
        except DrawRequired as next_one:
            assert next_one.key != first.key or next_one.options != first.options, f"seed {seed}: the lot is ignored"
        except (Invalid, Undecided):
            pass
    return first


def test_random_laws_on_random_votes() -> None:
    counted = undecided = 0
    for seed in seeds(CASES):
        rng = random.Random(seed)
        law = random_law(rng)
        tally = random_tally(rng, law)
        first = examine(law, tally, rng, seed)
        undecided += isinstance(first, DrawRequired)
        if isinstance(first, Result):
            counted += 1
            assert filled(first) == wanted(law, tally), f"seed {seed}: seats lost or invented"
    assert counted > CASES // 4, "most random laws do not count: the fuzz tests little"
    assert undecided > CASES // 100


def kept(law: Law) -> dict[str, int]:
    """Return the seats of the tiers of which the law itself fixes the number, and whose steps cannot change it."""
    moves = {"compensate", "leave", "per_votes", "take_over", "whole_quotas"}
    return {
        tier.name: tier.seats
        for tier in law.tiers
        if tier.seats is not None and not moves & {step.name for step in flat(tier.steps)}
    }


def test_changed_editions_on_strange_votes() -> None:
    counted: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    for seed in seeds(CHANGED):
        rng = random.Random(seed)
        law, tally = any_case(rng)
        if rng.random() < 0.7:
            try:
                law = changed(rng, law)
            except Invalid as refused:
                assert str(refused), f"seed {seed}"
                outcomes["refused"] += 1
                continue
        made = examine(law, strange(rng, tally), rng, seed)
        outcomes[type(made).__name__] += 1
        if isinstance(made, Result):
            counted.update(steps_of(law))
            for name, seats in kept(law).items():
                count = made.counts.get(name)
                filled_here = sum(count.total_placed().values()) + count.vacant - count.extra if count else seats
                assert filled_here == seats, f"seed {seed}: {name} has {seats} seats, {filled_here} were filled"
    assert outcomes["Result"] > sum(outcomes.values()) // 5, "most changed laws do not count: the fuzz tests little"
    assert outcomes["refused"] < sum(outcomes.values()) // 2
    assert len(counted) > len(STEPS) * 2 // 3


@pytest.mark.parametrize("word", sorted(STEPS))
def test_every_step_meets_strange_votes(word: str) -> None:
    """No step is left to chance: each is counted in a law that has it, with its own terms changed one at a time."""
    home = [case for case in patterns() if word in steps_of(case[0])]
    home += [pair for pair in map(edition_and_tally, small_elections()) if word in steps_of(pair[0])][:3]
    assert home, f"no law of the archive and no pattern of the documentation has the step {word}"
    counted = 0
    for seed in range(FIRST, FIRST + 40):
        rng = random.Random(f"{word} {seed}")
        law, tally = rng.choice(home)
        if rng.random() < 0.5:
            try:
                law = with_other_terms(rng, law, word)
            except Invalid:
                continue
        made = examine(law, strange(rng, tally), rng, seed)
        counted += isinstance(made, Result | Undecided)
    assert counted >= 5


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
