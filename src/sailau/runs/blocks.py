"""Blocks of runs: counted here, in threads or in processes, and handed on in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from sailau.runs.job import Job
from sailau.runs.summary import Summary
from sailau.terms.errors import Invalid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Part = tuple[Summary, NDArray[Any] | None]

Span = tuple[int, int]
"""The first run of a block, and how many runs it has."""

_CELLS = 1 << 17

MOST_LOST = 5
"""How often workers may be lost one after the other before anything is counted."""


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
    call: Callable[..., Part] = partial(_in_process, size=size, keep_draws=keep_draws)
    if job.plan.how == "arrays":
        call = partial(counted, job, size=size, keep_draws=keep_draws)
    open_ones: deque[Span] = deque()
    lost, done = 0, 0
    while True:
        try:
            with closing(_pooled(job, chain(tuple(open_ones), spans), open_ones, call, workers)) as parts:
                for part in parts:
                    done += 1
                    yield part
            return
        except BrokenExecutor:  # a worker was killed, for instance for want of memory: others count its blocks again
            lost = lost + 1 if not done else 1
            done = 0
            if lost > MOST_LOST:
                raise Invalid(
                    f"workers were lost {lost} times one after the other, and nothing was counted in between",
                    hint="they may want memory: take fewer --workers",
                ) from None


def _pooled(
    job: Job, spans: Iterator[Span], open_ones: deque[Span], call: Callable[..., Part], workers: int
) -> Generator[Part]:
    """Yield the blocks in their order; `open_ones` are those that were handed out and not yielded yet."""
    open_ones.clear()
    with _pool(job, workers) as pool:
        waiting: deque[Future[Part]] = deque()
        try:
            for span in spans:
                open_ones.append(span)
                waiting.append(pool.submit(call, *span))
                if len(waiting) > 2 * workers:
                    part = waiting.popleft().result()
                    open_ones.popleft()
                    yield part
            while waiting:
                part = waiting.popleft().result()
                open_ones.popleft()
                yield part
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
