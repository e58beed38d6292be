"""Calls on roll calls: agreement, rank among others, and the side taken when two others differ."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from sailau.align.agreement import agreement
from sailau.align.differ import differ
from sailau.align.rollcalls import RollCalls
from sailau.claims.figure import Figure, Grade, NoData
from sailau.claims.worded import countries, country
from sailau.claims.world import World
from sailau.terms.speech import coded, say, written

DRAWS, SEED = 400, 7
"""Draws of roll calls for an interval of nine tenths; the same on every run."""


def _figure(world: World, **parts: Any) -> Figure:
    folder = world.rollcall_folder
    records = tuple(sorted(p for p in folder.iterdir() if p.suffix in (".gz", ".csv", ".yaml")))
    return Figure(grade=Grade.series, sources=(f"rollcalls/{folder.name}",), records=records, **parts)


def align_same(
    world: World, *, voter: str, other: str, years: str, common: tuple[str, ...] = (),
    measure: Literal["same", "agreement"] = "same",
) -> Figure:  # fmt: skip
    """Return share of votes on which two voters agree; `common` keeps only items on which these voted too."""
    calls = _common(world.calls, (voter, other, *common)) if common else world.calls
    (score,) = (s for s in agreement(calls, voter, [other], by=years, measure=measure, draws=DRAWS, rng=SEED,
                                     undated="leave_out") if s.window == years)  # fmt: skip
    if score.value is None:
        raise NoData(
            say("votes of {voter} and {other} in {years}", voter=country(voter), other=country(other), years=years)
        )
    value = score.exact if score.exact is not None else score.value
    return _figure(
        world,
        value=value,
        words=say(
            "votes of {voter} like {other}, {years}, n = {n}",
            voter=country(voter),
            other=country(other),
            years=years,
            n=str(score.n),
        ),
        low=score.low,
        high=score.high,
        unit="share",
    )


def align_rank(
    world: World, *, voter: str, among: tuple[str, ...], other: str, years: str, common: bool = False
) -> Figure:
    """Return rank of a voter among several by agreement with another; 1 agrees most."""
    together = (*among,) if common else ()
    values = {v: Fraction(align_same(world, voter=v, other=other, years=years, common=together).value) for v in among}
    if voter not in values:
        raise NoData(say("{voter} among {names}", voter=country(voter), names=countries(among)))
    rank = 1 + sum(1 for v in values.values() if v > values[voter])
    order = ", ".join(
        f"{country(v)} {written(float(x), '.1%')}" for v, x in sorted(values.items(), key=lambda item: -item[1])
    )
    kind = say("common votes") if common else say("all votes")
    words = say(
        "rank of {voter} by agreement with {other} on {kind}, {years}: {order}",
        voter=country(voter),
        other=country(other),
        kind=kind,
        years=years,
        order=order,
    )
    return _figure(world, value=rank, words=words, unit="rank")


def align_sides(
    world: World, *, voter: str, one: str, other: str, years: str, side: Literal["one", "other", "neither"]
) -> Figure:
    """Return share of the votes on which two differ in which a voter takes a side."""
    (seen,) = (s for s in differ(world.calls, voter, one, other, by=years, draws=DRAWS, rng=SEED,
                                 undated="leave_out") if s.window == years)  # fmt: skip
    share = seen.share(side)
    if share is None:
        raise NoData(
            say(
                "votes on which {one} and {other} differ in {years}",
                one=country(one),
                other=country(other),
                years=years,
            )
        )
    low, high = seen.intervals.get(side, (None, None))
    words = say(
        "{voter} with {side} where {one} and {other} differ, {years}, n = {n}",
        voter=country(voter),
        side={"one": country(one), "other": country(other), "neither": coded("neither")}[side],
        one=country(one),
        other=country(other),
        years=years,
        n=str(seen.n),
    )
    return _figure(world, value=share, words=words, low=low, high=high, unit="share")


def align_vote(world: World, *, voter: str, title: str) -> Figure:
    """Return how a voter voted on a resolution: yes, no, abstain, or absent."""
    calls = world.calls
    row = calls.index(voter)
    for column, item in enumerate(calls.items):
        if item.title == title:
            sign = {2: "yes", 1: "abstain", 0: "no"}.get(int(calls.votes[row, column]), "absent")
            return _figure(
                world,
                value=sign,
                words=say("vote of {voter} on {title}", voter=country(voter), title=title),
                unit="word",
            )
    raise NoData(say("a recorded vote on {title}", title=title))


def _common(calls: RollCalls, voters: tuple[str, ...]) -> RollCalls:
    """Return the items on which all of them voted."""
    from dataclasses import replace

    import numpy as np

    rows = calls.indices(list(dict.fromkeys(voters)))
    kept = [bool(column.all()) for column in (calls.votes[rows] >= 0).T]
    items = tuple(item for item, keep in zip(calls.items, kept, strict=True) if keep)
    return replace(calls, items=items, votes=calls.votes[:, np.array(kept)])
