"""The methods: margins kept, homogeneous data recovered, no word for the order of the file."""

import numpy as np
import pytest
from tests.votes.known import SHARED, bench, district, made, needs_shared, published

from sailau.kernels.transfers import digamma, fit_margins, fit_units
from sailau.votes.bounds import bounds
from sailau.votes.ensemble import weights_of, within
from sailau.votes.infer import infer
from sailau.votes.learn import error
from sailau.votes.linear import linear_programme, one_way
from sailau.votes.margins import Margins
from sailau.votes.methods import MANY, METHODS, _fewer, estimate


def alike(units: int = 30) -> tuple[Margins, np.ndarray]:
    """Return an election in which each group votes in the same proportions everywhere, to the last vote."""
    people = 10 * np.random.default_rng(3).integers(5, 60, (units, 3))
    shares = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.2, 0.2, 0.6]])
    return Margins.of(people, np.rint(people @ shares).astype(int)), people.sum(axis=0)[:, None] * shares


def test_tables_have_both_margins() -> None:
    margins, _ = district()
    found = infer(margins)
    assert found.estimates is not None and found.table is not None
    for table in (*found.estimates.tables.values(), found.table):
        np.testing.assert_allclose(table.sum(axis=1), margins.group_totals, rtol=1e-9, atol=1e-6)
        np.testing.assert_allclose(table.sum(axis=0), margins.option_totals, rtol=1e-9, atol=1e-6)
        assert (table >= 0).all()


def test_homogeneous_data_is_recovered() -> None:
    """The linear programme is exact in its own direction only: shares alike by group are not alike by option."""
    margins, truth = alike()
    found = estimate(margins).tables
    assert error(found["local"], truth) < 0.2
    assert error(found["dirichlet"], truth) < 0.5
    assert error(found["linear"], truth) > 5


def test_the_linear_programme_is_exact_one_way() -> None:
    margins, truth = alike()
    np.testing.assert_allclose(one_way(margins.people.astype(float), margins.votes.astype(float)), truth, atol=1e-3)


def test_two_by_two_linear_programme_by_hand() -> None:
    # p = (0.8, 0.3): unit 1 has 100 x 0.8 = 80 votes, unit 2 has 50 x 0.8 + 50 x 0.3 = 55; nothing else fits
    found = one_way(np.array([[100.0, 0.0], [50.0, 50.0]]), np.array([[80.0, 20.0], [55.0, 45.0]]))
    np.testing.assert_allclose(found, [[120, 30], [15, 35]], atol=1e-9)


def test_the_dual_solves_the_primal() -> None:
    from scipy.optimize import linprog

    margins, _ = made(units=12, spread=0.2)
    people, votes = margins.people.astype(float), margins.votes.astype(float)
    units, rows = people.shape
    columns = votes.shape[1]
    cells = np.kron(people, np.eye(columns))
    slack = np.eye(units * columns)
    sums = np.hstack([np.kron(np.eye(rows), np.ones((1, columns))), np.zeros((rows, 2 * units * columns))])
    totals = np.hstack([np.kron(people.sum(axis=0)[None], np.eye(columns)), np.zeros((columns, 2 * units * columns))])
    plain = linprog(
        np.r_[np.zeros(rows * columns), np.ones(2 * units * columns)],
        A_eq=np.vstack([np.hstack([cells, slack, -slack]), sums, totals]),
        b_eq=np.r_[votes.ravel(), np.ones(rows), votes.sum(axis=0)],
    )
    shares = one_way(people, votes) / people.sum(axis=0)[:, None]
    assert np.abs(votes - people @ shares).sum() == pytest.approx(plain.fun, rel=1e-7)


