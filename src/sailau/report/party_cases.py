"""How often each gate was passed, and the attempts on record."""

from __future__ import annotations

from sailau.records.registers import Cases
from sailau.report.table import Cell, Table
from sailau.terms.speech import coded, quoted, say


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
