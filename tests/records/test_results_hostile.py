"""Files that are no results, and files made to do harm: one clear refusal, never a traceback of another kind."""

import io
import random
import zipfile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sailau.records.results import FaultyResults, Reading, read_results
from sailau.terms.errors import InvalidResults, NotFound, SailauError

QUIET = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(tmp_path, content, name="results.csv"):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def attempt(path):
    """Read a file with and without its bad rows; whatever is wrong with it is a SailauError that says so."""
    for keep_good in (False, True):
        try:
            reading = read_results(path, keep_good=keep_good)
        except SailauError as error:
            assert str(error)
            assert error.exit_code in (3, 4)
        else:
            assert isinstance(reading, Reading)
            for ballots in reading.tally.tiers.values():
                assert all(type(n) is int and n >= 0 for votes in ballots.votes.values() for n in votes.values())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("abc", "holds only one cell"),
        ("party\nA\nB\n", "holds one column only"),
        ("a;b;c\nd;e;f\n", "no column of votes was found"),
        ("party;leader\nA;x\nB;y\n", "no column of votes was found; the columns are: party, leader"),
        ("party;share\nA;50%\nB;50%\n", "no column of votes was found"),
        ("party;votes\n", "has a header, but no row of votes under it"),
        ("district;votes\n1;5\n", "but none of contenders or parties"),
        ("party;votes;votes\nA;1;2\n", "both look like the votes"),
        ("A;B\n1;2\n3;4\n", "2 rows of votes, but no column that names their districts"),
        ("x;Amanat;5\ny;Auyl;7\n", "no header"),
        ("1;2;4\n5;6;8\n", "no header"),
        ("[1, 2, 3]", ""),
        ("year;party;votes\n2019;A;5\n2023;A;6\n", "the column 'year' holds 2 values (2019, 2023)"),
        ('{"A": []}', "JSON without records"),
        ('{"A": 1}', "one column"),
        ("<table><tr><td>A</td></tr></table>", "HTML"),
        (b"%PDF-1.4 \x00", "PDF"),
        (b"PK\x03\x04garbage", "broken workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1garbage", "broken XLS"),
    ],
)
def test_a_file_that_holds_no_results_is_refused_with_a_way_to_go_on(tmp_path, content, words):
    path = written(tmp_path, content)
    with pytest.raises(InvalidResults) as caught:
        read_results(path)
    assert words in str(caught.value)
    assert caught.value.place.path == str(path)
    assert caught.value.hint
    assert caught.value.exit_code == 4
    assert caught.value.problems == ()


def test_a_refusal_for_want_of_votes_says_what_is_understood(tmp_path):
    with pytest.raises(FaultyResults) as caught:
        read_results(written(tmp_path, "party;leader\nA;x\n"))
    assert "columns such as district, party, votes" in caught.value.hint


def test_a_missing_file_a_folder_and_a_large_file(tmp_path):
    with pytest.raises(NotFound):
        read_results(tmp_path / "nothing.csv")
    with pytest.raises(InvalidResults, match="is a folder"):
        read_results(tmp_path)
    with (tmp_path / "large.csv").open("wb") as out:
        out.truncate(200_000_000)
    with pytest.raises(InvalidResults, match="too large"):
        read_results(tmp_path / "large.csv")


def test_a_workbook_without_results_tells_what_each_sheet_lacks(tmp_path):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("One").write(0, 0, "hello")
    book.add_worksheet("Two").write_row(0, 0, ["a", "b"])
    book.close()
    with pytest.raises(InvalidResults) as caught:
        read_results(written(tmp_path, out.getvalue(), "results.xlsx"))
    assert "no sheet holds results" in str(caught.value)
    assert "One: holds only one cell" in str(caught.value)


def test_an_empty_workbook_is_refused(tmp_path):
    out = io.BytesIO()
    xlsxwriter.Workbook(out, {"in_memory": True}).close()
    with pytest.raises(InvalidResults):
        read_results(written(tmp_path, out.getvalue(), "results.xlsx"))


