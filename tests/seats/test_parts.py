"""A bar that may be reached in one part of the country, and figures that records give for later tiers."""

from __future__ import annotations

import pytest

from sailau.law.library import load_law
from sailau.records.library import load_election
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.errors import MissingFigure
from sailau.terms.numbers import exact
from sailau.terms.tally import Ballots, Tally

BAR = Threshold(share=exact("5%"), parts="area", cite="x 1")


def standing(east: int, west: int, *, invalid: int = 0) -> set[str]:
    """Return who passes when `small` has so many of 100 votes in the east and of 900 in the west."""
    parts = {
        "east": {"small": east, "large": 100 - east, "invalid": invalid},
        "west": {"small": west, "large": 900 - west},
    }
    votes = {"small": east + west, "large": 1000 - east - west}
    tally = Tally({"list": Ballots({"nation": votes}), "area": Ballots(parts)})
    tier = Tier(name="list", seats=0, district="nationwide", ballot="closed_list", steps=(BAR,))
    return set(tier.count(tally, done={}, decisions={}, trail=None).contenders())


@pytest.mark.parametrize(
    ("east", "west", "passes"), [(5, 0, True), (4, 44, False), (4, 45, True), (0, 45, True), (4, 46, True)]
)
def test_one_part_suffices(east: int, west: int, passes: bool) -> None:
    assert ("small" in standing(east, west)) is passes


def test_invalid_ballots_are_no_base() -> None:
    assert "small" in standing(5, 0, invalid=50)


def test_the_parts_must_be_known() -> None:
    tally = Tally({"list": Ballots({"nation": {"small": 1, "large": 99}})})
    tier = Tier(name="list", seats=0, district="nationwide", ballot="closed_list", steps=(BAR,))
    with pytest.raises(MissingFigure, match="tally has no area"):
        tier.count(tally, done={}, decisions={}, trail=None)


def test_the_lists_of_1990_that_passed_in_the_east_alone() -> None:
    election = load_election("de/bundestag/1990-12-02")
    law = load_law("de/bundestag", on=election.day)
    seats = law.count(election.tally).seats
    assert (seats["b90_gruene"], seats["linke"], seats.get("gruene", 0)) == (8, 17, 0)
    everywhere = law.replace({"list.threshold.parts": "nowhere"})
    with pytest.raises(MissingFigure):
        everywhere.count(election.tally)


def test_levelled_seats_fall_to_the_länder_as_published() -> None:
    """The CDU's seats by Land in 2013, from the Returning Officer's explanation of 9 Oct 2013."""
    election = load_election("de/bundestag/2013-09-22")
    counts = load_law("de/bundestag", on=election.day).count(election.tally).counts
    published = {
        "schleswig_holstein": 11,
        "mecklenburg_vorpommern": 6,
        "hamburg": 5,
        "niedersachsen": 31,
        "bremen": 2,
        "brandenburg": 9,
        "sachsen_anhalt": 9,
        "berlin": 9,
        "nordrhein_westfalen": 63,
        "sachsen": 17,
        "hessen": 21,
        "thueringen": 9,
        "rheinland_pfalz": 16,
        "baden_wuerttemberg": 43,
        "saarland": 4,
    }
    assert {area: part.due["cdu"] for area, part in counts["list"].areas.items() if "cdu" in part.due} == published


def test_every_seat_of_the_covered_house_has_one_cause() -> None:
    election = load_election("de/bundestag/2025-02-23")
    result = load_law("de/bundestag", on=election.day).count(election.tally)
    assert sum(result.seats.values()) == 630
    assert sum(1 for _ in result.trail.seats()) == 630


def test_declared_seats_count_towards_a_ceiling_and_stay_out_of_the_count() -> None:
    election = load_election("mx/diputados/2024-06-02")
    assert sum(election.tally.declared["district"].values()) == 300
    law = load_law("mx/diputados", on=election.day)
    assert law.count(election.tally).seats["morena"] == 75
    nominated = Tally(
        election.tally.tiers, election.tally.contenders, declared={"district": {"morena": 161, "others": 139}}
    )
    assert law.count(nominated).seats["morena"] == 87  # by nominations it would have been below the ceiling
