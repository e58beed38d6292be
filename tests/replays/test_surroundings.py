"""Nothing around a count is part of it: the order of rows, columns and keys, hashes, language, place, time zone."""

from __future__ import annotations

import csv
import io
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from tests.fuzz.laws import shuffled

from sailau.records.library import election_ids, load_election
from sailau.records.read import read_election
from sailau.runs.replay import Replay, law_of, replay

EVERY_TENTH = election_ids()[::10]
IN_FOLDERS = [name for name in EVERY_TENTH if (Path(load_election(name).path) / "votes.csv").is_file()][::5]

ASKED = [
    ["replay", "kz/mazhilis/2023-03-19", "no/storting/2021-09-13", "--json"],
    ["explain", "de/bundestag/2021-09-26", "--format", "csv"],
    ["what-if", "nl/tweede_kamer/2023-11-22", "--set", "list.threshold.share=3%", "--json"],
    ["what-if", "kz/mazhilis/2023-03-19", "--law", "kz/mazhilis@2021-01-10", "--json"],
    ["margin", "kz/mazhilis/2023-03-19", "--json"],
    ["power", "kz/mazhilis/2023-03-19", "--json"],
    ["plot", "hemicycle", "kz/mazhilis/2023-03-19", "-o", "house.svg"],
    ["simulate", "{kz}", "--runs", "2000", "--seed", "7", "--json"],
    ["elections", "--json"],
    ["laws", "--json"],
]
SCRIPT = """
import sys, json
from sailau.cli.main import main
for words in json.loads(sys.argv[1]):
    sys.argv = ["sailau", *words]
    try:
        main()
    except SystemExit as end:
        print("code", end.code)
"""


def found(seen: Replay) -> object:
    assert seen.result is not None, str(seen.question)
    return seen.result.areas, seen.result.vacant, seen.differences, seen.result.persons


@pytest.mark.parametrize("name", EVERY_TENTH)
def test_the_order_of_lines_districts_and_contenders_is_no_vote(name: str) -> None:
    election = load_election(name)
    law = law_of(election)
    first = law.count(election.tally, decisions=election.decisions)
    for seed in range(2):
        again = law.count(shuffled(random.Random(seed), election.tally), decisions=election.decisions)
        assert again.areas == first.areas and again.persons == first.persons
        assert again.explain() == first.explain()


def mixed(text: str, rng: random.Random) -> str:
    """Return a table with its rows and its columns in another order."""
    rows = list(csv.reader(io.StringIO(text)))
    order = list(range(len(rows[0])))
    rng.shuffle(order)
    head, *body = [[row[i] for i in order] for row in rows if row]
    rng.shuffle(body)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *body])
    return out.getvalue()


def turned(value: object) -> object:
    """Return a document with all its keys in the opposite order."""
    return {key: turned(part) for key, part in reversed(value.items())} if isinstance(value, Mapping) else value


@pytest.mark.parametrize("name", IN_FOLDERS)
def test_the_order_of_rows_columns_and_keys_in_files_is_no_vote(name: str, tmp_path: Path) -> None:
    election = load_election(name)
    for path in Path(election.path).iterdir():
        text = path.read_bytes()
        if path.suffix == ".csv":
            text = mixed(text.decode(), random.Random(name)).encode()
        if path.name == "election.yaml":
            values = yaml.safe_load(text)
            values["law"] = str(law_of(election))
            text = yaml.safe_dump(turned(values), sort_keys=False, allow_unicode=True).encode()
        (tmp_path / path.name).write_bytes(text)
    assert found(replay(read_election(tmp_path))) == found(replay(election))


def answers(folder: Path, **surroundings: str) -> tuple[str, bytes]:
    """Return what the commands say in surroundings of their own, and the picture that one of them draws."""
    import json

    folder.mkdir()
    here = Path(__file__).resolve().parents[2]
    asked = [[word.format(kz=here / "examples/scenarios/kz-2023.yaml") for word in words] for words in ASKED]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "TZ", "SAILAU_"))}
    env = {**kept, "PYTHONPATH": str(here / "src"), **surroundings}
    command = [sys.executable, "-c", SCRIPT, json.dumps(asked)]
    done = subprocess.run(command, capture_output=True, cwd=folder, env=env, timeout=600)
    assert done.returncode == 0 and b"Traceback" not in done.stderr, done.stderr.decode()
    text = done.stdout.decode()
    assert text.count("code 0") == len(ASKED), text[-2_000:]
    return text, (folder / "house.svg").read_bytes()


def test_hashes_languages_places_and_time_zones_change_no_answer(tmp_path: Path) -> None:
    plain = answers(tmp_path / "plain", PYTHONHASHSEED="0", SAILAU_LANG="en")
    assert "12736" in plain[0]
    others = [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/Adak", "NUMBA_NUM_THREADS": "1"},
    ]
    for i, surroundings in enumerate(others):
        assert answers(tmp_path / f"other {i} é", SAILAU_LANG="en", **surroundings) == plain
