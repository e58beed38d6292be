"""Calls on seats: won by the law of the day, and under another."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from sailau.claims.calls.counted import records_of, seats_in, sum_of
from sailau.claims.figure import Figure, Grade
from sailau.claims.worded import parties as named
from sailau.claims.world import World
from sailau.runs.compare import compare
from sailau.terms.speech import coded, joined, say

INDEPENDENT = "independent"


def seats_won(
    world: World,
    *,
    election: str,
    parties: tuple[str, ...] = (),
    besides: tuple[str, ...] = (),
    tier: str | None = None,
) -> Figure:
    """Return seats of parties (or of all besides some) in a house, counted by the law of the day."""
    seats = seats_in(world, election, tier)
    chosen = parties or tuple(p for p in seats if p not in besides)
    n = sum_of(chosen, {**dict.fromkeys(parties, 0), **seats} if not besides else seats, election)
    others = named(world, election, besides) if besides else say("nobody")
    who = named(world, election, parties) if parties else say("all besides {names}", names=others)
    where = joined([election, coded(tier)], ", ") if tier else election
    return Figure(
        n,
        say("seats of {who} in {where}", who=who, where=where),
        Grade.whole,
        unit="seats",
        sources=(election,),
        records=records_of(world, election),
    )


def seats_share(
    world: World,
    *,
    election: str,
    parties: tuple[str, ...] = (),
    besides: tuple[str, ...] = (),
    tier: str | None = None,
    elected: bool = False,
) -> Figure:
    """Return share of seats; `elected` leaves out those that nobody voted on."""
    won = seats_won(world, election=election, parties=parties, besides=besides, tier=tier)
    seats = seats_in(world, election, tier)
    total = sum(seats.values())
    if elected:
        seen = world.replay(election)
        total = sum(seen.result.seats.values()) if seen.result else total
        total += sum(seen.election.declared_seats().values())
    return Figure(
        Fraction(int(won.value), total),
        say("{words}, as a share of {total}", words=won.words, total=str(total)),
        Grade.whole,
        unit="share",
        sources=won.sources,
        records=won.records,
    )


def seats_change(
    world: World, *, before: str, after: str, parties: tuple[str, ...], then: tuple[str, ...] = ()
) -> Figure:
    """Return change of the share of seats of parties; `then` are their names at the earlier election."""
    old = seats_share(world, election=before, parties=then or parties, elected=True)
    new = seats_share(world, election=after, parties=parties, elected=True)
    return Figure(
        Fraction(new.value) - Fraction(old.value),
        say("change of the share of seats of {names}", names=named(world, after, parties)),
        Grade.comparison,
        unit="points",
        sources=(before, after),
        records=(*old.records, *new.records),
    )


def seats_under(
    world: World,
    *,
    election: str,
    parties: tuple[str, ...],
    law: str | None = None,
    set: dict[str, str | int] | None = None,  # noqa: A002  # the word of the command line
) -> Figure:
    """Return seats of parties had the votes of an election been counted under another law, or a changed one."""
    seen = world.replay(election)
    other = world.law(law) if law else seen.law
    other = other.replace(set) if set else other
    counted = compare(seen.law, other, seen.election.tally, decisions=seen.election.decisions).after.seats
    n = sum_of(parties, counted, election)
    how = joined(
        [
            *([say("law {law}", law=f"{other.id}@{other.edition}")] if law else []),
            *(f"{k} = {v}" for k, v in (set or {}).items()),
        ],
        "; ",
    )
    return Figure(
        n,
        say(
            "seats of {names} of {total} with the votes of {election} under {how}",
            names=named(world, election, parties),
            total=str(sum(counted.values())),
            election=election,
            how=how,
        ),
        Grade.whole,
        unit="seats",
        sources=(election, str(other)),
        records=(*records_of(world, election), Path(other.path)),
    )


def seats_lists(world: World, *, election: str, tier: str | None = None) -> Figure:
    """Return number of parties with seats, independents left out."""
    seats = seats_in(world, election, tier)
    n = sum(
        1 for party, k in seats.items() if k and not party.startswith(INDEPENDENT) and _is_party(world, election, party)
    )
    return Figure(
        n,
        say("parties with seats in {election}", election=election),
        Grade.whole,
        sources=(election,),
        records=records_of(world, election),
    )


def _is_party(world: World, name: str, contender: str) -> bool:
    kinds = world.election(name).tally.contenders
    return contender not in kinds or kinds[contender].kind not in ("independent", "appointed", "body")
