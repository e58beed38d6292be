"""Councils of abacus's tests, seat for seat under the laws that ship; what differs is listed."""

from __future__ import annotations

from tests.peers import abacus
from tests.peers.shared import copy_of

DIFFERENT = {
    "under 19: test_with_0_votes": "without votes there is no quota: refused here, all seats vacant there",
    "from 19: test_with_0_votes": "likewise",
}


def test_councils_come_out_as_in_the_tests() -> None:
    copy = copy_of("abacus", *abacus.TESTS.parts)
    seen = {case.name: abacus.told(case) for case in abacus.cases(copy)}
    assert {name: found for name, found in seen.items() if found}.keys() == DIFFERENT.keys()
    assert len(seen) >= 35
