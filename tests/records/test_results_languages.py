"""Tables in the languages of the archive: words over columns, and what is done where they say nothing."""

from pathlib import Path

import pytest

from sailau.files.label_words import FIGURES, TOTAL, TURNOUT, of_results
from sailau.files.labels import line_of, plain, role_of
from sailau.records.library import election_ids, load_election
from sailau.records.results import read_results
from sailau.terms.errors import InvalidResults

HEADERS = [
    "Wahlkreis;Partei;Stimmen",
    "Circonscription;Liste;Voix",
    "Circunscripción;Candidatura;Número de votos",
    "Círculo eleitoral;Partido;Votos",
    "Circoscrizione;Lista;Voti",
    "Kieskring;Lijst;Aantal stemmen",
    "Valgdistrikt;Partinavn;Antall stemmer",
    "Storkreds;Parti;Stemmetal",
    "Valkrets;Parti;Antal röster",
    "Vaalipiiri;Puolue;Äänimäärä",
    "Valimisringkond;Erakond;Hääli",
    "Kjördæmi;Flokkur;Atkvæði",
    "Okręg wyborczy;Komitet wyborczy;Liczba głosów",
    "Volební kraj;Strana;Počet hlasů",
    "Volebný obvod;Politický subjekt;Počet hlasov",
    "Választókerület;Párt;Szavazatok száma",
    "Circumscripţie;Partid;Număr de voturi",
    "Izborna jedinica;Stranka;Broj glasova",
    "Volilna enota;Stranka;Število glasov",
    "Изборна јединица;Изборна листа;Број гласова",
    "Избирателен район;Партия;Брой гласове",
    "Виборчий округ;Партія;Кількість голосів",
    "Избирательный округ;Партия;Число голосов",
    "Сайлау округі;Партия атауы;Дауыс саны",
    "Vēlēšanu apgabals;Saraksts;Balsu skaits",
    "Apygarda;Sąrašas;Balsų skaičius",
    "Εκλογική Περιφέρεια;Κόμμα;Ψήφοι",
    "Seçim Çevresi;Parti;Oy Sayısı",
    "選挙区;政党;得票数",
    "選區;政黨;得票數",
    "선거구;정당;득표수",
    "Daerah pemilihan;Partai;Jumlah suara",
    "Constituency;Party;Votes",
]
WANTED = {"East": {"x": 1000, "y": 800}, "West": {"x": 20, "y": 300}}


def written(path: Path, header: str) -> Path:
    rows = [f"{area};{line};{n}" for area, lines in WANTED.items() for line, n in lines.items()]
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("header", HEADERS)
def test_a_long_table_in_any_language_of_the_archive(tmp_path: Path, header: str) -> None:
    reading = read_results(written(tmp_path / "mine.csv", header))
    assert reading.tally.tiers["list"].votes == WANTED
    assert [column.role for column in reading.layout.columns] == ["district", reading.layout.columns[1].role, "votes"]
    assert reading.problems == ()


@pytest.mark.parametrize("header", ["Circunscripcion;Candidatura;Numero de votos", "OKREG;KOMITET;LICZBA GLOSOW"])
def test_accents_and_case_do_not_matter(tmp_path: Path, header: str) -> None:
    assert read_results(written(tmp_path / "mine.csv", header)).tally.tiers["list"].votes == WANTED


def test_words_that_nobody_knows_are_told_from_the_shape(tmp_path: Path) -> None:
    reading = read_results(written(tmp_path / "mine.csv", "Foo;Bar;Baz"))
    assert reading.tally.tiers["list"].votes == WANTED
    assert [problem.code for problem in reading.problems] == ["W204"] * 3


def test_a_shape_with_two_columns_of_numbers_is_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Foo;Bar;Baz;Qux\nA;x;1000;3\nA;y;800;4\nB;x;20;5\nB;y;300;6\n", encoding="utf-8")
    with pytest.raises(InvalidResults, match="'Baz' and the column 'Qux' could be the votes"):
        read_results(path)


def test_the_download_of_the_norwegian_directorate(tmp_path: Path) -> None:
    head = (
        "Fylkenummer;Fylkenavn;Kommunenummer;Kommunenavn;Kretsnummer;Kretsnavn;Partikode;Partinavn;"
        "Oppslutning prosentvis;Antall stemberettigede;Antall forhåndsstemmer;Antall valgtingstemmer;"
        "Antall stemmer totalt;Endring % siste tilsvarende valg;Antall mandater;Antall utjevningsmandater"
    )
    rows = [
        "03;Oslo;;;;;A;Arbeiderpartiet;55,6;4000;400;600;1000;0,1;5;",
        "03;Oslo;;;;;H;Høyre;44,4;4000;300;500;800;-0,1;4;1",
        "20;Finnmark;;;;;A;Arbeiderpartiet;6,3;900;5;15;20;0,1;1;",
        "20;Finnmark;;;;;H;Høyre;93,8;900;100;200;300;-0,1;2;",
    ]
    path = tmp_path / "mine.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8-sig")
    reading = read_results(path)
    assert reading.tally.tiers["list"].votes == {
        "Oslo": {"Arbeiderpartiet": 1000, "Høyre": 800},
        "Finnmark": {"Arbeiderpartiet": 20, "Høyre": 300},
    }
    assert reading.tally.tiers["list"].totals["Oslo"] == {"registered": 4000}


def test_parties_called_like_a_column_are_parties_in_a_wide_table(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "District;99 % – občiansky hlas;Alliance;ANO;SPOLU\nEast;52000;1200;7;8\nWest;31000;900;9;10\n",
        encoding="utf-8",
    )
    assert read_results(path).tally.tiers["list"].votes["East"] == {
        "99 % – občiansky hlas": 52000, "Alliance": 1200, "ANO": 7, "SPOLU": 8,
    }  # fmt: skip


def test_parties_may_be_named_by_long_numbers(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("district,party,votes\nA,6111,5\nA,6112,7\nB,6111,9\nB,6112,3\n", encoding="utf-8")
    reading = read_results(path)
    assert reading.problems == ()
    assert reading.tally.tiers["list"].votes == {"A": {"6111": 5, "6112": 7}, "B": {"6111": 9, "6112": 3}}


def test_shares_are_still_left_out(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("District;x;x %;y\nEast;52000;60;7\nWest;31000;55;9\n", encoding="utf-8")
    assert read_results(path).tally.tiers["list"].votes["East"] == {"x": 52000, "y": 7}


LINES_OF_RECORDS = {"Blank Votes", "None of the Above", "blank", "invalid", "against_all"}


def test_no_party_of_the_archive_is_taken_for_a_line_of_figures() -> None:
    names = {
        name
        for election in map(load_election, election_ids())
        for mark in election.tally.contenders.values()
        for name in (mark.id, *mark.names.values())
    }
    assert len(names) > 1000
    assert {name for name in names if line_of(name)} <= LINES_OF_RECORDS


def test_each_word_has_one_role() -> None:
    roles: dict[str, set[str]] = {}
    for word, role in of_results():
        roles.setdefault(plain(word), set()).add(role)
    assert {word: found for word, found in roles.items() if len(found) > 1} == {}


def test_words_beside_rows_are_figures() -> None:
    assert {role for word, role in of_results() if line_of(word)} == {*FIGURES, TOTAL, TURNOUT}
    assert role_of("Votos válidos") == ("valid", "certain")
