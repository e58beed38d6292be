"""The command line as a user meets it: data on stdout, talk on stderr, documented exit codes."""

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

ID = "kz/mazhilis/2023-03-19"
STATIONS = str(Path(__file__).parents[2] / "examples/parallel-tabulation/official.csv")
SCENARIO = str(Path(__file__).parents[2] / "examples/scenarios/kz-2023.yaml")


def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    code = "from sailau.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *words], capture_output=True, text=True, cwd=cwd, timeout=120
    )


def rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["count", ID], 0),
        (["replay", ID], 0),
        (["explain", ID, "--contender", "nsdp"], 0),
        (["show", ID], 0),
        (["show", "kz/mazhilis@2023-03-19"], 0),
        (["law", "check", "kz/mazhilis"], 0),
        (["formulas"], 0),
        (["cite", ID], 0),
        (["doctor"], 0),
        (["what-if", ID], 2),
        (["what-if", ID, "--set", "nonsense"], 2),
        (["replay"], 2),
        (["nonsense"], 2),
        (["count", "kz/mazhlis/2023-03-19"], 3),
        (["law", "show", "kz/mazhilis@1980-01-01"], 3),
        (["explain", ID, "--contender", "nobody"], 3),
        (["what-if", ID, "--set", "list.threshold.share=0.1.2"], 4),
        (["what-if", ID, "--set", "list.treshold.share=2%"], 4),
        (["sql", "select * from nothing"], 4),
        (["count", "missing.csv", "--law", "kz/mazhilis"], 3),
        (["what-if", ID, "--set", "list.threshold.share=90%"], 5),
        (["what-if", ID, "--sweep", "list.threshold.share=5%:4%:1%"], 2),
        (["simulate", SCENARIO, "--points", "foo"], 2),
        (["simulate", SCENARIO, "--runs", "-1"], 2),
        (["simulate", SCENARIO, "--sweep", "list.threshold.share"], 2),
        (["simulate", SCENARIO, "--out", "runs.docx"], 2),
        (["simulate", SCENARIO, "--out", "/proc/runs.parquet"], 4),
        (["simulate", SCENARIO, "--runs", "1000000000", "--draws", "--out", "runs.parquet"], 4),
        (["sensitivity", SCENARIO, "--vary", "noise.sd=3%:1%", "--output", "bar.nsdp"], 2),
        (["forensics", STATIONS, "--seed", "-1"], 2),
        (["forensics", STATIONS, "--calibrate", "-1"], 2),
        (["count", ID, "--out", "/proc/count.xlsx"], 4),
        (["convert", ID, "/nowhere/votes.csv"], 4),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_exit_codes(words: list[str], code: int) -> None:
    done = run(*words)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    if code > 2:
        assert done.stdout == ""
        assert done.stderr.startswith("error: ")


def test_a_pipe_gets_whole_tsv() -> None:
    table = rows(run("count", ID).stdout)
    assert table[0] == ["contender", "votes", "list", "declared", "seats"]
    assert table[1] == ["amanat", "3431510", "40", "22", "62"]
    assert sum(int(row[-1]) for row in table[1:]) == 98


def test_json_is_one_document_with_whole_numbers() -> None:
    document = json.loads(run("count", ID, "--json").stdout)
    assert document["schema"] == "sailau/count/1"
    assert document["seats"]["nsdp"] == 4
    assert document["rows"][0]["votes"] == 3_431_510


def test_an_explanation_in_json_holds_exact_fractions() -> None:
    document = json.loads(run("explain", ID, "--json").stdout)
    step = next(part for part in document["steps"] if part["key"] == "allocate.quota")
    assert step["facts"]["quota"] == "1990573/23"
    assert step["cite"]


def test_every_seat_has_a_cause_and_an_article() -> None:
    table = rows(run("explain", ID, "--seats").stdout)
    assert len(table) == 70
    assert all(row[5] and row[8] for row in table[1:])


def test_near_names_are_offered() -> None:
    done = run("count", "kz/mazhlis/2023-03-19")
    assert "did you mean kz/mazhilis/2023-03-19" in done.stderr
    assert "sailau elections lists them" in done.stderr


def test_the_reports_of_an_unchecked_law_say_so() -> None:
    assert "not compared with the statute" in run("law", "show", "kz/mazhilis@2021-05").stderr
    assert "not compared with the statute" not in run("law", "show", "kz/mazhilis@2007-06").stderr


def test_readings_of_the_law_are_counted() -> None:
    said = run("count", ID).stderr
    assert "reading base without ballots against all: no seat differs" in said


