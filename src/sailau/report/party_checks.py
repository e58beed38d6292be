"""A list of members held against a law on parties, in words: what holds, what fails, by how many and where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sailau.parties.judge import FAILS, HOLDS, UNKNOWN, Verdict
from sailau.parties.law import PartyLaw
from sailau.parties.roll import Roll
from sailau.parties.schedule import Schedule
from sailau.report.party_timetables import days_of, schedule_sentences, standing
from sailau.report.table import Table
from sailau.terms.speech import coded, joined, quoted, say

MOST = 6
"""Areas that are told one by one; of more, only how many and the worst."""


def check_table(
    law: PartyLaw, roll: Roll, verdicts: Sequence[Verdict], plan: Schedule, *, every: bool, election: date | None
) -> Table:
    """Return one row for each condition: whether it holds, and how many are missing where."""
    shown = [v for v in verdicts if every or v.area is None or v.status == FAILS]
    rows = tuple(
        (
            joined([v.condition, v.note], ": ") if v.note else v.condition,
            v.area,
            coded(v.status),
            v.needed,
            v.there,
            v.missing,
            quoted(v.cite),
        )
        for v in shown
    )
    fails = [v for v in verdicts if v.status == FAILS]
    title = say(
        "{total:,} members under {law} on {day}: {n} conditions fail",
        total=roll.total,
        law=law,
        day=roll.day,
        n=len(fails),
    )
    notes = [*check_sentences(verdicts), *schedule_sentences(plan, election)]
    hidden = len(verdicts) - len(shown)
    notes += (
        [say("{hidden} areas that have enough or may stay below are left out; --areas shows them", hidden=hidden)]
        if hidden
        else []
    )
    notes += standing(law, roll.day)
    extra = {"law": str(law), "on": str(roll.day), "members": roll.total, **days_of(plan)}
    columns = ("condition", "area", "status", "needed", "there", "missing", "article")
    return Table(columns, rows, title, tuple(notes), extra)


def check_sentences(verdicts: Sequence[Verdict]) -> list[str]:
    """Say what fails and by how many, and what the file does not tell."""
    short = [v for v in verdicts if v.status == FAILS and v.area and v.missing]
    many = len(short) > MOST
    out = [_short_in_many(short)] if many else []
    out += [_failure(v) for v in verdicts if v.status == FAILS and not (many and v.area)]
    if not out:
        held = sum(v.status == HOLDS for v in verdicts)
        out.append(
            say("all {held} conditions that the list can tell hold", held=held)
            if held
            else say("no condition can be told by a list")
        )
    unknown = [v.condition for v in verdicts if v.status == UNKNOWN]
    if unknown:
        out.append(say("the list does not tell: {unknown}", unknown="; ".join(unknown)))
    return out


def _short_in_many(short: Sequence[Verdict]) -> str:
    """Say of many areas in one sentence how many are missing, and where most."""
    worst = max(short, key=lambda v: v.missing or 0)
    return say(
        "fails: {condition} in {n} areas: {total:,} missing, most in {area} ({cite})",
        condition=worst.condition,
        n=len(short),
        total=sum(v.missing or 0 for v in short),
        area=worst.area,
        cite=quoted(worst.cite),
    )


def _failure(verdict: Verdict) -> str:
    """Say what fails, where, and by how many where that is a number."""
    where = say(" in {area}", area=verdict.area) if verdict.area else ""
    if not verdict.missing:
        return say(
            "fails: {condition}{where}{reason} ({cite})",
            condition=verdict.condition,
            where=where,
            reason=joined(["", verdict.note], ": ") if verdict.note else "",
            cite=quoted(verdict.cite),
        )
    return say(
        "fails: {condition}{where}: {missing:,} missing{reason} ({cite})",
        condition=verdict.condition,
        where=where,
        reason=joined(["", verdict.note], "; ") if verdict.note and not verdict.area else "",
        missing=verdict.missing,
        cite=quoted(verdict.cite),
    )


def problems_table(problems: Sequence[Any], path: str) -> Table:
    """Return every problem of a list, numbered."""
    rows = tuple((n, p.code, p.place.line, p.place.letter or None, p.what, p.hint) for n, p in enumerate(problems, 1))
    return Table(
        ("no", "code", "row", "column", "what", "hint"), rows, say("{path}: {n} problems", path=path, n=len(rows))
    )
