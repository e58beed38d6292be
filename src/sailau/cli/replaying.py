"""sailau replay: real elections against their official seats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Elections, Form, Json, Laws, folders
from sailau.cli.output import emit, say

if TYPE_CHECKING:
    from sailau.records.election import Election
    from sailau.runs.replay import Replay


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(replay)


def replay(
    names: Annotated[list[str] | None, typer.Argument(metavar="[ID|DIR]...", help="Elections, or folders.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="The whole archive.")] = False,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Count elections again and compare with the official seats.

    Exit code 1 when a seat differs and the record does not name the cause. Example: sailau replay --all
    """
    from sailau.report.results import scoreboard
    from sailau.runs.replay import replay as run

    if not names and not everything:
        raise typer.BadParameter("name an election or a folder, or say --all", param_hint="ID")
    places = folders(own_laws)
    seen = [run(election, folders=places) for election in _elections(names or [], everything, own)]
    table = scoreboard(seen)
    emit(table, "replay", form=form, as_json=json)
    say(table.title)
    _explain(seen)
    if any(one.fails for one in seen):
        raise typer.Exit(1)


def _elections(names: list[str], everything: bool, own: list[Path] | None) -> Iterator[Election]:
    from sailau.cli.options import election_of
    from sailau.records.library import election_ids
    from sailau.records.read import read_election

    for name in election_ids(folders=folders(own)) if everything else ():
        yield election_of(name, own)
    for name in names:
        folder = Path(name)
        if folder.is_dir() and not (folder / "election.yaml").is_file():
            found = sorted(path.parent for path in folder.rglob("election.yaml"))
            if not found:
                raise typer.BadParameter(f"{name} holds no election.yaml", param_hint="DIR")
            yield from (read_election(path) for path in found)
        else:
            yield election_of(name, own)


def _explain(seen: list[Replay]) -> None:
    """Say for every difference how the seat was counted."""
    for one in seen:
        if one.result is None or one.noted:
            continue
        for difference in one.differences[:10]:
            say(f"{one.election.id}: {difference.contender} {difference.counted}, official {difference.official}")
            say(one.result.explain(difference.contender) if difference.counted else "no seat was counted for it")
