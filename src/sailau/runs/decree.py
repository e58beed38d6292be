"""Decrees: what a user's file of votes leaves to the decree, taken from an election of the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from sailau.files.labels import bare, plain
from sailau.law.edition import Law
from sailau.records.election import Election
from sailau.records.heads import election_heads
from sailau.records.library import load_election
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.tally import NATION, Ballots, Tally

Above = Mapping[str, Mapping[str, str]]
_NO_AREAS: Above = MappingProxyType({})


def like(law: Law, day: str | None, *, folders: Sequence[Path] = ()) -> Election | None:
    """Return the election of the archive whose decree fits a law: of that day, else the newest under the edition."""
    known = [head for head in election_heads(folders=folders) if head.law.partition("@")[0] == law.id]
    named = [head for head in known if day and head.day.isoformat() == day]
    found = named or [head for head in known if law.is_in_force(head.day)]
    if not found:
        return None
    return load_election(max(found, key=lambda head: head.day).election, folders=folders)


def decreed(
    tally: Tally, law: Law, day: str | None, *, above: Above = _NO_AREAS, folders: Sequence[Path] = ()
) -> tuple[Tally, list[str]]:
    """Return a file's tally with what the law leaves to a decree, as the archive has it; and what was taken.

    Parameters
    ----------
    tally : Tally
    law : Law
    day : str or None
        Of the election whose decree is meant.
    above : mapping of str to mapping of str to str
        Columns of the file that say in which larger area each of its areas lies.
    folders : sequence of Path
        Election folders besides those of the archive.
    """
    if all(part.district != "multi_member" for part in law.tiers):
        return tally, []
    open_ = any(part.district == "multi_member" and not part.magnitudes for part in law.tiers)
    return with_decree(tally, law, like(law, day, folders=folders) if open_ else None, above=above)


def with_decree(
    tally: Tally, law: Law, election: Election | None, *, above: Above = _NO_AREAS
) -> tuple[Tally, list[str]]:
    """Return the tally with magnitudes and regions of an election where it has none, and what was taken.

    Districts are matched by name, whatever their case, accents and spaces; the tally then bears the names of the law or
    the election. Votes of smaller areas are added up where a column of the file names their districts.

    Raises
    ------
    Invalid
        A district of the tally is not one of the law's or the election's.
    """
    tiers, notes = dict(tally.tiers), []
    for tier in law.tiers:
        own = tiers.get(tier.name)
        other = election.tally.tiers.get(tier.name) if election else None
        if own is None or own.seats or set(own.votes) == {NATION}:
            continue
        if tier.magnitudes:
            owner, known = str(law), _Districts(tier.magnitudes)
        elif election is not None and other is not None and (other.seats or other.regions):
            owner, known = election.id, _Districts({**other.seats, **other.regions, **other.votes})
        else:
            continue
        own, said = _fitted(own, known, above)
        notes += [f"{tier.name}: {text}" for text in said]
        own = _named(own, known, tier.name, owner)
        tiers[tier.name] = own
        if other is not None and (other.seats or other.regions):
            tiers[tier.name] = _filled(own, other)
            notes.append(f"{tier.name}: seats and regions of the districts as in {owner}")
    return replace(tally, tiers=tiers), notes


def seats_given(tally: Tally, tier: str, seats: int) -> Tally:
    """Return the tally with the number of seats that its law leaves open."""
    ballots = tally.tiers.get(tier)
    if ballots is None:
        return tally
    filled = replace(ballots, seats={**ballots.seats, NATION: seats})
    return replace(tally, tiers={**tally.tiers, tier: filled})


def _fitted(own: Ballots, known: _Districts, above: Above) -> tuple[Ballots, list[str]]:
    """Return the ballots by districts of the law: added up where only a larger area of the file is one."""
    if all(known.find(area) for area in own.votes):
        return own, []
    for column, larger in above.items():
        if all(known.find(larger.get(area, "")) for area in own.votes):
            summed = summed_up(own, larger)
            return summed, [f"votes of {len(own.votes):,} areas were added up to {len(summed.votes):,} by {column!r}"]
    return own, []


def summed_up(own: Ballots, larger: Mapping[str, str]) -> Ballots:
    """Return ballots of small areas as those of the larger areas that they lie in; figures need all their parts."""
    parts: dict[str, list[str]] = {}
    for area in own.votes:
        parts.setdefault(larger[area], []).append(area)
    votes = {area: _sum([own.votes[part] for part in its]) for area, its in parts.items()}
    totals = {NATION: dict(own.totals[NATION])} if NATION in own.totals else {}
    for area, its in parts.items():
        figures = [own.totals.get(part, {}) for part in its]
        totals[area] = {name: n for name, n in _sum(figures).items() if all(name in found for found in figures)}
    return replace(own, votes=votes, totals=totals)


def _sum(tables: Sequence[Mapping[str, int]]) -> dict[str, int]:
    out: dict[str, int] = {}
    for table in tables:
        for name, n in table.items():
            out[name] = out.get(name, 0) + n
    return out


def _named(own: Ballots, known: _Districts, tier: str, owner: str) -> Ballots:
    """Return the ballots under the names of the law's districts."""
    unknown = [area for area in own.votes if known.find(area) is None]
    if unknown:
        names = sorted(known.names)
        near = NotFound("district", unknown[0], names)
        hint = near.hint or f"districts there: {', '.join(names[:8])} …"
        raise Invalid(f"{tier}: {unknown[0]!r} is no district of {owner}, by which it is counted", hint=hint)

    def renamed(table: Mapping[str, Mapping[str, int]]) -> dict[str, Mapping[str, int]]:
        return {known.find(area) or area: figures for area, figures in table.items()}

    return replace(own, votes=renamed(own.votes), totals=renamed(own.totals))


def _filled(own: Ballots, other: Ballots) -> Ballots:
    totals = {area: {**other.totals.get(area, {}), **figures} for area, figures in own.totals.items()}
    kept = {area: {k: n for k, n in other.totals.get(area, {}).items() if k == "population"} for area in other.totals}
    return replace(own, totals={**kept, **totals}, seats=other.seats, regions=other.regions)


class _Districts:
    """Districts by their names, whatever the case, the accents and the signs; ü is ue as well as u."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        plainly = {_plain(name): name for name in self.names}
        self._ids = {**{_short(text): name for text, name in plainly.items()}, **plainly}

    def find(self, name: str) -> str | None:
        """Return the district that a name means."""
        text = _plain(name)
        return self._ids.get(text) or self._ids.get(_short(text))


def _plain(text: str) -> str:
    return bare(plain(text))


def _short(text: str) -> str:
    return text.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a")
