"""Files of stations: what is read, and every fault with its code, its row and a choice."""

from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from sailau.forensics.maps import load_map, map_from_pairs, packaged_maps, read_map
from sailau.forensics.problems import CODES, FaultyStations
from sailau.forensics.read import read_stations
from sailau.terms.errors import NotFound

HEAD = "region,station,registered,voters,ballots,valid,invalid,A,B\n"
GOOD = "N,1,500,300,300,295,5,200,95\nN,2,400,200,199,199,0,99,100\nS,1,700,350,350,340,10,140,200\n"


def write(tmp_path: Path, text: str, name: str = "stations.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def codes(path: Path) -> list[tuple[str, int | None]]:
    with pytest.raises(FaultyStations) as caught:
        read_stations(path)
    return [(problem.code, problem.place.line) for problem in caught.value.problems if problem.is_error]


def test_a_plain_file_is_read(tmp_path: Path) -> None:
    reading = read_stations(write(tmp_path, HEAD + GOOD))
    s = reading.stations
    assert len(s) == reading.rows == 3
    assert reading.left_out == 0
    assert s.contenders == ("A", "B")
    assert s.contenders[s.leader] == "A"
    assert s.counted.tolist() == [300, 199, 350]
    assert s.levels[0].labels == ("N", "S")
    assert s.place(2) == "S, 1 (row 4)"
    assert {problem.code for problem in reading.problems} == {"W222"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("N,3,abc,200,200,200,0,100,100", "E101"),
        ("N,3,,200,200,200,0,100,100", "E102"),
        ("N,3,400,200,200,200,0,-100,300", "E103"),
        ("N,3,400,200,200,200,0,100.5,100", "E104"),
        ("N,3,400,200,200,200,0,50 %,100", "E105"),
        ("N,3,4e2,200,200,200,0,100,100", "E107"),
        ("N,3,400,200,200,200,0,#REF!,100", "E108"),
        ("N,3,400,200,200,200,0,100", "E110"),
        ("N,2,400,200,200,200,0,100,100", "E111"),
        ("N,3,400,200,200,200,0,100,101", "E112"),
        ("N,3,199,200,200,200,0,100,100", "E113"),
        ("N,3,400,200,200,199,0,100,99", "E114"),
        ("N,3,400,200,201,201,0,101,100", "E121"),
    ],
)
def test_each_fault_has_its_code_and_row(tmp_path: Path, row: str, code: str) -> None:
    # without a map a column with a fault would not be taken for a contender, so name them
    columns = map_from_pairs(
        {"areas": "region", "station": "station", "registered": "registered", "voters": "voters", "ballots": "ballots",
         "valid": "valid", "invalid": "invalid", "contenders": "A+B"}
    )  # fmt: skip
    path = write(tmp_path, HEAD + GOOD + row + "\n")
    with pytest.raises(FaultyStations) as caught:
        read_stations(path, columns=columns)
    found = [(problem.code, problem.place.line) for problem in caught.value.problems if problem.is_error]
    assert found == [(code, 5)]
    assert code in CODES
    assert "--faulty leave-out" in str(caught.value)
    (fault,) = (problem for problem in caught.value.problems if problem.is_error)
    told = f"{fault.place}: {code} {fault.what}"
    assert told in str(caught.value)
    left = read_stations(path, columns=columns, faulty="leave_out")
    assert (len(left.stations), left.left_out) == ((2, 2) if code == "E111" else (3, 1))
    kept = read_stations(path, columns=columns, faulty="keep")
    readable = code in ("E111", "E112", "E113", "E114", "E121")
    assert (len(kept.stations), kept.left_out) == ((4, 0) if readable else (3, 1))


def test_blank_rows_are_left_out_and_told(tmp_path: Path) -> None:
    reading = read_stations(write(tmp_path, HEAD + GOOD + "S,9,0,0,0,0,0,0,0\n"))
    assert len(reading.stations) == 3
    assert reading.left_out == 1
    assert [problem.place.line for problem in reading.problems if problem.code == "W220"] == [5]


