"""Houses that grow or link: counterweights, top-ups and half links, on official results.

Armenia 2021 and South Korea 2020 after their commissions; Malta 2008 and 2017 after its commission. The seats won in
districts are taken over as declared.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from sailau.law.edition import count_tiers
from sailau.seats.allocate import Allocate
from sailau.seats.counterweight import Counterweight
from sailau.seats.guarantee import Guarantee
from sailau.seats.part_link import PartLink
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.seats.top_up import TopUp
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.tally import Ballots, Contender, Tally


def tier(name: str, seats: int, *steps: object, votes: str | None = None) -> Tier:
    return Tier(
        name=name,
        seats=seats,
        district="nationwide",
        ballot="closed_list",
        steps=tuple(steps),
        votes=votes,  # type: ignore[arg-type]
    )


ARMENIA = {"civil_contract": 688_761, "armenia": 269_481, "i_have_honor": 66_650}
ALLIANCES = {name: Contender(name, members=("p", "q")) for name in ("armenia", "i_have_honor")}
BAR = Threshold(share=Fraction(5, 100), of="valid", joint=(Fraction(8, 100),), cite="x 1")
THREE = Guarantee(lists=3, when="fewer", rest="formula", cite="x 2")


def armenia(votes: dict[str, int], *, valid: int) -> dict[str, int]:
    lists = tier("list", 101, BAR, THREE, Allocate(quota="hare", cite="x 3"))
    minorities = tier(
        "minority",
        4,
        BAR,
        THREE,
        Allocate(divisor="dhondt", cite="x 4"),
        Counterweight(share=Fraction(2, 3), tiers=("list",), by="seats", quota="hare", cite="x 5"),
        votes="list",
    )
    tally = Tally({"list": Ballots({"nation": votes}, {"nation": {"valid": valid}})}, ALLIANCES)
    total: dict[str, int] = {}
    for part in count_tiers((lists, minorities), tally, {}, ()).values():
        for c, n in part.total_placed().items():
            total[c] = total.get(c, 0) + n
    return total


def test_armenia_2021_had_two_seats_against_the_weight_of_the_largest() -> None:
    """68, 26 and 7 of 101; minorities 3 and 1; 71 of 105 is more than two thirds, 71 of 107 is not."""
    assert armenia(ARMENIA, valid=1_276_693) == {"civil_contract": 71, "armenia": 29, "i_have_honor": 7}


def test_a_house_without_a_giant_does_not_grow() -> None:
    assert sum(armenia({**ARMENIA, "civil_contract": 400_000}, valid=1_276_693).values()) == 105


KOREA = {
    "future_korea": 9_441_520,
    "platform": 9_307_112,
    "justice": 2_697_956,
    "people": 1_896_719,
    "open_democratic": 1_512_763,
}
DISTRICTS = {"democratic": 163, "united_future": 84, "justice": 1, "independents": 5}


def test_south_korea_2020_linked_thirty_seats_by_half() -> None:
    """Seventeen further seats were shared out without a look at the districts."""
    linked = PartLink(tiers=("district",), house=300, entitled=5, cite="x 1")
    tiers = (tier("linked", 30, linked), tier("parallel", 17, Allocate(quota="hare", cite="x 2"), votes="linked"))
    marks = {"independents": Contender("independents", kind="independent")}
    tally = Tally({"linked": Ballots({"nation": KOREA})}, marks, declared={"district": DISTRICTS})
    done = count_tiers(tiers, tally, {}, ())
    assert done["linked"].placed == {
        "future_korea": 12,
        "platform": 11,
        "justice": 3,
        "people": 2,
        "open_democratic": 2,
    }
    assert done["parallel"].placed == {
        "future_korea": 7,
        "platform": 6,
        "justice": 2,
        "people": 1,
        "open_democratic": 1,
    }


def test_south_korea_2024_linked_all_its_seats() -> None:
    """Parties with one seat and no list are not entitled; those with five are, and theirs are not taken off."""
    votes = {"future": 10_395_264, "union": 7_567_459, "rebuilding": 6_874_278, "reform": 1_025_775}
    won = {"democratic": 161, "people_power": 90, "reform": 1, "new_future": 1, "progressive": 1}
    linked = PartLink(tiers=("district",), house=300, entitled=5, cite="x 1")
    tally = Tally({"list": Ballots({"nation": votes})}, declared={"district": won})
    done = count_tiers((tier("list", 46, linked),), tally, {}, ())
    assert done["list"].placed == {"future": 18, "union": 14, "rebuilding": 12, "reform": 2}


def test_a_lack_below_one_seat_links_nothing_and_seats_beyond_the_links_go_by_votes() -> None:
    linked = PartLink(tiers=("district",), ties=("most_votes",), cite="x 1")
    votes = {"a": 55, "b": 44, "c": 1}
    tally = Tally({"list": Ballots({"nation": votes})}, declared={"district": {"a": 7, "b": 3}})
    done = count_tiers((tier("list", 10, linked),), tally, {}, ())
    assert done["list"].trail is not None
    facts = done["list"].trail[-1].facts
    assert facts["lacks"] == {"a": 2, "b": Fraction(29, 10), "c": Fraction(1, 10)}
    assert facts["links"] == {"a": 2, "b": 3, "c": 0}
    assert done["list"].placed == {"a": 5, "b": 5}  # five more: 2.75, 2.2, 0.05


@pytest.mark.parametrize(
    ("votes", "won", "added"),
    [
        ({"pn": 143_468, "mlp": 141_888}, {"pn": 31, "mlp": 34}, {"pn": 4}),  # 2008
        ({"pl": 170_976, "pn": 135_696}, {"pl": 37, "pn": 28}, {"pn": 2}),  # 2017
        ({"x": 100, "y": 100}, {"x": 5, "y": 5}, {}),
        ({"x": 100, "y": 100, "z": 50}, {"x": 5, "y": 5, "z": 2}, {}),
    ],
)
def test_malta_adds_seats_two_by_two(votes: dict[str, int], won: dict[str, int], added: dict[str, int]) -> None:
    step = TopUp(tiers=("district",), step=2, cite="x 1")
    tally = Tally({"extra": Ballots({"nation": votes})}, declared={"district": won})
    done = count_tiers((tier("extra", 0, step),), tally, {}, ())
    assert {c: n for c, n in done["extra"].placed.items() if n} == added
    assert done["extra"].extra == sum(added.values())


def test_halfway_between_two_numbers_of_seats_the_law_is_silent() -> None:
    step = TopUp(tiers=("district",), cite="x 1")
    tally = Tally({"extra": Ballots({"nation": {"x": 100, "y": 95}})}, declared={"district": {"x": 10, "y": 9}})
    with pytest.raises(LawSilent, match="halfway"):
        count_tiers((tier("extra", 0, step),), tally, {}, ())


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1)])
def test_a_counterweight_needs_a_share_between_nothing_and_all(share: Fraction) -> None:
    with pytest.raises(InvalidLaw):
        Counterweight(share=share, quota="hare", cite="x 1")
