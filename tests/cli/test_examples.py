"""Examples in the help of every command stand apart, whole, one a line."""

import inspect
import re
from collections.abc import Iterator

import pytest
import typer
from typer.testing import CliRunner

from sailau.cli.examples import laid_out
from sailau.cli.main import app


def commands(group: typer.Typer, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for command in group.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__.replace("_", "-")
        yield (*path, name), inspect.getdoc(command.callback) or ""
    for inner in group.registered_groups:
        assert inner.typer_instance is not None and isinstance(inner.name, str)
        yield from commands(inner.typer_instance, (*path, inner.name))


@pytest.mark.parametrize(("path", "text"), list(commands(app)), ids=lambda value: " ".join(value)[:40].split("\n")[0])
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
