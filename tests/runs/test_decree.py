"""A user's file of votes by district borrows the magnitudes of an election, and says so."""

import csv
import doctest
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from sailau.law.edition import Law
from sailau.law.library import load_law
from sailau.records.election import Election
from sailau.records.library import election_ids, load_election
from sailau.records.results import read_results
from sailau.runs import decree, from_file
from sailau.runs.from_file import decreed, main_tier, seats_given
from sailau.runs.replay import law_of
from sailau.seats.tier import by_region
from sailau.terms.errors import Invalid, MissingFigure, SeatsLeft
from sailau.terms.tally import NATION, Ballots, Tally


def written(tmp_path: Path, name: str, spell: str = "lower") -> Path:
    election = load_election(name)
    tier = next(iter(election.tally.tiers))
    path = tmp_path / "mine.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["district", "party", "votes"])
        for area, lines in election.tally.tiers[tier].votes.items():
            shown = area.replace("_", " ").title() if spell == "title" else area
            rows.writerows([shown, line, n] for line, n in lines.items())
    return path


def taken(path: Path, law: Law, day: str) -> tuple[Tally, list[str]]:
    tier = next(part.name for part in law.tiers if part.needs_votes)
    reading = read_results(path, tier=tier)
    return decreed(reading.tally, law, day, above=reading.above)


@pytest.mark.parametrize("spell", ["lower", "title"])
@pytest.mark.parametrize("name", ["no/storting/2017-09-11", "es/congreso/2016-06-26"])
def test_the_archives_own_votes_from_a_file(tmp_path: Path, name: str, spell: str) -> None:
    law_id, day = name.rsplit("/", 1)
    law = load_law(law_id, on=day)
    path = written(tmp_path, name, spell)
    tally, _ = taken(path, law, day)
    expected = law.count(load_election(name).tally).tiers
    counted = law.count(tally).tiers
    assert counted == {tier: expected[tier] for tier in counted}


def test_an_unknown_district_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("district,party,votes\nOslo,a,10\nOslo,b,5\nAtlantis,a,7\nAtlantis,b,9\n")
    law = load_law("no/storting", on="2017-09-11")
    with pytest.raises(Invalid, match="'Atlantis' is no district of no/storting/2017-09-11"):
        taken(path, law, "2017-09-11")


def _do_not_add_up(figures: Mapping[str, int]) -> bool:
    """Some sources contradict themselves; a user's file that does is refused."""
    parts = figures.get("valid", 0) + figures.get("invalid", 0)
    return figures.get("ballots") not in (None, parts, parts + figures.get("blank", 0))


def as_a_user_writes_it(election: Election, path: Path) -> None:
    """Write votes and figures of an election as rows, districts spelled with capitals and spaces."""
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["tier", "district", "party", "votes"])
        for tier, ballots in election.tally.tiers.items():
            for area, lines in ballots.votes.items():
                shown = "" if area == NATION else area.replace("_", " ").title()
                given = {**ballots.totals.get(area, {}), **lines}
                unnamed = given.get("valid", 0) - sum(n for line, n in lines.items() if line != "invalid")
                if unnamed > 0:
                    given["Others"] = given.get("Others", 0) + unnamed
                contradicts = {"valid"} if unnamed < 0 else {"invalid"} if _do_not_add_up(given) else set()
                told = {line: n for line, n in given.items() if line not in {"population", *contradicts}}
                rows.writerows([tier, shown, line, n] for line, n in told.items())
            if NATION not in ballots.votes:
                rows.writerows([tier, "", name, n] for name, n in ballots.totals.get(NATION, {}).items())


