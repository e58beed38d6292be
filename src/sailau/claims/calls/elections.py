"""Calls on elections: seats, votes, measures and power, each from a count made now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

from sailau.claims.figure import Figure, Grade
from sailau.claims.world import World
from sailau.law.acts import load_constitution
from sailau.power.games import players
from sailau.power.indices import banzhaf, shapley_shubik
from sailau.power.measures import effective_number, gallagher, loosemore_hanby, pedersen
from sailau.power.shares import aligned
from sailau.runs.compare import compare
from sailau.terms.errors import NotFound
from sailau.terms.tally import AGAINST_ALL, LINES, NATION

INDEPENDENT = "independent"


def _records(world: World, name: str) -> tuple[Path, ...]:
    election = world.election(name)
    law = world.replay(name).law
    return (*sorted(p for p in Path(election.path).iterdir() if p.is_file()), Path(law.path))


def _seats(world: World, name: str, tier: str | None) -> Mapping[str, int]:
    seen = world.replay(name)
    if tier is None:
        return seen.house
    if tier in seen.election.declared:
        return {
            c: n
            for areas in (seen.election.official.get(tier, {}),)
            for part in areas.values()
            for c, n in part.items()
        }
    if seen.question is not None or seen.result is None:
        raise seen.question or NotFound("count of", name)
    if tier not in seen.result.tiers:
        raise NotFound("tier", tier, list(seen.result.tiers))
    return seen.result.tiers[tier]


def _of(parties: tuple[str, ...], seats: Mapping[str, int], name: str) -> int:
    for party in parties:
        if party not in seats:
            raise NotFound(f"party in {name}", party, list(seats))
    return sum(seats[party] for party in parties)


def seats_won(
    world: World,
    *,
    election: str,
    parties: tuple[str, ...] = (),
    besides: tuple[str, ...] = (),
    tier: str | None = None,
) -> Figure:
    """Return seats of parties (or of all besides some) in a house, counted by the law of the day."""
    seats = _seats(world, election, tier)
    chosen = parties or tuple(p for p in seats if p not in besides)
    n = _of(chosen, {**dict.fromkeys(parties, 0), **seats} if not besides else seats, election)
    who = ", ".join(parties) if parties else f"all besides {', '.join(besides) or 'nobody'}"
    where = f"{election}, {tier}" if tier else election
    return Figure(
        n,
        f"seats of {who} in {where}",
        Grade.whole,
        unit="seats",
        sources=(election,),
        records=_records(world, election),
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
    seats = _seats(world, election, tier)
    total = sum(seats.values())
    if elected:
        seen = world.replay(election)
        total = sum(seen.result.seats.values()) if seen.result else total
        total += sum(seen.election.declared_seats().values())
    return Figure(
        Fraction(int(won.value), total),
        f"{won.words}, as a share of {total}",
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
        f"change of the share of seats of {', '.join(parties)}",
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
    n = _of(parties, counted, election)
    how = "; ".join(
        [*([f"law {other.id}@{other.edition}"] if law else []), *(f"{k} = {v}" for k, v in (set or {}).items())]
    )
    return Figure(
        n,
        f"seats of {', '.join(parties)} of {sum(counted.values())} with the votes of {election} under {how}",
        Grade.whole,
        unit="seats",
        sources=(election, str(other)),
        records=(*_records(world, election), Path(other.path)),
    )


def seats_lists(world: World, *, election: str, tier: str | None = None) -> Figure:
    """Return number of parties with seats, independents left out."""
    seats = _seats(world, election, tier)
    n = sum(
        1 for party, k in seats.items() if k and not party.startswith(INDEPENDENT) and _is_party(world, election, party)
    )
    return Figure(
        n, f"parties with seats in {election}", Grade.whole, sources=(election,), records=_records(world, election)
    )


def _is_party(world: World, name: str, contender: str) -> bool:
    kinds = world.election(name).tally.contenders
    return contender not in kinds or kinds[contender].kind not in ("independent", "appointed", "body")


def _votes(world: World, name: str, tier: str | None) -> dict[str, int]:
    tally = world.election(name).tally
    chosen = tier or next(iter(tally.tiers))
    if chosen not in tally.tiers:
        raise NotFound("tier", chosen, list(tally.tiers))
    total: dict[str, int] = {}
    for lines in tally.tiers[chosen].votes.values():
        for contender, n in lines.items():
            if contender in LINES and contender != AGAINST_ALL:
                continue
            party = tally.party(contender)
            total[party] = total.get(party, 0) + n
    return total


def votes_share(
    world: World, *, election: str, parties: tuple[str, ...], tier: str | None = None,
    of: Literal["valid", "lists", "ballots"] = "valid",
) -> Figure:  # fmt: skip
    """Return share of votes of parties: of valid votes, of votes for lists, or of all ballots."""
    votes = _votes(world, election, tier)
    n = _of(parties, votes, election)
    base = sum(votes.values()) - (votes.get(AGAINST_ALL, 0) if of == "lists" else 0)
    if of == "ballots":
        tally = world.election(election).tally
        totals = tally.tiers[tier or next(iter(tally.tiers))].totals.get(NATION, {})
        base = totals.get("voters") or totals.get("ballots") or base
    return Figure(
        Fraction(n, base),
        f"share of {of} votes of {', '.join(parties)} in {election}",
        Grade.whole,
        unit="share",
        sources=(election,),
        records=_records(world, election),
    )


def votes_best(world: World, *, elections: tuple[str, ...], parties: tuple[str, ...]) -> Figure:
    """Return the best share that any of some parties ever had in some elections."""
    best, where = Fraction(0), elections[0]
    for name in elections:
        votes = _votes(world, name, None)
        top = max((Fraction(votes[p], sum(votes.values())) for p in parties if p in votes), default=Fraction(0))
        if top > best:
            best, where = top, name
    return Figure(
        best,
        f"best share of any of {', '.join(parties)}, in {where}",
        Grade.cases,
        unit="share",
        sources=elections,
        records=tuple(r for name in elections for r in _records(world, name)),
    )


def votes_swing(
    world: World, *, before: str, after: str, parties: tuple[str, ...], then: tuple[str, ...] = ()
) -> Figure:
    """Return change of the share of valid votes of parties; `then` are their names at the earlier election."""
    old = votes_share(world, election=before, parties=then or parties)
    new = votes_share(world, election=after, parties=parties)
    return Figure(
        Fraction(new.value) - Fraction(old.value),
        f"change of the share of votes of {', '.join(parties)}",
        Grade.comparison,
        unit="points",
        sources=(before, after),
        records=(*old.records, *new.records),
    )


def measure_of(
    world: World, *, election: str, index: Literal["enep", "enpp", "gallagher", "loosemore_hanby"],
    tier: str | None = None,
    against_all: Literal["drop", "line"] = "drop",
) -> Figure:  # fmt: skip
    """Return a measure of the party system in one election, over one tier or the house."""
    votes, seats = _votes(world, election, tier), _seats(world, election, tier)
    _, v, s = aligned(votes, seats, against_all=against_all)
    found = {
        "enep": lambda: effective_number(v), "enpp": lambda: effective_number(s),
        "gallagher": lambda: gallagher(v, s), "loosemore_hanby": lambda: loosemore_hanby(v, s),
    }[index]()  # fmt: skip
    return Figure(
        float(found),
        f"{index} of {election}",
        Grade.whole,
        unit="index",
        sources=(election,),
        records=_records(world, election),
    )


def measure_volatility(world: World, *, before: str, after: str, same: dict[str, str] | None = None) -> Figure:
    """Return Pedersen's volatility of votes; `same` maps the earlier name of a party to the later one."""
    old, new, same = _votes(world, before, None), _votes(world, after, None), same or {}
    mapped: dict[str, int] = {}
    for name, n in old.items():
        mapped[same.get(name, name)] = mapped.get(same.get(name, name), 0) + n
    names = sorted({*mapped, *new})
    value = pedersen([mapped.get(n, 0) for n in names], [new.get(n, 0) for n in names])
    return Figure(
        float(value),
        f"volatility from {before} to {after}",
        Grade.comparison,
        unit="share",
        sources=(before, after),
        records=(*_records(world, before), *_records(world, after)),
    )


