"""Protocol arithmetic: figures of one station that contradict each other, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from sailau.files.problems import Problem
from sailau.forensics.frame import Frame
from sailau.forensics.stations import Mask, Stations
from sailau.terms.speech import say

Rules = Iterator[tuple[str, Mask, Callable[[int], str]]]
"""Codes, the stations at fault, and the words for one of them."""

_PROTOCOL = "compare with the protocol of the station"


def contradictions(stations: Stations, frame: Frame) -> list[Problem]:
    """Return each contradiction between the figures of a station.

    A clean protocol keeps: voters <= registered, ballots in the boxes <= voters given a ballot, valid + invalid =
    ballots, votes of all contenders = valid ballots, and no station stands twice.
    """
    at = {int(row): i for i, row in enumerate(frame.rows)}

    def report(code: str, row: int, what: str, others: tuple[int, ...] = ()) -> Problem:
        line = int(stations.rows[row])
        return Problem(code, frame.place(at[line]), what, say(_PROTOCOL), (*others, line))

    rules = (*_of_voters(stations), *_of_ballots(stations), *_of_votes(stations))
    out = [report(code, i, words(i)) for code, mask, words in rules for i in np.flatnonzero(mask).tolist()]
    return out + list(_twice(stations, report))


def _of_voters(s: Stations) -> Rules:
    ballots, name = s.ballots, s.names
    if s.has_turnout:
        yield (
            "E113",
            s.voters > s.registered,
            lambda i: say(
                "station {name} has {voters:,} voters of {registered:,} registered ones",
                name=name[i],
                voters=s.voters[i],
                registered=s.registered[i],
            ),
        )
    if ballots is not None and s.voters is not ballots and s.voters.any():
        yield (
            "E121",
            ballots > s.voters,
            lambda i: say(
                "station {name} has {ballots:,} ballots in the boxes, but gave out {voters:,}",
                name=name[i],
                ballots=ballots[i],
                voters=s.voters[i],
            ),
        )


def _of_ballots(s: Stations) -> Rules:
    ballots, valid, invalid, name = s.ballots, s.valid, s.invalid, s.names
    if ballots is not None and valid is not None and invalid is not None:
        yield (
            "E114",
            valid + invalid != ballots,
            lambda i: say(
                "station {name}: {valid:,} valid + {invalid:,} invalid are not {ballots:,} ballots",
                name=name[i],
                valid=valid[i],
                invalid=invalid[i],
                ballots=ballots[i],
            ),
        )
    elif ballots is None and valid is not None and s.voters.any():
        cast = valid + (invalid if invalid is not None else 0)
        yield (
            "E125",
            cast > s.voters,
            lambda i: say(
                "station {name}: {cast:,} valid and invalid ballots of {voters:,} voters",
                name=name[i],
                cast=cast[i],
                voters=s.voters[i],
            ),
        )


def _of_votes(s: Stations) -> Rules:
    valid, name = s.valid, s.names
    total = s.votes.sum(axis=1)
    if valid is not None and len(s.contenders) > 1:
        yield (
            "E112",
            total != valid,
            lambda i: say(
                "station {name}: the votes add up to {total:,}, not to the {valid:,} valid ballots",
                name=name[i],
                total=total[i],
                valid=valid[i],
            ),
        )
    elif s.counted.any():
        yield (
            "E123",
            s.leading > s.counted,
            lambda i: say(
                "station {name}: {leading:,} votes for {leader} of {counted:,}",
                name=name[i],
                leading=s.leading[i],
                leader=s.contenders[s.leader],
                counted=s.counted[i],
            ),
        )


def _twice(stations: Stations, report: Callable[..., Problem]) -> Iterator[Problem]:
    if stations.names and stations.names[0] == say("row {row}", row=str(stations.rows[0])):
        return
    seen: dict[tuple[object, ...], int] = {}
    codes = [level.codes.tolist() for level in stations.levels]
    for row, key in enumerate(zip(*codes, stations.names, strict=True)):
        first = seen.setdefault(key, row)
        if first != row:
            line = int(stations.rows[first])
            yield report(
                "E111",
                row,
                say("station {name} stands twice, first in row {line!s}", name=stations.names[row], line=line),
                (line,),
            )
