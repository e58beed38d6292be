"""Cast vote records: each form with its twin at fault, and what counts as a mark."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.records.cast.read import read_cast
from sailau.terms.errors import InvalidResults, NotFound, SailauError

HEAD = "Choice_{}_1:{}:{}:Vote For 1:{}:NON"
COLUMNS = [(1, "Mayor, town", 1, "Ann"), (1, "Mayor, town", 2, "Ann"), (2, "Mayor, town", 1, "Bob")]
COLUMNS += [(2, "Mayor, town", 2, "Bob"), (9, "Clerk", 1, "Cyd")]
CHOICES = ",".join(["RowNumber", "BallotID", *(f'"{HEAD.format(*column)}"' for column in COLUMNS)])
CHOICES += """
1,a,1,0,0,1,1
2,b,1,0,1,0,0
3,c,0,0,0,1,0
4,d,0,0,0,0,1
"""


def item(**parts: Any) -> dict[str, Any]:
    return {key.replace("id_", "@id"): value for key, value in parts.items()}


def mark(selection: str, rank: int, **more: Any) -> dict[str, Any]:
    return {"ContestSelectionId": selection, "SelectionPosition": [{"Rank": rank, **more}]}


def cdf(*ballots: list[dict[str, Any]], contest: str = "c") -> dict[str, Any]:
    selections = [
        item(id_="s1", CandidateIds=["p1"]),
        item(id_="s2", CandidateIds=["p2"]),
        item(id_="s3", IsWriteIn=True),
    ]
    people = [item(id_="p1", Name="Ann"), item(id_="p2", Name="Bob")]
    old = item(id_="old", CVRContest=[{"ContestId": contest, "CVRContestSelection": [mark("s2", 1)]}])
    records = [
        {
            "CurrentSnapshotId": "now",
            "CVRSnapshot": [
                old,
                item(id_="now", CVRContest=[{"ContestId": contest, "CVRContestSelection": marks}]),
            ],
        }
        for marks in ballots
    ]
    contests = [item(id_="c", Name="Mayor", ContestSelection=selections), item(id_="d", Name="Clerk")]
    return {"Election": [{"Candidate": people, "Contest": contests}], "CVR": records}


def write(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


def test_a_column_for_each_candidate_and_rank(tmp_path: Path) -> None:
    seen = read_cast(write(tmp_path / "cvr.csv", CHOICES), contest="Mayor, town")
    assert seen.rankings == {("ann", "bob"): 1, ("ann=bob",): 1, ("skipped", "bob"): 1, (): 1}
    assert read_cast(tmp_path / "cvr.csv", contest="Clerk").rankings == {("cyd",): 2, (): 2}
    with pytest.raises(InvalidResults, match=r"holds 2 contests[\s\S]*name one of: Mayor, town; Clerk"):
        read_cast(tmp_path / "cvr.csv")
    with pytest.raises(InvalidResults, match="the row has 3 cells") as short:
        read_cast(write(tmp_path / "short.csv", CHOICES + "5,e,1\n"), contest="Clerk")
    assert ":6:" in str(short.value)


def test_a_column_for_each_candidate(tmp_path: Path) -> None:
    path = write(tmp_path / "poll.csv", "id,Ann,Bob,Write-In\nx,1,2,\ny,2,2,1\nz,,3,\n")
    seen = read_cast(path, columns=(2, None), names={"Write-In": "UWI"})
    assert seen.rankings == {
        ("ann", "bob"): 1,
        ("undeclared_write_ins", "ann=bob"): 1,
        ("skipped", "skipped", "bob"): 1,
    }
    assert seen.contenders["undeclared_write_ins"].traits == {"write_in"}
    with pytest.raises(InvalidResults, match="which columns hold votes"):
        read_cast(path)
    with pytest.raises(InvalidResults, match="the rank of Bob is 'first'; a count is written in digits"):
        read_cast(write(tmp_path / "bad.csv", "id,Ann,Bob\nx,1,first\n"), columns=(2, None))
    with pytest.raises(InvalidResults, match="there is no rank 0"):
        read_cast(write(tmp_path / "zero.csv", "id,Ann,Bob\nx,1,0\n"), columns=(2, None))


def test_a_column_for_each_rank_in_a_workbook(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    book = xlsxwriter.Workbook(tmp_path / "cvr.xlsx")
    sheet = book.add_worksheet()
    rows = [
        ["Record", "First", "Second", "Third", "Station"],
        [1, "Ann", "undervote", "Bob", "s"],
        [2, "overvote", "Bob", "", "s"],
        [3, 7, "Ann|Bob", "UWI", "s"],
        [4, "", "", "", "s"],
    ]
    for i, row in enumerate(rows):
        sheet.write_row(i, 0, row)
    book.close()
    seen = read_cast(tmp_path / "cvr.xlsx", columns=(2, 4), join="|", names={"7": "Cyd"})
    assert seen.rankings == {
        ("ann", "skipped", "bob"): 1,
        ("overvote", "bob"): 1,
        ("cyd", "ann=bob", "undeclared_write_ins"): 1,
        (): 1,
    }


def test_the_common_data_format(tmp_path: Path) -> None:
    ballots = [
        [mark("s1", 1), mark("s2", 2)],
        [mark("s1", 1, HasIndication="no"), mark("s2", 1), mark("s3", 2)],
        [mark("s1", 1), mark("s2", 1, IsAllocable="no")],
        [mark("s2", 1, CVRWriteIn={"Text": "Zed"})],
        [{"ContestSelectionId": "s1", "Rank": 3}],
        [{**mark("s1", 1), "Status": "needs-adjudication"}],
    ]
    seen = read_cast(write(tmp_path / "cvr.json", cdf(*ballots)), contest="Mayor")
    assert seen.rankings == {
        ("ann", "bob"): 1,
        ("bob", "undeclared_write_ins"): 1,
        ("ann",): 1,
        ("undeclared_write_ins",): 1,
        ("skipped", "skipped", "ann"): 1,
        (): 1,
    }
    with pytest.raises(InvalidResults, match="holds no ballot of this contest"):
        read_cast(tmp_path / "cvr.json", contest="Clerk")
    with pytest.raises(InvalidResults, match="is none of the contest"):
        read_cast(write(tmp_path / "odd.json", cdf([mark("s9", 1)])), contest="Mayor")
    unranked = cdf([{"ContestSelectionId": "s1", "SelectionPosition": [{}]}])
    with pytest.raises(InvalidResults, match="a mark has the rank ''"):
        read_cast(write(tmp_path / "plain.json", unranked), contest="Mayor")
    with pytest.raises(InvalidResults, match="no JSON text"):
        read_cast(write(tmp_path / "cut.json", "{"), contest="Mayor")


def test_the_common_data_format_in_xml(tmp_path: Path) -> None:
    text = """<CastVoteRecordReport xmlns="NIST_V0_cast_vote_records.xsd">
    <CVR><CurrentSnapshotId>n</CurrentSnapshotId><CVRSnapshot ObjectId="n"><CVRContest><ContestId>c</ContestId>
      <CVRContestSelection><ContestSelectionId>s1</ContestSelectionId>
        <SelectionPosition><HasIndication>yes</HasIndication><Rank>2</Rank></SelectionPosition></CVRContestSelection>
      <CVRContestSelection><ContestSelectionId>s2</ContestSelectionId>
        <SelectionPosition><Rank>1</Rank></SelectionPosition></CVRContestSelection>
    </CVRContest></CVRSnapshot></CVR>
    <Election><Candidate ObjectId="p1"><Name>Ann</Name></Candidate>
      <Contest ObjectId="c"><Name>Mayor</Name>
        <ContestSelection ObjectId="s1"><CandidateIds>p1</CandidateIds></ContestSelection>
        <ContestSelection ObjectId="s2"><IsWriteIn>true</IsWriteIn></ContestSelection></Contest></Election>
    </CastVoteRecordReport>"""
    seen = read_cast(write(tmp_path / "cvr.xml", text))
    assert (seen.title, seen.rankings) == ("Mayor", {("undeclared_write_ins", "ann"): 1})


def export(folder: Path, sessions: list[dict[str, Any]]) -> Path:
    write(
        folder / "ContestManifest.json",
        {"List": [{"Id": 7, "Description": "Mayor"}, {"Id": 8, "Description": "Clerk"}]},
    )
    write(
        folder / "CandidateManifest.json",
        {"List": [{"Id": 1, "Description": "Ann", "ContestId": 7}, {"Id": 2, "Description": "Bob", "ContestId": 7}]},
    )
    write(folder / "CvrExport_1.json", {"Sessions": sessions})
    return folder


def card(*marks: tuple[int, int], contest: int = 7, conditions: tuple[int, ...] = (), **more: Any) -> dict[str, Any]:
    rows = [{"CandidateId": who, "Rank": rank, "IsAmbiguous": False, **more} for who, rank in marks]
    return {"Contests": [{"Id": contest, "Marks": rows, "OutstackConditionIds": list(conditions)}]}


def test_a_folder_of_manifests_and_exports(tmp_path: Path) -> None:
    sessions = [
        {"Original": {"IsCurrent": True, "Cards": [card((1, 1), (2, 2)), card((1, 1), contest=8)]}},
        {"Original": {"IsCurrent": False, **card((1, 1))}, "Modified": {"IsCurrent": True, **card((2, 1))}},
        {"Original": {"IsCurrent": True, **card((1, 1), IsAmbiguous=True)}},
        {"Original": {"IsCurrent": True, **card((1, 1), (2, 1))}},
        {"Original": {"IsCurrent": True, **card((1, 1), conditions=(7,))}},
        {"Original": {"IsCurrent": False, **card((1, 1))}},
    ]
    folder = export(tmp_path / "in", sessions)
    assert read_cast(folder, contest="Mayor").rankings == {("ann", "bob"): 1, ("bob",): 1, (): 1, ("ann=bob",): 1}
    assert read_cast(folder, contest="7", names={"2": "UWI"}).rankings[("undeclared_write_ins",)] == 1
    with pytest.raises(InvalidResults, match=r"has no contest 'Sheriff'[\s\S]*Mayor; Clerk"):
        read_cast(folder, contest="Sheriff")


BALLOT = """<Cvr xmlns="http://tempuri.org/CVRDesign.xsd"><Contests><Contest><Name>Mayor</Name><Id>m</Id><Options>
<Option><Name>Ann</Name><Id>1</Id><Value>{ann}</Value></Option><Option><Name>Bob</Name><Id>2</Id><Value>{bob}</Value>
</Option><Option><Id>3</Id><Value>{other}</Value></Option></Options></Contest></Contests></Cvr>"""


def test_a_folder_with_a_file_for_each_ballot(tmp_path: Path) -> None:
    write(tmp_path / "a.xml", BALLOT.format(ann="010", bob="100", other="000"))
    write(tmp_path / "b.xml", BALLOT.format(ann="101", bob="001", other="010"))
    write(tmp_path / "b.xml.sig.xml", "no ballot")
    seen = read_cast(tmp_path)
    assert seen.rankings == {("bob", "ann"): 1, ("ann", "undeclared_write_ins", "ann=bob"): 1}
    assert read_cast(tmp_path, contest="m", names={"3": "Cyd"}).rankings[("ann", "cyd", "ann=bob")] == 1


def test_those_whom_nobody_marks_stand_too(tmp_path: Path) -> None:
    folder = export(tmp_path / "in", [{"Original": card((2, 1))}])
    assert set(read_cast(folder, contest="Mayor").contenders) == {"ann", "bob"}
    seen = read_cast(write(tmp_path / "cvr.json", cdf([mark("s2", 1)])), contest="Mayor")
    assert set(seen.contenders) == {"ann", "bob", "undeclared_write_ins"}
    assert list(read_cast(write(tmp_path / "p.csv", "id,Ann,Bob\nx,,1\n"), columns=(2, 3)).contenders) == ["ann", "bob"]
    text = CHOICES.splitlines()[0] + "\n1,a,0,0,1,0,0\n"
    assert set(read_cast(write(tmp_path / "c.csv", text), contest="Mayor, town").contenders) == {"ann", "bob"}


def test_folders_that_hold_no_records(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_cast(tmp_path)
    write(tmp_path / "notes.txt", "x")
    with pytest.raises(InvalidResults, match="no folder of cast vote records"):
        read_cast(tmp_path)
    with pytest.raises(NotFound):
        read_cast(tmp_path / "nothing.json")


leaf = st.sampled_from([None, True, -2, 0, 3, 1.5, "", "c", "s1", "now", "Mayor", [], {}, [[]], [{}]])


def places(tree: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every part of a tree."""
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [at, *(path for key, part in parts for path in places(part, (*at, key)))]


