"""Every measure of one election: what its record lets be measured, and why the rest is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np

from sailau.power import measures as m
from sailau.power import territory as t
from sailau.power.shares import INDEPENDENT, Policy, aligned
from sailau.records.library import election_ids, load_election
from sailau.records.successions import carried, load_successions
from sailau.runs.replay import Replay
from sailau.terms.errors import Invalid
from sailau.terms.speech import say
from sailau.terms.tally import NATION, Ballots, Tally

Unit = Literal["points", "number", "share", "yes or no"]
Value = float | bool | None
FEWEST_DISTRICTS = 5
"""Fewer single-member districts than this say nothing about how districts treat two parties."""

_PEOPLE = ("population", "registered")


@dataclass(frozen=True, slots=True)
class Treatment:
    """What happens to what is no party.

    Attributes
    ----------
    against_all : {"drop", "line"}
    independents, others : {"keep", "lump", "drop"}
        `others` are contenders without a seat.
    """

    against_all: Literal["drop", "line"] = "drop"
    independents: Policy = "keep"
    others: Policy = "keep"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one election.

    Attributes
    ----------
    group, name : str
    value : float, bool or None
        In [0, 1] where the unit is points (shown times 100) or share.
    unit : Unit
    about : str
        What it was measured on, or why it was not.
    """

    group: str
    name: str
    value: Value
    unit: Unit
    about: str = ""


PROPORTION: Mapping[str, Callable[[Any, Any], Any]] = {
    "gallagher": m.gallagher,
    "loosemore_hanby": m.loosemore_hanby,
    "rae": m.rae,
    "sainte_lague": m.sainte_lague_index,
    "gini": m.gini,
}
KINDS: Mapping[str, Literal["laakso_taagepera", "golosov", "molinar"]] = {
    "enp": "laakso_taagepera",
    "golosov": "golosov",
    "molinar": "molinar",
}


def measured(seen: Replay, how: Treatment | None = None, *, folders: Sequence[Path] = ()) -> tuple[Figure, ...]:
    """Return every measure of an election that was counted again.

    Parameters
    ----------
    seen : Replay
        With a result.
    how : Treatment, optional
    folders : sequence of Path, optional
        Where elections before it are looked for, beside the archive.
    """
    how = how or Treatment()
    assert seen.result is not None
    votes = seen.election.tally.party_votes(against_all=how.against_all == "line")
    _, v, s = aligned(
        votes,
        seen.result.seats,
        against_all=how.against_all,
        independents=how.independents,
        others=how.others,
    )
    out = list(proportion(v, s))
    out += _change(seen, votes, how, folders)
    out += _territory(seen)
    out += _two_parties(seen)
    return tuple(out)


def proportion(votes: Any, seats: Any) -> Iterator[Figure]:
    """Yield what votes and seats alone tell, one contest or draws of it."""
    for name, measure in PROPORTION.items():
        yield Figure("proportion", name, measure(votes, seats), "points")
    for name, kind in KINDS.items():
        for what, values in (("votes", votes), ("seats", seats)):
            yield Figure("parties", f"{name}_{what}", m.effective_number(values, kind=kind), "number")
    yield Figure("proportion", "manufactured_majority", m.manufactured_majority(votes, seats), "yes or no")


def _change(seen: Replay, votes: Mapping[str, int], how: Treatment, folders: Sequence[Path]) -> Iterator[Figure]:
    names = ("pedersen", "powell_tucker_entry", "powell_tucker_stable")
    house, _, day = seen.election.id.rpartition("/")
    known = [name for name in election_ids(folders=folders) if name.rpartition("/")[0] == house]
    earlier = [name for name in known if name.rpartition("/")[2] < day]
    if not earlier:
        yield from (Figure("change", name, None, "points", say("no earlier election in the archive")) for name in names)
        return
    before = load_election(earlier[-1], folders=folders)
    changes = load_successions(house, folders=folders)
    old = carried(
        before.tally.party_votes(against_all=how.against_all == "line"),
        changes or (),
        after=before.day,
        until=date.fromisoformat(day),
    )
    both = sorted({*old, *votes})
    pair = [old.get(n, 0) for n in both], [votes.get(n, 0) for n in both]
    sentence = "against {before}, mergers as written down"
    if changes is None:
        sentence = "against {before}, mergers not written down"
    about = say(sentence, before=before.id)
    values = m.pedersen(*pair), *m.powell_tucker(*pair)
    yield from (Figure("change", n, value, "points", about) for n, value in zip(names, values, strict=True))


def _territory(seen: Replay) -> Iterator[Figure]:
    tally = seen.election.tally
    tier = max(tally.tiers, key=lambda name: len(tally.tiers[name].votes))
    areas = {area: tally.by_party(votes) for area, votes in tally.tiers[tier].votes.items()}
    areas = {area: votes for area, votes in areas.items() if sum(votes.values())}
    names = sorted({party for votes in areas.values() for party in votes})
    why = "" if len(areas) > 1 else say("votes by district are not in the record")
    table = np.array([[votes.get(name, 0) for name in names] for votes in areas.values()], dtype=float)
    kinds: tuple[t.Kind, ...] = ("pns", "spns", "ipn")
    for kind in kinds:
        value = None if why else t.system_nationalisation(table, kind=kind)
        yield Figure("territory", f"nationalisation_{kind}", value, "share", why or f"{len(areas)} areas of {tier}")
    yield _malapportionment(seen, tier)


