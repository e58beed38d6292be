"""Projection: nobody is lost, nothing happens without rates, closed populations reach the eigenvector."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people.shared import AGES, GROUPS, REGIONS, busy_rates, people

from sailau.people.cube import Cube, InvalidPopulation, bands
from sailau.people.project import project
from sailau.people.rates import Rates, checked, no_rates
from sailau.people.step import step
from sailau.terms.errors import NotFound

FLOWS_IN = ("births", "immigration", "repatriation", "moved_in", "identity_in")
FLOWS_OUT = ("deaths", "emigration", "moved_out", "identity_out")


def run(years: int = 30, rates: Rates | None = None, start: np.ndarray | None = None):  # type: ignore[no-untyped-def]
    first = people() if start is None else start
    return project(first, rates or busy_rates(), years, start=2000, regions=REGIONS, groups=GROUPS)


def test_the_books_explain_everybody() -> None:
    found = run()
    assert found.gap < 1e-6
    book = found.book
    for flow in (*FLOWS_IN, *FLOWS_OUT):
        assert (getattr(book, flow) > 0).all(), flow
    plus, minus = (sum(getattr(book, f) for f in flows) for flows in (FLOWS_IN, FLOWS_OUT))
    assert np.allclose(book.end, book.start + plus - minus, atol=1e-6)
    assert np.allclose(book.end, found.cube.at(2030).sum(axis=(2, 3)))


def test_moves_and_changes_of_identity_only_carry_people_about() -> None:
    for book in run().books:
        assert book.moved_in.sum() == pytest.approx(book.moved_out.sum())
        assert np.allclose(book.moved_in.sum(axis=0), book.moved_out.sum(axis=0))
        assert np.allclose(book.identity_in.sum(axis=1), book.identity_out.sum(axis=1))


def test_without_rates_people_only_grow_older() -> None:
    found = run(7, no_rates(len(REGIONS), len(GROUPS), AGES))
    first, last = found.cube.at(2000), found.cube.at(2007)
    cells = found.cube.sum("region", "group", "year")
    assert np.allclose(cells[..., 0], cells[..., -1], rtol=1e-14)
    assert np.array_equal(last[:, :, 7:-1], first[:, :, :-8])
    assert np.allclose(last[:, :, -1], first[:, :, -8:].sum(axis=2))
    assert not last[:, :, :7].any()
    for flow in (*FLOWS_IN, *FLOWS_OUT, "other_mothers"):
        assert not getattr(found.book, flow).any(), flow


def closed(ages: int) -> Rates:
    fertility = np.zeros((1, 2, ages))
    fertility[0, :, 3:7] = np.array([[0.1, 0.3, 0.2, 0.05], [0.2, 0.3, 0.3, 0.1]])
    return no_rates(2, 2, ages).with_(
        hazards=np.linspace(0.01, 0.4, ages)[None, None, :, None] * np.ones((1, 2, 1, 2)),
        birth_hazards=np.full((1, 2, 2), 0.03),
        fertility=fertility,
        mothers=np.array([[0.9, 0.1], [0.2, 0.8]]),
        identity=np.array([[0.99, 0.01], [0.02, 0.98]]),
        moving=np.full((1, 1, 1, 1), 0.05),
        destinations=np.array([[0.0, 1.0], [1.0, 0.0]]),
    )


def test_a_closed_population_reaches_the_eigenvector() -> None:
    ages, rates = 10, closed(10)
    size = 2 * 2 * ages * 2
    columns = [step(unit.reshape(2, 2, ages, 2), rates)[0].ravel() for unit in np.eye(size)]
    values, vectors = np.linalg.eig(np.array(columns).T)
    leading = values.argmax()
    vector = np.real(vectors[:, leading])
    now = np.random.default_rng(5).random((2, 2, ages, 2))
    for _ in range(600):
        before, now = now, step(now, rates)[0]
        now /= now.sum()
    assert np.allclose(now.ravel(), vector / vector.sum(), atol=1e-9)
    assert step(now, rates)[0].sum() == pytest.approx(float(np.real(values[leading])))
    assert before.sum() == pytest.approx(1)


def test_one_woman_has_the_children_of_her_age_and_group() -> None:
    first = np.zeros((1, 2, 4, 2))
    first[0, 0, 1, 0] = 1.0
    rates = no_rates(1, 2, 4).with_(
        fertility=np.array([[[0.0, 0.5, 0.3, 0.0], [0.0, 9.0, 9.0, 0.0]]]),
        mothers=np.array([[0.75, 0.25], [0, 1]]),
        boys=0.5,
    )
    later, book = step(first, rates)
    assert later[0, 0, 2, 0] == 1
    assert book.births.tolist() == [[pytest.approx(0.3), pytest.approx(0.1)]]
    assert book.other_mothers.tolist() == [[0.0, pytest.approx(0.1)]]
    assert later[0, :, 0].tolist() == [[pytest.approx(0.15)] * 2, [pytest.approx(0.05)] * 2]


def test_a_hazard_of_ln_2_halves_a_cohort_and_the_open_age_keeps_its_people() -> None:
    first = np.zeros((1, 1, 3, 2))
    first[0, 0] = [[8, 0], [4, 0], [2, 0]]
    rates = no_rates(1, 1, 3).with_(hazards=np.full((1, 1, 1, 1), np.log(2)))
    later, book = step(first, rates)
    assert later[0, 0, :, 0].tolist() == [pytest.approx(0), pytest.approx(4), pytest.approx(3)]
    assert book.deaths.item() == pytest.approx(7)


@given(seed=st.integers(0, 10_000), years=st.integers(0, 6))
def test_nobody_is_lost_whatever_the_rates(seed: int, years: int) -> None:
    found = project(people(seed), busy_rates(seed), years, start=0, regions=REGIONS, groups=GROUPS)
    assert found.gap < 1e-8
    assert (found.cube.values >= 0).all()


def test_the_projection_is_linear_without_arrivals() -> None:
    rates = busy_rates().with_(immigration=np.zeros((1, 1, 1, 1)), repatriation=np.zeros((1, 1, 1, 1)))
    one, two = people(1), people(2)
    both = run(9, rates, one + two).cube.at(2009)
    assert np.allclose(both, run(9, rates, one).cube.at(2009) + run(9, rates, two).cube.at(2009))


def test_rates_by_year_are_used_in_turn() -> None:
    still, busy = no_rates(len(REGIONS), len(GROUPS), AGES), busy_rates()
    found = project(people(), [still, busy], 2, start=0, regions=REGIONS, groups=GROUPS)
    assert not found.books[0].deaths.any()
    assert found.books[1].deaths.all()
    with pytest.raises(InvalidPopulation, match="rates for 2 years are given, 3 are projected"):
        project(people(), [still, busy], 3, start=0, regions=REGIONS, groups=GROUPS)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hazards": np.full((1, 1, 1, 1), -0.1)}, r"hazards\[0, 0, 0, 0\] is -0.1"),
        ({"fertility": np.full((1, 1, AGES), np.nan)}, r"fertility\[0, 0, 0\] is nan"),
        ({"emigration": np.full((1, 1, 1, 1), 1.2)}, "emigration has a chance above 1"),
        ({"mothers": np.eye(4) * 0.9}, "row 0 of mothers adds up to 0.9"),
        ({"identity": np.eye(4) * 1.1}, "row 0 of identity adds up to 1.1"),
        ({"destinations": np.eye(3)}, "another region"),
        (
            {"immigration": np.ones((2, 1, 1, 1))},
            r"immigration has the shape \(2, 1, 1, 1\); it can be \(3, 4, 20, 2\)",
        ),
    ],
)
def test_rates_that_cannot_be_are_refused(change: dict[str, np.ndarray], words: str) -> None:
    with pytest.raises(InvalidPopulation, match=words):
        checked(busy_rates().with_(**change))


def test_negative_people_are_refused_by_cell() -> None:
    first = people()
    first[1, 2, 7, 1] = -3
    with pytest.raises(InvalidPopulation, match="south, c, age 7, male: -3"):
        run(1, start=first)
    with pytest.raises(InvalidPopulation, match="south, c, age 7, male: nan"):
        run(1, start=np.where(first < 0, np.nan, first))
    with pytest.raises(InvalidPopulation, match="number from 0 on"):
        run(-1)


def test_the_cube_answers_by_axis_and_names_what_it_lacks() -> None:
    cube = run(3).cube
    assert cube.sum("year").shape == (4,)
    assert cube.sum("year", "region").shape == (3, 4)
    assert cube.sum("group")[0] == pytest.approx(cube.values[:, 0].sum())
    with pytest.raises(NotFound, match="2050"):
        cube.at(2050)
    with pytest.raises(NotFound, match="colour"):
        cube.sum("colour")
    with pytest.raises(InvalidPopulation, match="its axes say"):
        Cube(np.ones((2, 2, 3, 2, 1)), ("a",), ("x", "y"), (2000,))


def test_the_cube_becomes_a_labelled_array() -> None:
    array = run(2).cube.to_xarray()
    assert array.dims == ("region", "group", "age", "sex", "year")
    assert float(array.sel(region="south", group="b", year=2002).sum()) == pytest.approx(
        run(2).cube.at(2002)[1, 1].sum()
    )


@pytest.mark.parametrize("starts", [[], [-1, 18], [0, 101]])
def test_bands_of_ages_that_are_not_there(starts: list[int]) -> None:
    with pytest.raises(InvalidPopulation, match="ages begin at 0 and end at 100"):
        bands(101, starts)
    assert bands(101, [100, 18, 0, 18]) == ((0, 17), (18, 99), (100, 100))
