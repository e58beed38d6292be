"""The back-test: fitted up to one census, held against the next, by rules that never saw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sailau.people.cube import Floats, InvalidPopulation
from sailau.people.scores import crps, interval
from sailau.records.populations import PopulationRecord
from sailau.records.populations_rows import ALL
from sailau.runs.people_fit import Fit, fit_residual
from sailau.runs.people_forecast import Forecast, Model, forecast_naive, model_of
from sailau.runs.people_goals import MODEL, NAIVE, Goal, Line, goals_of
from sailau.terms.errors import NotFound

Triple = tuple[str, str, str]
"""Two censuses of a fit, and what it is held against."""

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of the residual growth that may go on; the past chooses."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """The test.

    Attributes
    ----------
    censuses : tuple of str
        Fitted to the first two, held against the third.
    past : tuple of str
        The earlier test by which shares and forecasts were chosen.
    persists : float
        The share of residual growth that goes on.
    level : float
        Of the intervals.
    lines : tuple of Line
        One for each group.
    total : Line
        All groups together, each by its forecast used.
    goals : tuple of Goal
    remarks : tuple of str
        What else there is to hold the forecast against.
    """

    censuses: tuple[str, str, str]
    past: tuple[str, str, str]
    persists: float
    level: float
    lines: tuple[Line, ...]
    total: Line
    goals: tuple[Goal, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What a forecast is held against: people by group on a day."""

    name: str
    on: date
    people: Mapping[str, int]


def target_of(record: PopulationRecord, name: str) -> Target:
    """Return a census, or ``register``: the register's shares of groups on its day.

    Raises
    ------
    NotFound
        Neither a census nor a register of that name.
    """
    if any(census.id == name for census in record.censuses):
        census = record.census(name)
        return Target(name, census.on, census.people())
    total = next((e for e in record.rows.get("estimates", ()) if e.kind == name and e.group == ALL), None)
    if total is None:
        kinds = [e.kind for e in record.rows.get("estimates", ()) if e.group == ALL]
        raise NotFound("census or register", name, [*(census.id for census in record.censuses), *kinds])
    shares = {
        row.group: round(row.value / 100 * total.people)
        for row in record.rows.get("composition", ())
        if row.region == ALL and row.on == total.on and row.source == total.source
    }
    rest = {record.rest: total.people - sum(shares.values())} if record.rest else {}
    return Target(name, total.on, {**shares, **rest})


def triples_of(record: PopulationRecord) -> tuple[Triple, Triple]:
    """Return the three censuses before the last, and the last three.

    Raises
    ------
    InvalidPopulation
        There are fewer than four.
    """
    names = [census.id for census in sorted(record.censuses, key=lambda census: census.on)]
    if len(names) < 4:
        raise InvalidPopulation(
            f"{record.id} has {len(names)} censuses; a test of a forecast needs four",
            hint="the first three make the choices, the last is forecast",
        )
    first, second, third, last = names[-4:]
    return (first, second, third), (second, third, last)


