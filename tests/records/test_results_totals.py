"""Totals that no word names, list numbers beside names, and letters of Central Europe."""

from __future__ import annotations

from pathlib import Path

import pytest

from sailau.records.results import Reading, read_results

WIDE = "Okręg;Zgoda;Łączność;Żubr\nŁomża;10;20;33\nPłock;40;50;61\nŻagań;70;80;92\nNysa;5;6;7\n"


def reading(folder: Path, text: str, encoding: str = "utf-8") -> Reading:
    path = folder / "file.csv"
    path.write_bytes(text.encode(encoding))
    return read_results(path)


def codes(found: Reading) -> list[str]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize("place", ["last", "first"])
def test_a_row_to_which_all_columns_add_up_is_a_total(tmp_path: Path, place: str) -> None:
    head, *rows = WIDE.splitlines()
    total = "Razem;125;156;193"
    lines = [head, *rows, total] if place == "last" else [head, total, *rows]
    found = reading(tmp_path, "\n".join(lines))
    assert sorted(found.tally.tiers["list"].votes) == ["Nysa", "Płock", "Łomża", "Żagań"]
    assert codes(found) == ["W216"]


def test_a_row_that_misses_the_sum_by_one_vote_is_a_district(tmp_path: Path) -> None:
    found = reading(tmp_path, WIDE + "Brzeg;125;156;194\n")
    assert found.tally.tiers["list"].votes["Brzeg"] == {"Zgoda": 125, "Łączność": 156, "Żubr": 194}
    assert codes(found) == []


def test_the_last_row_of_a_list_of_parties_is_a_total_when_the_others_add_up_to_it(tmp_path: Path) -> None:
    found = reading(tmp_path, "party;votes\na;500\nb;301\nc;77\nd;9\n*~ alle ~*;887\n")
    assert found.tally.tiers["list"].votes == {"nation": {"a": 500, "b": 301, "c": 77, "d": 9}}
    assert codes(found) == ["W216"]


@pytest.mark.parametrize("rows", ["a;60\nb;30\nc;20\nd;10\n", "a;30\nb;20\nd;60\nc;10\n", "a;5\nb;5\n"])
def test_a_party_that_is_not_last_keeps_its_votes_whatever_the_others_add_up_to(tmp_path: Path, rows: str) -> None:
    found = reading(tmp_path, "party;votes\n" + rows)
    assert sum(found.tally.tiers["list"].votes["nation"].values()) == sum(int(row[2:]) for row in rows.split())
    assert "W216" not in codes(found)


def test_a_total_in_every_district_of_a_long_table(tmp_path: Path) -> None:
    parts = {"north": (400, 300, 31, 7), "south": (90, 80, 70, 3)}
    rows = [f"{area};{name};{n}" for area, ns in parts.items() for name, n in zip("abcde", (*ns, sum(ns)), strict=True)]
    found = reading(tmp_path, "district;party;votes\n" + "\n".join(rows))
    assert found.tally.tiers["list"].votes["south"] == {"a": 90, "b": 80, "c": 70, "d": 3}
    rows[-1] = "south;e;242"
    found = reading(tmp_path, "district;party;votes\n" + "\n".join(rows))
    assert found.tally.tiers["list"].votes["south"]["e"] == 242


def test_hebrew_and_its_marks(tmp_path: Path) -> None:
    found = reading(tmp_path, 'רשימה,קולות\nליכוד,700\nעבודה,200\nסה"כ,900\n')
    assert found.tally.tiers["list"].votes == {"nation": {"ליכוד": 700, "עבודה": 200}}


def test_of_a_number_and_a_name_of_a_list_the_name_is_taken(tmp_path: Path) -> None:
    found = reading(tmp_path, "Lijst;Partij;Stemmen\n1;Groen;700\n2;Blauw;200\n;Totaal;900\n")
    assert found.tally.tiers["list"].votes == {"nation": {"Groen": 700, "Blauw": 200}}


def test_states_by_their_letters(tmp_path: Path) -> None:
    found = reading(tmp_path, "UF;Legenda;Votos\nAC;PT;700\nAC;PL;201\nSP;PT;650\nSP;PL;202\n")
    assert found.tally.tiers["list"].votes["SP"] == {"PT": 650, "PL": 202}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WIDE, "cp1250"),
        ("Kraj;Zelení;Úsvit\nPlzeň;10;20\nÚstí, Děčín a Příbram;5;6\n", "cp1250"),
        ("Megye;Jövő;Erő\nGyőr;10;20\nVárpalota és Fűzfő;5;6\n", "cp1250"),
        ("Jedinica;Živi zid;Međa\nĐurđevac;10;20\nČađavica;5;6\n", "cp1250"),
        ("Județ;Țara;Vița\nIași;10;20\n".replace("ț", "ţ").replace("ș", "ş").replace("Ț", "Ţ"), "cp1250"),
        ("Fylke;Høyre;Rødt\nMøre og Romsdal;10;20\nTrøndelag;5;6\n", "cp1252"),
        ("Département;Forêt;Où\nRhône;10;20\nFinistère;5;6\n", "cp1252"),
        ("Maakond;Rõõm;Öö\nVõru;10;20\nPõlva;5;6\n", "cp1252"),
        ("Regione;Più;Verità\nForlì;10;20\nCantù;5;6\n", "cp1252"),
        ("Distrito;União;Ação\nBragança;10;20\nÉvora;5;6\n", "cp1252"),
    ],
)
def test_letters_of_eight_bits_are_those_of_the_language(tmp_path: Path, text: str, encoding: str) -> None:
    found = reading(tmp_path, text, encoding)
    first = text.splitlines()[1].split(";")[0]
    assert (found.layout.encoding, first in found.tally.tiers["list"].votes) == (encoding, True)


@pytest.mark.parametrize(
    "note", ["Źródło: PKW", "Quelle: Amt", "Fuente: Junta", "Kilde: SSB", "Πηγή: Υπουργείο", "出典：総務省"]
)
def test_a_source_under_the_table_is_a_note_in_any_language(tmp_path: Path, note: str) -> None:
    found = reading(tmp_path, "district,a,b\nNorth,60,40\nSouth,30,71\n\n" + note + ",,\n")
    assert sorted(found.tally.tiers["list"].votes) == ["North", "South"]
    assert codes(found) == ["W202"]
