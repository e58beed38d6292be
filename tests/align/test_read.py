"""Reading roll calls: every layout says the same, every fault has its row and code, nothing goes in silence."""

import gzip
from pathlib import Path

import duckdb
import pytest

from sailau.align.codes import codes_of
from sailau.align.problems import CODES, KEPT, FaultyRollCalls, InvalidRollCalls
from sailau.align.read import read_rollcalls
from sailau.terms.errors import NotFound

LONG = """voter,item,vote,date,session
A,1,yes,2001-05-01,7
B,1,no,2001-05-01,7
C,1,abstain,2001-05-01,7
A,2,no,2002-05-01,8
B,2,yes,2002-05-01,8
"""


def write(folder: Path, text: str, name: str = "votes.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_long_file(tmp_path: Path) -> None:
    calls = read_rollcalls(write(tmp_path, LONG)).calls
    assert calls.voters == ("A", "B", "C")
    assert calls.votes.tolist() == [[2, 0], [0, 2], [1, -3]]
    assert [(item.id, item.session, str(item.day)) for item in calls.items] == [
        ("1", "7", "2001-05-01"),
        ("2", "8", "2002-05-01"),
    ]


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    head, *rows = LONG.strip().splitlines()
    turned = "\n".join([head, *reversed(rows)])
    one, two = (read_rollcalls(write(tmp_path, text)).calls for text in (LONG, turned))
    assert one.voters == two.voters and one.items == two.items
    assert one.votes.tolist() == two.votes.tolist()


def test_layouts_formats_and_codes_agree(tmp_path: Path) -> None:
    expected = [[2, 0], [0, 2], [1, -1]]
    wide = write(tmp_path, "voter,1,2\nA,1,3\nB,3,1\nC,2,8\n")
    assert read_rollcalls(wide, codes="un").calls.votes.tolist() == expected
    turned = write(tmp_path, "item;A;B;C\n1;1;3;2\n2;3;1;8\n", "turned.csv")
    assert read_rollcalls(turned, codes="un").calls.votes.tolist() == expected
    packed = tmp_path / "votes.csv.gz"
    packed.write_bytes(gzip.compress(wide.read_bytes()))
    assert read_rollcalls(packed, codes="un").calls.votes.tolist() == expected
    long = write(tmp_path, LONG + "C,2,absent,2002-05-01,8\n", "long.csv")
    parquet = tmp_path / "votes.parquet"
    duckdb.execute(f"copy (select * from read_csv('{long}', all_varchar=true)) to '{parquet}' (format parquet)")
    assert read_rollcalls(long).calls.votes.tolist() == expected
    assert read_rollcalls(parquet).calls.votes.tolist() == expected


def test_the_three_files_of_voteview(tmp_path: Path) -> None:
    votes = write(
        tmp_path,
        "congress,chamber,rollnumber,icpsr,cast_code\n90,Senate,1,10,1\n90,Senate,1,11,6\n90,Senate,1,12,9\n91,Senate,1,10,0\n"
        "91,Senate,1,11,4\n",
    )
    members = write(tmp_path, "icpsr,bioname,party_code\n10,ANN,100\n11,BOB,200\n12,CYD,200\n", "members.csv")
    rolls = write(
        tmp_path,
        "congress,chamber,rollnumber,date,vote_desc\n90,Senate,1,1967-01-11,Rules\n91,Senate,1,1969-01-09,Budget\n",
        "rollcalls.csv",
    )
    calls = read_rollcalls(votes, codes="voteview", items=rolls, voters=members).calls
    assert [item.id for item in calls.items] == ["90-Senate-1", "91-Senate-1"]
    assert calls.votes.tolist() == [[2, -2], [0, 0], [-1, -3]]
    assert calls.names["11"] == "BOB" and calls.groups["10"] == "100"
    assert calls.items[1].title == "Budget"
    assert calls.index("ann") == 0


FAULTS = {
    "E501": (LONG + "C,2,maybe,2002-05-01,8\n", [7]),
    "E502": (LONG + "A,1,no,2001-05-01,7\n", [2, 7]),
    "E503": (LONG + "A,1,yes,2001-05-01,7\n", [2, 7]),
    "E504": (LONG + "C,2,,2002-05-01,8\n", [7]),
    "E505": (LONG + ",2,yes,2002-05-01,8\n", [7]),
    "E506": (LONG + "C,,yes,2002-05-01,8\n", [7]),
    "E507": (LONG + "C,2,yes,2003-05-01,8\n", [5, 7]),
    "E510": (LONG + "C,3,yes,,8\n", []),
    "E511": (LONG + "C,3,yes,5 May 2002,8\n", [7]),
    "E512": (LONG + "C,2,yes\n", [7]),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_refused_with_its_row_and_kept_by_choice(tmp_path: Path, code: str) -> None:
    text, rows = FAULTS[code]
    path = write(tmp_path, text)
    with pytest.raises(FaultyRollCalls) as caught:
        read_rollcalls(path)
    (problem,) = [part for part in caught.value.problems if part.is_error]
    assert problem.code == code and list(problem.rows) == rows
    assert code in str(caught.value) and KEPT[code] in str(caught.value)
    assert caught.value.exit_code == 4
    kept = read_rollcalls(path, keep=[code])
    assert [part.code for part in kept.problems] == [code], "what is kept is still said"
    expected = [[-3, 0], [0, 2], [1, -3]] if code == "E502" else [[2, 0], [0, 2], [1, -3]]
    if code == "E507":
        expected = [[2, 0], [0, 2], [1, 2]]
        assert kept.calls.items[-1].day is None
    assert kept.calls.votes[:, :2].tolist() == expected


def test_voters_and_items_listed_twice(tmp_path: Path) -> None:
    votes = write(tmp_path, "voter,item,vote\nA,1,yes\nB,1,no\n")
    voters = write(tmp_path, "voter,name\nA,Ann\nB,Bob\nA,Anna\n", "voters.csv")
    items = write(tmp_path, "item,session\n1,7\n1,7\n9,7\n", "items.csv")
    with pytest.raises(FaultyRollCalls) as caught:
        read_rollcalls(votes, voters=voters, items=items)
    assert {part.code for part in caught.value.problems} == {"E508", "E509", "W602"}
    assert read_rollcalls(votes, voters=voters, items=items, keep=["E508", "E509"]).calls.names["A"] == "Ann"


def test_the_codes_of_the_file_are_never_guessed(tmp_path: Path) -> None:
    path = write(tmp_path, "voter,item,vote\nA,1,1\nB,1,2\n")
    with pytest.raises(FaultyRollCalls, match="--codes"):
        read_rollcalls(path)
    assert read_rollcalls(path, codes="un").calls.votes.tolist() == [[2], [1]]
    assert read_rollcalls(path, codes="1=no,2=yes").calls.votes.tolist() == [[0], [2]]


@pytest.mark.parametrize("codes", ["1=perhaps", "nonsense", "1=yes,1=no"])
def test_codes_that_are_none(codes: str) -> None:
    with pytest.raises(InvalidRollCalls):
        codes_of(codes)


def test_files_that_are_no_roll_calls(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_rollcalls(tmp_path / "votes.csv")
    with pytest.raises(InvalidRollCalls, match="column"):
        read_rollcalls(write(tmp_path, "a,b\n1,2\n"))
    with pytest.raises(InvalidRollCalls, match="no vote is left"):
        read_rollcalls(write(tmp_path, "voter,item,vote\nA,1,absent\n"))
    with pytest.raises(InvalidRollCalls, match="twice"):
        read_rollcalls(write(tmp_path, "voter,item,vote,vote\nA,1,yes,no\n"))
    with pytest.raises(InvalidRollCalls):
        read_rollcalls(write(tmp_path, ""))
    with pytest.raises(InvalidRollCalls, match="no code"):
        read_rollcalls(write(tmp_path, LONG), keep=["E999"])
    with pytest.raises(NotFound, match="nobody"):
        read_rollcalls(write(tmp_path, LONG), columns={"voter": "nobody"})
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(b"\x1f\x8b broken")
    with pytest.raises(InvalidRollCalls, match="broken"):
        read_rollcalls(broken)


def test_the_first_filled_column_names_the_voter(tmp_path: Path) -> None:
    path = write(tmp_path, "country_code,country,rcid,vote\nKZ,Kazakhstan,1,yes\n,Yemen,1,no\n")
    with pytest.raises(FaultyRollCalls, match="E505"):
        read_rollcalls(path)
    calls = read_rollcalls(path, columns={"voter": "country_code/country"}).calls
    assert calls.voters == ("KZ", "Yemen") and calls.names["KZ"] == "Kazakhstan"


def test_issues_and_bridges_of_items(tmp_path: Path) -> None:
    votes = write(tmp_path, "voter,item,vote\nA,1,yes\nA,2,no\n")
    items = write(tmp_path, "item,bridge,yes_means\n1,ban,to ban\n2,ban,to ban\n", "items.csv")
    issues = write(tmp_path, "item,issue\n1,arms\n1,trade\n9,arms\n", "issues.csv")
    reading = read_rollcalls(votes, items=items, issues=issues)
    assert reading.calls.items[0].issues == ("arms", "trade")
    assert [item.bridge for item in reading.calls.items] == ["ban", "ban"]
    assert reading.calls.items[0].yes_means == "to ban"
    assert [problem.code for problem in reading.problems] == ["W604"]


def test_every_error_says_what_keeping_it_means() -> None:
    assert set(KEPT) == {code for code in CODES if code.startswith("E")}
