"""Forensics: seconds and memory for every test of 1,000 to 100,000 stations; the limit is reading the file once."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sailau.forensics import draw_clean, examine, read_stations
from sailau.forensics.percentages import count_peaks
from sailau.forensics.stations import Stations


def spent(run: Callable[[], object]) -> float:
    """Return the seconds of the processor in one run; what else the machine does is not in them."""
    start = time.process_time()
    run()
    return time.process_time() - start


def write(stations: Stations, path: Path) -> None:
    """Write the stations as a CSV file."""
    areas = [[level.labels[code] for code in level.codes.tolist()] for level in stations.levels]
    known = stations.registered, stations.voters, stations.valid, stations.invalid
    figures = [part.tolist() for part in known if part is not None]
    columns = [*areas, list(stations.names), *figures, *stations.votes.T.tolist()]
    head = ["region", "commission", "station", "registered", "voters", "valid", "invalid", *stations.contenders]
    lines = [",".join(head), *(",".join(map(str, row)) for row in zip(*columns, strict=True))]
    path.write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    """Print the table."""
    count_peaks(draw_clean(400, seed=1))  # compiles
    print(f"{'stations':>9} {'read':>7} {'whole %':>8} {'all':>7}  CPU seconds; all over reading; peak memory")
    with tempfile.TemporaryDirectory() as folder:
        for n in (1_000, 10_000, 100_000):
            path = Path(folder) / f"{n}.csv"
            write(draw_clean(n, seed=n), path)
            raw = spent(path.read_bytes) + spent(lambda p=path: read_stations(p))
            reading = read_stations(path)
            whole = spent(lambda r=reading: count_peaks(r.stations))
            every = spent(lambda r=reading: examine(r, digits=True))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
            print(f"{n:>9,} {raw:>7.2f} {whole:>8.2f} {every:>7.2f}  {every / raw:>6.1f}  {peak:>6.0f} MB")


if __name__ == "__main__":
    main()
