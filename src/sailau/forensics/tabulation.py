"""Parallel tabulation: copies of protocols that citizens hold, against the official figures, with provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sailau.forensics.cells import to_counts
from sailau.forensics.finding import Finding
from sailau.forensics.frame import Frame, read_frame
from sailau.forensics.problems import FaultyStations
from sailau.forensics.stations import Stations
from sailau.terms.errors import Place
from sailau.terms.speech import say

PROVENANCE = ("source", "signed", "stamped", "photo", "sha256", "received")
"""Columns that say where a copy comes from."""

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a protocol.

    Attributes
    ----------
    station : str
    row : int
        Its row in the file of copies.
    votes : mapping of str to int
    provenance : mapping of str to str
    """

    station: str
    row: int
    votes: Mapping[str, int]
    provenance: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure of a station on which its copy and the official record differ."""

    station: str
    contender: str
    copy: int
    official: int
    provenance: Mapping[str, str]

    def __str__(self) -> str:
        said = ", ".join(f"{key} {value}" for key, value in self.provenance.items()) or say("no provenance")
        gap = self.official - self.copy
        return say(
            "{station}, {contender}: copy {copy:,}, official {official:,} ({gap:+,}); {said}",
            station=self.station,
            contender=self.contender,
            copy=self.copy,
            official=self.official,
            gap=gap,
            said=said,
        )


@dataclass(frozen=True, slots=True)
class Tabulation:
    """Copies set against official figures.

    Attributes
    ----------
    copies, stations : int
        Copies read, and stations that they cover.
    gaps : tuple of Gap
    conflicts : tuple of str
        Stations of which two copies differ; none of them is used.
    unknown : tuple of str
        Stations that the official file does not list.
    by_copies, official : mapping of str to int
        Votes in the stations covered.
    by_copies_all : mapping of str to int
        Votes of all stations: by the copy where there is one, else official.
    """

    copies: int
    stations: int
    gaps: tuple[Gap, ...]
    conflicts: tuple[str, ...]
    unknown: tuple[str, ...]
    by_copies: Mapping[str, int]
    official: Mapping[str, int]
    by_copies_all: Mapping[str, int]


def read_copies(path: str | Path, contenders: tuple[str, ...]) -> tuple[Copy, ...]:
    """Read copies of protocols: a column ``station``, one for each contender, and where each copy comes from.

    Raises
    ------
    FaultyStations
        There is no column ``station``, none of a contender, or a cell is no count.
    """
    frame = read_frame(path)
    named = [name for name in contenders if name in frame.columns]
    if "station" not in frame.columns or not named:
        hint = say(
            "columns: station, {contenders}, and of {provenance} what is known",
            contenders=", ".join(contenders[:5]),
            provenance=", ".join(PROVENANCE),
        )
        raise FaultyStations(say("holds no copies of protocols"), place=Place(frame.path), hint=hint)
    votes = {name: _counts(frame, name) for name in named}
    folder = Path(path).parent
    known = [name for name in PROVENANCE if name in frame.columns]
    return tuple(
        Copy(
            station=_text(frame.columns["station"][i]),
            row=int(row),
            votes={name: counts[i] for name, counts in votes.items()},
            provenance=_checked({n: text for n in known if (text := _text(frame.columns[n][i]))}, folder),
        )
        for i, row in enumerate(frame.rows)
    )


def _counts(frame: Frame, name: str) -> list[int]:
    read = to_counts(frame.columns[name])
    if read.faults or read.empty.any():
        row = read.faults[0][0] if read.faults else int(read.empty.argmax())
        what = read.faults[0][1].what if read.faults else say("the cell is empty; that is unknown, not 0")
        raise FaultyStations(what, place=frame.place(row, name), hint=say("leave out copies that cannot be read"))
    return [int(count) for count in read.counts]


def _checked(provenance: dict[str, str], folder: Path) -> dict[str, str]:
    """Compare the checksum with the photo where both are given and the photo lies beside the file."""
    photo, given = provenance.get("photo"), provenance.get("sha256")
    if not photo or not given or not (folder / photo).is_file():
        return provenance
    same = sha256((folder / photo).read_bytes()).hexdigest() == given.casefold()
    return {**provenance, "sha256": say("is that of the photo") if same else say("is NOT that of the photo")}


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def tabulate(stations: Stations, copies: tuple[Copy, ...]) -> Tabulation:
    """Set copies against the official figures of their stations."""
    at = {name: i for i, name in enumerate(stations.names)}
    by_station: dict[str, list[Copy]] = {}
    for copy in copies:
        by_station.setdefault(copy.station, []).append(copy)
    conflicts = tuple(name for name, same in by_station.items() if any(one.votes != same[0].votes for one in same))
    unknown = tuple(name for name in by_station if name not in at)
    used = {name: same[0] for name, same in by_station.items() if name in at and name not in conflicts}
    contenders = [name for name in stations.contenders if any(name in copy.votes for copy in copies)]
    column = {name: stations.contenders.index(name) for name in contenders}

    def official(station: str, contender: str) -> int:
        return int(stations.votes[at[station], column[contender]])

    gaps = tuple(
        Gap(name, contender, votes, official(name, contender), copy.provenance)
        for name, copy in used.items()
        for contender, votes in copy.votes.items()
        if votes != official(name, contender)
    )
    copied = {c: sum(copy.votes[c] for copy in used.values()) for c in contenders}
    covered = {c: sum(official(name, c) for name in used) for c in contenders}
    total = {c: int(stations.votes[:, column[c]].sum()) - covered[c] + copied[c] for c in contenders}
    return Tabulation(len(copies), len(used), gaps, conflicts, unknown, copied, covered, total)


def against_copies(found: Tabulation, stations: Stations) -> Finding:
    """Say what the copies of protocols show."""
    first = max(found.by_copies_all, key=lambda name: found.by_copies_all[name])
    totals = stations.votes.sum(axis=0)
    winner = max(found.by_copies_all, key=lambda name: int(totals[stations.contenders.index(name)]))
    words = "; ".join(
        say("{contender} {n:,} by the copies, {official:,} officially", contender=c, n=n, official=found.official[c])
        for c, n in found.by_copies.items()
    )
    other = (
        say("; with the copies {first} would be first, not {winner}", first=first, winner=winner)
        if first != winner
        else ""
    )
    unsigned = sum(1 for gap in found.gaps if gap.provenance.get("signed", "").casefold() in ("", "no", "0", "false"))
    cases = [*map(str, found.gaps[:_SHOWN])]
    cases += [say("{name}: two copies differ; neither is used", name=name) for name in found.conflicts[:_SHOWN]]
    cases += [say("{name}: not in the official file", name=name) for name in found.unknown[:_SHOWN]]
    return Finding(
        test="parallel tabulation",
        family="protocol arithmetic",
        kind="check",
        null="arithmetic",
        expects=say("copies of protocols that agree with the official figures"),
        found=say(
            "{n:,} figures differ in {stations:,} stations with copies of {of:,} ({words}){other}",
            n=len(found.gaps),
            stations=found.stations,
            of=len(stations),
            words=words,
            other=other,
        ),
        caution=say(
            "a copy is as good as its signatures; a recount after it was made changes the official figure lawfully"
        ),
        figures={
            "copies": found.copies,
            "stations": found.stations,
            "gaps": len(found.gaps),
            "gaps_unsigned": unsigned,
            "conflicts": len(found.conflicts),
            "unknown": len(found.unknown),
        },
        cases=tuple(cases),
    )