def test_what_if_says_who_gains() -> None:
    done = run("what-if", ID, "--set", "list.seats=98", "--set", "district.seats=0")
    after = [int(row[3]) for row in rows(done.stdout)[1:]]
    assert after == [56, 11, 9, 9, 7, 6, 0]
    assert "the count fills 98 seats instead of 69" in done.stderr


def test_a_lot_can_be_given() -> None:
    done = run("what-if", ID, "--set", "list.threshold.share=90%", "--decide", "list.threshold=amanat,auyl")
    assert done.returncode == 0
    assert "decided from outside: list.threshold = amanat, auyl" in done.stderr


def test_help_is_quick_to_read_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['sailau', '--help']\n"
        "from sailau.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'numba', 'pydantic', 'duckdb', 'python_calamine', 'yaml', 'scipy', 'polars'}\n"
        "loaded = heavy & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    for command in ("elections", "laws", "formulas", "show", "count", "replay", "explain", "what-if", "law", "sql"):
        assert f"\n  {command} " in done.stdout


def test_law_diff_shows_what_changed() -> None:
    table = rows(run("law", "diff", "kz/mazhilis@2021-01-10", "kz/mazhilis@2023-03-19").stdout)
    changes = {row[0]: row[1:3] for row in table[1:]}
    assert changes["list.threshold.share"] == ["7%", "5%"]
    assert changes["list.seats"] == ["98", "69"]


def test_a_users_own_archive_is_replayed(tmp_path: Path) -> None:
    folder = tmp_path / "elections" / "xx" / "house" / "2024-01-01"
    folder.mkdir(parents=True)
    (folder / "election.yaml").write_text(
        "election: xx/house/2024-01-01\nname: X\nlaw: xx/house\nheld_on: 2024-01-01\n"
        "sources: {me: {title: mine, read_on: 2024-01-02}}\n",
        encoding="utf-8",
    )
    (folder / "votes.csv").write_text("tier,district,contender,votes\nlist,nation,a,60\nlist,nation,b,40\n")
    (folder / "seats.csv").write_text("tier,district,contender,seats\nlist,nation,a,6\nlist,nation,b,4\n")
    law = tmp_path / "laws" / "xx" / "house" / "2000-01-01.yaml"
    law.parent.mkdir(parents=True)
    law.write_text(
        "law: xx/house\nname: X\nin_force: {from: 2000-01-01}\nchecked: null\ntexts: {el: L}\n"
        "seats: {total: 10, cite: el 1}\ntiers:\n  list:\n    seats: 10\n    district: nationwide\n"
        "    ballot: closed_list\n    steps: [{allocate: {divisor: dhondt, cite: el 2}}]\n",
        encoding="utf-8",
    )
    done = run("replay", str(tmp_path / "elections"), "--laws", str(tmp_path / "laws"))
    assert done.returncode == 0, done.stderr
    assert rows(done.stdout)[1][5] == "exact"
    (folder / "seats.csv").write_text("tier,district,contender,seats\nlist,nation,a,7\nlist,nation,b,3\n")
    done = run("replay", str(folder), "--laws", str(tmp_path / "laws"))
    assert done.returncode == 1
    assert "a 6 (official 7)" in done.stdout
    copytree(folder, tmp_path / "elections" / "copy")
    done = run("replay", str(tmp_path / "elections"), str(folder), "--laws", str(tmp_path / "laws"))
    assert done.returncode == 4
    assert len(rows(done.stdout)) == 2, "an election in two folders counts once"
    assert "xx/house/2024-01-01 is in" in done.stderr


STOPPED_COMPILER = "try:\n  raise KeyboardInterrupt\n finally:\n  raise RuntimeError('no compiled object yet')"


