"""A user's own results: whatever the layout, the encoding and the marks, the same tally comes out."""

import doctest
import io
import re
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sailau.records.results.read as module
from sailau.files.labels import is_total, line_of, role_of
from sailau.records.read import read_election
from sailau.records.results import read_results
from sailau.records.results.names import looks_of
from sailau.terms.errors import InvalidResults
from sailau.terms.tally import NATION, Contender

ROOT = Path(__file__).parents[2]
HOW_TO = ROOT / "docs" / "how-to" / "own-results.md"
ELECTIONS = ROOT / "elections"

DELIMITERS = [",", ";", "\t", "|"]
ENCODINGS = ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"]
VOTES = {
    "Алматы": {"Аманат": 3431510, "Ақ жол, ДП": 535139, "«Ауыл»": 1000},
    "Абай": {"Аманат": 12, "Ақ жол, ДП": 0, "«Ауыл»": 7},
}
CYRILLIC = {area: {name.replace("қ", "к"): n for name, n in votes.items()} for area, votes in VOTES.items()}


def long_rows(votes):
    rows = [["округ", "партия", "голоса"]]
    return rows + [[area, name, n] for area, line in votes.items() for name, n in line.items()]


def wide_rows(votes):
    names = list(next(iter(votes.values())))
    return [["округ", *names]] + [[area, *line.values()] for area, line in votes.items()]


def across_rows(votes):
    names = list(next(iter(votes.values())))
    return [["партия", *votes]] + [[name, *(votes[area][name] for area in votes)] for name in names]


LAYOUTS = {"long": long_rows, "wide": wide_rows, "across": across_rows}


def as_text(rows, delimiter=",", mark=""):
    def cell(value):
        text = f"{value:,}".replace(",", mark) if isinstance(value, int) else str(value)
        quoted = delimiter in text or '"' in text or "\n" in text
        return '"' + text.replace('"', '""') + '"' if quoted else text

    return "".join(delimiter.join(map(cell, row)) + "\r\n" for row in rows)


def as_xlsx(rows, title=None):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Results")
    start = 0
    if title:
        sheet.merge_range(0, 0, 0, max(1, len(rows[0]) - 1), title)
        start = 3
    for i, row in enumerate(rows, start):
        sheet.write_row(i, 1 if title else 0, row)
    book.close()
    return out.getvalue()


def read(tmp_path, content, name="results.csv", encoding="utf-8", **options):
    path = tmp_path / name
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return read_results(path, **options)


def votes_of(reading, tier="list"):
    return reading.tally.tiers[tier].votes


def totals_of(reading, tier="list"):
    return reading.tally.tiers[tier].totals


