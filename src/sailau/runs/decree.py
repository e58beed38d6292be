"""Decrees: what a user's file of votes leaves to the decree, taken from an election of the archive."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from sailau.files.labels import is_constituency, loose, plain
from sailau.law.edition import Law
from sailau.records.election import Election
from sailau.records.heads import election_heads
from sailau.records.library import load_election
from sailau.seats.tier import Tier, by_region
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.speech import coded, joined, say
from sailau.terms.tally import NATION, Ballots, Tally

Above = Mapping[str, Mapping[str, str]]
NO_AREAS: Above = MappingProxyType({})


def like(law: Law, day: str | None, *, folders: Sequence[Path] = ()) -> Election | None:
    """Return the election of the archive whose decree fits a law: of that day, else the newest under the edition.

    None where several houses were elected under the law on that day, as councils are: which is meant is not known.
    """
    known = [head for head in election_heads(folders=folders) if head.law.partition("@")[0] == law.id]
    named = [head for head in known if day and head.day.isoformat() == day]
    found = named or [head for head in known if law.is_in_force(head.day)]
    newest = [head for head in found if head.day == max(other.day for other in found)]
    return load_election(newest[0].election, folders=folders) if len(newest) == 1 else None


def with_decree(
    tally: Tally, law: Law, election: Election | None, *, above: Above = NO_AREAS
) -> tuple[Tally, list[str]]:
    """Return the tally with magnitudes and regions of an election where it has none, and what was taken.

    Districts are matched by name, whatever their case, accents and spaces; the tally then bears the names of the law or
    the election. Votes of smaller areas are added up where a column of the file names their districts.

    Raises
    ------
    Invalid
        A district of the tally is not one of the law's or the election's.
    """
    tiers, notes = dict(tally.tiers), list[str]()
    for tier in law.tiers:
        own = tiers.get(tier.name)
        other = election.tally.tiers.get(tier.name) if election else None
        if own is None and election and other and not other.votes:
            tiers[tier.name] = other
            notes.append(say("{tier}: seats as in {election}", tier=tier.name, election=election.id))
        if own is None or own.seats:
            continue
        if set(own.votes) == {NATION}:
            _demand_districts(tier, law, election)
            if election and other and set(other.votes) == {NATION} and (other.regions or tier.seats is None):
                tiers[tier.name] = replace(own, seats=other.seats, regions=other.regions)
                notes.append(
                    say("{tier}: {told} as in {election}", tier=tier.name, told=_told(other), election=election.id)
                )
            continue
        tiers[tier.name], said = _by_district(own, tier, law, election, above)
        notes += [joined([tier.name, text], ": ") for text in said]
    return replace(tally, tiers=tiers), notes


def _demand_districts(tier: Tier, law: Law, election: Election | None) -> None:
    """Refuse votes of the whole where one is elected in each of several districts."""
    other = election.tally.tiers.get(tier.name) if election else None
    if tier.district != "single_member" or tier.seats == 1 or (other and set(other.votes) <= {NATION}):
        return
    whole = next((t.name for t in law.tiers if t.needs_votes and t.district == "nationwide" and not t.votes), None)
    raise Invalid(
        say("{tier}: the votes name no districts, and one is elected in each", tier=tier.name),
        hint=say("if these are the votes of {other}: --tier {other}", other=whole) if whole else "",
    )


def _of_another_tier(own: Ballots, tier: Tier, election: Election | None) -> str:
    """Say of which other tier all areas of the votes are districts, or nothing."""
    others = election.tally.tiers if election else {}
    for name, other in others.items():
        known = _Districts({**other.seats, **other.votes})
        if name != tier.name and all(known.find(area) for area in own.votes):
            return say("these are the districts of {other}: --tier {other}", other=name)
    return ""


def _by_district(
    own: Ballots, tier: Tier, law: Law, election: Election | None, above: Above
) -> tuple[Ballots, list[str]]:
    """Return ballots of districts under the law's names, with what the election knows of these districts."""
    other = election.tally.tiers.get(tier.name) if election else None
    owner = str(law) if tier.magnitudes or election is None else election.id
    there = {**other.seats, **other.regions, **other.votes} if other else {}
    known = _Districts(tier.magnitudes or there)
    several = tier.district != "single_member"
    own, notes = _fitted(own, known, above, alone=not several)
    needed = tier.magnitudes or (several and other is not None and (other.seats or other.regions))
    elsewhere = "" if any(known.find(area) for area in own.votes) else _of_another_tier(own, tier, election)
    if needed or elsewhere or all(known.find(area) for area in own.votes):
        own = _named(own, known, tier.name, owner, elsewhere)
    notes += _missing(own, tier, other, election.id if other and election else str(law))
    if other is None or not all(area in there for area in own.votes):
        return own, notes
    taken = {"seats": other.seats, "regions": other.regions, "population": _populated(other)}
    what = [coded(name) for name, given in taken.items() if given]
    if what and election:
        notes.append(
            say("{what} of the districts as in {election}", what=say(" and ").join(what), election=election.id)
        )
    return _filled(own, other), notes