def changed(tree: Any, at: tuple[Any, ...], new: Any) -> Any:
    if not at:
        return new
    copy = tree.copy()
    copy[at[0]] = changed(tree[at[0]], at[1:], new)
    return copy


@given(data=st.data())
def test_a_file_with_any_part_replaced_is_read_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = cdf([mark("s1", 1), mark("s2", 2)], [mark("s3", 1)])
    tree = changed(whole, data.draw(st.sampled_from(places(whole))), data.draw(leaf))
    path = write(tmp_path_factory.getbasetemp() / "any.json", tree)
    try:
        assert read_cast(path, contest="Mayor").total >= 0
    except SailauError:
        return


@given(data=st.data())
def test_a_folder_with_any_part_replaced_is_read_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = export(tmp_path_factory.getbasetemp() / "any", [{"Original": {"Cards": [card((1, 1), (2, 2))]}}])
    path = data.draw(st.sampled_from(sorted(folder.iterdir())))
    whole = json.loads(path.read_text())
    write(path, changed(whole, data.draw(st.sampled_from(places(whole))), data.draw(leaf)))
    try:
        assert read_cast(folder, contest="Mayor").total >= 0
    except SailauError:
        return


@given(text=st.text(alphabet='0123456789 \n",:|Choice_ab', max_size=60))
def test_any_table_is_read_or_refused(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(tmp_path_factory.getbasetemp() / "any.csv", text)
    try:
        assert read_cast(path, columns=(1, None)).total >= 0
    except SailauError:
        return
