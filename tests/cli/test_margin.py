"""sailau margin as a user meets it."""

import json
import subprocess
import sys


def run(*words: str) -> subprocess.CompletedProcess[str]:
    code = "from sailau.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, "margin", *words], capture_output=True, text=True, timeout=300
    )


def test_the_table_and_the_sentences() -> None:
    done = run("kz/mazhilis/2023-03-19", "--tier", "list", "--rows", "1")
    assert done.returncode == 0
    header, row = (line.split("\t") for line in done.stdout.splitlines())
    assert header[2:6] == ["move", "from", "to", "votes"]
    assert row[2:6] == ["moved", "nsdp", "against_all", "12736"]
    assert row[-1] == "nsdp out"
    assert "the fewest votes that change a seat are 12,736" in done.stderr
    assert "without crossing a bar it takes 14,159" in done.stderr


def test_json() -> None:
    done = run("us/house_apportionment/2020-04-01", "--kind", "added", "--kind", "removed", "--rows", "2", "--json")
    told = json.loads(done.stdout)
    assert told["schema"] == "sailau/margin/1"
    (tier,) = told["tiers"]
    assert (tier["exact"], tier["lower"], tier["upper"]) == (True, 26, 26)
    assert [turn["votes"] for turn in tier["turns"]] == [26, 89]


def test_wrong_use() -> None:
    assert run("kz/mazhilis/2023-03-19", "--tier", "regions").returncode == 3
    assert run("kz/mazhilis/2023-03-19", "--kind", "lost").returncode == 2
