"""Options that the commands of alignment share, and how files become roll calls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import pairs

if TYPE_CHECKING:
    from sailau.align.read import Reading

File = Annotated[Path, typer.Argument(metavar="FILE", help="Roll calls: CSV, TSV, XLSX, Parquet, or packed CSV.")]
Codes = Annotated[
    str | None, typer.Option("--codes", help="What the signs mean: words, un, voteview, binary, or 1=yes,3=no.")
]
Column = Annotated[
    list[str] | None, typer.Option("--column", help="Which column says what: voter=country_code/country.")
]
Layout = Annotated[str | None, typer.Option("--layout", help="long, wide or wide-items.")]
Items = Annotated[Path | None, typer.Option("--items", help="A file of items: dates, sessions, titles, bridges.")]
Issues = Annotated[Path | None, typer.Option("--issues", help="A file of issues: item, issue.")]
Voters = Annotated[Path | None, typer.Option("--voters", help="A file of voters: names, parties.")]
Keep = Annotated[str | None, typer.Option("--keep", help="Go on in spite of these problems: E501,E505.")]
Sessions = Annotated[str | None, typer.Option("--sessions", help="Only these sessions: 46-74.")]
By = Annotated[str | None, typer.Option("--by", help="session, year, issue, or periods: 1992-1999,2000-2004.")]
Undated = Annotated[str, typer.Option("--undated", help="refuse items that no window can hold, or leave_out.")]
Draws = Annotated[int, typer.Option("--draws", min=0, help="Draws for intervals; they need --seed.")]
Level = Annotated[float, typer.Option("--level", help="What share of draws an interval holds.")]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="Where the chance begins.")]
Unit = Annotated[str, typer.Option("--unit", help="What is drawn: item, or day with all its items.")]
Measure = Annotated[str, typer.Option("--measure", help="agreement, same, s, kappa or pi.")]
Common = Annotated[bool, typer.Option("--common", help="Only items on which all of them voted.")]
Voter = Annotated[str, typer.Option("--voter", help="The voter, by id or name.")]


@dataclass(frozen=True)
class Calls:
    """How a file of roll calls is read, and which of its sessions are meant."""

    codes: Codes = None
    column: Column = None
    layout: Layout = None
    items: Items = None
    voters: Voters = None
    keep: Keep = None
    sessions: Sessions = None

    def read(self, file: Path, *, issues: Path | None = None) -> Reading:
        """Return the roll calls of a file with what was found on the way."""
        from sailau.align.read import read_rollcalls
        from sailau.align.windows import of_sessions

        reading = read_rollcalls(
            file,
            layout=self.layout,
            codes=self.codes,
            columns=pairs(self.column, "--column") or None,
            items=self.items,
            issues=issues,
            voters=self.voters,
            keep=names_in(self.keep or ""),
        )
        return replace(reading, calls=of_sessions(reading.calls, self.sessions)) if self.sessions else reading


@dataclass(frozen=True)
class Chance:
    """How intervals are drawn."""

    draws: Draws = 0
    level: Level = 0.9
    seed: Seed = None


def names_in(text: str) -> list[str]:
    """Return names joined by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def some_in(text: str, option: str) -> list[str]:
    """Return names joined by commas, one at least."""
    names = names_in(text)
    if not names:
        raise typer.BadParameter(f"{text!r} names nobody", param_hint=option)
    return names


def two_in(text: str, option: str) -> tuple[str, str]:
    """Return two names."""
    names = names_in(text)
    if len(names) != 2:
        raise typer.BadParameter(f"{text!r} is not two voters", param_hint=option)
    return names[0], names[1]
