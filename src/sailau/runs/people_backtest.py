"""The back-test: fitted up to one census, held against the next, by rules that never saw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sailau.people.cube import Floats, InvalidPopulation
from sailau.people.scores import crps, interval
from sailau.records.populations import PopulationRecord
from sailau.records.populations_rows import ALL
from sailau.runs.people_fit import Fit, fit_residual
from sailau.runs.people_forecast import Forecast, forecast_naive, model_of
from sailau.runs.people_goals import MODEL, NAIVE, Goal, Line, goals_of
from sailau.terms.errors import NotFound

Triple = tuple[str, str, str]
"""Two censuses of a fit, and what it is held against."""

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of the residual growth that may go on; the past chooses."""

REGISTER = "register"
"""The kind of estimate that carries the groups of a census forward by births, deaths and moves."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the earlier test decides: how much unexplained growth goes on, and which groups get the model.

    Attributes
    ----------
    past : tuple of str
        Fitted to the first two censuses, held against the third.
    groups : tuple of str
    persists : float
        The share of residual growth that goes on.
    scores : mapping of share to array of float
        The model's scores in the earlier test, by group: the CRPS as a share of the people counted.
    naive : array of float
        Those of the growth that simply goes on.
    """

    past: Triple
    groups: tuple[str, ...]
    persists: float
    scores: Mapping[float, Floats]
    naive: Floats

    @property
    def model(self) -> Floats:
        """The model's scores with the share that goes on."""
        return self.scores[self.persists]

    @property
    def use_model(self) -> NDArray[np.bool_]:
        """Where the model beat the naive growth, by group."""
        return np.asarray(self.model < self.naive)


@dataclass(frozen=True, slots=True)
class Backtest:
    """The test.

    Attributes
    ----------
    censuses : tuple of str
        Fitted to the first two, held against the third.
    on : date
        The day of the third.
    choice : Choice
        What the earlier test decided.
    level : float
        Of the intervals.
    lines : tuple of Line
        One for each group.
    total : Line
        All groups together, each by its forecast used.
    goals : tuple of Goal
    """

    censuses: Triple
    on: date
    choice: Choice
    level: float
    lines: tuple[Line, ...]
    total: Line
    goals: tuple[Goal, ...]


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


def yardsticks(record: PopulationRecord, census: str) -> tuple[str, ...]:
    """Return what a forecast for a census can be held against: it, and a register whose day is nearest to it."""
    record.census(census)
    days = [e.on for e in record.rows.get("estimates", ()) if e.kind == REGISTER and e.group == ALL]
    near = {min(record.censuses, key=lambda one: abs((one.on - day).days)).id for day in days}
    return (census, REGISTER) if census in near else (census,)


def choose(record: PopulationRecord, past: Triple | None = None, *, draws: int = 2048, seed: int = 7) -> Choice:
    """Return what one earlier test decides, by one score: the CRPS of a group as a share of its people.

    The share of residual growth that goes on is the one with the least mean score over groups.

    Parameters
    ----------
    record : PopulationRecord
    past : tuple of str, optional
        Fitted to the first two censuses, held against the third; by default that of `triples_of`.
    draws, seed : int

    Raises
    ------
    NotFound, InvalidPopulation
        See `target_of`, `fit_residual` and `triples_of`.
    """
    past = past or triples_of(record)[0]
    fit, target = fit_residual(record, *past[:2]), target_of(record, past[2])
    truth, model = _truth(fit, target), model_of(record, fit, target.on)
    scores = {share: _score(model.forecast(persists=share, draws=draws, seed=seed), truth) for share in SHARES}
    naive = _score(forecast_naive(record, fit, target.on, draws=draws, seed=seed), truth)
    return Choice(past, fit.groups, min(SHARES, key=lambda share: float(scores[share].mean())), scores, naive)


def with_share(choice: Choice, share: float) -> Choice:
    """Return a choice under which another share of the residual growth goes on."""
    return replace(choice, persists=share)


def backtest(
    record: PopulationRecord,
    choice: Choice | None = None,
    test: Triple | None = None,
    *,
    draws: int = 2048,
    seed: int = 7,
    level: float = 0.8,
) -> Backtest:
    """Return the test.

    Every choice was made before, by `choose`: which share of residual growth goes on, and for each group whether the
    model or the naive growth is used.

    Parameters
    ----------
    record : PopulationRecord
    choice : Choice, optional
        That of `choose` by default.
    test : tuple of str, optional
        Fitted to the first two censuses, held against the third, which can be ``register``. By default that of
        `triples_of`.
    draws, seed : int
    level : float
        Of the intervals.

    Raises
    ------
    NotFound, InvalidPopulation
        See `target_of`, `fit_residual` and `triples_of`.
    """
    choice = choice or choose(record, draws=draws, seed=seed)
    test = test or triples_of(record)[1]
    fit, target = fit_residual(record, *test[:2]), target_of(record, test[2])
    if fit.groups != choice.groups:
        raise InvalidPopulation(
            f"{', '.join(choice.past)} count other groups than {', '.join(test[:2])}: "
            f"{', '.join(sorted(set(fit.groups) ^ set(choice.groups))) or 'in another order'}",
            hint="choices for a group need its past: sailau people show --what counts",
        )
    model = model_of(record, fit, target.on).forecast(persists=choice.persists, draws=draws, seed=seed)
    naive = forecast_naive(record, fit, target.on, draws=draws, seed=seed)
    lines = _lines(fit, _truth(fit, target), model, naive, choice, level)
    total = _total(lines, model, naive, choice.use_model, level)
    return Backtest(test, target.on, choice, level, lines, total, goals_of(record, lines, total, level))


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
    choice: Choice,
    level: float,
) -> tuple[Line, ...]:
    out = []
    for g, group in enumerate(fit.groups):
        used = MODEL if choice.use_model[g] else NAIVE
        drawn = (model if used == MODEL else naive).draws[g]
        low, high = interval(drawn, level)
        out.append(
            Line(
                group,
                int(truth[g]),
                float(naive.centre[g]),
                float(model.centre[g]),
                used,
                float(choice.model[g]),
                float(choice.naive[g]),
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
