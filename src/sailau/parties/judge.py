"""Holding a roll of members against a law: which conditions hold, which fail, and by how many in which area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sailau.parties.areas import Area
from sailau.parties.conditions import (
    Ban,
    Clean,
    Committee,
    Condition,
    Facts,
    Founders,
    Headcount,
    Members,
    Signatures,
    areas_needed,
    spread_in_words,
)
from sailau.parties.law import PartyLaw
from sailau.parties.roll import Roll
from sailau.terms.speech import grouped, joined, named, say

Status = Literal["holds", "fails", "not in the file"]
HOLDS: Status = "holds"
FAILS: Status = "fails"
UNKNOWN: Status = "not in the file"
NEAREST = 6
"""Areas that are told by name where the law lets a group choose."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one condition.

    Attributes
    ----------
    condition : str
        The condition in words.
    area : str, optional
        The area it is about; None for the whole country.
    status : str
        holds, fails, or not in the file.
    needed, there : int, optional
    cite : str
    note : str
    """

    condition: str
    area: str | None
    status: Status
    needed: int | None
    there: int | None
    cite: str
    note: str = ""

    @property
    def missing(self) -> int | None:
        """How many are missing; 0 where the condition holds."""
        if self.needed is None or self.there is None:
            return None
        return max(self.needed - self.there, 0)


def judge(law: PartyLaw, roll: Roll, areas: Sequence[Area], facts: Facts | None = None) -> tuple[Verdict, ...]:
    """Hold a roll, and what else is known, against every condition of a law.

    Parameters
    ----------
    law : PartyLaw
    roll : Roll
    areas : sequence of Area
        The areas of the day.
    facts : Facts, optional

    Returns
    -------
    tuple of Verdict
        In the order of the law; a condition on areas has one verdict for the country and one for each area.
    """
    known = facts or Facts()
    out: list[Verdict] = []
    for condition in law.conditions:
        if isinstance(condition, Headcount) and (isinstance(condition, Members) or condition is law.headcount):
            out += _headcount(condition, roll, areas)
        else:
            out.append(_other(condition, roll, known, areas))
    return tuple(out)


def is_met(verdicts: Sequence[Verdict]) -> bool:
    """Say whether nothing fails; what is not in the file is not a failure."""
    return all(verdict.status != FAILS for verdict in verdicts)


def _status(*, holds: bool) -> Status:
    return HOLDS if holds else FAILS


def _headcount(condition: Headcount, roll: Roll, areas: Sequence[Area]) -> list[Verdict]:
    word = "signatures" if isinstance(condition, Signatures) else "members"
    out: list[Verdict] = []
    if condition.total:
        holds = roll.total >= condition.total
        note = "" if roll.ages_known else say("ages are not in the file")
        out.append(
            Verdict(
                say("{people} in all", people=named(word)),
                None,
                _status(holds=holds),
                condition.total,
                roll.total,
                condition.cite,
                note,
            )
        )
    return [*out, *_in_areas(condition, roll, areas, word)] if condition.per_area else out


def _in_areas(condition: Headcount, roll: Roll, areas: Sequence[Area], word: str) -> list[Verdict]:
    """Return the verdict on how many areas have enough, then one for each area."""
    known = [area for area in areas if condition.kind is None or area.kind == condition.kind]
    if not areas:  # nobody wrote down which areas there are: those that the list names
        known = [Area(name, "area", names=(name,)) for name in roll.members]
    wanted = condition.areas_needed(len(known)) if areas else condition.number
    counts = areas or condition.number
    spread = spread_in_words(condition.areas, _units(condition), strictly=condition.strictly, number=condition.number)
    there = {area.id: roll.members.get(area.id, 0) for area in known}
    short = [area for area in known if there[area.id] < condition.least_in(area.id)]
    full = len(known) - len(short)
    every = condition.areas == "all"
    verdict = Verdict(
        say("areas with enough {people} ({what})", people=named(word), what=spread),
        None,
        _status(holds=full >= wanted) if counts and known else UNKNOWN,
        wanted if counts and known else None,
        full,
        condition.cite,
        _nearest(condition, short, there, wanted - full, len(known)) if counts and known else _unwritten(),
    )
    out = [verdict]
    for area in known:
        least, have = condition.least_in(area.id), there[area.id]
        status = FAILS if have < least and every else HOLDS
        note = "" if every or have >= least else say("one of the areas that may stay below")
        out.append(Verdict(named(word), area.name, status, least, have, condition.cite, note))
    return out


def _unwritten() -> str:
    return say("how many areas there are is not on record")


def _units(condition: Headcount) -> str:
    """Return what the areas of a condition are called, in the plural."""
    from sailau.parties.words import plural

    kind = condition.kind or "area"
    return kind if condition.number == 1 else plural(kind)


def _nearest(condition: Headcount, short: Sequence[Area], there: Mapping[str, int], missing: int, known: int) -> str:
    """Say which areas are nearest to having enough, where so many of them are missing and the law lets one choose."""
    if missing <= 0 or condition.areas == "all":
        return ""
    if missing > len(short):
        return say("only {n} are on record", n=known)
    by_need = sorted(short, key=lambda area: (condition.least_in(area.id) - there[area.id], area.name))[:missing]
    needs = [(area.name, condition.least_in(area.id) - there[area.id]) for area in by_need]
    shown = ", ".join(f"{name} {grouped(n)}" for name, n in needs[:NEAREST])
    more = say(" and {n} more", n=len(needs) - NEAREST) if len(needs) > NEAREST else ""
    return joined([say("nearest: {areas}", areas=shown), more, say("; {n:,} people", n=sum(n for _, n in needs))], "")


def _other(condition: Condition, roll: Roll, facts: Facts, areas: Sequence[Area]) -> Verdict:
    if isinstance(condition, Founders):
        return _founders(condition, facts.founders, areas)
    if isinstance(condition, Committee):
        there = facts.committee
        status = UNKNOWN if there is None else _status(holds=there >= condition.people)
        return Verdict(say("organising committee"), None, status, condition.people, there, condition.cite)
    if isinstance(condition, Clean):
        return _clean(condition, roll)
    if isinstance(condition, Ban):
        return _ban(condition, facts)
    return Verdict(in_words(condition), None, UNKNOWN, None, None, condition.cite)


def _founders(condition: Founders, founders: Mapping[str, int] | None, areas: Sequence[Area]) -> Verdict:
    wanted = areas_needed(condition.areas, len(areas), strictly=condition.strictly)
    what = named("founders")
    if condition.areas is not None:
        what = say("founders from {where}", where=spread_in_words(condition.areas, strictly=condition.strictly))
    if founders is None:
        return Verdict(what, None, UNKNOWN, condition.people, None, condition.cite)
    there, present = sum(founders.values()), sum(1 for n in founders.values() if n)
    if condition.areas is not None and not areas and there >= condition.people:
        return Verdict(what, None, UNKNOWN, condition.people, there, condition.cite, _unwritten())
    note = say("from {present} areas, {wanted} are needed", present=present, wanted=wanted) if present < wanted else ""
    holds = there >= condition.people and present >= wanted
    return Verdict(what, None, _status(holds=holds), condition.people, there, condition.cite, note)


def _clean(condition: Clean, roll: Roll) -> Verdict:
    found = {"minor": roll.minors, "foreigner": roll.foreigners}
    known = {"minor": roll.ages_known, "foreigner": roll.citizens_known}
    bad = sum(found[kind] for kind in condition.of)
    unsaid = [named(f"{kind}s") for kind in condition.of if not known[kind]]
    status = FAILS if bad else UNKNOWN if len(unsaid) == len(condition.of) else HOLDS
    note = say("the file does not tell who are {whom}", whom=say(" or ").join(unsaid)) if unsaid else ""
    told = [_told(found[kind], kind) for kind in condition.of if found[kind]]
    words = say(" nor ").join(named(f"{kind}s") for kind in condition.of)
    return Verdict(
        say("neither {words} on the list", words=words),
        None,
        status,
        None,
        None,
        condition.cite,
        joined([part for part in [*told, note] if part], "; "),
    )


def _told(n: int, kind: str) -> str:
    return f"{n} {named(kind if n == 1 else f'{kind}s')}"


def _ban(condition: Ban, facts: Facts) -> Verdict:
    what = in_words(condition)
    if facts.grounds is None or condition.on != "purpose":
        return Verdict(what, None, UNKNOWN, None, None, condition.cite)
    hit = sorted(facts.grounds.intersection(condition.grounds))
    note = say("the party rests on: {grounds}", grounds=", ".join(map(named, hit))) if hit else ""
    return Verdict(what, None, _status(holds=not hit), None, None, condition.cite, note)


def in_words(condition: Condition) -> str:
    """Say a condition in a few words, without its article."""
    from sailau.parties.words import CONDITIONS_IN_WORDS

    return CONDITIONS_IN_WORDS[condition.name](condition)
