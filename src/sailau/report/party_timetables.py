"""The days of every stage, from the first meeting to the ballot."""

from __future__ import annotations

from datetime import date
from typing import Any

from sailau.parties.law import PartyLaw
from sailau.parties.schedule import Schedule
from sailau.report.table import Table
from sailau.terms.speech import coded, quoted, say


def schedule_sentences(plan: Schedule, election: date | None) -> list[str]:
    """Say when the party could be on a ballot, and whether an election day leaves time."""
    if plan.ready is None:
        return [say("the law sets no terms from which a day follows")]
    slow = plan.ready_answered
    late = (
        say(", {slow} if the authority takes all its time", slow=slow)
        if slow
        else say("; the law gives the authority no term")
    )
    registers = any(step.stage.gate == "register" for step in plan.steps)
    out = (
        []
        if not registers
        else [
            say(
                "registered at the earliest on {ready}{late}, if all conditions hold",
                ready=plan.ready,
                late=late if slow != plan.ready else "",
            )
        ]
    )
    out += [
        say(
            "the term of {stage} was missed: the last day was {latest}",
            stage=coded(step.stage.stage),
            latest=step.latest,
        )
        for step in plan.steps
        if step.missed
    ]
    if plan.election is None or plan.closes is None:
        return out
    whole = plan.election_answered
    more = say(", {whole} if the authority takes all its time", whole=whole) if whole and whole != plan.election else ""
    out.append(
        say(
            "on the ballot of an election from {election} on{more}: nominations close {closes} before the day",
            election=plan.election,
            more=more,
            closes=plan.closes,
        )
    )
    margin = plan.margin(election) if election else None
    if election is not None and margin is not None:
        last = plan.closes.before(election)
        word = say("{n} days to spare", n=margin) if margin >= 0 else say("too late by {n} days", n=-margin)
        out.append(say("for {election}: nominations close on {last}; {word}", election=election, last=last, word=word))
    return out


def timetable_table(law: PartyLaw, plan: Schedule, start: date, election: date | None) -> Table:
    """Return the days of every stage."""
    rows = tuple(
        (
            coded(step.stage.stage),
            step.stage.gate and coded(step.stage.gate),
            step.done,
            step.earliest,
            step.answered,
            step.latest,
            quoted(step.stage.cite),
        )
        for step in plan.steps
    )
    columns = ("stage", "gate", "done", "earliest", "if_slow", "last_day", "article")
    notes = (*schedule_sentences(plan, election), *standing(law, start))
    return Table(columns, rows, say("{law} from {start}", law=law, start=start), notes, days_of(plan))


def days_of(plan: Schedule) -> dict[str, Any]:
    """Return the earliest days of registration and of an election, for machines."""
    return {
        "registered": {"earliest": _spelled(plan.ready), "answered": _spelled(plan.ready_answered)},
        "election": {"earliest": _spelled(plan.election), "answered": _spelled(plan.election_answered)},
    }


def _spelled(day: date | None) -> str | None:
    return None if day is None else str(day)


def standing(law: PartyLaw, day: date, *, today: date | None = None) -> list[str]:
    """Say that an edition is not in force on a day, may not be by then, or was not compared with the statute."""
    span = (
        say("{since} to {until}", since=str(law.since), until=law.until)
        if law.until
        else say("{since} on", since=str(law.since))
    )
    out = (
        []
        if law.is_in_force(day)
        else [say("{law} was not in force on {day}: it is from {span}", law=law, day=day, span=span)]
    )
    if law.is_in_force(day) and day > (today or date.today()):
        sentence = "{day} is to come: {law} is the newest edition known here, and the law may change until then"
        out.append(say(sentence, day=day, law=law))
    return out + ([say("{law} is not checked against the statute", law=law)] if law.checked is None else [])