COUNTRIES = sorted({name.partition("/")[0] for name in election_ids()})


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_election_of_the_archive_comes_out_the_same_from_a_users_file(tmp_path: Path, country: str) -> None:
    for name in (name for name in election_ids() if name.startswith(f"{country}/")):
        election = load_election(name)
        if any(ballots.rankings for ballots in election.tally.tiers.values()):
            continue
        law = law_of(election)
        if election.tally.tiers.keys() - {tier.name for tier in law.tiers}:
            continue  # ballots for persons beside those for lists take a folder
        expected = law.count(election.tally, decisions=election.decisions)
        as_a_user_writes_it(election, tmp_path / "mine.csv")
        tally, _ = taken(tmp_path / "mine.csv", law, election.day.isoformat())
        for tier, ballots in election.tally.tiers.items():
            if NATION in ballots.seats and not tally.tiers[tier].seats:
                tally = seats_given(tally, tier, ballots.seats[NATION])
        counted = law.count(tally, decisions=election.decisions)
        assert {c: n for c, n in counted.seats.items() if n} == {c: n for c, n in expected.seats.items() if n}, name


def test_a_district_whose_region_nobody_knows_is_no_district_without_seats() -> None:
    law, election = load_law("de/bundestag", on="2009-09-27"), load_election("de/bundestag/2009-09-27")
    tiers = dict(election.tally.tiers)
    tiers["district"] = replace(tiers["district"], regions={})
    with pytest.raises(MissingFigure, match="the region of 001_flensburg_schleswig is not known"):
        law.count(replace(election.tally, tiers=tiers))


def test_regions_that_nobody_knows_are_asked_for_where_each_region_is_compensated() -> None:
    law = load_law("gb/scottish_parliament", on="2011-05-05")
    election = load_election("gb/scottish_parliament/2011-05-05")
    tiers = {name: replace(ballots, regions={}) for name, ballots in election.tally.tiers.items()}
    with pytest.raises(MissingFigure, match=r"the region of .* is not known"):
        law.count(replace(election.tally, tiers=tiers))


SPELLED = {"more_og_romsdal": "Møre og Romsdal", "sor_trondelag": "Sør-Trøndelag", "ostfold": "Østfold"}


def test_votes_of_small_areas_are_added_up_to_the_districts_of_the_law(tmp_path: Path) -> None:
    law, election = load_law("no/storting", on="2017-09-11"), load_election("no/storting/2017-09-11")
    rows = ["Fylkenavn;Kommunenavn;Partinavn;Antall stemmer"]
    for area, lines in election.tally.tiers["constituency"].votes.items():
        for line, n in lines.items():
            shown = SPELLED.get(area, area.replace("_", " ").title())
            rows += [f"{shown};{area} {half};{line};{n // 2 + half * (n % 2)}" for half in (0, 1)]
    path = tmp_path / "kommuner.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    tally, notes = taken(path, law, "2017-09-11")
    counted, expected = law.count(tally).tiers, law.count(election.tally).tiers
    assert counted["constituency"] == expected["constituency"]
    assert counted["levelling"] == expected["levelling"]
    assert notes[0] == "constituency: votes of 38 areas were added up to 19 by 'Fylkenavn'"


def test_districts_of_the_law_itself_are_known_by_their_names(tmp_path: Path) -> None:
    law, election = load_law("pl/sejm", on="2023-10-15"), load_election("pl/sejm/2023-10-15")
    tier = law.tiers[0].name
    spelled = {"wroclaw": "Wrocław", "lodz": "Łódź", "poznan": "Poznań", "bielsko_biala_27": "Bielsko-Biała 27"}
    rows = ["okręg;komitet;liczba głosów"]
    for area, lines in election.tally.tiers[tier].votes.items():
        rows += [f"{spelled.get(area, area)};{line};{n}" for line, n in lines.items()]
    path = tmp_path / "sejm.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    tally, _ = taken(path, law, "2023-10-15")
    assert set(tally.tiers[tier].votes) == set(election.tally.tiers[tier].votes)


def test_figures_of_a_district_need_all_its_parts() -> None:
    own = Ballots({"a1": {"x": 1}, "a2": {"x": 2, "y": 3}}, {"a1": {"valid": 1, "voters": 4}, "a2": {"valid": 5}})
    summed = by_region(replace(own, regions={"a1": "a", "a2": "a"}))
    assert summed.votes == {"a": {"x": 3, "y": 3}}
    assert summed.totals["a"] == {"valid": 6}


