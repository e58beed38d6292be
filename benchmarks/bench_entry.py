"""An entry: draws of the whole electorate, beside a plain loop over its cells; and reading a long list of members.

Both are ratios within one run: the loop computes the same shares place by place, and a list is read beside the reading
of its cells alone.
"""

from __future__ import annotations

import csv
import math
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np

from sailau.files.tables import read_tables
from sailau.records.registers import load_areas
from sailau.records.registers_members import read_members
from sailau.records.registers_problems import FaultyMembers
from sailau.runs.entry_inputs import spread
from sailau.runs.entry_model import Switches, run, slate_of, turnout_weights, voters_of
from sailau.runs.entry_scenario import Scenario, read_entry

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "entry" / "kz-internationalist.yaml"


def loop(scenario: Scenario, draw: dict[str, np.ndarray]) -> float:
    """Return the sincere share of the entrant at one draw, cell by cell and position by position."""
    cells = scenario.cells
    people = voters_of(scenario, cells, draw, camps=False)
    slate = slate_of(scenario, cells, draw, rival_joins=False, by_language=True)
    turnout = turnout_weights(scenario, cells, draw, by_age=True)[0]
    won = cast = 0.0
    for g in range(len(cells.groups)):
        for a in range(len(cells.ages)):
            weight = float(cells.weights[:, g, a].sum() * turnout[g, a])
            for x, density in zip(people.positions[0, g, a], people.density, strict=True):
                odds = [
                    math.exp(
                        -draw["issue"][0] * (x - slate.positions[0, j]) ** 2
                        + draw["identity"][0] * slate.identity[0, g, j]
                        + draw["ties"][0] * slate.attachment[g, a, j]
                        + slate.valence[0, j]
                    )
                    for j in range(len(slate.parties))
                ]
                won += weight * density * odds[0] / sum(odds)
            cast += weight
    return won / cast


def draws_row() -> None:
    """Print draws a second, and the ratio to the loop."""
    scenario = read_entry(EXAMPLE)
    draws = spread(scenario.inputs, 4096, 1)
    run(scenario, {name: values[:8] for name, values in draws.items()})
    start = time.perf_counter()
    seen = run(scenario, draws, Switches(expectation="sincere"))
    fast = (time.perf_counter() - start) / 4096
    start = time.perf_counter()
    slow = [loop(scenario, {name: values[i : i + 1] for name, values in draws.items()}) for i in range(20)]
    plain = (time.perf_counter() - start) / 20
    same = max(abs(a - b) for a, b in zip(slow, seen.share[:20], strict=True))
    print(f"draws of {len(scenario.cells.groups)} groups, chances included: {1 / fast:,.0f} a second; ", end="")
    print(f"{plain / fast:,.0f} times the loop; largest difference {same:.1e}")


def members_row(rows: int = 100_000) -> None:
    """Print members a second, and the ratio to reading the cells alone."""
    areas, day = load_areas("kz"), date(2023, 1, 20)
    assert areas is not None
    units = areas.on(day)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "members.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["name", "region", "born"])
            born = [f"19{50 + i % 50}-0{1 + i % 9}-1{i % 10}" for i in range(rows)]
            writer.writerows([f"N {i}", units[i % len(units)].name, born[i]] for i in range(rows))
        start = time.perf_counter()
        read_tables(path, FaultyMembers)
        alone = time.perf_counter() - start
        start = time.perf_counter()
        read = read_members(path, on=day, areas=areas, least_age=18)
        whole = time.perf_counter() - start
    print(f"members read and counted: {read.roll.total / whole:,.0f} a second; ", end="")
    print(f"{whole / alone:.1f} times the reading of the cells alone")


if __name__ == "__main__":
    draws_row()
    members_row()
