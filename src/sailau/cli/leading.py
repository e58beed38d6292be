"""Groups of commands that lead on: a word that is no command but a thing they know of shows that thing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typer.core import TyperGroup


class People(TyperGroup):
    """`sailau people kz` is `sailau people show kz`, for folders too."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command of the first word, `show` where that is a population."""
        if _is_no_command(self, args) and _is_population(args[0]):
            args = ["show", *args]
        return super().resolve_command(ctx, args)


class Parties(TyperGroup):
    """`sailau parties kz` is `sailau parties law show kz/parties`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command of the first word, that of showing a law where it is a country or a law."""
        if _is_no_command(self, args):
            name = args[0] if "/" in args[0] else f"{args[0]}/parties"
            args = ["law", "show", name, *args[1:]] if _is_law(name) else args
        return super().resolve_command(ctx, args)


def _is_no_command(group: TyperGroup, args: list[str]) -> bool:
    return bool(args) and not args[0].startswith("-") and args[0] not in group.commands


def _is_population(word: str) -> bool:
    from sailau.records.populations import population_ids

    return Path(word).is_dir() or word in population_ids()


def _is_law(name: str) -> bool:
    from sailau.records.registers import party_law_ids

    return name.partition("@")[0] in party_law_ids()
