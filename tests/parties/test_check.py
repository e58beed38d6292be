"""A list of members held against a law: what fails, by how many, where, and when the party could stand."""

import csv
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from sailau.files.areas import load_areas_record
from sailau.parties.areas import Area
from sailau.parties.conditions import Facts, Signatures
from sailau.parties.judge import FAILS, HOLDS, is_met, judge
from sailau.parties.roll import Roll
from sailau.parties.schedule import schedule
from sailau.records.registers import load_areas, load_party_law
from sailau.records.registers_members import Members, read_members
from sailau.records.registers_problems import CODES, FaultyMembers
from sailau.records.registers_rows import as_day
from sailau.terms.errors import NotFound

DAY = date(2023, 1, 20)


def units(day: date = DAY) -> tuple[Area, ...]:
    areas = load_areas("kz")
    assert areas is not None
    return areas.on(day)


def write(path: Path, rows: Sequence[Sequence[str]], head: Sequence[str] = ("name", "region", "born")) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    return path


def roll(each: int, **other: int) -> Roll:
    return Roll({unit.id: other.get(unit.id, each) for unit in units()}, DAY)


def test_just_reaches_and_just_misses() -> None:
    law = load_party_law("kz/parties", on=DAY)
    enough = judge(law, roll(250), units())
    assert is_met(enough)
    one_short = judge(law, roll(250, ulytau=199), units())
    fails = [v for v in one_short if v.status == FAILS]
    assert [(v.area, v.missing) for v in fails] == [(None, 51), (None, 1), ("Ulytau region", 1)]
    exactly = judge(law, roll(251, ulytau=231), units())
    assert sum(roll(251, ulytau=231).members.values()) == 5_000
    assert is_met(exactly)


def test_areas_that_may_stay_below() -> None:
    """The law of 1996 asks for more than half of the regions, cities left aside."""
    law = load_party_law("kz/parties@1996-07-02")
    day = date(1999, 10, 10)
    regions = [unit.id for unit in units(day) if unit.kind == "region"]
    assert len(regions) == 14
    seven = Roll(dict.fromkeys(regions[:7], 400) | {"almaty_city": 400}, day)
    eight = Roll(dict.fromkeys(regions[:8], 400), day)
    assert not is_met(judge(law, seven, units(day)))
    assert is_met(judge(law, eight, units(day)))


def test_minors_cost_the_registration_however_many_others_there_are() -> None:
    law = load_party_law("kz/parties", on=DAY)
    members = dict.fromkeys((unit.id for unit in units()), 1_000)
    assert is_met(judge(law, Roll(members, DAY, duplicates=5), units()))
    assert not is_met(judge(law, Roll(members, DAY, minors=1), units()))
    assert is_met(
        judge(load_party_law("kz/parties@2002-07-15"), Roll(dict.fromkeys(members, 3200), DAY, minors=1), units())
    )


def test_a_ban_is_judged_where_the_ground_is_known() -> None:
    law = load_party_law("kz/parties", on=DAY)
    assert not is_met(judge(law, roll(300), units(), Facts(grounds=frozenset({"ethnic"}))))
    assert is_met(judge(law, roll(300), units(), Facts(grounds=frozenset())))
    old = load_party_law("kz/parties@1996-07-02")
    assert is_met(judge(old, roll(300), units(), Facts(grounds=frozenset({"ethnic"}))))


def test_founders_need_number_and_spread() -> None:
    law = load_party_law("kz/parties", on=DAY)
    names = [unit.id for unit in units()]

    def verdict(group: dict[str, int]) -> str:
        return judge(law, roll(300), units(), Facts(founders=group))[0].status

    assert verdict(dict.fromkeys(names[:14], 50)) == HOLDS
    assert verdict(dict.fromkeys(names[:13], 60)) == FAILS
    assert verdict(dict.fromkeys(names[:14], 49)) == FAILS


def test_the_days_of_2023() -> None:
    law = load_party_law("kz/parties", on=DAY)
    plan = schedule(law, DAY)
    assert (plan.ready, plan.ready_answered) == (DAY, date(2023, 2, 20))
    assert (plan.election, plan.election_answered) == (date(2023, 3, 1), date(2023, 4, 1))
    assert plan.margin(date(2023, 3, 19)) == 18
    assert plan.margin(date(2023, 2, 28)) == -1 and plan.margin(plan.election) == 0
    by_name = {step.stage.stage: step for step in plan.steps}
    assert by_name["congress"].latest == date(2023, 4, 20)
    assert by_name["expiry"].latest == date(2023, 8, 20)


