"""From polls to seats: the walk behind the polls, shares of election day, and each draw counted under a law."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from sailau.law.edition import Law
from sailau.records.election import Election
from sailau.runs.chance import Chance
from sailau.runs.forecast_ground import Ground, anchor_of, ground
from sailau.runs.forecast_noise import PolledShares
from sailau.runs.forecast_notes import notes_of
from sailau.runs.layout import Layout
from sailau.runs.plan import Plan
from sailau.runs.simulate import Runs, simulate
from sailau.seats.threshold import Threshold
from sailau.terms.errors import Invalid
from sailau.votes.polls.fit import Fit, Scatter, fit, scatter
from sailau.votes.polls.poll import Polls
from sailau.votes.polls.priors import Priors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

FAST_RUNS, SLOW_RUNS = 50_000, 1_000
"""Runs where the law is counted as arrays, and where it is counted one by one."""

MOST_KEPT = 2_000_000
"""Runs whose seats are kept where coalitions are asked for."""

SHOWN = 20_000
"""Draws of shares from which their intervals are taken."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """What polls say of seats.

    Attributes
    ----------
    fit : Fit
    ground : Ground
    runs : Runs
    shares : array [draw, contender]
        The shares of the first runs.
    bars : mapping of str to float
        The chance that each contender reaches the bar of the law; empty where the law has none.
    scatter : Scatter
    swing : str
        How districts follow.
    notes : tuple of str
        What must be known with it.
    """

    fit: Fit
    ground: Ground
    runs: Runs
    shares: Floats
    bars: Mapping[str, float]
    scatter: Scatter
    swing: str
    notes: tuple[str, ...]

    def quantiles(self, levels: Sequence[float] = (0.05, 0.5, 0.95)) -> dict[str, tuple[float, ...]]:
        """Return quantiles of the share of each contender."""
        import numpy as np

        found = np.quantile(self.shares, levels, axis=0)
        return {name: tuple(found[:, i].tolist()) for i, name in enumerate(self.fit.polls.contenders)}

    def together(self, members: Sequence[str], levels: Sequence[float] = (0.05, 0.5, 0.95)) -> tuple[int | None, ...]:
        """Return quantiles of the seats of parties together, seats they hold besides included, run by run.

        None where draws were not kept.
        """
        import numpy as np

        draws, parties = self.runs.draws, self.runs.parties
        if draws is None or not len(draws):
            return (None,) * len(levels)
        held = sum(self.runs.job.held.get(name, 0) for name in members)
        total = sum((draws[:, parties.index(name)] for name in members if name in parties), np.zeros(len(draws)))
        return tuple(int(x) + held for x in np.quantile(total, levels, method="inverted_cdf"))


@dataclass(frozen=True, slots=True)
class Asked:
    """How a forecast is made.

    Attributes
    ----------
    day : date, optional
        Election day; the last day of fieldwork, as if the election were held then, where none is given.
    n : int, optional
        Runs; by default as many as the law is fast to count.
    seed : int
    priors : Priors
    swing, district_sd
        How districts follow; see `PolledShares`.
    anchored : bool
        Let the walk pass through the result of the base.
    coalitions : mapping of str to sequence of str
    workers : int
    new : collection of str, optional
        Polled contenders that may have no votes at the base; any by default.
    full : bool
        Fit with PyMC instead of the fast path.
    """

    day: date | None = None
    n: int | None = None
    seed: int = 1
    priors: Priors = field(default_factory=Priors)
    swing: Literal["logistic", "uniform", "proportional"] = "logistic"
    district_sd: str = "0"
    anchored: bool = True
    coalitions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    workers: int = 1
    new: Collection[str] | None = None
    full: bool = False


def forecast(
    polls: Polls,
    law: Law,
    *,
    base: Election | None = None,
    asked: Asked | None = None,
    progress: Callable[[int, int], None] | None = None,
    **terms: Any,
) -> Forecast:
    """Go from polls to seats.

    Parameters
    ----------
    polls : Polls
    law : Law
        Under which seats are counted.
    base : Election, optional
        The election before: its result anchors the walk, its districts are swung.
    asked : Asked, optional
    progress : callable, optional
        Told the runs done and the runs asked for.
    **terms
        Attributes of `Asked`, in place of one.

    Returns
    -------
    Forecast

    Raises
    ------
    Invalid
        Polls after election day, a law that needs districts without a base, a name that stands nowhere.
    """
    how = replace(asked or Asked(), **terms)
    found, notes = fit_polls(polls, base, how)
    made = ground(law, found.polls.contenders, found.now().tolist(), base, new=how.new)
    noise = PolledShares(
        day=found.day,
        parties=made.parties,
        areas=areas_of(law, made),
        kind=how.swing,
        district_sd=how.district_sd,
    )
    n = how.n or (FAST_RUNS if Plan.of(law, made.tally).how == "arrays" else SLOW_RUNS)
    runs = simulate(
        law,
        made.tally,
        noise=noise,
        n=n,
        seed=how.seed,
        held=made.held,
        coalitions=how.coalitions,
        workers=how.workers,
        progress=progress,
        keep_draws=bool(how.coalitions) and n <= MOST_KEPT,
    )
    shares = noise.shares(Chance(runs.job.key, 0, min(n, SHOWN)))
    bars, spread = _bars(runs, shares, found.polls), scatter(found)
    notes = [*notes, *notes_of(found, how.priors.error, spread), *made.notes]
    return Forecast(found, made, runs, shares, bars, spread, how.swing, tuple(notes))


def fit_polls(polls: Polls, base: Election | None, asked: Asked) -> tuple[Fit, list[str]]:
    """Fit the walk behind polls, from the result of the base on where it lies before them; and say what was done."""
    day = asked.day or max(poll.end for poll in polls.polls)
    late = [poll for poll in polls.polls if poll.end > day]
    if late:
        hint = f"--until {day} leaves {len(late)} poll{'s' if len(late) != 1 else ''} out"
        raise Invalid(f"a poll of {late[0].house} ends on {late[0].end}, after the election on {day}", hint=hint)
    notes = [] if asked.day else [f"no election day was given: the forecast is for {day}, the last day of fieldwork"]
    polls, told = anchored(polls, base, day, wanted=asked.anchored)
    return _fitted(polls, day, asked), [*notes, *told]


def anchored(polls: Polls, base: Election | None, day: date, *, wanted: bool = True) -> tuple[Polls, list[str]]:
    """Return the polls with the result of the base as an anchor, where it lies before them; and what was done."""
    if base is None or not wanted:
        return polls, []
    if base.day >= day:
        return polls, [f"{base.id} was not held before the forecast day: its districts are used, its result is not"]
    if any(anchor.day == base.day for anchor in polls.anchors):
        return polls, []
    anchor = anchor_of(base, polls.contenders)
    return replace(polls, anchors=tuple(sorted((*polls.anchors, anchor), key=lambda a: a.day))), [
        f"the walk begins at the result of {base.id}"
    ]


def _fitted(polls: Polls, day: date, how: Asked) -> Fit:
    if not how.full:
        return fit(polls, day, how.priors)
    from sailau.votes.polls.full import fit_full

    return fit_full(polls, day, how.priors, seed=how.seed)


def areas_of(law: Law, made: Ground) -> tuple[int, ...]:
    """Return the numbers of the areas that polls ask about; none where all areas are."""
    areas = Layout.of(law, made.tally).areas
    asked = tuple(i for i, area in enumerate(areas) if area.tier == made.tier)
    return asked if len(asked) < len(areas) else ()


def _bars(runs: Runs, shares: Floats, polls: Polls) -> dict[str, float]:
    """Return the chance of reaching the bar: as the law counted it, or by the national share where it did not tell."""
    summary = runs.summary
    if summary.passed is not None:
        chances = dict(zip(summary.parties, (n / max(summary.runs, 1) for n in summary.passed), strict=True))
        return {name: chances[name] for name in polls.contenders if name in chances}
    bar = bar_of(runs.job.law)
    if bar is None:
        return {}
    return {name: float((shares[:, i] >= float(bar)).mean()) for i, name in enumerate(polls.contenders[:-1])}


def bar_of(law: Law) -> Fraction | None:
    """Return the share of the nation's valid votes that admits a list, where a law has such a bar."""
    from sailau.seats.qualify import Qualify

    for tier in law.tiers:
        for step in tier.steps:
            if isinstance(step, Threshold | Qualify) and step.share is not None and step.of == "valid":
                return step.share
    return None


def check_day(day: str | None) -> date | None:
    """Return a day that was written as 2023-03-19.

    Raises
    ------
    Invalid
        It is none.
    """
    if day is None:
        return None
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise Invalid(f"{day!r} is no day", hint="write it as 2023-03-19") from None