def test_a_header_has_each_name_once(tmp_path: Path) -> None:
    assert codes(write(tmp_path, HEAD.replace(",B", ",A") + GOOD)) == [("E120", 1)]
    assert codes(write(tmp_path, HEAD.replace("ballots", "") + GOOD)) == [("E120", 1)]


def test_merged_headers_are_refused_by_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "stations.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Results")
    sheet.write_row(0, 0, ["station", "registered", "voters", "A"])
    sheet.merge_range(0, 3, 0, 4, "Votes")
    sheet.write_row(1, 0, ["1", 500, 300, 200, 100])
    book.close()
    with pytest.raises(FaultyStations) as caught:
        read_stations(path)
    assert [problem.code for problem in caught.value.problems] == ["E120"]
    assert "D to E" in caught.value.problems[0].what


def test_workbooks_and_parquet_say_the_same_as_text(tmp_path: Path) -> None:
    path = tmp_path / "stations.xlsx"
    rows = [line.split(",") for line in GOOD.splitlines()]
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD.strip().split(","))
    for i, row in enumerate(rows):
        sheet.write_row(i + 1, 0, [row[0], *map(int, row[1:])])
    book.close()
    text = write(tmp_path, HEAD + GOOD)
    parquet = tmp_path / "stations.parquet"
    duckdb.sql(f"copy (select * from read_csv('{text}')) to '{parquet}' (format parquet)")
    one, two, three = (read_stations(p).stations for p in (text, path, parquet))
    assert one.names == two.names == three.names
    assert one.votes.tolist() == two.votes.tolist() == three.votes.tolist()


def test_missing_cells_of_parquet_are_not_zeros(tmp_path: Path) -> None:
    parquet = tmp_path / "stations.parquet"
    query = "select * from (values (1, 500, 300, 200), (2, 400, null, 100)) as t(station, registered, voters, A)"
    duckdb.sql(f"copy ({query}) to '{parquet}' (format parquet)")
    columns = map_from_pairs({"station": "station", "registered": "registered", "voters": "voters", "leader": "A"})
    with pytest.raises(FaultyStations) as caught:
        read_stations(parquet, columns=columns)
    assert [(p.code, p.place.line) for p in caught.value.problems] == [("E102", 2)]


def test_a_map_of_ones_own(tmp_path: Path) -> None:
    text = "№;Избирателей;Досрочно;В помещении;Действительных;Иванов;Петров;Уровень\n1;500;10;290;300;200;100;УИК\n"
    text += "Итого;500;10;290;300;200;100;ТИК\n"
    path = write(tmp_path, text)
    own = tmp_path / "own.yaml"
    own.write_text(
        "map: own\nstation: №\nregistered: Избирателей\nvoters: [Досрочно, В помещении]\nvalid: Действительных\n"
        "contenders: {after: Действительных}\nwhere: {Уровень: УИК}\nleader: Петров\n",
        encoding="utf-8",
    )
    reading = read_stations(path, columns=load_map(str(own)))
    s = reading.stations
    assert (len(s), s.voters.tolist(), s.contenders[s.leader]) == (1, [300], "Петров")
    assert s.contenders == ("Иванов", "Петров")
    assert [problem.code for problem in reading.problems] == ["W221"]


def test_shares_become_counts_or_are_reported(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("station: s\nvoters: n\nturnout: t\npercent_of: voters\ncontenders: [A, B]\n", encoding="utf-8")
    path = write(tmp_path, "s,n,t,A,B\n1,494,68.0441,39.8785,60.1215\n2,494,68.0441,39.9,60.1215\n")
    with pytest.raises(FaultyStations) as caught:
        read_stations(path, columns=read_map(own))
    assert [(p.code, p.place.line, p.place.column) for p in caught.value.problems] == [("E122", 3, 4)]
    s = read_stations(path, columns=read_map(own), faulty="leave_out").stations
    assert (s.registered.tolist(), s.votes.tolist()) == ([726], [[197, 297]])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("votrs: a\n", "unknown key 'votrs'"),
        ("contenders: {behind: a}\n", "unknown key 'behind'"),
        ("station: [a, b]\n", "no single name"),
        ("where: 3\n", "no mapping"),
        ("voters: {a: b}\n", "a list of columns is meant"),
    ],
)
def test_maps_say_what_is_wrong_and_where(tmp_path: Path, text: str, words: str) -> None:
    path = write(tmp_path, text, "own.yaml")
    with pytest.raises(FaultyStations, match=words) as caught:
        read_map(path)
    assert caught.value.place and caught.value.place.line == 1


