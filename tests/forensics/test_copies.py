"""Copied figures and digits."""

from dataclasses import replace

import numpy as np

from sailau.forensics.clean import draw_clean
from sailau.forensics.copies import identical_protocols, same_shares
from sailau.forensics.digits import WARNING, benford_second, last_digits, second_digits
from sailau.forensics.finding import Finding, NotTestable

CLEAN = draw_clean(3_000, seed=31)


def p_of(found: Finding | NotTestable) -> float:
    assert isinstance(found, Finding) and found.p is not None
    return found.p


def test_copied_protocols_are_found() -> None:
    assert p_of(identical_protocols(CLEAN, np.random.default_rng(1))) > 0.05
    votes = CLEAN.votes.copy()
    large = np.flatnonzero(votes.sum(axis=1) > 500)
    votes[large[1:12:2]] = votes[large[0:12:2]]
    found = identical_protocols(replace(CLEAN, votes=votes), np.random.default_rng(1))
    assert p_of(found) < 1e-4
    assert len(found.cases) == 5  # type: ignore[union-attr]


def test_shares_made_to_one_percentage_are_found() -> None:
    level = CLEAN.levels[1]
    assert p_of(same_shares(CLEAN, level, np.random.default_rng(1))) > 0.01
    votes = CLEAN.votes.copy()
    made = np.flatnonzero((level.codes < 4) & (CLEAN.counted > 300))
    votes[made, 0] = np.rint(0.622 * CLEAN.counted[made])
    found = same_shares(replace(CLEAN, votes=votes), level, np.random.default_rng(1))
    assert p_of(found) < 1e-4
    assert "62.2" in found.cases[0]  # type: ignore[union-attr]


def test_without_areas_neighbours_are_not_compared() -> None:
    assert isinstance(same_shares(CLEAN, None, np.random.default_rng(1)), NotTestable)


def test_digit_tests_have_no_p_value_and_say_why() -> None:
    for test in (last_digits, second_digits):
        found = test(CLEAN)
        assert isinstance(found, Finding)
        assert found.p is None
        assert found.kind == "curiosity"
        assert found.caution == WARNING


def test_the_law_of_second_digits() -> None:
    law = benford_second()
    assert abs(law.sum() - 1) < 1e-12
    assert round(law[0], 4) == 0.1197
    assert round(law[9], 4) == 0.0850
