"""Calls on votes: shares, and how they changed."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from sailau.claims.calls.counted import records_of, sum_of, votes_in
from sailau.claims.figure import Figure, Grade
from sailau.claims.worded import parties as named
from sailau.claims.world import World
from sailau.files.told import told_code
from sailau.terms.speech import say
from sailau.terms.tally import AGAINST_ALL, NATION


def votes_share(
    world: World, *, election: str, parties: tuple[str, ...], tier: str | None = None,
    of: Literal["valid", "lists", "ballots"] = "valid",
) -> Figure:  # fmt: skip
    """Return share of votes of parties: of valid votes, of votes for lists, or of all ballots."""
    votes = votes_in(world, election, tier)
    n = sum_of(parties, votes, election)
    base = sum(votes.values()) - (votes.get(AGAINST_ALL, 0) if of == "lists" else 0)
    if of == "ballots":
        tally = world.election(election).tally
        totals = tally.tiers[tier or next(iter(tally.tiers))].totals.get(NATION, {})
        base = totals.get("voters") or totals.get("ballots") or base
    return Figure(
        Fraction(n, base),
        say(
            "share of {of} votes of {names} in {election}",
            of=told_code(of),
            names=named(world, election, parties),
            election=election,
        ),
        Grade.whole,
        unit="share",
        sources=(election,),
        records=records_of(world, election),
    )


def votes_best(world: World, *, elections: tuple[str, ...], parties: tuple[str, ...]) -> Figure:
    """Return the best share that any of some parties ever had in some elections."""
    best, where = Fraction(0), elections[0]
    for name in elections:
        votes = votes_in(world, name, None)
        top = max((Fraction(votes[p], sum(votes.values())) for p in parties if p in votes), default=Fraction(0))
        if top > best:
            best, where = top, name
    return Figure(
        best,
        say("best share of any of {names}, in {where}", names=named(world, where, parties), where=where),
        Grade.cases,
        unit="share",
        sources=elections,
        records=tuple(r for name in elections for r in records_of(world, name)),
    )


def votes_swing(
    world: World, *, before: str, after: str, parties: tuple[str, ...], then: tuple[str, ...] = ()
) -> Figure:
    """Return change of the share of valid votes of parties; `then` are their names at the earlier election."""
    old = votes_share(world, election=before, parties=then or parties)
    new = votes_share(world, election=after, parties=parties)
    return Figure(
        Fraction(new.value) - Fraction(old.value),
        say("change of the share of votes of {names}", names=named(world, after, parties)),
        Grade.comparison,
        unit="points",
        sources=(before, after),
        records=(*old.records, *new.records),
    )


def ballot_has(world: World, *, elections: tuple[str, ...], names: tuple[str, ...]) -> Figure:
    """Return number of elections in which one of some contenders stood on the ballot."""
    n = sum(1 for e in elections if any(name in votes_in(world, e, None) for name in names))
    return Figure(
        n,
        say(
            "elections of {total} with {names} on the ballot",
            total=len(elections),
            names=say(" or ").join(map(told_code, names)),
        ),
        Grade.whole,
        sources=elections,
        records=tuple(r for e in elections for r in records_of(world, e)),
    )
