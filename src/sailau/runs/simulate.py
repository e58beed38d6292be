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
from sailau.runs.checks import check_job, check_numbers
from sailau.runs.job import Job
from sailau.runs.noise import Noise
from sailau.runs.resume import resumed, save
from sailau.runs.summary import SeatCounts, Summary
from sailau.runs.turnout import Turnout
from sailau.terms.errors import Invalid
from sailau.terms.shown import Shown
from sailau.terms.speech import say
from sailau.terms.tally import Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.runs.blocks import Part


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

    Examples
    --------
    >>> from sailau import Swing, load_election, load_law
    >>> law, election = load_law("kz/mazhilis", on="2023-03-19"), load_election("kz/mazhilis/2023-03-19")
    >>> runs = simulate(law, election.tally, noise=Swing(sd="3%"), n=200, seed=7)
    >>> runs.is_complete, 0 <= float(runs.seats.at_least("nsdp", 1)) <= 1
    (True, True)
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
    check_numbers(n, seed, workers, keep_draws=keep_draws, block=block)
    if points not in ("random", "sobol"):
        raise Invalid(say("there are no {points} points; random, sobol", points=points))
    each = check_points(n) if points == "sobol" else 0
    job = Job(law, tally, noise, seed, dict(held or {}), chosen, as_decisions(decisions), turnout, each, common)
    check_job(job)
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
