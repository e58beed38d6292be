"""Tables as commissions publish them: more columns than anybody needs, sums, and contenders side by side in a row."""

import csv
from pathlib import Path

import pytest

from sailau.records.results import read_results
from sailau.terms.errors import InvalidResults

Rows = list[list[object]]

AREAS = ["Legnica", "Wałbrzych", "Wrocław", "Bydgoszcz", "Toruń"]
LISTS = ["KOMITET WYBORCZY PIERWSZY", "KOALICYJNY KOMITET DRUGI", "KOMITET TRZECI", "KOMITET CZWARTY"]
VOTES = [
    [1700, 1690, 530, ""],
    [1070, 1200, 390, 12],
    [2060, 2860, 1060, ""],
    [1900, 1500, 600, ""],
    [1800, 1400, 500, 9],
]


def written(path: Path, rows: Rows, encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def protocol(*, valid: str = "Liczba głosów ważnych oddanych łącznie na wszystkie listy kandydatów") -> Rows:
    """Return a table with the columns of a protocol of ballots around its few columns of lists."""
    head = [
        "Okręg", "Liczba komisji", "Komisja otrzymała kart do głosowania", "Liczba wyborców uprawnionych do głosowania",
        "Nie wykorzystano kart do głosowania", "Liczba wyborców głosujących przez pełnomocnika",
        "Liczba kart wyjętych z urny", "w tym liczba kart wyjętych z kopert", "Liczba kart nieważnych",
        "Liczba kart ważnych", "Liczba głosów nieważnych", "w tym z powodu dwóch znaków", valid, *LISTS,
    ]  # fmt: skip
    rows: Rows = [head]
    for area, votes in zip(AREAS, VOTES, strict=True):
        cast = sum(n for n in votes if isinstance(n, int))
        rows.append([area, 7, 9000, 8000, 400, 17, cast + 103, 3, 3, cast + 100, 100, 60, cast, *votes])
    return rows


def test_contenders_are_the_columns_that_add_up_to_the_valid_votes(tmp_path: Path) -> None:
    reading = read_results(written(tmp_path / "a.csv", protocol()))
    found = reading.tally.tiers["list"]
    assert found.votes == {
        area: {name: n for name, n in zip(LISTS, votes, strict=True) if n != ""}
        for area, votes in zip(AREAS, VOTES, strict=True)
    }
    assert found.totals["Legnica"] == {"registered": 8000, "ballots": 4020, "valid": 3920, "invalid": 100}
    left = [p for p in reading.problems if p.code == "W203"]
    assert len(left) == 1 and "8 columns were left out" in left[0].what


def test_an_empty_cell_is_unknown_where_the_votes_do_not_add_up(tmp_path: Path) -> None:
    rows = protocol()
    rows[2][-4] = ""
    with pytest.raises(InvalidResults) as caught:
        read_results(written(tmp_path / "a.csv", rows))
    faults = [p for p in caught.value.problems if p.code.startswith("E")]
    assert {(p.code, p.place.line) for p in faults} == {("E102", 3)}


def test_sums_of_a_coalition_are_not_taken_for_the_whole(tmp_path: Path) -> None:
    rows: Rows = [["District", "Left", "Of Left A", "Of Left B", "Of Left C", "Right"]]
    rows += [[f"d{i}", 60 + i, 10, 20, 30 + i, 500] for i in range(6)]
    votes = read_results(written(tmp_path / "a.csv", rows)).tally.tiers["list"].votes
    assert set(votes["d1"]) == {"Left", "Of Left A", "Of Left B", "Of Left C", "Right"}


BASE = ["Code", "Libellé de la circonscription", "Inscrits", "Votants", "Blancs", "Nuls", "Exprimés", "% Exp/Vot"]
GROUP = ["N°Panneau", "Sexe", "Nom", "Nuance", "Voix", "% Voix/Exp"]
WANTED = {"Ain 1": {"DUPONT": 700, "MARTIN": 300}, "Ain 2": {"LEROY": 900, "DURAND": 80, "PETIT": 20}}


def side_by_side(labels: list[str]) -> Rows:
    rows: Rows = [labels]
    for area, votes in WANTED.items():
        row: list[object] = ["01", area, 4000, 1030, 20, 10, 1000, "97,1"]
        for i, (name, n) in enumerate(votes.items()):
            row += [i + 1, "F", name, "DVG" if i else "DVD", n, f"{n / 10:.2f}".replace(".", ",")]
        rows.append(row + [""] * (len(BASE) + 3 * len(GROUP) - len(row)))
    return rows


@pytest.mark.parametrize(
    "labels",
    [
        [*BASE, *GROUP * 3],
        [*BASE, *(f"{label} {i}" for i in (1, 2, 3) for label in GROUP)],
        [*BASE, *GROUP],
        [*BASE, *GROUP, *[""] * 2 * len(GROUP)],
    ],
    ids=["over each", "numbered", "over the first", "over the first, with empty cells"],
)
def test_contenders_side_by_side_in_a_row(tmp_path: Path, labels: list[str]) -> None:
    tally = read_results(written(tmp_path / "a.csv", side_by_side(labels), "latin-1")).tally
    assert tally.tiers["list"].votes == WANTED
    assert tally.tiers["list"].totals["Ain 2"]["valid"] == 1000
    assert [tally.party(name) for name in ("DUPONT", "MARTIN", "PETIT")] == ["DVD", "DVG", "DVG"]


def test_a_fault_is_told_where_it_stands_in_the_file(tmp_path: Path) -> None:
    rows = side_by_side([*BASE, *GROUP * 3])
    rows[2][len(BASE) + 2 * len(GROUP) + 4] = "twenty"
    with pytest.raises(InvalidResults) as caught:
        read_results(written(tmp_path / "a.csv", rows, "latin-1"))
    place = next(p.place for p in caught.value.problems if p.code.startswith("E"))
    assert (place.line, place.column, place.value) == (3, len(BASE) + 2 * len(GROUP) + 5, "twenty")


def test_labels_written_as_one_word_and_figures_in_every_row(tmp_path: Path) -> None:
    rows: Rows = [["CIRCOSCRIZIONE", "COMUNE", "ELETTORITOT", "ELETTORIM", "VOTANTITOT", "VOTILISTA", "DESCRLISTA"]]
    for i, area in enumerate(("Alba", "Bra", "Cuneo")):
        rows += [["PIEMONTE", area, 900 + i, 400, 500, n + i, name] for name, n in (("UNO", 300), ("DUE", 120))]
    found = read_results(written(tmp_path / "a.csv", rows)).tally.tiers["list"]
    assert found.votes["Bra"] == {"UNO": 301, "DUE": 121}
    assert found.totals["Bra"] == {"registered": 901, "voters": 500}


def test_without_words_the_votes_are_what_differs_within_a_district(tmp_path: Path) -> None:
    rows: Rows = [["aaa", "bbb", "ccc", "ddd"]]
    for i, area in enumerate(("Alba", "Bra", "Cuneo")):
        rows += [[area, 900 + i, name, n + i] for name, n in (("UNO", 300), ("DUE", 120))]
    votes = read_results(written(tmp_path / "a.csv", rows)).tally.tiers["list"].votes
    assert votes["Bra"] == {"UNO": 301, "DUE": 121}


def test_a_column_of_groups_beside_lists_that_add_up_names_the_districts(tmp_path: Path) -> None:
    rows: Rows = [["Gruppe", "Nr", "Stemmeberettigede", "A. Et", "B. To", "C. Tre", "Gyldige stemmer i alt"]]
    rows += [["Køben", 10, 900, 300, 200, 100, 600], ["Fyn", 15, 800, 250, 150, 90, 490]]
    votes = read_results(written(tmp_path / "a.csv", rows)).tally.tiers["list"].votes
    assert votes["Fyn"] == {"A. Et": 250, "B. To": 150, "C. Tre": 90}


def test_kinds_of_votes_before_the_total_of_a_candidate(tmp_path: Path) -> None:
    rows: Rows = [["PC NAME", "CANDIDATE", "AGE", "PARTY", "GENERAL", "POSTAL", "TOTAL", "TOTAL ELECTORS"]]
    rows += [["Araku", "Rao", 50, "X", 560, 20, 580, 900], ["Araku", "Deo", 61, "Y", 310, 5, 315, 900]]
    found = read_results(written(tmp_path / "a.csv", rows)).tally.tiers["list"]
    assert found.votes == {"Araku": {"Rao": 580, "Deo": 315}}
    assert found.totals == {"Araku": {"registered": 900}}


def test_labels_in_two_languages_and_an_electorate_that_is_a_place(tmp_path: Path) -> None:
    rows: Rows = [["Electorate/Circonscription", "Candidate/Candidat", "Votes Obtained/Votes obtenus"]]
    rows += [["Avalon", "Ken", 70], ["Avalon", "Matt", 30], ["Burin", "Ann", 60]]
    votes = read_results(written(tmp_path / "a.csv", rows)).tally.tiers["list"].votes
    assert votes == {"Avalon": {"Ken": 70, "Matt": 30}, "Burin": {"Ann": 60}}


@pytest.mark.parametrize("mark", [",", "."])
def test_many_numbers_with_three_digits_behind_a_mark_are_thousands(tmp_path: Path, mark: str) -> None:
    counts = [["12,345", "7,891", "1,200"], ["2,345", "17,891", "3,000"]]
    rows: Rows = [["District", "A", "B", "C"]]
    rows += [[f"d{i}", *(n.replace(",", mark) for n in row)] for i, row in enumerate(counts)]
    reading = read_results(written(tmp_path / "a.csv", rows))
    assert reading.tally.tiers["list"].votes["d1"] == {"A": 2345, "B": 17891, "C": 3000}
    assert "W215" in {p.code for p in reading.problems}


def test_shares_of_a_hundred_are_not_taken_for_thousands(tmp_path: Path) -> None:
    rows: Rows = [
        ["District", "A", "B", "C"],
        ["d0", "52.345", "37.455", "10.200"],
        ["d1", "40.111", "39.889", "20.000"],
    ]
    with pytest.raises(InvalidResults) as caught:
        read_results(written(tmp_path / "a.csv", rows))
    assert {p.code for p in caught.value.problems if p.code.startswith("E")} == {"E106"}


def test_a_last_column_to_which_all_others_add_up_is_no_contender(tmp_path: Path) -> None:
    rows: Rows = [["Place", "A", "B", "C", "Zusammen hier"], ["x", 5, 6, 7, 18], ["y", 50, 60, 70, 180]]
    votes = read_results(written(tmp_path / "a.csv", rows)).tally.tiers["list"].votes
    assert votes["y"] == {"A": 50, "B": 60, "C": 70}


def test_seats_beside_the_votes_of_a_list_are_no_list(tmp_path: Path) -> None:
    rows: Rows = [["Provincia", "Mesas", "Votos válidos", "Votos a candidaturas", "En blanco", "PP", "PP Diputados"]]
    rows[0] += ["PSOE", "PSOE Diputados", "VOX", "VOX Diputados"]
    rows += [["Almería", 900, 302, 295, 7, 120, 2, 95, 2, 80, 2], ["Cádiz", 1500, 600, 590, 10, 220, 4, 230, 4, 140, 1]]
    votes = read_results(written(tmp_path / "a.csv", rows)).tally.tiers["list"].votes
    assert votes["Cádiz"] == {"PP": 220, "PSOE": 230, "VOX": 140, "blank": 10}


def test_a_first_column_that_is_the_sum_of_all_others_is_no_contender(tmp_path: Path) -> None:
    rows: Rows = [["Region", "Cast here", "A", "B", "C"], ["x", 18, 5, 6, 7], ["y", 180, 50, 60, 70]]
    votes = read_results(written(tmp_path / "a.csv", rows)).tally.tiers["list"].votes
    assert votes["y"] == {"A": 50, "B": 60, "C": 70}


def test_districts_by_numbers_that_are_not_one_two_three(tmp_path: Path) -> None:
    rows: Rows = [["№ ТВО", "Кількість виборців", "Перша", "Друга"], ["11", 900, 300, 200], ["14", 800, 250, 150]]
    votes = read_results(written(tmp_path / "a.csv", rows)).tally.tiers["list"].votes
    assert votes == {"11": {"Перша": 300, "Друга": 200}, "14": {"Перша": 250, "Друга": 150}}


def test_text_with_which_contenders_never_come_twice_names_the_districts(tmp_path: Path) -> None:
    rows: Rows = [["Kantonsschreibung", "Parteibezeichnung", "Mandate", "Anzahl Stimmen Partei"]]
    rows += [[area, party, 1, n] for area, n in (("Zürich", 180), ("Bern", 70)) for party in ("FDP", "SP")]
    votes = read_results(written(tmp_path / "a.csv", rows)).tally.tiers["list"].votes
    assert votes == {"Zürich": {"FDP": 180, "SP": 180}, "Bern": {"FDP": 70, "SP": 70}}


@pytest.mark.parametrize("inside", ["{}", '{{"results": {}}}'])
def test_json_with_the_votes_of_each_district_by_name(tmp_path: Path, inside: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(inside.format('{\n"Alba": {"UNO": 5, "DUE": 7},\n"Bra": {"UNO": 9, "DUE": 2}}'), encoding="utf-8")
    votes = read_results(path).tally.tiers["list"].votes
    assert votes == {"Alba": {"UNO": 5, "DUE": 7}, "Bra": {"UNO": 9, "DUE": 2}}


@pytest.mark.parametrize("label", ["{} votes", "{} - voturi", "Votos {}", "{} (Stimmen)"])
def test_the_word_votes_over_every_list_is_no_part_of_its_name(tmp_path: Path, label: str) -> None:
    rows: Rows = [["Place", *(label.format(name) for name in ("Left", "New Right"))], ["x", 5, 6], ["y", 50, 60]]
    votes = read_results(written(tmp_path / "a.csv", rows)).tally.tiers["list"].votes
    assert votes == {"x": {"Left": 5, "New Right": 6}, "y": {"Left": 50, "New Right": 60}}