def test_the_order_of_units_groups_and_options_does_not_matter() -> None:
    margins, _ = made(spread=0.02)
    rng = np.random.default_rng(5)
    units, groups, options = rng.permutation(40), rng.permutation(3), rng.permutation(3)
    turned = Margins.of(margins.people[units][:, groups], margins.votes[units][:, options])
    one, other = infer(margins), infer(turned)
    assert one.estimates is not None and other.estimates is not None
    assert one.table is not None and other.table is not None
    assert one.low is not None and other.low is not None
    turn = np.ix_(groups, options)
    for name in METHODS:
        np.testing.assert_array_equal(one.estimates.tables[name][turn], other.estimates.tables[name])
    np.testing.assert_allclose(one.table[turn], other.table, rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(one.low[turn], other.low, rtol=1e-9, atol=1e-6)


def test_both_margins_are_treated_alike_by_the_linear_programme() -> None:
    margins, _ = made(spread=0.1)
    people, votes = margins.people.astype(float), margins.votes.astype(float)
    np.testing.assert_allclose(linear_programme(people, votes), linear_programme(votes, people).T, atol=1e-6)


def test_units_that_differ_have_a_small_concentration() -> None:
    found = {spread: estimate(made(spread=spread)[0]).concentration for spread in (0.0, 0.01, 0.1)}
    assert found[0.0] > 500 > 150 > found[0.01] > 50 > 25 > found[0.1] > 4


def test_own_rows_gain_where_groups_live_apart() -> None:
    def lead(evenness: float) -> float:
        problems = [made(units=80, seed=seed, spread=0.03, evenness=evenness) for seed in range(6)]
        tables = [(estimate(margins).tables, truth) for margins, truth in problems]
        return float(np.mean([error(t["local"], truth) - error(t["dirichlet"], truth) for t, truth in tables]))

    assert lead(0.1) > 0 > lead(1.0)


def test_empty_groups_options_and_units_do_no_harm() -> None:
    margins, _ = made()
    people = np.pad(margins.people, ((0, 1), (0, 1)))
    votes = np.pad(margins.votes, ((0, 1), (0, 1)))
    found, plain = infer(Margins.of(people, votes)), infer(margins)
    assert found.table is not None and plain.table is not None
    assert np.isfinite(found.table).all()
    assert found.table[-1].tolist() == [0, 0, 0, 0]
    assert error(found.table[:3, :3], plain.table) < 0.5


def test_fitted_tables_have_their_margins_and_the_odds_of_the_seed() -> None:
    seed, out = np.array([[0.6, 0.4], [0.2, 0.8]]), np.zeros((2, 2))
    fit_margins(seed, np.array([30.0, 70.0]), np.array([45.0, 55.0]), 1000, 1e-14, out)
    np.testing.assert_allclose([out.sum(axis=0), out.sum(axis=1)], [[45, 55], [30, 70]])
    assert out[0, 0] * out[1, 1] / (out[0, 1] * out[1, 0]) == pytest.approx(0.6 * 0.8 / (0.4 * 0.2))


def test_units_are_fitted_one_by_one() -> None:
    rows, columns = np.array([[30.0, 70.0], [5.0, 0.0]]), np.array([[45.0, 55.0], [2.0, 3.0]])
    tables = fit_units(np.array([[0.6, 0.4], [0.2, 0.8]]), rows, columns, 1000, 1e-14)
    np.testing.assert_allclose(tables.sum(axis=2), rows)
    np.testing.assert_allclose(tables.sum(axis=1), columns)


@pytest.mark.parametrize("x", [1e-6, 0.3, 1.0, 5.9, 6.1, 250.0])
def test_digamma(x: float) -> None:
    from scipy.special import digamma as exact

    assert digamma(x) == pytest.approx(float(exact(x)), rel=2e-8, abs=2e-8)


def test_many_units_are_pooled_for_the_linear_programme_only() -> None:
    people, votes = np.ones((MANY + 1, 2)), np.ones((MANY + 1, 2))
    fewer = _fewer(people, votes)
    assert len(fewer[0]) <= MANY
    assert fewer[0].sum() == people.sum() and fewer[1].sum() == votes.sum()


def test_the_more_bounds_say_the_more_own_rows_weigh() -> None:
    slopes = {"local": (1.0, 0.0), "dirichlet": (-1.0, 2.0)}
    low, high = weights_of(0.01, slopes), weights_of(0.5, slopes)
    assert sum(low.values()) == pytest.approx(1)
    assert low["dirichlet"] < low["local"] and high["dirichlet"] > high["local"]
    assert weights_of(0.0, slopes) == weights_of(0.001, slopes)


def test_a_table_outside_the_bounds_is_moved_inside() -> None:
    margins = Margins.of([[90, 10], [20, 80]], [[80, 20], [30, 70]])
    found = bounds(margins)
    moved = within(np.array([[110.0, 0.0], [0.0, 90.0]]), margins, found)
    assert (moved >= found.lower - 0.01).all() and (moved <= found.upper + 0.01).all()
    np.testing.assert_allclose(moved.sum(axis=1), margins.group_totals)
    np.testing.assert_allclose(moved.sum(axis=0), margins.option_totals)


@needs_shared
def test_published_values_of_southeast_north_carolina() -> None:
    ((_, margins, truth),) = bench().problems(SHARED, ["senc"])
    names = ["white", "black", "natam"], ["dem", "rep", "non"]
    people, votes = margins.people.astype(float), margins.votes.astype(float)
    found = infer(margins).table
    assert found is not None
    errors = {
        "linear one way": error(one_way(people, votes), truth),
        "linear": error(linear_programme(people, votes), truth),
        "dirichlet": error(estimate(margins).tables["dirichlet"], truth),
        "ensemble": error(found, truth),
    }
    shares = truth / truth.sum(axis=1, keepdims=True)
    for row in published():
        value, tolerance = float(row["value"]), float(row["tolerance"])
        if row["method"] == "truth":
            group, option = row["what"].split()
            assert shares[names[0].index(group), names[1].index(option)] == pytest.approx(value, abs=tolerance)
        elif row["what"] == "error":
            assert errors[row["method"]] == pytest.approx(value, abs=tolerance)
        else:
            assert errors[row["method"]] <= value
