"""Elections a second as arrays, each beside the cost of reading the same matrix once, and whole simulations.

``python benchmarks/bench_simulate.py`` prints the tables; ``--write FILE`` writes them as a page of the docs as well.
Rates are by the clock of the process, the best of several: other programs on the machine then disturb less. "One
core" counts in one thread; "both cores" counts in two, and is a rate of the clock on the wall for both together.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

import sailau as sl
from peers import PROGRAMS, measured, seats_of
from sailau.kernels.averages import averages
from sailau.kernels.engine import COMPILED
from sailau.kernels.plain import averages_plain
from sailau.kernels.remainders import remainders
from sailau.runs.formulas import PRICES, line_of
from sailau.runs.job import Job
from sailau.runs.precision import chance_error
from sailau.runs.replay import law_of
from sailau.terms.tally import Ballots, Tally

RUNS = 1_000_000 if COMPILED else 200_000
SCENARIO = Path(__file__).parents[1] / "examples/scenarios/kz-2023.yaml"
Rows = list[tuple[str, ...]]


def spent(run: Callable[[], object], times: int = 9, clock: Callable[[], float] = time.process_time) -> float:
    """Return the best time in seconds, of the processor where no other clock is named."""
    best = float("inf")
    for _ in range(times):
        start = clock()
        run()
        best = min(best, clock() - start)
    return best


def matrix() -> np.ndarray:
    """Return ten contenders with 8 million votes and log-normal swings."""
    rng = np.random.default_rng(7)
    shares = np.array([30, 20, 14, 10, 8, 6, 5, 3, 2, 2]) / 100
    return (8e6 * shares * np.exp(0.3 * rng.standard_normal((RUNS, 10)))).astype(np.int64)


def kernels(votes: np.ndarray) -> Rows:
    """One tier from an int64 matrix; every count proves itself and finds its ties."""
    read, rows = spent(lambda: votes.sum()), spent(lambda: votes.sum(axis=1))
    halves = np.array_split(votes, 2)
    out: Rows = [("reading the matrix once, votes.sum()", f"{RUNS / read / 1e6:.0f} M", "1.0", "")]
    out.append(("numpy's own sum of every row", f"{RUNS / rows / 1e6:.1f} M", f"{rows / read:.1f}", ""))

    def line(name: str, count: Callable[[np.ndarray], object], ties: int | None, times: int = 9) -> None:
        count(votes[:100])
        taken = spent(lambda: count(votes), times)
        found = "" if ties is None else f"{ties}"
        out.append((name, f"{RUNS / taken / 1e6:.1f} M", f"{taken / read:.1f}", found))

    for name in ("dhondt", "sainte_lague", "hare", "droop"):
        for seats in (98, 630):
            if name in PRICES:
                price = PRICES[name]
                ties = int((remainders(votes, seats, price)[1] == 1).sum())
                line(f"{name}, {seats} seats, one core", lambda v, s=seats, p=price: remainders(v, s, p), ties)
            else:
                rule = line_of(name, None)
                ties = int((averages(votes, seats, rule)[1] == 1).sum())
                line(f"{name}, {seats} seats, one core", lambda v, s=seats, d=rule: averages(v, s, d), ties)
    dhondt, hare = line_of("dhondt", None), PRICES["hare"]
    with ThreadPoolExecutor(2) as pool:
        for name, count in (
            ("dhondt", lambda v: averages(v, 98, dhondt)),
            ("hare", lambda v: remainders(v, 98, hare)),
        ):
            both = spent(lambda c=count: list(pool.map(c, halves)), 25, time.perf_counter)
            out.append((f"{name}, 98 seats, both cores", f"{RUNS / both / 1e6:.1f} M", f"{both / read:.1f}", ""))
    seats, doubt = np.zeros(votes.shape, np.int32), np.zeros(RUNS, np.uint8)
    line(
        "dhondt, 98 seats, numpy alone",
        lambda v: averages_plain(v, 98, 1, 1, 1, seats[: len(v)], doubt[: len(v)]),
        None,
        3,
    )
    return out


def beside(votes: np.ndarray) -> Rows:
    """Other programs on the same vectors, each in an environment of its own, and how many times faster ours is."""
    out: Rows = []
    found = measured(votes)
    own = {
        f"{formula} {seats}": RUNS / spent(lambda f=formula, s=seats: seats_of(votes, f, s), 5)
        for formula in ("dhondt", "sainte_lague", "hare")
        for seats in (98, 630)
    }
    for key, ours in own.items():
        cells = [key.replace(" ", ", ") + " seats", f"{ours:,.0f}"]
        for seen in found.values():
            got = seen if isinstance(seen, str) else seen.get(key, "")
            if isinstance(got, str):
                cells.append(got)
                continue
            differ = f", {got[1]} counts differ" if got[1] else ""
            cells.append(f"{got[0]:,.0f} ({ours / got[0]:,.0f} times less{differ})")
        out.append(tuple(cells))
    return out


def simulations() -> Rows:
    """Draw, count and add up; plain draws of numpy alone beside it."""
    rng = np.random.default_rng(7)
    out: Rows = []
    for name, noise, runs in (
        ("kz/mazhilis/2023-03-19", sl.LogisticNormal(sd="0.158", correlation="0.2"), 400_000),
        ("no/storting/2025-09-08", sl.Swing(sd="3%", district_sd="5%"), 8_192),
        ("es/congreso/2016-06-26", sl.Swing(sd="3%", district_sd="5%"), 8_192),
        ("de/bundestag/2025-02-23", sl.Swing(sd="3%", district_sd="5%"), 2_048),
        ("gb/commons/2019-12-12", sl.Swing(sd="3%", district_sd="5%"), 2_048),
        ("dk/folketing/2022-11-01", sl.Swing(sd="3%"), 4_096),
        ("de/bundestag/2017-09-24", sl.Swing(sd="3%", district_sd="5%"), 1_024),
        ("se/riksdag/2022-09-11", sl.Swing(sd="3%", district_sd="5%"), 2_048),
        ("at/nationalrat/2024-09-29", sl.Swing(sd="3%"), 4_096),
        ("hu/orszaggyules/2018-04-08", sl.Swing(sd="3%"), 2_048),
        ("mx/diputados/2024-06-02", sl.Swing(sd="3%"), 65_536),
        ("ch/zg_kantonsrat/2018-10-07", sl.Swing(sd="3%"), 128),
    ):
        election = sl.load_election(name)
        job = Job(law_of(election), election.tally, noise, 7)
        size = min(4096 if job.plan.layout.width < 100 else 512, runs)
        job.block(0, size)
        taken = spent(lambda j=job, n=runs, b=size: [j.block(first, b) for first in range(0, n, b)], 3)
        width = job.plan.layout.width
        draws = spent(lambda n=runs, w=width: rng.standard_normal((min(n, 2048), w)), 3) * runs / min(runs, 2048)
        areas = len(job.plan.layout.areas)
        out.append((name, job.plan.how, str(areas), str(width), f"{runs / taken:,.0f}", f"{taken / draws:.1f}"))
    return out


def growth() -> Rows:
    """How the time of one run grows with districts and contenders: D'Hondt in districts of six seats, drawn."""
    spain = law_of(sl.load_election("es/congreso/2016-06-26"))
    out: Rows = []
    for districts in (1, 10, 52, 200):
        cells = [f"{districts} districts"]
        for contenders in (5, 10, 20):
            lines = {f"c{i:02d}": 100_000 // (i + 1) for i in range(contenders)}
            areas = {f"d{i:03d}": lines for i in range(districts)}
            law = spain.replace({"provinces.seats": 6 * districts})
            tally = Tally({"provinces": Ballots(areas, seats=dict.fromkeys(areas, 6))})
            job = Job(law, tally, sl.Swing(sd="3%", district_sd="5%"), 7)
            assert job.plan.how == "arrays", job.plan.why
            job.block(0, 256)
            taken = spent(lambda j=job: j.block(0, 1024), 3)
            cells.append(f"{1024 / taken:,.0f}")
        out.append(tuple(cells))
    return out


def scattered() -> Rows:
    """How much less the chance of passing the bar varies with scattered points, for the same number of runs."""
    election = sl.load_election("kz/mazhilis/2023-03-19")
    law, noise = law_of(election), sl.LogisticNormal(sd="0.158", correlation="0.2")
    out: Rows = []
    for n in (16 * 1024, 16 * 8192):
        found = []
        for points in ("random", "sobol"):
            runs = sl.simulate(law, election.tally, noise=noise, n=n, seed=7, points=points)
            place = runs.parties.index("nsdp")
            error = chance_error(runs.parts, lambda p, i=place: (p.passed or ())[i], lambda p: p.runs)
            found.append(((runs.summary.passed or ())[place] / n, error))
        (plain, wide), (even, narrow) = found
        ratio = (wide / narrow) ** 2
        out.append((f"{n:,}", f"{plain:.4f} ± {wide:.4f}", f"{even:.4f} ± {narrow:.5f}", f"{ratio:.0f}"))
    return out


def start_up() -> Rows:
    """The first simulation after an installation compiles; later ones do not. Memory does not grow with runs."""
    code = "import sys\nfrom sailau.cli.main import main\ntry: main()\nfinally: "
    code += "print(*[x for x in open('/proc/self/status') if x.startswith('VmHWM')], file=sys.stderr)"
    out: Rows = []
    with tempfile.TemporaryDirectory() as kept:
        for what, runs in (("first, compiling", 1000), ("later", 1000), ("later", 1_000_000), ("later", 8_000_000)):
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            words = (sys.executable, "-c", code, "simulate", str(SCENARIO), "--runs", str(runs), "--json")
            # An installation keeps its bytecode, whatever this machine does with a checkout.
            environment = {**os.environ, "NUMBA_CACHE_DIR": kept, "PYTHONPYCACHEPREFIX": kept}
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            done = subprocess.run(words, env=environment, check=True, capture_output=True, text=True)
            wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            peak = f"{int(done.stderr.split()[-2]) / 1024:.0f} MB"
            out.append((what, f"{runs:,}", f"{used:.2f} s", f"{wall:.2f} s", peak))
    return out


def main() -> None:
    """Print the tables, and write the page where one is asked for."""
    votes = matrix()
    load = os.getloadavg()[0]
    where = f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}"
    parts: list[tuple[str, tuple[str, ...], Rows]] = [
        (
            f"Counting {RUNS:,} elections of 10 contenders from a matrix",
            ("what", "elections a second and core", "times reading", "ties found"),
            kernels(votes),
        ),
        (
            "Other programs on the same vectors, elections a second and core",
            ("formula", "here", *PROGRAMS),
            beside(votes),
        ),
        (
            "Whole simulations: draw, count, add up",
            ("election", "counted", "areas", "columns", "runs a second and core", "times numpy's normal draws"),
            simulations(),
        ),
        ("Runs a second and core by districts and contenders", ("", "5", "10", "20 contenders"), growth()),
        (
            "Chance of the NSDP to pass 5%, and its standard error",
            ("runs", "random", "scattered", "variance, times less"),
            scattered(),
        ),
        (
            "From the command to the result",
            ("", "runs", "processor", "wall clock", "most memory"),
            start_up(),
        ),
    ]
    text = f"# Speed of simulations\n\nMade by `python benchmarks/bench_simulate.py --write FILE`: {where}, "
    text += (
        f"{'compiled' if COMPILED else 'not compiled'}.\nRates are by processor time, so that other programs on the "
    )
    text += "machine disturb little; the wall clock is that of the moment.\n"
    for title, columns, rows in parts:
        text += f"\n## {title}\n\n| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"
        text += "".join(f"| {' | '.join(row)} |\n" for row in rows)
    print(text)
    if sys.argv[1:2] == ["--write"]:
        Path(sys.argv[2]).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
