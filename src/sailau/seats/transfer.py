"""Transfers: how a surplus and the votes of an excluded contender pass on to the next preferences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sailau.seats.ledger import Ledger, Parcel, Transfer, by_value
from sailau.seats.papers import Choice, Draw, First, chosen
from sailau.seats.rankings import LAST_SURPLUS, Item, ends, n_papers, sort_papers
from sailau.terms.speech import say

Surplus = Literal["weighted", "inclusive", "last_parcel", "whole_papers", "sample", "none"]

NOT_EFFECTIVE = "not_effective"
"""Votes of a surplus for which there are too few transferable papers."""


@dataclass(frozen=True, kw_only=True)
class Passing:
    """How votes pass on.

    Attributes
    ----------
    surplus : str
        ``weighted``: every paper goes on, each value being multiplied by the same fraction. ``inclusive``: every paper
        goes on, all at one value. ``last_parcel``: only the papers received last. ``whole_papers``: of those, as many
        papers as the surplus has votes, each still worth one, in proportion to the next preferences. ``sample``: that
        many papers drawn from all. ``none``: a surplus stays where it is.
    over : str
        What a surplus is divided by: ``all`` votes (or papers) of the contender, or the ``transferable`` ones.
    places : int, optional
        Decimals of a paper's value; what follows is cut off. None: exact.
    cut : str
        What is cut: the new ``value``, or the ``fraction`` that multiplies old values.
    credit : str
        ``exact``, or ``whole`` votes only.
    papers : str
        Which papers pass on where only some do: by ``lot``, or an ``even`` choice.
    parcels : str
        Papers of an excluded contender pass on ``together``, or ``by_value``, the highest first, a stage each.
    """

    surplus: Surplus = "weighted"
    over: Literal["all", "transferable"] = "all"
    places: int | None = None
    cut: Literal["value", "fraction"] = "value"
    credit: Literal["exact", "whole"] = "exact"
    papers: Choice = "lot"
    parcels: Literal["together", "by_value"] = "together"


Sorted = tuple[int, dict[str, list[Item]], list[Item]]
"""A value, the papers of that value by next preference, and those without one."""


def _sorted(ledger: Ledger, parcels: Sequence[Parcel], continuing: Collection[str]) -> list[Sorted]:
    several = ledger.several
    return [(value, *sort_papers(items, continuing, several)) for value, items in by_value(parcels).items()]


def pass_surplus(
    ledger: Ledger, how: Passing, source: str, continuing: Collection[str], stage: int, first: First, seed: Draw
) -> Transfer:
    """Pass on what `source` holds above the quota, and leave it with the quota."""
    parcels = ledger.parcels[source]
    ledger.parcels[source] = []
    surplus = ledger.totals[source] - ledger.quota
    if how.surplus == "none" or not surplus:
        return _close(ledger, source, {}, {NOT_EFFECTIVE: surplus} if surplus else {})
    last = parcels[-1].stage if parcels else 0
    if how.surplus in ("last_parcel", "whole_papers"):
        parcels = [parcel for parcel in parcels if parcel.stage == last]
    groups = _sorted(ledger, parcels, continuing)
    if how.surplus in ("whole_papers", "sample"):
        return _whole(ledger, how, source, groups, stage, first, seed)
    top, bottom, transferable = _fraction(ledger, how, source, groups)
    if not _to_all(how) and transferable <= surplus:
        values = [value for value, _, _ in groups]
        gains = _hand_on(ledger, groups, values, stage)
        left = surplus - sum(gains.values())
        return _close(ledger, source, gains, {NOT_EFFECTIVE: left} if left else {}, groups, values)
    old = [ledger.unit if how.surplus == "inclusive" else value for value, _, _ in groups]
    unit = ledger.unit
    values = ledger.shares(old, top, bottom)
    groups = [(value * (ledger.unit // unit), piles, ended) for value, piles, ended in groups]
    gains = _hand_on(ledger, groups, values, stage)
    ended = _ended(ledger, groups, values) if _to_all(how) else {}
    return _close(ledger, source, gains, ended, groups, values)


def set_aside(ledger: Ledger, how: Passing, source: str, stage: int, first: First, seed: Draw) -> Transfer:
    """Take off what `source` holds above the quota; the papers lose their value as in a transfer, to nobody."""
    made = pass_surplus(ledger, how, source, (), stage, first, seed)
    for why, n in made.ended.items():
        ledger.spent[why] -= n
        if not ledger.spent[why]:
            del ledger.spent[why]
    ended = {LAST_SURPLUS: n} if (n := sum(made.ended.values())) else {}
    ledger.spend(ended)
    return replace(made, ended=ended)


def _to_all(how: Passing) -> bool:
    """Say whether papers without a next preference take their part of a surplus away."""
    return how.over == "all" and how.surplus != "last_parcel"


def _fraction(ledger: Ledger, how: Passing, source: str, groups: Sequence[Sorted]) -> tuple[int, int, int]:
    """Return the fraction of a surplus to pass on, and what could be passed on at the present values."""
    surplus = ledger.totals[source] - ledger.quota
    moving = [(value, sum(n_papers(pile) for pile in piles.values())) for value, piles, _ in groups]
    transferable = ledger.held(sum(value * n for value, n in moving), ledger.unit)
    if how.surplus == "inclusive":
        papers = sum(n for _, n in moving)
        if _to_all(how):
            papers += sum(n_papers(ended) for _, _, ended in groups)
        return surplus, ledger.held(papers, 1) * ledger.unit, transferable
    return surplus, ledger.totals[source] if _to_all(how) else transferable, transferable


def _hand_on(ledger: Ledger, groups: Sequence[Sorted], values: Sequence[int], stage: int) -> dict[str, int]:
    gains: dict[str, int] = {}
    for (_, piles, _), value in zip(groups, values, strict=True):
        for name, pile in piles.items():
            if pile:
                gains[name] = gains.get(name, 0) + ledger.receive(name, pile, n_papers(pile), value, stage)
    return gains


def _ended(ledger: Ledger, groups: Sequence[Sorted], values: Sequence[int]) -> dict[str, int]:
    out: dict[str, int] = {}
    for (_, _, ended), value in zip(groups, values, strict=True):
        for why, n in ends(ended).items():
            out[why] = out.get(why, 0) + ledger.worth(n, value)
    return out


def _close(
    ledger: Ledger,
    source: str,
    gains: dict[str, int],
    ended: dict[str, int],
    groups: Sequence[Sorted] = (),
    values: Sequence[int] = (),
    *,
    out_of: int | None = None,
) -> Transfer:
    """Book a transfer: `out_of` votes left the source, or by default all above the quota."""
    amount = ledger.totals[source] - ledger.quota if out_of is None else out_of
    lost = amount - sum(gains.values()) - sum(ended.values())
    ledger.totals[source] -= amount
    ledger.lost += lost
    ledger.spend(ended)
    rows = [
        (value, new, sum(n_papers(pile) for pile in piles.values()))
        for (value, piles, _), new in zip(groups, values, strict=True)
    ]
    return Transfer(source, gains, ended, lost, tuple(rows))


def _whole(
    ledger: Ledger, how: Passing, source: str, groups: Sequence[Sorted], stage: int, first: First, seed: Draw
) -> Transfer:
    """Pass on whole papers; those that stay behind count for the source for good."""
    surplus = ledger.totals[source] - ledger.quota
    (value, piles, _), *others = groups or [(ledger.unit, {}, [])]
    assert not others, say("whole papers are all worth one vote")
    n = surplus // value
    if sum(n_papers(pile) for pile in piles.values()) > n:
        mark = f"{stage}/{source}"
        sample = how.surplus == "sample"
        piles = chosen(piles, n, how=how.papers, seed=seed, mark=mark, first=first, sample=sample)
    moving: list[Sorted] = [(value, piles, [])]
    gains = _hand_on(ledger, moving, [value], stage)
    left = surplus - sum(gains.values())
    return _close(ledger, source, gains, {NOT_EFFECTIVE: left} if left else {}, moving, [value])


def pass_on(ledger: Ledger, source: str, value: int | None, continuing: Collection[str], stage: int) -> Transfer:
    """Pass on the papers of an excluded contender, all of them or those of one value, at the value they have."""
    parcels = ledger.parcels[source]
    moved = [parcel for parcel in parcels if value is None or parcel.value == value]
    ledger.parcels[source] = [] if value is None else [parcel for parcel in parcels if parcel.value != value]
    groups = _sorted(ledger, moved, continuing)
    values = [old for old, _, _ in groups]
    gains = _hand_on(ledger, groups, values, stage)
    amount = sum(parcel.credit for parcel in moved)
    return _close(ledger, source, gains, _ended(ledger, groups, values), groups, values, out_of=amount)
