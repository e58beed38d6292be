"""What pictures of an entry show: numbers on the way from runs to plots."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sailau.runs.entry import Entry
    from sailau.runs.entry_scenario import Scenario
    from sailau.runs.reforms import Under

DOTS = 400
"""Draws that the surface shows."""


def gates_picture(entry: Entry) -> str:
    """Return the gates as a waterfall."""
    from sailau.plots.gates import gates_waterfall

    rows = [
        (g.name, (g.low, g.middle, g.high), g.basis, (left.low, left.middle, left.high) if left else None)
        for g, left in zip(entry.chain.gates, entry.chain.left, strict=True)
    ]
    source = f"Conditional on the ranges of {entry.scenario.id}; law: {entry.scenario.law}. sailau parties enter"
    return gates_waterfall(rows, title=f"{entry.scenario.name}: the gates", source=source)


def surface_picture(entry: Entry) -> str:
    """Return the surface on which the share is the bar."""
    from sailau.plots.surface import entry_surface
    from sailau.terms.errors import Invalid
    from sailau.terms.numbers import percent

    if not entry.surface:
        raise Invalid(f"{entry.scenario.law} has no bar: there is no surface on which the share is the bar")
    lines = {float(ratio): [(float(x), float(y)) for x, y in points.items()] for ratio, points in entry.surface.items()}
    seen = entry.outcome
    cloud = [
        (float(x), float(y), bool(share >= entry.bar))
        for x, y, share in zip(seen.majority[:DOTS], seen.own[:DOTS], seen.effective[:DOTS], strict=True)
    ]
    return entry_surface(
        lines,
        cloud,
        majority=entry.scenario.majority_name,
        bar=percent(entry.bar),
        title=f"{entry.scenario.name}: what it takes",
        source=f"Dots: draws from the ranges of {entry.scenario.id}. sailau parties enter --part surface",
    )


def reforms_picture(scenario: Scenario, rows: Sequence[Under]) -> str:
    """Return the list under other laws."""
    from sailau.plots.reforms import reform_rows
    from sailau.terms.numbers import percent

    laws = [
        (row.name, "" if row.bar is None else percent(row.bar), row.chance, row.low, row.middle, row.high, row.house)
        for row in rows
    ]
    drawn = max((len(row.counted) + row.undecided for row in rows), default=0)
    source = (
        f"{drawn} draws from the ranges of {scenario.id}, each counted under each law; thin lines: where the chance "
        "would lie with draws without number (95%). sailau parties reforms"
    )
    return reform_rows(
        laws,
        title=f"{scenario.name}: under other laws",
        reforms_from=len(rows) - len(scenario.reforms),
        between=[row.chance_between() for row in rows],
        source=source,
    )
