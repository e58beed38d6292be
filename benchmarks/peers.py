"""Other programs beside this one in the same run: each is installed into an environment that is thrown away."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from sailau.kernels.averages import averages
from sailau.kernels.remainders import remainders
from sailau.runs.formulas import PRICES, line_of

PROGRAMS = {
    "votelib": "votelib==0.4.0",
    "apportionment": "apportionment==1.0",
    "poli-sci-kit": "poli-sci-kit==1.1.0",
    "interregnum": "interregnum==0.4.1",
    "apportionpy": "apportionpy==0.3.1",
    "biprop": "biprop==1.0.4",
}
FEW = 2_000
WAIT = 240
Seen = dict[str, tuple[float, int] | str] | str


def seats_of(votes: np.ndarray, formula: str, seats: int) -> np.ndarray:
    """Return our seats for every row."""
    if formula in PRICES:
        return remainders(votes, seats, PRICES[formula])[0]
    return averages(votes, seats, line_of(formula, None))[0]


def measured(votes: np.ndarray) -> dict[str, Seen]:
    """Return what each program does with the first vectors; a sentence where it is not to be had."""
    few = np.ascontiguousarray(votes[:FEW])
    ours = {f"{f} {s}": seats_of(few, f, s) for f in ("dhondt", "sainte_lague", "hare") for s in (98, 630)}
    found: dict[str, Seen] = {}
    for name, wanted in PROGRAMS.items():
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            np.save(place / "votes.npy", few)
            np.savez(place / "ours.npz", **ours)
            found[name] = _alone(name, wanted, place)
    return found


def _alone(name: str, wanted: str, place: Path) -> Seen:
    """Install a program into an environment of its own and let it count there."""
    python = str(place / "own" / "bin" / "python")
    install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--prefer-binary", "numpy"]
    steps: list[list[str]] = [
        [sys.executable, "-m", "venv", str(place / "own")],
        [*install, wanted],
        [
            python,
            str(Path(__file__).with_name("peer_counts.py")),
            name,
            str(place / "votes.npy"),
            str(place / "ours.npz"),
        ],
    ]
    done: Any = None
    for step in steps:
        try:
            done = subprocess.run(step, capture_output=True, text=True, timeout=WAIT, check=False)
        except subprocess.TimeoutExpired:
            return f"not ready in {WAIT} seconds"
        if done.returncode:
            last = (done.stderr.strip().splitlines() or [""])[-1]
            return "not to be had here" if step is steps[1] else f"does not run here: {last[:120]}"
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])  # some programs talk on the way
    return {key: tuple(value) if isinstance(value, list) else value for key, value in answer.items()}
