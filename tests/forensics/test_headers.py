"""Files as observers have them: headers in other languages, merged rows above, totals below, faults in the cells."""

import gzip
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from sailau.forensics import FaultyStations, draw_clean, read_stations
from sailau.forensics.headers import role_of

MADE = draw_clean(600, seed=11)
LARGE, SMALL = MADE.levels
assert MADE.valid is not None and MADE.invalid is not None
ROWS = [
    [
        LARGE.labels[LARGE.codes[i]],
        SMALL.labels[SMALL.codes[i]],
        int(MADE.names[i]),
        *(int(part[i]) for part in (MADE.registered, MADE.voters, MADE.valid, MADE.invalid)),
        *MADE.votes[i].tolist(),
    ]
    for i in range(len(MADE))
]
HEADS = {
    "ru": "Область;ТИК;УИК;Число избирателей;Выдано бюллетеней;Действительных;Недействительных;Иванов;Петров;Ли;Ким;Юн",
    "kk": "Облыс;Аудан;Учаске;Тізімдегі сайлаушылар;Дауыс бергендер;Жарамды;Жарамсыз;Аманат;Ауыл;Ақ жол;ҚХП;ЖСДП",
    "fr": "Département;Commune;Bureau;Inscrits;Votants;Exprimés;Nuls;Martin;Dubois;Petit;Moreau;Simon",
    "de": "Land;Gemeinde;Wahlbezirk;Wahlberechtigte;Wähler;Gültige;Ungültige;Adler;Braun;Conrad;Dorn;Ernst",
    "es": "Provincia;Municipio;Mesa;Censo;Votantes;Válidos;Nulos;Alba;Brisa;Cima;Duna;Eco",
    "en": "Region;Commission;No.;Electors;Turned out;Valid;Spoilt;Anna;Boris;Cyril;Dana;Egor",
}


def spaced(n: object) -> str:
    return f"{n:,}".replace(",", "\u00a0") if isinstance(n, int) else str(n)


@pytest.mark.parametrize("language", HEADS)
def test_headers_of_other_languages_are_understood_and_told(language: str, tmp_path: Path) -> None:
    path = tmp_path / "stations.csv"
    lines = [
        HEADS[language],
        *(";".join(spaced(cell) if k > 2 else str(cell) for k, cell in enumerate(r)) for r in ROWS),
    ]
    path.write_text("\n".join(lines), encoding="cp1251" if language == "ru" else "utf-8")
    reading = read_stations(path)
    found = reading.stations
    assert (found.registered == MADE.registered).all() and (found.voters == MADE.voters).all()
    assert (found.votes == MADE.votes).all() and found.contenders == tuple(HEADS[language].split(";")[7:])
    assert found.valid is not None and (found.valid == MADE.valid).all()
    assert [len(level.labels) for level in found.levels] == [len(LARGE.labels), len(SMALL.labels)]
    assert found.names == MADE.names
    (told,) = [problem.what for problem in reading.problems if problem.code == "W224"]
    assert all(name in told for name in HEADS[language].split(";")[2:7])


def test_parquet_with_other_names(tmp_path: Path) -> None:
    text, path = tmp_path / "s.csv", tmp_path / "s.parquet"
    text.write_text("\n".join([HEADS["fr"], *(";".join(map(str, row)) for row in ROWS)]), encoding="utf-8")
    duckdb.execute(f"copy (select * from read_csv('{text}', delim=';')) to '{path}' (format parquet)")
    assert (read_stations(path).stations.votes == MADE.votes).all()


def workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("results")
    sheet.merge_range("A1:L1", "Results of polling stations")
    for span, words in (("A2:C2", "Place"), ("D2:G2", "Ballots"), ("H2:L2", "Votes")):
        sheet.merge_range(span, words)
    for column, name in enumerate(HEADS["en"].split(";")):
        sheet.write(2, column, name)
    for i, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            sheet.write(3 + i, column, cell)
    sheet.write(3 + len(ROWS), 0, "TOTAL")
    for column in range(3, 12):
        sheet.write(3 + len(ROWS), column, sum(int(row[column]) for row in ROWS))
    book.close()
    return path


