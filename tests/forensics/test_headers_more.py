"""Headers of more languages and codes, and columns that arithmetic shows to be no contenders."""

from pathlib import Path

import pytest

from sailau.forensics import FaultyStations, draw_clean, read_stations

MADE = draw_clean(400, seed=5)
assert MADE.valid is not None and MADE.invalid is not None
SMALL = MADE.levels[1]
BODY = [
    [
        SMALL.labels[SMALL.codes[i]],
        MADE.names[i],
        *(int(part[i]) for part in (MADE.registered, MADE.voters, MADE.valid, MADE.invalid)),
        *MADE.votes[i].tolist(),
    ]
    for i in range(len(MADE))
]
HEADS = {
    "utf-8": "მაჟორიტარული ოლქი;საარჩევნო უბანი;ამომრჩეველთა რაოდენობა;მონაწილეთა რაოდენობა;"
    "ნამდვილი ბიულეტენები;ბათილი ბიულეტენები;ლელო;გახარია;ა;ბ;გ",
    "cp1250": "Opština;Biračko mesto;Broj upisanih birača;Broj birača koji su glasali;Broj važećih listića;"
    "Broj nevažećih listića;SNS;SPN;SPS;DSS;ŽZ",
    "cp1251": "Субъект РФ;УИК;Число избирателей, внесенных в список;"
    "Число избирательных бюллетеней, выданных избирателям;"
    "Число действительных избирательных бюллетеней;Число недействительных избирательных бюллетеней;А;Б;В;Г;Д",
    "cp1252": "Departamento;Mesa;Electores habilitados;Sufragantes;Votos válidos;Votos nulos;MAS;CC;PDC;FPV;UN",
    "cp1254": "İl;Sandık No;Kayıtlı Seçmen Sayısı;Oy Kullanan Seçmen Sayısı;Geçerli Oy Toplamı;Geçersiz Oy Toplamı;"
    "AKP;CHP;MHP;YSP;İYİ",
    "koi8-r": "Район;УИК;Число избирателей;Выдано бюллетеней;Действительных;Недействительных;Аист;Бук;Вяз;Гром;Дом",
    "cp866": "Район;УИК;Число избирателей;Выдано бюллетеней;Действительных;Недействительных;Аист;Бук;Вяз;Гром;Дом",
}


def written(path: Path, head: str, code: str = "utf-8") -> Path:
    path.write_text("\n".join([head, *(";".join(map(str, row)) for row in BODY)]), encoding=code)
    return path


@pytest.mark.parametrize("code", HEADS)
def test_headers_in_their_languages_and_codes(code: str, tmp_path: Path) -> None:
    reading = read_stations(written(tmp_path / "stations.csv", HEADS[code], code))
    found = reading.stations
    assert found.contenders == tuple(HEADS[code].split(";")[6:])
    assert (found.registered == MADE.registered).all() and (found.voters == MADE.voters).all()
    assert found.valid is not None and (found.valid == MADE.valid).all() and (found.votes == MADE.votes).all()
    assert [len(level.labels) for level in found.levels] == [len(SMALL.labels)]
    guessed = [problem.code for problem in reading.problems].count("W201")
    assert guessed == (0 if code in ("utf-8", "cp1251") else 1)


def test_a_sum_of_other_columns_is_no_contender(tmp_path: Path) -> None:
    path = written(tmp_path / "odd.csv", "place;station;q;w;e;r;A;B;C;D;E")
    with pytest.raises(FaultyStations) as caught:
        read_stations(path)
    assert "'e' is no contender: in 400 of 400 rows it is the sum of 'A', 'B', 'C', 'D', 'E'" in str(caught.value)
    assert "valid=e,contenders=A+B+C+D+E" in str(caught.value)


def test_a_figure_of_unknown_name_beside_known_valid_ballots_is_no_contender(tmp_path: Path) -> None:
    path = written(tmp_path / "odd.csv", "place;station;registered;w;valid;invalid;A;B;C;D;E")
    with pytest.raises(FaultyStations) as caught:
        read_stations(path)
    assert "'w' are none: in 400 of 400 rows the valid ballots are made up without them" in str(caught.value)


def test_a_file_without_the_valid_ballots_is_read_as_before(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    rows = [";".join(map(str, [row[1], row[2], row[3], *row[6:]])) for row in BODY]
    path.write_text("\n".join(["station;registered;voters;A;B;C;D;E", *rows]), encoding="utf-8")
    assert read_stations(path).stations.contenders == ("A", "B", "C", "D", "E")
