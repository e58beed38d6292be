"""Blocks of runs: counted here, in threads or in processes, and handed on in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sailau.runs.job import Job
from sailau.runs.summary import Summary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Part = tuple[Summary, NDArray[Any] | None]

Span = tuple[int, int]
"""The first run of a block, and how many runs it has."""

_CELLS = 1 << 17


def rows_of(job: Job) -> int:
    """Return the runs that are best counted at once: some thousands, fewer where a run is wide or slow."""
    if job.plan.how == "one by one":
        return 64
    return max(64, min(4096, _CELLS // job.plan.layout.width))


def spans_of(job: Job, start: int, n: int, size: int) -> Iterator[Span]:
    """Yield the blocks from run `start` to run `n`; none crosses from one randomisation into the next."""
    edge = job.points or n
    first = start
    while first < n:
        stop = min(first + size, n, (first // edge + 1) * edge)
        yield first, stop - first
        first = stop


def counted(job: Job, first: int, n: int, *, size: int, keep_draws: bool) -> Part:
    """Return the summary of a span of one randomisation, counted block by block, and its seats if they are kept."""
    import numpy as np

    total: Summary | None = None
    kept: list[NDArray[Any]] = []
    for at in range(first, first + n, size):
        summary, seats = job.seats(at, min(size, first + n - at))
        total = summary if total is None else total + summary
        if keep_draws:
            kept.append(seats)
    return total if total is not None else job.block(first, 0), np.concatenate(kept) if kept else None


def in_order(job: Job, spans: Iterator[Span], workers: int, *, size: int, keep_draws: bool) -> Generator[Part]:
    """Yield the blocks in their order; at most a few are under way at a time, so memory stays flat."""
    if workers == 1:
        for span in spans:
            yield counted(job, *span, size=size, keep_draws=keep_draws)
        return
    with _pool(job, workers) as pool:
        waiting: deque[Future[Part]] = deque()
        inside = partial(_in_process, size=size, keep_draws=keep_draws)
        here = partial(counted, job, size=size, keep_draws=keep_draws)
        call = here if isinstance(pool, ThreadPoolExecutor) else inside
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


def bare(job: Job) -> Job:
    """Return the job without what is cached on it: plans hold functions, which do not travel."""
    return replace(job)


def _pool(job: Job, workers: int) -> Executor:
    if job.plan.how == "arrays":
        job.block(0, 1)  # compiles once, before threads start
        return ThreadPoolExecutor(workers)
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(bare(job),))


_JOB: list[Job] = []


def _begin(job: Job) -> None:
    """Keep the job of this worker process; the parent alone answers to Ctrl-C."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _JOB[:] = [job]


def _in_process(first: int, n: int, *, size: int, keep_draws: bool) -> Part:
    return counted(_JOB[0], first, n, size=size, keep_draws=keep_draws)
