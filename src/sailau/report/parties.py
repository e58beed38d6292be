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
from sailau.records.registers import Cases
from sailau.report.table import Cell, Table

MOST = 6
"""Areas that are told one by one; of more, only how many and the worst."""


def party_laws_table(laws: Iterable[PartyLaw]) -> Table:
    """Return one row for each edition."""
    rows = tuple(
        (str(law), law.name, law.since, law.until, str(law.checked.on) if law.checked else "no") for law in laws
    )
    return Table(("law", "name", "from", "until", "checked"), rows, f"{len(rows)} editions of laws on parties")


def party_law_table(law: PartyLaw, areas: Areas | None) -> Table:
    """Return an edition: its conditions in words, its stages with their terms, each with its article."""
    rows: list[tuple[Cell, ...]] = [(c.name, in_words(c), c.cite) for c in law.conditions]
    rows += [(name, value, cite) for name, value, cite in _tied(law, areas) if name != "members in all"]
    rows += [(f"stage {stage.stage}", stage_in_words(stage), stage.cite) for stage in law.stages]
    title = f"{law}: {law.name}, in force {law.since} to {law.until or 'now'}"
    return Table(("clause", "value", "article"), tuple(rows), title, tuple(caveats(law)), {"law": _plain(law.document)})


def caveats(law: PartyLaw) -> list[str]:
    """Return what has to be said of an edition: whether it was checked, its sources, its notes."""
    if law.checked:
        note = f"; {law.checked.note}" if law.checked.note else ""
        out = [f"{law} was compared on {law.checked.on} by {law.checked.by} with {law.checked.against}{note}"]
    else:
        out = [f"{law} is not checked against the statute"]
    out += [f"{key}: {text}" for key, text in law.texts.items()]
    out += [f"read for {law}: {source}" for source in law.sources]
    return [*out, *law.notes]


def stage_in_words(stage: Stage, *, fails: bool = True) -> str:
    """Say a stage with its terms, and how it fails."""
    if stage.limit is not None:
        return f"{stage.within} after {stage.after} all ends unless {stage.limit} is over"
    parts = [f"after {stage.after}"]
    parts += [f"within {stage.within}"] if stage.within else []
    if stage.answer is not None:
        parts.append("answered the same day" if str(stage.answer) == "0 days" else f"answered within {stage.answer}")
    parts += [f"opens {stage.opens} before the election"] if stage.opens else []
    parts += [f"closes {stage.closes} before the election"] if stage.closes else []
    parts += [f"again {stage.again} after a refusal"] if stage.again else []
    parts += ["else the registration ends"] if stage.ends else []
    parts += [f"fails by {', '.join(fail.replace('_', ' ') for fail in stage.fails)}"] if fails and stage.fails else []
    return "; ".join(parts)


def _tied(law: PartyLaw, areas: Areas | None) -> list[tuple[str, str, str]]:
    """Return how much of the bar is tied to areas, on the first day of the edition."""
    condition = law.headcount
    if condition is None:
        return []
    out = [("members in all", f"{condition.total:,}", condition.cite)] if condition.total else []
    if areas is None or not condition.per_area:
        return out
    units = len(areas.on(law.since, condition.kind))
    tied = condition.tied(units)
    out.append(("areas on the first day", str(units), condition.cite))
    out.append(("members tied to areas", f"{tied:,}", condition.cite))
    if condition.total:
        out.append(("part tied to areas", f"{tied / condition.total:.0%}", condition.cite))
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
            rows.append((name, a[0], b[0], b[1] or a[1]))
    title = f"{before} -> {after}: {len(rows)} clauses differ"
    heads = (before.edition, after.edition) if before.id == after.id else (str(before), str(after))
    notes = tuple(f"{law} is not checked against the statute" for law in (before, after) if law.checked is None)
    return Table(("clause", *heads, "article"), tuple(rows), title, notes)


def _clauses(law: PartyLaw) -> list[tuple[str, str, str]]:
    out, seen = [], dict[str, int]()
    for condition in law.conditions:
        n = seen[condition.name] = seen.get(condition.name, -1) + 1
        out.append((condition.name if n == 0 else f"{condition.name}[{n}]", in_words(condition), condition.cite))
    return out + [(f"stage {stage.stage}", stage_in_words(stage, fails=False), stage.cite) for stage in law.stages]


def check_table(
    law: PartyLaw, roll: Roll, verdicts: Sequence[Verdict], plan: Schedule, *, every: bool, election: date | None
) -> Table:
    """Return one row for each condition: whether it holds, and how many are missing where."""
    shown = [v for v in verdicts if every or v.area is None or v.status == FAILS]
    rows = tuple(
        (f"{v.condition}: {v.note}" if v.note else v.condition, v.area, v.status, v.needed, v.there, v.missing, v.cite)
        for v in shown
    )
    fails = [v for v in verdicts if v.status == FAILS]
    title = f"{roll.total:,} members under {law} on {roll.day}: {len(fails)} conditions fail"
    notes = [*check_sentences(verdicts), *schedule_sentences(plan, election)]
    hidden = len(verdicts) - len(shown)
    notes += [f"{hidden} areas in which the condition holds are left out; --areas shows them"] if hidden else []
    notes += standing(law, roll.day)
    extra = {"law": str(law), "on": str(roll.day), "members": roll.total, **_days(plan)}
    columns = ("condition", "area", "status", "needed", "there", "missing", "article")
    return Table(columns, rows, title, tuple(notes), extra)


