"""The reconstruction finds what made up a population of known moves and a known jump."""

import numpy as np
import pytest

from sailau.people.cube import InvalidPopulation
from sailau.people.reconstruct import Evidence, reconstruct
from sailau.records.populations import load_population
from sailau.runs.people_reconstruct import _border, _evidence, reconstruct_past
from sailau.terms.errors import NotFound

KZ = load_population("kz")
MOVES = np.array(
    [
        [0.002, -0.025, -0.006, 0.004, -0.007],
        [0.007, -0.016, 0.001, -0.001, -0.003],
        [0.004, -0.020, -0.003, 0.001, -0.002],
    ]
)
JUMPS = np.array([0.0, -0.25, 0.6, 0.0, 0.02])


def made() -> tuple[Evidence, np.ndarray]:
    """Return what is seen of five groups over four censuses, and who answered the last one anew."""
    years, natural = np.array([10.0, 10.0, 12.0]), np.array([0.018, 0.001, 0.004, 0.01, 0.008])
    people = [np.array([9e6, 4e6, 5e5, 3e5, 2e5])]
    for period, moved in zip(years, MOVES, strict=True):
        people.append(people[-1] * np.exp((natural + moved) * period))
    before = people[-1]
    after = before * np.exp(JUMPS)
    after *= before.sum() / after.sum()
    moves = [(m * np.sqrt(a * b)).sum() * t for m, a, b, t in zip(MOVES, people, people[1:], years, strict=False)]
    counts = np.array([*people[:-1], after])
    one = np.ones(5)
    evidence = Evidence(
        counts=counts,
        errors=np.full(4, 0.003),
        years=years,
        natural=np.tile(natural, (3, 1)),
        births=np.full((3, 5), 0.02),
        deaths=np.full((3, 5), 0.01),
        moves=np.array(moves),
        moves_error=np.full(3, 2e4),
        known_moves=np.full((3, 5), np.nan),
        known_error=np.full((3, 5), np.nan),
        fertility=np.stack([0.98 * one, one, 1.02 * one], axis=1),
        mortality=np.stack([0.98 * one, one, 1.02 * one], axis=1),
        asked_again=[False, False, False, True],
    )
    return evidence, after - before


@pytest.mark.slow
def test_known_moves_and_a_known_jump_are_found() -> None:
    evidence, jumped = made()
    found = reconstruct(evidence, draws=250, seed=3)
    assert found.people.shape == (4, 5, 500)
    assert found.worst < 1.1
    assert np.abs(found.jumps.sum(axis=1)).max() < 1
    assert not found.jumps[:3].any()
    low, high = np.quantile(found.jumps[3], [0.025, 0.975], axis=1)
    assert (low[1:3] < jumped[1:3]).all()
    assert (jumped[1:3] < high[1:3]).all()
    assert np.median(found.jumps[3, 1]) < 0 < np.quantile(found.jumps[3, 2], 0.05)
    ends = np.quantile(found.moves, [0.01, 0.99], axis=2)
    assert ((ends[0] <= MOVES) & (ends[1] >= MOVES)).mean() > 0.8


def test_the_evidence_is_what_the_record_says() -> None:
    used = [KZ.census(name) for name in ("1989", "1999", "2009", "2021")]
    evidence = _evidence(KZ, used, ("2021",))
    assert evidence.counts[3].sum() == 19_186_015
    assert evidence.asked_again == [False, False, False, True]
    assert evidence.births.min() > evidence.births.max() / 8 > 0
    assert evidence.moves[0] == pytest.approx(-3.05e6, rel=0.03)
    assert np.isfinite(evidence.known_moves[:, 0]).all()
    assert np.isnan(evidence.known_moves[:, 1:]).all()
    year = {row.year: row.migration for row in KZ.rows["national"]}
    assert _border(KZ, 2000.0, 2002.0) == pytest.approx(year[2000] + year[2001])
    assert _border(KZ, 2000.5, 2000.75) == pytest.approx(year[2000] / 4)


def test_too_few_censuses_are_refused() -> None:
    with pytest.raises(InvalidPopulation, match="2 censuses count everybody"):
        reconstruct_past(KZ, since="2009")
    with pytest.raises(NotFound):
        reconstruct_past(KZ, asked_again=("1066",))
    evidence, _ = made()
    with pytest.raises(InvalidPopulation, match="every group"):
        reconstruct(
            Evidence(**{**{f: getattr(evidence, f) for f in Evidence.__slots__}, "counts": evidence.counts * 0})
        )