def backtest(
    record: PopulationRecord,
    past: Triple | None = None,
    test: Triple | None = None,
    *,
    draws: int = 4000,
    seed: int = 7,
    level: float = 0.8,
) -> Backtest:
    """Return the test.

    Every choice is made on the `past` triple alone: which share of residual growth goes on (the one with the least
    median error over groups), and for each group whether the model or the naive growth is used (the lower score).

    Parameters
    ----------
    record : PopulationRecord
    past, test : tuple of str, optional
        Three censuses each: fitted to the first two, held against the third; that of the test can be ``register``.
        By default those of `triples_of`.
    draws, seed : int
    level : float
        Of the intervals.

    Raises
    ------
    NotFound, InvalidPopulation
        See `target_of`, `fit_residual` and `triples_of`.
    """
    if past is None or test is None:
        older, newer = triples_of(record)
        past, test = past or older, test or newer
    before, earlier = fit_residual(record, *past[:2]), target_of(record, past[2])
    fit, target = fit_residual(record, *test[:2]), target_of(record, test[2])
    old, old_truth = model_of(record, before, earlier.on), _truth(before, earlier)
    persists = choose_share(old, old_truth)
    scores = {
        MODEL: _score(old.forecast(persists=persists, draws=draws, seed=seed), old_truth),
        NAIVE: _score(forecast_naive(record, before, earlier.on, draws=draws, seed=seed), old_truth),
    }
    model = model_of(record, fit, target.on).forecast(persists=persists, draws=draws, seed=seed)
    naive = forecast_naive(record, fit, target.on, draws=draws, seed=seed)
    use_model = scores[MODEL] < scores[NAIVE]
    lines = _lines(fit, _truth(fit, target), model, naive, use_model, scores, level)
    total = _total(lines, model, naive, use_model, level)
    goals = goals_of(record, lines, total, level)
    return Backtest(test, past, persists, level, lines, total, goals, _remarks(record, target))


def _remarks(record: PopulationRecord, target: Target) -> tuple[str, ...]:
    """Say that a register stands beside a census, or the other way round."""
    kinds = {e.kind for e in record.rows.get("estimates", ()) if e.group == ALL and e.kind == "register"}
    if target.name in kinds:
        return ("a register carries the groups of the census before forward by births, deaths and moves",)
    if "register" not in kinds:
        return ()
    return (
        "a census asks people again who they are, which births, deaths and moves cannot tell; the register did not: "
        f"sailau people backtest {record.id} --against register",
    )


def choose_share(model: Model, truth: Floats) -> float:
    """Return the share of residual growth with which the model misses groups by least, in the median."""

    def missed(share: float) -> float:
        centre = model.forecast(persists=share, draws=0, seed=0).centre
        return float(np.median(np.abs(np.log(centre / truth))))

    return min(SHARES, key=missed)


def _score(forecast: Forecast, truth: Floats) -> Floats:
    return np.asarray(crps(forecast.draws, truth) / truth)


def _truth(fit: Fit, target: Target) -> Floats:
    lone = [group for group in fit.groups if group not in target.people]
    if lone:
        raise InvalidPopulation(f"{target.name} does not count {', '.join(lone)}")
    return np.array([float(target.people[group]) for group in fit.groups])


def _lines(
    fit: Fit,
    truth: Floats,
    model: Forecast,
    naive: Forecast,
    use_model: NDArray[np.bool_],
    scores: dict[str, Floats],
    level: float,
) -> tuple[Line, ...]:
    out = []
    for g, group in enumerate(fit.groups):
        used = MODEL if use_model[g] else NAIVE
        drawn = (model if use_model[g] else naive).draws[g]
        low, high = interval(drawn, level)
        out.append(
            Line(
                group,
                int(truth[g]),
                float(naive.centre[g]),
                float(model.centre[g]),
                used,
                float(scores[MODEL][g]),
                float(scores[NAIVE][g]),
                float(low),
                float(high),
                float(crps(drawn, truth[g])),
                float(crps(naive.draws[g], truth[g])),
                abs(float(naive.centre[g] - truth[g])),
            )
        )
    return tuple(out)


def _total(
    lines: tuple[Line, ...], model: Forecast, naive: Forecast, use_model: NDArray[np.bool_], level: float
) -> Line:
    """Return all groups together; its draws add up those of the forecasts used."""
    drawn = np.where(use_model[:, None], model.draws, naive.draws).sum(axis=0)
    truth = sum(line.truth for line in lines)
    low, high = interval(drawn, level)
    centre = sum(line.forecast for line in lines)
    plain = sum(line.naive for line in lines)
    return Line(
        "all",
        truth,
        plain,
        centre,
        MODEL,
        float("nan"),
        float("nan"),
        float(low),
        float(high),
        float(crps(drawn, float(truth))),
        float(crps(naive.draws.sum(axis=0), float(truth))),
        abs(plain - truth),
    )
