"""Votes of a user's file, made ready for a law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sailau.files.labels import is_rest
from sailau.law.edition import Law
from sailau.records.election import Election
from sailau.runs.decree import NO_AREAS, Above, like, plain_name, with_decree
from sailau.terms.tally import NATION, OTHERS, Contender, Tally


def decreed(
    tally: Tally, law: Law, day: str | None, *, above: Above = NO_AREAS, folders: Sequence[Path] = ()
) -> tuple[Tally, list[str]]:
    """Return a file's tally ready for a law, and what was taken from the archive or understood of its own.

    Seats and regions that the law leaves to a decree, and for an election of that very day the marks of contenders,
    are those of the archive. A line such as "others" stands for several lists: it counts for bases, not for seats.

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
    election = like(law, day, folders=folders)
    tally, notes = with_decree(tally, law, election, above=above)
    tally, lumps = _lumped(tally, law)
    notes += lumps
    if election is None:
        return tally, notes
    same = election.day.isoformat() == day
    tally, marks = _marked(tally, election, same=same)
    missing = {t: seats for t, seats in election.tally.declared.items() if t not in tally.tiers} if same else {}
    if missing:
        tally = replace(tally, declared={**missing, **tally.declared})
        notes.append(f"{', '.join(missing)}: seats as declared in {election.id}")
    return tally, [*notes, *marks]


def _lumped(tally: Tally, law: Law) -> tuple[Tally, list[str]]:
    """Return the tally with lines that stand for several lists marked so; where one person wins, a line is a person."""
    single = {tier.name for tier in law.tiers if tier.district == "single_member"}
    votes: dict[str, int] = {}
    for name, ballots in tally.tiers.items():
        for area in ballots.votes.values() if name not in single and not ballots.rankings else ():
            for line, n in area.items():
                if is_rest(line):
                    votes[line] = votes.get(line, 0) + n
    for name in single & set(tally.tiers):
        for area in tally.tiers[name].votes.values():
            votes = {line: n for line, n in votes.items() if line not in area}
    marks = {line: replace(tally.contender(line), kind=OTHERS) for line in votes}
    notes = [f"{line!r} is no one list: its {n:,} votes count for bars, not for seats" for line, n in votes.items()]
    return replace(tally, contenders={**tally.contenders, **marks}), notes


def _marked(tally: Tally, election: Election, *, same: bool) -> tuple[Tally, list[str]]:
    """Return the tally with the marks that contenders of these names have in the election.

    Links, joint lists and the parties of candidates are those of one election; who is exempt from a bar is so for good.
    """
    known: dict[str, Contender | None] = {}
    for mark in election.tally.contenders.values():
        for name in {plain_name(mark.id), *map(plain_name, mark.names.values())}:
            known[name] = mark if known.get(name, mark) is mark else None
    marks = dict(tally.contenders)
    for line in {line for ballots in tally.tiers.values() for area in ballots.votes.values() for line in area}:
        found = known.get(plain_name(line))
        if found is not None and line not in marks and (same or found.traits):
            marks[line] = replace(found, id=line) if same else Contender(line, traits=found.traits, names=found.names)
    taken = [m for line, m in marks.items() if line not in tally.contenders and replace(m, names={}) != Contender(m.id)]
    what = "parties, links and exemptions" if same else "exemptions"
    notes = [f"{what} of {len(taken):,} contenders as in {election.id}"] if taken else []
    return replace(tally, contenders=marks), notes


def seats_given(tally: Tally, tier: str, seats: int) -> Tally:
    """Return the tally with the number of seats that its law leaves open."""
    ballots = tally.tiers.get(tier)
    if ballots is None:
        return tally
    filled = replace(ballots, seats={**ballots.seats, NATION: seats})
    return replace(tally, tiers={**tally.tiers, tier: filled})
