"""Tables of records: the list of elections, one election with its sources, the formulas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter

from sailau.files.told import told
from sailau.records.election import Election, Source
from sailau.records.heads import Head
from sailau.report.table import Cell, Table
from sailau.terms.divisor import DIVISORS
from sailau.terms.quota import QUOTAS
from sailau.terms.speech import coded, joined, quoted, say
from sailau.terms.tally import NATION


def elections_table(heads: Iterable[Head]) -> Table:
    """Return one row for each election."""
    columns = tuple(part.name for part in fields(Head))
    cells = attrgetter(*columns)
    rows = [cells(head) for head in heads]
    return Table(columns, tuple(rows), say("{n} elections", n=len(rows)))


def election_table(e: Election) -> Table:
    """Return the figures of an election with its sources and conflicts."""
    rows: list[tuple[Cell, ...]] = []
    for tier, ballots in e.tally.tiers.items():
        for area, figures in ballots.totals.items():
            rows += [(tier, area, name, n, _official(e, tier, area, name)) for name, n in figures.items()]
        for area, votes in ballots.votes.items():
            rows += [(tier, area, line, n, _official(e, tier, area, line)) for line, n in votes.items()]
    for tier in sorted(e.declared):
        for area, seats in e.official.get(tier, {}).items():
            rows += [(tier, area, contender, None, n) for contender, n in seats.items()]
    notes = [say("unit: {unit}", unit=told(e.tally.unit))] if e.tally.unit else []
    notes += [_source(e, key) for key in e.sources]
    notes += [_conflict(e, i) for i in range(len(e.conflicts))]
    notes += map(quoted, e.notes)
    columns = ("tier", "district", "line", "votes", "official_seats")
    return Table(columns, tuple(rows), f"{e.id}: {e.name}", tuple(notes))


def _official(e: Election, tier: str, area: str, line: str) -> int | None:
    return e.official.get(tier, {}).get(area or NATION, {}).get(line)


def _source(e: Election, key: str) -> str:
    s = e.sources[key]
    parts = [
        quoted(s.title),
        quoted(s.publisher or ""),
        s.url,
        reading(s),
        s.mark and say("confidence {mark}", mark=coded(s.mark)),
        s.licence,
        s.note,
    ]
    return say("source {key}: {parts}", key=key, parts=joined([str(part) for part in parts if part], ", "))


def reading(source: Source) -> str:
    """Say when somebody read a source, by way of which other its figures came, or that nobody read it."""
    if source.read_on:
        return say("read on {day}", day=str(source.read_on))
    if not source.read:
        return say("read by nobody here")
    return say("by way of {source}", source=source.through) if source.through else say("not read itself")


def _conflict(e: Election, index: int) -> str:
    c = e.conflicts[index]
    values = ", ".join(f"{key} {value}" for key, value in c.values.items())
    return say(
        "conflict about {about}: {values}; followed {chosen}: {why}",
        about=c.about,
        values=values,
        chosen=c.chosen,
        why=told(c.why),
    )


def formulas_table() -> Table:
    """Return the formulas that a law, or `what-if --set tier.formula=…`, can name."""
    rows: list[tuple[Cell, ...]] = [
        (q.name, "quota, largest remainder", q.formula, "rounded" if q.rounded else "exact", q.source)
        for q in QUOTAS.values()
    ]
    rows += [(name, "divisor", d.formula, "exact", d.source) for name, d in DIVISORS.items()]
    return Table(
        ("formula", "kind", "votes_per_seat_or_divisor", "arithmetic", "source"),
        tuple(rows),
        say("{n} formulas", n=len(rows)),
    )
