"""Tables as offices and programs hand them out: pages called .xls, formulas without results, labels of two lines."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from sailau.files import tables
from sailau.files.codepages import is_latin_2
from sailau.records.ranked import is_table_of_ranks, read_ranked
from sailau.records.results import read_results
from sailau.records.results.problems import FaultyResults


def kept(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def book(path: Path, rows: list[list[Any]], hidden: str | None = None) -> Path:
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("votes")
    for i, row in enumerate(rows):
        sheet.write_row(i, 0, list(row))
    if hidden:
        made.add_worksheet(hidden).hide()
    made.close()
    return path


def votes(path: Path, **said: Any) -> dict[str, dict[str, int]]:
    return {area: dict(lines) for area, lines in read_results(path, **said).tally.tiers["list"].votes.items()}


PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=%s"></head><body>
<script>document.write("<table><tr><td>9</td></tr></table>")</script>
<table><tr><td>home</td></tr></table>
<table border=1><tr><th rowspan=2>Kraj<th colspan=2>Strany</tr><tr><th>Křesťané<th>Piráti</tr>
<tr><td>Praha<td>1&nbsp;200<td>300</tr><tr><td>Brno<td>80<td>70</tr></table></body></html>"""


@pytest.mark.parametrize("code", ["utf-8", "windows-1250", "iso-8859-2"])
def test_a_page_called_xls_is_read_by_its_table_in_the_encoding_it_names(tmp_path: Path, code: str) -> None:
    path = kept(tmp_path / "vysledky.xls", (PAGE % code).encode(code))
    found = {"Praha": {"Křesťané": 1200, "Piráti": 300}, "Brno": {"Křesťané": 80, "Piráti": 70}}
    assert votes(path) == found
    assert read_results(path).layout.format == "html"


def test_a_cell_over_several_rows_of_a_page_counts_for_all_of_them(tmp_path: Path) -> None:
    page = (
        "<table><tr><td>District</td><td>Party</td><td>Votes</td></tr>"
        "<tr><td rowspan=2>North</td><td>Reds</td><td x:num='1234'>1,2k</td></tr><tr><td>Blues</td><td>7</td></tr>"
        "<tr><td>South</td><td>Reds</td><td>5</td></tr></table>"
    )
    path = kept(tmp_path / "page.xls", page)
    assert votes(path) == {"North": {"Reds": 1234, "Blues": 7}, "South": {"Reds": 5}}


def test_of_several_tables_of_a_page_one_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    one = "<table><tr><th>Party<th>Votes</tr><tr><td>{a}<td>5</tr><tr><td>B<td>6</tr>{more}</table>"
    more = "<tr><td>C<td>7</tr>"
    page = one.format(a="A", more="") + one.format(a="X", more=more) + one.format(a="Y", more="")
    path = kept(tmp_path / "page.html", page)
    assert votes(path) == {"nation": {"X": 5, "B": 6, "C": 7}}
    assert [p.code for p in read_results(path).problems] == ["W206"]
    assert votes(path, sheet="table 3") == {"nation": {"Y": 5, "B": 6}}


def test_a_page_without_a_table_says_so(tmp_path: Path) -> None:
    with pytest.raises(FaultyResults, match=r"web page .* without a table"):
        read_results(kept(tmp_path / "page.xls", "<html><body>No results yet.</body></html>"))


def test_a_label_in_two_languages_on_two_lines_is_a_figure_and_no_party(tmp_path: Path) -> None:
    wide = 'District,Liberal,"Parti\nVert","Rejected\nRejetés"\nA,100,200,5\nB,300,100,4\n'
    reading = read_results(kept(tmp_path / "wide.csv", wide))
    assert reading.tally.tiers["list"].votes["A"] == {"Liberal": 100, "Parti Vert": 200}
    assert reading.tally.tiers["list"].totals["A"] == {"invalid": 5}
    long = 'party,votes\nLiberal,100\n"Parti\nVert",7\n"Rejected\nRejetés",5\n'
    ballots = read_results(kept(tmp_path / "long.csv", long)).tally.tiers["list"]
    assert ballots.votes == {"nation": {"Liberal": 100, "Parti Vert": 7}}
    assert ballots.totals == {"nation": {"invalid": 5}}


