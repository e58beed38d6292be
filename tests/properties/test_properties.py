"""Which formula keeps which property: kept ones are searched for a breach, broken ones have a witness."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.properties.laws import NAMES, PROPERTIES, Property, seats, votes
from tests.properties.reference import DIVISOR_FORMULAS, FORMULAS, METHODS, QUOTA_FORMULAS, Method, Votes
from tests.properties.witnesses import KEPT, WITNESSES


def search(law: Property, methods: Mapping[str, Method]) -> None:
    @given(case=law.cases)
    def probe(case: tuple[object, ...]) -> None:
        for name, method in methods.items():
            assert law.holds(method, *case), f"{name} breaks {law.name}"

    probe()


@pytest.mark.parametrize("name", PROPERTIES)
def test_kept(name: str) -> None:
    search(PROPERTIES[name], {formula: METHODS[formula] for formula in KEPT[name]})


@pytest.mark.parametrize("name", PROPERTIES)
def test_the_search_catches_a_wrong_method(name: str) -> None:
    law = PROPERTIES[name]

    @settings(phases=[Phase.generate], report_multiple_bugs=False)
    @given(case=law.cases)
    def probe(case: tuple[object, ...]) -> None:
        assert law.holds(law.wrong, *case), "caught"

    with pytest.raises(AssertionError, match="caught"):
        probe()


@pytest.mark.parametrize(("name", "formula"), [(name, formula) for name in WITNESSES for formula in WITNESSES[name]])
def test_broken(name: str, formula: str) -> None:
    assert not PROPERTIES[name].holds(METHODS[formula], *WITNESSES[name][formula])


# The table, as the textbooks have it: who keeps what. A formula that moves from one side to the other must be seen.

_DIVISORS, _QUOTAS = set(DIVISOR_FORMULAS), set(QUOTA_FORMULAS)
_TEXTBOOK = {
    "anonymity": _DIVISORS | _QUOTAS,
    "concordance": _DIVISORS | _QUOTAS,
    "balance": _DIVISORS | _QUOTAS,
    "homogeneity": _DIVISORS | {"hare", "hagenbach_bischoff", "imperiali_quota"},
    "exactness": (_DIVISORS - {"imperiali_divisor", "estonian", "macanese"})
    | {"hare", "droop", "hare_rounded", "hare_rounded_half_down", "hare_rounded_down", "hare_rounded_up"},
    "house": _DIVISORS,
    "more_votes": _DIVISORS | {"hare", "hagenbach_bischoff", "imperiali_quota"},
    "population": _DIVISORS,
    "lower_quota": {"dhondt", "hare", "hagenbach_bischoff", "imperiali_quota"}
    | {name for name in _QUOTAS if name.endswith("_rounded_down")},
    "upper_quota": {"adams", "hare", "hare_rounded_up"},
    "consistency": _DIVISORS,
    "merger": {"dhondt", "imperiali_divisor", "estonian"},
    "splitting": {"adams"},
}


def test_the_table_is_the_textbooks() -> None:
    assert {name: set(kept) for name, kept in KEPT.items()} == _TEXTBOOK


def test_no_formula_keeps_quota_and_population() -> None:
    """Balinski and Young: no method that avoids the population paradox always stays within the quota."""
    within = set(KEPT["lower_quota"]) & set(KEPT["upper_quota"])
    assert within == {"hare"}
    assert not within & set(KEPT["population"])


# The famous witnesses.


def test_alabama_paradox() -> None:
    ballots = {"large": 6, "middle": 6, "small": 2}
    assert METHODS["hare"](ballots, 10) == [{"large": 4, "middle": 4, "small": 2}]
    assert METHODS["hare"](ballots, 11) == [{"large": 5, "middle": 5, "small": 1}]


def test_new_state_paradox() -> None:
    """A newcomer brings its own seat (its claim is 3/4 of one), and a seat moves between the others."""
    before, newcomer = {"A": 1, "B": 3, "C": 16}, {"D": 5}
    assert METHODS["hare"](before, 3) == [{"A": 0, "B": 1, "C": 2}]
    assert METHODS["hare"](before | newcomer, 4) == [{"A": 0, "B": 0, "C": 3, "D": 1}]
    for name in DIVISOR_FORMULAS:
        for out in METHODS[name](before | newcomer, 4) or []:
            kept = {c: out[c] for c in before}
            assert kept in (METHODS[name](before, sum(kept.values())) or []), name


def test_population_paradox() -> None:
    """B grows against A, and hands A a seat."""
    earlier, later = WITNESSES["population"]["hare"][:2]
    house = WITNESSES["population"]["hare"][2]
    (was,), (now,) = METHODS["hare"](earlier, house) or [], METHODS["hare"](later, house) or []
    robbed = [
        (i, j)
        for i in was
        for j in was
        if later[i] * earlier[j] > earlier[i] * later[j] and now[i] < was[i] and now[j] > was[j]
    ]
    assert robbed


def test_a_rounded_quota_costs_a_list_a_seat_for_gaining_votes() -> None:
    ballots, house, _, gain = WITNESSES["more_votes"]["hagenbach_bischoff_rounded_down"]
    more = ballots | {"A": ballots["A"] + gain}
    (was,), (now,) = (METHODS["hagenbach_bischoff_rounded_down"](b, house) or [] for b in (ballots, more))
    assert now["A"] < was["A"]


# Bias: the five historic divisor methods from the smallest contender's friend to the largest's.

_FROM_SMALL_TO_LARGE = ("adams", "dean", "huntington_hill", "sainte_lague", "dhondt", "imperiali_divisor")


@given(votes(), seats)
def test_bias_towards_the_large(ballots: Votes, house: int) -> None:
    """In turn, each method gives the k largest together no less than the one before."""
    line = sorted(ballots, key=lambda c: -ballots[c])
    if len(set(ballots.values())) < len(ballots):
        return
    made = [METHODS[name](ballots, house) or [] for name in _FROM_SMALL_TO_LARGE]
    for k in range(1, len(line)):
        least = [min(sum(out[c] for c in line[:k]) for out in outs) for outs in made]
        most = [max(sum(out[c] for c in line[:k]) for out in outs) for outs in made]
        assert least == sorted(least)
        assert most == sorted(most)


@given(st.lists(st.integers(1, 500), min_size=2, max_size=2), seats)
def test_sainte_lague_keeps_quota_for_two(figures: list[int], house: int) -> None:
    ballots = dict(zip(NAMES, figures, strict=False))
    total = sum(figures)
    for out in METHODS["sainte_lague"](ballots, house) or []:
        assert all(ballots[c] * house // total <= out[c] <= -(-ballots[c] * house // total) for c in ballots)


def test_every_formula_is_held_to_every_property() -> None:
    assert set(WITNESSES) <= set(PROPERTIES)
    for name in PROPERTIES:
        assert set(KEPT[name]) | set(WITNESSES.get(name, {})) == set(FORMULAS)
