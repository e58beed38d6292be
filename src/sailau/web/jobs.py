"""Jobs: long work in a process of its own, with progress, a stop that works at once, and what was done by then."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from typing import Any, Literal

from sailau.terms.errors import NotFound
from sailau.terms.speech import say, spoken
from sailau.web.problems import Problem, Refused
from sailau.web.worker import Stop, Task, work

State = Literal["waiting", "running", "done", "stopped", "failed"]
GRACE = 0.25
"""Seconds that a worker has to end its block after a stop; then its process is ended, and what it sent last stays."""

_KEPT = 40


@dataclass
class Job:
    """One piece of long work.

    Attributes
    ----------
    id, kind : str
    client : str
        Who asked for it.
    state : str
    done, total : int
    started, ended : float, optional
        Seconds of a clock that only goes forward.
    result : object, optional
        What is known so far.
    problem : Problem, optional
    """

    id: str
    kind: str
    client: str
    task: Task
    state: State = "waiting"
    done: int = 0
    total: int = 0
    started: float | None = None
    ended: float | None = None
    result: Any = None
    problem: Problem | None = None
    version: int = 0
    lang: str = "en"
    """The language of who asked for it: the worker speaks it."""

    stop_asked: float | None = field(default=None, repr=False)

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will come."""
        return self.state in ("done", "stopped", "failed")

    def waited(self) -> float | None:
        """Seconds since it was asked to stop; None where nobody did."""
        return None if self.stop_asked is None else time.monotonic() - self.stop_asked

    @property
    def left(self) -> float | None:
        """Seconds that the rest will take, at the pace so far."""
        if self.started is None or not self.done or self.is_over:
            return None
        return (time.monotonic() - self.started) * (self.total - self.done) / self.done

    def document(self) -> dict[str, Any]:
        """Return the state of the job, without its result."""
        left = self.left
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "seconds_left": None if left is None else round(left, 1),
            "problem": self.problem.document() if self.problem else None,
        }


class Jobs:
    """All jobs of one server: one worker process, the jobs one after the other.

    Parameters
    ----------
    each : int
        Jobs of one client that may wait or run at a time.
    """

    def __init__(self, each: int) -> None:
        self._each = each
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: deque[Job] = deque()
        self._lock, self._hiring = Lock(), Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._thread: Thread | None = None
        self._closing = False
        """Set by another thread while this one works."""

    def submit(self, kind: str, task: Task, client: str) -> Job:
        """Take a job.

        Raises
        ------
        Refused
            The client has enough of them already.
        """
        with self._lock:
            open_ones = [job for job in self._jobs.values() if job.client == client and not job.is_over]
            if len(open_ones) >= self._each:
                what = say("{n} jobs are under way; at most {each} at a time", n=len(open_ones), each=self._each)
                raise Refused(429, what, hint=say("wait until one is done, or stop one"))
            job = Job(secrets.token_urlsafe(12), kind, client, task, total=task.total, lang=spoken())
            self._jobs[job.id] = job
            self._queue.append(job)
            while len(self._jobs) > _KEPT:
                oldest = next((key for key, old in self._jobs.items() if old.is_over), None)
                if oldest is None:
                    break
                del self._jobs[oldest]
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="sailau-jobs", daemon=True)
                self._thread.start()
        return job

    def get(self, key: str) -> Job:
        """Return a job.

        Raises
        ------
        NotFound
            There is none of that name, or it is long over.
        """
        job = self._jobs.get(key)
        if job is None:
            raise NotFound("job", key)
        return job

    def stop(self, key: str) -> Job:
        """Ask a job to stop; it keeps what it has done."""
        job = self.get(key)
        if not job.is_over and job.stop_asked is None:
            job.stop_asked = time.monotonic()
        return job

    async def wait(self, job: Job, seconds: float) -> None:
        """Return when the job is over, or the time is."""
        end = time.monotonic() + seconds
        while not job.is_over and time.monotonic() < end:
            await asyncio.sleep(0.02)

    def close(self) -> None:
        """End the worker; nothing is left behind."""
        self._closing = True
        self._end_worker()
        if self._thread is not None:
            self._thread.join(timeout=2)

    def _run(self) -> None:
        while not self._closing:
            with self._lock:
                job = self._queue.popleft() if self._queue else None
                if job is None:
                    self._thread = None
                    return
            try:
                self._work(job)
            except (OSError, EOFError, BrokenPipeError):
                if not self._closing:
                    self._over(job, "failed", Problem(500, say("the worker ended before its work was done")))

    def _work(self, job: Job) -> None:
        if job.waited() is not None:
            self._over(job, "stopped")
            return
        pipe = self._worker()
        job.state, job.version = "running", job.version + 1
        pipe.send((job.lang, job.task))
        told = False
        while not self._closing:
            if pipe.poll(0.02):
                kind, value = pipe.recv()
                if self._take(job, kind, value):
                    return
            if job.waited() is not None and not told:
                pipe.send(Stop())
                told = True
            if (job.waited() or 0) > GRACE:
                self._end_worker()
                self._over(job, "stopped")
                return

    def _take(self, job: Job, kind: str, value: Any) -> bool:
        """Take what the worker says; say whether that was all."""
        if kind == "begun":
            job.started = time.monotonic()
        elif kind == "part":
            job.done, job.result = value
        elif kind == "error":
            self._over(job, "failed", value)
            return True
        elif kind == "end":
            job.done, job.result = value
            self._over(job, "done" if job.done >= job.total else "stopped")
            return True
        job.version += 1
        return False

    @staticmethod
    def _over(job: Job, state: State, problem: Problem | None = None) -> None:
        job.problem, job.ended = problem, time.monotonic()
        job.version += 1
        job.state = state

    def _worker(self) -> Connection[Any, Any]:
        with self._hiring:
            if self._closing:
                raise EOFError(say("the server ends"))
            if self._process is None or self._pipe is None or not self._process.is_alive():
                context = get_context("spawn")
                self._pipe, other = context.Pipe()
                self._process = context.Process(target=work, args=(other,), daemon=True, name="sailau-worker")
                self._process.start()
                other.close()
            return self._pipe

    def _end_worker(self) -> None:
        with self._hiring:
            process, pipe = self._process, self._pipe
            self._process = self._pipe = None
        if process is not None:
            process.terminate()
            process.join(timeout=1)
            if process.is_alive():
                process.kill()
                process.join(timeout=1)
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
