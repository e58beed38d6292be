"""Examples in every help, one a line as they are typed: the help would otherwise run them together."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

_MARK = "Example: "
_AS_IT_STANDS = "\b\n"
"""What tells click not to wrap a paragraph."""


def set_apart(app: typer.Typer) -> None:
    """Lay out the help of every command of an application and of the groups in it."""
    for command in app.registered_commands:
        if command.help is None and command.callback is not None:
            command.help = laid_out(inspect.getdoc(command.callback) or "")
    for group in app.registered_groups:
        if group.typer_instance is not None:
            set_apart(group.typer_instance)


def laid_out(text: str) -> str:
    """Return a help whose examples stand at its end, each on a line of its own to be copied."""
    words, *examples = text.split(_MARK)
    if not examples:
        return text
    said, lines = [words.rstrip()], []
    for example in examples:
        typed, _, rest = example.partition("\n\n")
        lines.append(" ".join(typed.split()))
        said += [rest.strip()] if rest.strip() else []
    heading = "Example:" if len(lines) == 1 else "Examples:"
    return "\n\n".join([*said, _AS_IT_STANDS + "\n".join([heading, *(f"  {line}" for line in lines)])])
