"""Margins where a line stands for several contenders: taken as one, it needs no more votes than any of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from sailau.runs.margin_contest import Contest, Move, contests
from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Decisions, Step, flat
from sailau.seats.elect import Elect
from sailau.seats.eligible import Eligible
from sailau.seats.fill import Fill
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.tally import OTHERS, Tally


def unnamed(tally: Tally) -> frozenset[str]:
    """Return the lines that stand for several contenders."""
    return frozenset(name for name, mark in tally.contenders.items() if mark.kind == OTHERS)


def as_one(
    tier: Tier, tally: Tally, decisions: Decisions, done: Mapping[str, Count] | None = None
) -> tuple[Contest, ...]:
    """Return the contests of a tier in which such a line is a contender that wins nothing.

    While it wins nothing as one, none of those that it stands for wins anything: each of them has no more votes. Empty
    where it would win a seat, and where the law treats several otherwise than one that wins nothing: a quota is formed
    from those that pass a bar, a place is given to the next below it.
    """
    if not all(_is_orderly(step) for step in flat(tier.steps)) or _mixed(tier):
        return ()
    hidden = unnamed(tally)
    marks = dict(tally.contenders) | {name: replace(tally.contenders[name], kind="party_list") for name in hidden}
    found = contests(tier, replace(tally, contenders=marks), decisions, done)
    before = contests(tier, tally, decisions, done)
    pairs = zip(found, before, strict=True)
    return tuple(found) if all(new.view().seats == old.view().seats for new, old in pairs) else ()


def names_them(hidden: Collection[str], move: Move, *changes: Mapping[str, int]) -> bool:
    """Say whether a move, or a change of seats by contender (and area), has to do with lines for several contenders."""
    names = {name.split(" in ")[0] for change in changes for name in change}
    return any(name in hidden for name in {move.giver, move.taker, *names})


def _is_orderly(step: Step) -> bool:
    if isinstance(step, Threshold):
        return step.of != "standing" and step.if_none == "question"
    return isinstance(step, Eligible | Fill | Allocate | Elect)


def _mixed(tier: Tier) -> bool:
    """Say whether a quota is formed from the votes of those that pass a bar."""
    steps = flat(tier.steps)
    quota = any(isinstance(step, Allocate) and step.quota is not None for step in steps)
    return quota and any(isinstance(step, Threshold) for step in steps)
