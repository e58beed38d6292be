"""Each configuration of RCTab with a report and ballots in the copy, figure for figure; what differs is listed.

Two reports count as blank ballots the rows that a sheet formats but that hold no cell, no number of a ballot either:
17 and 18 rows of the sheets hold something, a header and 16 and 17 ballots, and each of these names a candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.peers import rctab
from tests.peers.shared import copy_of

DIFFERENT = {
    "first_round_determines_threshold_test": ["blank 0, not 3"],
    "first_round_determines_threshold_tiebreaker_test": ["blank 0, not 2"],
}
ABSENT = {
    "2018_maine_governor_primary": "the copy lacks files of 4 MiB and more",
    "dominion_kansas": "likewise",
}
"""Configurations whose ballots may not be in a copy."""


def test_every_round_is_as_reported() -> None:
    copy = copy_of("rcv", *rctab.CASES.parts)
    seen: dict[str, Sequence[str]] = {}
    for case in rctab.cases(copy):
        if case.reports and not (case.name in ABSENT and not rctab.has_ballots(case)):
            seen[case.name] = rctab.told(case)
    assert {name: found for name, found in seen.items() if found} == DIFFERENT
    assert len(seen) >= 70


@pytest.mark.parametrize(("name", "full", "empty"), list(zip(DIFFERENT, (17, 18), (3, 2), strict=True)))
def test_the_blank_ballots_of_two_reports_are_rows_that_hold_nothing(name: str, full: int, empty: int) -> None:
    copy = copy_of("rcv", *rctab.CASES.parts)
    (case,) = (case for case in rctab.cases(copy) if case.name == name)
    (source,) = case.config["cvrFileSources"]
    held = rctab.cells_by_row(Path(case.folder / source["filePath"]))
    assert [held.count(0), len(held) - held.count(0)] == [empty, full]
    ballots, _ = rctab.ballots_of(case)
    assert ballots.total == full - 1 == int(case.reports[0]["summary"]["totalNumBallots"]) - empty
    assert () not in ballots.rankings
