"""How often each gate was passed, and the attempts on record."""

from __future__ import annotations

from sailau.files.told import told
from sailau.records.registers import Cases
from sailau.report.table import Cell, Table
from sailau.terms.speech import coded, say


def cases_table(cases: Cases) -> Table:
    """Return the rates of every gate with their intervals, and the attempts that are told."""
    rows: list[tuple[Cell, ...]] = []
    for gate, rate in cases.rates.items():
        low, high = rate.interval()
        rows.append(
            (
                coded(gate),
                told(rate.name),
                rate.passed,
                rate.tried,
                *(f"{x:.1%}" for x in (low, rate.quantile(0.5), high)),
            )
        )
    for rate in cases.others:
        low, high = rate.interval()
        rows.append(
            (None, told(rate.name), rate.passed, rate.tried, *(f"{x:.1%}" for x in (low, rate.quantile(0.5), high)))
        )
    notes = [
        say(
            "{who}, {years}: reached {reached}, {ended}; {note}",
            who=told(case.who),
            years=case.years,
            reached=coded(case.reached),
            ended=told(case.ended),
            note=told(case.note),
        )
        for case in cases.recorded
    ]
    lead = say("each rate is a Beta distribution (Jeffreys): low and high are its 2.5% and 97.5% points")
    sources = dict.fromkeys(rate.source for rate in (*cases.rates.values(), *cases.others))
    columns = ("gate", "what", "passed", "tried", "low", "middle", "high")
    return Table(
        columns,
        tuple(rows),
        told(cases.name),
        (lead, *(say("source: {source}", source=told(s)) for s in sources), *notes, *map(told, cases.notes)),
    )
