"""Reading results: cells a second of a long table, and of a table as wide as it is long, as a ratio in one run."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sailau.records.results import read_results


def seconds(path: Path) -> float:
    """Return the best of three readings."""
    best = float("inf")
    for _ in range(3):
        start = perf_counter()
        read_results(path)
        best = min(best, perf_counter() - start)
    return best


def main() -> None:
    """Print microseconds a cell."""
    with TemporaryDirectory() as folder:
        long, wide = Path(folder) / "long.csv", Path(folder) / "wide.csv"
        rows = [f"D{d},P{p},{(d * 31 + p) % 997}" for d in range(500) for p in range(100)]
        long.write_text("district,party,votes\n" + "\n".join(rows), encoding="utf-8")
        head = ",".join(["district", *(f"P{p}" for p in range(20_000))])
        body = [",".join([f"D{d}", *(str((d * 31 + p) % 997) for p in range(20_000))]) for d in range(5)]
        wide.write_text("\n".join([head, *body]), encoding="utf-8")
        per_cell = {"long 50,000 x 3": seconds(long) / 150_000, "wide 5 x 20,000": seconds(wide) / 100_000}
    base = per_cell["long 50,000 x 3"]
    for name, each in per_cell.items():
        print(f"{name:<18} {each * 1e6:6.2f} µs a cell   {each / base:5.1f} x")


if __name__ == "__main__":
    main()
