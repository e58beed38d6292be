"""Twelve contests of Burlington, Oakland and Pierce County, round by round as ranked.vote reports them.

In Burlington the city itself counted 4,061 votes for the second of the last round, here and there it is 4,060, and one
ballot more that an overvote ended. The contests of San Francisco are not compared: their reports hold more ballots than
PrefLib's files do.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.peers import ranked_vote as peer
from tests.peers.shared import copy_of
from tests.replays.test_ranked import SHARED

from sailau.records.sheet import slug_of

PREFLIB = SHARED / "preflib_elections.zip"


@pytest.mark.skipif(not PREFLIB.is_file(), reason="the ranked ballots of ../shared are not here")
@pytest.mark.parametrize("key", peer.CONTESTS)
def test_every_round_is_as_reported(key: str, tmp_path: Path) -> None:
    copy = copy_of("ranked.vote", *peer.REPORTS.parts)
    total, winner, reported = peer.rounds(copy, peer.CONTESTS[key])
    ballots = peer.ballots_of(PREFLIB, key, tmp_path)
    made = peer.counted(ballots)
    assert ballots.total == total
    assert [peer.round_of(stage) for stage in made.stages] == reported
    assert len(reported) >= 2
    assert set(made.elected[0].split("_")) & set(slug_of(winner).split("_"))
