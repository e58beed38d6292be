"""Options that the commands of alignment share, and how files become roll calls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import pairs

if TYPE_CHECKING:
    from sailau.align.read import Reading
    from sailau.align.rollcalls import RollCalls

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


def read_calls(
    file: Path,
    codes: str | None,
    column: list[str] | None,
    layout: str | None,
    items: Path | None,
    issues: Path | None,
    voters: Path | None,
    keep: str | None,
) -> Reading:
    """Return the roll calls of a file, as the options say."""
    from sailau.align.read import read_rollcalls

    columns = pairs(column, "--column") or None
    kept = names_in(keep) if keep else ()
    return read_rollcalls(
        file, layout=layout, codes=codes, columns=columns, items=items, issues=issues, voters=voters, keep=kept
    )


def names_in(text: str) -> list[str]:
    """Return names joined by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def two_in(text: str, option: str) -> tuple[str, str]:
    """Return two names."""
    names = names_in(text)
    if len(names) != 2:
        raise typer.BadParameter(f"{text!r} is not two voters", param_hint=option)
    return names[0], names[1]


def within(calls: RollCalls, sessions: str | None) -> RollCalls:
    """Return the roll calls of some sessions."""
    from sailau.align.windows import of_sessions

    return of_sessions(calls, sessions) if sessions else calls
