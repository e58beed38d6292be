"""Tables of laws on parties: every edition, one of them clause by clause, and what differs between two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sailau.files.told import told
from sailau.parties.areas import Areas
from sailau.parties.conditions import Headcount, tied
from sailau.parties.judge import in_words
from sailau.parties.law import PartyLaw, Stage
from sailau.parties.spans import Span
from sailau.report.laws import differing
from sailau.report.table import Cell, Table
from sailau.terms.speech import coded, joined, quoted, say


def party_laws_table(laws: Iterable[PartyLaw]) -> Table:
    """Return one row for each edition."""
    rows = tuple(
        (str(law), told(law.name), law.since, law.until, str(law.checked.on) if law.checked else say("no"))
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
        name=told(law.name),
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
    together = [c for c in law.all(Headcount) if type(c) is type(condition)]
    kinds = {c.kind for c in together}
    units = Counter(area.kind for area in areas.on(law.since) if None in kinds or area.kind in kinds)
    bound = tied(together, units)
    out.append((say("areas on the first day"), str(units.total()), quoted(condition.cite)))
    out.append((say("members tied to areas"), f"{bound:,}", quoted(condition.cite)))
    if condition.total:
        out.append((say("part tied to areas"), f"{bound / condition.total:.0%}", quoted(condition.cite)))
    return out


def party_law_difference(before: PartyLaw, after: PartyLaw, areas: Mapping[str, Areas | None]) -> Table:
    """Return what differs between two editions, the bar first."""
    old = [*_tied(before, areas.get(before.areas or "")), *_clauses(before)]
    new = [*_tied(after, areas.get(after.areas or "")), *_clauses(after)]
    rows = differing({n: (v, c) for n, v, c in old}, {n: (v, c) for n, v, c in new})
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


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | bool) or value is None else str(value)
