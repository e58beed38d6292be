"""Calls on an election as a whole: measures of the party system, voting power, its day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from sailau.claims.calls.counted import records_of, seats_in, sum_of, votes_in
from sailau.claims.figure import Figure, Grade
from sailau.claims.worded import house as house_of
from sailau.claims.worded import parties as named
from sailau.claims.world import World
from sailau.files.told import told_code
from sailau.law.acts import Act, load_constitution
from sailau.power.games import players
from sailau.power.indices import banzhaf, shapley_shubik
from sailau.power.measures import effective_number, gallagher, loosemore_hanby, pedersen
from sailau.power.shares import aligned
from sailau.terms.errors import NotFound
from sailau.terms.speech import say


def measure_of(
    world: World, *, election: str, index: Literal["enep", "enpp", "gallagher", "loosemore_hanby"],
    tier: str | None = None,
    against_all: Literal["drop", "line"] = "drop",
) -> Figure:  # fmt: skip
    """Return a measure of the party system in one election, over one tier or the house."""
    votes, seats = votes_in(world, election, tier), seats_in(world, election, tier)
    _, v, s = aligned(votes, seats, against_all=against_all)
    found = {
        "enep": lambda: effective_number(v), "enpp": lambda: effective_number(s),
        "gallagher": lambda: gallagher(v, s), "loosemore_hanby": lambda: loosemore_hanby(v, s),
    }[index]()  # fmt: skip
    return Figure(
        float(found),
        say("{index} of {election}", index=told_code(index), election=election),
        Grade.whole,
        unit="index",
        sources=(election,),
        records=records_of(world, election),
    )


def measure_volatility(world: World, *, before: str, after: str, same: dict[str, str] | None = None) -> Figure:
    """Return Pedersen's volatility of votes; `same` maps the earlier name of a party to the later one."""
    old, new, same = votes_in(world, before, None), votes_in(world, after, None), same or {}
    mapped: dict[str, int] = {}
    for name, n in old.items():
        mapped[same.get(name, name)] = mapped.get(same.get(name, name), 0) + n
    names = sorted({*mapped, *new})
    value = pedersen([mapped.get(n, 0) for n in names], [new.get(n, 0) for n in names])
    return Figure(
        float(value),
        say("volatility from {before} to {after}", before=before, after=after),
        Grade.comparison,
        unit="share",
        sources=(before, after),
        records=(*records_of(world, before), *records_of(world, after)),
    )


def power_share(
    world: World, *, election: str, party: str, needs: str = "majority",
    index: Literal["banzhaf", "shapley_shubik"] = "banzhaf",
) -> Figure:  # fmt: skip
    """Return a party's share of voting power at a majority; independents vote one by one."""
    house = players(world.replay(election).house)
    needed = Act("", "", needs, "").votes(sum(house.values()))
    values = (banzhaf if index == "banzhaf" else shapley_shubik)(house, needed)
    if party not in values:
        raise NotFound(f"party in {election}", party, list(values))
    return Figure(
        values[party],
        say(
            "{index} of {party} at {needed} of {total} votes",
            index=told_code(index),
            party=named(world, election, (party,)),
            needed=needed,
            total=sum(house.values()),
        ),
        Grade.whole,
        unit="share",
        sources=(election,),
        records=records_of(world, election),
    )


def power_alone(world: World, *, election: str, party: str) -> Figure:
    """Return share of the acts of the constitution that a party can pass alone."""
    record = world.election(election)
    constitution = load_constitution(record.country, record.day)
    if constitution is None:
        raise NotFound("constitution with its acts", record.country)
    house = world.replay(election).house
    sum_of((party,), house, election)
    name = record.id.split("/")[1]
    acts = [act for act in constitution.acts if act.house == name]
    alone = [act.act for act in acts if act.votes(sum(house.values())) <= house[party]]
    return Figure(
        Fraction(len(alone), len(acts)),
        say(
            "acts that {party} can pass alone in {house} ({n} of {of})",
            party=named(world, election, (party,)),
            house=house_of(election),
            n=str(len(alone)),
            of=len(acts),
        ),
        Grade.law,
        unit="share",
        sources=(election, constitution.name),
        records=records_of(world, election),
    )


def distance_days(world: World, *, election: str, since: date) -> Figure:
    """Return days from an event to an election."""
    day = world.election(election).day
    return Figure(
        (day - since).days,
        say("days from {since} to {election}", since=since, election=election),
        Grade.whole,
        unit="days",
        sources=(election,),
        records=records_of(world, election),
    )
