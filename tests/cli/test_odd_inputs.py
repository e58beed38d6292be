"""What is no file of results: pipes, links in a circle, folders; and votes of which nothing can be counted."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sailau.cli.main import app

LAW = ["--law", "kz/mazhilis@2023-03-19"]


def said(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, list(words))
    return found.exit_code, str(found.exception or "") + found.output


def test_a_pipe_is_named_as_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    _, words = said("count", str(tmp_path / "fifo"), *LAW)
    assert "no file but a device or a pipe" in words and "save the table to a file" in words


def test_a_pipe_without_a_table_is_named() -> None:
    _, words = said("count", "-", *LAW)
    assert "-: is empty" in words and "a row of headings and rows of data" in words


def test_a_link_that_leads_to_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    _, words = said("count", str(tmp_path / "one"), *LAW)
    assert "cannot be read" in words and "symbolic links" in words


def test_a_folder_without_an_election_is_no_unknown_id(tmp_path: Path) -> None:
    _, words = said("count", str(tmp_path), *LAW)
    assert "is a folder without election.yaml" in words


@pytest.mark.parametrize(("n", "more"), [(30, ""), (500, "and 460 more")])
def test_a_message_lists_no_more_names_than_can_be_read(tmp_path: Path, n: int, more: str) -> None:
    path = tmp_path / "many.csv"
    path.write_text("party,votes\n" + "".join(f"P{i},{1000 + i}\n" for i in range(n)), encoding="utf-8")
    _, words = said("count", str(path), *LAW)
    assert "to go on, decide list.threshold" in words and more in words
    assert words.count("P") - words.count("Place") <= 60


def test_no_votes_at_all_say_what_to_give(tmp_path: Path) -> None:
    path = tmp_path / "zero.csv"
    path.write_text("party,votes\nA,0\nB,0\n", encoding="utf-8")
    _, words = said("count", str(path), *LAW)
    assert "nobody has a vote" in words and "give the votes of at least one contender" in words