def test_a_column_that_a_map_names_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(FaultyStations, match="no column 'Electors'"):
        read_stations(write(tmp_path, HEAD + GOOD), columns=map_from_pairs({"registered": "Electors", "leader": "A"}))
    with pytest.raises(FaultyStations, match="no figure"):
        map_from_pairs({"electors": "registered"})
    with pytest.raises(NotFound):
        load_map("nowhere_1999")
    with pytest.raises(FaultyStations, match="no contender is called 'C'"):
        read_stations(write(tmp_path, HEAD + GOOD), leader="C")
    with pytest.raises(FaultyStations, match="hold voters or votes"):
        read_stations(write(tmp_path, "a,b\n1,2\n"))


def test_packaged_maps_are_in_order() -> None:
    maps = packaged_maps()
    assert len({one.name for one in maps}) == len(maps) > 20
    assert all(one.title and one.source and one.files for one in maps)


@pytest.mark.parametrize(
    "header",
    [
        "Nr obwodu;Województwo;Liczba wyborców uprawnionych do głosowania;Liczba kart wyjętych z urny;A;B",
        "Secție de votare;Județ;Alegători înscriși;Alegători prezenți;A;B",
        "Polling Station Code;County;Registered Voters;Ballots cast;A;B",
        "Seção;Município;Aptos;Comparecimento;A;B",
        "უბანი;ოლქი;ამომრჩევლები;მონაწილეობა მიიღო;A;B",
        "Секция;Община;Избиратели по списък;Гласували;A;B",
        "Foo;County;Registered Voters;Voters;A;B",
    ],
)
def test_stations_in_many_languages(tmp_path, header):
    rows = [f"{i + 1};area {i // 10};{500 + i % 7};{300 + i % 5};{200 + i % 3};{100 - i % 2}" for i in range(30)]
    path = tmp_path / "stations.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    reading = read_stations(path)
    assert reading.stations.contenders == ("A", "B")
    told = [problem.what for problem in reading.problems if problem.code == "W222"]
    assert told == ["taken for contenders, for nothing else is known of these columns: A, B"]


def test_stations_of_one_name_are_told_apart_by_their_boxes(tmp_path: Path) -> None:
    rows = ["ID_DISTRITO,SECCION,ID_CASILLA,TIPO_CASILLA,PAN,PRI,NUM_VOTOS_NULOS,LISTA_NOMINAL"]
    rows += [f"1,{100 + i // 2},{i % 2},{'BC'[i % 2]},{100 + i},{80 + i},5,400" for i in range(8)]
    path = tmp_path / "casillas.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    reading = read_stations(path)
    assert reading.stations.names[:3] == ("100 0", "100 1", "101 0")
    assert reading.stations.contenders == ("PAN", "PRI")
    assert any("told apart by 'ID_CASILLA'" in problem.what for problem in reading.problems)


def test_a_station_that_stands_twice_in_every_column_is_still_an_error(tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text("station,type,A,B,invalid,registered\n1,x,5,6,1,20\n1,x,7,8,1,20\n", encoding="utf-8")
    with pytest.raises(FaultyStations, match="twice"):
        read_stations(path)


def test_ballots_given_out_in_one_way_are_not_all_voters(tmp_path: Path) -> None:
    path = tmp_path / "uik.csv"
    head = "УИК;Число избирателей, внесенных в список;Число бюллетеней, выданных избирателям, проголосовавшим досрочно"
    head += ";Число недействительных бюллетеней;Число действительных бюллетеней;Иванов;Петров"
    path.write_text(head + "\n1;500;0;10;290;200;90\n2;400;0;5;195;100;95\n", encoding="utf-8")
    stations = read_stations(path).stations
    assert stations.voters.tolist() == [300, 200]
