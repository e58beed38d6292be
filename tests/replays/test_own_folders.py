"""A user's own laws and elections: what is wrong with them is said, with the exit code of its kind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LAW = """law: xx/chamber
name: Chamber
in_force: {from: 2000-01-01}
checked: null
texts: {el: Election Act}
seats: {cite: el 1}
tiers:
  list:
    district: multi_member
    ballot: open_list
    magnitudes: {north: 3, south: 2}
    steps:
      - each: district
        steps:
          - threshold: {share: 5%, of: list_votes, cite: el 2}
          - allocate: {divisor: dhondt, cite: el 3}
"""
ELECTION = """election: xx/chamber/2020-05-05
name: Chamber, 5 May 2020
law: xx/chamber
held_on: 2020-05-05
sources:
  gazette: {title: Gazette, read_on: 2020-06-01}
"""
VOTES = "tier,district,contender,votes\nlist,north,a,60\nlist,north,b,39\nlist,south,a,30\nlist,south,b,29\n"
SEATS = "tier,district,contender,seats\nlist,north,a,2\nlist,north,b,1\nlist,south,a,1\nlist,south,b,1\n"


def replay(folder: Path, *, law: str = LAW, votes: str = VOTES, seats: str = SEATS, more: str = "") -> tuple[int, str]:
    laws, election = folder / "laws/xx/chamber", folder / "elections/xx/chamber/2020-05-05"
    laws.mkdir(parents=True)
    election.mkdir(parents=True)
    (laws / "2000-01-01.yaml").write_text(law, encoding="utf-8")
    (election / "election.yaml").write_text(ELECTION + more, encoding="utf-8")
    (election / "votes.csv").write_text(votes, encoding="utf-8")
    (election / "seats.csv").write_text(seats, encoding="utf-8")
    words = ["replay", str(folder / "elections"), "--laws", str(folder / "laws")]
    code = "from sailau.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=120)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_a_folder_in_order_is_exact(tmp_path: Path) -> None:
    code, out = replay(tmp_path)
    assert code == 0 and "1 of 1 elections exact" in out


def test_a_mark_that_no_step_asks_for_is_named(tmp_path: Path) -> None:
    law = LAW.replace("of: list_votes, cite", "of: list_votes, exempt: [minority], cite")
    code, out = replay(tmp_path, law=law, more="contenders: {b: {traits: [minorities]}}\n")
    assert code == 0
    assert "the mark 'minorities' is asked for by no step of xx/chamber@2000-01-01 (asked for: minority)" in out
    _, out = replay(tmp_path / "right", law=law, more="contenders: {b: {traits: [minority]}}\n")
    assert "the mark" not in out


@pytest.mark.parametrize("more", ["", "contenders: {others: {names: {en: Other lists}}}\n"])
def test_a_line_called_others_counts_for_a_bar_and_wins_nothing(tmp_path: Path, more: str) -> None:
    code, out = replay(tmp_path, votes=VOTES + "list,north,others,900\nlist,south,others,300\n", more=more)
    assert code == 1 and "others" not in out
    assert "a 3, official 2" in out and "b 0, official 1" in out, "39 of 999 votes in the north are below 5%"


def test_another_seat_is_a_difference_with_its_reason(tmp_path: Path) -> None:
    code, out = replay(tmp_path, seats=SEATS.replace("north,a,2", "north,a,3").replace("north,b,1", "north,b,0"))
    assert code == 1 and "a 2, official 3" in out and "by quotients from 60" in out


@pytest.mark.parametrize(
    ("votes", "seats", "code", "words"),
    [
        (VOTES.replace("list,", "lists,"), SEATS, 4, "has votes of lists, but xx/chamber@2000-01-01 has no such tier"),
        (VOTES, SEATS.replace("list,", "lits,"), 4, "did you mean list?"),
        (VOTES, SEATS.replace("south,b", "south,c"), 1, "no seat was counted for it, and no step names it"),
        (VOTES.replace("south", "west"), SEATS, 4, "the number of seats of west is not known"),
        ("tier,district,contender,votes\nlist,north,a,0\nlist,north,b,0\n", SEATS, 4, "nobody has a vote"),
        (VOTES.replace("south,b,29", "south,b,15"), SEATS, 5, "to go on, decide list.south.allocate: one of a, b"),
        (VOTES.replace("39", "3e1"), SEATS, 4, "votes is '3e1'; a count is written in digits"),
        (VOTES.replace("39", "-9"), SEATS, 4, "votes is '-9'"),
        ("tier,district,contender\nlist,north,a\n", SEATS, 4, "the header lacks votes"),
        ("", SEATS, 4, "the header lacks"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, votes: str, seats: str, code: int, words: str) -> None:
    found, out = replay(tmp_path, votes=votes, seats=seats)
    assert (found, words in out) == (code, True), out


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("xx/chamber\n", "xx chamber\n", "write it like xx/council"),
        ("in_force: {from: 2000", "in_force: {from: 2030", "no edition of xx/chamber in force on"),
        ("dhondt", "dhont", "did you mean dhondt?"),
        ("5%", "0.05", "a binary float"),
        ("- each", "- {}\n      - each", "a step is one word with its terms"),
    ],
)
def test_a_law_that_cannot_stand_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    code, out = replay(tmp_path, law=LAW.replace(old, new))
    assert code in (3, 4) and words in out
