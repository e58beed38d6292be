"""Proposals for a matrix of seats: scaling in floating point, then transfers of single seats.

Nothing here decides a seat. What comes out has the right sums of rows and columns; `biproportional_exact` proves it in
whole numbers, or improves it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite, log
from operator import mul, sub

Rows = list[list[int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """Votes with the sums that the seats have to reach; the columns are the shorter side.

    Attributes
    ----------
    votes, least : list of rows
        Counts, and the fewest seats that a cell holds.
    rows, columns : list of int
        Seats of every row and of every column, all positive.
    signposts : list of int
        d(0), d(1), … on a common scale: a cell with s seats takes the next at d(s).
    """

    votes: Rows
    least: Rows
    rows: list[int]
    columns: list[int]
    signposts: list[int]


@dataclass(slots=True)
class Proposal:
    """Seats, and multipliers that should round the votes to them.

    Attributes
    ----------
    seats : list of rows
    rows, columns : list of float
        Logarithms of the multipliers; empty when the margins are too thin for floating point.
    """

    seats: Rows
    rows: list[float]
    columns: list[float]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows whose votes all lie in the `columns` named, though their seats do not fit there."""

    rows: list[int]
    columns: list[int]


def propose(grid: Grid) -> Proposal | Block:
    """Return seats with the right sums, the best as far as floating point can tell, or what makes them impossible."""
    seats = _rows_rounded(grid, _scaled(grid))
    if isinstance(seats, Block):
        return seats
    prices = Prices(grid, seats)
    blocked = _balance(grid, seats, prices)
    return blocked or _with_multipliers(grid, seats, prices)


def _scaled(grid: Grid, sweeps: int = 6) -> list[list[float]]:
    """Return the votes scaled so that rows and columns nearly have their sums (iterative proportional fitting)."""
    top = max(map(max, grid.votes)) or 1
    weights = [[v / top for v in row] for row in grid.votes]
    turned = list(zip(*weights, strict=True))
    shift = 0.5 - grid.signposts[0] / (grid.signposts[1] - grid.signposts[0])
    # A rounding that is not to the nearest gives less, or more, than the scaled votes: aim beside the sums.
    rows = [n - shift * sum(v > 0 for v in row) for n, row in zip(grid.rows, grid.votes, strict=True)]
    columns = [n - shift * sum(v > 0 for v in line) for n, line in zip(grid.columns, turned, strict=True)]
    if min(rows) <= 0 or min(columns) <= 0:
        rows, columns = [float(n) for n in grid.rows], [float(n) for n in grid.columns]
    right = [1.0] * len(columns)
    left = [1.0] * len(rows)
    for _ in range(sweeps):
        left = [n / (sum(map(mul, row, right)) or 1.0) for n, row in zip(rows, weights, strict=True)]
        before = right
        right = [n / (sum(map(mul, line, left)) or 1.0) for n, line in zip(columns, turned, strict=True)]
        if all(abs(new - old) <= 0.02 * old for new, old in zip(right, before, strict=True)):
            break
    return [[w * a * b for w, b in zip(row, right, strict=True)] for row, a in zip(weights, left, strict=True)]


def _rows_rounded(grid: Grid, scaled: list[list[float]]) -> Rows | Block:
    """Round every row to its sum by the divisor method, given the column multipliers inside `scaled`."""
    step = grid.signposts[1] - grid.signposts[0]
    posts = [post / step for post in grid.signposts]
    out: Rows = []
    for i, (line, n) in enumerate(zip(scaled, grid.rows, strict=True)):
        least, votes = grid.least[i], grid.votes[i]
        got = [max(bisect_right(posts, x), low) for x, low in zip(line, least, strict=True)]
        left = n - sum(got)
        if left > 0 and not any(votes):
            return Block([i], [])
        while left > 0:
            best, at = -1.0, -1
            for j, s in enumerate(got):
                if votes[j] and (claim := line[j] / posts[s]) > best:
                    best, at = claim, j
            got[at] += 1
            left -= 1
        while left < 0:
            worst, at = inf, -1
            for j, s in enumerate(got):
                if s > least[j] and (claim := line[j] / posts[s - 1]) < worst:
                    worst, at = claim, j
            got[at] -= 1
            left += 1
        out.append(got)
    return out


class Prices:
    """What the next seat of a cell costs and what its last one returns, in logarithms; kept by column."""

    def __init__(self, grid: Grid, seats: Rows) -> None:
        self.grid = grid
        self.posts = [log(post) if post else -inf for post in grid.signposts]
        self.votes = [[log(v) if v else None for v in line] for line in zip(*grid.votes, strict=True)]
        self.up = [[0.0] * len(grid.rows) for _ in grid.columns]
        self.down = [[0.0] * len(grid.rows) for _ in grid.columns]
        for j in range(len(grid.columns)):
            for i in range(len(grid.rows)):
                self.set(i, j, seats[i][j])
        self.best = self.between()

    def set(self, i: int, j: int, seats: int) -> None:
        """Set the prices of one cell."""
        votes = self.votes[j][i]
        if votes is None:
            self.up[j][i], self.down[j][i] = inf, -inf
            return
        self.up[j][i] = self.posts[seats] - votes
        self.down[j][i] = self.posts[seats - 1] - votes if seats > self.grid.least[i][j] else -inf

    def between(self) -> list[list[float]]:
        """Return what it costs at the least to move a seat from one column to another within a row."""
        return [[min(map(sub, up, down)) for up in self.up] for down in self.down]

    def renew(self, columns: Sequence[int]) -> None:
        """Bring `best` up to date after prices of these columns changed."""
        for j in columns:
            self.best[j] = [min(map(sub, up, self.down[j])) for up in self.up]
            up = self.up[j]
            for line, down in zip(self.best, self.down, strict=True):
                line[j] = min(map(sub, up, down))

    def row_of(self, j: int, k: int) -> int:
        """Return the row in which moving a seat from column j to column k costs least."""
        costs = list(map(sub, self.up[k], self.down[j]))
        return costs.index(min(costs))


