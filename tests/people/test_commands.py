"""The commands: what they print, and how they fail."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from tests.people.test_future import RATES, own

from sailau.cli.main import main


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["sailau", "people", *words])
    try:
        main()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    out = capsys.readouterr()
    return code, out.out, out.err


@pytest.fixture
def sailau(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    return lambda *words: run(monkeypatch, capsys, *words)


def test_show_says_where_sources_disagree(sailau) -> None:  # type: ignore[no-untyped-def]
    code, out, err = sailau("show", "kz")
    assert code == 0
    assert "kazakh\t6497000\t7985039\t10096763\t13497891\t70.35%" in out
    assert "also counted on other bases: present, mixed" in err
    code, out, _ = sailau("show", "kz", "--what", "conflicts", "--json")
    rows = json.loads(out)["rows"]
    assert any("12 January 1989" in row["about"] and row["why"] for row in rows)


@pytest.mark.parametrize(
    "what",
    ["counts", "regions", "priors", "estimates", "series", "crosswalk", "national", "repatriation", "migration",
     "languages", "life_expectancy", "age_sex"],
)  # fmt: skip
def test_every_part_of_a_record_can_be_shown(sailau, what: str) -> None:  # type: ignore[no-untyped-def]
    code, out, err = sailau("show", "kz", "--what", what)
    assert code == 0, err
    assert len(out.splitlines()) > 4


def test_the_decomposition_shows_every_basis(sailau) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = sailau("decompose", "kz", "--json")
    assert code == 0
    rows = [row for row in json.loads(out)["rows"] if row["basis"] == "mixed"]
    assert [(row["flow"], row["points"]) for row in rows] == [
        ("others", 12.65),
        ("repatriation", 2.78),
        ("own_growth", 14.58),
        ("all", 30.01),
    ]


def test_the_back_test_says_what_it_uses_and_what_it_missed(sailau) -> None:  # type: ignore[no-untyped-def]
    code, out, err = sailau("backtest", "kz", "--draws", "300")
    assert code == 0
    assert "the naive growth is used where the model did not beat it there: kazakh" in err
    assert "goal all groups, within 1.5%: -0.7% against the census of 2021: met" in err
    assert "goal Russians, within 3.0%: +14.9% against the census of 2021: MISSED; -3.3% against the register" in err
    assert {line.split("\t")[0] for line in out.splitlines()[1:]} == {"census of 2021", "register of 2022-01-01"}
    assert "\tmodel\t" in out
    assert "\tnaive\t" in out
    assert sailau("backtest", "kz", "--draws", "300", "--strict")[0] == 1
    code, out, _ = sailau("backtest", "kz", "--draws", "300", "--side", "scores", "--json")
    assert {"goals", "scores", "persists"} <= set(json.loads(out))
    code, out, _ = sailau("backtest", "kz", "--draws", "300", "--side", "goals", "--against", "register", "--json")
    assert [row["met"] for row in json.loads(out)["rows"]] == [True, False, False, True, True, True, True]
    code, out, err = sailau("backtest", "kz", "--draws", "300", "--side", "designs", "--json")
    rows = json.loads(out)["rows"]
    assert len(rows) == 10
    assert {row["goes_on"] for row in rows if row["chosen"]} == {"50%"}
    assert min(rows, key=lambda row: row["past_score"])["chosen"]


def test_growth_that_goes_on_stands_beside_the_projection(sailau) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = sailau("project", "kz", "--years", "4", "--every", "4", "--growth", "--json")
    assert code == 0
    rows = json.loads(out)["rows"]
    ahead = {row["group"]: row for row in rows if row["year"] == "2025"}
    years = (date(2021, 9, 1) - date(2009, 2, 25)).days / 365.25
    assert ahead["russian"]["growth"] == pytest.approx(2981946 * (2981946 / 3793764) ** (4 / years), rel=1e-4)
    assert ahead["all"]["growth"] == pytest.approx(sum(r["growth"] for g, r in ahead.items() if g != "all"), abs=6)
    nearer = {group: row["nearer in 2021"] for group, row in ahead.items()}
    lines = json.loads(sailau("backtest", "kz", "--draws", "300", "--against", "2021", "--json")[1])["rows"]
    for line in lines:
        if line["group"] != "all":
            closer = abs(float(line["model"].rstrip("%"))) < abs(float(line["naive"].rstrip("%")))
            assert nearer[line["group"]] == ("projection" if closer else "growth")
    assert "for: kazakh, russian, korean" in json.loads(out)["notes"][0]
    assert sailau("project", "kz", "--growth", "--by", "region")[0] == 2


def test_electorate_and_indices_name_their_assumptions(sailau) -> None:  # type: ignore[no-untyped-def]
    code, out, err = sailau("electorate", "kz", "--by", "age", "--citizens", "90%", "--bands", "18,50")
    assert code == 0
    assert [line.split("\t")[0] for line in out.splitlines()] == ["age", "18-49", "50+"]
    assert "90.0% are citizens, as asked for" in err
    assert "the register of 2023-03-19 has 12,035,578 voters" in err
    code, out, err = sailau("indices", "kz", "--rest", "atomised")
    assert "1989 mixed\t0.6819\t0.781\t3.1435" in out
    assert "cross-cuttingness" in sailau("indices", "kz", "--by", "region")[2]
    assert "Theil's H" in sailau("indices", "kz", "--segregation")[2]


def test_a_country_of_one_s_own(sailau, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = str(own(tmp_path))
    code, _, err = sailau("check", folder)
    assert code == 0
    assert "Atlantis is in order: 2 groups, 2 regions" in err
    code, out, err = sailau("project", folder, "--years", "10", "--every", "5", "--by", "region,group")
    assert code == 0
    assert {line.split("\t")[0] for line in out.splitlines()[1:]} == {"2025", "2030", "2035"}
    code, out, _ = sailau("project", folder, "--years", "10", "--books", "--json")
    rows = {row["group"]: row for row in json.loads(out)["rows"]}
    for row in rows.values():
        assert abs(row["start"] + row["births"] - row["deaths"] + row["moves"] + row["identity"] - row["end"]) <= 3
    assert rows["all"]["identity"] == 0
    assert "2025\treef" in sailau("show", folder)[1]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("show", "kx"), 3, "no population 'kx'"),
        (("electorate", "kz", "--by", "shoe"), 2, "'shoe' is no axis"),
        (("electorate", "kz", "--citizens", "120%"), 2, "not a share"),
        (("electorate", "kz", "--bands", "18,x"), 2, "write ages joined by commas"),
        (("electorate", "kz", "--census", "1900"), 3, "no census '1900'"),
        (("indices", "kz", "--by", "shoe"), 2, "census or region"),
        (("decompose", "kz", "--from", "2021", "--to", "1999"), 4, "not after"),
        (("decompose", "kz", "--basis", "best"), 3, "no basis 'best'"),
        (("backtest", "kz", "--against", "1899"), 3, "census or register"),
        (("backtest", "kz", "--past", "1989,1999"), 2, "'1989,1999' names 2 censuses; 3 are needed"),
        (("project", "kz", "--census", "1959"), 4, ""),
        (("project", "kz", "--years", "0"), 2, "--years"),
        (("plot", "pyramid", "kz", "-o", "x.gif"), 4, "no name of a picture"),
        (("plot", "pyramid", "kz", "--region", "moon"), 3, "no region 'moon'"),
    ],
)
def test_faults_are_one_clear_message(sailau, words: tuple[str, ...], code: int, told: str) -> None:  # type: ignore[no-untyped-def]
    found, out, err = sailau(*words)
    assert found == code, err
    assert told in err
    assert out == ""
    assert "Traceback" not in err


def test_bad_cells_are_refused_with_exit_4(sailau, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = own(tmp_path, RATES)
    table = folder / "people.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("65+,female,400", "65+,female,-400", 1), encoding="utf-8"
    )
    code, _, err = sailau("project", str(folder))
    assert code == 4
    assert re.search(r"people\.csv:5: people of reef, mer, age 65\+, female, 2025 is '-400'", err)


@pytest.mark.parametrize(
    "words",
    [
        ("pyramid", "kz"),
        ("pyramid", "kz", "--region", "turkestan", "--census", "2021"),
        ("pyramid", "kz", "--group", "russian", "--census", "2009"),
        ("composition", "kz", "--years", "10"),
        ("composition", "kz", "--census", "2009"),
    ],
)
def test_pictures_are_svg_that_says_what_it_shows(sailau, words: tuple[str, ...], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "x.svg"
    code, _, err = sailau("plot", *words, "-o", str(out))
    assert code == 0, err
    root = ET.fromstring(out.read_text(encoding="utf-8"))
    assert root.get("role") == "img"
    assert "Kazakhstan" in (root.get("aria-label") or "")
    width = float(root.get("width") or 0)
    xs = [float(part.get("x") or 0) for part in root.iter() if part.tag.endswith("text")]
    ys = [float(part.get("y") or 0) for part in root.iter() if part.tag.endswith("text")]
    assert min(xs) >= 0
    assert max(xs) < width
    assert min(ys) > 10


def test_a_population_named_without_a_command_is_shown(sailau) -> None:  # type: ignore[no-untyped-def]
    assert sailau("kz") == sailau("show", "kz")
    code, out, err = sailau("kx")
    assert (code, out) == (2, "")
    assert "No such command 'kx'" in err


def test_censuses_of_one_s_own_are_decomposed_and_measured(sailau, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    days = "".join(f'  "{year}": {{on: {year}-01-01}}\n' for year in (1990, 2000, 2010))
    form = "population: ruritania\nname: Ruritania\ngroups: [other, mer, land]\n"
    form += "rest: other\nmajority: mer\nregions: [reef]\n"
    (tmp_path / "population.yaml").write_text(f"{form}censuses:\n{days}sources:\n  own: {{title: Counts}}\n", "utf-8")
    rows = [(1990, 1000, 400, 500), (2000, 1100, 500, 500), (2010, 1200, 620, 450)]
    lines = [
        f"{year},published,{group},{people},1,own,read"
        for year, *counts in rows
        for group, people in zip(("all", "mer", "land"), counts, strict=True)
    ]
    (tmp_path / "censuses.csv").write_text(
        "census,basis,group,people,rounded,source,confidence\n" + "\n".join(lines) + "\n", "utf-8"
    )
    folder = str(tmp_path)
    code, out, err = sailau("decompose", folder, "--json")
    assert code == 0, err
    found = {row["flow"]: row["points"] for row in json.loads(out)["rows"]}
    assert found["all"] == pytest.approx(100 * (620 / 1200 - 400 / 1000), abs=0.01)
    assert found["others"] + found["own_growth"] == pytest.approx(found["all"], abs=0.02)
    assert "came back" not in err
    code, out, _ = sailau("indices", folder, "--rest", "dropped", "--json")
    assert json.loads(out)["rows"][0]["fractionalisation"] == pytest.approx(1 - (4 / 9) ** 2 - (5 / 9) ** 2, abs=1e-4)
    code, out, err = sailau("project", folder)
    assert (code, out) == (4, "")
    assert "add ages.csv with the columns year, sex, age, people" in err
    (tmp_path / "censuses.csv").unlink()
    code, out, err = sailau("check", folder)
    assert code == 4


def test_without_a_rest_there_is_none_to_drop(sailau, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "population.yaml").write_text("population: a\nname: A\ngroups: [mer, land]\nregions: [reef]\n", "utf-8")
    lines = [f"2025,reef,{group},0+,{sex},10" for group in ("mer", "land") for sex in ("female", "male")]
    (tmp_path / "people.csv").write_text("year,region,group,age,sex,people\n" + "\n".join(lines) + "\n", "utf-8")
    code, out, err = sailau("indices", str(tmp_path), "--rest", "dropped")
    assert (code, out) == (4, "")
    assert "has no group of people who belong to none of the named ones" in err
    assert "no named group" not in sailau("indices", str(tmp_path))[2]