def _malapportionment(seen: Replay, tier: str) -> Figure:
    assert seen.result is not None
    placed = {area: sum(seats.values()) for area, seats in seen.result.areas.get(tier, {}).items() if area != NATION}
    ballots = seen.election.tally.tiers[tier]
    if len(placed) < 2:
        return Figure(
            "territory", "malapportionment", None, "points", say("one district, or seats are not by district")
        )
    what, people = _people(ballots, list(placed))
    if not people:
        return Figure("territory", "malapportionment", None, "points", say("no population and no register by district"))
    national = sum(sum(seats.values()) for name, seats in seen.result.tiers.items() if name != tier)
    spread = national * np.array(people) / sum(people)
    value = m.malapportionment(np.array(list(placed.values())) + spread, people)
    also = f", {national} other seats spread in proportion" if national else ""
    return Figure("territory", "malapportionment", value, "points", f"{len(placed)} districts by {what}{also}")


def _people(ballots: Ballots, areas: Sequence[str]) -> tuple[str, list[int]]:
    for what in _PEOPLE:
        found = [ballots.total(area, what) for area in areas]
        known = [n for n in found if n]
        if len(known) == len(areas):
            return what, known
    return "nothing", []


def _two_parties(seen: Replay) -> Iterator[Figure]:
    names = ("efficiency_gap", "partisan_bias", "mean_median", "declination", "responsiveness")
    tier = single_member(seen)
    if tier is None:
        why = say("no tier of {n} single-member districts or more with votes", n=FEWEST_DISTRICTS)
        yield from (Figure("two parties", name, None, "points", why) for name in names)
        return
    first, second, share, votes = two_parties(seen.election.tally, tier)
    values = (
        m.efficiency_gap(votes[:, 0], votes[:, 1]),
        m.partisan_bias(share),
        t.mean_median(share),
        t.declination(share),
        m.responsiveness(share),
    )
    sentence = "{first} against {second} in {n} districts where both stood"
    about = say(sentence, first=first, second=second, n=len(share))
    for name, value in zip(names, values, strict=True):
        unit: Unit = "number" if name in ("declination", "responsiveness") else "points"
        undefined = name == "declination" and np.isnan(value)
        told = f"{first} won all districts or none" if undefined else about
        yield Figure("two parties", name, None if undefined else float(value), unit, told)


def single_member(seen: Replay) -> str | None:
    """Return the tier of single-member districts with votes, where there is one."""
    assert seen.result is not None
    for tier, areas in seen.result.areas.items():
        known = tier in seen.election.tally.tiers and len(areas) >= FEWEST_DISTRICTS
        if known and all(sum(seats.values()) == 1 for seats in areas.values()):
            return tier
    return None


def two_parties(tally: Tally, tier: str) -> tuple[str, str, Any, Any]:
    """Return the two largest parties of a tier, the first one's share of their votes, and the votes, by district."""
    areas = [tally.by_party(votes) for votes in tally.tiers[tier].votes.values()]
    total: dict[str, int] = {}
    for votes in areas:
        for party, n in votes.items():
            total[party] = total.get(party, 0) + n
    parties = [party for party in total if not party.startswith(INDEPENDENT)]
    first, second = sorted(parties, key=lambda p: (-total[p], p))[:2]
    both = np.array([(v[first], v[second]) for v in areas if v.get(first) and v.get(second)], dtype=float)
    return first, second, both[:, 0] / both.sum(axis=1), both


@dataclass(frozen=True, slots=True)
class SeatsForVotes:
    """The seats of a party for each share of votes, under uniform swing.

    Attributes
    ----------
    first, second : str
    districts : int
        Those in which both stood.
    points : tuple of (votes, seats)
    actual : (float, float)
    """

    first: str
    second: str
    districts: int
    points: tuple[tuple[float, float], ...]
    actual: tuple[float, float]


def seats_for_votes(seen: Replay) -> SeatsForVotes:
    """Return the curve of the larger of the two largest parties.

    Raises
    ------
    Invalid
        No tier of single-member districts.
    """
    tier = single_member(seen) if seen.result is not None else None
    if tier is None:
        sentence = "{election} has no tier of {n} single-member districts or more with votes"
        raise Invalid(
            say(sentence, election=seen.election.id, n=FEWEST_DISTRICTS),
            hint=say("such a curve is of two parties in single-member districts"),
        )
    first, second, share, _ = two_parties(seen.election.tally, tier)
    mean = float(share.mean())
    votes = np.linspace(0, 1, 401)
    seats = m.seats_votes(share, votes - mean)
    points = tuple((float(v), float(s)) for v, s in zip(votes, seats, strict=True))
    return SeatsForVotes(first, second, len(share), points, (mean, float(m.seats_votes(share, [0.0])[0])))