def test_a_line_for_several_lists_takes_no_seat_and_counts_for_the_bar(tmp_path: Path) -> None:
    law = load_law("kz/mazhilis", on="2023-03-19")
    path = tmp_path / "mine.csv"
    path.write_text("партия,голоса\nA,600\nC,100\nB,48\nПрочие,252\nчисло проголосовавших,1000\n", encoding="utf-8")
    tally, notes = taken(path, law, "2023-01-01")
    assert law.count(tally).tiers["list"] == {"A": 59, "C": 10}
    assert notes == ["'Прочие' is no one list: its 252 votes count for bars, not for seats"]


def test_others_in_a_district_of_one_seat_is_a_person(tmp_path: Path) -> None:
    law = load_law("gb/commons", on="2024-07-04")
    path = tmp_path / "mine.csv"
    path.write_text("constituency,party,votes\nX,Labour,10\nX,Other,20\nY,Labour,20\nY,Other,10\n", encoding="utf-8")
    tally, notes = taken(path, law, "2023-01-01")
    assert law.count(tally).seats == {"Labour": 1, "Other": 1}
    assert notes == ["district: 'Other' has most votes in X and is counted as one person"]


def test_the_example_of_the_docstring_holds() -> None:
    assert doctest.testmod(from_file).failed == 0


def test_each_tier_may_have_its_own_file(tmp_path: Path) -> None:
    law, election = load_law("de/bundestag", on="2009-09-27"), load_election("de/bundestag/2009-09-27")
    for tier, ballots in election.tally.tiers.items():
        with (tmp_path / f"{tier}.csv").open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(["Gebiet", "Partei", "Stimmen"])
            rows.writerows([area, line, n] for area, votes in ballots.votes.items() for line, n in votes.items())
    more = {"district": tmp_path / "district.csv"}
    found = from_file.read_votes(tmp_path / "list.csv", law, day="2009-09-27", tier="list", more=more)
    assert law.count(found.tally).seats == law.count(election.tally).seats
    with pytest.raises(Invalid, match="two files hold votes of list"):
        from_file.together([found.tally, found.tally])


def test_votes_that_name_no_tier_are_of_one_whose_votes_the_archive_knows() -> None:
    law = load_law("it/camera", on="2022-09-25")
    assert next(part.name for part in law.tiers if part.needs_votes) == "district"
    assert main_tier(law, "2022-09-25") == "list"
    assert main_tier(load_law("gb/commons", on="2019-12-12"), "2019-12-12") == "district"


def test_a_district_is_found_with_its_number_or_without() -> None:
    known = decree._Districts(["001_flensburg", "086_aachen_i", "087_aachen_ii", "210_x", "211_x"])
    assert [known.find(name) for name in ("Aachen – I", "086", "86", "087 Aachen II", "86 Aachen I")] == [
        "086_aachen_i", "086_aachen_i", "086_aachen_i", "087_aachen_ii", "086_aachen_i",
    ]  # fmt: skip
    assert known.find("X") is None  # there are two
    assert known.find("210") == "210_x"
    assert known.find("5") is None


def by_party(tmp_path: Path, name: str, tier: str, *, without: tuple[str, ...] = (), whole: bool = False) -> Path:
    """Write the votes of a tier as a plain table, without some districts or without naming any."""
    path, sums = tmp_path / "mine.csv", dict[str, int]()
    rows = [
        (area, line, n)
        for area, lines in load_election(name).tally.tiers[tier].votes.items()
        for line, n in lines.items()
        if area not in without
    ]
    for _, line, n in rows:
        sums[line] = sums.get(line, 0) + n
    told = [f"{line},{n}" for line, n in sums.items()] if whole else [f"{a},{line},{n}" for a, line, n in rows]
    path.write_text("\n".join(["party,votes" if whole else "district,party,votes", *told]), encoding="utf-8")
    return path


