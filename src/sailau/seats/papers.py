"""Whole papers: how many of each pile pass on with a surplus, and which ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Literal

from sailau.seats.rankings import Item, n_papers

Choice = Literal["lot", "even"]
Draw = Callable[[], str]
"""Return the text that the drawing of papers starts from."""

First = Callable[[Sequence[str]], str]
"""Name the contender whose fraction counts as the largest among equal ones."""


def shares_of_surplus(papers: Mapping[str, int], surplus: int, first: First) -> dict[str, int]:
    """Share out a surplus in whole papers: each pile's part, then the largest fractions.

    Parameters
    ----------
    papers : mapping of str to int
        Transferable papers by the next preference; more of them than the surplus.
    surplus : int
    first : callable
        Decides between equal fractions of equal piles.

    Notes
    -----
    Of equal fractions the one of the larger pile counts as larger.
    """
    total = sum(papers.values())
    parts = {name: n * surplus // total for name, n in papers.items()}
    rest = {name: papers[name] * surplus % total for name in papers}
    left = surplus - sum(parts.values())
    open_ones = [name for name in papers if rest[name]]
    for _ in range(left):
        top = max((rest[name], papers[name]) for name in open_ones)
        tied = [name for name in open_ones if (rest[name], papers[name]) == top]
        lucky = tied[0] if len(tied) == 1 else first(tied)
        parts[lucky] += 1
        open_ones.remove(lucky)
    return parts


def pick(items: Sequence[Item], n: int, how: Choice, seed: str) -> list[Item]:
    """Return `n` of the papers.

    Parameters
    ----------
    items : sequence of Item
    n : int
    how : str
        ``lot``: drawn at random, the draw following from `seed` alone. ``even``: every ranking in proportion, the
        largest fractions first and equal ones by the spelling of the ranking; it stands in for well mixed papers.
    seed : str
    """
    groups = sorted(_merged(items).items())
    if n == sum(size for _, size in groups):
        return groups
    taken = _drawn([size for _, size in groups], n, seed) if how == "lot" else _even([size for _, size in groups], n)
    return [(ranking, k) for (ranking, _), k in zip(groups, taken, strict=True) if k]


def _merged(items: Sequence[Item]) -> dict[tuple[str, ...], int]:
    out: dict[tuple[str, ...], int] = {}
    for ranking, n in items:
        out[ranking] = out.get(ranking, 0) + n
    return out


def _even(sizes: Sequence[int], n: int) -> list[int]:
    total = sum(sizes)
    taken = [size * n // total for size in sizes]
    order = sorted(range(len(sizes)), key=lambda i: (-(sizes[i] * n % total), i))
    for i in order[: n - sum(taken)]:
        taken[i] += 1
    return taken


def _drawn(sizes: Sequence[int], n: int, seed: str) -> list[int]:
    """Draw papers one after the other, each of those left being as likely as any other."""
    chance = Random(seed)
    total, taken = sum(sizes), [0] * len(sizes)
    places = _distinct(chance, total, n)
    at, reach = 0, sizes[0]
    for place in places:
        while place >= reach:
            at += 1
            reach += sizes[at]
        taken[at] += 1
    return taken


def _distinct(chance: Random, total: int, n: int) -> list[int]:
    """Return `n` different places below `total`, in order (Floyd's way: one number drawn for each)."""
    found: set[int] = set()
    for top in range(total - n, total):
        place = _below(chance, top + 1)
        found.add(top if place in found else place)
    return sorted(found)


def _below(chance: Random, bound: int) -> int:
    bits = bound.bit_length()
    number = chance.getrandbits(bits)
    while number >= bound:
        number = chance.getrandbits(bits)
    return number


def chosen(
    piles: Mapping[str, list[Item]], surplus: int, *, how: Choice, seed: Draw, mark: str, first: First, sample: bool
) -> dict[str, list[Item]]:
    """Return the papers that pass on with a surplus smaller than the transferable papers.

    Parameters
    ----------
    piles : mapping of str to list of Item
        Transferable papers by the next preference.
    surplus : int
    how, seed : str, callable
    mark : str
        Names the transfer, so that each one is drawn anew.
    first : callable
    sample : bool
        The surplus is drawn from all papers together; otherwise each pile gives its part.
    """
    start = f"{seed()}/{mark}" if how == "lot" else ""
    if not sample:
        parts = shares_of_surplus({name: n_papers(pile) for name, pile in piles.items() if pile}, surplus, first)
        return {name: pick(piles[name], n, how, f"{start}/{name}") for name, n in parts.items() if n}
    everything = [item for pile in piles.values() for item in pile]
    home = {item[0]: name for name, pile in piles.items() for item in pile}
    out: dict[str, list[Item]] = {}
    for item in pick(everything, surplus, how, start):
        out.setdefault(home[item[0]], []).append(item)
    return out