def power_share(
    world: World, *, election: str, party: str, needs: str = "majority",
    index: Literal["banzhaf", "shapley_shubik"] = "banzhaf",
) -> Figure:  # fmt: skip
    """Return a party's share of voting power at a majority; independents vote one by one."""
    from sailau.law.acts import Act

    house = players(world.replay(election).house)
    needed = Act("", "", needs, "").votes(sum(house.values()))
    values = (banzhaf if index == "banzhaf" else shapley_shubik)(house, needed)
    if party not in values:
        raise NotFound(f"party in {election}", party, list(values))
    return Figure(
        values[party],
        f"{index} of {party} at {needed} of {sum(house.values())} votes",
        Grade.whole,
        unit="share",
        sources=(election,),
        records=_records(world, election),
    )


def power_alone(world: World, *, election: str, party: str) -> Figure:
    """Return share of the acts of the constitution that a party can pass alone."""
    record = world.election(election)
    constitution = load_constitution(record.country, record.day)
    if constitution is None:
        raise NotFound("constitution with its acts", record.country)
    house = world.replay(election).house
    _of((party,), house, election)
    name = record.id.split("/")[1]
    acts = [act for act in constitution.acts if act.house == name]
    alone = [act.act for act in acts if act.votes(sum(house.values())) <= house[party]]
    return Figure(
        Fraction(len(alone), len(acts)),
        f"acts that {party} can pass alone in {name} ({len(alone)} of {len(acts)})",
        Grade.law,
        unit="share",
        sources=(election, constitution.name),
        records=_records(world, election),
    )


def distance_days(world: World, *, election: str, since: date) -> Figure:
    """Return days from an event to an election."""
    day = world.election(election).day
    return Figure(
        (day - since).days,
        f"days from {since} to {election}",
        Grade.whole,
        unit="days",
        sources=(election,),
        records=_records(world, election),
    )


def ballot_has(world: World, *, elections: tuple[str, ...], names: tuple[str, ...]) -> Figure:
    """Return number of elections in which one of some contenders stood on the ballot."""
    n = sum(1 for e in elections if any(name in _votes(world, e, None) for name in names))
    return Figure(
        n,
        f"elections of {len(elections)} with {' or '.join(names)} on the ballot",
        Grade.whole,
        sources=elections,
        records=tuple(r for e in elections for r in _records(world, e)),
    )
