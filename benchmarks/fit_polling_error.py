"""How large the error is that all polls of an election share, by the days to go; each election is left out in turn.

python benchmarks/fit_polling_error.py        takes some ten minutes; prints the fit, and coverage and CRPS with it
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product

import numpy as np

from sailau.records.library import load_election
from sailau.records.polls.library import load_polls, poll_ids
from sailau.runs.backtest import result_of
from sailau.runs.forecast import anchored
from sailau.terms.errors import Invalid
from sailau.votes.polls.basis import Array
from sailau.votes.polls.day import ElectionDay, common_error
from sailau.votes.polls.fit import fit
from sailau.votes.polls.poll import OTHERS
from sailau.votes.polls.priors import FEW, POLLING_ERROR, Priors
from sailau.votes.scores import covered, crps

LEADS = (0, 7, 14, 30, 60, 100, 150, 200)
ERRORS = np.array([0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5])
GRID = tuple(product(np.arange(0.8, 2.01, 0.1), np.arange(1.8, 3.61, 0.1), (5, 7, 10, 14, 20, 28, 40, 60)))
DRAWS = 4000
Shape = tuple[float, float, float]
"""The error on the eve, long before, and the days in which it fades from one to the other."""


@dataclass(frozen=True, eq=False)
class Case:
    """One election forecast so many days before, with the log score of each size of the error."""

    id: str
    lead: int
    gap: int
    day: ElectionDay
    middle: Array
    truth: Array
    named: list[int]
    scores: Array


def cases() -> list[Case]:
    """Fit the walk of every election that has polls enough, at every lead."""
    rng = np.random.default_rng(1)
    out = []
    for name in poll_ids():
        given = load_polls(name)
        election = load_election(given.election) if given.election else None
        before = load_election(given.base) if given.base else None
        for lead in LEADS:
            try:
                polls, _ = anchored(given.polls.until(given.day - timedelta(days=lead)), before, given.day)
            except Invalid:  # nobody had asked yet
                continue
            if len(polls.polls) < FEW:
                continue
            truth = result_of(given, election, polls.contenders)
            named = [i for i, who in enumerate(polls.contenders) if who != OTHERS and truth[i] > 0]
            found = fit(polls, given.day)
            gap = (given.day - max(poll.end for poll in polls.polls)).days
            case = Case(name, lead, gap, found.day, found.now(), truth[named], named, np.zeros(0))
            z = rng.standard_normal((DRAWS, found.day.width))
            out.append(replace(case, scores=np.array([score(case, error, z) for error in ERRORS])))
            print(name, lead, flush=True)
    return out


def drawn(case: Case, error: float, z: Array) -> Array:
    """Return shares [draw, contender] with an error of that size."""
    common = common_error(case.middle, Priors(error=float(error)).common)
    return replace(case.day, common=common).shares(z)[:, case.named]


def score(case: Case, error: float, z: Array) -> float:
    """Return the log score, contender by contender, of a normal distribution of log-odds."""
    shares = np.clip(drawn(case, error, z), 1e-6, 1 - 1e-6)
    logs, seen = np.log(shares / (1 - shares)), np.log(case.truth / (1 - case.truth))
    mean, sd = logs.mean(axis=0), logs.std(axis=0)
    return float((-0.5 * ((seen - mean) / sd) ** 2 - np.log(sd)).sum())


def error_of(shape: Shape, gap: int) -> float:
    """Return the error so many days before: its square fades from one to the other."""
    eve, far, fade = shape
    return float(np.sqrt(eve**2 + (far**2 - eve**2) * (1 - np.exp(-gap / fade))))


def best(among: list[Case]) -> Shape:
    """Return the shape with the best log score."""
    found: Shape = max(GRID, key=lambda s: sum(np.interp(error_of(s, c.gap), ERRORS, c.scores) for c in among))
    return found


def main() -> None:
    """Print the fit on all elections, and how forecasts do with fits that did not see them."""
    found = cases()
    ids = sorted({case.id for case in found})
    left_out = {name: best([case for case in found if case.id != name]) for name in ids}
    print("all elections:", tuple(round(float(x), 2) for x in best(found)))
    for name, shape in left_out.items():
        print(f"without {name}:", tuple(round(float(x), 2) for x in shape))
    print("lead\tof\tinside_90\tinside_90_at_2\tcrps\tcrps_at_2")
    rng = np.random.default_rng(2)
    for lead in LEADS:
        rows = []
        for case in (case for case in found if case.lead == lead):
            z = rng.standard_normal((DRAWS, case.day.width))
            two = [drawn(case, error, z) for error in (error_of(left_out[case.id], case.gap), POLLING_ERROR)]
            rows.append([len(case.truth), *(covered(x, case.truth).sum() for x in two)]
                        + [100 * crps(x, case.truth).mean() for x in two])  # fmt: skip
        table = np.array(rows, dtype=float)
        n, held, at_two = table[:, :3].sum(axis=0)
        print(f"{lead}\t{n:.0f}\t{held / n:.3f}\t{at_two / n:.3f}\t{table[:, 3].mean():.3f}\t{table[:, 4].mean():.3f}")


if __name__ == "__main__":
    main()