def test_a_district_that_the_file_lacks_is_named(tmp_path: Path) -> None:
    law = load_law("no/storting", on="2021-09-13")
    path = by_party(tmp_path, "no/storting/2021-09-13", "constituency", without=("akershus",))
    tally, notes = taken(path, law, "2021-09-13")
    assert "constituency: no votes of akershus (1 of the 19 districts of no/storting/2021-09-13)" in notes
    with pytest.raises(SeatsLeft, match="18 districts, which have 132 of its 150 seats: some district is missing"):
        law.count(tally)


def test_no_district_is_called_missing_where_all_are_there(tmp_path: Path) -> None:
    law = load_law("gb/scottish_parliament", on="2011-05-05")
    reading = read_results(by_party(tmp_path, "gb/scottish_parliament/2011-05-05", "region"), tier="region")
    _, notes = decreed(reading.tally, law, "2011-05-05")  # the law also has the regions of before 2011
    assert not [note for note in notes if "no votes of" in note]


def test_votes_without_districts_are_refused_where_each_is_counted_by_itself(tmp_path: Path) -> None:
    law = load_law("no/storting", on="2021-09-13")
    tally, _ = taken(by_party(tmp_path, "no/storting/2021-09-13", "constituency", whole=True), law, "2021-09-13")
    with pytest.raises(MissingFigure, match="the votes name no districts, and the law counts each district by itself"):
        law.count(tally)


def test_one_council_alone_needs_its_seats_and_no_district(tmp_path: Path) -> None:
    law = load_law("cz/obecni_zastupitelstva", on="2018-10-05")
    path = tmp_path / "mine.csv"
    path.write_text("party,votes\nA,600\nB,400\n")
    tally, _ = taken(path, law, "2018-10-05")
    with pytest.raises(MissingFigure, match="--seats"):
        law.count(tally)
    assert law.count(seats_given(tally, "councils", 5)).seats == {"A": 3, "B": 2}


@pytest.mark.parametrize(
    ("name", "tier", "whole"),
    [
        ("de/bundestag/2025-02-23", "list", False),
        ("gb/scottish_parliament/2011-05-05", "region", False),
        ("hu/orszaggyules/2018-04-08", "list", True),
    ],
)
def test_votes_for_lists_are_not_taken_for_those_of_districts(
    tmp_path: Path, name: str, tier: str, whole: bool
) -> None:
    law_id, day = name.rsplit("/", 1)
    law = load_law(law_id, on=day)
    path = by_party(tmp_path, name, tier, whole=whole)
    with pytest.raises(Invalid, match=f"--tier {tier}$"):
        taken(path, law, day)


def test_links_are_those_of_the_day_also_where_the_file_names_parties(tmp_path: Path) -> None:
    election, law = load_election("ch/nationalrat/2023-10-22"), load_law("ch/nationalrat", on="2023-10-22")
    path = tmp_path / "mine.csv"
    lines = ["district,contender,party,votes"]
    for area, votes in election.tally.tiers["list"].votes.items():
        lines += [f"{area},{line},{election.tally.contender(line).party or ''},{n}" for line, n in votes.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    tally, _ = decreed(read_results(path, tier="list").tally, law, "2023-10-22")
    assert law.count(tally).tiers["list"] == law.count(election.tally).tiers["list"]
    other, _ = decreed(read_results(path, tier="list").tally, law, "2027-10-24")
    assert not [mark for mark in other.contenders.values() if mark.apparentment]


def test_a_party_that_the_file_gives_stays(tmp_path: Path) -> None:
    law, election = load_law("nz/house", on="2014-09-20"), load_election("nz/house/2014-09-20")
    person = next(c for c, mark in election.tally.contenders.items() if mark.kind == "independent")
    path = tmp_path / "mine.csv"
    path.write_text(f"district,candidate,party,votes\nauckland_central,{person},mine,10\n")
    tally, _ = decreed(read_results(path, tier="electorate").tally, law, "2014-09-20")
    assert tally.contender(person).party == "mine"
