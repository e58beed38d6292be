"""Groups of options: the fields of a dataclass are options like any other, in their place, with their defaults."""

from dataclasses import dataclass
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from sailau.cli.groups import grouped

Colour = Annotated[str, typer.Option("--colour", help="Of the paint.")]


@dataclass(frozen=True)
class Paint:
    """What is painted with."""

    brush: Annotated[str, typer.Option("--brush", help="Must be named.")]
    colour: Colour = "red"
    coats: Annotated[int, typer.Option("--coats", min=1)] = 2


def app() -> typer.Typer:
    made = typer.Typer()

    @made.command()
    @grouped
    def paint(wall: str, *, paint: Paint, dry: Annotated[bool, typer.Option("--dry")] = False) -> None:
        """Paint a wall."""
        typer.echo(f"{wall} {paint.brush} {paint.colour} {paint.coats} {dry}")

    return made


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["north", "--brush", "wide"], "north wide red 2 False"),
        (["north", "--dry", "--coats", "3", "--colour", "blue", "--brush", "b"], "north b blue 3 True"),
    ],
)
def test_a_group_comes_as_one_value(words: list[str], said: str) -> None:
    done = CliRunner().invoke(app(), words)
    assert (done.exit_code, done.output.strip()) == (0, said)


@pytest.mark.parametrize("words", [["north"], ["north", "--brush", "b", "--coats", "0"], ["north", "--brush"]])
def test_what_an_option_refuses_is_refused_in_a_group(words: list[str]) -> None:
    assert CliRunner().invoke(app(), words).exit_code == 2


def test_help_lists_the_options_where_the_group_stands() -> None:
    said = CliRunner().invoke(app(), ["--help"]).output
    places = [said.index(name) for name in ("--brush", "--colour", "--coats", "--dry")]
    assert places == sorted(places)
    assert "Of the paint." in said and "Paint a wall." in said
