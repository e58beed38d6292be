"""Files of weights, and acts by constitution: every fault by row and code, kept by choice; the votes of each act."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sailau.cli.main import app
from sailau.law.acts import constitutions, read_acts
from sailau.power import banzhaf
from sailau.power.games import Game
from sailau.records.weights import CODES, FaultyWeights, read_weights
from sailau.report.power import weights_table
from sailau.terms.errors import Invalid, InvalidLaw

CLEAN = "player,weight\nA,4\nB,3\nC,2\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "weights.csv"
    path.write_text(text, encoding="utf-8")
    return path


FAULTS = {
    "E101": ("D,many\n", [5]),
    "E102": ("D,\n", [5]),
    "E103": ("D,-1\n", [5]),
    "E104": ("D,1.5\n", [5]),
    "E105": ("D,12%\n", [5]),
    "E107": ("D,1e3\n", [5]),
    "E108": ("D,#REF!\n", [5]),
    "E110": ("D\n", [5]),
    "E111": ("A,4\n", [2, 5]),
    "E119": (",4\n", [5]),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_refused_with_its_row_and_kept_by_choice(tmp_path: Path, code: str) -> None:
    text, rows = FAULTS[code]
    path = write(tmp_path, CLEAN + text)
    with pytest.raises(FaultyWeights) as caught:
        read_weights(path)
    assert [(p.code, p.place.line) for p in caught.value.problems] == [(code, row) for row in rows]
    assert f"--keep {code}" in str(caught.value) and caught.value.exit_code == 4
    read = read_weights(path, keep=[code])
    left = {"A": 4, "B": 3, "C": 2} if code != "E111" else {"B": 3, "C": 2}
    assert read.conditions["weight"] == left
    assert {problem.code for problem in read.problems} == {code}, "what is kept is still said"


def test_every_code_of_a_cell_is_named() -> None:
    assert set(FAULTS) <= set(CODES)


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "", "player\nA\n", "player,weight,weight\nA,1,2\n"])
def test_files_that_are_no_weights(tmp_path: Path, text: str) -> None:
    with pytest.raises(Invalid):
        read_weights(write(tmp_path, text))
    with pytest.raises(Invalid, match="no code"):
        read_weights(write(tmp_path, CLEAN), keep=["E999"])


def test_columns_are_conditions_at_once(tmp_path: Path) -> None:
    read = read_weights(write(tmp_path, "state;votes;members\nA;6;1\nB;2;1\nC;2;1\n"))
    assert list(read.conditions) == ["votes", "members"]
    table = weights_table(read, [6, 2], title="")
    expected = banzhaf(Game.of((read.conditions["votes"], 6), (read.conditions["members"], 2)))
    assert table.extra["exact"]["banzhaf"] == {p: str(v) for p, v in expected.items()}
    assert expected["A"] == Fraction(3, 5)


def test_unions_give_the_owen_index(tmp_path: Path) -> None:
    path = write(tmp_path, "player,weight,union\na,2,\nb,1,x\nc,1,x\nd,1,\n")
    table = weights_table(read_weights(path), [3], title="")
    assert table.extra["exact"]["owen"] == {"a": "1/3", "b": "1/6", "c": "1/6", "d": "1/3"}


def test_the_command_takes_a_file(tmp_path: Path) -> None:
    path = str(write(tmp_path, CLEAN))
    run = CliRunner().invoke
    done = run(app, ["power", path, "--majority", "5"])
    assert done.exit_code == 0 and "A\t4\t0.333333" in done.output
    assert run(app, ["power", path, "--majority", "5", "--majority", "2"]).exit_code == 2
    assert run(app, ["power", "kz/mazhilis/2023-03-19", "--majority", "5", "--majority", "2"]).exit_code == 2


def test_acts_have_no_gaps_between_constitutions() -> None:
    found = constitutions("kz")
    assert [one.since.year for one in found] == [1995, 2007, 2017, 2022, 2026]
    for one, following in pairwise(found):
        assert one.until is not None and (following.since - one.until).days == 1
    assert found[-1].until is None


def test_votes_of_acts_by_day() -> None:
    run = CliRunner().invoke
    lines = run(app, ["acts", "kz", "--on", "2026-09-01"]).stdout.splitlines()
    needs = {line.split("\t")[4]: int(line.split("\t")[6]) for line in lines[1:]}
    assert needs["law"] == 73 and needs["constitutional law"] == 97 and needs["move no confidence"] == 29
    assert run(app, ["acts", "kz", "--on", "1990-01-01"]).exit_code != 0
    assert run(app, ["acts", "kz", "--on", "soon"]).exit_code == 2
    smaller = run(app, ["acts", "kz", "--on", "2026-09-01", "--members", "9"]).stdout
    assert "\tlaw\tmajority\t5\t" in smaller


def test_an_act_without_a_text_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "acts.yaml"
    path.write_text(
        "acts: x\nname: N\nin_force: {from: 2000-01-01}\nchecked: null\ntexts: {const: C}\nhouses: {h: 9}\nrules:\n"
        "  - {act: law, house: h, needs: majority, cite: other 1}\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidLaw) as caught:
        read_acts(path)
    assert caught.value.place is not None and caught.value.place.line == 8
