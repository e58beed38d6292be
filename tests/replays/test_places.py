"""The places of seats: every one is compared, and a wrong rule for the place alone is caught."""

from __future__ import annotations

import pytest

from sailau.records.election import HOUSE
from sailau.records.library import election_ids, load_election
from sailau.runs.replay import law_of, replay
from sailau.terms.tally import NATION

TIERED = [
    name
    for name in election_ids()
    if name.startswith(("de/bundestag/", "dk/folketing/", "is/althing/", "no/storting/", "nz/house/"))
]
TOTALS_ONLY = {
    **{name: "votes of the whole country" for name in TIERED if name.startswith("dk/") and name < "dk/folketing/2011"},
    **{
        name: "no winners by electorate were found"
        for name in TIERED
        if name.startswith("nz/") and name < "nz/house/1990"
    },
}
"""Records that have official figures as totals only, with the reason; the page on the real tiers says the same."""


@pytest.mark.parametrize("name", [name for name in TIERED if name not in TOTALS_ONLY])
def test_every_place_of_a_seat_has_an_official_figure(name: str) -> None:
    seen = replay(load_election(name))
    assert seen.matches
    assert seen.result is not None
    whole = seen.election.official.get(HOUSE, {}).keys() - {NATION}
    for tier, count in seen.result.counts.items():
        placed = {area for area, part in count.areas.items() if part.total_placed()}
        assert placed <= seen.election.official.get(tier, {}).keys() | whole, tier
        assert placed or seen.law.tier(tier).district == "nationwide", tier


SPREAD = {
    "sainte_lague": ["1957-09-15", "1965-09-19", "1969-09-28", "1972-11-19", "1976-10-03"],
    "dhondt": ["2013-09-22", "2017-09-24", "2021-09-26"],
    "droop": ["1987-01-25", "1990-12-02", "1998-09-27", "2002-09-22", "2005-09-18"],
}
WRONG = [
    *(
        (f"de/bundestag/{day}", {f"list.spread.{'quota' if rule == 'droop' else 'divisor'}": rule})
        for rule, days in SPREAD.items()
        for day in days
    ),
    *(
        (f"dk/folketing/{day}", {"supplementary.distribute[1].divisor": "dhondt"})
        for day in ("2011-09-15", "2015-06-18", "2019-06-05", "2022-11-01", "2026-03-24")
    ),
    *((f"is/althing/{day}", {"levelling.distribute.relative": "plain"}) for day in ("2021-09-25", "2024-11-30")),
    *((f"no/storting/{day}", {"levelling.distribute.divisor": "dhondt"}) for day in ("2009-09-14", "2025-09-08")),
]
"""Elections, and a rule that gives every party as many seats but puts some of them elsewhere."""


@pytest.mark.parametrize(("name", "change"), WRONG, ids=[name for name, _ in WRONG])
def test_a_wrong_place_is_caught_where_the_totals_agree(name: str, change: dict[str, object]) -> None:
    election = load_election(name)
    right, wrong = replay(election), replay(election, law=law_of(election).replace(change))
    assert right.matches
    assert wrong.question is None
    assert wrong.house == right.house
    assert wrong.differences
    assert all(difference.area != NATION for difference in wrong.differences)
