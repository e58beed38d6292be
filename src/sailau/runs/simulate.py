"""Simulate: draw vote vectors, count each under a law, add up what came out."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from sailau.law.edition import Law
from sailau.law.result import as_decisions
from sailau.runs.blocks import in_order, rows_of, spans_of
from sailau.runs.chance import check_points
from sailau.runs.job import Job
from sailau.runs.noise import Noise
from sailau.runs.resume import resumed, save
from sailau.runs.summary import SeatCounts, Summary
from sailau.runs.turnout import Turnout
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.shown import Shown
from sailau.terms.speech import say
from sailau.terms.tally import Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.runs.blocks import Part

MOST_RUNS = 2**48
MOST_DRAWS = 50_000_000
"""Runs of which the seats themselves can be kept; summaries have no such limit."""


@dataclass(frozen=True)
class Runs(Shown):
    """What a simulation gave.

    Attributes
    ----------
    job : Job
    n : int
        Runs asked for; `summary.runs` were done.
    parts : tuple of Summary
        One for each randomisation of scattered points; one in all for plain random numbers.
    draws : array [run, party], or None
        Seats of every run, where they were kept.
    """

    job: Job
    n: int
    parts: tuple[Summary, ...]
    draws: NDArray[Any] | None = None

    @property
    def summary(self) -> Summary:
        """All parts together."""
        total = self.parts[0]
        for part in self.parts[1:]:
            total = total + part
        return total

    @property
    def seats(self) -> SeatCounts:
        """How often each party won how many seats."""
        return self.summary.seats

    @property
    def is_complete(self) -> bool:
        """Say whether all runs were done."""
        return sum(part.runs for part in self.parts) == self.n

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties, columns of `draws`."""
        return self.parts[0].parties

    def save(self, path: str | Path, *, lang: str = "en") -> Path:
        """Save what is done: as .json so that `simulate(…, resume=path)` goes on from there, else as it is shown.

        Parameters
        ----------
        path : str or Path
        lang : str
            The language of a picture.
        """
        place = Path(path)
        if place.suffix.lower() != ".json":
            return Shown.save(self, place, lang=lang)
        save(place, self.job.name, self.parts)
        return place


def simulate(
    law: Law,
    tally: Tally,
    *,
    noise: Noise,
    n: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
    **options: Any,
) -> Runs:
    """Draw elections around a tally, count each under a law, and add them up.

    Parameters
    ----------
    law : Law
    tally : Tally
        The votes around which is drawn.
    noise : LogisticNormal, Dirichlet, Swing, PastErrors or GivenShares
    n, seed : int
        The same seed gives the same runs, whatever the number of workers.
    progress : callable, optional
        Told the runs done and the runs asked for, a few times a second.
    stop : callable, optional
        Asked a few times a second; True ends the simulation with what is done.
    **options
        Those of `watch`.

    Returns
    -------
    Runs
        Fewer runs than asked for if it was interrupted; nothing of what was done is lost.

    Raises
    ------
    Invalid
        A scenario that cannot be run, before any work starts.
    """
    made = watch(law, tally, noise=noise, n=n, seed=seed, **options)
    with suppress(KeyboardInterrupt):
        for runs in made:
            if progress:
                progress(sum(part.runs for part in runs.parts), n)
            if stop is not None and stop():
                break
    made.close()
    return made.now


class Watched(Iterator[Runs]):
    """A simulation under way: each step is all that is done so far; `close` ends it and loses nothing of that."""

    def __init__(self, begun: Runs, blocks: Generator[Part], every: float) -> None:
        self._begun, self._every, self._blocks = begun, every, blocks
        self._parts, self._kept = list(begun.parts), list[Any]()
        self._steps = self._walk()

    @property
    def now(self) -> Runs:
        """All that is done."""
        kept = self._begun.draws is not None
        draws = _joined(self._begun.job, self._kept) if kept else None
        return Runs(self._begun.job, self._begun.n, tuple(self._parts), draws)

    def __next__(self) -> Runs:
        """Go on for a moment, and return all that is done; draws come with the last step."""
        return next(self._steps)

    def close(self) -> None:
        """End the simulation."""
        self._steps.close()

    def _walk(self) -> Generator[Runs]:
        begun, parts, told = self._begun, self._parts, monotonic()
        with closing(self._blocks):
            for summary, seats in self._blocks:
                done = sum(part.runs for part in parts)
                turn = done // begun.job.points if begun.job.points else 0
                if seats is not None:
                    self._kept.append(seats)
                parts[turn:] = [parts[turn] + summary if turn < len(parts) else summary]
                done += summary.runs
                if done == begun.n:
                    yield self.now
                elif monotonic() - told >= self._every:
                    told = monotonic()
                    yield Runs(begun.job, begun.n, tuple(parts), begun.draws)