def _populated(ballots: Ballots) -> bool:
    return any("population" in figures for figures in ballots.totals.values())


def _told(other: Ballots) -> str:
    seats = other.seats.get(NATION)
    return say("regions") if seats is None else (say("1 seat") if seats == 1 else say("{n} seats", n=seats))


def _fitted(own: Ballots, known: _Districts, above: Above, *, alone: bool) -> tuple[Ballots, list[str]]:
    """Return the ballots by districts of the law: added up where only a larger area of the file is one."""
    if all(known.find(area) for area in own.votes):
        return own, []
    for column, larger in above.items():
        if all(known.find(larger.get(area, "")) for area in own.votes):
            summed = by_region(replace(own, regions=larger))
            return summed, [
                say(
                    "votes of {areas:,} areas were added up to {n:,} by {column!r}",
                    areas=len(own.votes),
                    n=len(summed.votes),
                    column=column,
                )
            ]
    begun = _by_beginning(own, known)
    if begun:
        told = [say("{area!r} was taken for {district}", area=area, district=name) for area, name in begun.items()]
        return _called(own, begun), told
    return _by_own(own, above, alone=alone)


def _by_beginning(own: Ballots, known: _Districts) -> dict[str, str]:
    """Return the districts of which only the beginning is known, as where a name stands in a second language too.

    Only where each other area is a district, and none of them the same.
    """
    found = {area: known.find(area) for area in own.votes}
    out = {area: known.begins(area) for area, name in found.items() if name is None}
    names = [name for name in (*found.values(), *out.values()) if name is not None]
    whole = len(names) == len(found) == len(set(names)) and len(out) * 2 < len(found)
    return {area: name for area, name in out.items() if name is not None} if whole else {}


def _called(own: Ballots, names: Mapping[str, str]) -> Ballots:
    """Return ballots with some areas under other names."""

    def renamed(table: Mapping[str, Mapping[str, int]]) -> dict[str, Mapping[str, int]]:
        return {names.get(area, area): figures for area, figures in table.items()}

    return replace(own, votes=renamed(own.votes), totals=renamed(own.totals))


def _by_own(own: Ballots, above: Above, *, alone: bool) -> tuple[Ballots, list[str]]:
    """Return ballots of stations added up by the one column of the file that is called after electoral districts."""
    named = {column: areas for column, areas in above.items() if is_constituency(column)}
    for column, larger in named.items() if alone and len(named) == 1 else ():
        places = set(larger.values())
        there = set(own.votes) <= larger.keys() and "" not in places
        if there and len(places) < len(own.votes) and _vote_on_the_same(own, larger):
            return by_region(replace(own, regions=larger)), [
                say(
                    "votes of {areas:,} areas were added up to {n:,} by {column!r}",
                    areas=len(own.votes),
                    n=len(places),
                    column=column,
                )
            ]
    return own, []