@pytest.mark.parametrize(
    "content",
    [
        "party;votes\n" + "A;1\n" * 3,
        "party;votes\n=cmd|' /C calc'!A0;5\n@SUM(A1);6\n",
        "../../etc/passwd;5\n\x1b[31mred;6\n",
        "party;votes\n" + "x" * 100_000 + ";5\n",
        "party;votes\nA;" + "1" * 100_000 + "\n",
        "party;votes\nA;" + "1 " * 20_000 + "\n",
        "party;votes\nA;" + "1,23" * 5_000 + "\n",
        ";" * 10_000 + "\n" + "1;" * 10_000 + "\n",
        "party;votes\n" + "\n" * 50_000 + "A;5\n",
        "\ufeff\ufeffparty;votes\nA;5\n",
        "party;votes\nA;٣\n",
        "party;votes\nA;½\n",
        "party;votes\nA;5\r\rB;6\r",
        "list;list\nlist;5\n",
        "votes;votes\nvotes;votes\n",
        "total;total\ntotal;5\n",
        "district;party;votes\nTotal;Total;5\n",
        "tier;tier;party;votes\n;;A;5\n",
        "Total\tvotes\nTotal\t5\n",
    ],
)
def test_odd_files_are_read_or_refused(tmp_path, content):
    attempt(written(tmp_path, content))


def test_patterns_do_not_run_away(tmp_path):
    """Cells that make a careless pattern backtrack; each takes microseconds here."""
    cells = ["1" + " 111" * 3_000 + "x", "1," * 5_000, "(" * 5_000, "Total " * 3_000, "число " * 3_000, "'" * 5_000]
    attempt(written(tmp_path, "party;votes\nA;1\n" + "".join(f"{cell};{cell}\n" for cell in cells)))


@QUIET
@given(raw=st.binary(max_size=400))
@example(raw=b"\xff\xfe\x00")
@example(raw=b"\x00;\x001")
@example(raw=b"sep=\n")
@example(raw=b"sep=\n\n\n1\n")
def test_random_bytes(tmp_path, raw):
    attempt(written(tmp_path, raw))


PIECES = [
    "party", "votes", "district", "Total", "Итого", "registered", "valid", "blank", "A", "B", "Ақ жол", "1", "0", "12",
    "1,234", "1.234", "50%", "-5", "", "-", "1e5", "#REF!", "2023-04-01", "1-Apr", "\x07", "Аmanat", "nation", "tier",
    '"', "%", "turnout", "against all", "candidate", "1 234", "Source: x", "  ", "№", "name", "invalid", "ballots",
    "voters",
]  # fmt: skip


@QUIET
@given(
    rows=st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), min_size=1, max_size=8),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-16", "utf-16-be", "kz1048"]),
)
def test_random_tables_of_likely_cells(tmp_path, rows, delimiter, encoding):
    attempt(written(tmp_path, "\n".join(map(delimiter.join, rows)).encode(encoding)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.lists(st.one_of(st.sampled_from(PIECES), st.floats(-10, 1e20), st.integers(0, 10**6)), max_size=6),
        max_size=8,
    )
)
def test_random_sheets_of_likely_cells(tmp_path, rows):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("A")
    for i, row in enumerate(rows):
        sheet.write_row(i, 0, row)
    book.close()
    attempt(written(tmp_path, out.getvalue(), "results.xlsx"))


def test_workbooks_with_random_damage(tmp_path):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("A")
    for i in range(20):
        sheet.write_row(i, 0, ["party" if not i else f"P{i}", i or "votes"])
    book.close()
    raw = out.getvalue()
    chance = random.Random(7)
    for _ in range(200):
        damaged = bytearray(raw)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        attempt(written(tmp_path, bytes(damaged), "results.xlsx"))


def test_workbooks_with_random_damage_inside_their_parts(tmp_path):
    """The archive is whole, the XML in it is not."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("A").write_row(0, 0, ["party", "votes"])
    book.get_worksheet_by_name("A").write_row(1, 0, ["A", 5])
    book.close()
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(8)
    for _ in range(200):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, part in parts.items():
                damaged = bytearray(part)
                if chance.random() < 0.4:
                    damaged[chance.randrange(len(damaged))] = chance.randrange(256)
                archive.writestr(name, bytes(damaged))
        attempt(written(tmp_path, out.getvalue(), "results.xlsx"))


@pytest.mark.parametrize("spelled", ["NaN", "Infinity", "-Infinity"])
def test_a_number_of_json_that_is_none_is_refused_at_its_record(tmp_path, spelled):
    path = written(tmp_path, f'[{{"party": "A", "votes": {spelled}}}, {{"party": "B", "votes": 2}}]', "results.json")
    with pytest.raises(FaultyResults) as caught:
        read_results(path)
    assert [problem.code for problem in caught.value.problems] in (["E101"], ["E103"])
