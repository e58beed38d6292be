"""Reading margins: wide and long, and every fault by row and code."""

from pathlib import Path

import pytest

from sailau.records.margins import CODES, FaultyMargins, read_margins
from sailau.terms.errors import NotFound

WIDE = "unit,group:a,group:b,option:x,option:y\np1,60,40,50,30\np2,10,90,20,80\n"
LONG = (
    "unit,margin,name,count\n"
    "p1,group,a,60\np1,group,b,40\np1,option,x,50\np1,option,y,30\n"
    "p2,row,a,10\np2,row,b,90\np2,column,x,20\np2,column,y,80\n"
)


def write(tmp_path: Path, text: str, name: str = "margins.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", [WIDE, LONG, WIDE.replace(",", ";"), WIDE.replace(",", "\t")])
def test_wide_and_long_tables_say_the_same(tmp_path: Path, text: str) -> None:
    margins = read_margins(write(tmp_path, text)).margins
    assert margins.units == ("p1", "p2") and margins.groups == ("a", "b")
    assert margins.options == ("x", "y", "abstention")
    assert margins.people.tolist() == [[60, 40], [10, 90]]
    assert margins.votes.tolist() == [[50, 30, 20], [20, 80, 0]]


def test_groups_by_name(tmp_path: Path) -> None:
    text = WIDE.replace("group:", "").replace("option:", "")
    margins = read_margins(write(tmp_path, text), groups=["b", "a"]).margins
    assert margins.groups == ("a", "b") and margins.options[:2] == ("x", "y")


def test_thousands_marks(tmp_path: Path) -> None:
    text = 'unit,group:a,group:b,option:x\np1,"1,060",40,"1,000,000"\n'.replace('"1,000,000"', '"1,050"')
    text += 'p2,"1,234,567",1,"1,000,001"\n'
    assert read_margins(write(tmp_path, text)).margins.people[:, 0].tolist() == [1060, 1234567]


def test_parquet(tmp_path: Path) -> None:
    import duckdb

    source = write(tmp_path, WIDE)
    target = tmp_path / "margins.parquet"
    duckdb.execute(f"copy (select * from read_csv('{source}')) to '{target}' (format parquet)")
    assert read_margins(target).margins.people.tolist() == [[60, 40], [10, 90]]


def test_workbooks(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "margins.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("margins")
        for i, line in enumerate(WIDE.splitlines()):
            sheet.write_row(i, 0, [int(cell) if cell.isdecimal() else cell for cell in line.split(",")])
    assert read_margins(path).margins.votes.tolist() == [[50, 30, 20], [20, 80, 0]]


def test_strata(tmp_path: Path) -> None:
    text = "unit,stratum,group:a,group:b,option:x\np1,north,5,5,9\np2,south,5,5,8\n"
    assert read_margins(write(tmp_path, text)).strata == ("north", "south")
    assert read_margins(write(tmp_path, WIDE)).strata is None


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("p3,sixty,40,50,30", "E101"),
        ("p3,,40,50,30", "E102"),
        ("p3,60,40,-50,30", "E103"),
        ("p3,60,40,50.5,30", "E104"),
        ("p3,60%,40,50,30", "E105"),
        ("p3,60,40,5e1,30", "E107"),
        ("p3,#REF!,40,50,30", "E108"),
        ("p3,60,40,12 May,30", "E109"),
        ("p3,60,40,50", "E110"),
        ("p1,60,40,50,30", "E111"),
        (",60,40,50,30", "E119"),
        ("p3,60,40,50,51", "E130"),
    ],
)
def test_faults_of_a_wide_table(tmp_path: Path, row: str, code: str) -> None:
    path = write(tmp_path, f"{WIDE}{row}\n")
    with pytest.raises(FaultyMargins) as caught:
        read_margins(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.line) == (code, 4)
    assert code in CODES and code in str(caught.value) and f"{path}:4" in str(caught.value)
    reading = read_margins(path, leave_out=True)
    assert "p3" not in reading.margins.units and "p2" in reading.margins.units
    assert [one.code for one in reading.problems] == [code]


@pytest.mark.parametrize(
    ("row", "code", "line"),
    [
        ("p2,party,a,5", "E131", 10),
        ("p2,group,a,5", "E111", 10),
        ("p3,group,a,5", "E132", 10),
        ("p2,group,,5", "E119", 10),
    ],
)
def test_faults_of_a_long_table(tmp_path: Path, row: str, code: str, line: int) -> None:
    with pytest.raises(FaultyMargins) as caught:
        read_margins(write(tmp_path, f"{LONG}{row}\n"))
    assert [(one.code, one.place.line) for one in caught.value.problems] == [(code, line)]


def test_a_unit_that_stands_twice_is_left_out_whole(tmp_path: Path) -> None:
    reading = read_margins(write(tmp_path, f"{WIDE}p1,1,1,1,1\n"), leave_out=True)
    assert reading.margins.units == ("p2",) and reading.left_out == ("p1",)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("place,group:a,option:x\np1,1,1\n", "no column is called unit"),
        ("unit,group:a,group:a,option:x\np1,1,1,1\n", "names the column 'group:a' 2 times"),
        ("unit,a,x\np1,1,1\n", "'a' is neither a group nor an option"),
        ("unit,group:a,group:b\np1,1,1\n", "has no option"),
        ("unit,option:a,option:b\np1,1,1\n", "has no group|1 problem"),
        ("unit,group:a,option:x\n", "holds no rows"),
        ("unit,group:a,option:x\np1,5,6\n", "5 people"),
    ],
)
def test_files_that_are_no_margins(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(FaultyMargins) as caught:
        read_margins(write(tmp_path, text))
    assert any(part in str(caught.value) for part in what.split("|"))


def test_nothing_left(tmp_path: Path) -> None:
    with pytest.raises(FaultyMargins, match="no unit without a fault"):
        read_margins(write(tmp_path, "unit,group:a,option:x\np1,5,6\n"), leave_out=True)


def test_a_group_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FaultyMargins, match="'c'"):
        read_margins(write(tmp_path, WIDE), groups=["c"])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_margins(tmp_path / "none.csv")


def test_a_parquet_file_that_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "broken.parquet"
    path.write_bytes(b"PAR1 and nothing else")
    with pytest.raises(FaultyMargins, match="broken Parquet"):
        read_margins(path)
