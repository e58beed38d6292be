"""Each configuration of RCTab with a report and ballots in the copy, figure for figure; what differs is listed."""

from __future__ import annotations

from collections.abc import Sequence

from tests.peers import rctab
from tests.peers.shared import copy_of

DIFFERENT = {
    "first_round_determines_threshold_test": "rows without a cell at the end of a sheet are counted as blank ballots",
    "first_round_determines_threshold_tiebreaker_test": "likewise",
    "more_winners_than_candidates": "the law does not say what then: a question here, all elected there",
    "test_set_allow_only_one_winner_per_round": "the last surplus is taken off, though somebody continues",
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
    assert {name for name, found in seen.items() if found} == set(DIFFERENT)
    assert len(seen) >= 60