@pytest.mark.parametrize(("registered", "missed"), [(date(2023, 8, 20), False), (date(2023, 8, 21), True)])
def test_the_last_day_is_still_in_time(registered: date, missed: bool) -> None:
    law = load_party_law("kz/parties", on=DAY)
    plan = schedule(law, DAY, done={"notification": DAY, "registration": registered})
    assert next(step for step in plan.steps if step.stage.stage == "expiry").missed is missed


def test_a_stage_that_the_law_does_not_have_is_named() -> None:
    law = load_party_law("kz/parties", on=DAY)
    with pytest.raises(NotFound, match="no stage 'congres'") as caught:
        schedule(law, DAY, {"congres": DAY})
    assert caught.value.near[0] == "congress"
    assert f"sailau parties law show {law} lists them" in str(caught.value)


def test_what_is_done_moves_the_rest() -> None:
    law = load_party_law("kz/parties", on=DAY)
    done = {"notification": date(2022, 12, 1), "congress": date(2023, 3, 2)}
    plan = schedule(law, date(2023, 3, 10), done)
    by_name = {step.stage.stage: step for step in plan.steps}
    assert by_name["congress"].missed and by_name["congress"].latest == date(2023, 3, 1)
    assert by_name["filing"].latest == date(2023, 7, 2)
    assert plan.ready == date(2023, 3, 10)


def test_a_list_with_all_its_faults(tmp_path: Path) -> None:
    rows = [
        ("Abay K", "Astana", "1980-01-01"),
        ("Abay K", "Astana", "1980-01-01"),  # twice
        ("Аbay K", "Astana", "1980-01-01"),  # a Cyrillic letter
        ("Abay K", "Astana", "1981-01-01"),  # somebody else
        ("Young P", "Astana", "2005-01-21"),  # 17 on the day
        ("Grown P", "Astana", "2005-01-20"),  # 18 on the day
        ("No B", "Astana", ""),
    ]
    read = read_members(write(tmp_path / "m.csv", rows), on=DAY, areas=load_areas("kz"), least_age=18)
    assert read.roll.members == {"astana": 4}
    assert (read.roll.duplicates, read.roll.minors) == (2, 1)
    assert [p.code for p in read.problems if p.code != "W808"] == ["W801", "W802", "W805", "W803", "W807"]
    assert all(problem.code in CODES for problem in read.problems)


FAULTS = [
    (("", "Astana", "1980-01-01"), "E701"),
    (("A B", "", "1980-01-01"), "E702"),
    (("A B", "Astna", "1980-01-01"), "E703"),
    (("A B", "South Kazakhstan", "1980-01-01"), "E704"),
    (("A B", "Astana", "31.02.1980"), "E705"),
    (("A B", "Astana", "2024-01-01"), "E705"),
    (("A B", "Astana", "1801-01-01"), "E705"),
    (("A B", "Astana"), "E706"),
]


@pytest.mark.parametrize(("row", "code"), FAULTS)
def test_a_fault_stops_the_reading_or_costs_its_row(tmp_path: Path, row: tuple[str, ...], code: str) -> None:
    path = write(tmp_path / "m.csv", [("C D", "Astana", "1980-01-01"), row])
    with pytest.raises(FaultyMembers) as caught:
        read_members(path, on=DAY, areas=load_areas("kz"))
    assert [p.code for p in caught.value.problems if p.is_error] == [code]
    assert caught.value.problems[-1].place.line == 3
    kept = read_members(path, on=DAY, areas=load_areas("kz"), keep_good=True)
    assert kept.roll.total == 1


def test_regions_of_another_year_are_refused_with_a_hint(tmp_path: Path) -> None:
    path = write(tmp_path / "m.csv", [("A B", "Abai region", "1980-01-01")] * 2)
    with pytest.raises(FaultyMembers, match="before that day it was part of East Kazakhstan region"):
        read_members(path, on=date(2022, 6, 7), areas=load_areas("kz"))
    assert read_members(path, on=date(2022, 6, 8), areas=load_areas("kz")).roll.members == {"abai": 1}
    old = write(tmp_path / "old.csv", [("A B", "ЮКО", "1980-01-01")])
    with pytest.raises(FaultyMembers, match="since then there is Turkistan region and Shymkent"):
        read_members(old, on=DAY, areas=load_areas("kz"))


@pytest.mark.parametrize("text", ["", "name,region,born\n", "a,b\n1,2\n", "name\nA B\n"])
def test_no_list_at_all(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyMembers):
        read_members(path, on=DAY, areas=load_areas("kz"))


