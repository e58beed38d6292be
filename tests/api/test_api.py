"""The flat namespace: pinned, lazy, documented."""

import ast
import subprocess
import sys
from pathlib import Path

import sailau as sl

NAMES = [
    *("Allocation", "Ballots", "Contender", "DrawRequired", "Election", "Law", "LawSilent", "Result", "SailauError"),
    *("Tally", "Undecided", "archive", "certify", "cite", "compare", "election_ids", "highest_averages"),
    *("largest_remainder", "law_ids", "load_election", "load_law", "read_election", "read_law", "read_results"),
    *("power", "replay", "what_if", "Dirichlet", "LogisticNormal", "Swing", "read_scenario", "simulate", "lab"),
    *("GivenShares", "PastErrors", "Turnout", "count_many", "watch", "forecast", "load_polls", "read_polls"),
    "read_votes",
]


def test_the_public_names_are_pinned() -> None:
    assert sl.__all__ == sorted(NAMES)


def test_every_name_is_there_and_has_a_docstring() -> None:
    for name in sl.__all__:
        assert (getattr(sl, name).__doc__ or "").strip(), name


def test_the_names_for_type_checkers_are_the_same() -> None:
    tree = ast.parse(Path(sl.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    typed = sorted(
        alias.asname or "" for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    )
    assert typed == sl.__all__


def test_import_loads_nothing() -> None:
    code = "import sys, sailau; print(sorted(m for m in sys.modules if m.startswith('sailau.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr
