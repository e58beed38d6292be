"""Reports of ranked.vote on contests whose ballots PrefLib has: each round's votes and ballots that ended.

`report_pipeline/reports.sqlite3` of a copy of ranked-vote/ranked.vote holds the rounds; nothing of it is kept here.
"""

from __future__ import annotations

import sqlite3
from fractions import Fraction
from pathlib import Path
from zipfile import ZipFile

from sailau.records.ranked import RankedBallots, read_ranked
from sailau.seats.count import start
from sailau.seats.rank import Rank
from sailau.seats.stages import Ranked, Stage

REPORTS = Path("report_pipeline/reports.sqlite3")
RULES = Rank(
    rule="alternative",
    exclude="hopeless",
    down_to=2,
    overvote="exhaust",
    ties=("backwards", "lot"),
    cite="the rounds of the reports",
)

ALAMEDA, PIERCE = "us/ca/alameda", "us/wa/pierce"
CONTESTS = {
    "00005-00000002": ("us/vt/btv/2009/03", "mayor"),
    "00019-00000001": (f"{ALAMEDA}/2010/11", "oakland-council-d4"),
    "00019-00000002": (f"{ALAMEDA}/2010/11", "oakland-mayor"),
    "00019-00000003": (f"{ALAMEDA}/2012/11", "oakland-council-at-large"),
    "00019-00000004": (f"{ALAMEDA}/2012/11", "oakland-council-d1"),
    "00019-00000005": (f"{ALAMEDA}/2012/11", "oakland-council-d3"),
    "00019-00000006": (f"{ALAMEDA}/2012/11", "oakland-council-d5"),
    "00019-00000007": (f"{ALAMEDA}/2012/11", "oakland-school-director-d3"),
    "00020-00000001": (f"{PIERCE}/2009/11", "auditor"),
    "00020-00000002": (f"{PIERCE}/2008/11", "council-d2"),
    "00020-00000003": (f"{PIERCE}/2008/11", "executive"),
    "00020-00000004": (f"{PIERCE}/2008/11", "assessor-treasurer"),
}
"""Contests by the number of PrefLib's file: place and day, office."""

Round = tuple[list[int], int, int]
"""Votes from the most to the fewest, ballots without a further choice, ballots ended by an overvote."""


def ballots_of(archive: Path, key: str, folder: Path) -> RankedBallots:
    """Return the ballots of one of PrefLib's files."""
    with ZipFile(archive) as packed:
        (name,) = (name for name in packed.namelist() if name.endswith(f"{key}.toi"))
        path = folder / f"{key}.toi"
        path.write_bytes(packed.read(name))
    return read_ranked(path)


def counted(ballots: RankedBallots) -> Ranked:
    tally = ballots.tally("x")
    return RULES.count(start(tally, tally.tiers["x"], "x", 1, {}, done={}, decisions={}, trail=None))


def round_of(stage: Stage) -> Round:
    votes = {name: stage.votes(n) for name, n in stage.totals.items()}
    assert {n.denominator for n in votes.values()} == {1}
    ended = {why: int(stage.votes(n)) for why, n in stage.spent.items()}
    return sorted(map(int, votes.values()), reverse=True), ended.get("choices", 0), ended.get("overvotes", 0)


def rounds(copy: Path, contest: tuple[str, str]) -> tuple[int, str, list[Round]]:
    """Return the ballots, the winner and the rounds of a report."""
    with sqlite3.connect(f"file:{copy / REPORTS}?mode=ro", uri=True) as reports:
        here = "select id, ballotCount, winner_candidate_index from reports where path = ? and office = ?"
        ((number, total, index),) = reports.execute(here, contest).fetchall()
        name = "select name from candidates where report_id = ? and candidate_index = ?"
        ((winner,),) = reports.execute(name, (number, index)).fetchall()
        out = []
        ask = "select id, undervote, overvote from rounds where report_id = ? order by round_number"
        for row, undervotes, overvotes in reports.execute(ask, (number,)).fetchall():
            held = "select votes from allocations where round_id = ? and allocatee <> 'X'"
            votes = [int(Fraction(n)) for (n,) in reports.execute(held, (row,))]
            out.append((sorted(votes, reverse=True), undervotes, overvotes))
    return total, winner, out
