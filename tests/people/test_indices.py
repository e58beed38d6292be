"""Indices against published values, their limits, and each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.people.cube import InvalidPopulation
from sailau.people.indices import (
    cross_cuttingness,
    crossing_pairs,
    effective_groups,
    esteban_ray,
    fractionalisation,
    polarisation,
)
from sailau.people.segregation import segregation
from sailau.records.populations import load_population

KZ = load_population("kz")
shares = st.lists(st.integers(1, 10**6), min_size=1, max_size=12)


def of(index, basis_1989: str, **options) -> list[float]:  # type: ignore[no-untyped-def]
    """Return an index for the four censuses, the rest last."""
    out = []
    for name in ("1989", "1999", "2009", "2021"):
        people = KZ.census(name).people(basis_1989 if name == "1989" else None)
        out.append(round(index(list(people.values()), **options), 4))
    return out


def test_the_table_with_the_rest_as_one_group() -> None:
    """Groups and total of one basis, ten groups and the rest: the figures of methods, section 2."""
    assert of(fractionalisation, "present") == pytest.approx([0.690, 0.621, 0.544, 0.478], abs=6e-4)
    assert of(polarisation, "present") == pytest.approx([0.772, 0.799, 0.769, 0.681], abs=6e-4)


def test_the_table_over_the_total_of_residents() -> None:
    """Groups of one basis over the total of the other, the rest atomised: the figures of the dossier, section 4.1.

    Its polarisation counts the rest as one group; atomised it would be .781, .795, .766 and .677.
    """
    mixed = {"rest": "atomised"}
    assert of(fractionalisation, "mixed", **mixed) == pytest.approx([0.682, 0.622, 0.544, 0.479], abs=6e-4)
    assert of(effective_groups, "mixed", **mixed) == pytest.approx([3.14, 2.65, 2.19, 1.92], abs=6e-3)
    assert of(polarisation, "mixed") == pytest.approx([0.785, 0.799, 0.769, 0.681], abs=6e-4)
    assert of(polarisation, "mixed", **mixed) == pytest.approx([0.781, 0.795, 0.766, 0.677], abs=6e-4)


@given(shares)
def test_indices_hold_what_they_promise(people: list[int]) -> None:
    f, q, e = fractionalisation(people), polarisation(people), effective_groups(people)
    assert 0 <= f < 1
    assert -1e-12 <= q <= 1 + 1e-12
    assert e == pytest.approx(1 / (1 - f))
    assert 1 - 1e-12 <= e <= len(people) + 1e-9
    assert esteban_ray(people, scale=4) == pytest.approx(q)
    assert fractionalisation(people[::-1]) == pytest.approx(f)
    assert fractionalisation([n * 7 for n in people]) == pytest.approx(f)
    halves = [n / 2 for n in people for _ in range(2)]
    assert fractionalisation(halves) > f


def test_polarisation_is_highest_with_two_camps_where_fractionalisation_is_not() -> None:
    two, ten = [1, 1], [1] * 10
    assert polarisation(two) == 1 > polarisation(ten)
    assert fractionalisation(two) < fractionalisation(ten)


def test_distances_weigh() -> None:
    d = np.array([[0, 1, 0.1], [1, 0, 1], [0.1, 1, 0]])
    assert esteban_ray([4, 4, 2], d) < esteban_ray([4, 4, 2])
    p = np.array([0.4, 0.4, 0.2])
    slow = sum(p[i] ** 2.3 * p[j] * d[i, j] for i in range(3) for j in range(3))
    assert esteban_ray(p, d, alpha=1.3) == pytest.approx(slow)
    for wrong, words in (({"alpha": 0.0}, "alpha"), ({"alpha": 1.7}, "alpha"), ({"distances": d + 1}, "diagonal")):
        with pytest.raises(InvalidPopulation, match=words):
            esteban_ray(p, **({"distances": d} | wrong))


def test_cutting_across() -> None:
    rng = np.random.default_rng(1)
    table = rng.integers(1, 50, (4, 3)).astype(float)
    cells = [(i, j) for i in range(4) for j in range(3)]
    n, rows, columns = table.sum(), table.sum(axis=1), table.sum(axis=0)
    chi2 = sum(
        (table[i, j] - rows[i] * columns[j] / n) ** 2 / (rows[i] * columns[j] / n) for i in range(4) for j in range(3)
    )
    assert cross_cuttingness(table) == pytest.approx(1 - np.sqrt(chi2 / (n * 2)))
    assert cross_cuttingness(np.outer([1, 2, 3], [5, 1])) == pytest.approx(1)
    assert cross_cuttingness(np.diag([3, 2, 1])) == pytest.approx(0)
    assert cross_cuttingness(np.vstack([table, np.zeros(3)])) == pytest.approx(cross_cuttingness(table))
    pairs = sum(table[a] * table[b] for a in cells for b in cells if (a[0] == b[0]) != (a[1] == b[1]))
    assert crossing_pairs(table) == pytest.approx(pairs / n**2)


def test_draws_in_draws_out() -> None:
    draws = np.random.default_rng(2).random((5, 11))
    assert fractionalisation(draws).shape == (5,)
    assert fractionalisation(draws.T, axis=0) == pytest.approx(fractionalisation(draws))
    assert polarisation(draws)[2] == pytest.approx(polarisation(draws[2]))
    tables = np.random.default_rng(2).random((5, 3, 4))
    assert cross_cuttingness(tables)[1] == pytest.approx(cross_cuttingness(tables[1]))


@pytest.mark.parametrize("people", [[], [0, 0], [1, -1], [1, float("nan")]])
def test_no_people_no_index(people: list[float]) -> None:
    with pytest.raises(InvalidPopulation):
        fractionalisation(people)


def test_the_rest_can_be_left_out() -> None:
    assert fractionalisation([50, 50, 900], rest="dropped") == 0.5
    assert fractionalisation([900, 50, 50], rest="dropped", rest_at=0) == 0.5
    assert fractionalisation([40, 40, 20], rest="atomised") == pytest.approx(0.68)


def test_segregation_by_hand() -> None:
    people = np.array([[80.0, 20.0], [20.0, 80.0]])
    (a, b), whole = segregation(people, ["a", "b"])
    assert a.dissimilarity == pytest.approx(0.6)
    assert a.isolation == pytest.approx(0.8 * 0.8 + 0.2 * 0.2)
    within = -(0.8 * np.log(0.8) + 0.2 * np.log(0.2))
    assert whole == pytest.approx(1 - within / np.log(2))
    assert b.entropy == pytest.approx(whole)
    even, nothing = segregation(np.array([[10.0, 30.0], [20.0, 60.0]]), ["a", "b"])
    assert (even[0].dissimilarity, nothing) == (pytest.approx(0), pytest.approx(0))
    with pytest.raises(InvalidPopulation, match="at least two regions"):
        segregation(people[:1], ["a", "b"])
    with pytest.raises(InvalidPopulation, match="has no people"):
        segregation(np.array([[1.0, 0.0], [1.0, 0.0]]), ["a", "b"])
