"""sailau forecast and backtest as a user meets them."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from sailau.cli.main import main
from sailau.files.places import shipped

MINE = (
    "Дата опроса;Организация;Выборка;Amanat;Auyl;Respublica;Ak Zhol;QHP;OSDP;Baytaq;Против всех;Затрудняюсь ответить\n"
    "1-5 марта 2023;А;1 200;52,1;10,3;8,5;8,2;6,7;5,4;2,6;3,9;12,5\n"
    "6–9 марта 2023 г.;Б;1500;50,0;11;9,1;8;7,1;5;2,9;4;9\n"
    "12.03.2023;А;;53%;10%;8,7%;8,8%;6,6%;5,1%;2,4%;3,6%;8%\n"
)


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*words: str) -> Done:
    """Run the door in this process: what it imports is imported once."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "argv", ["sailau", *words]):
        try:
            main()
        except SystemExit as end:
            code = end.code
    return Done(int(str(code or 0)), out.getvalue(), err.getvalue())


@pytest.fixture
def mine(tmp_path: Path) -> str:
    path = tmp_path / "my polls.csv"
    path.write_text(MINE, encoding="utf-8")
    return str(path)


def test_from_a_mangled_file_to_seats(mine: str) -> None:
    done = run(
        "forecast", mine, "--law", "kz/mazhilis@2023-03-19", "--on", "2023-03-19", "--runs", "400", "--seed", "5"
    )
    assert done.returncode == 0, done.stderr
    header, *lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert header == [
        "party",
        "share",
        "share_low",
        "share_high",
        "passes_bar",
        "seats",
        "seats_low",
        "seats_high",
        "majority",
        "two_thirds",
    ]
    assert [line[0] for line in lines][:2] == ["Amanat", "Auyl"] and lines[-1][0] == "others"
    assert all(float(line[2]) < float(line[1]) < float(line[3]) for line in lines)
    for said in ("with seed 5", "W401 1 poll without", "too few to learn from", "are undecided", "Shirani-Mehr"):
        assert said in done.stderr, said


def test_json_holds_what_it_takes_to_repeat_it(mine: str) -> None:
    done = run(
        "forecast", mine, "--law", "kz/mazhilis@2023-03-19", "--runs", "300", "--json", "--coalition", "two=Auyl,QHP"
    )
    found = json.loads(done.stdout)
    assert found["schema"] == "sailau/forecast/1"
    assert (found["seed"], found["runs"], found["polls"], found["few_polls"]) == (1, 300, 3, True)
    assert found["day"] == "2023-03-12" and found["law"] == "kz/mazhilis@2022-11-05"
    two = found["rows"][-1]
    assert two["party"] == "two: Auyl + QHP" and two["seats_low"] <= two["seats"] <= two["seats_high"]
    assert sum(found["histogram"]["Amanat"]) == 300 and "3/4" in found["chances"]


def test_names_that_differ_are_named(mine: str) -> None:
    words = ("forecast", mine, "--base", "kz/mazhilis/2021-01-10", "--law", "kz/mazhilis@2023-03-19", "--runs", "100")
    refused = run(*words)
    assert refused.returncode == 4 and "who did not stand in kz/mazhilis/2021-01-10" in refused.stderr
    new = [word for name in ("Respublica", "OSDP", "Baytaq", "against_all") for word in ("--new", name)]
    done = run(*words, "--as", "Amanat=nur_otan", "--as", "Ak Zhol=aq_jol", *new)
    assert done.returncode == 0 and done.stdout.splitlines()[1].startswith("nur_otan"), done.stderr


def test_houses_trend_and_pictures_need_no_law(mine: str, tmp_path: Path) -> None:
    houses = run("forecast", mine, "--show", "houses")
    assert houses.returncode == 0 and houses.stdout.splitlines()[1].split("\t")[:4] == ["А", "house", "2", "Amanat"]
    picture = tmp_path / "trend.svg"
    trend = run("forecast", mine, "--show", "trend", "--draw", f"trend={picture}")
    assert trend.stdout.splitlines()[0] == "day\tcontender\tq05\tmedian\tq95"
    assert picture.read_text(encoding="utf-8").count("<circle") >= 3 * 8


