"""Where copies of other programs lie: the folder that SAILAU_PEERS names, or `peers` beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PEERS = Path(os.environ.get("SAILAU_PEERS", Path(__file__).parents[3] / "peers"))


def copy_of(name: str, *needed: str) -> Path:
    """Return the folder of a copy, or skip the test with a line that says how to have one."""
    folder = PEERS / name
    if not folder.joinpath(*needed).exists():
        pytest.skip(f"no copy of {name} in {PEERS}; fetch one and name its folder in SAILAU_PEERS")
    return folder
