"""Commands on a shelf: each is loaded when it is asked for, so that no command waits for the options of the others."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from functools import partial
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group, solve_typer_info_help

from sailau.cli.examples import set_apart

COMMANDS = {
    "brief": "briefing",
    "elections": "catalogue",
    "laws": "catalogue",
    "formulas": "catalogue",
    "claims": "claiming",
    "show": "showing",
    "count": "counting",
    "replay": "replaying",
    "explain": "explaining",
    "what-if": "reforming",
    "simulate": "simulating",
    "forecast": "forecasting",
    "backtest": "backtesting",
    "sensitivity": "sensing",
    "margin": "margin",
    "power": "powering",
    "coalitions": "powering",
    "measure": "powering",
    "acts": "acting",
    "plot": "plotting",
    "forensics": "forensic",
    "infer": "inferring",
    "sql": "sql",
    "cite": "citing",
    "convert": "converting",
    "web": "webbing",
    "doctor": "doctor",
}
"""The commands in the order of the help, each with the module of `sailau.cli` that registers it."""
GROUPS = {
    "law": "lawbook",
    "align": "aligning",
    "people": "peopling",
    "parties": "party_commands",
    "geo": "mapping",
}
"""The commands that hold others; their modules keep them in `app`."""


class Shelf(MutableMapping[str, Any]):
    """The commands of the program by name; a module is loaded when one of its commands is taken."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made |= get_group(part_of(name)).commands
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**COMMANDS, **GROUPS, **self._made})

    def __len__(self) -> int:
        return len(list(iter(self)))


class Command(TyperCommand):
    """A command that loads what checks values only where there are some."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options and arguments."""
        return [unless_given(parameter) for parameter in super().get_params(ctx)]


class Program(TyperGroup):
    """The program as one group; its own help reads what each command says, and none of their options."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Shelf()

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options of the program itself."""
        return [unless_given(parameter) for parameter in super().get_params(ctx)]

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names, in the order of the help."""
        return list(ctx.command.commands)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write every command with the first sentence of its help."""
        names = self.list_commands(ctx)
        room = formatter.width - 6 - max(map(len, names))
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, TyperCommand(name, help=help_of(name)).get_short_help_str(room)) for name in names]
            )


def part_of(name: str) -> typer.Typer:
    """Return the commands of the module that holds a command, laid out.

    Raises
    ------
    KeyError
        No such command.
    """
    part = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    if name in GROUPS:
        part.add_typer(import_module(f"sailau.cli.{GROUPS[name]}").app, name=name)
    else:
        import_module(f"sailau.cli.{COMMANDS[name]}").register(part)
    for info in part.registered_commands:
        info.cls = Command
    set_apart(part)
    return part


def help_of(name: str) -> str:
    """Return the help of a command or a group, without making its options."""
    part = part_of(name)
    if part.registered_groups:
        return solve_typer_info_help(part.registered_groups[0])
    helps = {info.name or getattr(info.callback, "__name__", ""): info.help for info in part.registered_commands}
    return helps[name] or ""


def unless_given(parameter: Any) -> Any:
    """Return a parameter that passes unchecked when nobody gave it.

    What checks values takes as long to load as a list of all elections takes to print.
    """
    if parameter.default is None and not parameter.required:
        parameter.process_value = partial(_if_given, parameter)
    return parameter


def _if_given(parameter: Any, ctx: Any, value: Any) -> Any:
    if value is not None:
        return type(parameter).process_value(parameter, ctx, value)
    nothing = () if parameter.multiple or parameter.nargs == -1 else None
    return parameter.callback(ctx, parameter, nothing) if parameter.callback else nothing
