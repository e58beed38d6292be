"""The table of a reconstruction: moves of groups by period, and jumps at a census."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from sailau.people.cube import Floats
from sailau.report.table import Cell, Table
from sailau.runs.people_reconstruct import Past


def past_table(past: Past, level: float) -> Table:
    """Return moves a year in percent of a group, and people gained by answering differently, with intervals."""
    rows: list[tuple[Cell, ...]] = []
    found = past.found
    for g, group in enumerate(past.groups):
        for p, (early, late) in enumerate(pairwise(past.censuses)):
            rows.append((group, f"{early}-{late}", "moves, % a year", *_ends(100 * found.moves[p, g], level, 2)))
        for c, census in enumerate(past.censuses):
            if found.jumps[c].any():
                rows.append((group, census, "answered anew", *_ends(found.jumps[c, g], level, 0)))
    notes = (f"low and high hold {level:.0%} of the draws", *past.assumptions)
    return Table(("group", "when", "what", "middle", "low", "high"), tuple(rows), "all censuses at once", notes)


def _ends(draws: Floats, level: float, places: int) -> tuple[Cell, ...]:
    ends = np.quantile(draws, [0.5, (1 - level) / 2, (1 + level) / 2])
    return tuple(round(float(end), places) if places else round(float(end)) for end in ends)
