"""Decide a matrix of seats in whole numbers: whether a proposal is the best there is, and which cells are tied.

Seats s with the right sums are the biproportional ones if and only if multipliers a (rows) and b (columns) exist with
d(s - 1) ≤ votes · a · b ≤ d(s) in every cell. Taking b from what it costs to move a seat from column to column, this is
a system of differences: it has a solution unless some cycle of transfers improves the seats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, floor, log

from sailau.seats.biproportional_scaling import Grid, Proposal, Rows

Tied = dict[tuple[int, int], int]
"""Cells that may hold one seat more or less at no loss: (row, column) to the lower number of seats."""


@dataclass(frozen=True, slots=True)
class Proved:
    """Seats with multipliers that round every cell to them, and the cells that are tied."""

    seats: Rows
    rows: list[Fraction]
    columns: list[Fraction]
    tied: Tied


def prove(grid: Grid, proposal: Proposal) -> Proved:
    """Return the proposal with its proof; a proposal that is not the best is improved until it is."""
    if proposal.rows:
        rows, columns, scale = _whole(proposal)
        if _rounds_strictly(grid, proposal.seats, rows, columns, scale):
            one = [Fraction(a, scale[0]) for a in rows], [Fraction(b, scale[1]) for b in columns]
            return Proved(proposal.seats, *one, {})
    return _improved(grid, proposal.seats)


def _whole(proposal: Proposal) -> tuple[list[int], list[int], tuple[int, int]]:
    rows, row_scale = _whole_numbers(proposal.rows)
    columns, column_scale = _whole_numbers(proposal.columns)
    return rows, columns, (row_scale, column_scale)


def _whole_numbers(logs: Sequence[float]) -> tuple[list[int], int]:
    """Return the numbers of these logarithms as whole multiples of one power of two, and that power's inverse."""
    two = log(2)
    powers = [floor(x / two) for x in logs]
    least = min(0, *powers)
    return [int(exp(x - p * two) * 2**53) << (p - least) for x, p in zip(logs, powers, strict=True)], 2 ** (53 - least)


def _rounds_strictly(
    grid: Grid, seats: Rows, rows: Sequence[int], columns: Sequence[int], scale: tuple[int, int]
) -> bool:
    """Say whether every cell lies strictly between its signposts, so that no other seats are as good."""
    top = scale[0] * scale[1]
    high = [post * top for post in grid.signposts[: max(map(max, seats)) + 1]]
    low = [-1, *high]
    for line, got, least, a in zip(grid.votes, seats, grid.least, rows, strict=True):
        for v, s, fixed, b in zip(line, got, least, columns, strict=True):
            if v and not ((low[s] if s > fixed else -1) < v * a * b < high[s]):
                return False
    return True


Step = tuple[int, int, int]
"""Numerator and denominator of what moving a seat costs (as a ratio), and the row in which it moves."""


def _improved(grid: Grid, seats: Rows) -> Proved:
    """Cancel improving cycles of transfers until there is none: each makes the seats better, so this ends."""
    while True:
        steps = _steps(grid, seats)
        columns, cycle = _potentials(steps)
        if not cycle:
            break
        for j, k in cycle:
            i = steps[j][k][2]
            seats[i][j] -= 1
            seats[i][k] += 1
    rows = _row_multipliers(grid, seats, columns)
    return Proved(seats, rows, columns, _ties(grid, seats, rows, columns))


def _row_multipliers(grid: Grid, seats: Rows, columns: Sequence[Fraction]) -> list[Fraction]:
    """Return for every row the largest multiplier at which no cell has a claim to one more seat."""
    parts = [(b.numerator, b.denominator) for b in columns]
    out = []
    for line, got in zip(grid.votes, seats, strict=True):
        best, under = 1, 0  # best / under, at first infinite
        for v, s, (top, bottom) in zip(line, got, parts, strict=True):
            if v and grid.signposts[s] * bottom * under < best * v * top:
                best, under = grid.signposts[s] * bottom, v * top
        out.append(Fraction(best, under))
    return out


