"""Many projections at once: every draw has its own factors on the rates; what is kept is added up in bands of age."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.cohorts import FLOWS, carry_draws
from sailau.kernels.engine import COMPILED
from sailau.people.cube import Cube, Floats, InvalidPopulation, band_name, bands, check_people, in_bands
from sailau.people.rates import Rates, checked
from sailau.people.step import step

BLOCK = 8
"""Draws in a piece of work for one thread."""

Work = Callable[[Floats, Floats, Floats], None]
"""What a thread does: factors and scales of some draws in, their kept sums filled."""

LIMIT = 4_000_000_000
"""Bytes that kept sums may take."""


def project_draws(
    people: Floats,
    rates: Rates,
    factors: Floats,
    *,
    start: int,
    regions: Sequence[str],
    groups: Sequence[str],
    scale: Floats | None = None,
    starts: Sequence[int] = (0, 18),
    keep: Sequence[int] | None = None,
    threads: int = 2,
) -> Cube:
    """Return people by draw, in expectation within each draw.

    Parameters
    ----------
    people : array of float
        people[region, group, age, sex] at the start.
    rates : Rates
    factors : array of float
        factors[draw, year, flow, group] times the rates, flows in the order of `FLOWS`; chances are cut at 1.
    start : int
        The year of the start.
    regions, groups : sequence of str
    scale : array of float, optional
        scale[draw, group] times the people at the start.
    starts : sequence of int
        Where bands of age begin.
    keep : sequence of int, optional
        The years that are kept; all by default.
    threads : int
        The same result with any number.

    Raises
    ------
    InvalidPopulation
        People or factors below 0, axes that do not fit, or more to keep than memory holds.
    """
    check_people(people, regions, groups)
    rates = checked(rates)
    draws, years = _check(factors, rates, people, (len(regions), len(groups)))
    first = np.ones((draws, len(groups))) if scale is None else np.asarray(scale, dtype=np.float64)
    spans = bands(people.shape[2], [0, *starts])
    kept = [year for year in range(start, start + years + 1) if keep is None or year in keep]
    shape = (draws, len(kept), len(regions), len(groups), len(spans), 2)
    if 8 * np.prod(shape, dtype=np.float64) > LIMIT:
        raise InvalidPopulation(
            f"{draws:,} draws of {len(kept)} years in {len(spans)} bands need more than {LIMIT / 1e9:.0f} GB",
            hint="keep fewer years or bands",
        )
    out = np.empty(shape)
    slot = np.array([kept.index(y) if y in kept else -1 for y in range(start, start + years + 1)])
    blocks = [slice(i, min(i + BLOCK, draws)) for i in range(0, draws, BLOCK)]
    work = _compiled(people, rates, spans, slot) if COMPILED else _plain(people, rates, spans, slot)
    with ThreadPoolExecutor(max(threads, 1)) as pool:
        list(pool.map(lambda b: work(factors[b], first[b], out[b]), blocks))
    names = tuple(band_name(span, people.shape[2]) for span in spans)
    values = out.transpose(2, 3, 4, 5, 1, 0)
    return Cube(values, tuple(regions), tuple(groups), tuple(kept), names)


def _check(factors: Floats, rates: Rates, people: Floats, sizes: tuple[int, int]) -> tuple[int, int]:
    if factors.ndim != 4 or factors.shape[2:] != (len(FLOWS), sizes[1]):
        raise InvalidPopulation(
            f"factors have the shape {factors.shape}; they are (draws, years, {len(FLOWS)}, {sizes[1]})"
        )
    if not np.isfinite(factors).all() or (factors < 0).any():
        raise InvalidPopulation("a factor is below 0 or not a number")
    if rates.shape != (*sizes, people.shape[2]):
        raise InvalidPopulation(f"rates are for {rates.shape}, people for {(*sizes, people.shape[2])}")
    return factors.shape[0], factors.shape[1]


def _compiled(people: Floats, rates: Rates, spans: Sequence[tuple[int, int]], slot: NDArray[np.int64]) -> Work:
    groups, ages = len(rates.identity), people.shape[2]

    def inner(values: Floats) -> Floats:
        full = np.broadcast_to(values, (values.shape[0], groups, ages, 2))
        return np.ascontiguousarray(full.transpose(0, 1, 3, 2))

    band: NDArray[np.int64] = np.zeros(ages, dtype=np.int64)
    for i, (a, b) in enumerate(spans):
        band[a : b + 1] = i
    births = np.ascontiguousarray(np.broadcast_to(rates.birth_hazards, (len(rates.birth_hazards), groups, 2)))
    fertility = np.ascontiguousarray(np.broadcast_to(rates.fertility, (len(rates.fertility), groups, ages)))
    fixed = (
        inner(np.asarray(people, dtype=np.float64)),
        inner(rates.hazards),
        births,
        fertility,
        np.ascontiguousarray(rates.mothers),
        float(rates.boys),
        inner(rates.emigration),
        inner(rates.immigration),
        inner(rates.repatriation),
        inner(rates.moving),
        np.ascontiguousarray(rates.destinations),
        np.ascontiguousarray(rates.identity),
        np.ascontiguousarray(rates.identity_ages),
    )

    def work(factors: Floats, first: Floats, out: Floats) -> None:
        carry_draws(*fixed, np.ascontiguousarray(factors), np.ascontiguousarray(first), band, slot, out)

    return work


def _plain(people: Floats, rates: Rates, spans: Sequence[tuple[int, int]], slot: NDArray[np.int64]) -> Work:
    """Return the same work by `step`, one draw after another: the slower twin."""

    def work(factors: Floats, first: Floats, out: Floats) -> None:
        for draw in range(len(factors)):
            now = people * first[draw][None, :, None, None]
            for year in range(-1, factors.shape[1]):
                if year >= 0:
                    now, _ = step(now, scaled(rates, factors[draw, year]))
                if slot[year + 1] >= 0:
                    out[draw, slot[year + 1]] = in_bands(now, spans)

    return work


def scaled(rates: Rates, factors: Floats) -> Rates:
    """Return rates times factors[flow, group]; chances are cut at 1, rows keep their sum."""
    of = dict(zip(FLOWS, factors, strict=True))

    def times(values: Floats, flow: str) -> Floats:
        return np.asarray(values * of[flow].reshape((1, -1, *[1] * (values.ndim - 2))))

    return replace(
        rates,
        hazards=times(rates.hazards, "mortality"),
        birth_hazards=times(rates.birth_hazards, "mortality"),
        fertility=times(rates.fertility, "fertility"),
        emigration=np.minimum(times(rates.emigration, "emigration"), 1.0),
        immigration=times(rates.immigration, "immigration"),
        repatriation=times(rates.repatriation, "repatriation"),
        moving=np.minimum(times(rates.moving, "moving"), 1.0),
        identity=strengthened(rates.identity, of["identity"]),
        mothers=strengthened(rates.mothers, of["mothers"]),
    )


def strengthened(matrix: Floats, factors: Floats) -> Floats:
    """Return a matrix of transitions with its moves away from each row times a factor, none beyond certainty.

    Examples
    --------
    >>> strengthened(np.array([[0.9, 0.1], [0.0, 1.0]]), np.array([3.0, 3.0])).round(6).tolist()
    [[0.7, 0.3], [0.0, 1.0]]
    """
    away = matrix * (1 - np.eye(len(matrix)))
    sums = away.sum(axis=1)
    most = np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)
    away = away * np.minimum(factors, most)[:, None]
    return np.asarray(away + np.diag(1 - away.sum(axis=1)))