def test_headings_in_three_languages(tmp_path: Path) -> None:
    for head, region in (
        (("ФИО", "Область", "Дата рождения"), "г. Алматы"),
        (("аты-жөні", "облыс", "туған күні"), "Алматы қаласы"),
        (("Full name", "Region", "Date of birth"), "Almaty"),
    ):
        read = read_members(
            write(tmp_path / "m.csv", [("A B", region, "01.02.1980")], head), on=DAY, areas=load_areas("kz")
        )
        assert read.roll.members == {"almaty_city": 1}


def test_citizens(tmp_path: Path) -> None:
    head = ("name", "region", "citizen")
    path = write(
        tmp_path / "m.csv", [("A B", "Astana", "да"), ("C D", "Astana", "нет"), ("E F", "Astana", "yes")], head
    )
    read = read_members(path, on=DAY, areas=load_areas("kz"))
    assert (read.roll.total, read.roll.foreigners, read.roll.citizens_known) == (2, 1, True)


def test_days_as_people_write_them() -> None:
    assert as_day("1985-07-31") == as_day("31.07.1985") == date(1985, 7, 31)
    assert as_day("31/07/1985") is None and as_day("1985") is None and as_day("") is None


def run(*words: str) -> subprocess.CompletedProcess[str]:
    code = "from sailau.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, "parties", *words], capture_output=True, text=True, timeout=120
    )


def test_the_command(tmp_path: Path) -> None:
    rows = [(f"N {unit.id} {i}", unit.name, "1980-01-01") for unit in units() for i in range(250)]
    good = write(tmp_path / "good.csv", rows)
    done = run("check", str(good), "--law", "kz/parties", "--on", "2023-01-20", "--election", "2023-03-19", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["law"] == "kz/parties@2022-11-05" and told["members"] == 5_000
    assert told["election"] == {"earliest": "2023-03-01", "answered": "2023-04-01"}
    bad = write(tmp_path / "bad.csv", rows[60:])
    done = run("check", str(bad), "--law", "kz/parties", "--on", "2023-01-20")
    assert done.returncode == 1
    assert "fails: members in all: 60 missing" in done.stderr
    assert "fails: members in Akmola region: 10 missing" in done.stderr
    assert (
        run("check", str(good), "--law", "kz/parties", "--on", "2023-01-20", "--election", "2023-02-20").returncode == 1
    )
    assert run("check", str(good), "--law", "kz/parties", "--on", "2021-01-20").returncode == 4
    assert run("check", str(good), "--law", "kz/partis", "--on", "2023-01-20").returncode == 3
    assert run("check", str(good), "--law", "kz/parties", "--on", "20.01.2023").returncode == 2
    assert run("check", str(tmp_path / "none.csv"), "--law", "kz/parties", "--on", "2023-01-20").returncode == 3


def test_the_difference_says_how_the_bar_moved() -> None:
    done = run("law", "diff", "kz/parties@2002-07-15", "kz/parties@2022-11-05")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert ["members in all", "50,000", "5,000"] in [row[:3] for row in rows]
    assert ["part tied to areas", "22%", "80%"] in [row[:3] for row in rows]


def test_a_number_of_its_own_in_each_area(tmp_path: Path) -> None:
    """Germany: the signatures that a list of a new party needs in its Land."""
    law, areas = load_party_law("de/parties"), load_areas("de")
    assert areas is not None
    on = date(2017, 6, 1)
    for number, met in ((483, False), (484, True)):
        path = write(tmp_path / "m.csv", [(f"N {i}", "Bremen", "1980-01-01") for i in range(number)])
        read = read_members(path, on=on, areas=areas)
        assert is_met(judge(law, read.roll, areas.on(on))) is met
    bavarian = write(tmp_path / "b.csv", [(f"N {i}", "Bavaria", "1980-01-01") for i in range(1_999)])
    assert not is_met(judge(law, read_members(bavarian, on=on, areas=areas).roll, areas.on(on)))


def test_many_areas_are_told_in_one_sentence() -> None:
    from sailau.report.party_checks import check_sentences

    law = load_party_law("kz/parties", on=DAY)
    told = check_sentences(judge(law, roll(199, ulytau=10), units()))
    assert "fails: members in 20 areas: 209 missing, most in Ulytau region (pl 10(6), 8(1)-(2))" in told
    assert len([line for line in told if line.startswith("fails")]) == 3


COUNTS = "region,members\n" + "".join(f"{unit.name},260\n" for unit in units(DAY))


def counted(tmp_path: Path, text: str) -> Members:
    path = tmp_path / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return read_members(path, on=DAY, areas=load_areas("kz"), least_age=18)


@pytest.mark.parametrize(
    "text",
    [
        COUNTS,
        COUNTS.replace("region,members", "Область;Число членов").replace(",260", ";260") + "Итого;5 200\n",
        "Облыс\tМүшелер саны\n" + "".join(f"{unit.names[-1]}\t260\n" for unit in units(DAY)),
    ],
)
def test_members_can_be_counted_by_region(tmp_path: Path, text: str) -> None:
    read = counted(tmp_path, text)
    assert read.roll.members == {unit.id: 260 for unit in units(DAY)}
    assert (read.roll.total, read.roll.rows, read.roll.ages_known) == (5200, 5200, False)
    assert [p.code for p in read.problems] == ["W809"]
    told = judge(load_party_law("kz/parties", on=DAY), read.roll, units(DAY))
    assert [v.status for v in told if "minors" in v.condition] == ["not in the file"]


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        ("Akmola region,4", "E709", "22:1: E709 'Akmola region' stands in row 2 already"),
        ("Total,5201", "E710", "22:2: E710 the total says 5,201; the regions add up to 5,200"),
        ("Atlantis,4", "E703", "22:1: E703 'Atlantis' is no region known here"),
        ("South Kazakhstan,4", "E704", "22:1: E704"),
        ("Abai,-4", "E708", "22:2: E708 -4 is negative"),
        ("Abai,", "E708", "22:2: E708 the cell is empty"),
        ("Abai,12%", "E708", "22:2: E708 12% is a percentage"),
        ("Abai,1.5", "E708", "22:2: E708 1.5 is no whole number"),
    ],
)
def test_counts_that_cannot_be_are_refused_by_cell(tmp_path: Path, row: str, code: str, words: str) -> None:
    with pytest.raises(FaultyMembers) as caught:
        counted(tmp_path, COUNTS + row + "\n")
    assert code in CODES
    assert [p.code for p in caught.value.problems if p.is_error] == [code]
    assert words in str(caught.value)