def _steps(grid: Grid, seats: Rows) -> list[dict[int, Step]]:
    """Return for every pair of columns the cheapest transfer within a row, as a ratio of prices: there over here."""
    posts = grid.signposts
    out: list[dict[int, Step]] = [{} for _ in grid.columns]
    for i, (line, got, least) in enumerate(zip(grid.votes, seats, grid.least, strict=True)):
        takers = [(k, posts[s], v) for k, (v, s) in enumerate(zip(line, got, strict=True)) if v]
        for j, (v, s) in enumerate(zip(line, got, strict=True)):
            if s <= least[j]:
                continue
            known, last = out[j], posts[s - 1]
            for k, post, w in takers:
                top, bottom = post * v, w * last
                old = known.get(k)
                if k != j and (old is None or top * old[1] < old[0] * bottom):
                    known[k] = top, bottom, i
    return out


def _potentials(steps: Sequence[dict[int, Step]]) -> tuple[list[Fraction], list[tuple[int, int]]]:
    """Return column multipliers that no transfer can improve on, or a cycle of transfers that improves the seats."""
    value = [Fraction(1)] * len(steps)
    came = [-1] * len(steps)
    changed = set(range(len(steps)))
    for _ in range(len(steps) + 1):
        later = set()
        for j in sorted(changed):
            x = value[j]
            for k, (top, bottom, _row) in steps[j].items():
                # x · top / bottom < value[k], in whole numbers
                if x.numerator * top * value[k].denominator < value[k].numerator * bottom * x.denominator:
                    value[k] = x * Fraction(top, bottom)
                    came[k] = j
                    later.add(k)
        changed = later
        if not changed:
            return value, []
    return value, _cycle(came, min(changed))


def _cycle(came: Sequence[int], start: int) -> list[tuple[int, int]]:
    at = start
    for _ in came:
        at = came[at]
    cycle, here = [], at
    while True:
        cycle.append((came[here], here))
        here = came[here]
        if here == at:
            return cycle[::-1]


def _ties(grid: Grid, seats: Rows, rows: Sequence[Fraction], columns: Sequence[Fraction]) -> Tied:
    """Return the cells on the edge of rounding that lie on a cycle of such cells."""
    edges: list[tuple[int, int, int, bool]] = []
    parts = [(b.numerator, b.denominator) for b in columns]
    posts = grid.signposts
    for i, (line, got, a) in enumerate(zip(grid.votes, seats, rows, strict=True)):
        over, under = a.numerator, a.denominator
        for j, (v, s, (top, bottom)) in enumerate(zip(line, got, parts, strict=True)):
            if not v:
                continue
            claim, one = v * over * top, under * bottom
            if claim == posts[s] * one:
                edges.append((i, j, s, True))
            elif s > grid.least[i][j] and claim == posts[s - 1] * one:
                edges.append((i, j, s - 1, False))
    return {(i, j): low for i, j, low in on_cycles(edges)}


def on_cycles(edges: Sequence[tuple[int, int, int, bool]]) -> list[tuple[int, int, int]]:
    """Return the cells whose arc (row to column when it can rise, back when it can fall) lies on a directed cycle."""
    out: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for i, j, _low, rises in edges:
        ends = (("row", i), ("column", j)) if rises else (("column", j), ("row", i))
        out.setdefault(ends[0], []).append(ends[1])
    part = _components(out)
    return [(i, j, low) for i, j, low, _ in edges if part.get(("row", i), -1) == part.get(("column", j), -2)]


def _components(out: dict[tuple[str, int], list[tuple[str, int]]]) -> dict[tuple[str, int], int]:
    """Return the strongly connected component of every node (two passes of depth-first search)."""
    back: dict[tuple[str, int], list[tuple[str, int]]] = {}
    nodes: dict[tuple[str, int], None] = {}
    for node, ends in out.items():
        nodes[node] = None
        for end in ends:
            nodes[end] = None
            back.setdefault(end, []).append(node)
    order: list[tuple[str, int]] = []
    seen: set[tuple[str, int]] = set()
    for node in nodes:
        stack = [(node, False)]
        while stack:
            at, done = stack.pop()
            if done:
                order.append(at)
            elif at not in seen:
                seen.add(at)
                stack.append((at, True))
                stack += [(end, False) for end in out.get(at, ())]
    part: dict[tuple[str, int], int] = {}
    for number, node in enumerate(reversed(order)):
        line = [] if node in part else [node]
        for at in line:
            if at not in part:
                part[at] = number
                line += [end for end in back.get(at, ()) if end not in part]
    return part
