"""sailau align points: positions on a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.align_options import Calls, Chance, File, names_in
from sailau.cli.groups import grouped
from sailau.cli.options import Form, Json
from sailau.cli.output import emit, say

if TYPE_CHECKING:
    from sailau.align.ideal.points import IdealPoints
    from sailau.align.rollcalls import RollCalls


@grouped
def points(
    file: File,
    dynamic: Annotated[bool, typer.Option("--dynamic", help="Positions walk from session to session.")] = False,
    bridge: Annotated[
        str | None, typer.Option("--bridge", help="What ties sessions: a FILE, or title, or items.")
    ] = None,
    anchor: Annotated[
        str | None, typer.Option("--anchor", help="USA, or two that fix the scale: RUS=-1,USA=1.")
    ] = None,
    voter: Annotated[str | None, typer.Option("--voter", help="Show these voters only.")] = None,
    path: Annotated[bool, typer.Option("--path", help="Positions over time, refused unless comparable.")] = False,
    step: Annotated[float, typer.Option("--step", help="Variance of a step between sessions.")] = 0.1,
    ridge: Annotated[float, typer.Option("--ridge", help="Precision of the prior of slopes.")] = 1.0,
    lopsided: Annotated[float, typer.Option("--lopsided", help="Leave out items with a smaller minority.")] = 0.025,
    min_votes: Annotated[int, typer.Option("--min-votes", help="Leave out voters with fewer votes.")] = 20,
    abstain: Annotated[str, typer.Option("--abstain", help="middle between yes and no, or drop.")] = "middle",
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="The most rounds of the EM.")] = 400,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Draw the paths over sessions: an SVG, PNG or PDF file.")
    ] = None,
    *,
    chance: Chance,
    calls: Calls,
    form: Form = None,
    json: Json = False,
) -> None:
    """Estimate positions on a line, one for each voter or one for each session.

    Example: sailau align points senate.csv --codes voteview --anchor "THURMOND (R SC)"

    Example: sailau align points votes.csv --dynamic --bridge bridges.csv --anchor USA --voter KAZ --path

    Example: sailau align points votes.csv --dynamic --bridge title --anchor USA --voter KAZ,RUS,CHN -o paths.svg
    """
    from sailau.align.ideal.estimate import ideal_points
    from sailau.report.alignment import points_table, problem_notes

    reading = calls.read(file)
    found = ideal_points(
        reading.calls,
        dynamic=dynamic,
        bridges=_bridges(bridge, reading.calls),
        anchors=_anchors(anchor),
        step=step,
        ridge=ridge,
        lopsided=lopsided,
        min_votes=min_votes,
        abstain=abstain,
        rounds=rounds,
        draws=chance.draws,
        level=chance.level,
        seed=chance.seed,
    )
    wanted = [reading.calls.voters[row] for row in reading.calls.indices(names_in(voter))] if voter else None
    if out is not None:
        _draw(found, wanted, out, chance.level)
    if path:
        shown = [point for name in wanted or found.voters for point in found.path(name)]
    else:
        every = [point for period in found.periods for point in found.at(period)]
        shown = [point for point in every if wanted is None or point.voter in wanted]
    emit(points_table(found, shown, notes=problem_notes(reading.problems)), "points", form=form, as_json=json)


MOST_PATHS = 10
"""More paths than this cannot be told apart."""


def _draw(found: IdealPoints, wanted: list[str] | None, out: Path, level: float) -> None:
    from sailau.plots.curve import ideal_paths
    from sailau.plots.save import save

    voters = wanted or list(found.voters)
    if len(found.periods) < 2:
        raise typer.BadParameter("a path needs sessions: add --dynamic", param_hint="--out")
    if len(voters) > MOST_PATHS:
        what = f"{len(voters):,} paths cannot be told apart; choose up to {MOST_PATHS} with --voter A,B"
        raise typer.BadParameter(what, param_hint="--out")
    save(ideal_paths(found, voters, level=level), out)
    say(f"wrote {out}")


def _anchors(text: str | None) -> dict[str, float] | None:
    if text is None:
        return None
    out: dict[str, float] = {}
    for part in names_in(text):
        name, equals, value = part.rpartition("=")
        try:
            out[name if equals else part] = float(value) if equals else 1.0
        except ValueError:
            raise typer.BadParameter(f"{part!r} is not voter=number", param_hint="--anchor") from None
    return out


def _bridges(text: str | None, calls: RollCalls) -> dict[str, str] | None:
    from sailau.align.ideal.bridges import bridges_by_title, bridges_of, read_bridges

    if text is None:
        return None
    if text == "title":
        return bridges_by_title(calls)
    return bridges_of(calls) if text == "items" else read_bridges(text, calls)
