"""Options with which a file of results is read, shared by what counts it and what converts it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Column, KeepGood, Sheet, pairs
from sailau.cli.output import say

if TYPE_CHECKING:
    from sailau.records.results import Reading


@dataclass(frozen=True)
class ResultsFile:
    """How a file of results is read."""

    tier: Annotated[str | None, typer.Option("--tier", help="The tier of votes that name none.")] = None
    sheet: Sheet = None
    keep_good: KeepGood = False
    where: Annotated[list[str] | None, typer.Option("--where", help="Rows to take: year=2018; may be repeated.")] = None
    using: Annotated[str | None, typer.Option("--map", help="A column map: clea, medsl, …, or a file.")] = None
    column: Column = None
    empty_absent: Annotated[
        bool, typer.Option("--empty-absent", help="An empty cell says that a contender did not stand there.")
    ] = False

    def read(self, path: Path, *, tier: str | None = None, by_hand: bool = True) -> Reading:
        """Return the results of a file, its problems told; columns named `by_hand` are those of one file."""
        from sailau.records.results import read_results

        reading = read_results(
            path,
            tier=tier or self.tier,
            sheet=self.sheet,
            keep_good=self.keep_good,
            where=pairs(self.where, "--where"),
            using=self.using,
            roles=pairs(self.column, "--column") if by_hand else None,
            empty_absent=self.empty_absent,
        )
        say(*(str(problem) for problem in reading.problems))
        return reading
