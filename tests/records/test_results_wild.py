"""Tables as commissions publish them: layers of columns, codes, envelopes, names in parts, lists inside of records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter

from sailau.law.library import load_law
from sailau.records.library import load_election
from sailau.records.results import Reading, read_results
from sailau.records.results.problems import FaultyResults
from sailau.runs.from_file import decreed
from sailau.terms.errors import Invalid, InvalidLaw

LAYERS = """Office of Elections;;;;;;;;;;;;;;
No;Area;Voters;;;;Valid;;;;Oak;;;;Elm;;;
;;First votes;;Second votes;;First votes;;Second votes;;First votes;;Second votes;;First votes;;Second votes;
;;Final;Previous;Final;Previous;Final;Previous;Final;Previous;Final;Previous;Final;Previous;Final;Previous;Final;Previous
1;Ash;50;40;50;40;30;20;31;20;20;11;10;9;10;9;21;11
2;Bay;60;40;60;40;40;20;41;20;15;12;22;9;25;8;19;11
901;Northland;110;80;110;80;70;40;72;40;35;23;32;18;35;17;40;22
3;Cove;70;40;70;40;50;20;51;20;28;13;20;9;22;7;31;11
4;Dale;80;40;80;40;60;20;61;20;29;14;33;9;31;6;28;11
902;Southland;150;80;150;80;110;40;112;40;57;27;53;18;53;13;59;22
999;Whole;260;160;260;160;180;80;184;80;92;50;85;36;88;30;99;44
"""


def written(tmp_path: Path, text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def roles(reading: Reading) -> list[str]:
    return [column.role for column in reading.layout.columns]


def test_two_kinds_of_votes_and_the_last_election_over_each_party_are_told_apart(tmp_path: Path) -> None:
    reading = read_results(written(tmp_path, LAYERS))
    assert reading.tally.tiers["district"].votes == {
        "Ash": {"Oak": 20, "Elm": 10},
        "Bay": {"Oak": 15, "Elm": 25},
        "Cove": {"Oak": 28, "Elm": 22},
        "Dale": {"Oak": 29, "Elm": 31},
    }
    assert reading.tally.tiers["list"].votes["Bay"] == {"Oak": 22, "Elm": 19}
    assert reading.tally.tiers["list"].totals["Bay"]["valid"] == 41
    lands = {"Ash": "Northland", "Bay": "Northland", "Cove": "Southland", "Dale": "Southland"}
    assert lands in reading.above.values()


def test_a_layer_at_fault_keeps_its_place_in_the_file(tmp_path: Path) -> None:
    broken = LAYERS.replace("2;Bay;60;40;60;40;40;20;41;20;15;12;22", "2;Bay;60;40;60;40;40;20;41;20;15;12;x2")
    with pytest.raises(FaultyResults) as refusal:
        read_results(written(tmp_path, broken))
    found = [p for p in refusal.value.problems if p.code == "E101"]
    assert [(p.place.line, p.place.column) for p in found] == [(6, 13)]


def test_votes_of_this_election_only_where_one_kind_stands_beside_the_last_one(tmp_path: Path) -> None:
    text = "area;Oak;;Elm;\n;Final;Previous;Final;Previous\nAsh;5;50;7;70\nBay;6;60;8;80\n"
    reading = read_results(written(tmp_path, text))
    assert reading.tally.tiers["list"].votes == {"Ash": {"Oak": 5, "Elm": 7}, "Bay": {"Oak": 6, "Elm": 8}}


def test_columns_in_words_nobody_knows_are_no_contenders_where_the_others_add_up_to_one_of_them(tmp_path: Path) -> None:
    rows = ["plax;grok;blem;frip;zund;Oak;Elm;Fir;Yew"]
    for i, (a, b, c, d) in enumerate([(9, 4, 1, 3), (8, 8, 0, 2), (7, 1, 5, 5), (3, 6, 2, 9), (2, 9, 9, 1)]):
        valid = a + b + c + d
        rows.append(f"Town {i};{valid * 2};{valid + 3};3;{valid};{a};{b};{c};{d}")
    reading = read_results(written(tmp_path, "\n".join(rows)))
    assert reading.tally.tiers["list"].votes["Town 0"] == {"Oak": 9, "Elm": 4, "Fir": 1, "Yew": 3}
    assert reading.tally.tiers["list"].totals["Town 0"]["valid"] == 17
    assert [p.code for p in reading.problems if "grok" in p.what] == ["W203"] or "frip" in str(reading.problems)


def test_a_hebrew_table_in_the_code_of_windows_is_read_by_its_words(tmp_path: Path) -> None:
    text = "שם ישוב,בזב,מצביעים,פסולים,כשרים,אא,בב\nעיר,90,50,2,48,30,18\nכפר,80,40,1,39,20,19\n"
    reading = read_results(written(tmp_path, text, encoding="cp1255"))
    assert reading.tally.tiers["list"].votes == {"עיר": {"אא": 30, "בב": 18}, "כפר": {"אא": 20, "בב": 19}}
    assert [p.code for p in reading.problems] == ["W201"]


def test_capitals_part_words_and_surname_and_given_name_are_one_person(tmp_path: Path) -> None:
    text = (
        "A title of the office [Event 7]\n"
        "StateAb,DivisionID,DivisionNm,CandidateID,Surname,GivenNm,PartyAb,PartyNm,OrdinaryVotes,PostalVotes,TotalVotes\n"
        "X,1,Bean,11,LEE,Ann,OAK,Oak,5,1,6\nX,1,Bean,12,LEE,Bob,,Independent,4,3,7\nX,1,Bean,13,ROY,Cy,,Independent,2,0,2\n"
        "X,2,Fell,14,LEE,Ann,OAK,Oak,9,1,10\nX,2,Fell,15,POE,Di,ELM,Elm,3,0,3\n"
    )
    reading = read_results(written(tmp_path, text))
    assert reading.tally.tiers["list"].votes["Bean"] == {"Ann LEE": 6, "Bob LEE": 7, "Cy ROY": 2}
    assert reading.tally.contenders["Di POE"].party == "Elm"
    assert reading.tally.contenders["Bob LEE"].kind == "independent"


def test_a_label_in_two_languages_with_a_dash_says_what_both_say(tmp_path: Path) -> None:
    text = "Electoral district;Political affiliation - Party;Votes obtained - Votes received\nA;x;5\nA;y;6\n"
    reading = read_results(written(tmp_path, text))
    assert reading.tally.tiers["list"].votes == {"A": {"x": 5, "y": 6}}


def test_districts_of_one_number_in_two_states_are_two(tmp_path: Path) -> None:
    text = (
        "year,state,office,district,candidate,party,candidatevotes\n"
        "2018,Ohio,US HOUSE,1,Ann,Oak,5\n2018,Ohio,US HOUSE,1,Bob,Elm,4\n2018,Ohio,US HOUSE,2,Eve,Elm,7\n"
        "2018,Utah,US HOUSE,1,Cy,Oak,3\n2018,Utah,US HOUSE,1,Di,Elm,9\n"
    )
    reading = read_results(written(tmp_path, text))
    assert reading.tally.tiers["US HOUSE"].votes == {
        "Ohio / 1": {"Ann": 5, "Bob": 4},
        "Ohio / 2": {"Eve": 7},
        "Utah / 1": {"Cy": 3, "Di": 9},
    }


def test_stations_are_added_up_to_the_districts_that_elect_one_person(tmp_path: Path) -> None:
    text = (
        "constituency,polling station,candidate,votes\nNorth,N1,Ann,5\nNorth,N1,Bob,4\nNorth,N2,Ann,1\nNorth,N2,Bob,7\n"
        "South,S1,Cy,3\nSouth,S1,Di,9\nSouth,S2,Cy,8\nSouth,S2,Di,1\n"
    )
    law = load_law("gb/commons")
    reading = read_results(written(tmp_path, text), tier="constituency")
    tier = law.tiers[0].name
    reading = read_results(written(tmp_path, text), tier=tier)
    tally, notes = decreed(reading.tally, law, None, above=reading.above)
    assert tally.tiers[tier].votes == {"North": {"Ann": 6, "Bob": 11}, "South": {"Cy": 11, "Di": 10}}
    assert any("'constituency'" in note for note in notes)


def test_districts_of_one_name_that_elect_different_persons_are_not_added_up(tmp_path: Path) -> None:
    text = "state,district,candidate,votes\nOhio,1,Ann,5\nOhio,2,Bob,4\nUtah,1,Cy,3\nUtah,1,Di,9\n"
    law = load_law("gb/commons")
    tier = law.tiers[0].name
    reading = read_results(written(tmp_path, text), tier=tier)
    tally, _ = decreed(reading.tally, law, None, above=reading.above)
    assert set(tally.tiers[tier].votes) == {"Ohio / 1", "Ohio / 2", "Utah / 1"}


def test_votes_by_post_where_nobody_is_registered_are_counted_and_told_once(tmp_path: Path) -> None:
    text = "district;registered;voters;A;B\nNorth;90;50;30;20\nPost;0;7;4;3\nAbroad;0;5;1;4\n"
    reading = read_results(written(tmp_path, text))
    assert reading.tally.tiers["list"].votes["Post"] == {"A": 4, "B": 3}
    assert [(p.code, p.place.line) for p in reading.problems] == [("W218", 3)]
    with pytest.raises(FaultyResults):
        read_results(written(tmp_path, text.replace("Post;0", "Post;3")))


def test_what_arithmetic_of_a_program_leaves_behind_a_count_is_no_fraction(tmp_path: Path) -> None:
    text = "district\tA\tB\nNorth\t81034.00000000003\t1182775.9999999998\nSouth\t5.0\t7\n"
    assert read_results(written(tmp_path, text)).tally.tiers["list"].votes["North"] == {"A": 81034, "B": 1182776}
    with pytest.raises(FaultyResults):
        read_results(written(tmp_path, text.replace("81034.00000000003", "81034.00003")))


def test_rows_of_one_district_are_named_by_the_codes_beside_it(tmp_path: Path) -> None:
    rows = [f"East,{10 + i // 5},0{i},{i},{i + 1},{i + 2}" for i in range(10)]
    text = "region,town_id,booth_id,Oak,Elm,Fir\n" + "\n".join(rows)
    reading = read_results(written(tmp_path, text))
    votes = reading.tally.tiers["list"].votes
    assert len(votes) == 10
    assert sum(its["Elm"] for its in votes.values()) == sum(range(1, 11))
    assert any(p.code == "W204" for p in reading.problems)


def test_a_code_with_zeros_in_front_is_no_count(tmp_path: Path) -> None:
    rows = [f"0{i + 1}0{i}0{i},Town {i % 4},Party {i // 4},{3 * i + 5}" for i in range(8)]
    text = "geo,place,what,how many\n" + "\n".join(rows)
    reading = read_results(written(tmp_path, text))
    assert reading.tally.tiers["list"].votes["Town 0"] == {"Party 0": 5, "Party 1": 17}


@pytest.mark.parametrize(
    "inside",
    [
        {"Oak": {"votes": 5}, "Elm": {"votes": 7}},
        [{"party": "Oak", "votes": 5}, {"party": "Elm", "votes": 7}],
        {"Oak": 5, "Elm": 7},
    ],
)
def test_lists_inside_of_records_are_opened(tmp_path: Path, inside: object) -> None:
    text = json.dumps([{"district": "A", "electorate": 90, "results": inside}, {"district": "B", "results": inside}])
    reading = read_results(written(tmp_path, text, "table.json"))
    assert reading.tally.tiers["list"].votes == {"A": {"Oak": 5, "Elm": 7}, "B": {"Oak": 5, "Elm": 7}}
    assert reading.tally.tiers["list"].totals["A"] == {"registered": 90}


def test_a_thousand_faults_of_one_kind_are_five_in_the_message(tmp_path: Path) -> None:
    text = "party;votes\n" + "\n".join(f"A;{n}" for n in range(1, 1001)) + "\nB;x\n"
    with pytest.raises(FaultyResults) as refusal:
        read_results(written(tmp_path, text))
    said = str(refusal.value)
    assert said.count("E111") == 5
    assert "E101" in said
    assert "and 994 more" in said


def test_a_row_over_its_parts_is_their_sum_and_names_where_they_lie(tmp_path: Path) -> None:
    text = "area,Oak,Elm\nNorth,9,5\nN1,4,3\nN2,5,2\nSouth,8,9\nS1,1,4\nS2,3,3\nS3,4,2\nWhole,17,14\n"
    reading = read_results(written(tmp_path, text))
    votes = reading.tally.tiers["list"].votes
    assert set(votes) == {"N1", "N2", "S1", "S2", "S3"}
    assert {"N1": "North", "N2": "North", "S1": "South", "S2": "South", "S3": "South"} in reading.above.values()
    assert {p.code for p in reading.problems} == {"W216"}
    loose = read_results(written(tmp_path, text.replace("North,9,5", "North,9,6").replace("Whole,17,14\n", "")))
    assert "North" in loose.tally.tiers["list"].votes


def stations(wrong: int) -> str:
    rows = ["town,entitled folk,early birds,valid votes,Oak,Elm,Fir"]
    for i in range(20):
        oak, elm, fir = 100 + 7 * i, 80 + 3 * i, 60 + i * i
        rows.append(f"T{i},{900 + i},{40 + i},{oak + elm + fir + (2 if i < wrong else 0)},{oak},{elm},{fir}")
    return "\n".join(rows) + "\n"


def test_protocols_that_miss_their_sums_by_little_still_tell_who_stands(tmp_path: Path) -> None:
    path = written(tmp_path, stations(wrong=6))
    with pytest.raises(FaultyResults) as refusal:
        read_results(path)
    assert {p.code for p in refusal.value.problems if p.is_error} == {"E112"}
    reading = read_results(path, roles={"D": "left_out"})
    assert set(reading.tally.tiers["list"].votes["T0"]) == {"Oak", "Elm", "Fir"}


def test_voters_of_a_kind_are_no_contenders_and_free_voters_are(tmp_path: Path) -> None:
    text = "district,special voters,votes by 12,num ballots,Oak,Free Voters\nA,40,12,30,10,19\nB,50,11,30,11,18\n"
    assert read_results(written(tmp_path, text)).tally.tiers["list"].votes["A"] == {"Oak": 10, "Free Voters": 19}


def test_a_file_of_many_offices_says_what_to_type(tmp_path: Path) -> None:
    text = "office,district,candidate,votes\nHouse,1,Ann,5\nHouse,1,Bob,4\nMayor,1,Cy,3\nMayor,1,Di,9\n"
    law = load_law("gb/commons")
    with pytest.raises(InvalidLaw) as refusal:
        law.count(decreed(read_results(written(tmp_path, text)).tally, law, None)[0])
    assert "--where COLUMN=VALUE" in str(refusal.value)
    one = read_results(written(tmp_path, text), where={"office": "House"})
    assert law.count(decreed(one.tally, law, None)[0]).seats["Ann"] == 1


def test_a_district_with_its_name_in_a_second_language_is_known_by_its_beginning(tmp_path: Path) -> None:
    law = load_law("no/storting", on="2021-09-13")
    tier = law.tiers[0].name
    election = load_election("no/storting/2021-09-13")
    areas = list(election.tally.tiers[tier].votes)
    text = "district;party;votes\n" + "".join(f"{area};Oak;{9 + i}\n" for i, area in enumerate(areas))
    reading = read_results(written(tmp_path, text.replace("troms;", "Troms Romsa;")), tier=tier)
    tally, notes = decreed(reading.tally, law, "2021-09-13", above=reading.above)
    assert set(tally.tiers[tier].votes) == set(areas)
    assert any("'Troms Romsa'" in note for note in notes)
    twice = text.replace("troms;", "Troms Romsa;").replace("oslo;", "Troms Nord;")
    with pytest.raises(Invalid):
        decreed(read_results(written(tmp_path, twice), tier=tier).tally, law, "2021-09-13")


def workbook(path: Path, names: list[str], *, head: str = "party") -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for i, name in enumerate(names):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [head, "votes"])
            sheet.write_row(1, 0, ["Oak", 10 + i])
            sheet.write_row(2, 0, ["Elm", 20 + i])
    return path


def test_a_district_a_sheet_is_read_whole(tmp_path: Path) -> None:
    reading = read_results(workbook(tmp_path / "a.xlsx", ["North", "South", "West"]))
    assert reading.tally.tiers["list"].votes == {
        "North": {"Oak": 10, "Elm": 20},
        "South": {"Oak": 11, "Elm": 21},
        "West": {"Oak": 12, "Elm": 22},
    }
    assert [p.code for p in reading.problems] == ["W206"]


@pytest.mark.parametrize("names", [["North", "South"], ["2015", "2019", "2023"], ["Round 1", "Round 2", "Round 3"]])
def test_sheets_of_rounds_and_years_are_not_added_up(tmp_path: Path, names: list[str]) -> None:
    reading = read_results(workbook(tmp_path / "a.xlsx", names))
    assert reading.tally.tiers["list"].votes == {"nation": {"Oak": 10, "Elm": 20}}


def test_a_fault_in_one_of_the_sheets_is_told_with_its_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, votes in (("North", 5), ("South", "five"), ("West", 6)):
            book.add_worksheet(name).write_row(0, 0, ["party", "votes"])
            book.get_worksheet_by_name(name).write_row(1, 0, ["Oak", votes])
            book.get_worksheet_by_name(name).write_row(2, 0, ["Elm", 7])
    with pytest.raises(FaultyResults) as refusal:
        read_results(path)
    assert [(p.code, p.place.sheet, p.place.line) for p in refusal.value.problems if p.is_error] == [
        ("E101", "South", 2)
    ]


def test_names_of_districts_beside_their_codes_are_known_to_the_law_too(tmp_path: Path) -> None:
    text = "district,name,party,votes\nG1,North,Oak,5\nG1,North,Elm,6\nG2,South,Oak,7\nG2,South,Elm,8\n"
    reading = read_results(written(tmp_path, text))
    assert reading.above["name"] in ({"G1": "North", "G2": "South"}, {"North": "North", "South": "South"})


def test_changes_since_the_last_election_are_no_votes(tmp_path: Path) -> None:
    rows = [f"T{i},{50 + i},{40 + 2 * i},{'-' if i % 3 else ''}{i}.{i + 1}" for i in range(9)]
    text = "district,Oak,Elm,moved\n" + "\n".join(rows)
    assert read_results(written(tmp_path, text)).tally.tiers["list"].votes["T0"] == {"Oak": 50, "Elm": 40}


def test_what_is_another_in_each_row_of_a_district_is_the_contender(tmp_path: Path) -> None:
    rows = [f"T{i // 2},{'Oak' if i % 2 else 'Elm'},{9 + i},updated at noon" for i in range(8)]
    text = "district,what,votes,when\n" + "\n".join(rows)
    assert read_results(written(tmp_path, text)).tally.tiers["list"].votes["T0"] == {"Elm": 9, "Oak": 10}


@pytest.mark.parametrize(
    ("name", "known"), [("Troms/Romsa", True), ("Troms/Oslo", False), ("Romsa/Tromssa", False), ("/Troms", True)]
)
def test_a_district_in_two_languages_is_known_by_either(tmp_path: Path, name: str, known: bool) -> None:
    law = load_law("no/storting", on="2021-09-13")
    tier = law.tiers[0].name
    areas = list(load_election("no/storting/2021-09-13").tally.tiers[tier].votes)
    text = "district;party;votes\n" + "".join(f"{area};Oak;{9 + i}\n" for i, area in enumerate(areas))
    reading = read_results(written(tmp_path, text.replace("troms;", f"{name};")), tier=tier)
    if known:
        tally, _ = decreed(reading.tally, law, "2021-09-13", above=reading.above)
        assert set(tally.tiers[tier].votes) == set(areas)
    else:
        with pytest.raises(Invalid):
            decreed(reading.tally, law, "2021-09-13", above=reading.above)


def test_two_spellings_of_one_district_do_not_take_each_others_place(tmp_path: Path) -> None:
    law = load_law("no/storting", on="2021-09-13")
    tier = law.tiers[0].name
    areas = list(load_election("no/storting/2021-09-13").tally.tiers[tier].votes)
    text = "district;party;votes\n" + "".join(f"{area};Oak;{9 + i}\n" for i, area in enumerate(areas))
    reading = read_results(written(tmp_path, text + "Sor-Trondelag;Oak;5\nSør-Trøndelag;Elm;5\n"), tier=tier)
    with pytest.raises(Invalid, match="both mean sor_trondelag"):
        decreed(reading.tally, law, "2021-09-13", above=reading.above)


def test_rows_over_rows_over_their_parts_are_no_areas(tmp_path: Path) -> None:
    text = (
        "area,Oak,Elm\nWhole,17,14\nNorth,9,5\nN1,4,3\nN2,5,2\nSouth,8,9\nS1,1,4\nS2,3,3\nS3,4,2\n"
        "Isle,30,9\nI1,11,4\nI2,19,5\n"
    )
    votes = read_results(written(tmp_path, text)).tally.tiers["list"].votes
    assert set(votes) == {"N1", "N2", "S1", "S2", "S3", "I1", "I2"}


def test_rows_of_three_levels_of_areas_are_refused_with_the_row_of_all(tmp_path: Path) -> None:
    """Regions stand before all districts, whose parts follow them, so that no sum stands beside its parts."""
    text = (
        "district;Oak;Elm\nAll;60;40\nNorth;25;17\nSouth;35;23\n"  # these two are told as its parts
        "Ash;10;7\nBay;20;15\nCove;15;10\nDale;15;8\n"
        "Ash 1;4;3\nBay 1;8;9\nCove 1;9;4\nDale 1;5;2\nAsh 2;6;4\nBay 2;12;6\nCove 2;6;6\nDale 2;10;6\n"
    )
    with pytest.raises(FaultyResults) as refusal:
        read_results(written(tmp_path, text))
    assert "table.csv:2: the rows hold all votes of 'All' 3 times over" in str(refusal.value)
    with pytest.raises(FaultyResults) as refusal:
        read_results(written(tmp_path, text.replace("South;35;23\n", "South;34;23\nPost;1;0\n")))
    assert "3 times over" in str(refusal.value)
    read_results(written(tmp_path, text.replace("Ash 1;4;3", "Ash 1;4;2")))
