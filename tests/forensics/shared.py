"""The polling-station tables beside the checkout, which do not ship."""

import csv
from pathlib import Path

import pytest

HERE = Path(__file__).resolve()
STATIONS = HERE.parents[3] / "shared" / "data" / "forensics"
DATA = HERE.parents[1] / "data" / "forensics"
needs_stations = pytest.mark.skipif(
    not STATIONS.is_dir(), reason="the polling stations in ../shared/data/forensics are not here"
)


def published() -> list[dict[str, str]]:
    with (DATA / "published.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
