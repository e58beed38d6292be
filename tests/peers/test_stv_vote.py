"""Cambridge, Massachusetts: nine councillors by whole papers, from ballots that a copy of ranked-vote/stv.vote holds.

The city takes papers of a surplus in an order that the files do not tell; here every ranking gives its part. Lots among
names written in fall by an order of names. Who was elected is told as the City of Cambridge declared it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.peers.shared import copy_of
from tests.replays.test_ranked import count

from sailau.records.ranked import read_ranked
from sailau.seats.rank import Rank

FOLDER = Path("raw-data/us/cambridge-ma")
RULES = Rank(
    rule="stv",
    quota="droop",
    surplus="sample",
    papers="even",
    overvote="skip",
    ties=("backwards", "lot"),
    cite="General Laws, ch. 54A",
)
ELECTED = {
    "2019/votes.csv": "Siddiqui Mallon Simmons Zondervan Carlone Toomey McGovern Nolan Sobrinho-Wheeler",
    "2021/council.csv": "Siddiqui Nolan McGovern Carlone Mallon Azeem Simmons Toner Zondervan",
    "2023/council.csv": "Siddiqui McGovern Nolan Simmons Sobrinho-Wheeler Azeem Wilson Pickett Toner",
}


@pytest.mark.parametrize("file", ELECTED)
def test_the_councillors_are_those_the_city_declared(file: str) -> None:
    copy = copy_of("stv.vote", *FOLDER.parts)
    ballots = read_ranked(copy / FOLDER / file)
    made = count(ballots, RULES, 9, {"x.rank": tuple(sorted(ballots.contenders))})
    names = [ballots.contenders[name].names["en"].split()[-1] for name in made.elected]
    assert sorted(names) == sorted(ELECTED[file].split())
