"""The commands: data on stdout, errors with row and code, exit codes as documented."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import numpy as np
import pytest
from tests.align.shared import TRADE, made

from sailau.cli.main import main

WORDS = np.array(["no", "abstain", "yes"])


def run(*args: object) -> tuple[int, str, str]:
    """Run the command line within this process: what it prints, and the code it leaves with."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["sailau", "align", *map(str, args)])
        with pytest.raises(SystemExit) as left:
            main()
    return int(left.value.code or 0), out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def votes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = np.random.default_rng(1)
    rows = ["voter,item,vote,date,session"]
    table = made(np.linspace(-1.5, 1.5, 12), 80, rng, width=0.3)
    for (voter, item), vote in np.ndenumerate(table):
        year = 2000 + item // 40
        rows.append(f"V{voter:02d},{item},{WORDS[vote]},{year}-05-01,{1 + item // 40}")
    path = tmp_path_factory.mktemp("votes") / "votes.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_agreement_as_tsv_and_json(votes: Path) -> None:
    code, out, err = run("agreement", votes, "--voter", "V00", "--with", "V01,V11", "--by", "year")
    lines = [line.split("\t") for line in out.strip().splitlines()]
    assert code == 0 and lines[0] == ["window", "voter", "other", "measure", "n", "value"] and len(lines) == 5
    assert "agenda" in err
    code, out, _ = run("agreement", votes, "--voter", "V00", "--with", "V01", "--draws", 50, "--seed", 3, "--json")
    (row,) = json.loads(out)["rows"]
    assert code == 0 and row["low"] < row["value"] < row["high"] and row["n"] == 80


def test_differ_and_change(votes: Path) -> None:
    code, out, _ = run("differ", votes, "--voter", "V05", "--between", "V00,V11", "--json")
    (row,) = json.loads(out)["rows"]
    assert code == 0 and row["with_one"] + row["with_other"] + row["with_neither"] == row["n"]
    given = ("--voter", "V05", "--pole", "V00", "--peers", "V06,V07", "--before", "2000", "--after", "2001")
    code, out, _ = run("change", votes, *given, "--json")
    found = json.loads(out)
    assert code == 0 and found["excess"] == pytest.approx(found["own"] - found["peers"])


def test_points_and_paths(votes: Path, tmp_path: Path) -> None:
    code, out, err = run("points", votes, "--anchor", "V11", "--json")
    rows = json.loads(out)["rows"]
    assert code == 0 and len(rows) == 12
    order = [row["voter"] for row in sorted(rows, key=lambda row: row["point"])]
    assert order.index("V00") < order.index("V06") < order.index("V11")
    code, out, err = run("points", votes, "--dynamic", "--voter", "V00", "--path")
    assert code == 4 and "scales of their own" in err and "--bridge" in err and not out
    code, out, err = run("points", votes, "--dynamic", "--voter", "V00")
    assert code == 0 and "cannot be compared" in err
    bridges = tmp_path / "bridges.csv"
    bridges.write_text("item,bridge\n" + "".join(f"{k},q{k}\n{k + 40},q{k}\n" for k in range(5)), encoding="utf-8")
    code, out, _ = run("points", votes, "--dynamic", "--voter", "V00", "--path", "--bridge", bridges, "--anchor", "V11")
    assert code == 0 and len(out.strip().splitlines()) == 3


def test_balance_with_a_channel_of_votes(votes: Path) -> None:
    code, out, err = run("balance", TRADE, "--poles", "cn", "--json")
    assert code == 4 and "two poles" in err
    code, _, err = run("balance", TRADE, "--poles", "ru,cn")
    assert code == 3 and "trade 2023 with 'ru'" in err
    code, out, _ = run("balance", TRADE, "--poles", "ru,cn", "--period", "2022", "--json")
    (row,) = json.loads(out)["rows"]
    assert code == 0 and row["low"] == pytest.approx(0.991736, abs=1e-6) and row["high"] == 1
    assert run("balance", TRADE, "--period", "1999")[0] == 3
    code, out, _ = run("balance", "--votes", votes, "--voter", "V05", "--poles", "V00,V11", "--json")
    (row,) = json.loads(out)["rows"]
    assert code == 0 and row["channel"] == "votes" and 0 < row["low"] <= 1
    assert run("balance")[0] == 2


def test_faults_leave_with_row_and_code(tmp_path: Path, votes: Path) -> None:
    path = tmp_path / "faulty.csv"
    path.write_text(votes.read_text(encoding="utf-8") + "V00,0,maybe,2000-05-01,1\n", encoding="utf-8")
    code, out, err = run("agreement", path, "--voter", "V00", "--with", "V01")
    assert code == 4 and not out and f"{path}:962: E501" in err
    code, out, err = run("agreement", path, "--voter", "V00", "--with", "V01", "--keep", "E501")
    assert code == 0 and "E501" in err
    assert run("agreement", votes, "--voter", "NOBODY", "--with", "V01")[0] == 3
    code, _, err = run("agreement", votes, "--voter", "V00", "--with", "V01,V01")
    assert code == 4 and "twice" in err
    assert run("agreement", votes, "--voter", "V00", "--with", "V01", "--draws", 5)[0] == 4


def test_a_period_without_a_pole_is_refused_with_the_periods_that_have_all() -> None:
    for poles in ([], ["--poles", "cn,ru"]):
        code, out, err = run("balance", TRADE, *poles)
        assert code in (3, 4) and not out and "--period 2022,2023-01/2023-09" in err


@pytest.mark.parametrize(
    "words",
    [
        ["agreement", "--with", ","],
        ["change", "--pole", "V01", "--peers", " ", "--before", "1992-1993", "--after", "1994-1995"],
    ],
    ids=lambda words: words[0],
)
def test_nobody_to_compare_with_is_wrong_usage(votes: Path, words: list[str]) -> None:
    code, out, err = run(words[0], votes, "--voter", "V00", *words[1:])
    assert (code, out) == (2, "") and "names nobody" in err