@pytest.mark.parametrize("mark", ["", " ", "\u00a0"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_delimiter_and_layout_gives_the_same_tally(tmp_path, encoding, delimiter, layout, mark):
    votes = CYRILLIC if encoding == "cp1251" else VOTES
    reading = read(tmp_path, as_text(LAYOUTS[layout](votes), delimiter, mark), encoding=encoding)
    assert votes_of(reading) == votes
    assert reading.problems == ()
    assert reading.layout.encoding == encoding
    assert reading.layout.delimiter == delimiter
    assert reading.layout.layout == ("long" if layout == "long" else "wide")
    assert reading.layout.across == (layout == "across")
    assert reading.layout.header == 1
    assert (reading.kept, reading.dropped) == (6 if layout == "long" else 2, 0)


@pytest.mark.parametrize("title", [None, "Итоги выборов, 19.03.2023"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_in_a_workbook(tmp_path, layout, title):
    reading = read(tmp_path, as_xlsx(LAYOUTS[layout](VOTES), title), "results.xlsx")
    assert votes_of(reading) == VOTES
    assert reading.problems == ()
    assert (reading.layout.sheet, reading.layout.header) == ("Results", 4 if title else 1)


@pytest.mark.parametrize("mark", [" ", "\u00a0", "\u202f", "\u2009", "'", "’"])
def test_marks_of_thousands(tmp_path, mark):
    reading = read(tmp_path, f"party;votes\nA;1{mark}234{mark}567\nB;12{mark}345\n")
    assert votes_of(reading) == {NATION: {"A": 1234567, "B": 12345}}


@pytest.mark.parametrize(
    ("content", "decimal"),
    [
        ("party;votes\nA;1,234,567\nB;12,345\n", "."),
        ("party;votes\nA;1.234.567\nB;12.345\n", ","),
        ("party;votes\nA;1.234.567,00\nB;12.345\n", ","),
        ("party;votes;percent\nA;1,234,567;99.01\nB;12,345;0.99\n", "."),
    ],
)
def test_commas_and_points_that_other_numbers_explain(tmp_path, content, decimal):
    reading = read(tmp_path, content)
    assert votes_of(reading) == {NATION: {"A": 1234567, "B": 12345}}
    assert reading.layout.decimal == decimal


def test_a_share_column_settles_the_mark_of_the_votes(tmp_path):
    reading = read(tmp_path, "партия;голоса;%\nA;1.234;53,9\nB;1.056;46,1\n")
    assert votes_of(reading) == {NATION: {"A": 1234, "B": 1056}}


def test_two_columns_without_a_header(tmp_path):
    reading = read(tmp_path, "Аманат;1200\nАуыл;300\n")
    assert votes_of(reading) == {NATION: {"Аманат": 1200, "Ауыл": 300}}
    assert reading.layout.header is None
    assert [problem.code for problem in reading.problems] == ["W204", "W204"]
    assert [column.sure for column in reading.layout.columns] == ["guessed", "guessed"]


def test_a_row_of_names_and_a_row_of_votes(tmp_path):
    reading = read(tmp_path, "Amanat,Auyl,Against all\n100,50,7\n")
    assert votes_of(reading) == {NATION: {"Amanat": 100, "Auyl": 50, "against_all": 7}}


def test_numbers_beyond_the_machine_word(tmp_path):
    large = 2**70 + 1
    assert votes_of(read(tmp_path, f"party;votes\nA;{large}\nB;{large:,}\n".replace(",", " "))) == {
        NATION: {"A": large, "B": large}
    }


@pytest.mark.parametrize(
    ("registered", "voters", "ballots", "valid", "invalid", "against", "total"),
    [
        ("registered", "voters", "ballots", "valid", "invalid", "against all", "Total"),
        ("Избирателей", "Проголосовало", "Бюллетеней", "Действительные", "Недействительные", "Против всех", "Итого"),
        ("Сайлаушылар саны", "Дауыс бергендер", "Бюллетеньдер", "Жарамды", "Жарамсыз", "Бәріне қарсы", "Барлығы"),
        (
            "Число избирателей, включённых в списки",
            "Число граждан, принявших участие в голосовании",
            "Число бюллетеней",
            "Число действительных бюллетеней",
            "Бюллетени, признанные недействительными",
            "Голоса «против всех»",
            "ИТОГО ПО СТРАНЕ",
        ),
    ],
)
def test_figures_in_three_languages_as_columns_and_as_rows(
    tmp_path, registered, voters, ballots, valid, invalid, against, total
):
    figures = {registered: 100, voters: 61, ballots: 60, valid: 57, invalid: 3, against: 7, "A": 30, "B": 20}
    wide = [["округ", *figures], ["x", *figures.values()], ["y", *figures.values()]]
    wide.append([total, *(2 * n for n in figures.values())])
    expected = {"registered": 100, "voters": 61, "ballots": 60, "valid": 57, "invalid": 3}
    one = read(tmp_path, as_text(wide, ";"))
    assert one.problems == ()
    assert votes_of(one) == {area: {"A": 30, "B": 20, "against_all": 7} for area in "xy"}
    assert totals_of(one) == dict.fromkeys("xy", expected)
    rows = [["партия", "голоса"], *([name, n] for name, n in figures.items())]
    two = read(tmp_path, as_text(rows, ";"))
    assert votes_of(two) == {NATION: {"A": 30, "B": 20, "against_all": 7}}
    assert totals_of(two) == {NATION: expected}


def test_a_party_whose_name_begins_like_a_total_is_a_party():
    assert line_of("Жалпыұлттық социал-демократиялық партия") is None
    assert not is_total("Жалпыұлттық социал-демократиялық партия")
    assert role_of("Жалпы") == ("total", "certain")
    assert is_total("Итого по Алматинской области:")


def test_our_own_form_with_tiers(tmp_path):
    reading = read(
        tmp_path,
        "tier,district,contender,votes,source\nlist,,amanat,5,x\nlist,,against_all,1,x\nlist,,registered,50,x\n"
        "district,1,ivan,5,x\ndistrict,2,petr,6,x\n",
    )
    assert votes_of(reading) == {NATION: {"amanat": 5, "against_all": 1}}
    assert totals_of(reading) == {NATION: {"registered": 50}}
    assert votes_of(reading, "district") == {"1": {"ivan": 5}, "2": {"petr": 6}}
    assert reading.problems == ()


def test_the_tier_of_a_file_that_names_none(tmp_path):
    assert set(read(tmp_path, "party,votes\nA,1\n", tier="regional").tally.tiers) == {"regional"}


def test_candidates_with_their_parties(tmp_path):
    reading = read(
        tmp_path,
        "district,candidate,party,votes\n1,Ivan,Amanat,5\n1,Petr,самовыдвижение,6\n2,Ivan,Auyl,7\n2,Aigul,Auyl,8\n",
    )
    assert votes_of(reading) == {"1": {"Ivan (Amanat)": 5, "Petr": 6}, "2": {"Ivan (Auyl)": 7, "Aigul": 8}}
    marks = reading.tally.contenders
    assert (marks["Aigul"].party, marks["Aigul"].kind) == ("Auyl", "candidate")
    assert (marks["Petr"].party, marks["Petr"].kind) == (None, "independent")
    assert [problem.code for problem in reading.problems] == ["W211"]


def test_regions_and_districts_are_joined_only_where_needed(tmp_path):
    twice = read(tmp_path, "region,precinct,party,votes\nR1,1,x,1\nR1,2,x,2\nR2,1,x,3\n")
    assert votes_of(twice) == {"R1 / 1": {"x": 1}, "R1 / 2": {"x": 2}, "R2 / 1": {"x": 3}}
    once = read(tmp_path, "region,precinct,party,votes\nR1,1,x,1\nR1,2,x,2\nR2,3,x,3\n")
    assert votes_of(once) == {"1": {"x": 1}, "2": {"x": 2}, "3": {"x": 3}}


def test_figures_that_a_long_table_repeats_in_each_row(tmp_path):
    reading = read(tmp_path, "district,registered,party,votes\nx,100,A,1\nx,100,B,2\ny,50,A,3\n")
    assert totals_of(reading) == {"x": {"registered": 100}, "y": {"registered": 50}}
    assert reading.problems == ()
    other = read(tmp_path, "district,registered,party,votes\nx,100,A,1\nx,90,B,2\ny,50,A,3\n")
    assert totals_of(other) == {}
    assert [(problem.code, problem.place.line, problem.place.column) for problem in other.problems] == [("W203", 3, 2)]


def test_a_column_of_words_called_result_is_not_the_votes(tmp_path):
    reading = read(tmp_path, "district,party,votes,result\nx,A,1,lost\nx,B,2,won\n")
    assert votes_of(reading) == {"x": {"A": 1, "B": 2}}


def test_a_header_of_two_rows_with_votes_and_shares(tmp_path):
    reading = read(tmp_path, ",Amanat,,Auyl,\nDistrict,votes,%,votes,%\nA,10,66.7,5,33.3\nB,1,50,1,50\n")
    assert votes_of(reading) == {"A": {"Amanat": 10, "Auyl": 5}, "B": {"Amanat": 1, "Auyl": 1}}
    assert [column.role for column in reading.layout.columns] == ["district", "votes", "left_out", "votes", "left_out"]


def test_a_header_with_a_group_over_the_parties(tmp_path):
    reading = read(tmp_path, "District,Registered,Votes for,,\n,,Amanat,Auyl,Aq jol\nA,100,10,5,1\nB,50,1,1,2\n")
    assert votes_of(reading)["B"] == {"Amanat": 1, "Auyl": 1, "Aq jol": 2}
    assert totals_of(reading) == {"A": {"registered": 100}, "B": {"registered": 50}}


def test_merged_cells_of_a_sheet(tmp_path):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Итоги")
    sheet.merge_range(0, 0, 0, 5, "Итоги выборов 19.03.2023")
    sheet.merge_range(2, 0, 3, 0, "Округ")
    sheet.merge_range(2, 1, 3, 1, "Число избирателей, внесённых в списки")
    sheet.merge_range(2, 2, 2, 3, "Аманат")
    sheet.merge_range(2, 4, 2, 5, "Ауыл")
    sheet.write_row(3, 2, ["голосов", "%", "голосов", "%"])
    sheet.write_row(4, 0, [1, 2, 3, 4, 5, 6])
    sheet.write_row(5, 0, ["А", 1000, 100, "50%", 100, "50%"])
    sheet.write_row(6, 0, ["Б", 2000, 200, 66.6, 100, 33.3])
    sheet.write_row(8, 0, ["Источник: избирательная комиссия"])
    book.close()
    reading = read(tmp_path, out.getvalue(), "results.xlsx")
    assert votes_of(reading) == {"А": {"Аманат": 100, "Ауыл": 100}, "Б": {"Аманат": 200, "Ауыл": 100}}
    assert totals_of(reading) == {"А": {"registered": 1000}, "Б": {"registered": 2000}}
    assert [(problem.code, problem.place.line) for problem in reading.problems] == [("W202", 5), ("W202", 9)]


def test_the_sheet_that_looks_like_results_is_chosen(tmp_path):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("About").write_row(0, 0, ["Results of the election", "of 2023"])
    book.add_worksheet("Votes").write_row(0, 0, ["party", "votes"])
    book.get_worksheet_by_name("Votes").write_row(1, 0, ["A", 5])
    book.close()
    reading = read(tmp_path, out.getvalue(), "results.xlsx")
    assert (reading.layout.sheet, reading.problems) == ("Votes", ())


def test_a_total_of_parts_and_a_total_of_all(tmp_path):
    reading = read(
        tmp_path,
        "district;A;B\nx;1;2\ny;3;4\nИтого по области;4;6\nz;5;6\nИтого по городу;5;6\nВсего;9;12\n",
    )
    assert votes_of(reading) == {"x": {"A": 1, "B": 2}, "y": {"A": 3, "B": 4}, "z": {"A": 5, "B": 6}}
    assert reading.problems == ()


def test_a_total_is_known_by_another_cell_than_that_of_its_district(tmp_path):
    assert votes_of(read(tmp_path, "№;district;A;B\n1;x;1;2\n2;y;3;4\nИтого;;4;6\n")) == {
        "x": {"A": 1, "B": 2},
        "y": {"A": 3, "B": 4},
    }


def test_each_tier_has_its_own_totals(tmp_path):
    content = "tier;district;party;votes\np;x;A;1\np;y;A;2\np;Total;A;3\nq;x;A;5\nq;y;A;6\nq;Total;A;11\n"
    reading = read(tmp_path, content)
    assert votes_of(reading, "p") == {"x": {"A": 1}, "y": {"A": 2}}
    assert votes_of(reading, "q") == {"x": {"A": 5}, "y": {"A": 6}}
    assert reading.problems == ()


def test_figures_of_the_whole_stand_at_the_nation(tmp_path):
    reading = read(tmp_path, "district,party,votes\nx,A,1\ny,A,2\n,registered,100\nTotal,A,3\n")
    assert reading.tally.tiers["list"].total(NATION, "registered") == 100
    assert votes_of(reading) == {"x": {"A": 1}, "y": {"A": 2}}


def test_a_dash_says_that_a_contender_did_not_stand(tmp_path):
    assert votes_of(read(tmp_path, "district;A;B\nx;1;-\ny;3;4\n")) == {"x": {"A": 1}, "y": {"A": 3, "B": 4}}


@pytest.mark.parametrize(("valid", "is_line"), [(30, False), (33, True)])
def test_blank_ballots_go_where_the_valid_ones_say(tmp_path, valid, is_line):
    reading = read(tmp_path, f"party;votes\nA;10\nB;20\nblank;3\nvalid;{valid}\n")
    assert ("blank" in votes_of(reading)[NATION]) == is_line
    assert ("blank" in totals_of(reading)[NATION]) != is_line


def test_names_are_composed_and_one_name_has_one_id(tmp_path):
    decomposed = unicodedata.normalize("NFD", "Йод")
    reading = read(tmp_path, f'district;party;votes\nx;{decomposed};1\ny;  йод ;2\nz;"«ЙОД»";3\n')
    assert votes_of(reading) == {"x": {"Йод": 1}, "y": {"Йод": 2}, "z": {"Йод": 3}}


def test_known_contenders_are_found_by_id_and_by_name(tmp_path):
    known = {"amanat": Contender("amanat", names={"kk": "«Аманат» партиясы"}), "aq_jol": Contender("aq_jol")}
    reading = read(tmp_path, 'party;votes\n"АМАНАТ  партиясы";5\nAq Jol;3\nother;1\n', known=known)
    assert votes_of(reading) == {NATION: {"amanat": 5, "aq_jol": 3, "other": 1}}
    assert reading.tally.contenders == known
    assert reading.problems == ()


def test_a_known_contender_called_like_a_figure_is_a_contender(tmp_path):
    reading = read(
        tmp_path, "party;votes\nBlank;5\nA;3\n", known={"blank_party": Contender("blank_party", names={"en": "Blank"})}
    )
    assert votes_of(reading) == {NATION: {"blank_party": 5, "A": 3}}


WORDS = st.text(st.sampled_from("абвгдежзиклмнпрстуфхцчшыэюяәғқңөұүһі"), min_size=3, max_size=9)
NAMES = st.builds(
    lambda parts, end: " ".join(parts) + end,
    st.lists(WORDS, min_size=1, max_size=3),
    st.sampled_from(["", ", партия", ' "N"', "; x"]),
)


def _is_name(name):
    return line_of(name) is None and role_of(name) is None and not is_total(name)


@st.composite
def tallies(draw):
    unlike = lambda names: st.lists(names.filter(_is_name), min_size=2, max_size=5, unique_by=looks_of)  # noqa: E731
    areas, names = draw(unlike(NAMES)), draw(unlike(NAMES))
    count = st.integers(0, 10**12)
    return {area: {name: draw(count) for name in names} for area in areas}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    votes=tallies(),
    layout=st.sampled_from(sorted(LAYOUTS)),
    encoding=st.sampled_from([e for e in ENCODINGS if e != "cp1251"]),
    delimiter=st.sampled_from(DELIMITERS),
    mark=st.sampled_from(["", " ", "\u00a0", "\u202f", "\u2009", "’"]),
    with_total=st.booleans(),
)
def test_a_tally_that_is_written_is_read_back(tmp_path, votes, layout, encoding, delimiter, mark, with_total):
    whole = {name: sum(line[name] for line in votes.values()) for name in next(iter(votes.values()))}
    rows = LAYOUTS[layout]({**votes, "Итого": whole} if with_total else votes)
    reading = read(tmp_path, as_text(rows, delimiter, mark), encoding=encoding)
    assert votes_of(reading) == votes
    assert reading.problems == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(votes=tallies(), layout=st.sampled_from(sorted(LAYOUTS)), title=st.sampled_from([None, "Results of 2023"]))
def test_a_tally_that_is_written_to_a_workbook_is_read_back(tmp_path, votes, layout, title):
    reading = read(tmp_path, as_xlsx(LAYOUTS[layout](votes), title), "results.xlsx")
    assert votes_of(reading) == votes
    assert reading.problems == ()


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["long", "wide"])
def test_a_hundred_thousand_rows_are_read_in_a_few_seconds(tmp_path, layout):
    if layout == "long":
        content = "tier,district,party,votes,note\n" + "".join(
            f"list,D{i // 10},P{i % 10},{i},\n" for i in range(100_000)
        )
    else:
        content = "district,A,B,C,D\n" + "".join(f"D{i},{i},2,3,4\n" for i in range(100_000))
    start = time.process_time()
    reading = read(tmp_path, content)
    assert reading.kept == 100_000
    assert time.process_time() - start < 6, "about 1 to 2 s on one core; the bound leaves room for a busy machine"


def test_the_examples_of_the_docstring_hold():
    assert doctest.testmod(module).failed == 0


def test_the_examples_of_the_how_to_hold():
    examples = "\n".join(re.findall(r"```python\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, "own-results", str(HOW_TO), 0)
    assert len(test.examples) > 5
    assert doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test).failed == 0


@pytest.mark.parametrize(
    "path", sorted(ELECTIONS.glob("kz/*/*/votes.csv")), ids=lambda path: "/".join(path.parts[-4:-1])
)
def test_the_votes_of_our_own_records_are_read_as_the_records_are(path):
    tiers = read_election(path.parent).tally.tiers
    reading = read_results(path)
    assert {tier: votes_of(reading, tier) for tier in reading.tally.tiers} == {
        tier: {area: dict(lines) for area, lines in tiers[tier].votes.items()} for tier in reading.tally.tiers
    }


def test_reading_text_needs_no_reader_of_workbooks():
    code = (
        "import sailau.records.results, sys; print(sorted({'python_calamine', 'pydantic', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


TWO_COUNTS = "place,who,n,m\nA,x,1000,5\nA,y,900,6\nB,x,300,1\nB,y,450,2\n"


def read_as(folder: Path, text: str, **roles: str) -> dict[str, dict[str, int]]:
    path = folder / "given.csv"
    path.write_text(text, encoding="utf-8")
    return {area: dict(votes) for area, votes in read_results(path, roles=roles).tally.tiers["list"].votes.items()}


def test_roles_that_are_given_are_not_guessed(tmp_path: Path) -> None:
    said = {"A": "district", "B": "contender", "C": "votes", "D": "left_out"}
    assert read_as(tmp_path, TWO_COUNTS, **said) == {"A": {"x": 1000, "y": 900}, "B": {"x": 300, "y": 450}}
    other = said | {"C": "left_out", "D": "votes"}
    assert read_as(tmp_path, TWO_COUNTS, **other) == {"A": {"x": 5, "y": 6}, "B": {"x": 1, "y": 2}}


def test_given_columns_of_votes_are_contenders(tmp_path: Path) -> None:
    text = "district,Amanat,Auyl,Jer\nA,1000,500,3\nB,2000,600,4\n"
    wide = read_as(tmp_path, text, A="district", B="votes", C="registered", D="votes")
    assert wide == {"A": {"Amanat": 1000, "Jer": 3}, "B": {"Amanat": 2000, "Jer": 4}}
    one = read_as(tmp_path, text, A="district", B="left_out", C="votes", D="left_out")
    assert one == {"A": {"Auyl": 500}, "B": {"Auyl": 600}}
    across = read_as(tmp_path, "who,A,B\nAmanat,10,500\nAuyl,20,60\n", A="contender", B="votes", C="votes")
    assert across == {"A": {"Amanat": 10, "Auyl": 20}, "B": {"Amanat": 500, "Auyl": 60}}


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ({"Z": "votes"}, "there is no column Z"),
        ({"A": "contender", "B": "contender"}, "both given as the contender"),
        ({"A": "district", "B": "contender", "C": "votes", "D": "votes"}, "2 columns are given as votes"),
        ({"A": "district", "B": "contender", "C": "left_out", "D": "left_out"}, "none of the columns"),
    ],
)
def test_roles_that_cannot_stand_are_refused_with_the_columns(tmp_path: Path, roles: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidResults, match=said) as refused:
        read_as(tmp_path, TWO_COUNTS, **roles)
    assert str(tmp_path) in str(refused.value)
    assert [column.letter for column in refused.value.columns] == ["A", "B", "C", "D"]  # type: ignore[attr-defined]
