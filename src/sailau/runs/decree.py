"""Decrees: what a user's file of votes leaves to the decree, taken from an election of the archive."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sailau.law.edition import Law
from sailau.records.election import Election
from sailau.records.heads import election_heads
from sailau.records.library import load_election
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.tally import NATION, Ballots, Tally


def like(law: Law, day: str | None, *, folders: Sequence[Path] = ()) -> Election | None:
    """Return the election of the archive whose decree fits a law: of that day, else the newest under the edition."""
    known = [head for head in election_heads(folders=folders) if head.law.partition("@")[0] == law.id]
    named = [head for head in known if day and head.day.isoformat() == day]
    found = named or [head for head in known if law.is_in_force(head.day)]
    if not found:
        return None
    return load_election(max(found, key=lambda head: head.day).election, folders=folders)


def with_decree(tally: Tally, law: Law, election: Election) -> tuple[Tally, list[str]]:
    """Return the tally with magnitudes and regions of an election where it has none, and what was taken.

    Districts are matched by name, whatever their case, accents and spaces; the tally then bears the election's names.

    Raises
    ------
    Invalid
        A district of the tally is not one of the election's.
    """
    tiers, notes = dict(tally.tiers), []
    for tier in law.tiers:
        own, other = tiers.get(tier.name), election.tally.tiers.get(tier.name)
        if own is None or other is None or own.seats or set(own.votes) == {NATION}:
            continue
        if not other.seats and not other.regions:
            continue
        tiers[tier.name] = _filled(own, other, tier.name, election.id)
        notes.append(f"{tier.name}: seats and regions of the districts as in {election.id}")
    return replace(tally, tiers=tiers), notes


def _filled(own: Ballots, other: Ballots, tier: str, name: str) -> Ballots:
    names = {_plain(area): area for area in {**other.seats, **other.regions, **other.votes}}
    unknown = [area for area in own.votes if _plain(area) not in names]
    if unknown:
        near = NotFound("district", unknown[0], sorted(names.values()))
        hint = near.hint or f"districts there: {', '.join(sorted(names.values())[:8])} …"
        raise Invalid(f"{tier}: {unknown[0]!r} is no district of {name}, whose decree is used", hint=hint)

    def renamed(table: Mapping[str, Mapping[str, int]]) -> dict[str, Mapping[str, int]]:
        return {names.get(_plain(area), area): figures for area, figures in table.items()}

    totals = {area: {**other.totals.get(area, {}), **figures} for area, figures in renamed(own.totals).items()}
    kept = {area: {k: n for k, n in other.totals.get(area, {}).items() if k == "population"} for area in other.totals}
    return replace(own, votes=renamed(own.votes), totals={**kept, **totals}, seats=other.seats, regions=other.regions)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "ae").replace("ß", "ss"))
    ascii_ = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", "_", ascii_).strip("_")
