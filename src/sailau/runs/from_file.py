"""Votes of a user's file, made ready for a law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sailau.files.labels import is_rest, loose
from sailau.law.edition import Law
from sailau.records.election import Election
from sailau.records.results import Reading, read_results
from sailau.records.results.layers import LISTS, PERSONS
from sailau.runs.decree import NO_AREAS, Above, like, with_decree
from sailau.terms.errors import Invalid
from sailau.terms.speech import say
from sailau.terms.tally import NATION, OTHERS, Ballots, Contender, Tally


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes of a file, ready for a law.

    Attributes
    ----------
    tally : Tally
    readings : tuple of Reading
        How each file was understood, with its problems.
    notes : tuple of str
        What was taken from an election of the archive, and what was understood besides.
    """

    tally: Tally
    readings: tuple[Reading, ...]
    notes: tuple[str, ...]


def read_votes(
    path: str | Path,
    law: Law,
    *,
    day: date | str | None = None,
    tier: str | None = None,
    more: Mapping[str, str | Path] | None = None,
    seats: int | None = None,
    sheet: str | None = None,
    keep_good: bool = False,
    roles: Mapping[str, str] | None = None,
    empty_absent: bool = False,
    folders: Sequence[Path] = (),
) -> Votes:
    r"""Read a user's own results for a law; what the law leaves to a decree is that of an election of the archive.

    Parameters
    ----------
    path : str or Path
        A table, as `read_results` reads it.
    law : Law
    day : date or str, optional
        Of the election whose decree is meant; by default the newest one under the edition.
    tier : str, optional
        The tier of votes that name none; by default the first one of which the archive knows votes.
    more : mapping of str to path, optional
        Files with the votes of other tiers.
    seats : int, optional
        The seats of the tier, where the law leaves them open.
    sheet, keep_good, roles, empty_absent
        As in `read_results`.
    folders : sequence of Path
        Election folders besides those of the archive.

    Raises
    ------
    NotFound, InvalidResults
        As in `read_results`.
    Invalid
        A district of the file is none of the law's or the election's.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> from sailau import load_law
    >>> path = Path(mkdtemp()) / "mine.csv"
    >>> _ = path.write_text("Partij;Aantal stemmen\nA;600\nB;300\nOverige;100\n", encoding="utf-8")
    >>> law = load_law("nl/tweede_kamer", on="2023-11-22")
    >>> votes = read_votes(path, law)
    >>> law.count(votes.tally).seats
    {'A': 100, 'B': 50, 'Overige': 0}
    >>> votes.notes
    ("'Overige' is no one list: its 100 votes count for bars, not for seats",)
    """
    name = tier or main_tier(law, str(day) if day else None, folders)
    files = {name: path, **(more or {})}
    readings = [
        read_results(
            file,
            tier=t,
            sheet=sheet,
            keep_good=keep_good,
            roles=roles if file is path else None,
            empty_absent=empty_absent,
        )
        for t, file in files.items()
    ]
    above = {column: areas for reading in readings for column, areas in reading.above.items()}
    tally = together([reading.tally for reading in readings])
    tally, notes = decreed(tally, law, str(day) if day else None, above=above, folders=folders)
    return Votes(tally if seats is None else seats_given(tally, name, seats), tuple(readings), tuple(notes))


def main_tier(law: Law, day: str | None = None, folders: Sequence[Path] = ()) -> str:
    """Return the tier of votes that name none: the first one, of those whose votes the archive knows for that day."""
    election = like(law, day, folders=folders)
    names = [part.name for part in law.tiers if part.needs_votes]
    known = [name for name in names if election is not None and name in election.tally.tiers]
    return (known or names)[0]


def together(tallies: Sequence[Tally]) -> Tally:
    """Return the votes of several files as one tally.

    Raises
    ------
    Invalid
        Two files hold votes of one tier.
    """
    tiers: dict[str, Ballots] = {}
    for tally in tallies:
        twice = next((tier for tier in tally.tiers if tier in tiers), None)
        if twice:
            raise Invalid(
                say("two files hold votes of {twice}", twice=twice), hint=say("say for each file which tier it is")
            )
        tiers |= tally.tiers
    return Tally(tiers, {name: mark for tally in tallies for name, mark in tally.contenders.items()})


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
    tally = _under_its_tiers(tally, law)
    tally, notes = with_decree(tally, law, election, above=above)
    tally, lumps = _lumped(tally, law)
    notes += lumps
    if election is None:
        return tally, notes
    same = election.day.isoformat() == day
    tally, marks = _marked(tally, election, same=same)
    missing = {t: seats for t, seats in election.tally.declared.items() if t not in tally.tiers} if same else {}
    if missing:
        called = _called(tally, election)
        named = {t: {called.get(party, party): n for party, n in seats.items()} for t, seats in missing.items()}
        tally = replace(tally, declared={**named, **tally.declared})
        notes.append(say("{tiers}: seats as declared in {election}", tiers=", ".join(missing), election=election.id))
    return tally, [*notes, *marks]


