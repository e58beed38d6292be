"""What a simulation refuses before any work: numbers that are none, noise that does not fit, parties nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sailau.runs.job import Job
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.speech import say

MOST_RUNS = 2**48
MOST_DRAWS = 50_000_000
"""Runs of which the seats themselves can be kept; summaries have no such limit."""


def check_numbers(n: int, seed: int, workers: int, *, keep_draws: bool, block: int | None) -> None:
    """Refuse numbers of runs, workers and a seed that are none, and more draws than can be kept."""
    check_runs(n)
    for what, value in (("workers", workers), ("runs in a block", 1 if block is None else block)):
        _check_whole(what, value)
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise Invalid(say("the seed is {seed!r}; a whole number", seed=seed))
    if keep_draws and n > MOST_DRAWS:
        raise Invalid(
            say("the draws of {n:,} runs cannot be kept; at most {most:,}", n=n, most=MOST_DRAWS),
            hint=say("leave the draws out: the summary holds every seat count, whatever the number of runs"),
        )


def check_runs(n: int | None) -> None:
    """Refuse a number of runs that is none; nothing given is fine here."""
    if n is None:
        return
    _check_whole("runs", n)
    if n > MOST_RUNS:
        raise Invalid(say("{n:,} runs; at most {most:,} have numbers of their own", n=n, most=MOST_RUNS))


def _check_whole(what: str, value: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise Invalid(say("{value!r} {what}; a whole number from 1 on", value=value, what=what))


def check_job(job: Job) -> None:
    """Refuse noise, coalitions, seats held and turnout that do not fit the votes."""
    if job.points and not getattr(job.noise, "is_normal", False):
        raise Invalid(
            say(
                "noise: {name} draws no normal numbers, so scattered points do nothing for it",
                name=type(job.noise).__name__,
            ),
            hint=say("leave sobol out, or take a logistic normal or a swing"),
        )
    check_coalitions(job.coalitions, job.plan.layout.parties, job.held)
    for party, seats in job.held.items():
        if seats < 0:
            raise Invalid(say("{party} holds {seats} seats; a number from 0 on", party=party, seats=seats))
    job.noise.check(job.votes)
    if job.turnout is not None:
        job.turnout.check(job.votes)


def check_coalitions(coalitions: Mapping[str, Sequence[str]], parties: Sequence[str], held: Mapping[str, int]) -> None:
    """Refuse coalitions of parties that neither stand nor hold seats, of nobody, and of one party twice."""
    known = sorted({*parties, *held})
    for name, members in coalitions.items():
        if not members:
            raise Invalid(say("the coalition {name} names no party", name=name))
        for party in members:
            if party not in known:
                raise NotFound(say("party of the coalition {name}", name=name), party, known)
            if list(members).count(party) > 1:
                raise Invalid(
                    say("the coalition {name} names {party} twice", name=name, party=party),
                    hint=say("its seats count once"),
                )