def test_merged_headers_are_refused_and_read_by_choice(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx")
    with pytest.raises(FaultyStations, match="--header") as caught:
        read_stations(path)
    assert {problem.code for problem in caught.value.problems} == {"E120"}
    with pytest.raises(FaultyStations) as caught:
        read_stations(path, header=3)
    assert [(p.code, p.place.line) for p in caught.value.problems if p.is_error] == [("E124", 4 + len(ROWS))]
    reading = read_stations(path, header=3, faulty="leave_out")
    assert (reading.stations.votes == MADE.votes).all() and reading.left_out == 1
    kept = read_stations(path, header=3, faulty="keep")
    assert len(kept.stations) == len(ROWS), "a row of totals is no station, whatever is kept"
    with pytest.raises(FaultyStations, match="no row 9999"):
        read_stations(path, header=9999)


FAULTS = {
    "E103": "Z,9001,100,80,78,2,-5,83",
    "E102": "Z,9001,100,80,78,2,,78",
    "E101": "Z,9001,1 e3,80,78,2,50,28",
    "E104": "Z,9001,100,80,78,2,50.5,28",
    "E105": "Z,9001,100,80,78,2,64%,28",
    "E110": "Z,9001,100,80,78,2,50",
    "E111": "Z,7,100,80,78,2,50,28\nZ,7,100,80,78,2,50,28",
    "E112": "Z,9001,100,80,78,2,50,30",
    "E113": "Z,9001,70,80,78,2,50,28",
    "E119": "Z,,100,80,78,2,50,28",
    "E124": "Total,,100,80,78,2,50,28",
    "E125": "Z,9001,100,80,79,2,50,29",
}


@pytest.mark.parametrize("code", FAULTS)
def test_one_bad_row_is_named_by_row_and_code(code: str, tmp_path: Path) -> None:
    """A bad cell must not make its column vanish among those that hold no counts."""
    rows = ["region,station,registered,voters,valid,invalid,A,B"]
    for row in ROWS[:300]:
        valid, first = int(row[5]), int(row[7])
        rows.append(",".join(map(str, [row[0], row[2], row[3], row[4], valid, row[6], first, valid - first])))
    path = tmp_path / "stations.csv"
    path.write_text("\n".join([*rows, FAULTS[code]]), encoding="utf-8")
    with pytest.raises(FaultyStations) as caught:
        read_stations(path)
    found = [problem for problem in caught.value.problems if problem.is_error]
    assert [problem.code for problem in found] == [code]
    assert found[0].place.line in (302, 303)
    reading = read_stations(path, faulty="leave_out")
    assert reading.stations.contenders == ("A", "B") and len(reading.stations) == 300


def test_columns_of_words_and_sums_are_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "stations.csv"
    rows = [f"{i},500,300,{100 + i},{200 - i},300,fine,{i}.5%" for i in range(40)]
    path.write_text("\n".join(["station,registered,voters,A,B,Total,Remark,A %", *rows]), encoding="utf-8")
    reading = read_stations(path)
    assert reading.stations.contenders == ("A", "B")
    told = " ".join(problem.what for problem in reading.problems)
    assert all(name in told for name in ("Total", "Remark", "A %")), "nothing is left out in silence"


def test_two_columns_for_one_figure_are_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "stations.csv"
    path.write_text("station,Electors,Registered voters,voters,A\n1,500,510,300,100\n", encoding="utf-8")
    with pytest.raises(FaultyStations, match="could each be registered"):
        read_stations(path)


def test_shares_for_counts_are_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "stations.csv"
    lines = [f"{i},1000,800,{50 + i / 8:.3f}%,{50 - i / 8:.3f}%" for i in range(40)]
    path.write_text("\n".join(["station,registered,voters,A,B", *lines]), encoding="utf-8")
    with pytest.raises(FaultyStations, match="percent_of=voters") as caught:
        read_stations(path)
    assert len([p for p in caught.value.problems if p.code == "E105"]) == 80
    from sailau.forensics.maps import map_from_pairs

    given = {"station": "station", "registered": "registered", "voters": "voters", "contenders": "A+B"}
    reading = read_stations(path, columns=map_from_pairs({**given, "percent_of": "voters"}))
    assert reading.stations.votes[:, 0].tolist() == [400 + i for i in range(40)]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Число избирателей, включённых в список", "registered"),
        ("Kayıtlı Seçmen", "registered"),
        ("Ungültige Stimmen", "invalid"),
        ("Сайлаушылар саны", "registered"),
        ("Against all", "against_all"),
        ("Аманат", None),
        ("The Greens", None),
    ],
)
def test_words_and_what_is_no_word(label: str, role: str | None) -> None:
    assert role_of(label) == role


def test_a_packed_file_is_read_and_a_broken_one_refused(tmp_path: Path) -> None:
    path = tmp_path / "stations.csv.gz"
    text = "\n".join([HEADS["en"], *(";".join(map(str, row)) for row in ROWS)])
    path.write_bytes(gzip.compress(text.encode()))
    assert (read_stations(path).stations.votes == MADE.votes).all()
    path.write_bytes(b"\x1f\x8b broken")
    with pytest.raises(FaultyStations, match="broken"):
        read_stations(path)
