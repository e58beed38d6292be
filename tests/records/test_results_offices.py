"""Odd ways of files of offices: hidden rows, merged districts, sums of groups, columns of years, spaces in numbers."""

import io
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from sailau.files.hidden import hidden_in_ods
from sailau.files.kinds import _piped
from sailau.records.results import read_results
from sailau.terms.errors import InvalidResults


def codes(path: Path) -> list[str]:
    return [problem.code for problem in read_results(path).problems]


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Sheet")
        for i, row in enumerate([["Party", "Votes", "Remark"], ["A", 700, "x"], ["B", 300, "y"], ["Old", 900, "z"]]):
            sheet.write_row(i, 0, row)
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_row(9, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
    reading = read_results(path)
    told = [problem for problem in reading.problems if problem.code == "W217"]
    assert [str(problem.place).removeprefix(str(path)) for problem in told] == [":Sheet!C", ":Sheet!4"]
    assert "columns were read as all others: C" in told[0].what
    assert "rows were read as all others: 4" in told[1].what
    assert reading.tally.tiers["list"].votes["nation"] == {"A": 700, "B": 300, "Old": 900}


def test_a_workbook_that_hides_nothing_full_is_read_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate([["Party", "Votes"], ["A", 700], ["B", 300]]):
            sheet.write_row(i, 0, row)
        sheet.set_row(20, None, None, {"hidden": True})
        sheet.set_column(5, 16000, None, None, {"hidden": True})
    assert codes(path) == []


def test_hidden_rows_of_a_spreadsheet_of_libre_office() -> None:
    content = (
        b'<table:table table:name="A &amp; B"><table:table-column table:number-columns-repeated="2"/>'
        b'<table:table-column table:visibility="collapse"/><table:table-row/>'
        b'<table:table-row table:visibility="filter" table:number-rows-repeated="2"></table:table-row></table:table>'
    )
    found = hidden_in_ods(content)["A & B"]
    assert found.rows == {2, 3}
    assert found.columns == {3}


def test_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name in ("One", "Two"):
            book.add_worksheet(name).write_row(0, 0, ["Party", "Votes"])
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.namelist():
            target.writestr(part, source.read(part).replace(b'name="Two"', b'name="One"'))
    with pytest.raises(InvalidResults, match="several sheets called 'One'"):
        read_results(path)


def test_a_district_in_a_merged_cell_stands_in_each_of_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["District", "Party", "Votes"])
        for at, (area, votes) in enumerate({"North": (5, 3), "South": (2, 4)}.items()):
            sheet.merge_range(1 + 2 * at, 0, 2 + 2 * at, 0, area)
            for i, (party, n) in enumerate(zip("AB", votes, strict=True)):
                sheet.write_row(1 + 2 * at + i, 1, [party, n])
    votes = read_results(path).tally.tiers["list"].votes
    assert votes == {"North": {"A": 5, "B": 3}, "South": {"A": 2, "B": 4}}


GROUPS = "Area,A,B,C\nn1,10,20,3\nn2,11,21,4\nNorth,21,41,7\ns1,1,2,30\ns2,4,5,60\ns3,7,8,90\nSouth,12,15,180\n"


@pytest.mark.parametrize("last", ["", "Total,33,56,187\n", "Whole land,33,56,187\n"])
def test_sums_of_groups_are_told_and_not_counted(tmp_path: Path, last: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(GROUPS + last, encoding="utf-8")
    reading = read_results(path)
    assert sorted(reading.tally.tiers["list"].votes) == ["n1", "n2", "s1", "s2", "s3"]
    told = [problem.what for problem in reading.problems if problem.code == "W216"]
    assert sum("rows beside it" in what for what in told) == 2


def test_rows_that_are_nearly_sums_are_districts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(GROUPS.replace("North,21,41,7", "North,21,41,8").replace("180", "181"), encoding="utf-8")
    assert len(read_results(path).tally.tiers["list"].votes) == 7


@pytest.mark.parametrize("head", ["List,2021,2023,Change", "List,2021,2023"])
def test_columns_of_several_years_are_refused(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.csv"
    width = head.count(",")
    body = "".join(f"{party}{f',{n}' * width}\n" for party, n in (("A", 500), ("B", 300), ("C", 200)))
    path.write_text(f"{head}\n{body}", encoding="utf-8")
    with pytest.raises(InvalidResults, match="columns called by years"):
        read_results(path)
    assert read_results(path, roles={"B": "votes"}).tally.tiers["list"].votes["nation"] == {
        "A": 500,
        "B": 300,
        "C": 200,
    }


def test_spaces_in_the_numbers_of_windows_1250_are_no_letters_of_dos(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = "Kraj;Žlutí;Modří\n" + "".join(f"k{i};{i}\u00a0496;{i}\u00a0038\n" for i in range(1, 9))
    path.write_bytes(text.encode("cp1250"))
    assert list(read_results(path).tally.tiers["list"].votes["k3"].values()) == [3496, 3038]


def test_a_line_may_end_before_columns_that_nobody_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Area,Party,Votes,Majority,Remark\nN,A,500,200,x\nN,B,300\nS,A,10\nS,B,20,10\n", encoding="utf-8")
    assert read_results(path).tally.tiers["list"].votes == {"N": {"A": 500, "B": 300}, "S": {"A": 10, "B": 20}}
    path.write_text("Area,Party,Votes,Majority\nN,A,500,200\nN,B\n", encoding="utf-8")
    with pytest.raises(InvalidResults, match="the row has 2 cells"):
        read_results(path)


class Piped(io.StringIO):
    """Standard input with bytes behind it."""

    def __init__(self, raw: bytes, *, terminal: bool = False) -> None:
        super().__init__()
        self.buffer = io.BytesIO(raw)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.fixture
def _fresh() -> None:
    _piped.cache_clear()


@pytest.mark.usefixtures("_fresh")
def test_a_table_can_be_piped_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", Piped(b"party;votes\nA;70\nB;30\n"))
    assert read_results(Path("-")).tally.tiers["list"].votes == {"nation": {"A": 70, "B": 30}}
    _piped.cache_clear()
    monkeypatch.setattr(sys, "stdin", Piped(b"", terminal=True))
    with pytest.raises(InvalidResults, match="nothing is piped into it"):
        read_results(Path("-"))
    monkeypatch.setattr(sys, "stdin", Piped(b""))
    with pytest.raises(InvalidResults, match="is empty"):
        read_results(Path("-"))
    _piped.cache_clear()