def test_one_number_is_one_person_whatever_the_name_and_birth(tmp_path: Path) -> None:
    head = ("name", "region", "born", "иин")
    rows = [
        ("A B", "Akmola", "1980-01-01", "7"),
        ("C D", "Abai", "1981-01-01", "7"),
        ("C D", "Abai", "1981-01-01", "8"),
    ]
    read = read_members(write(tmp_path / "m.csv", rows, head), on=DAY, areas=load_areas("kz"))
    assert read.roll.members == {"akmola": 1, "abai": 1}
    (twice,) = (p for p in read.problems if p.code == "W801")
    assert twice.what == "the number 7 of C D stands in row 2 already for A B; counted once"


@pytest.mark.parametrize("code", ["iso", "kato"])
def test_codes_of_regions_are_names_of_their_time(tmp_path: Path, code: str) -> None:
    """KZ-61 is Turkistan since 2018 and was South Kazakhstan before."""
    record = load_areas_record("kz").units
    there = list(units(DAY))
    rows = [("A B", getattr(record[unit.id], code), f"19{k + 50}-01-01") for k, unit in enumerate(there)]
    path = write(tmp_path / "m.csv", rows)
    assert read_members(path, on=DAY, areas=load_areas("kz")).roll.members == {unit.id: 1 for unit in there}
    if code == "iso":
        old = write(tmp_path / "o.csv", [("A B", "KZ-61", "1980-01-01")])
        on = date(2012, 1, 20)
        assert read_members(old, on=on, areas=load_areas("kz")).roll.members == {"south_kazakhstan": 1}


def test_signatures_tied_to_areas_that_ask_for_different_numbers() -> None:
    """Two of three areas are needed: the two that ask for fewest."""
    condition = Signatures(
        total=100, per_area={"north": 10, "south": 30, "west": 20}, areas=Fraction(2, 3), cite="pl 1"
    )
    assert condition.tied(3) == 30
    assert [condition.least_in(area) for area in ("south", "east")] == [30, 0]
    assert Signatures(total=100, per_area=7, areas="all", cite="pl 1").tied(20) == 140


def test_a_day_to_come_may_have_another_law() -> None:
    from sailau.report.party_timetables import standing

    law = load_party_law("kz/parties", on=DAY)
    (told,) = standing(law, date(2030, 1, 1), today=date(2029, 12, 31))
    assert told.startswith("2030-01-01 is to come: kz/parties@2022-11-05 is the newest edition known here")
    assert standing(law, date(2030, 1, 1), today=date(2030, 1, 1)) == []
