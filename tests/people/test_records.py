"""The records of populations: what ships is consistent, and what is wrong is refused by cell."""

import shutil
from datetime import date
from itertools import product
from pathlib import Path

import pytest
import xlsxwriter

from sailau.people.crosswalk import carry, split
from sailau.records.populations import crossings, load_population, population_ids, read_population
from sailau.terms.errors import InvalidRecord, NotFound

KZ = load_population("kz")
HEAD = "year,region,group,age,sex,people\n"
FORM = "population: xx\nname: X\ngroups: [a, b]\nregions: [north, south]\n"


def test_the_bases_of_1989_are_kept_apart() -> None:
    census = KZ.census("1989")
    assert {basis: census.totals[basis] for basis in census.bases} == {
        "present": 16_464_464,
        "resident": 16_199_154,
        "mixed": 16_199_154,
    }
    for basis, total in census.totals.items():
        assert sum(census.people(basis).values()) == total
    shares = {basis: census.people(basis)["kazakh"] / census.totals[basis] for basis in census.bases}
    assert {basis: f"{share:.1%}" for basis, share in shares.items()} == {
        "present": "39.7%",
        "resident": "40.1%",
        "mixed": "40.3%",
    }
    assert census.rounded["resident"] == 1000


def test_censuses_add_up_with_the_rest() -> None:
    totals = {census.id: census.totals[census.basis] for census in KZ.censuses}
    assert (totals["1999"], totals["2009"], totals["2021"]) == (14_953_126, 16_009_597, 19_186_015)
    assert KZ.census("2021").people()["other"] == 19_186_015 - 18_565_836
    assert KZ.census("2021").on == date(2021, 9, 1)


def test_every_row_names_a_listed_source_and_a_confidence() -> None:
    for table, rows in KZ.rows.items():
        assert table in KZ.tables or all(row.source in KZ.sources for row in rows), table
    assert {row.confidence for row in KZ.rows["composition"]} == {"read", "secondary", "derived", "unverified"}
    assert all(conflict.why and conflict.chosen for conflict in KZ.conflicts)


def test_the_crosswalk_sums_exactly_for_every_year_and_region() -> None:
    old = {name: {part.to: part.people for part in parts} for name, parts in crossings(KZ).items()}
    now = [region.id for region in KZ.regions_on(date(2023, 1, 1))]
    assert len(now) == 20
    for year in range(2000, 2024):
        counts = {row.region: row.people for row in KZ.rows["series"] if row.year == year and row.region != "all"}
        carried = carry(counts, old, now)
        assert sum(carried.values()) == sum(counts.values())
        assert set(carried) == set(now)
        for region in set(counts) & set(now):
            assert carried[region] == counts[region]


def test_borders_are_those_of_the_day() -> None:
    assert len(KZ.regions_on(date(2010, 1, 1))) == 16
    assert len(KZ.regions_on(date(2020, 1, 1))) == 17
    assert {region.iso for region in KZ.regions_on(date(2023, 1, 1))} >= {"KZ-10", "KZ-33", "KZ-62", "KZ-79"}


