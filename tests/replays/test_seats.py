"""Every seat of the archive has a cause, in the district where it lies."""

from collections import Counter

import pytest

from sailau.records.library import election_ids, load_election
from sailau.runs.replay import replay


@pytest.mark.parametrize("name", election_ids())
def test_the_trail_names_every_seat_and_no_other(name: str) -> None:
    seen = replay(load_election(name))
    result = seen.result
    assert result, seen.question
    placed = {
        (tier, area, contender): n
        for tier, areas in result.areas.items()
        for area, seats in areas.items()
        for contender, n in seats.items()
    }
    assert Counter((seat.tier, seat.area, seat.contender) for seat in result.trail.seats()) == Counter(placed)
