"""What pictures of an entry show: numbers on the way from runs to plots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sailau.terms.speech import coded, joined, say

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
        (coded(g.name), (g.low, g.middle, g.high), g.basis, (left.low, left.middle, left.high) if left else None)
        for g, left in zip(entry.chain.gates, entry.chain.left, strict=True)
    ]
    source = say(
        "Conditional on the ranges of {id}; law: {law}. sailau parties enter",
        id=entry.scenario.id,
        law=entry.scenario.law,
    )
    return gates_waterfall(rows, title=say("{name}: the gates", name=entry.scenario.name), source=source)


def surface_picture(entry: Entry) -> str:
    """Return the surface on which the share is the bar."""
    from sailau.plots.surface import entry_surface
    from sailau.report.entry import local_notes
    from sailau.terms.errors import Invalid
    from sailau.terms.words import percent

    if not entry.surface:
        raise Invalid(
            say("{law} has no bar: there is no surface on which the share is the bar", law=entry.scenario.law)
        )
    lines = {float(ratio): [(float(x), float(y)) for x, y in points.items()] for ratio, points in entry.surface.items()}
    dots = say("Dots: draws from the ranges of {id}. sailau parties enter --part surface", id=entry.scenario.id)
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
        title=say("{name}: what it takes", name=entry.scenario.name),
        source=joined((dots, *local_notes(entry)), "; "),
    )


def reforms_picture(scenario: Scenario, rows: Sequence[Under]) -> str:
    """Return the list under other laws."""
    from sailau.plots.reforms import reform_rows
    from sailau.terms.words import percent

    laws = [
        (row.name, "" if row.bar is None else percent(row.bar), row.chance, row.low, row.middle, row.high, row.house)
        for row in rows
    ]
    drawn = max((len(row.counted) + row.undecided for row in rows), default=0)
    source = say(
        "{drawn} draws from the ranges of {id}, each counted under each law; thin lines: where the chance would lie "
        "with draws without number (95%). sailau parties reforms",
        drawn=drawn,
        id=scenario.id,
    )
    return reform_rows(
        laws,
        title=say("{name}: under other laws", name=scenario.name),
        reforms_from=len(rows) - len(scenario.reforms),
        between=[row.chance_between() for row in rows],
        source=source,
    )
