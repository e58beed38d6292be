"""A twin of the question whether a matrix has room for its seats: a largest flow, from the definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sailau.seats.biproportional_result import Cell, Matrix

Node = tuple[str, str]


def room_for(votes: Matrix, districts: Mapping[str, int], parties: Mapping[str, int]) -> int:
    """Return how many seats can be placed where there are votes: a largest flow, found by augmenting paths."""
    flow: dict[Cell, int] = {}
    free = {("district", d): n for d, n in districts.items()} | {("party", p): n for p, n in parties.items()}
    placed = 0
    while path := _augmenting(votes, flow, free):
        for (_, name), (_, other), forward in path:
            cell = (name, other) if forward else (other, name)
            flow[cell] = flow.get(cell, 0) + (1 if forward else -1)
        free[path[0][0]] -= 1
        free[path[-1][1]] -= 1
        placed += 1
    return placed


def _augmenting(votes: Matrix, flow: Mapping[Cell, int], free: Mapping[Node, int]) -> list[tuple[Node, Node, bool]]:
    came: dict[Node, Node | None] = {node: None for node, n in free.items() if n and node[0] == "district"}
    line = list(came)
    for node in line:
        for other in _neighbours(votes, flow, node):
            if other in came:
                continue
            came[other] = node
            line.append(other)
            if other[0] == "party" and free.get(other):
                return _path(came, other)
    return []


def _neighbours(votes: Matrix, flow: Mapping[Cell, int], node: Node) -> Iterator[Node]:
    kind, name = node
    if kind == "district":
        yield from (("party", p) for p, n in votes[name].items() if n)
    else:
        yield from (("district", d) for d in votes if flow.get((d, name)))


def _path(came: Mapping[Node, Node | None], end: Node) -> list[tuple[Node, Node, bool]]:
    path = []
    node = end
    while (before := came[node]) is not None:
        path.append((before, node, before[0] == "district"))
        node = before
    return path[::-1]
