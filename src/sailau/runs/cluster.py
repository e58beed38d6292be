"""More than one machine: the same blocks under a Dask scheduler, summaries back, draws only when asked for.

A task is the number of its first run and how many runs it has; a worker that is lost loses nothing, since its tasks
are run again elsewhere and give the same figures. Summaries are added in the order of runs, so that what is done at
any time is the first part of the whole and can be resumed.
"""

from __future__ import annotations

import pickle
import zlib
from collections import deque
from collections.abc import Generator
from time import perf_counter
from typing import TYPE_CHECKING, Any

from sailau.runs.blocks import bare, counted, spans_of
from sailau.runs.job import Job
from sailau.terms.errors import Invalid
from sailau.terms.extras import need

if TYPE_CHECKING:
    from sailau.runs.blocks import Part

TASK = 1.0
"""Seconds of one task, about: handing out a task costs about a millisecond."""

WAIT = "10s"

_AHEAD = 4
_RETRIES = 20


class Unreachable(Invalid):
    """No scheduler answers at that address."""


def on_cluster(
    job: Job, start: int, n: int, address: str, workers: int, *, size: int, keep_draws: bool
) -> Generator[Part]:
    """Yield the parts of a simulation that a cluster counts, in their order.

    Parameters
    ----------
    job : Job
    start, n : int
        The runs still to be done: `start` … `n` - 1.
    address : str
        Of a Dask scheduler, or ``local``.
    workers : int
        Processes of a local cluster.
    size : int
        Runs counted at once by a worker.
    keep_draws : bool
        Send the seats of every run back.

    Raises
    ------
    Invalid
        The extra is missing, or nobody answers.
    """
    client, ours = _client(address, workers)
    try:
        task = size * max(1, round(TASK / _seconds(job, size)))
        task = min(task, max(size, -(-(n - start) // (2 * workers))))
        parcel = zlib.compress(pickle.dumps(bare(job)))
        waiting: deque[Any] = deque()
        for span in spans_of(job, start, n, task):
            terms = {"size": size, "keep_draws": keep_draws, "pure": False, "retries": _RETRIES}
            waiting.append(client.submit(_task, parcel, job.name, *span, **terms))
            if len(waiting) >= _AHEAD * max(workers, len(client.scheduler_info()["workers"])):
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    finally:
        client.close()
        for each in ours:
            each.close()


_JOBS: dict[str, Job] = {}


def _task(parcel: bytes, name: str, first: int, n: int, *, size: int, keep_draws: bool) -> Part:
    """Count a span on a worker; the job travels with every task, so that a worker may come at any time."""
    if name not in _JOBS:
        _JOBS.clear()
        _JOBS[name] = pickle.loads(zlib.decompress(parcel))
    return counted(_JOBS[name], first, n, size=size, keep_draws=keep_draws)


def _result(future: Any) -> Part:
    killed: Any = need("distributed", extra="cluster", what="a cluster").KilledWorker
    try:
        part: Part = future.result()
    except killed as cause:
        raise Invalid(
            f"the workers of the cluster die one after the other: {cause}", hint="what is done can be resumed"
        ) from None
    return part


def _seconds(job: Job, size: int) -> float:
    """Return how long a worker needs for a block, about: it is measured here, after whatever must be compiled."""
    job.block(0, min(size, 8))
    began = perf_counter()
    job.block(0, size)
    return max(perf_counter() - began, 1e-6)


def _client(address: str, workers: int) -> tuple[Any, list[Any]]:
    """Return a client, and what has to be closed after it."""
    dask = need("distributed", extra="cluster", what="a cluster")
    if address == "local":
        cluster = dask.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        )
        return dask.Client(cluster, set_as_default=False), [cluster]
    try:
        return dask.Client(address, timeout=WAIT, set_as_default=False), []
    except (OSError, TimeoutError, ValueError) as cause:
        raise Unreachable(
            f"no Dask scheduler answers at {address}: {cause or type(cause).__name__}",
            hint="start one (dask scheduler) and workers (dask worker ADDRESS), or use --cluster local",
        ) from None