def test_splitting_gives_the_largest_remainders() -> None:
    assert split(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert split(0, {"a": 5, "b": 1}) == {"a": 0, "b": 0}


def test_spans_by_region_add_up_to_the_country() -> None:
    rows = KZ.rows["age_sex"]
    country = sum(row.people for row in rows if row.region == "all")
    assert country == sum(row.people for row in rows if row.region != "all") == 18_631_779


def own(tmp_path: Path, form: str = FORM, **tables: str) -> Path:
    (tmp_path / "population.yaml").write_text(form, encoding="utf-8")
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def block(year: int = 2020, regions: str = "north south") -> str:
    keys = product(regions.split(), "ab", ("female", "male"), ("0-17", "18-64", "65+"))
    return HEAD + "\n".join(f"{year},{region},{group},{age},{sex},100" for region, group, sex, age in keys)


def test_own_cells_are_read_and_spans_spread(tmp_path: Path) -> None:
    (cells,) = read_population(own(tmp_path, people=block())).cells
    assert cells.people.shape == (2, 2, 101, 2)
    assert cells.people.sum() == pytest.approx(2400)
    assert cells.people[0, 0, 0, 0] == pytest.approx(100 / 18)
    assert cells.spread


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"people": block().replace("2020,north,a,18-64,female,100", "2020,north,a,18-64,female,-5")},
         ["people.csv:3", "north, a, age 18-64, female, 2020", "-5"]),
        ({"people": block().replace("2020,north,a,18-64,female,100\n", "")},
         ["people.csv:3", "ages 18-64 are missing for north, a, female, 2020"]),
        ({"people": block().replace("65+", "65-99")}, ["age 100 is missing for north, a, female, 2020", "85+"]),
        ({"people": block().replace("2020,south,b,18-64,male,100", "2020,south,b,17-64,male,100")},
         ["age 17 of south, b, male, 2020 stands twice"]),
        ({"people": block(regions="north")}, []),
        ({"people": block().replace("south,b", "south,c")}, ["group is 'c'", "known: a, b"]),
        ({"people": block().replace("2020,south,b,0-17", "2020,east,b,0-17")}, ["region is 'east'"]),
        ({"people": block().replace("100\n2020,north,a,65+", "1.5\n2020,north,a,65+")}, ["'1.5'", "a count"]),
        ({"people": block(), "totals": "year,region,group,people\n2020,north,all,1201\n"},
         ["totals.csv:2", "the groups of north in 2020 add up to 1,200", "1,201", "-1 people"]),
        ({"people": block(), "totals": "year,region,group,people\n2020,south,b,601\n"}, ["b in south, 2020", "600"]),
        ({"people": HEAD}, ["holds no people"]),
        ({"people": block(0)}, ["people.csv:2", "year is 0"]),
        ({"people": block(99999)}, ["people.csv:2", "year is 99999"]),
        ({"people": block().replace(",100", ",0")}, ["nobody lives there in 2020"]),
        ({"people": block().replace("female,100", "female,9" + "9" * 12, 1)}, ["people.csv:2", "have ever lived"]),
    ],
)  # fmt: skip
def test_bad_cells_are_refused_by_name(tmp_path: Path, tables: dict[str, str], words: list[str]) -> None:
    folder = own(tmp_path, **tables)
    if not words:
        assert read_population(folder).cells[0].regions == ("north",)
        return
    with pytest.raises(InvalidRecord) as caught:
        read_population(folder)
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[a, b]", "[a, a]", "population.yaml:3:9: groups names 'a' twice"),
        ("[a, b]", "[]", "population.yaml:3:9: groups names nobody"),
        ("[north, south]", "[north, north]", "regions names 'north' twice"),
    ],
)
def test_names_are_there_once(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        read_population(own(tmp_path, FORM.replace(old, new)))
    assert words in str(caught.value)


def test_a_folder_without_a_population_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidRecord, match=r"holds no population\.yaml"):
        load_population(str(tmp_path))


def test_a_region_of_the_wrong_year_is_refused(tmp_path: Path) -> None:
    form = FORM.replace("[north, south]", "{north: {since: 2021-05-01}, south: {}}")
    with pytest.raises(InvalidRecord, match=r"people\.csv:2: the region north has no people in 2020"):
        read_population(own(tmp_path, form, people=block()))
    assert read_population(own(tmp_path, form, people=block(2022))).cells[0].year == 2022


def changed(tmp_path: Path, table: str, old: str, new: str) -> Path:
    folder = tmp_path / "kz"
    shutil.copytree(KZ.folder, folder)
    path = folder / table
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [
        ("censuses.csv", "2009,published,kazakh,10", "2009,published,kazakh,16", ["more than its 16,009,597"]),
        ("series.csv", "2005,akmola,", "2005,abai,", ["abai has figures for 2005", "2022-06-08"]),
        ("series.csv", "2000,all,14901641", "2000,all,14901642", ["the regions of 2000", "-1 people"]),
        ("censuses.csv", "chronology,read", "nobody,read", ["source is 'nobody'"]),
        ("censuses.csv", ",1,chronology,read", ",1,chronology,sure", ["confidence is 'sure'"]),
        ("mortality.csv", "1985,female,0,0.04312916", "1985,female,0,nan", ["rate is 'nan'"]),
        ("crosswalk.csv", "2018-06-19,south", "2018-6-19,south", ["a day is written"]),
        ("population.yaml", "rest: other", "rest: others", ["'others', which is no group"]),
        ("population.yaml", '{low: "1.10", mid: "1.22"', '{low: "1.30", mid: "1.22"', ["in this order"]),
        ("population.yaml", "majority: kazakh", "majorty: kazakh", ["majorty", "majority"]),
    ],
)  # fmt: skip
def test_records_that_contradict_themselves_are_refused(
    tmp_path: Path, table: str, old: str, new: str, words: list[str]
) -> None:
    with pytest.raises(InvalidRecord) as caught:
        read_population(changed(tmp_path, table, old, new))
    assert caught.value.place is not None
    for word in words:
        assert word in str(caught.value)


def test_an_unknown_population_names_the_nearest() -> None:
    assert "kz" in population_ids()
    with pytest.raises(NotFound) as caught:
        load_population("kzz")
    assert caught.value.near == ("kz",)


