"""Back-tests: forecasts of past elections from the polls of the time, beside what anybody could have said.

Three baselines stand beside every forecast: the last election, the mean of the last five polls, and (for seats) that
mean moved over the districts by uniform swing. A fourth puts the common polling error around the mean of five.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sailau.law.edition import Law
from sailau.records.election import Election
from sailau.records.library import load_election
from sailau.records.polls.library import PollSet
from sailau.runs.forecast import Asked, anchored, areas_of, forecast
from sailau.runs.forecast_ground import anchor_of, ground
from sailau.runs.forecast_noise import PolledShares
from sailau.runs.replay import law_of, replay
from sailau.runs.simulate import simulate
from sailau.terms.errors import Invalid, SailauError
from sailau.votes.polls.basis import to_points
from sailau.votes.polls.day import ElectionDay, common_error
from sailau.votes.polls.fit import fit
from sailau.votes.polls.poll import OTHERS, Polls
from sailau.votes.polls.priors import FEW, Priors
from sailau.votes.scores import covered, crps, energy, pit, ranked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

LAST = 5
"""Polls of the baseline."""

DRAWS = 4_000
SEAT_RUNS = 300


@dataclass(frozen=True, eq=False)
class Scored:
    """One forecast of one election, scored.

    Attributes
    ----------
    id : str
    lead : int
        Days before the election at which polls end.
    polls : int
    contenders : tuple of str
        Those that were scored: the ones that polls name.
    seen : array, [contender]
        Their shares in the result.
    middle : array, [contender]
        The medians of the forecast.
    last : array, [contender]
        Their shares at the last election; NaN where they did not stand.
    inside : array of bool, [contender]
        Whether the 90% interval held the result.
    pit : array, [contender]
    crps : mapping of str to float
        By forecast: ``model``, ``last_election``, ``last_five``, ``last_five_with_error``; points, mean of contenders.
    energy : mapping of str to float
        The same for all contenders together, in points.
    gains : array, [contender]
        The chance that each gains on its last result; NaN where there is none.
    seats : mapping of str to float
        Ranked probability scores of seats, mean over parties: ``model``, ``last_election``, ``last_five``,
        ``uniform_swing``; empty where seats cannot be told.
    why : str
        Why seats cannot be told.
    """

    id: str
    lead: int
    polls: int
    contenders: tuple[str, ...]
    seen: Floats
    middle: Floats
    last: Floats
    inside: Floats
    pit: Floats
    crps: Mapping[str, float]
    energy: Mapping[str, float]
    gains: Floats
    seats: Mapping[str, float]
    why: str


def backtest(
    given: PollSet,
    *,
    lead: int = 0,
    seed: int = 1,
    priors: Priors | None = None,
    seats: bool = True,
    anchor: bool = True,
    say: Callable[[str], None] | None = None,
) -> Scored:
    """Forecast a past election from the polls that had ended so many days before it, and score the forecast.

    Parameters
    ----------
    given : PollSet
    lead, seed : int
    priors : Priors, optional
    seats : bool
        Score seats too, where the archive holds both elections.
    anchor : bool
        Let the walk begin at the result of the election before; else it does not see how far houses were off.
    say : callable, optional
        Told what is being done.

    Raises
    ------
    Invalid
        The result is not known.
    """
    import numpy as np

    election = load_election(given.election) if given.election else None
    before = load_election(given.base) if given.base else None
    if say:
        say(f"{given.id}, {lead} days before")
    polls = given.polls.until(given.day - timedelta(days=lead))
    polls, _ = anchored(polls, before, given.day)
    last = _last(polls)
    truth = result_of(given, election, polls.contenders)
    gap = (given.day - max(poll.end for poll in polls.polls)).days
    rivals = _rivals(polls, (priors or Priors()).before(gap, few=len(polls.polls) < FEW))
    named = [i for i, name in enumerate(polls.contenders) if name != OTHERS and truth[i] > 0]
    if not anchor:
        polls = replace(polls, anchors=())
    day = fit(polls, given.day, priors).day
    draws = {"model": day.draws(DRAWS, seed), **{name: rival.draws(DRAWS, seed) for name, rival in rivals.items()}}
    model = draws["model"][:, named]
    scored, why = ({}, "not asked for") if not seats else _seats(given, election, before, polls, rivals, seed, priors)
    return Scored(
        given.id,
        lead,
        len(polls.polls),
        tuple(polls.contenders[i] for i in named),
        truth[named],
        np.median(model, axis=0),
        last[named],
        covered(model, truth[named]),
        pit(model, truth[named]),
        {name: 100 * float(crps(drawn[:, named], truth[named]).mean()) for name, drawn in draws.items()},
        {name: 100 * energy(drawn[:1000, named], truth[named]) for name, drawn in draws.items()},
        np.where(np.isnan(last[named]), np.nan, (model > last[named]).mean(axis=0)),
        scored,
        why,
    )


def result_of(given: PollSet, election: Election | None, contenders: Sequence[str]) -> Floats:
    """Return the shares of the result, in the order of the polls' contenders."""
    import numpy as np

    if election is not None:
        shares = anchor_of(election, contenders).shares
    else:
        found = [result for result in given.results if result.day == given.day]
        if not found:
            raise Invalid(
                f"the result of {given.id} is not known", hint="name the election, or give its result, in polls.yaml"
            )
        shares = found[0].shares
    return np.array([float(shares.get(name, 0)) for name in contenders])


