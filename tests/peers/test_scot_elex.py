"""By-elections to Scottish councils, 2015 to 2022, whose ballots a copy of mggg/scot-elex holds in the form BLT.

Who won is told here by name, most from memory of what the councils declared: no file says so. Looked up were Ellon,
Wick, Inverness West, Linn and Preston, and by party alone Partick, Livingston South and Aird. The stages of Wick are
those of Wikipedia, "Wick and East Caithness (ward)".
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.peers.shared import copy_of
from tests.replays.test_ranked import SCOTTISH, count

from sailau.records.ranked import read_ranked

FILES = Path("blt_files")
WON = {
    "10_cands/edinburgh_2015_by_election_leith_walk": "john_lewis_ritchie_snp marion_donaldson_lab",
    "11_cands/edinburgh_2019_by_election_leith_walk": "rob_munn",
    "3_cands/aberdeenshire_2016_by_election_banff_and_district": "iain_taylor",
    "4_cands/aberdeenshire_2016_by_election_inverurie_and_district": "colin_clark",
    "4_cands/argyll_bute_2021_by_election_lomond_north": "paul_collins_con",
    "4_cands/falkirk_2021_by_election_south": "emma_lindsey_russell",
    "5_cands/aberdeenshire_2017_by_election_inverurie": "lesley_berry",
    "5_cands/aberdeenshire_2020_by_election_ellon_and_district": "louise_mcallister",
    "5_cands/argyll_bute_2021_by_election_isle_of_bute": "liz_mccabe",
    "5_cands/east_lothian_2019_by_election_ward5_haddington": "craig_hoy",
    "5_cands/falkirk_2018_by_election_bonnybridge": "niall_coleman",
    "5_cands/highland_2021_by_election_wick": "jill_tilt",
    "5_cands/perth_kinross_2015_by_election_ward12": "andrew_john_parrott",
    "5_cands/perth_kinross_2016_by_election_ward9": "kathleen_baird",
    "6_cands/clackmannanshire__2019_by_election_ward3_central": "jane_mctaggart",
    "6_cands/east_lothian_2022_by_election_ward2": "colin_yorkston_scottish_labour_party",
    "6_cands/glasgow_2021_by_election_ward_23_partick_east-kelvindale": "jill_brown",
    "6_cands/highland_2021_by_election_aird_ward_3": "david_fraser",
    "6_cands/perth_kinross_2017_by_election_ward_10": "audrey_coates",
    "6_cands/perth_kinross_2020_by_election_south": "liz_barrett",
    "6_cands/west_lothian_2021_by_election_ward_5": "thomas_george_ullathorne",
    "7_cands/aberdeen_2019_by_election_torry-ferryhill": "audrey_nicoll",
    "7_cands/highland_2021_by_election_fort_william": "sarah_fanet_scottish_national_party_snp",
    "7_cands/highland_2021_by_election_inverness_west": "colin_aitken",
    "7_cands/perth_kinross_2018_by_election_ward_4": "john_cameron_duff",
    "7_cands/sc_borders_2021_by_election_ward_5": "jenny_linehan",
    "7_cands/south_lanarkshire_2019_by_election_east_kilbride": "grant_ferguson",
    "7_cands/west_lothian_2021_by_election_ward_4": "maria_macaulay",
    "9_cands/glasgow_2022_by_election_linn_ward": "john_carson_glasgow_labour",
}


@pytest.mark.parametrize("file", WON)
def test_the_by_election_is_won_by_whom_the_council_declared(file: str) -> None:
    copy = copy_of("scot-elex", *FILES.parts)
    ballots = read_ranked(copy / FILES / f"{file}.blt")
    assert len(ballots.contenders) == int(file.partition("_")[0])
    assert count(ballots, SCOTTISH, ballots.seats or 0).elected == tuple(WON[file].split())


def test_wick_stage_by_stage() -> None:
    copy = copy_of("scot-elex", *FILES.parts)
    ballots = read_ranked(copy / FILES / "5_cands/highland_2021_by_election_wick.blt")
    made = count(ballots, SCOTTISH, 1)
    assert [{name: int(stage.votes(n)) for name, n in stage.totals.items() if n} for stage in made.stages] == [
        {"jill_tilt": 657, "bill_fernie": 622, "michael_james_cameron": 593, "daniel_ross": 523, "harry_christian": 16},
        {"jill_tilt": 660, "bill_fernie": 627, "michael_james_cameron": 593, "daniel_ross": 525},
        {"jill_tilt": 848, "bill_fernie": 780, "michael_james_cameron": 606},
        {"jill_tilt": 986, "bill_fernie": 963},
        {"jill_tilt": 1501},
    ]
    assert made.stages[0].votes(made.stages[0].quota) == 1206


def test_first_preferences_of_east_garioch_are_those_declared() -> None:
    copy = copy_of("scot-elex", *FILES.parts)
    ballots = read_ranked(copy / FILES / "5_cands/aberdeenshire_2021_by_election_east_garioch.blt")
    assert sorted(ballots.tally().tiers["ranked"].votes["nation"].values()) == [111, 130, 281, 963, 1240]