def watch(
    law: Law,
    tally: Tally,
    *,
    noise: Noise,
    n: int,
    seed: int,
    turnout: Turnout | None = None,
    held: Mapping[str, int] | None = None,
    coalitions: Mapping[str, Sequence[str]] | None = None,
    decisions: Mapping[str, str | Sequence[str]] | None = None,
    points: str = "random",
    common: bool = False,
    workers: int = 1,
    cluster: str | None = None,
    keep_draws: bool = False,
    resume: Path | None = None,
    block: int | None = None,
    every: float = 0.2,
) -> Watched:
    """Simulate step by step: an iterator over all that is done so far, a few times a second.

    Parameters
    ----------
    law, tally, noise, n, seed
        As in `simulate`.
    turnout : Turnout, optional
        How many come to vote; else every area keeps its number of votes.
    held : mapping of str to int, optional
        Seats held besides those counted, by party; they count for majorities.
    coalitions : mapping of str to sequence of str, optional
        Parties whose seats together are watched.
    decisions : mapping, optional
        Rulings that hold in every run, where the law leaves a question open.
    points : str
        ``random`` numbers, or ``sobol``: scattered points, in 16 randomisations that give the error bars.
    common : bool
        Numbers follow from the seed alone: other votes and other noise meet the same ones.
    workers : int, optional
        Threads for laws with kernels, processes for others.
    cluster : str, optional
        The address of a Dask scheduler, or ``local`` for one on this machine with so many workers.
    keep_draws : bool, optional
        Keep the seats of every run.
    resume : Path, optional
        What `Runs.save` wrote of the same simulation.
    block : int, optional
        Runs counted at once; it changes nothing but speed and memory.
    every : float, optional
        Seconds between two steps, about.

    Raises
    ------
    Invalid
        A scenario that cannot be run, before any work starts.

    Examples
    --------
    >>> import sailau as sl
    >>> election = sl.load_election("kz/mazhilis/2023-03-19")
    >>> law = sl.load_law("kz/mazhilis", on=election.day)
    >>> steps = sl.watch(law, election.tally, noise=sl.Swing(sd="3%"), n=9000, seed=7, block=1000, every=0)
    >>> [runs.summary.runs for runs in steps][-2:]
    [8000, 9000]
    """
    chosen = {
        name: (members,) if isinstance(members, str) else tuple(members) for name, members in (coalitions or {}).items()
    }
    _check_numbers(n, seed, workers, keep_draws=keep_draws, block=block)
    if points not in ("random", "sobol"):
        raise Invalid(say("there are no {points} points; random, sobol", points=points))
    each = check_points(n) if points == "sobol" else 0
    job = Job(law, tally, noise, seed, dict(held or {}), chosen, as_decisions(decisions), turnout, each, common)
    _check(job)
    if resume and keep_draws:
        raise Invalid(say("a run that kept its draws cannot be resumed: the draws before the break are gone"))
    size = block or rows_of(job)
    done = resumed(job.name, resume, n) if resume else (job.block(0, 0),)
    begun = Runs(job, n, done, _joined(job, []) if keep_draws else None)
    start = sum(part.runs for part in done)
    blocks: Generator[Part]
    if cluster is None:
        blocks = in_order(job, spans_of(job, start, n, size), workers, size=size, keep_draws=keep_draws)
    else:
        from sailau.runs.cluster import on_cluster

        blocks = on_cluster(job, start, n, cluster, workers, size=size, keep_draws=keep_draws)
    return Watched(begun, blocks, every)


def _joined(job: Job, kept: Sequence[NDArray[Any]]) -> NDArray[Any]:
    import numpy as np

    return np.concatenate(kept) if kept else np.zeros((0, len(job.plan.layout.parties)), np.int32)


def _check_numbers(n: int, seed: int, workers: int, *, keep_draws: bool, block: int | None) -> None:
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


def _check(job: Job) -> None:
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