def _under_its_tiers(tally: Tally, law: Law) -> Tally:
    """Return the tally with votes for persons and for lists under what the law calls these tiers."""
    free = [tier for tier in law.tiers if tier.needs_votes and tier.name not in tally.tiers]
    single = [tier.name for tier in free if tier.district == "single_member"]
    lists = [tier.name for tier in free if tier.district != "single_member"]
    known = {tier.name for tier in law.tiers}
    if len(tally.tiers) == 1 == len(free) and not known & tally.tiers.keys():
        return replace(tally, tiers={free[0].name: next(iter(tally.tiers.values()))})
    called = {
        kind: names[0]
        for kind, names in ((PERSONS, single), (LISTS, lists))
        if kind in tally.tiers and kind not in known and len(names) == 1
    }
    return replace(tally, tiers={called.get(name, name): ballots for name, ballots in tally.tiers.items()})


def _lumped(tally: Tally, law: Law) -> tuple[Tally, list[str]]:
    """Return the tally with lines that stand for several lists marked so; where one person wins, a line is a person."""
    single = {tier.name for tier in law.tiers if tier.district == "single_member"}
    votes: dict[str, int] = {}
    for name, ballots in tally.tiers.items():
        for area in ballots.votes.values() if name not in single and not ballots.rankings else ():
            for line, n in area.items():
                if is_rest(line):
                    votes[line] = votes.get(line, 0) + n
    told: list[str] = []
    for name in [tier.name for tier in law.tiers if tier.name in single & set(tally.tiers)]:
        told += _taken_for_persons(name, tally.tiers[name])
        for area in tally.tiers[name].votes.values():
            votes = {line: n for line, n in votes.items() if line not in area}
    marks = {line: replace(tally.contender(line), kind=OTHERS) for line in votes}
    notes = [
        say("{line!r} is no one list: its {n:,} votes count for bars, not for seats", line=line, n=n)
        for line, n in votes.items()
    ]
    return replace(tally, contenders={**tally.contenders, **marks}), notes + told


def _taken_for_persons(tier: str, ballots: Ballots) -> list[str]:
    """Say of lines that add up several candidates where they have most votes, for one of them may not have won."""
    ahead: dict[str, list[str]] = {}
    for area, lines in ballots.votes.items():
        first = max(lines, key=lambda line: lines[line], default="")
        if first and is_rest(first) and len(lines) > 1:
            ahead.setdefault(first, []).append(area)
    one = "{tier}: {line!r} has most votes in {area} and is counted as one person"
    several = "{tier}: {line!r} has most votes in {n} districts ({shown}) and is counted as one person"
    return [
        say(one, tier=tier, line=line, area=areas[0])
        if len(areas) == 1
        else say(several, tier=tier, line=line, n=len(areas), shown=", ".join(areas[:3]) + " …" * (len(areas) > 3))
        for line, areas in ahead.items()
    ]


def _called(tally: Tally, election: Election) -> dict[str, str]:
    """Return what the file calls the parties of an election, by their ids there."""
    lines = {loose(line): line for ballots in tally.tiers.values() for area in ballots.votes.values() for line in area}
    out = {}
    for party in {party for seats in election.tally.declared.values() for party in seats}:
        names = (party, *election.tally.contender(party).names.values())
        found = {lines[loose(name)] for name in names if loose(name) in lines}
        if len(found) == 1:
            out[party] = found.pop()
    return out


def _marked(tally: Tally, election: Election, *, same: bool) -> tuple[Tally, list[str]]:
    """Return the tally with the marks that contenders of these names have in the election.

    Links, joint lists and the parties of candidates are those of one election; who is exempt from a bar is so for good.
    A party that the file gives stays.
    """
    known: dict[str, Contender | None] = {}
    for mark in election.tally.contenders.values():
        for name in {loose(mark.id), *map(loose, mark.names.values())}:
            known[name] = mark if known.get(name, mark) is mark else None
    marks = dict(tally.contenders)
    for line in {line for ballots in tally.tiers.values() for area in ballots.votes.values() for line in area}:
        found, own = known.get(loose(line)), tally.contenders.get(line)
        if found is None or (own and (not same or bool(own.party) != bool(found.party))):
            continue  # the file knows better whether somebody stands for a party
        if same:
            marks[line] = replace(found, id=line, party=own.party if own else found.party)
        elif found.traits:
            marks[line] = Contender(line, traits=found.traits, names=found.names)
    bare = {line: replace(mark, names={}) for line, mark in tally.contenders.items()}
    taken = [m for line, m in marks.items() if replace(m, names={}) not in (bare.get(line), Contender(m.id))]
    what = say("parties, links and exemptions") if same else say("exemptions")
    notes = (
        [say("{what} of {n:,} contenders as in {election}", what=what, n=len(taken), election=election.id)]
        if taken
        else []
    )
    return replace(tally, contenders=marks), notes


def seats_given(tally: Tally, tier: str, seats: int) -> Tally:
    """Return the tally with the number of seats that its law leaves open."""
    ballots = tally.tiers.get(tier)
    if ballots is None:
        return tally
    filled = replace(ballots, seats={**ballots.seats, NATION: seats})
    return replace(tally, tiers={**tally.tiers, tier: filled})
