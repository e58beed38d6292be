"""Rankings as voters wrote them: marks that are no contender, where a ballot ends, who is preferred next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Ranking = tuple[str, ...]
Item = tuple[Ranking, int]
"""A ranking and how many papers carry it."""

OVERVOTE, SKIPPED = "overvote", "skipped"
MARKS = frozenset({OVERVOTE, SKIPPED})
"""What stands at a place of a ranking where no one contender does: several of them, or nobody."""

CHOICES, OVERVOTES, SKIPS, REPEATS = "choices", "overvotes", "skips", "repeats"
ENDS: Mapping[str, str] = {f"\0{why}": why for why in (CHOICES, OVERVOTES, SKIPS, REPEATS)}
"""Why a ballot has no further preference, by the mark that closes a read ranking; an open end is ``choices``."""

_CLOSE = {why: mark for mark, why in ENDS.items()}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How the law reads a ranking that is not plain.

    Attributes
    ----------
    overvote : str
        Several contenders at one place: the ballot is ``exhaust``-ed there, or the place is ``skip``-ped.
    repeat : str
        A contender named again: the same choice.
    gap : int, optional
        More blank places in a row than this end the ballot; None lets any number pass.
    depth : int, optional
        Places that count at all.
    """

    overvote: Literal["exhaust", "skip"] = "exhaust"
    repeat: Literal["exhaust", "skip"] = "skip"
    gap: int | None = None
    depth: int | None = None


def needs_reading(names: Collection[str], how: Reading) -> bool:
    """Say whether rankings that name `names` must be read place by place."""
    return bool(MARKS.intersection(names)) or how.repeat == "exhaust" or how.depth is not None


def read_rankings(rankings: Iterable[Item], how: Reading) -> tuple[list[Item], int]:
    """Return the rankings with marks worked in, and the number of blank ballots.

    A ballot that ends for another reason than want of choices carries the reason as its last name, from `ENDS`.
    """
    out: dict[Ranking, int] = {}
    blank = 0
    for ranking, n in rankings:
        read = read_ranking(ranking, how)
        if read:
            out[read] = out.get(read, 0) + n
        else:
            blank += n
    return list(out.items()), blank


def read_ranking(ranking: Ranking, how: Reading) -> Ranking:
    """Return one ranking as the law reads it; empty when nothing was marked."""
    kept: dict[str, None] = {}
    gap, marked, why = 0, False, ""
    for name in ranking[: how.depth]:
        if name == SKIPPED:
            gap += 1
            continue
        marked = True
        if how.gap is not None and gap > how.gap:
            why = SKIPS
        elif name == OVERVOTE:
            why = OVERVOTES if how.overvote == "exhaust" else ""
        elif name in kept:
            why = REPEATS if how.repeat == "exhaust" else ""
        else:
            kept[name] = None
        if why:
            break
        gap = 0
    if not why and marked and not kept:
        why = CHOICES
    return (*kept, _CLOSE[why]) if why else tuple(kept)


def sort_papers(items: Iterable[Item], continuing: Collection[str]) -> tuple[dict[str, list[Item]], list[Item]]:
    """Return the papers by the next available preference, and those without one."""
    piles: dict[str, list[Item]] = {name: [] for name in continuing}
    put = {name: pile.append for name, pile in piles.items()}
    ended: list[Item] = []
    for item in items:
        for name in item[0]:
            if name in put:
                put[name](item)
                break
        else:
            ended.append(item)
    return piles, ended


def n_papers(items: Iterable[Item]) -> int:
    """Return how many papers there are."""
    return sum([n for _, n in items])


def ends(items: Iterable[Item]) -> dict[str, int]:
    """Return why papers ended, and how many for each reason."""
    out: dict[str, int] = {}
    for ranking, n in items:
        why = ENDS.get(ranking[-1], CHOICES) if ranking else CHOICES
        out[why] = out.get(why, 0) + n
    return out