def _last(polls: Polls) -> Floats:
    """Return the shares of the last result before the polls; NaN for those who did not stand."""
    import numpy as np

    if not polls.anchors:
        return np.full(len(polls.contenders), np.nan)
    shares = polls.anchors[-1].shares
    return np.array([float(shares[name]) if name in shares else np.nan for name in polls.contenders])


def _rivals(polls: Polls, priors: Priors) -> dict[str, ElectionDay]:
    """Return what anybody could have said, as forecasts: single points, and one with the common error around it."""
    import numpy as np

    five = mean_of(polls, LAST)
    out = {"last_five": _point(polls.contenders, five)}
    out["last_five_with_error"] = replace(out["last_five"], common=common_error(five, priors.common))
    last = np.nan_to_num(_last(polls), nan=0.0)
    if last.sum() > 0:
        out["last_election"] = _point(polls.contenders, last / last.sum())
    return out


def mean_of(polls: Polls, n: int) -> Floats:
    """Return the mean of the last polls; for a contender that a poll does not tell apart, of those that do."""
    import numpy as np

    recent = sorted(polls.polls, key=lambda poll: (poll.end, poll.middle))[-n:]
    shares = []
    for name in polls.contenders:
        told = [float(poll.shares[name]) for poll in recent if name in poll.shares]
        shares.append(float(np.mean(told)) if told else 0.0)
    found: Floats = np.array(shares) / sum(shares)
    return found


def _point(contenders: tuple[str, ...], shares: Floats) -> ElectionDay:
    """Return a forecast that is sure of itself."""
    import numpy as np

    d = len(contenders) - 1
    point = to_points(np.maximum(shares, 1e-9))[None, :]
    return ElectionDay(contenders, np.ones(1), point, np.zeros((1, d, d)), np.zeros((d, d)))


def _seats(
    given: PollSet,
    election: Election | None,
    before: Election | None,
    polls: Polls,
    rivals: Mapping[str, ElectionDay],
    seed: int,
    priors: Priors | None,
) -> tuple[dict[str, float], str]:
    """Return the scores of seats, or why there are none."""
    if election is None or before is None:
        return {}, "the archive does not hold both elections"
    try:
        law = law_of(election)
        official = replay(election).house
        asked = Asked(day=given.day, n=SEAT_RUNS, seed=seed, priors=priors or Priors(), anchored=False)
        runs = forecast(polls, law, base=before, asked=asked).runs
        out = {"model": _ranked(dict(zip(runs.parties, runs.summary.histogram, strict=True)), official)}
        five = rivals["last_five"]
        out["last_five"] = _ranked(_count(law, polls, before, five, "logistic", seed), official)
        out["uniform_swing"] = _ranked(_count(law, polls, before, five, "uniform", seed), official)
        out["last_election"] = _ranked(_certain(replay(before).house), official)
    except SailauError as fault:
        return {}, fault.what
    return out, ""


def _count(
    law: Law, polls: Polls, before: Election, day: ElectionDay, swing: Any, seed: int
) -> dict[str, tuple[int, ...]]:
    """Return the seats of a forecast that is sure of itself."""
    made = ground(law, polls.contenders, day.draws(1, seed)[0].tolist(), before)
    noise = PolledShares(day=day, parties=made.parties, areas=areas_of(law, made), kind=swing)
    runs = simulate(law, made.tally, noise=noise, n=1, seed=seed, held=made.held)
    return dict(zip(runs.parties, runs.summary.histogram, strict=True))


def _certain(seats: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    return {party: (0,) * n + (1,) for party, n in seats.items()}


def _ranked(histograms: Mapping[str, Sequence[int]], official: Mapping[str, int]) -> float:
    """Return the mean score over all parties that won a seat or might have."""
    import numpy as np

    parties = [p for p in {**histograms, **official} if official.get(p, 0) or sum(histograms.get(p, (1,))[1:])]
    scores = [ranked(np.array(histograms.get(party, (1,)), float), official.get(party, 0)) for party in sorted(parties)]
    return float(np.mean(scores))


def implied_error(scored: Sequence[Scored]) -> float:
    """Return the common error that the misses of some forecasts speak for: mean absolute points of half of the votes.

    Each miss is measured in units of what a sample of one person would miss by; medians are taken as the forecast.
    """
    import numpy as np

    total, many = 0.0, 0
    for one in scored:
        seen, middle = np.append(one.seen, 1 - one.seen.sum()), np.append(one.middle, 1 - one.middle.sum())
        total += float(((seen - middle) ** 2 / np.maximum(middle, 0.005)).sum())
        many += len(one.contenders)
    people = many / total
    return float(100 * np.sqrt(0.25 / people) * np.sqrt(2 / np.pi))