@pytest.mark.parametrize("body", ["raise KeyboardInterrupt", STOPPED_COMPILER])
def test_ctrl_c_is_said_also_where_a_command_says_nothing_of_it(body: str) -> None:
    code = (
        "import sys\n"
        "from sailau.cli import doctor\n"
        "from sailau.cli import main as door\n"
        f"def stopped() -> None:\n {body}\n"
        "doctor.register = lambda app: app.command('doctor')(stopped)\n"
        "sys.argv = ['sailau', 'doctor']\n"
        "door.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


def test_votes_that_name_no_tier_are_those_that_the_archive_has_for_the_day(tmp_path: Path) -> None:
    """The law counts districts first; the blocks of a file are those of its lists."""
    blocks = ["hokkaido", "tohoku", "kitakanto", "minamikanto", "tokyo", "hokuriku", "tokai", "kinki", "chugoku"]
    blocks += ["shikoku", "kyushu"]
    path = tmp_path / "blocks.csv"
    path.write_text("district,a,b\n" + "".join(f"{name},9001,997\n" for name in blocks), encoding="utf-8")
    done = run("count", str(path), "--law", "jp/shugiin@2021-10-31")
    assert done.returncode == 0, done.stderr
    assert "not counted: district" in done.stderr


def test_a_file_of_one_s_own_becomes_a_folder_that_every_command_takes(tmp_path: Path) -> None:
    votes = {"Amanat": 3431510, "Auyl": 693938, "Respublica": 547154, "QHP": 432920, "NSDP": 331058, "Baytaq": 929861}
    (tmp_path / "my.csv").write_text("party,votes\n" + "".join(f"{k},{n}\n" for k, n in votes.items()), "utf-8")
    words = ["count", "my.csv", "--law", "kz/mazhilis@2023-03-19", "--folder", "mine"]
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 0
    counted = {row[0]: int(row[2]) for row in rows(done.stdout)[1:]}
    again = rows(run("count", "mine", cwd=tmp_path).stdout)
    assert {row[0]: int(row[again[0].index("list")]) for row in again[1:] if row[0] in votes} == counted
    declared = 22  # seats of Amanat in districts that day
    assert f"Amanat\t{counted['Amanat'] + declared}\t" in run("power", "mine", cwd=tmp_path).stdout
    assert "list: the fewest votes that change a seat are" in run("margin", "mine", cwd=tmp_path).stderr
    assert "331,058 votes" in run("explain", "mine", "--contender", "NSDP", cwd=tmp_path).stdout
    assert "NSDP -4" in run("what-if", "mine", "--set", "list.threshold.share=7%", cwd=tmp_path).stderr
    assert run("plot", "hemicycle", "mine", "-o", "h.svg", cwd=tmp_path).returncode == 0
    full = run(*words, cwd=tmp_path)
    assert full.returncode == 4
    assert "is there already" in full.stderr


def test_seats_that_are_declared_alone_are_told_where_one_contender_is_explained() -> None:
    done = run("explain", "kz/mazhilis/1999-10-10", "--contender", "cooperative")
    assert done.returncode == 0
    assert "seats taken over as declared, their votes are not published: district 1" in done.stdout
    both = run("explain", ID, "--contender", "amanat").stdout
    assert "(place 2)\n  seats taken over as declared, their votes are not published: district 22\n" in both
    seats = run("explain", "kz/mazhilis/1999-10-10", "--contender", "cooperative", "--seats")
    assert (seats.returncode, len(rows(seats.stdout))) == (0, 1)
    assert "declared, their votes are not published: district 1" in seats.stderr


@pytest.mark.parametrize("form", [["--seats"], ["--json"], []])
def test_nobody_is_explained_in_no_form(form: list[str]) -> None:
    assert run("explain", ID, "--contender", "nobody", *form).returncode == 3


def test_a_quota_changed_for_a_divisor_is_told_how() -> None:
    done = run("what-if", ID, "--set", "list.allocate.divisor=dhondt")
    assert done.returncode == 4
    assert "list.formula=dhondt" in done.stderr
    assert run("what-if", ID, "--set", "list.formula=dhondt").returncode == 0


def test_seats_that_nobody_gave_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("party,votes\nA,600\nB,400\n")
    words = ("count", "mine.csv", "--law", "kz/maslikhat_region")
    assert "--seats N" in run(*words, cwd=tmp_path).stderr
    assert run(*words, "--seats", "10", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(("mark", "name"), [(",", "b.csv"), (";", "b.csv"), ("\t", "b.tsv")])
def test_a_table_of_ranks_is_counted_where_the_law_counts_rankings(tmp_path: Path, mark: str, name: str) -> None:
    lines = [["Rank 1", "Rank 2", "Rank 3", "count"], ["Ann", "Bob", "Cy", "40"], ["Bob", "Cy", "", "25"]]
    lines += [["Cy", "Ann", "", "20"], ["Dee", "Cy", "Bob", "15"]]
    (tmp_path / name).write_text("\n".join(mark.join(line) for line in lines), encoding="utf-8")
    words = ("count", name, "--law", "gb/scottish_councils@2017-05-04")
    done = run(*words, "--seats", "2", cwd=tmp_path)
    assert rows(done.stdout)[1:3] == [["ann", "40", "1", "1"], ["cy", "20", "1", "1"]]
    assert "--seats" in run(*words, cwd=tmp_path).stderr


def test_a_table_without_ranks_is_told_what_the_law_counts(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("party,votes\nA,600\nB,400\n")
    done = run("count", "c.csv", "--law", "gb/scottish_councils@2017-05-04", "--seats", "2", cwd=tmp_path)
    assert done.returncode == 4
    assert "a table with the columns rank1, rank2, …, count" in done.stderr
