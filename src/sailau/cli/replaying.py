"""sailau replay: real elections against their official seats."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Elections, Form, Json, Laws, election_of, folders
from sailau.cli.output import emit, say
from sailau.terms.errors import Invalid, InvalidRecord, NotFound, Place
from sailau.terms.speech import say as say_of

if TYPE_CHECKING:
    from sailau.law.result import Result
    from sailau.runs.replay import Difference, Replay
    from sailau.terms.errors import SailauError


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
    from sailau.terms.errors import SailauError

    if not names and not everything:
        raise typer.BadParameter("name an election or a folder, or say --all", param_hint="ID")
    places = folders(own_laws)
    seen, broken = [], []
    found: dict[str, str] = {}
    for name in dict.fromkeys(_names(names or [], everything, own)):
        try:
            election = election_of(name, own)
            _counts_once(election.id, name, found)
            seen.append(run(election, folders=places))
        except SailauError as error:
            broken.append(error)
    if len(broken) == 1 and not seen:
        raise broken[0]
    table = scoreboard(seen)
    emit(table, "replay", form=form, as_json=json)
    say(table.title)
    _explain(seen)
    for fault in broken:
        print(f"error: {fault}", file=sys.stderr)
    code = _code(seen, broken)
    if code:
        raise typer.Exit(code)


def _counts_once(election: str, name: str, found: dict[str, str]) -> None:
    """Refuse an election that another folder holds, too: it would count twice."""
    first = found.setdefault(election, name)
    if first != name:
        raise InvalidRecord(
            say_of("{election} is in {first} already", election=election, first=first),
            place=Place(name),
            hint=say_of("it would count twice: leave one of them out, or give it an id of its own"),
        )


def _code(seen: list[Replay], broken: list[SailauError]) -> int:
    """Return the exit code: of what could not be read or counted, of the only question, or 1 for a difference."""
    questions = [one.question for one in seen if one.question is not None]
    wrong = [*broken, *(question for question in questions if isinstance(question, Invalid))]
    if wrong:
        return wrong[0].exit_code
    if questions and len(seen) == 1:
        return questions[0].exit_code
    return int(any(one.fails for one in seen))


def _names(names: list[str], everything: bool, own: list[Path] | None) -> Iterator[str]:
    """Yield ids, and the folders of elections below the folders named."""
    from sailau.records.library import election_ids

    yield from election_ids(folders=folders(own)) if everything else ()
    for name in names:
        folder = Path(name)
        if folder.is_dir() and not (folder / "election.yaml").is_file():
            found = sorted(path.parent for path in folder.rglob("election.yaml"))
            if not found:
                raise typer.BadParameter(f"{name} holds no election.yaml", param_hint="DIR")
            yield from map(str, found)
        else:
            yield name


def _explain(seen: list[Replay]) -> None:
    """Say which marks count for nothing, and for every difference how the seat was counted."""
    for one in seen:
        for mark in one.unasked:
            known = ", ".join(sorted(one.asked)) or "none"
            say(f"{one.election.id}: the mark {mark!r} is asked for by no step of {one.law} (asked for: {known})")
        if one.question is not None:
            say(f"{one.election.id}: {one.question}")
        if one.result is None or one.noted:
            continue
        for difference in one.differences[:10]:
            say(f"{one.election.id}: {difference.contender} {difference.counted}, official {difference.official}")
            say(_why(one.result, difference))


def _why(result: Result, difference: Difference) -> str:
    """Say how a contender came to its seats, or what kept it from any."""
    try:
        why = result.explain(difference.contender)
    except NotFound:  # nobody of that name stood; seats.csv alone knows it
        why = ""
    if difference.counted:
        return why or "its seats were won by persons who stand for it; sailau explain names them"
    return f"no seat was counted for it\n{why}" if why else "no seat was counted for it, and no step names it"