def standing(law: PartyLaw, day: date) -> list[str]:
    """Say that an edition is not in force on a day, or that nobody compared it with the statute."""
    span = f"{law.since} to {law.until}" if law.until else f"{law.since} on"
    out = [] if law.is_in_force(day) else [f"{law} was not in force on {day}: it is from {span}"]
    return out + ([f"{law} is not checked against the statute"] if law.checked is None else [])


def check_sentences(verdicts: Sequence[Verdict]) -> list[str]:
    """Say what fails and by how many, and what the file does not tell."""
    out = []
    short = [v for v in verdicts if v.status == FAILS and v.area and v.missing]
    if len(short) > MOST:
        worst = max(short, key=lambda v: v.missing or 0)
        total = sum(v.missing or 0 for v in short)
        out.append(
            f"fails: {worst.condition} in {len(short)} areas: {total:,} missing, most in {worst.area} ({worst.cite})"
        )
    for verdict in verdicts:
        if verdict.status != FAILS or (verdict.area and len(short) > MOST):
            continue
        where = f" in {verdict.area}" if verdict.area else ""
        if verdict.missing:
            out.append(f"fails: {verdict.condition}{where}: {verdict.missing:,} missing ({verdict.cite})")
        else:
            reason = f": {verdict.note}" if verdict.note else ""
            out.append(f"fails: {verdict.condition}{where}{reason} ({verdict.cite})")
    unknown = [v.condition for v in verdicts if v.status == UNKNOWN]
    if not out:
        held = sum(v.status == HOLDS for v in verdicts)
        out.append(
            f"all {held} conditions that the list can tell hold" if held else "no condition can be told by a list"
        )
    if unknown:
        out.append(f"the list does not tell: {'; '.join(unknown)}")
    return out


def schedule_sentences(plan: Schedule, election: date | None) -> list[str]:
    """Say when the party could be on a ballot, and whether an election day leaves time."""
    if plan.ready is None:
        return ["the law sets no terms from which a day follows"]
    slow = plan.ready_answered
    late = f", {slow} if the authority takes all its time" if slow else "; the law gives the authority no term"
    out = [f"registered at the earliest on {plan.ready}{late if slow != plan.ready else ''}, if all conditions hold"]
    out += [
        f"the term of {step.stage.stage} was missed: the last day was {step.latest}"
        for step in plan.steps
        if step.missed
    ]
    if plan.election is None or plan.closes is None:
        return out
    whole = plan.election_answered
    more = f", {whole} if the authority takes all its time" if whole and whole != plan.election else ""
    out.append(
        f"on the ballot of an election from {plan.election} on{more}: nominations close {plan.closes} before the day"
    )
    margin = plan.margin(election) if election else None
    if election is not None and margin is not None:
        last = plan.closes.before(election)
        word = f"{margin} days to spare" if margin >= 0 else f"too late by {-margin} days"
        out.append(f"for {election}: nominations close on {last}; {word}")
    return out


def timetable_table(law: PartyLaw, plan: Schedule, start: date, election: date | None) -> Table:
    """Return the days of every stage."""
    rows = tuple(
        (
            step.stage.stage,
            step.stage.gate,
            step.done,
            step.earliest,
            step.answered,
            step.latest,
            step.stage.cite,
        )
        for step in plan.steps
    )
    columns = ("stage", "gate", "done", "earliest", "if_slow", "last_day", "article")
    notes = (*schedule_sentences(plan, election), *standing(law, start))
    return Table(columns, rows, f"{law} from {start}", notes, _days(plan))


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
        rows.append((gate, rate.name, rate.passed, rate.tried, *(f"{x:.1%}" for x in (low, rate.quantile(0.5), high))))
    for rate in cases.others:
        low, high = rate.interval()
        rows.append((None, rate.name, rate.passed, rate.tried, *(f"{x:.1%}" for x in (low, rate.quantile(0.5), high))))
    notes = [f"{case.who}, {case.years}: reached {case.reached}, {case.ended}; {case.note}" for case in cases.recorded]
    lead = "each rate is a Beta distribution (Jeffreys): low and high are its 2.5% and 97.5% points"
    sources = dict.fromkeys(rate.source for rate in (*cases.rates.values(), *cases.others))
    columns = ("gate", "what", "passed", "tried", "low", "middle", "high")
    return Table(columns, tuple(rows), cases.name, (lead, *(f"source: {s}" for s in sources), *notes, *cases.notes))


def problems_table(problems: Sequence[Any], path: str) -> Table:
    """Return every problem of a list, numbered."""
    rows = tuple((n, p.code, p.place.line, p.place.letter or None, p.what, p.hint) for n, p in enumerate(problems, 1))
    return Table(("no", "code", "row", "column", "what", "hint"), rows, f"{path}: {len(rows)} problems")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | bool) or value is None else str(value)
