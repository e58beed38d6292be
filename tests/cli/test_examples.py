"""Examples in the help of every command stand apart, whole, one a line."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from sailau.cli.examples import laid_out
from sailau.cli.main import app


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), inspect.getdoc(command.callback) or ""


@pytest.mark.parametrize(
    ("path", "text"), list(commands(get_command(app))), ids=lambda value: " ".join(value)[:40].split("\n")[0]
)
def test_every_command_shows_each_of_its_examples_on_one_line(path: tuple[str, ...], text: str) -> None:
    shown = CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": "80"}).output
    wanted = [" ".join(part.partition("\n\n")[0].split()) for part in text.split("Example: ")[1:]]
    assert wanted, f"{' '.join(path)} has no example"
    lines = [line.strip() for line in shown.splitlines()]
    assert [line for line in lines if line in wanted] == wanted
    assert not re.search(r"Example: \S", shown)


def test_words_behind_an_example_come_before_all_of_them() -> None:
    text = laid_out("Count.\n\nExample: sailau a\n    --b c\n\nMore.\n\nExample: sailau d")
    assert text == "Count.\n\nMore.\n\n\b\nExamples:\n  sailau a --b c\n  sailau d"
    assert laid_out("Count.") == "Count."
