"""Simulate: draw vote vectors, count each under a law, add up what came out."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sailau.law.edition import Law
from sailau.law.result import as_decisions
from sailau.runs.job import Job
from sailau.runs.noise import Noise
from sailau.runs.summary import SeatCounts, Summary
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.tally import Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_RUNS = 2**48
MOST_DRAWS = 50_000_000
"""Runs of which the seats themselves can be kept; summaries have no such limit."""

_CELLS = 1 << 17


@dataclass(frozen=True)
class Runs:
    """What a simulation gave.

    Attributes
    ----------
    job : Job
    n : int
        Runs asked for; `summary.runs` were done.
    summary : Summary
    draws : array [run, party], or None
        Seats of every run, where they were kept.
    """

    job: Job
    n: int
    summary: Summary
    draws: NDArray[Any] | None = None

    @property
    def seats(self) -> SeatCounts:
        """How often each party won how many seats."""
        return self.summary.seats

    @property
    def is_complete(self) -> bool:
        """Say whether all runs were done."""
        return self.summary.runs == self.n

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties, columns of `draws`."""
        return self.summary.parties

    def save(self, path: Path) -> None:
        """Write what is done, so that `simulate(…, resume=path)` goes on from there."""
        text = json.dumps({"job": self.job.name, "summary": json.loads(self.summary.to_json())}, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")


def simulate(
    law: Law,
    tally: Tally,
    *,
    noise: Noise,
    n: int,
    seed: int,
    held: Mapping[str, int] | None = None,
    coalitions: Mapping[str, Sequence[str]] | None = None,
    decisions: Mapping[str, str | Sequence[str]] | None = None,
    workers: int = 1,
    keep_draws: bool = False,
    resume: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    block: int | None = None,
) -> Runs:
    """Draw elections around a tally, count each under a law, and add them up.

    Parameters
    ----------
    law : Law
    tally : Tally
        The votes around which is drawn.
    noise : LogisticNormal, Dirichlet or Swing
    n, seed : int
        The same seed gives the same runs, whatever the number of workers.
    held : mapping of str to int, optional
        Seats held besides those counted, by party; they count for majorities.
    coalitions : mapping of str to sequence of str, optional
        Parties whose seats together are watched.
    decisions : mapping, optional
        Rulings that hold in every run, where the law leaves a question open.
    workers : int, optional
        Threads for laws with kernels, processes for others.
    keep_draws : bool, optional
        Keep the seats of every run.
    resume : Path, optional
        What `Runs.save` wrote of the same simulation.
    progress : callable, optional
        Told the runs done and the runs asked for.
    block : int, optional
        Runs counted at once; it changes nothing but speed and memory.

    Returns
    -------
    Runs
        Fewer runs than asked for if it was interrupted; nothing of what was done is lost.

    Raises
    ------
    Invalid
        A scenario that cannot be run, before any work starts.
    """
    chosen = {
        name: (members,) if isinstance(members, str) else tuple(members) for name, members in (coalitions or {}).items()
    }
    job = Job(law, tally, noise, seed, dict(held or {}), chosen, as_decisions(decisions))
    _check(job, n, workers, keep_draws=keep_draws, block=block)
    done = _resumed(job, resume, n) if resume else None
    if resume and keep_draws:
        raise Invalid("a run that kept its draws cannot be resumed: the draws before the break are gone")
    size = block or _rows(job)
    start = done.runs if done else 0
    parts: list[NDArray[Any]] = []
    with suppress(KeyboardInterrupt):
        for part, seats in _blocks(job, start, n, size, workers, keep_draws=keep_draws):
            done = part if done is None else done + part
            if seats is not None:
                parts.append(seats)
            if progress:
                progress(done.runs, n)
    if done is None:
        done = job.block(0, 0)
    return Runs(job, n, done, _joined(parts) if keep_draws else None)


def _check(job: Job, n: int, workers: int, *, keep_draws: bool, block: int | None) -> None:
    for what, value in (("runs", n), ("workers", workers), ("runs in a block", 1 if block is None else block)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise Invalid(f"{value!r} {what}; a whole number from 1 on")
    if n > MOST_RUNS:
        raise Invalid(f"{n:,} runs; at most {MOST_RUNS:,} have numbers of their own")
    if isinstance(job.seed, bool) or not isinstance(job.seed, int):
        raise Invalid(f"the seed is {job.seed!r}; a whole number")
    if keep_draws and n > MOST_DRAWS:
        raise Invalid(
            f"the draws of {n:,} runs cannot be kept; at most {MOST_DRAWS:,}",
            hint="leave the draws out: the summary holds every seat count, whatever the number of runs",
        )
    known = {*job.plan.layout.parties, *job.held}
    for name, members in job.coalitions.items():
        for party in members:
            if party not in known:
                raise NotFound(f"party of the coalition {name}", party, sorted(known))
    for party, seats in job.held.items():
        if seats < 0:
            raise Invalid(f"{party} holds {seats} seats; a number from 0 on")
    job.noise.check(job.votes)


def _resumed(job: Job, path: Path, n: int) -> Summary:
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        summary = Summary.from_json(json.dumps(saved["summary"]))
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise Invalid(f"{path} holds no simulation to go on with: {cause}") from None
    if saved.get("job") != job.name:
        raise Invalid(f"{path} was saved by another scenario, law or seed", hint="start again without it")
    if summary.runs > n:
        raise Invalid(f"{path} holds {summary.runs:,} runs already, more than {n:,}")
    return summary


def _rows(job: Job) -> int:
    if job.plan.how == "one by one":
        return 256
    return max(1024, min(4096, _CELLS // job.plan.layout.width))


def _joined(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    import numpy as np

    return np.concatenate(parts) if parts else np.zeros((0, 0), np.int32)


def _blocks(
    job: Job, start: int, n: int, size: int, workers: int, *, keep_draws: bool
) -> Iterator[tuple[Summary, NDArray[Any] | None]]:
    """Yield the blocks in their order; at most a few are under way at a time, so memory stays flat."""
    spans = ((first, min(size, n - first)) for first in range(start, n, size))
    count = partial(_count, keep_draws=keep_draws)
    if workers == 1:
        for span in spans:
            yield count(job, *span)
        return
    with _pool(job, workers) as pool:
        waiting: deque[Future[tuple[Summary, NDArray[Any] | None]]] = deque()
        call = (
            partial(count, job) if isinstance(pool, ThreadPoolExecutor) else partial(_in_process, keep_draws=keep_draws)
        )
        try:
            for span in spans:
                waiting.append(pool.submit(call, *span))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _count(job: Job, first: int, n: int, *, keep_draws: bool) -> tuple[Summary, NDArray[Any] | None]:
    summary, seats = job.seats(first, n)
    return summary, seats if keep_draws else None


def _pool(job: Job, workers: int) -> Executor:
    if job.plan.how == "arrays":
        job.block(0, 1)  # compiles once, before threads start
        return ThreadPoolExecutor(workers)
    from multiprocessing import get_context

    bare = replace(job)  # without what is cached on it: plans hold functions, which do not travel
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(bare,))


_JOB: list[Job] = []


def _begin(job: Job) -> None:
    """Keep the job of this worker process; the parent alone answers to Ctrl-C."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _JOB[:] = [job]


def _in_process(first: int, n: int, *, keep_draws: bool) -> tuple[Summary, NDArray[Any] | None]:
    return _count(_JOB[0], first, n, keep_draws=keep_draws)
