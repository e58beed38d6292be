"""Every change of a few ballots, tried one by one, where voters rank and there are few enough of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, permutations, product
from math import comb, perm

from sailau.runs.margin_contest import Kind
from sailau.runs.margin_papers import Change
from sailau.runs.margin_patience import allowed
from sailau.seats.rankings import Ranking

TRIES = 20_000
"""How many changes are tried, of all sizes and kinds together."""


def first_that_counts(
    papers: Mapping[Ranking, int],
    names: Sequence[str],
    kinds: Sequence[Kind],
    sizes: range,
    counts: Callable[[Change], bool],
) -> tuple[int, Kind | None, Change | None]:
    """Return the least size that is not ruled out, and a change of that size that counts, where one was found.

    Parameters
    ----------
    papers : mapping of ranking to int
    names : sequence of str
        Who stands; ballots put in rank any of them in any order.
    kinds : sequence of str
    sizes : range
        Sizes of change that are open.
    counts : callable
        Counts the law with a change, and says whether somebody else is elected.
    """
    left = allowed(TRIES)
    for size in sizes:
        left -= sum(_many(papers, len(names), kind, size) for kind in kinds)
        if left < 0:
            return size, None, None
        for kind in kinds:
            for change in _changes(papers, names, kind, size):
                if counts(change):
                    return size, kind, change
    return sizes.stop, None, None


def _many(papers: Mapping[Ranking, int], m: int, kind: Kind, size: int) -> int:
    """Return how many changes there are of a size, papers taken out more often than there are included."""
    out, into = len(papers), sum(perm(m, k) for k in range(1, m + 1))
    ways = {"removed": (out,), "added": (into,), "moved": (out, into)}[kind]
    many = 1
    for types in ways:
        many *= comb(types + size - 1, size)
    return many


def _changes(papers: Mapping[Ranking, int], names: Sequence[str], kind: Kind, size: int) -> Iterator[Change]:
    every = [order for k in range(1, len(names) + 1) for order in permutations(names, k)]
    gone = [()] if kind == "added" else combinations_with_replacement(sorted(papers), size)
    come = [()] if kind == "removed" else list(combinations_with_replacement(every, size))
    for out, into in product(gone, come):
        change = Change({paper: out.count(paper) for paper in out}, {paper: into.count(paper) for paper in into})
        if all(papers[paper] >= n for paper, n in change.out.items()):
            yield change
