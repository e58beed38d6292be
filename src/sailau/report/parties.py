"""Tables of parties: laws clause by clause, what changed, how a list of members stands, the days of every stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sailau.parties.areas import Areas
from sailau.parties.judge import FAILS, HOLDS, UNKNOWN, Verdict, in_words
from sailau.parties.law import PartyLaw, Stage
from sailau.parties.roll import Roll
from sailau.parties.schedule import Schedule
from sailau.parties.spans import Span
from sailau.records.registers import Cases
from sailau.report.table import Cell, Table
from sailau.terms.speech import coded, joined, quoted, say

MOST = 6
"""Areas that are told one by one; of more, only how many and the worst."""


def party_laws_table(laws: Iterable[PartyLaw]) -> Table:
    """Return one row for each edition."""
    rows = tuple(
        (str(law), quoted(law.name), law.since, law.until, str(law.checked.on) if law.checked else say("no"))
        for law in laws
    )
    return Table(("law", "name", "from", "until", "checked"), rows, say("{n} editions of laws on parties", n=len(rows)))


def party_law_table(law: PartyLaw, areas: Areas | None) -> Table:
    """Return an edition: its conditions in words, its stages with their terms, each with its article."""
    rows: list[tuple[Cell, ...]] = [(coded(c.name), in_words(c), quoted(c.cite)) for c in law.conditions]
    rows += [(name, value, cite) for name, value, cite in _tied(law, areas) if name != say("members in all")]
    rows += [
        (say("stage {stage}", stage=coded(stage.stage)), stage_in_words(stage), quoted(stage.cite))
        for stage in law.stages
    ]
    title = say(
        "{law}: {name}, in force {since} to {until}",
        law=str(law),
        name=quoted(law.name),
        since=str(law.since),
        until=law.until or say("now"),
    )
    return Table(("clause", "value", "article"), tuple(rows), title, tuple(caveats(law)), {"law": _plain(law.document)})


def caveats(law: PartyLaw) -> list[str]:
    """Return what has to be said of an edition: whether it was checked, its sources, its notes."""
    if law.checked:
        note = quoted(f"; {law.checked.note}") if law.checked.note else ""
        out = [
            say(
                "{law} was compared on {on} by {by} with {against}{note}",
                law=law,
                on=law.checked.on,
                by=quoted(law.checked.by),
                against=quoted(law.checked.against),
                note=note,
            )
        ]
    else:
        out = [say("{law} is not checked against the statute", law=law)]
    out += [quoted(f"{key}: {text}") for key, text in law.texts.items()]
    out += [say("read for {law}: {source}", law=law, source=quoted(source)) for source in law.sources]
    return [*out, *map(quoted, law.notes)]


def stage_in_words(stage: Stage, *, fails: bool = True) -> str:
    """Say a stage with its terms, and how it fails."""
    if stage.limit is not None:
        return say(
            "{within} after {after} all ends unless {limit} is over",
            within=stage.within,
            after=coded(stage.after),
            limit=coded(stage.limit),
        )
    parts = [say("after {after}", after=coded(stage.after))]
    parts += [say("within {within}", within=stage.within)] if stage.within else []
    if stage.answer is not None:
        parts.append(
            say("answered the same day")
            if stage.answer == Span()
            else say("answered within {answer}", answer=stage.answer)
        )
    parts += [say("opens {opens} before the election", opens=stage.opens)] if stage.opens else []
    parts += [say("closes {closes} before the election", closes=stage.closes)] if stage.closes else []
    parts += [say("again {again} after a refusal", again=stage.again)] if stage.again else []
    parts += [say("else the registration ends")] if stage.ends else []
    parts += [say("fails by {fails}", fails=", ".join(map(coded, stage.fails)))] if fails and stage.fails else []
    return joined(parts, "; ")


def _tied(law: PartyLaw, areas: Areas | None) -> list[tuple[str, str, str]]:
    """Return how much of the bar is tied to areas, on the first day of the edition."""
    condition = law.headcount
    if condition is None:
        return []
    out = [(say("members in all"), f"{condition.total:,}", quoted(condition.cite))] if condition.total else []
    if areas is None or not condition.per_area:
        return out
    units = len(areas.on(law.since, condition.kind))
    tied = condition.tied(units)
    out.append((say("areas on the first day"), str(units), quoted(condition.cite)))
    out.append((say("members tied to areas"), f"{tied:,}", quoted(condition.cite)))
    if condition.total:
        out.append((say("part tied to areas"), f"{tied / condition.total:.0%}", quoted(condition.cite)))
    return out


def party_law_difference(before: PartyLaw, after: PartyLaw, areas: Mapping[str, Areas | None]) -> Table:
    """Return what differs between two editions, the bar first."""
    old = [*_tied(before, areas.get(before.areas or "")), *_clauses(before)]
    new = [*_tied(after, areas.get(after.areas or "")), *_clauses(after)]
    was, now = {n: (v, c) for n, v, c in old}, {n: (v, c) for n, v, c in new}
    rows: list[tuple[Cell, ...]] = []
    for name in [*was, *(name for name in now if name not in was)]:
        a, b = was.get(name, (None, "")), now.get(name, (None, ""))
        if a[0] != b[0]:
            rows.append((name, a[0], b[0], quoted(b[1] or a[1])))
    title = say("{before} -> {after}: {n} clauses differ", before=before, after=after, n=len(rows))
    heads = (before.edition, after.edition) if before.id == after.id else (str(before), str(after))
    notes = tuple(
        say("{law} is not checked against the statute", law=law) for law in (before, after) if law.checked is None
    )
    return Table(("clause", *heads, "article"), tuple(rows), title, notes)


def _clauses(law: PartyLaw) -> list[tuple[str, str, str]]:
    out, seen = [], dict[str, int]()
    for condition in law.conditions:
        n = seen[condition.name] = seen.get(condition.name, -1) + 1
        out.append(
            (
                coded(condition.name) if n == 0 else f"{coded(condition.name)} [{n}]",
                in_words(condition),
                quoted(condition.cite),
            )
        )
    return out + [
        (say("stage {stage}", stage=coded(stage.stage)), stage_in_words(stage, fails=False), quoted(stage.cite))
        for stage in law.stages
    ]


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
        [say("{hidden} areas in which the condition holds are left out; --areas shows them", hidden=hidden)]
        if hidden
        else []
    )
    notes += standing(law, roll.day)
    extra = {"law": str(law), "on": str(roll.day), "members": roll.total, **_days(plan)}
    columns = ("condition", "area", "status", "needed", "there", "missing", "article")
    return Table(columns, rows, title, tuple(notes), extra)


def standing(law: PartyLaw, day: date) -> list[str]:
    """Say that an edition is not in force on a day, or that nobody compared it with the statute."""
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
    return out + ([say("{law} is not checked against the statute", law=law)] if law.checked is None else [])


def check_sentences(verdicts: Sequence[Verdict]) -> list[str]:
    """Say what fails and by how many, and what the file does not tell."""
    out = []
    short = [v for v in verdicts if v.status == FAILS and v.area and v.missing]
    if len(short) > MOST:
        worst = max(short, key=lambda v: v.missing or 0)
        total = sum(v.missing or 0 for v in short)
        out.append(
            say(
                "fails: {condition} in {n} areas: {total:,} missing, most in {area} ({cite})",
                condition=worst.condition,
                n=len(short),
                total=total,
                area=worst.area,
                cite=quoted(worst.cite),
            )
        )
    for verdict in verdicts:
        if verdict.status != FAILS or (verdict.area and len(short) > MOST):
            continue
        where = say(" in {area}", area=verdict.area) if verdict.area else ""
        if verdict.missing:
            out.append(
                say(
                    "fails: {condition}{where}: {missing:,} missing ({cite})",
                    condition=verdict.condition,
                    where=where,
                    missing=verdict.missing,
                    cite=quoted(verdict.cite),
                )
            )
        else:
            reason = joined(["", verdict.note], ": ") if verdict.note else ""
            out.append(
                say(
                    "fails: {condition}{where}{reason} ({cite})",
                    condition=verdict.condition,
                    where=where,
                    reason=reason,
                    cite=quoted(verdict.cite),
                )
            )
    unknown = [v.condition for v in verdicts if v.status == UNKNOWN]
    if not out:
        held = sum(v.status == HOLDS for v in verdicts)
        out.append(
            say("all {held} conditions that the list can tell hold", held=held)
            if held
            else say("no condition can be told by a list")
        )
    if unknown:
        out.append(say("the list does not tell: {unknown}", unknown="; ".join(unknown)))
    return out


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
    out = [
        say(
            "registered at the earliest on {ready}{late}, if all conditions hold",
            ready=plan.ready,
            late=late if slow != plan.ready else "",
        )
    ]
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
    return Table(columns, rows, say("{law} from {start}", law=law, start=start), notes, _days(plan))


def _days(plan: Schedule) -> dict[str, Any]:
    return {
        "registered": {"earliest": _day(plan.ready), "answered": _day(plan.ready_answered)},
        "election": {"earliest": _day(plan.election), "answered": _day(plan.election_answered)},
    }


def _day(day: date | None) -> str | None:
    return None if day is None else str(day)


def cases_table(cases: Cases) -> Table:
    """Return the rates of every gate with their intervals, and the attempts that are told."""
    rows: list[tuple[Cell, ...]] = []
    for gate, rate in cases.rates.items():
        low, high = rate.interval()
        rows.append(
            (
                coded(gate),
                quoted(rate.name),
                rate.passed,
                rate.tried,
                *(f"{x:.1%}" for x in (low, rate.quantile(0.5), high)),
            )
        )
    for rate in cases.others:
        low, high = rate.interval()
        rows.append(
            (None, quoted(rate.name), rate.passed, rate.tried, *(f"{x:.1%}" for x in (low, rate.quantile(0.5), high)))
        )
    notes = [
        quoted(f"{case.who}, {case.years}: reached {case.reached}, {case.ended}; {case.note}")
        for case in cases.recorded
    ]
    lead = say("each rate is a Beta distribution (Jeffreys): low and high are its 2.5% and 97.5% points")
    sources = dict.fromkeys(rate.source for rate in (*cases.rates.values(), *cases.others))
    columns = ("gate", "what", "passed", "tried", "low", "middle", "high")
    return Table(
        columns,
        tuple(rows),
        cases.name,
        (lead, *(say("source: {source}", source=quoted(s)) for s in sources), *notes, *map(quoted, cases.notes)),
    )


def problems_table(problems: Sequence[Any], path: str) -> Table:
    """Return every problem of a list, numbered."""
    rows = tuple((n, p.code, p.place.line, p.place.letter or None, p.what, p.hint) for n, p in enumerate(problems, 1))
    return Table(
        ("no", "code", "row", "column", "what", "hint"), rows, say("{path}: {n} problems", path=path, n=len(rows))
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | bool) or value is None else str(value)
