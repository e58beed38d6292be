"""The real elections of votelib's tests, under laws that ship, and single contests by the step of their rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.peers import votelib
from tests.peers.shared import copy_of

from sailau.law.library import load_law
from sailau.seats.count import start
from sailau.seats.elect import Elect
from sailau.seats.rank import Rank
from sailau.terms.errors import RoundRequired
from sailau.terms.tally import Ballots, Contender, Tally


def a_copy() -> Path:
    return copy_of("votelib", *votelib.REAL.parts)


@pytest.mark.parametrize(
    ("year", "day", "regions"),
    [("2017", "2017-10-21", ["Hlavní město Praha", "Karlovarský kraj"]), ("2021", "2021-10-09", [])],
)
def test_czech_chamber(year: str, day: str, regions: list[str]) -> None:
    copy = a_copy()
    _, (whole, *parts) = votelib.told(copy, "test_real_proportional.py", f"test_cz_psp_{year}")
    votes = votelib.by_region(copy, f"cz_psp_{year}.csv")
    joint = {"SPOLU": ("ods", "kdu", "top"), "Piráti+STAN": ("pirati", "stan")} if year == "2021" else {}
    marks = {name: Contender(name, kind="joint_list", members=members) for name, members in joint.items()}
    result = load_law("cz/poslanecka_snemovna", on=day).count(Tally({"list": Ballots(votes)}, marks))
    assert votelib.won(result.seats) == whole
    for region, expected in zip(regions, parts, strict=False):
        assert votelib.won(result.areas["list"][region]) == expected


def test_slovak_council_2020() -> None:
    rows = votelib.table(a_copy(), "sk_nr_2020.csv")
    votes = {name: int(n) for name, _, n, _ in rows}
    members = {name: tuple(name.split("-")) for name, joint, _, _ in rows if int(joint)}
    marks = {name: Contender(name, kind="joint_list", members=parts) for name, parts in members.items()}
    result = load_law("sk/narodna_rada", on="2020-02-29").count(Tally({"list": Ballots({"nation": votes})}, marks))
    assert votelib.won(result.seats) == {name: int(seats) for name, _, _, seats in rows if int(seats)}
    assert any(600_000 > votes[name] > 150_000 for name in members)  # the coalition that 7 % keeps out


def test_czech_members_of_the_european_parliament_2019() -> None:
    given, (expected,) = votelib.told(a_copy(), "test_real_proportional.py", "test_cz_ep_2019")
    tally = Tally({"list": Ballots({"nation": given["votes"]}, seats={"nation": 21})})
    assert votelib.won(load_law("cz/european_parliament", on="2019-05-25").count(tally).seats) == expected


def test_new_zealand_2014() -> None:
    copy = a_copy()
    given, (direct, whole) = votelib.told(copy, "test_real_mmp.py", "test_nz_leg_2014")
    head, *rows = votelib.table(copy, "nz_leg_2014_electorate.csv")
    electorates = {row[0]: dict(zip(head[1:], map(int, row[1:]), strict=True)) for row in rows}
    tiers = {
        "electorate": Ballots(electorates),
        "list": Ballots({"nation": given["NZ_LEG_2014_PARTY_VOTE"]}, seats={"nation": 120 - len(electorates)}),
    }
    result = load_law("nz/house", on="2014-09-20").count(Tally(tiers))
    assert votelib.won(result.tiers["electorate"]) == direct
    assert votelib.won(result.seats) == whole


def test_new_zealand_2008_with_overhang() -> None:
    given, (whole,) = votelib.told(a_copy(), "test_real_mmp.py", "test_nz_leg_2008")
    won = [party for party, n in given["elect_res"].items() for _ in range(n)]
    tiers = {
        "electorate": Ballots({f"electorate {n}": {party: 1} for n, party in enumerate(won)}),
        "list": Ballots({"nation": given["NZ_LEG_2008_PARTY_VOTE"]}, seats={"nation": 120 - len(won)}),
    }
    result = load_law("nz/house", on="2008-11-08").count(Tally(tiers))
    assert votelib.won(result.seats) == whole
    assert sum(whole.values()) == 122


def test_bundestag_2017() -> None:
    copy = a_copy()
    people, _ = votelib.told(copy, "test_real_mmp.py", "get_de_bdt_evaluator")
    _, (whole, land) = votelib.told(copy, "test_real_mmp.py", "test_de_bdt_2017")
    first, second = votelib.two_votes(copy, "de_bdt_2017.csv")
    regions = {district: name for name, districts in first.items() for district in districts}
    direct = {district: votes for districts in first.values() for district, votes in districts.items()}
    lists = {
        name: {party: sum(votes[party] for votes in districts.values()) for party in next(iter(districts.values()))}
        for name, districts in second.items()
    }
    lists = {name: {party: n for party, n in votes.items() if n} for name, votes in lists.items()}
    totals = {name: {"population": n} for name, n in people["land_inhab"].items()}
    tiers = {"district": Ballots(direct, regions=regions), "list": Ballots(lists, totals)}
    result = load_law("de/bundestag", on="2017-09-24").count(Tally(tiers))
    assert votelib.won(result.seats) == whole
    here = dict(result.areas["list"]["Mecklenburg-Vorpommern"])
    for district in (name for name, where in regions.items() if where == "Mecklenburg-Vorpommern"):
        for party, n in result.areas["district"][district].items():
            here[party] = here.get(party, 0) + n
    assert votelib.won(here) == land


def elected(step: Elect | Rank, ballots: Ballots) -> list[str]:
    tally = Tally({"x": ballots})
    return [*step.apply(start(tally, ballots, "x", 1, {}, done={}, decisions={}, trail=())).placed]


def test_the_president_of_mexico_2018() -> None:
    given, _ = votelib.told(a_copy(), "test_real_majority.py", "test_mex_prez_2018")
    most = max(given["votes"], key=given["votes"].__getitem__)
    assert elected(Elect(rule="plurality", cite="x"), Ballots({"nation": given["votes"]})) == [most]


def test_czech_senators_2018_elected_in_the_first_round_or_not() -> None:
    majority = Elect(rule="majority", of="list_votes", cite="x")
    given, (expected,) = votelib.told(a_copy(), "test_real_runoff.py", "test_cz_sen_2018_20")
    assert elected(majority, Ballots({"nation": given["votes"]})) == expected
    given, (expected,) = votelib.told(a_copy(), "test_real_runoff.py", "test_cz_sen_2018_68")
    with pytest.raises(RoundRequired) as second:
        elected(majority, Ballots({"nation": given["votes"]}))
    assert expected == []
    assert second.value.options == tuple(sorted(given["votes"], key=given["votes"].__getitem__)[-2:][::-1])


@pytest.mark.parametrize(
    ("file", "test", "winner"),
    [
        ("test_real_stv.py", "test_ie_pres_1990", "Mary Robinson"),
        ("test_real_burlington.py", "test_burl_2009_irv", "Kiss"),
    ],
)
def test_one_seat_by_transfers(file: str, test: str, winner: str) -> None:
    given, (expected,) = votelib.told(a_copy(), file, test)
    votes = given.get("votes") or given["BURL_2009_VOTES"]
    names = {name for ballot in votes for name in ballot}
    ballots = Ballots({"nation": dict.fromkeys(sorted(names), 0)}, rankings={"nation": votes})
    assert elected(Rank(rule="alternative", cite="x"), ballots) == expected == [winner]