def test_an_empty_column_of_parties_makes_nobody_an_independent(tmp_path: Path) -> None:
    text = "District,Candidate,Party,Votes\nA,Ann,,10\nA,Bob,,8\nB,Ann,,5\nB,Bob,{},7\n"
    reading = read_results(kept(tmp_path / "empty.csv", text.format("")))
    assert dict(reading.tally.contenders) == {}
    assert [(p.code, p.place.column) for p in reading.problems] == [("W203", 3)]
    filled = read_results(kept(tmp_path / "filled.csv", text.format("Reds")))
    assert filled.tally.contenders["Ann"].kind == "independent"


def test_a_formula_without_a_saved_result_is_told_as_one(tmp_path: Path) -> None:
    path = book(tmp_path / "own.xlsx", [["party", "votes"], ["A", 5], ["B", "=SUM(1,2)"]])
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b"<f>SUM(1,2)</f><v>0</v>" in sheet  # xlsxwriter saves a 0; other programs save nothing
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part.replace(b"<v>0</v></c>", b"</c>") if "sheet1" in name else part)
    with pytest.raises(FaultyResults) as refusal:
        read_results(kept(path, out.getvalue()))
    (problem,) = [found for found in refusal.value.problems if found.is_error]
    assert (problem.code, problem.place.line, problem.place.column) == ("E108", 3, 2)
    assert "=SUM(1,2)" in problem.what


def test_hidden_sheets_are_told(tmp_path: Path) -> None:
    path = book(tmp_path / "own.xlsx", [["party", "votes"], ["A", 5], ["B", 6]], hidden="older")
    assert [(p.code, "'older'" in p.what) for p in read_results(path).problems] == [("W217", True)]
    assert read_results(path, sheet="votes").problems == ()


def test_columns_of_fixed_width_are_called_so(tmp_path: Path) -> None:
    joined = "".join(f"01{i:03d}{name:<20}{n:08d}\n" for i, (name, n) in enumerate([("Reds", 5), ("Blues", 77)]))
    parted = "Reds            1234\nBlues            567\n"
    for text in (joined, parted):
        with pytest.raises(FaultyResults, match="columns of a fixed width"):
            read_results(kept(tmp_path / "results.DAT", text))
    with pytest.raises(FaultyResults, match="one column only"):
        read_results(kept(tmp_path / "names.txt", "Reds and Whites\nBlues\nGreens\n"))


def test_one_endless_line_is_refused_before_it_is_looked_at(tmp_path: Path) -> None:
    most = tables.MOST_COLUMNS
    line = kept(tmp_path / "line.csv", "party,votes\nA,5\n" + ",".join(["a"] * (most + 1)))
    with pytest.raises(FaultyResults, match=f"{most + 1:,} cells") as refusal:
        read_results(line)
    assert refusal.value.place is not None and refusal.value.place.line == 3


@pytest.mark.parametrize("head", [["rank1", "rank2", "count"], ["1st choice", "2nd choice", "votes"]])
def test_ranks_stand_in_a_workbook_too(tmp_path: Path, head: list[str]) -> None:
    path = book(tmp_path / "ward.xlsx", [head, ["Ann", "Bob", 10], ["Bob", "", 7]])
    assert is_table_of_ranks(path)
    assert dict(read_ranked(path).rankings) == {("ann", "bob"): 10, ("bob", "skipped"): 7}
    assert not is_table_of_ranks(book(tmp_path / "plain.xlsx", [["party", "votes"], ["A", 5]]))


@pytest.mark.parametrize(
    ("text", "latin_2"),
    [
        ("Křesťanská strana;5", True),
        ("Pražané a čeští;5", True),
        ("Ząbki śląskie;5", True),
        ("Srbija je naša; Vučić;5", True),
    ],
)
def test_iso_8859_2_is_told_from_windows_1250(text: str, latin_2: bool) -> None:
    assert is_latin_2(text.encode("iso8859_2")) is latin_2
    assert not is_latin_2(text.encode("cp1250"))


def test_western_texts_are_not_of_central_europe() -> None:
    for text in ("Château, la «gauche» élue", "Größe »x« © 2020", "Køb è ì ø"):
        assert not is_latin_2(text.encode("cp1252"))


def test_japanese_unix_code_is_read(tmp_path: Path) -> None:
    path = kept(tmp_path / "jp.csv", "政党,得票数\n自由民主党,1234567\n公明党,456789\n".encode("euc_jp"))
    assert votes(path) == {"nation": {"自由民主党": 1234567, "公明党": 456789}}


