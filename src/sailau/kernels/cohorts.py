"""Cohorts by draw: people of each age carried through the years, many draws of the rates side by side.

Arrays are [region, group, sex, age], ages innermost, so that the loops over them run as vectors.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import compiled

Floats = NDArray[np.float64]

FLOWS = ("fertility", "mortality", "emigration", "immigration", "repatriation", "moving", "identity", "mothers")
"""What a draw can raise or lower, in the order of the axis of factors."""

_FERTILITY, _MORTALITY, _EMIGRATION, _IMMIGRATION, _REPATRIATION, _MOVING, _IDENTITY, _MOTHERS = range(8)


@compiled
def carry_draws(
    people: Floats,
    hazards: Floats,
    birth_hazards: Floats,
    fertility: Floats,
    mothers: Floats,
    boys: float,
    emigration: Floats,
    immigration: Floats,
    repatriation: Floats,
    moving: Floats,
    destinations: Floats,
    identity: Floats,
    identity_ages: Floats,
    factors: Floats,
    start: Floats,
    band: NDArray[np.int64],
    slot: NDArray[np.int64],
    out: Floats,
) -> None:
    """Carry people through the years of every draw, and add up what is kept.

    Parameters
    ----------
    people : array
        [region, group, sex, age]; `start`[draw, group] scales it.
    hazards, birth_hazards, fertility, emigration, immigration, repatriation, moving : array
        [region or 1, group, sex, age]; birth hazards [region or 1, group, sex], fertility [region or 1, group, age].
    mothers, destinations, identity : array
        Rows add up to 1.
    factors : array
        factors[draw, year, flow, group], flows as in `FLOWS`; chances are cut at 1, rows keep their sum.
    band, slot : array of int
        The band of each age, and where each year (the start is year 0) is kept, -1 for nowhere.
    out : array
        out[draw, kept year, region, group, band, sex], filled here.
    """
    draws, years = factors.shape[0], factors.shape[1]
    regions, groups, _, ages = people.shape
    now, later = np.empty_like(people), np.empty_like(people)
    rest, going = np.empty((regions, ages)), np.empty((regions, ages))
    born, shifting = np.empty((regions, groups)), np.empty((groups, ages))
    weights, arrivals = np.empty((groups, groups)), destinations.T.copy()
    shifts, moves = _off_sums(identity), moving.max() > 0
    changing = shifts.max() > 0
    for draw in range(draws):
        for g in range(groups):
            now[:, g] = people[:, g] * start[draw, g]
        if slot[0] >= 0:
            _keep(now, band, out[draw, slot[0]])
        for year in range(years):
            f = factors[draw, year]
            for g in range(groups):
                for s in range(2):
                    _stay(now, g, s, hazards, emigration, f, rest)
                    if moves:
                        _move(rest, going, moving, g, s, arrivals, f)
                    later[:, g, s] = rest
            if changing:
                _shift_weights(identity, shifts, f, weights)
                _shift(later, shifting, weights, identity_ages)
            _age(later, immigration, repatriation, f)
            _bear(now, later, fertility, mothers, f, born)
            _add_born(later, born, boys, birth_hazards, f)
            now, later = later, now
            if slot[year + 1] >= 0:
                _keep(now, band, out[draw, slot[year + 1]])


@compiled
def _off_sums(matrix: Floats) -> Floats:
    out = np.zeros(matrix.shape[0])
    for g in range(matrix.shape[0]):
        for h in range(matrix.shape[0]):
            if h != g:
                out[g] += matrix[g, h]
    return out


@compiled
def _stay(now: Floats, g: int, s: int, hazards: Floats, emigration: Floats, f: Floats, rest: Floats) -> None:
    """Set `rest`[region, age] to who survives and does not leave the country."""
    regions, ages = rest.shape
    alive = np.empty(ages)
    one_hazard, one_exit = hazards.shape[0] == 1, emigration.shape[0] == 1
    for r in range(regions):
        if r == 0 or not (one_hazard and one_exit):
            h, e = hazards[0 if one_hazard else r, g, s], emigration[0 if one_exit else r, g, s]
            for a in range(ages):
                alive[a] = math.exp(-h[a] * f[_MORTALITY, g]) * (1.0 - min(e[a] * f[_EMIGRATION, g], 1.0))
        source, target = now[r, g, s], rest[r]
        for a in range(ages):
            target[a] = source[a] * alive[a]


@compiled
def _add_four(target: Floats, weights: Floats, sources: Floats, first: int) -> None:
    """Add four weighted sources to a target at once: the target is read and written a quarter as often."""
    w0, w1, w2, w3 = weights[first], weights[first + 1], weights[first + 2], weights[first + 3]
    s0, s1, s2, s3 = sources[first], sources[first + 1], sources[first + 2], sources[first + 3]
    for a in range(target.shape[0]):
        target[a] += (s0[a] * w0 + s1[a] * w1) + (s2[a] * w2 + s3[a] * w3)


@compiled
def _add_all(target: Floats, weights: Floats, sources: Floats, n: int) -> None:
    whole = n - n % 4
    for i in range(0, whole, 4):
        _add_four(target, weights, sources, i)
    for i in range(whole, n):
        w, s = weights[i], sources[i]
        for a in range(target.shape[0]):
            target[a] += s[a] * w


@compiled
def _move(rest: Floats, going: Floats, moving: Floats, g: int, s: int, arrivals: Floats, f: Floats) -> None:
    """Move people between regions; arrivals[to, from] are the shares of those who go."""
    regions, ages = rest.shape
    one = moving.shape[0] == 1
    for r in range(regions):
        chance, stay, leave = moving[0 if one else r, g, s], rest[r], going[r]
        for a in range(ages):
            leave[a] = stay[a] * min(chance[a] * f[_MOVING, g], 1.0)
            stay[a] -= leave[a]
    for q in range(regions):
        _add_all(rest[q], arrivals[q], going, regions)


@compiled
def _shift(later: Floats, shifting: Floats, weights: Floats, identity_ages: Floats) -> None:
    """Change groups; weights[to, from] are shares of those who shift, the diagonal is what leaves, below 0."""
    regions, groups, _, ages = later.shape
    for r in range(regions):
        for s in range(2):
            for g in range(groups):
                source, part = later[r, g, s], shifting[g]
                for a in range(ages):
                    part[a] = source[a] * identity_ages[a]
            for h in range(groups):
                _add_all(later[r, h, s], weights[h], shifting, groups)


@compiled
def _shift_weights(identity: Floats, sums: Floats, f: Floats, weights: Floats) -> None:
    groups = identity.shape[0]
    for g in range(groups):
        strength = min(f[_IDENTITY, g], 1.0 / sums[g]) if sums[g] > 0.0 else 0.0
        for h in range(groups):
            weights[h, g] = -sums[g] * strength if h == g else identity[g, h] * strength


@compiled
def _age(later: Floats, immigration: Floats, repatriation: Floats, f: Floats) -> None:
    """Let everybody grow a year older, and add who came."""
    regions, groups, _, ages = later.shape
    for r in range(regions):
        i, j = min(r, immigration.shape[0] - 1), min(r, repatriation.shape[0] - 1)
        for g in range(groups):
            for s in range(2):
                line, came, back = later[r, g, s], immigration[i, g, s], repatriation[j, g, s]
                oldest = line[ages - 1] + (line[ages - 2] if ages > 1 else 0.0)
                for a in range(ages - 1, 0, -1):
                    line[a] = line[a - 1]
                line[0] = 0.0
                line[ages - 1] = oldest
                for a in range(ages):
                    line[a] += came[a] * f[_IMMIGRATION, g] + back[a] * f[_REPATRIATION, g]


@compiled
def _bear(before: Floats, after: Floats, fertility: Floats, mothers: Floats, f: Floats, born: Floats) -> None:
    """Set born[region, child's group] from women in the middle of the year."""
    regions, groups, _, ages = before.shape
    born[:] = 0.0
    for r in range(regions):
        q = min(r, fertility.shape[0] - 1)
        for g in range(groups):
            children = 0.0
            for a in range(ages):
                children += (before[r, g, 0, a] + after[r, g, 0, a]) * fertility[q, g, a]
            children *= 0.5 * f[_FERTILITY, g]
            away = 1.0 - mothers[g, g]
            strength = min(f[_MOTHERS, g], 1.0 / away) if away > 0.0 else 0.0
            for h in range(groups):
                if h == g:
                    born[r, h] += children * (1.0 - away * strength)
                else:
                    born[r, h] += children * mothers[g, h] * strength


@compiled
def _add_born(later: Floats, born: Floats, boys: float, birth_hazards: Floats, f: Floats) -> None:
    for r in range(later.shape[0]):
        q = min(r, birth_hazards.shape[0] - 1)
        for h in range(later.shape[1]):
            for s in range(2):
                share = boys if s == 1 else 1.0 - boys
                later[r, h, s, 0] += born[r, h] * share * math.exp(-birth_hazards[q, h, s] * f[_MORTALITY, h])


@compiled
def _keep(now: Floats, band: NDArray[np.int64], out: Any) -> None:
    """Add people up in bands of age: out[region, group, band, sex]."""
    out[:] = 0.0
    for r in range(now.shape[0]):
        for g in range(now.shape[1]):
            for s in range(2):
                line = now[r, g, s]
                for a in range(line.shape[0]):
                    out[r, g, band[a], s] += line[a]
