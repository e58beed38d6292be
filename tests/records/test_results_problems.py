"""Each problem of a results file is found in its cell, alone, and not in the same file without it."""

import io
from datetime import datetime

import pytest
import xlsxwriter

from sailau.files.problems import letters
from sailau.records.results import CODES, FaultyResults, read_results
from sailau.terms.errors import InvalidResults
from sailau.terms.tally import NATION, Contender

KNOWN = {"amanat": Contender("amanat", names={"ru": "Аманат"}), "auyl": Contender("auyl")}


def found(tmp_path, content, name="results.csv", **options):
    """The problems of a file, whether it is refused or read."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    try:
        return list(read_results(path, **options).problems)
    except FaultyResults as error:
        assert error.problems, error
        return list(error.problems)


def spots(problems):
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems]


# code, file, row, column, the same file without the fault
CASES = [
    ("E101", "party;votes\nA;10\nB;abc\n", 3, 2, "party;votes\nA;10\nB;11\n"),
    ("E101", "party;votes\nA;10\nB;1 23\n", 3, 2, "party;votes\nA;10\nB;1 230\n"),
    ("E101", "party;votes\nA;1,234,567\nB;12,34.5.6\n", 3, 2, "party;votes\nA;1,234,567\nB;12,345\n"),
    ("E101", "party;votes\nA;10\nB;" + "9" * 5000 + "\n", 3, 2, "party;votes\nA;10\nB;" + "9" * 90 + "\n"),
    ("E101", "party;votes\nA;10\nB;12*\n", 3, 2, "party;votes\nA;10\nB;12\n"),
    ("E102", "party;votes\nA;10\nB;\n", 3, 2, "party;votes\nA;10\nB;0\n"),
    ("E102", "party;votes\nA;10\nB;-\n", 3, 2, "party;votes\nA;10\nB;0\n"),
    ("E102", "party;votes\nA;10\nB;н/д\n", 3, 2, "party;votes\nA;10\nB;0\n"),
    ("E102", "district;A;B\nx;1;\ny;1;2\n", 2, 3, "district;A;B\nx;1;-\ny;1;2\n"),
    ("E102", "district;A;B\nx;;\ny;1;2\n", 2, 2, "district;A;B\nx;0;0\ny;1;2\n"),
    ("E103", "party;votes\nA;10\nB;-5\n", 3, 2, "party;votes\nA;10\nB;5\n"),
    ("E103", "party;votes\nA;10\nB;−5\n", 3, 2, "party;votes\nA;10\nB;5\n"),
    ("E103", "party;votes\nA;10\nB;(5)\n", 3, 2, "party;votes\nA;10\nB;5\n"),
    ("E104", "party;votes\nA;10\nB;1234.5\n", 3, 2, "party;votes\nA;10\nB;1234.0\n"),
    ("E104", "party;votes\nA;10\nB;0,5\n", 3, 2, "party;votes\nA;10\nB;5\n"),
    ("E105", "party;votes\nA;10\nB;12,5 %\n", 3, 2, "party;votes\nA;10\nB;12\n"),
    ("E106", "party;votes\nA;10\nB;1,234\n", 3, 2, "party;votes\nA;1,000,000\nB;1,234\n"),
    ("E106", "party;votes\nA;10\nB;1.234\n", 3, 2, "party;votes\nA;1.000.000\nB;1.234\n"),
    ("E107", "party;votes\nA;10\nB;1.2E+06\n", 3, 2, "party;votes\nA;10\nB;1200000\n"),
    ("E107", "party;votes\nA;10\nB;1e6\n", 3, 2, "party;votes\nA;10\nB;1000000\n"),
    ("E108", "party;votes\nA;10\nB;#REF!\n", 3, 2, "party;votes\nA;10\nB;4\n"),
    ("E108", "партия;голоса\nA;10\nB;#ЗНАЧ!\n", 3, 2, "партия;голоса\nA;10\nB;4\n"),
    ("E108", "party;votes\nA;10\nB;#####\n", 3, 2, "party;votes\nA;10\nB;4\n"),
    ("E109", "district;party;votes\n1-Apr;A;10\n1-5;A;11\n", 2, 1, "district;party;votes\n1-4;A;10\n1-5;A;11\n"),
    ("E109", "округ;партия;голоса\n01.апр;A;10\n1-5;A;11\n", 2, 1, "округ;партия;голоса\n1-4;A;10\n1-5;A;11\n"),
    ("E109", "district;A;B\n2023-04-01;1;2\n1-5;1;2\n", 2, 1, "district;A;B\n1-4;1;2\n1-5;1;2\n"),
    ("E109", "party;votes\nA;10\nB;12-May\n", 3, 2, "party;votes\nA;10\nB;12\n"),
    ("E110", "party,votes\nA,10\nX, Y,5\n", 3, None, 'party,votes\nA,10\n"X, Y",5\n'),
    ("E110", "district;party;votes\nx;A;10\ny;5\n", 3, None, "district;party;votes\nx;A;10\ny;A;5\n"),
    ("E111", "party;votes\nA;10\nB;5\nA;7\n", 4, 2, "party;votes\nA;10\nB;5\nC;7\n"),
    ("E111", "district;A;B\nx;1;2\nX;1;2\n", 3, 1, "district;A;B\nx;1;2\ny;1;2\n"),
    ("E111", "district;A;B;a\nx;1;2;3\n", 1, 4, "district;A;B;C\nx;1;2;3\n"),
    ("E111", "district;registered;electors;A;B\nx;9;9;1;2\n", 1, 3, "district;registered;voters;A;B\nx;9;9;1;2\n"),
    ("E112", "district;A;B;total\nx;1;2;4\ny;1;2;3\n", 2, 4, "district;A;B;total\nx;1;2;3\ny;1;2;3\n"),
    ("E112", "district;A;B\nx;1;2\ny;1;2\nИтого;2;5\n", 4, 3, "district;A;B\nx;1;2\ny;1;2\nИтого;2;4\n"),
    ("E112", "party;votes\nA;10\nB;5\nTotal;16\n", 4, 2, "party;votes\nA;10\nB;5\nTotal;15\n"),
    ("E112", "party;votes\nA;10\nB;5\nvalid;16\n", 4, 2, "party;votes\nA;10\nB;5\nvalid;15\n"),
    (
        "E112",
        "district;party;votes\nx;A;1\ny;A;2\nTotal;A;4\n",
        4,
        3,
        "district;party;votes\nx;A;1\ny;A;2\nTotal;A;3\n",
    ),
    ("E112", "партия;x;y;Барлығы\nA;1;2;4\nB;1;1;2\n", 2, 4, "партия;x;y;Барлығы\nA;1;2;3\nB;1;1;2\n"),
    ("E113", "district;registered;voters;A\nx;9;10;1\n", 2, 3, "district;registered;voters;A\nx;10;10;1\n"),
    (
        "E114",
        "party;votes\nA;9\nvalid;9\ninvalid;2\nballots;10\n",
        5,
        2,
        "party;votes\nA;9\nvalid;9\ninvalid;1\nballots;10\n",
    ),
    ("E115", "party;votes\nA;10\nB\x07b;5\n", 3, 1, "party;votes\nA;10\nBb;5\n"),
    ("E115", "party;votes\nA;10\nB;5\x00\n", 3, 2, "party;votes\nA;10\nB;5\n"),
    ("E116", "party;votes\nAUYL;10\nАUYL;5\n", 3, 1, "party;votes\nAUYL;10\nAUYM;5\n"),
    ("E118", "district;A;;B\nx;1;2;3\n", 1, 3, "district;A;C;B\nx;1;2;3\n"),
    ("E119", "party;votes\nA;10\n;5\n", 3, 1, "party;votes\nA;10\nB;5\n"),
    ("E119", "district;party;votes\nx;A;10\n;A;5\n", 3, 1, "district;party;votes\nx;A;10\ny;A;5\n"),
    ("W202", "party;votes\nA;10\nИсточник: комиссия;\n", 3, None, "party;votes\nA;10\nB;3\n"),
    ("W202", "district;A;B\n1;2;3\nx;4;5\n", 2, None, "district;A;B\n1;2;4\nx;4;5\n"),
    ("W202", "party;votes\nA;10\nTurnout;54.2%\n", 3, 1, "party;votes\nA;10\nTurnout;5400\n"),
    ("W203", "district;A;chairman\nx;1;Ivanov\n", 1, 3, "district;A;note\nx;1;Ivanov\n"),
    ("W204", "group;votes\nA;10\n", 1, 1, "party;votes\nA;10\n"),
    ("W207", "party;votes\nA;10\nАmanat;5\n", 3, 1, "party;votes\nA;10\nАманат;5\n"),
    ("W208", "party;votes\nA;10\nAma\u200bnat;5\n", 3, 1, "party;votes\nA;10\nAmanat;5\n"),
    ("W209", "party;votes\nA;10\nblank;5\n", 3, 2, "party;votes\nA;10\nblank;5\nvalid;10\n"),
    ("W210", "district;voters;ballots;A\nx;9;10;1\n", 2, 3, "district;voters;ballots;A\nx;10;10;1\n"),
    (
        "W211",
        "district;candidate;party;votes\nx;I;A;1\ny;I;B;2\n",
        2,
        2,
        "district;candidate;party;votes\nx;I;A;1\ny;I;A;2\n",
    ),
    ("W212", "district;registered;A\nx;9;1\ny;;2\n", 3, 2, "district;registered;A\nx;9;1\ny;9;2\n"),
]


@pytest.mark.parametrize(("code", "content", "row", "column", "sound"), CASES)
def test_a_problem_is_found_in_its_cell_alone_and_its_twin_is_sound(tmp_path, code, content, row, column, sound):
    problems = [problem for problem in found(tmp_path, content) if (code, problem.code) != ("E116", "W207")]
    assert spots(problems) == [(code, row, column)]
    assert problems[0].what
    assert found(tmp_path, sound) == []


def test_every_code_is_tested_here():
    elsewhere = {"E117", "W201", "W205", "W206", "W213", "W214", "W215", "W216", "W217", "W218"}
    assert {case[0] for case in CASES} | elsewhere == set(CODES)


def test_percentages_given_as_votes_are_all_told(tmp_path):
    problems = found(tmp_path, "party;votes\nA;50.5\nB;40\nC;9.5\n")
    assert spots(problems) == [("E105", 2, 2), ("E105", 3, 2), ("E105", 4, 2)]
    assert "scale them to whole numbers" in problems[0].hint
    assert spots(found(tmp_path, "party;votes\nA;50.5\nB;40\nC;90\n")) == [("E104", 2, 2)]


def test_shares_of_one_given_as_votes_are_told(tmp_path):
    assert spots(found(tmp_path, "party;votes\nA;0.51\nB;0.49\n")) == [("E105", 2, 2), ("E105", 3, 2)]


def test_a_mark_that_is_used_both_ways_is_an_error_that_says_so(tmp_path):
    problems = found(tmp_path, "party;votes\nA;1,234,567\nB;12,5\nC;1,234\n")
    assert spots(problems) == [("E104", 3, 2), ("E106", 4, 2)]
    assert "both ways" in problems[1].what


def test_the_eight_bit_guess_is_told(tmp_path):
    assert spots(found(tmp_path, "партия;дауыс\nӘділет ұйымы;12\nЫ;3\n".encode("kz1048"))) == [("W201", None, None)]
    assert found(tmp_path, "партия;дауыс\nӘділет ұйымы;12\nЫ;3\n") == []


def test_names_close_to_a_known_contender_are_told(tmp_path):
    problems = found(tmp_path, "party;votes\nAmannat;10\nauyl;5\n", known=KNOWN)
    assert spots(problems) == [("W205", 2, 1)]
    assert problems[0].hint == "did you mean amanat?"
    assert found(tmp_path, "party;votes\nАМАНАТ;10\nauyl;5\n", known=KNOWN) == []
    look_alike = found(tmp_path, "party;votes\nаmanat;10\nauyl;5\n", known=KNOWN)
    assert spots(look_alike) == [("W205", 2, 1), ("W207", 2, 1)]


def sheets(build):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    build(book)
    book.close()
    return out.getvalue()


def test_cells_of_a_workbook_have_letters_sheets_and_values(tmp_path):
    def build(book):
        sheet = book.add_worksheet("Итоги")
        sheet.write_row(2, 1, ["округ", "A", "B"])
        sheet.write_row(3, 1, ["x", 2**53 - 1, 2**53])
        sheet.write_row(4, 1, ["y", 1.5, 2])
        sheet.write_datetime(5, 1, datetime(2023, 4, 1), book.add_format({"num_format": "d-mmm"}))
        sheet.write_row(5, 2, [1, 2])
        sheet.write_string(6, 1, "z")
        sheet.write_formula(6, 2, "=A1/0", value="#DIV/0!")
        sheet.write_boolean(6, 3, True)
        sheet.write_row(7, 1, ["w", -1.0, "12"])
        sheet.write_string(8, 1, "v")
        sheet.write_datetime(8, 2, datetime(2023, 4, 1), book.add_format({"num_format": "d-mmm"}))
        sheet.write_number(8, 3, 3)

    problems = found(tmp_path, sheets(build), "results.xlsx")
    assert [(problem.code, str(problem.place).rpartition("xlsx:")[2]) for problem in problems] == [
        ("E117", "Итоги!D4"),
        ("E104", "Итоги!C5"),
        ("E109", "Итоги!B6"),
        ("E108", "Итоги!C7"),
        ("E101", "Итоги!D7"),
        ("E103", "Итоги!C8"),
        ("E109", "Итоги!C9"),
    ]
    assert (problems[2].place.letter, problems[2].place.value) == ("B", "2023-04-01")
    assert problems[1].rows == (5,)


def test_floats_of_a_workbook_that_are_whole_are_counts(tmp_path):
    def build(book):
        book.add_worksheet("A").write_row(0, 0, ["district", "A", "B"])
        book.get_worksheet_by_name("A").write_row(1, 0, [12.0, 1234.0, 0.0])

    path = tmp_path / "results.xlsx"
    path.write_bytes(sheets(build))
    assert read_results(path).tally.tiers["list"].votes == {"12": {"A": 1234, "B": 0}}


def test_two_sheets_that_look_like_results_are_told(tmp_path):
    def build(book):
        for name in ("First", "Second"):
            book.add_worksheet(name).write_row(0, 0, ["party", "votes"])
            book.get_worksheet_by_name(name).write_row(1, 0, ["A", 1])

    problems = found(tmp_path, sheets(build), "results.xlsx")
    assert [problem.code for problem in problems] == ["W206"]
    assert "'First' was read; 'Second'" in problems[0].what
    assert found(tmp_path, sheets(build), "results.xlsx", sheet="Second") == []


def test_a_total_is_not_compared_while_rows_are_at_fault(tmp_path):
    problems = found(tmp_path, "district;A;B\nx;1;2\ny;1;abc\nTotal;2;9\n")
    assert spots(problems) == [("E101", 3, 3), ("W213", 4, None)]


def test_the_good_rows_are_kept_and_the_others_listed(tmp_path):
    path = tmp_path / "results.csv"
    path.write_text("district;A;B\nx;1;2\ny;1;abc\nz;-1;3\nw;4;5\n")
    with pytest.raises(InvalidResults, match="2 problems in 2 rows"):
        read_results(path)
    reading = read_results(path, keep_good=True)
    assert reading.tally.tiers["list"].votes == {"x": {"A": 1, "B": 2}, "w": {"A": 4, "B": 5}}
    assert (reading.kept, reading.dropped) == (2, 2)
    assert [problem.rows for problem in reading.problems] == [(3,), (4,)]


def test_of_two_equal_rows_neither_is_kept(tmp_path):
    path = tmp_path / "results.csv"
    path.write_text("party;votes\nA;10\nB;5\nA;7\n")
    reading = read_results(path, keep_good=True)
    assert reading.tally.tiers["list"].votes == {NATION: {"B": 5}}
    assert (reading.kept, reading.dropped, reading.problems[0].rows) == (1, 2, (2, 4))


def test_an_area_that_contradicts_itself_is_left_out(tmp_path):
    path = tmp_path / "results.csv"
    path.write_text("district,party,votes\nx,A,1\nx,B,2\nx,total,4\ny,A,5\ny,total,5\n")
    reading = read_results(path, keep_good=True)
    assert reading.tally.tiers["list"].votes == {"y": {"A": 5}}
    assert reading.problems[0].rows == (2, 3, 4)


def test_a_column_that_stands_twice_is_left_out(tmp_path):
    path = tmp_path / "results.csv"
    path.write_text("district,A,B,A\nx,1,2,3\n")
    assert read_results(path, keep_good=True).tally.tiers["list"].votes == {"x": {"B": 2}}


def test_where_no_row_is_good_nothing_can_be_kept(tmp_path):
    path = tmp_path / "results.csv"
    path.write_text("party;votes\nA;-1\nB;x\n")
    with pytest.raises(InvalidResults, match="without them no row of votes is left"):
        read_results(path, keep_good=True)


def test_the_message_shows_the_first_problems_counts_the_rest_and_says_how_to_go_on(tmp_path):
    path = tmp_path / "results.csv"
    path.write_text("party;votes\nfirst;1\n" + "".join(f"P{i};x{i}\n" for i in range(50)))
    with pytest.raises(FaultyResults) as caught:
        read_results(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: 50 problems in 50 rows\n")
    assert message.count("E101") == FaultyResults.shown
    assert f"{path}:3:2: E101 'x0' is no count" in message
    assert "and 30 more" in message
    assert "--keep-good" in message
    assert len(caught.value.problems) == 50
    assert caught.value.exit_code == 4


def test_letters_of_columns():
    assert [letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(("total", "codes"), [(31, []), (33, ["E112"])])
def test_a_total_row_that_names_no_contender_is_a_sum_not_a_fault(tmp_path, total, codes):
    path = tmp_path / "results.csv"
    path.write_text(f"district,party,votes\nnorth,A,10\nnorth,B,5\nsouth,A,7\nsouth,B,9\nTotal,,{total}\n")
    if codes:
        with pytest.raises(FaultyResults) as caught:
            read_results(path)
        assert [problem.code for problem in caught.value.problems] == codes
        return
    assert read_results(path).tally.tiers["list"].votes == {"north": {"A": 10, "B": 5}, "south": {"A": 7, "B": 9}}