def test_polls_that_ship_know_their_law_day_and_base() -> None:
    done = run("forecast", "kz/mazhilis/2023-03-19", "--runs", "200")
    assert done.returncode == 0 and "amanat" in done.stdout and "kz/mazhilis@2022-11-05" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--law", "kz/mazhilis", "--on", "2023-03-07"], 4, "--until 2023-03-07 leaves 2 polls out"),
        (["--law", "kz/mazhilis", "--on", "soon"], 4, "'soon' is no day"),
        (["--law", "kz/mazhilis", "--until", "2020-01-01"], 4, "no poll ended by 2020-01-01"),
        (["--law", "kz/mazhilis", "--draw", "pie=x.svg"], 2, "trend or seats"),
        (["--law", "kz/mazhilis", "--draw", "seats=x.txt"], 4, "no name of a picture"),
        (["--law", "kz/mazhilis", "--polling-error", "-1"], 4, "a common error of -1"),
        (["--law", "kz/mazhilis", "--runs", "0"], 2, "--runs"),
        (["--law", "kz/mazhilis", "--coalition", "two=Auyl,Nobody"], 3, "no party of the coalition two 'Nobody'"),
        (["--law", "kz/mazilis"], 3, "did you mean kz/mazhilis"),
        (["--law", "se/riksdag"], 4, "--base ID"),
        ([], 4, "a forecast of seats needs a law"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_said_in_one_message(mine: str, words: list[str], code: int, said: str) -> None:
    done = run("forecast", mine, *words)
    assert done.returncode == code, done.stderr
    assert said in done.stderr and "Traceback" not in done.stderr and done.stdout == ""


def test_a_file_at_fault_lists_its_problems_and_can_be_read_without_them(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(MINE + "30.02.2023;В;900;50;10;9;8;7;5;3;4;9\n", encoding="utf-8")
    done = run("forecast", str(path), "--law", "kz/mazhilis", "--runs", "100")
    assert done.returncode == 4 and f"{path}:5:1: E301" in done.stderr and "--keep-good" in done.stderr
    assert run("forecast", str(path), "--law", "kz/mazhilis", "--runs", "100", "--keep-good").returncode == 0


def test_sets_of_polls_are_listed_and_unknown_ones_named() -> None:
    done = run("backtest", "--list")
    assert done.returncode == 0 and "se/riksdag/2018-09-09\t2018-09-09\t387" in done.stdout
    missing = run("backtest", "se/riksdag/2018")
    assert missing.returncode == 3 and "did you mean se/riksdag/2018-09-09" in missing.stderr
    assert run("backtest", "kz/mazhilis/2023-03-19", "--lead", "x").returncode == 4
    early = run("backtest", "kz/mazhilis/2023-03-19", "--lead", "30")
    assert early.returncode == 4 and "no poll ended by" in early.stderr


@pytest.mark.slow
def test_the_back_test_of_one_night() -> None:
    pytest.importorskip("scoringrules", reason="the extra science is not installed")
    done = run("backtest", "kz/mazhilis/2023-03-19", "--json")
    row = json.loads(done.stdout)["rows"][0]
    assert (row["polls"], row["inside_90"], row["of"]) == (3, 8, 8)
    # the three exit polls were closer to the result than any model dares to be
    assert row["five"] < row["five_with_error"] < row["crps"] < 1
    assert row["last"] is None and row["seats"] is None
    kept = (shipped("polls") / "backtest.csv").read_text(encoding="utf-8").splitlines()
    line = next(line for line in kept if line.startswith("kz/mazhilis/2023-03-19,0,"))
    told = dict(zip(kept[0].split(","), line.split(","), strict=True))
    assert row["crps"] == pytest.approx(float(told["crps"]), abs=0.02)  # the table of the documentation is this one
    assert row["five"] == pytest.approx(float(told["five"]), abs=0.011)