def _balance(grid: Grid, seats: Rows, prices: Prices) -> Block | None:
    """Move seats from columns with too many to columns with too few, each time by the cheapest chain of transfers."""
    sums = [sum(line) for line in zip(*seats, strict=True)]
    over = [have - want for have, want in zip(sums, grid.columns, strict=True)]
    while any(over):
        chain = _cheapest_chain(prices.best, over)
        if chain is None:
            return _block(grid, seats, prices, over)
        for j, k in pairwise(chain):
            i = prices.row_of(j, k)
            seats[i][j] -= 1
            seats[i][k] += 1
            prices.set(i, j, seats[i][j])
            prices.set(i, k, seats[i][k])
        over[chain[0]] -= 1
        over[chain[-1]] += 1
        prices.renew(chain)
    return None


def _cheapest_chain(best: Sequence[Sequence[float]], over: Sequence[int]) -> list[int] | None:
    """Return columns from one with too many seats to one with too few, at the least cost; None when there is no way."""
    reach = [0.0 if n > 0 else inf for n in over]
    came = [-1] * len(over)
    changed = [j for j, n in enumerate(over) if n > 0]
    for _ in over:
        later = set()
        for j in changed:
            for k, cost in enumerate(best[j]):
                if reach[j] + cost < reach[k] - 1e-12:
                    reach[k], came[k] = reach[j] + cost, j
                    later.add(k)
        changed = list(later)
        if not changed:
            break
    ends = [k for k, n in enumerate(over) if n < 0 and reach[k] < inf]
    if not ends:
        return None
    chain = [min(ends, key=lambda k: reach[k])]
    while over[chain[-1]] <= 0 or came[chain[-1]] >= 0:
        if came[chain[-1]] in chain or came[chain[-1]] < 0:
            return _any_chain(best, over)
        chain.append(came[chain[-1]])
    return chain[::-1]


def _any_chain(best: Sequence[Sequence[float]], over: Sequence[int]) -> list[int] | None:
    """Return the shortest chain of possible transfers, whatever it costs."""
    came = {j: -1 for j, n in enumerate(over) if n > 0}
    line = list(came)
    for j in line:
        for k, cost in enumerate(best[j]):
            if cost < inf and k not in came:
                came[k] = j
                line.append(k)
                if over[k] < 0:
                    chain = [k]
                    while came[chain[-1]] >= 0:
                        chain.append(came[chain[-1]])
                    return chain[::-1]
    return None


def _block(grid: Grid, seats: Rows, prices: Prices, over: Sequence[int]) -> Block:
    """Name the smallest set of columns that seats cannot leave, and the rows that hold them there."""
    closed = []
    for start in (j for j, n in enumerate(over) if n > 0):
        inside = [start]
        for j in inside:
            inside += [k for k, cost in enumerate(prices.best[j]) if cost < inf and k not in inside]
        closed.append(sorted(inside))
    columns = min(closed, key=lambda inside: (len(inside), inside))
    held = [i for i, row in enumerate(seats) if any(row[j] > grid.least[i][j] for j in columns)]
    return Block(held, columns)


def _with_multipliers(grid: Grid, seats: Rows, prices: Prices) -> Proposal:
    """Add multipliers from the middle of what is possible, unless that is too narrow to be found in floating point."""
    ways = _all_ways(prices.best)
    nearest = [min(line) for line in zip(*ways, strict=True)]
    finite = [abs(cost) for line in (*ways, *prices.best) for cost in line if isfinite(cost)]
    far = 2.0 + 4 * max(finite, default=0.0)
    columns = [
        sum(line[k] if line[k] < inf else nearest[k] + far for line in ways) / len(ways) for k in range(len(nearest))
    ]
    rows, narrow = [], inf
    for i in range(len(grid.rows)):
        high = min(up[i] - b for up, b in zip(prices.up, columns, strict=True))
        low = max(down[i] - b for down, b in zip(prices.down, columns, strict=True))
        narrow = min(narrow, high - low)
        rows.append((high + low) / 2 if low > -inf else high - 1)
    return Proposal(seats, rows, columns) if narrow > 1e-11 else Proposal(seats, [], [])


def _all_ways(best: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the least cost from every column to every other by chains of transfers."""
    ways = [list(line) for line in best]
    for k, line in enumerate(ways):
        line[k] = min(line[k], 0.0)
    for k in range(len(ways)):
        through = ways[k]
        for line in ways:
            first = line[k]
            if first < inf:
                line[:] = [far if far < first + rest else first + rest for far, rest in zip(line, through, strict=True)]
    return ways