def test_empty_cells_are_contenders_that_did_not_stand_where_that_is_said(tmp_path: Path) -> None:
    rows = "".join(f"D{i},{i + 1},,{2 * i + 3}\n" for i in range(30))
    wide = kept(tmp_path / "wide.csv", "District,Reds,Blues,Greens\n" + rows.replace("D7,8,,17", "D7,8,9,17"))
    with pytest.raises(FaultyResults, match="--empty-absent"):
        read_results(wide)
    found = votes(wide, empty_absent=True)
    assert (found["D3"], found["D7"]) == ({"Reds": 4, "Greens": 9}, {"Reds": 8, "Blues": 9, "Greens": 17})
    long = kept(tmp_path / "long.csv", "district,party,votes\nA,Reds,5\nA,Blues,\nB,Reds,6\nB,Blues,7\n")
    with pytest.raises(FaultyResults, match="E102"):
        read_results(long)
    assert votes(long, empty_absent=True) == {"A": {"Reds": 5}, "B": {"Reds": 6, "Blues": 7}}


def test_figures_that_are_0_everywhere_are_left_out(tmp_path: Path) -> None:
    text = "District,Valid,Invalid,Reds,Blues\nA,0.0,0,5,6\nB,0.0,0,7,8\n"
    reading = read_results(kept(tmp_path / "zeros.csv", text))
    assert reading.tally.tiers["list"].totals == {"A": {"invalid": 0}, "B": {"invalid": 0}}
    assert [p.code for p in reading.problems] == ["W203"]
    one = text.replace("0.0,0,5", "11,0,5")
    with pytest.raises(FaultyResults, match="E112"):
        read_results(kept(tmp_path / "one.csv", one))


@pytest.mark.parametrize("label", ["Valg", "Jahr", "ANO_ELEICAO", "rok"])
def test_several_elections_in_one_file_are_told_with_the_words_that_keep_one(tmp_path: Path, label: str) -> None:
    path = kept(tmp_path / "all.csv", f"{label};party;votes\n2019;A;5\n2019;B;6\n2023;A;7\n2023;B;9\n")
    with pytest.raises(FaultyResults, match=f"--where {label}=2023"):
        read_results(path)
    assert votes(path, where={label: "2023"}) == {"nation": {"A": 7, "B": 9}}


def test_the_party_of_who_won_is_no_party_of_the_row(tmp_path: Path) -> None:
    text = (
        'Constituency,Member elected,Party,Reds,"Blues\nBleus",Greens\n'
        "A,Ann,Reds,50,40,3\nB,Bob,Blues,30,45,4\nC,Cyd,Reds,51,41,5\nD,Dan,Blues,20,70,6\n"
    )
    found = votes(kept(tmp_path / "won.csv", text))
    assert found["B"] == {"Reds": 30, "Blues Bleus": 45, "Greens": 4}
    assert len(found) == 4


def test_columns_called_by_codes_have_a_header(tmp_path: Path) -> None:
    text = "provincia,electores,blancos,nulos,0014,0022,0038\nNorte,90,1,2,30,20,10\nSur,80,3,4,25,15,5\n"
    assert votes(kept(tmp_path / "codes.csv", text))["Sur"] == {"0014": 25, "0022": 15, "0038": 5, "blank": 3}


@pytest.mark.parametrize("code", ["cp1252", "mac_roman"])
def test_western_letters_of_windows_and_macintosh_are_read(tmp_path: Path, code: str) -> None:
    text = "Parti;Stemmer\nGröna Vänstern;1200\nHøyre Ålesund;900\nDémocrates;700\n"
    found = votes(kept(tmp_path / "west.csv", text.encode(code)))
    assert found == {"nation": {"Gröna Vänstern": 1200, "Høyre Ålesund": 900, "Démocrates": 700}}


def test_single_accents_among_latin_letters_are_no_cyrillic_of_dos(tmp_path: Path) -> None:
    text = "candidate;votes\nNydia Velázquez;12\nJosé Peña;15\n".encode("mac_roman")
    assert "nation" in votes(kept(tmp_path / "latin.csv", text))
    assert read_results(tmp_path / "latin.csv").layout.encoding == "mac_roman"