ROWS = block()
FIRST = "2020,north,a,0-17,female,100"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("people.csv", ROWS.replace("year,region,group,age,sex,people", "год,область,группа,возраст,пол,население")),
        ("people.csv", ROWS.replace(HEAD.strip(), "Жыл,Облыс,Топ,Жас,Жыныс,Халық саны").replace(",male", ",ерлер")),
        ("people.csv", ROWS.replace("female", "Женщины").replace("65+", "65 и старше").replace("18-64", "18–64")),
        ("people.csv", ROWS.replace(",", ";").replace(";100", ";1 000").encode("utf-16")),
        ("people.csv", ROWS.replace("south", "Юг").encode("cp1251")),
        ("people.tsv", ROWS.replace(",", "\t").replace("north", " North ")),
    ],
)
def test_a_users_table_is_read_however_it_was_saved(tmp_path: Path, name: str, raw: str | bytes) -> None:
    folder = own(tmp_path, FORM.replace("[north, south]", "{north: {}, south: {ru: Юг}}"))
    (folder / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode("utf-8"))
    (cells,) = read_population(folder).cells
    assert (cells.regions, cells.groups) == (("north", "south"), ("a", "b"))
    assert cells.people.sum() == pytest.approx(24_000 if b"1\x00 \x000" in (folder / name).read_bytes() else 2400)


def test_a_workbook_is_read_and_its_dates_are_no_ages(tmp_path: Path) -> None:
    folder = own(tmp_path)

    def save(age: date | None) -> None:
        with xlsxwriter.Workbook(folder / "people.xlsx") as book:
            sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
            for r, line in enumerate(ROWS.splitlines()):
                sheet.write_row(r, 0, [int(cell) if cell.isdigit() else cell for cell in line.split(",")])
            if age:
                sheet.write_datetime(2, 3, age, day)

    save(None)
    assert read_population(folder).cells[0].people.sum() == pytest.approx(2400)
    save(date(2020, 10, 14))
    with pytest.raises(InvalidRecord, match="age is the date '2020-10-14") as caught:
        read_population(folder)
    assert caught.value.place is not None
    assert caught.value.place.line == 3


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [
        ("people", FIRST, '2020,north,a,0-17,female,"1,000"', ["csv:2", "1000 or 1.000"]),
        ("people", FIRST, "2020,north,a,0-17,female,1,000", ["csv:2", "7 cells", "thousands"]),
        ("people", FIRST, "2020,north,a,0-17,female,", ["csv:2", "unknown, not 0"]),
        ("people", FIRST, "2020,Итого,a,0-17,female,100", ["csv:2", "sums stand in totals"]),
        ("people", FIRST, "2020,north,a,total,female,100", ["csv:2", "sums stand in totals"]),
        ("people", FIRST, "2020,north,a,0-17,both sexes,100", ["csv:2", "leave sums of both"]),
        (
            "people",
            "2020,north,a,0-17,female,100",
            "2020,north,a,14-Oct,female,100",
            ["csv:2", "a spreadsheet has made"],
        ),
        ("people", "age,sex", "age,колонка,sex", ["csv:1:1", "unknown column колонка"]),
        ("people", "age,sex", "age,возраст", ["lacks sex", "a column twice: возраст"]),
        (
            "totals",
            "2020,north,a,600",
            "2020,north,a,600\n2020,north,a,600",
            ["totals.csv:3", "twice; first in line 2"],
        ),
        ("totals", "north,a,600", "Всего,a,600", ["the cells of a in all, 2020 add up to 1,200"]),
    ],
)
def test_what_spreadsheets_do_is_refused_by_cell(
    tmp_path: Path, table: str, old: str, new: str, words: list[str]
) -> None:
    tables = {"people": ROWS, "totals": "year,region,group,people\n2020,north,a,600\n"}
    assert read_population(own(tmp_path, **tables)).cells
    assert old in tables[table]
    (tmp_path / "bad").mkdir()
    with pytest.raises(InvalidRecord) as caught:
        read_population(own(tmp_path / "bad", **{**tables, table: tables[table].replace(old, new, 1)}))
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("rates", "words"),
    [
        ('tfr: "-1"', "population.yaml:5:14: -1 children a woman"),
        ('emigration: {a: "150%"}', "population.yaml:5:25: emigration of a: 1.5 of its people"),
        ('emigration: {a: "-1%"}', "population.yaml:5:25: emigration of a: -0.01 of its people"),
        ('moves: {north: {south: "60%", north: "60%"}}', "moves of north: 1.2 of its people"),
        ('moving: {north: "120%"}', "population.yaml:5:25: moving of north: 1.2 of its people"),
        ('moving: {west: "2%"}', "population.yaml:5:18: 'west' is no region"),
        ('moves: {north: {south: "1%"}}, moving: {north: "2%"}', "both say how many leave north"),
        ('e0: "172"', "population.yaml:5:13: 172 years of life are expected; between 20 and 100 can be"),
    ],
)
def test_rates_that_cannot_be_are_refused_at_their_place(tmp_path: Path, rates: str, words: str) -> None:
    assert read_population(own(tmp_path, FORM + 'rates: {tfr: "0", emigration: {a: "100%"}}\n', people=block())).rates
    with pytest.raises(InvalidRecord) as caught:
        read_population(own(tmp_path, f"{FORM}rates: {{{rates}}}\n", people=block()))
    assert words in str(caught.value)
