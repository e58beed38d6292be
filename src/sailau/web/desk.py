"""The desk: what every request of one server shares. All of it can be made anew; nothing of it is a user's state."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from sailau.law.edition import Law
from sailau.law.library import law_ids, load_editions, load_law
from sailau.law.result import Result
from sailau.records.election import Election
from sailau.records.heads import Head, election_heads
from sailau.records.library import load_election
from sailau.report.table import Table
from sailau.runs.replay import law_of
from sailau.terms.errors import NotFound
from sailau.terms.speech import named, say, spoken
from sailau.terms.tally import Tally
from sailau.web.controls import Control, controls_of, that_stand
from sailau.web.jobs import Jobs
from sailau.web.problems import Refused
from sailau.web.settings import Settings
from sailau.web.store import OWN, Store

if TYPE_CHECKING:
    from sailau.web.jobs import Job
    from sailau.web.worker import Task

T = TypeVar("T")
KEPT = 200
"""Pictures and controls that are kept at a time."""


class Desk:
    """Records, laws, uploads and jobs of one server.

    Parameters
    ----------
    settings : Settings
    jobs : Jobs
    """

    def __init__(self, settings: Settings, jobs: Jobs) -> None:
        self.settings, self.jobs = settings, jobs
        self.clerk = Jobs(each=100)
        """A worker of the server's own, so that its work does not wait for that of users."""

        self.store = Store(settings.kept_limit)
        self._made: dict[str, Any] = {}
        self._under_way: dict[str, Job] = {}
        self._making, self._lock = Lock(), Lock()
        self._known: OrderedDict[tuple[str, ...], Any] = OrderedDict()
        self._stand: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._election = lru_cache(maxsize=64)(self._load_election)
        self._in_force = lru_cache(maxsize=64)(self._count)

    def close(self) -> None:
        """End the workers."""
        self.jobs.close()
        self.clerk.close()

    def election(self, name: str) -> Election:
        """Return an election of the archive, of the user's folders, or an upload.

        Raises
        ------
        NotFound
            There is none of that name.
        """
        if name.startswith(OWN):
            made: Election = self._own(name, Election)
            return made
        return self._election(name)

    def _load_election(self, name: str) -> Election:
        return load_election(name, folders=self.settings.elections)

    def law(self, name: str) -> Law:
        """Return an edition by its name, or an uploaded one."""
        if name.startswith(OWN):
            made: Law = self._own(name, Law)
            return made
        return load_law(name, folders=self.settings.laws)

    def law_of(self, election: Election) -> Law:
        """Return the law that an election was held under."""
        if election.law.startswith(OWN):
            return self.law(election.law)
        return law_of(election, folders=self.settings.laws)

    def _own(self, name: str, kind: type[Any]) -> Any:
        kept = self.store.get(name)
        if not isinstance(kept.made, kind):
            raise NotFound(kind.__name__.lower(), name)
        return kept.made

    def in_force(self, name: str) -> Result:
        """Count an election under the law of its day."""
        return self._in_force(name)

    def _count(self, name: str) -> Result:
        election = self.election(name)
        return self.law_of(election).count(election.tally, decisions=election.decisions)

    def controls(self, law: Law, election: Election) -> list[Control]:
        """Return the controls of a law as enacted; options that cannot stand are left out."""
        key = ("controls", law.path, str(law), election.id, *law.changes.values())
        return self.remember(key, lambda: self._controls(law, election.tally))

    def _controls(self, law: Law, tally: Tally) -> list[Control]:
        return [replace(control, options=self._options(law, control)) for control in controls_of(law, tally, {})]

    def remember(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what follows from a key alone: made once, and kept while it is asked for."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                known: T = self._known[key]
                return known
        made = make()
        with self._lock:
            self._known[key] = made
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return made

    def _options(self, law: Law, control: Control) -> tuple[str, ...]:
        if control.kind != "choice":
            return control.options
        key = (law.path, str(law), *law.changes.values(), control.path, control.options)
        if key not in self._stand:
            self._stand[key] = that_stand(law, control)
        return self._stand[key]

    def heads(self) -> Sequence[Head]:
        """Return the heads of all elections, by id."""
        return election_heads(folders=self.settings.elections)

    def house(self, name: str) -> dict[str, int]:
        """Return the seats of the whole house by party: counted, appointed and declared."""
        from sailau.runs.replay import replay

        election = self.election(name)
        seen = replay(election, law=self.law_of(election))
        if seen.question is not None:
            raise seen.question
        return seen.house

    @property
    def has_scores(self) -> bool:
        """Say whether the archive was counted again already."""
        return "scoreboard" in self._made

    async def scoreboard(self) -> Table:
        """Return the replay of the whole archive."""
        from sailau.web.worker import Scoreboard

        made: dict[str, Table] = await self.once("scoreboard", Scoreboard(self.settings.laws, self.settings.elections))
        return made[spoken()]

    async def once(self, name: str, task: Task) -> Any:
        """Return what a task gives: made in the worker when it is first asked for, and kept.

        Raises
        ------
        Refused
            It could not be made.
        """
        if name not in self._made:
            with self._making:
                job = self._under_way.get(name)
                if job is None or job.state in ("failed", "stopped"):
                    job = self._under_way[name] = self.clerk.submit(name, task, "server")
            await self.clerk.wait(job, 180)
            if job.state != "done":
                why = job.problem.detail if job.problem else say("it takes too long")
                what = say("{name} could not be made: {why}", name=named(name.partition("-")[0]), why=why)
                raise Refused(503, what, hint=say("the command line shows more"))
            self._made[name] = job.result
        return self._made[name]

    def own_laws(self) -> list[Law]:
        """Return the laws that users brought; those of others too, where a server is open to others."""
        return self.store.all_of(Law) if self.settings.token is None else []

    def editions(self) -> list[Law]:
        """Return every edition of every law, by id and day."""
        folders = self.settings.laws
        return [law for name in law_ids(folders=folders) for law in load_editions(name, folders=folders)]
