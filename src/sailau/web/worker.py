"""The worker: a process that does one task after the other, tells what it has, and listens for a stop in between."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from sailau.law.edition import Law
from sailau.report.table import Table
from sailau.runs.logistic_normal import LogisticNormal
from sailau.runs.noise import Dirichlet, Swing
from sailau.terms.errors import SailauError
from sailau.terms.speech import speaking
from sailau.terms.tally import Tally
from sailau.web.problems import Problem, problem_of

PART = 0.1
"""Seconds between two reports, about."""

SLOW = 8
"""Runs in a block of a law that is counted one by one, so that a stop need not wait."""


class Stop:
    """What is sent to a worker that is to stop."""


class Report(Protocol):
    """What a task calls with what it has; it says whether to stop."""

    def __call__(self, done: int, result: Any) -> bool:
        """Take a part, and say whether to stop."""


class Task(Protocol):
    """Work that can be sent to a process."""

    @property
    def total(self) -> int:
        """How much there is to do."""

    def run(self, report: Report) -> tuple[int, Any]:
        """Do it; return how much was done, and the result."""


@dataclass(frozen=True)
class Simulation:
    """A simulation; its parts are `sailau.runs.simulate.Runs`."""

    law: Law
    tally: Tally
    noise: LogisticNormal | Dirichlet | Swing
    n: int
    seed: int
    held: dict[str, int] = field(default_factory=dict)
    coalitions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    decisions: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The runs asked for."""
        return self.n

    def run(self, report: Report) -> tuple[int, Any]:
        """Count block after block, and tell what there is ten times a second."""
        from sailau.runs.job import Job
        from sailau.runs.simulate import watch

        job = Job(self.law, self.tally, self.noise, self.seed, self.held, self.coalitions, self.decisions)
        block = None if job.plan.how == "arrays" else SLOW
        steps = watch(
            self.law, self.tally, noise=self.noise, n=self.n, seed=self.seed, held=self.held,
            coalitions=self.coalitions, decisions=self.decisions, block=block, every=PART,
        )  # fmt: skip
        for runs in steps:
            if not runs.is_complete and report(runs.summary.runs, runs.summary):
                steps.close()
                break
        return steps.now.summary.runs, steps.now.summary


@dataclass(frozen=True)
class Examining:
    """An examination of polling stations; it comes in one part."""

    raw: bytes = field(repr=False)
    name: str = ""
    leader: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    keep: bool = False
    seed: int = 1
    total: int = 1

    def run(self, report: Report) -> tuple[int, Any]:
        """Read the file and run the tests."""
        from sailau.web.stations import examined

        report(0, None)
        return 1, examined(self)  # the examination, and its figures


@dataclass(frozen=True)
class Placing:
    """Positions of voters on a line, from a user's roll calls; they come in one part."""

    raw: bytes = field(repr=False)
    name: str = ""
    codes: str | None = None
    anchors: dict[str, float] = field(default_factory=dict)
    voters: tuple[str, ...] = ()
    over_time: bool = False
    bridge: str = ""
    draws: int = 0
    lang: str = "en"
    seed: int = 1
    total: int = 1

    def run(self, report: Report) -> tuple[int, Any]:
        """Read the file and estimate."""
        from sailau.web.rollcalls import placed

        report(0, None)
        return 1, placed(self)


@dataclass(frozen=True)
class Scoreboard:
    """A replay of the whole archive."""

    laws: tuple[Path, ...] = ()
    elections: tuple[Path, ...] = ()
    total: int = 1

    def run(self, report: Report) -> tuple[int, Any]:
        """Count every election again."""
        from sailau.locale import LANGUAGES
        from sailau.records.library import election_ids, load_election
        from sailau.report.results import scoreboards
        from sailau.runs.replay import replay

        report(0, None)
        names = election_ids(folders=self.elections)
        seen = (replay(load_election(name, folders=self.elections), folders=self.laws) for name in names)
        return 1, scoreboards(seen, tuple(LANGUAGES))


@dataclass(frozen=True)
class Answered:
    """All claims of a book: the list, and of each by its id the verdict in a line and all that is to be said."""

    table: Table
    heads: dict[str, str]
    parts: dict[str, list[tuple[str, list[str]]]]


@dataclass(frozen=True)
class Answers:
    """Claims, answered by the records."""

    laws: tuple[Path, ...] = ()
    elections: tuple[Path, ...] = ()
    country: str | None = None
    total: int = 1

    def run(self, report: Report) -> tuple[int, Any]:
        """Resolve every claim of the book."""
        from datetime import date

        from sailau.claims.read import load_book
        from sailau.claims.resolve import resolve_all
        from sailau.claims.world import World
        from sailau.report.claims import book_title, claim_head, claim_parts, claims_table

        report(0, None)
        book = load_book(self.country)
        world = World(self.elections, self.laws, tuple(book.tables), on=date.today())
        seen = resolve_all(book, world)
        table = claims_table(seen, title=book_title(book, world))
        heads = {one.claim.id: claim_head(one) for one in seen}
        return 1, Answered(table, heads, {one.claim.id: claim_parts(one) for one in seen})


def work(pipe: Connection[Any, Any]) -> None:
    """Do tasks as they come, until the pipe is closed. Ctrl-C is for the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            asked = pipe.recv()
            if isinstance(asked, Stop):
                continue
            lang, task = asked
            pipe.send(("begun", None))
            with speaking(lang):
                pipe.send(_outcome(task, _reporter(pipe)))


def _reporter(pipe: Connection[Any, Any]) -> Callable[[int, Any], bool]:
    def report(done: int, result: Any) -> bool:
        pipe.send(("part", (done, result)))
        return pipe.poll() and isinstance(pipe.recv(), Stop)

    return report


def _outcome(task: Any, report: Callable[[int, Any], bool]) -> tuple[str, Any]:
    try:
        return "end", task.run(report)
    except SailauError as error:
        return "error", problem_of(error)
    except Exception as error:  # whatever it is, the server goes on and says so
        return "error", Problem(500, f"{type(error).__name__}: {error}")
