"""Rankings as voters wrote them: marks that are no contender, where a ballot ends, who is preferred next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Ranking = tuple[str, ...]
Item = tuple[Ranking, int]
"""A ranking and how many papers carry it."""

OVERVOTE, SKIPPED = "overvote", "skipped"
MARKS = frozenset({OVERVOTE, SKIPPED})
"""What stands at a place of a ranking where no one contender does: several of them, or nobody."""

TOGETHER = "="
"""Joins the names of several contenders at one place, where the ballots tell them: ``ann=bob``."""

CHOICES, OVERVOTES, SKIPS, REPEATS = "choices", "overvotes", "skips", "repeats"
LAST_SURPLUS = "last_surplus"
"""Why votes are held by nobody, besides the ends of ballots: a surplus that is set aside when all seats are filled."""

ENDS: Mapping[str, str] = {f"\0{why}": why for why in (CHOICES, OVERVOTES, SKIPS, REPEATS)}
"""Why a ballot has no further preference, by the mark that closes a read ranking; an open end is ``choices``."""

_CLOSE = {why: mark for mark, why in ENDS.items()}
_SEVERAL_LEFT: Ranking = (_CLOSE[OVERVOTES],)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How the law reads a ranking that is not plain.

    Attributes
    ----------
    overvote : str
        Several contenders at one place: the ballot is ``exhaust``-ed there, or the place is ``skip``-ped, or it counts
        for the one who is ``continuing`` and is exhausted where several do, or where the ballots do not say whom it
        names.
    repeat : str
        A contender named again: the same choice.
    gap : int, optional
        More blank places in a row than this end the ballot; None lets any number pass.
    depth : int, optional
        Places that count at all.
    """

    overvote: Literal["exhaust", "skip", "continuing"] = "exhaust"
    repeat: Literal["exhaust", "skip"] = "skip"
    gap: int | None = None
    depth: int | None = None


def needs_reading(names: Collection[str], how: Reading) -> bool:
    """Say whether rankings that name `names` must be read place by place."""
    marked = MARKS.intersection(names) or any(TOGETHER in name for name in names)
    return bool(marked) or how.repeat == "exhaust" or how.depth is not None


def names_of(place: str) -> tuple[str, ...]:
    """Return the contenders named at a place: none for a mark, several where they are told."""
    return () if place in MARKS else tuple(place.split(TOGETHER))


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


def papers_of(rankings: Mapping[Ranking, int], names: Collection[str] | None, how: Reading) -> tuple[list[Item], int]:
    """Return the rankings as the law reads them, and the blank ballots; `names` are all marks, where known."""
    if needs_reading(set().union(*rankings) if names is None else names, how):
        return read_rankings(rankings.items(), how)
    return [item for item in rankings.items() if item[0]], rankings.get((), 0)


def read_ranking(ranking: Ranking, how: Reading) -> Ranking:
    """Return one ranking as the law reads it; empty when nothing was marked."""
    kept: dict[str, None] = {}
    seen: set[str] = set()
    gap, marked, why = 0, False, ""
    for name in ranking[: how.depth]:
        if name == SKIPPED:
            gap += 1
            continue
        marked = True
        if how.gap is not None and gap > how.gap:
            why = SKIPS
        elif name == OVERVOTE or (TOGETHER in name and how.overvote != "continuing"):
            why = OVERVOTES if how.overvote != "skip" else ""
        elif how.repeat == "exhaust" and seen.intersection(names_of(name)):
            why = REPEATS
        else:
            kept.setdefault(name)
            seen.update(names_of(name))
        if why:
            break
        gap = 0
    if not why and marked and not kept:
        why = CHOICES
    return (*kept, _CLOSE[why]) if why else tuple(kept)


def sort_papers(
    items: Iterable[Item], continuing: Collection[str], several: Iterable[str] = ()
) -> tuple[dict[str, list[Item]], list[Item]]:
    """Return the papers by the next available preference, and those without one.

    A place of `several` contenders counts for the one of them who continues; it ends a ballot where more than one does.
    """
    piles: dict[str, list[Item]] = {name: [] for name in continuing}
    put: dict[str, Callable[[Item], None]] = {name: pile.append for name, pile in piles.items()}
    ended: list[Item] = []
    for place in several:
        left = [name for name in names_of(place) if name in piles]
        if left:
            put[place] = piles[left[0]].append if len(left) == 1 else lambda item: ended.append(_too_many(item))
    for item in items:
        for name in item[0]:
            if name in put:
                put[name](item)
                break
        else:
            ended.append(item)
    return piles, ended


def _too_many(item: Item) -> Item:
    return _SEVERAL_LEFT, item[1]


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
