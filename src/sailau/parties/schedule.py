"""From the first meeting to the ballot: the earliest day of every stage, the last one, and what an election leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sailau.parties.law import START, PartyLaw, Stage
from sailau.parties.spans import Span
from sailau.terms.errors import NotFound

_WEEKEND = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Step:
    """A stage with its days.

    Attributes
    ----------
    stage : Stage
    done : date, optional
        The day it was done, where it was.
    earliest : date, optional
        If the applicant loses no day and the authority answers at once.
    answered : date, optional
        If the authority takes all the time that the law gives it; None where the law gives it no limit.
    latest : date, optional
        The last day, counted from the stage before as it was done, or could at the earliest be done.
    missed : bool
        Whether a stage was done after its last day.
    """

    stage: Stage
    done: date | None
    earliest: date | None
    answered: date | None
    latest: date | None
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """All stages, and the days of an election that follow from them.

    Attributes
    ----------
    steps : tuple of Step
    ready, ready_answered : date, optional
        The day on which the party can be registered, at the earliest, and if the authority takes its time.
    closes : Span, optional
        How long before the election nominations close.
    """

    steps: tuple[Step, ...]
    ready: date | None
    ready_answered: date | None
    closes: Span | None

    @property
    def election(self) -> date | None:
        """The first day on which an election could have the party on the ballot."""
        return self._first(self.ready)

    @property
    def election_answered(self) -> date | None:
        """The same if the authority takes all its time."""
        return self._first(self.ready_answered)

    def _first(self, ready: date | None) -> date | None:
        if ready is None or self.closes is None:
            return ready
        day = self.closes.after(ready) - _WEEKEND
        while self.closes.before(day) < ready:
            day += timedelta(days=1)
        return day

    def margin(self, election: date) -> int | None:
        """Return the days left between registration and the end of nominations; negative when it is too late."""
        if self.ready is None or self.closes is None:
            return None
        return (self.closes.before(election) - self.ready).days


def schedule(law: PartyLaw, start: date, done: Mapping[str, date] | None = None) -> Schedule:
    """Reckon the days of every stage.

    Parameters
    ----------
    law : PartyLaw
    start : date
        The day on which the group sets out, or on which it stands.
    done : mapping of stage to date, optional
        Stages that are over, with their days.

    Raises
    ------
    NotFound
        A stage that this law does not have.
    """
    over = dict(done or {})
    names = [stage.stage for stage in law.stages]
    for name in over:
        if name not in names:
            raise NotFound("stage", name, names, listing=f"sailau parties law show {law}")
    quick, slow = {START: start}, {START: start}
    steps = []
    for stage in law.stages:
        step = _step(stage, start, over, quick, slow)
        if step.stage.limit is None and step.earliest is not None:
            quick[stage.stage] = step.earliest
            if step.answered is not None:
                slow[stage.stage] = step.answered
        steps.append(step)
    closing = next((stage.closes for stage in law.stages if stage.gate == "stand" and stage.closes), None)
    last = _last_needed(law)
    return Schedule(tuple(steps), quick.get(last), slow.get(last), closing)


def _last_needed(law: PartyLaw) -> str:
    """Return the stage that must be over before nomination."""
    stand = next((stage for stage in law.stages if stage.gate == "stand" and stage.closes), None)
    return stand.after if stand else law.stages[-1].stage


def _step(
    stage: Stage, start: date, done: Mapping[str, date], quick: Mapping[str, date], slow: Mapping[str, date]
) -> Step:
    before = quick.get(stage.after)
    latest = stage.within.after(before) if before is not None and stage.within else None
    if stage.limit is not None:
        over = quick.get(stage.limit)
        return Step(stage, None, None, None, latest, bool(over and latest and over > latest))
    if stage.stage in done:
        day = done[stage.stage]
        return Step(stage, day, day, day, latest, bool(latest and day > latest))
    if before is None:
        return Step(stage, None, None, None, latest)
    earliest = max(before, start)
    whole = slow.get(stage.after)
    waits = None if stage.stage == "registration" and stage.answer is None else Span()
    answer = stage.answer or waits
    answered = answer.after(max(whole, start)) if whole is not None and answer is not None else None
    return Step(stage, None, earliest, answered, latest, bool(latest and earliest > latest))
