"""Ecological inference against known truth: mean error of each method, coverage of intervals, seconds.

`python benchmarks/bench_inference.py DATA` marks every election with the country-year left out; DATA is a folder of
`<election>_margins.parquet` and `<election>_truth.parquet`. With `--write` what was learned from all of them replaces
the table that ships.
"""

from __future__ import annotations

import argparse
import platform
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from sailau.votes import calibration, learn
from sailau.votes.learn import Case
from sailau.votes.linear import linear_programme
from sailau.votes.margins import Margins
from sailau.votes.marks import Mark, coverage, leave_out, mean_error, summary
from sailau.votes.methods import METHODS
from sailau.votes.variants import variant

ELECTIONS = ("nz_2002", "nz_2005", "nz_2008", "nz_2011", "nz_2017", "sco_2007", "senc")
SOURCES = (
    "New Zealand 2002 to 2011 and 2017, Scotland 2007, 422 districts: J. M. Pavía, ei.Datasets 0.0.1-3, CC BY 4.0",
    "Southeast North Carolina 2001, one area: O. Lau, R. T. Moore and M. Kellermann, eiPack 0.2-2",
)


def problems(folder: Path, elections: Iterable[str] = ELECTIONS) -> list[tuple[str, Margins, np.ndarray]]:
    """Return election, margins and true table of every district."""
    import duckdb

    found = []
    for name in elections:
        path = folder / f"{name}_margins.parquet"
        query = "select district, unit, margin, option, count from read_parquet(?)"
        rows = duckdb.execute(query, [str(path)]).fetchnumpy()
        query = 'select district, "row", "column", sum(count) as n from read_parquet(?) group by all'
        truth = duckdb.execute(query, [str(path).replace("_margins", "_truth")]).fetchnumpy()
        for district in np.unique(rows["district"]):
            people, votes = (_counts(rows, district, margin) for margin in ("row", "column"))
            table = np.zeros((people.shape[1], votes.shape[1]))
            here = truth["district"] == district
            table[truth["row"][here] - 1, truth["column"][here] - 1] = truth["n"][here]
            found.append((name, Margins.of(people, votes), table))
    return found


def _counts(rows: dict[str, Any], district: int, margin: str) -> np.ndarray:
    here = (rows["district"] == district) & (rows["margin"] == margin)
    out = np.zeros((rows["unit"][here].max(), rows["option"][here].max()), dtype=np.int64)
    out[rows["unit"][here] - 1, rows["option"][here] - 1] = rows["count"][here]
    return out[out.sum(axis=1) > 0]


def cases(given: list[tuple[str, Margins, np.ndarray]]) -> list[Case]:
    """Return the cases, computed on two threads."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda one: Case.of(*one), given))


def variants(given: list[tuple[str, Margins, np.ndarray]]) -> list[Case]:
    """Return a smaller variant of each problem that is large enough for one."""
    large = [(i, one) for i, one in enumerate(given) if len(one[1].groups) > 3]
    return cases([(name, *variant(margins, truth, i)) for i, (name, margins, truth) in large])


def timed(run: Callable[[], Any]) -> tuple[Any, float]:
    """Return what a call returns, and its seconds."""
    start = time.perf_counter()
    return run(), time.perf_counter() - start


def show(marks: list[Mark], seconds: float, linear: float) -> None:
    """Print the tables."""
    print(f"Python {platform.python_version()}, {platform.machine()}; {len(marks)} elections, two threads")
    print(f"{'method':<14} {'mean error':>10}   percent of people in the wrong cell")
    for name in ("independence", *METHODS, "ensemble"):
        print(f"{name:<14} {mean_error(marks, name):>10.2f}")
    print(
        f"all methods and bounds of all elections: {seconds:.0f} s, of which the linear programme alone {linear:.0f} s"
    )
    print("\nleft out in turn: error of each method, and the percentage of cells that intervals cover")
    heads = "".join(f"{name:>12}" for name in (*METHODS, "ensemble"))
    print(f"{'left out':<10}{'elections':>10}{heads}{'80 %':>8}{'90 %':>8}{'95 %':>8}{'outside':>9}")
    for family in (*dict.fromkeys(mark.family for mark in marks), "all"):
        own = [mark for mark in marks if family in (mark.family, "all")]
        errors = "".join(f"{mean_error(own, name):>12.2f}" for name in (*METHODS, "ensemble"))
        covers = "".join(f"{coverage(own, level):>8.1f}" for level in calibration.LEVELS)
        print(f"{family:<10}{len(own):>10}{errors}{covers}{sum(mark.outside for mark in own):>9}")
    sizes = ("under 1 %", "1 to 5 %", "5 to 20 %", "20 % and more")
    print("\n90 % intervals by the group's part of all people")
    for kind, size in enumerate(sizes):
        print(f"{size:<15}{coverage(marks, 90, kind):>8.1f}")


def main() -> None:
    """Mark, print, and write where asked."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("data", type=Path)
    reader.add_argument("--write", action="store_true", help="replace the calibration that ships")
    asked = reader.parse_args()
    given = problems(asked.data)
    Case.of(*given[0])  # compiles
    known, seconds = timed(lambda: cases(given))
    _, linear = timed(lambda: [linear_programme(m.people.astype(float), m.votes.astype(float)) for _, m, _ in given])
    others, more = timed(lambda: variants(given))
    marks, learning = timed(lambda: leave_out(known, others))
    show(marks, seconds, linear)
    print(f"\nvariants: {len(others)} in {more:.0f} s; learning with each country-year left out: {learning:.0f} s")
    if asked.write:
        made = {
            "by": "benchmarks/bench_inference.py --write",
            "on": date.today().isoformat(),
            "sources": SOURCES,
            "learned_from": f"{len(known)} elections and {len(others)} variants, options merged or units pooled",
        }
        learned = replace(learn.learn([*known, *others]), measured=summary(marks), made=made)
        Path(calibration.__file__).with_name("calibration.json").write_text(
            calibration.to_json(learned), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