def _missing(own: Ballots, tier: Tier, other: Ballots | None, owner: str) -> list[str]:
    """Name the districts that the votes lack, of those of the law or the election."""
    whole = sum(tier.magnitudes.values()) == tier.seats
    known = _Districts(other.votes if other else tier.magnitudes if whole else ())
    found = {known.find(area) for area in own.votes} - {None}
    lacking = sorted({*known.names} - {NATION} - found)
    if not lacking or not found:
        return []
    return [
        say(
            "no votes of {lacking} ({n:,} of the {all:,} districts of {owner})",
            lacking=", ".join(lacking[:5]) + (" …" if len(lacking) > 5 else ""),
            n=len(lacking),
            all=len(known.names),
            owner=owner,
        )
    ]


def _vote_on_the_same(own: Ballots, larger: Mapping[str, str]) -> bool:
    """Tell whether the areas of each place choose among the same contenders, as stations of one district do."""
    standing: dict[str, set[str]] = {}
    for area, votes in own.votes.items():
        standing.setdefault(larger[area], set()).update(votes)
    return all(len(votes) * 2 >= len(standing[larger[area]]) for area, votes in own.votes.items())


def _named(own: Ballots, known: _Districts, tier: str, owner: str, elsewhere: str = "") -> Ballots:
    """Return the ballots under the names of the law's districts."""
    unknown = [area for area in own.votes if known.find(area) is None]
    if unknown:
        names = sorted(known.names)
        near = NotFound("district", unknown[0], names)
        hint = elsewhere or near.hint or say("districts there: {names} …", names=", ".join(names[:8]))
        raise Invalid(
            say(
                "{tier}: {area!r} is no district of {owner}, by which it is counted",
                tier=tier,
                area=unknown[0],
                owner=owner,
            ),
            hint=hint,
        )
    _refuse_twice(own, known, tier)

    def renamed(table: Mapping[str, Mapping[str, int]]) -> dict[str, Mapping[str, int]]:
        return {known.find(area) or area: figures for area, figures in table.items()}

    return replace(own, votes=renamed(own.votes), totals=renamed(own.totals))


def _refuse_twice(own: Ballots, known: _Districts, tier: str) -> None:
    """Refuse two spellings of one district: the votes of one would take the place of the other's."""
    seen: dict[str, str] = {}
    for area in own.votes:
        district = known.find(area) or area
        other = seen.setdefault(district, area)
        if other != area:
            raise Invalid(
                say(
                    "{tier}: {other!r} and {area!r} both mean {district}",
                    tier=tier,
                    other=other,
                    area=area,
                    district=district,
                ),
                hint=say("use one spelling for its rows, or tell the two apart"),
            )


def _filled(own: Ballots, other: Ballots) -> Ballots:
    totals = {area: dict(figures) for area, figures in own.totals.items()}
    for area, figures in other.totals.items():
        if "population" in figures:
            totals.setdefault(area, {}).setdefault("population", figures["population"])
    return replace(own, totals=totals, seats=other.seats, regions=other.regions)


_NUMBERED = re.compile(r"0*(\d+)(?: (.+))?")


class _Districts:
    """Districts by their names, whatever the case, the accents and the signs; ü is ue as well as u.

    A number before a name may be missing on either side, or stand alone, where no two districts then look the same.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        short = Counter(part for name in self.names for part in _parts(name))
        self._ids = {part: name for name in self.names for part in _parts(name) if short[part] == 1}
        self._ids |= {loose(name): name for name in self.names}
        self._ids |= {plain(name): name for name in self.names}

    def find(self, name: str) -> str | None:
        """Return the district that a name means."""
        ways = (plain(name), loose(name), *_parts(name))
        found = next((self._ids[way] for way in ways if way in self._ids), None)
        if found is None and "/" in name:  # in two languages: at least one of them, and no other district
            meant = {self.find(part) for part in name.split("/")} - {None}
            return meant.pop() if len(meant) == 1 else None
        return found

    def begins(self, name: str) -> str | None:
        """Return the one district whose whole name is the beginning of another: Troms of Troms Romsa."""
        words = loose(name).split() if "/" not in name else []
        found = {self._ids.get(" ".join(words[:n])) for n in range(1, len(words))} - {None}
        return found.pop() if len(found) == 1 else None


def _parts(name: str) -> list[str]:
    """Return the number before a name, without zeros, and the name behind it."""
    found = _NUMBERED.fullmatch(loose(name))
    return [part for part in (found[1], found[2]) if part] if found else []
