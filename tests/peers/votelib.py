"""What votelib's tests of real elections hold, read out of a copy: votes, and what they assert.

Nothing of it is kept here. The tests are parsed, never run: votes are literals in them or tables beside them, and the
outcome is the literal on the right of an assertion.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

REAL = Path("tests/real")


def _given(nodes: list[ast.stmt]) -> dict[str, Any]:
    """Return the values that are assigned as literals."""
    found = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return found


def told(copy: Path, file: str, test: str) -> tuple[dict[str, Any], list[Any]]:
    """Return the literals that a function of a file sees, and those that it asserts something equals."""
    tree = ast.parse((copy / REAL / file).read_text(encoding="utf-8"))
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == test)
    given = _given(tree.body) | _given(function.body)
    asserted = []
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare):
            right = node.test.comparators[0]
            try:
                asserted.append(given[right.id] if isinstance(right, ast.Name) else ast.literal_eval(right))
            except (ValueError, KeyError):
                continue
    return given, asserted


def table(copy: Path, name: str) -> list[list[str]]:
    with (copy / REAL / "data" / name).open(encoding="utf-8", newline="") as rows:
        return list(csv.reader(rows, delimiter=";"))


def by_region(copy: Path, name: str) -> dict[str, dict[str, int]]:
    """Return the votes of a table with parties in rows and regions in columns."""
    head, *rows = table(copy, name)
    return {region: {row[0]: int(row[i]) for row in rows} for i, region in enumerate(head[1:], 1)}


def two_votes(copy: Path, name: str) -> tuple[dict[str, dict[str, dict[str, int]]], ...]:
    """Return first and second votes by Land and district, of a table with two columns for each party."""
    head, _, *rows = table(copy, name)
    parties = [party for party in head[2:] if party]
    votes: tuple[dict[str, dict[str, dict[str, int]]], ...] = ({}, {})
    for district, land, *figures in rows:
        for kind in (0, 1):
            own = {party: int(n or 0) for party, n in zip(parties, figures[kind::2], strict=True)}
            votes[kind].setdefault(land, {})[district] = own
    return votes


def won(seats: Mapping[str, int]) -> dict[str, int]:
    return {party: n for party, n in seats.items() if n}
