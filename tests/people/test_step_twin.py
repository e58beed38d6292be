"""A year of a population once more, cell by cell in plain Python, whatever the rates; and what a wrong year does."""

import inspect
from math import exp
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sailau.people.step as year
from sailau.people.cube import FEMALE
from sailau.people.rates import Rates, no_rates

R, G, A = 2, 3, 4
MALE = 1 - FEMALE


@st.composite
def populations(draw: st.DrawFn) -> tuple[np.ndarray, Rates]:
    """Return people and rates, ends included: nobody there, everybody leaves, everybody changes."""

    def some(*shape: int, low: float = 0, high: float = 1) -> np.ndarray:
        n = int(np.prod(shape))
        flat = draw(st.lists(st.sampled_from([low, high]) | st.floats(low, high), min_size=n, max_size=n))
        return np.array(flat).reshape(shape)

    def rows(table: np.ndarray) -> np.ndarray:
        table = table + np.eye(len(table)) * 1e-3
        return np.asarray(table / table.sum(axis=1, keepdims=True))

    away = np.array([[0.0, 1.0], [1.0, 0.0]])
    rates = no_rates(R, G, A).with_(
        hazards=some(R, G, A, 2, high=3),
        birth_hazards=some(1, G, 2),
        fertility=some(1, G, A),
        mothers=rows(some(G, G)),
        identity=rows(some(G, G)),
        identity_ages=some(A),
        emigration=some(R, G, A, 2),
        immigration=some(R, G, A, 2, high=50),
        repatriation=some(R, G, A, 2, high=50),
        moving=some(R, G, A, 2),
        destinations=away,
    )
    return some(R, G, A, 2, high=1000), rates


def at(table: np.ndarray, *place: int) -> float:
    """Return a rate; axes may be of length 1."""
    return float(table[tuple(i if n > 1 else 0 for i, n in zip(place, table.shape, strict=True))])


def twin(people: np.ndarray, rates: Rates) -> np.ndarray:
    """Return people a year later, by the order that the page on people tells."""
    now: dict[tuple[int, ...], float] = {place: float(people[place]) for place in np.ndindex(people.shape)}
    after: dict[tuple[int, ...], float] = dict.fromkeys(now, 0.0)
    stay: dict[tuple[int, ...], float] = dict.fromkeys(now, 0.0)
    for (r, g, a, s), n in now.items():
        alive = n * exp(-at(rates.hazards, r, g, a, s))
        here = alive * (1 - at(rates.emigration, r, g, a, s))
        for to in range(R):
            moved = here * at(rates.moving, r, g, a, s)
            stay[to, g, a, s] += moved * at(rates.destinations, r, to)
        stay[r, g, a, s] += here * (1 - at(rates.moving, r, g, a, s))
    for (r, g, a, s), n in stay.items():
        for h in range(G):
            part = at(rates.identity, g, h) * at(rates.identity_ages, a)
            part = (
                part
                if h != g
                else 1 - sum(at(rates.identity, g, k) for k in range(G) if k != g) * at(rates.identity_ages, a)
            )
            after[r, h, min(a + 1, A - 1), s] += n * part
    for place in after:
        after[place] += at(rates.immigration, *place) + at(rates.repatriation, *place)
    born = dict(after)
    for r in range(R):
        for mother in range(G):
            for a in range(A):
                women = (now[r, mother, a, FEMALE] + after[r, mother, a, FEMALE]) / 2
                for child in range(G):
                    for s in (FEMALE, MALE):
                        share = rates.boys if s == MALE else 1 - rates.boys
                        n = women * at(rates.fertility, r, mother, a) * at(rates.mothers, mother, child) * share
                        born[r, child, 0, s] += n * exp(-at(rates.birth_hazards, r, child, s))
    return np.array([born[place] for place in np.ndindex(people.shape)]).reshape(people.shape)


@settings(max_examples=60, deadline=None)
@given(populations())
def test_a_year_is_what_the_twin_says_and_the_books_explain_it(given_: tuple[np.ndarray, Rates]) -> None:
    people, rates = given_
    later, book = year.step(people, rates)
    assert later == pytest.approx(twin(people, rates), rel=1e-9, abs=1e-9)
    assert (later >= -1e-9).all()
    assert np.abs(book.gap).max() < 1e-8 * max(later.sum(), 1)
    came = book.births.sum() + book.immigration.sum() + book.repatriation.sum()
    went = book.deaths.sum() + book.emigration.sum()
    assert later.sum() == pytest.approx(people.sum() + came - went, rel=1e-9, abs=1e-8)
    assert book.moved_in.sum() == pytest.approx(book.moved_out.sum(), abs=1e-8)
    assert book.identity_in.sum() == pytest.approx(book.identity_out.sum(), abs=1e-8)


MUTANTS = [
    ("left = left - gone\n", "left = left\n"),
    ("left = left - out + came", "left = left - out"),
    ("left = left - out + came", "left = left + came"),
    ("out[:, :, -1, :] += people[:, :, -1, :]", "pass"),
    ("alive = born * np.exp(-rates.birth_hazards)", "alive = born"),
    ("return people - left + came,", "return people + came,"),
    ("(before[:, :, :, FEMALE] + after[:, :, :, FEMALE]) / 2", "before[:, :, :, FEMALE]"),
    ("children = by_mother @ rates.mothers", "children = by_mother @ rates.mothers.T"),
    ('np.einsum("rgas,gh->rhas", shifting, shifts)', 'np.einsum("rgas,hg->rhas", shifting, shifts)'),
    ("rates.immigration + rates.repatriation", "rates.immigration"),
    ("dead = cells(people - people * np.exp(-rates.hazards)) +", "dead = 0 *"),
    ("people * np.exp(-rates.hazards)\n", "people * (1 - rates.hazards)\n"),
]


@pytest.mark.parametrize(("old", "new"), MUTANTS, ids=range(len(MUTANTS)))
def test_a_wrong_year_is_seen(old: str, new: str) -> None:
    source = inspect.getsource(year)
    assert old in source
    wrong: dict[str, Any] = {"__name__": year.__name__}
    exec(compile(source.replace(old, new, 1), "mutant", "exec"), wrong)
    rng = np.random.default_rng(5)
    people = rng.random((R, G, A, 2)) * 100
    mix = rng.random((2, G, G)) + np.eye(G)
    rates = no_rates(R, G, A).with_(
        hazards=rng.random((R, G, A, 2)),
        birth_hazards=rng.random((1, G, 2)),
        fertility=rng.random((1, G, A)),
        mothers=mix[0] / mix[0].sum(axis=1, keepdims=True),
        identity=mix[1] / mix[1].sum(axis=1, keepdims=True),
        identity_ages=rng.random(A),
        emigration=rng.random((R, G, A, 2)) / 2,
        immigration=rng.random((R, G, A, 2)),
        repatriation=rng.random((R, G, A, 2)),
        moving=rng.random((R, G, A, 2)) / 2,
        destinations=np.array([[0.0, 1.0], [1.0, 0.0]]),
    )
    later, book = wrong["step"](people, rates)
    off = np.abs(later - twin(people, rates)).max()
    assert off > 1e-3 or np.abs(book.gap).max() > 1e-3
