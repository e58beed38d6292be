"""Roll calls that a user brought: read, measured at once, or placed on a line in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sailau.align.agreement import agreement
from sailau.align.read import read_rollcalls
from sailau.align.vote_balance import balance_of_votes
from sailau.report.alignment import agreement_table, balance_table, points_table, problem_notes
from sailau.report.table import Table
from sailau.terms.errors import Invalid, SailauError
from sailau.terms.speech import say
from sailau.web.uploads import bare, on_disk, without_folder
from sailau.web.words import Words

if TYPE_CHECKING:
    from sailau.align.ideal.points import IdealPoints
    from sailau.align.rollcalls import RollCalls
    from sailau.web.worker import Placing

LEVEL = 0.9
DRAWS = 200
"""Draws of roll calls for the intervals of agreement and balance; they take a moment."""

MOST_PATHS = 10
"""More paths than this cannot be told apart."""


@dataclass(frozen=True)
class Placed:
    """Positions as a page shows them."""

    table: Table
    picture: str


def calls_of(name: str, raw: bytes, codes: str | None) -> tuple[RollCalls, list[str]]:
    """Return the roll calls of a file, and what was found in it; no word of it names a folder of the server.

    Raises
    ------
    SailauError
        The file cannot be read.
    """
    with on_disk(name, raw) as path:
        try:
            reading = read_rollcalls(path, codes=codes)
        except SailauError as error:
            raise without_folder(error, path) from None
        return reading.calls, [bare(note, path) for note in problem_notes(reading.problems)]


def measured(calls: RollCalls, asked: Mapping[str, str]) -> Table | None:
    """Return agreement of a voter with others, or how evenly it is spread over them; None while too little is asked."""
    others = names_in(asked.get("others", ""))
    if not asked.get("voter") or not others:
        return None
    by, measure = asked.get("by") or None, asked.get("measure") or "agreement"
    if asked.get("show") == "balance":
        found = balance_of_votes(calls, asked["voter"], others, by=by, draws=DRAWS, level=LEVEL, rng=1)
        return balance_table([], found)
    scores = agreement(calls, asked["voter"], others, by=by, measure=measure, draws=DRAWS, level=LEVEL, rng=1)
    return agreement_table(scores)


def names_in(text: str) -> list[str]:
    """Return names joined by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def anchors_in(text: str) -> dict[str, float]:
    """Return ``USA`` or ``RUS=-1, USA=1`` as positions; a voter alone is at the upper end.

    Raises
    ------
    Invalid
        A position that is no number.
    """
    out: dict[str, float] = {}
    for part in names_in(text):
        name, equals, value = part.rpartition("=")
        try:
            out[name.strip() if equals else part] = float(value) if equals else 1.0
        except ValueError:
            raise Invalid(
                say("anchor: {part!r} is not voter=number", part=part), hint="USA, or RUS=-1, USA=1"
            ) from None
    return out


def placed(task: Placing) -> Placed:
    """Return the positions of voters: of all at once, or of some over sessions.

    Raises
    ------
    SailauError
        The file cannot be read, or the votes place nobody.
    """
    from sailau.align.ideal.bridges import bridges_by_title, bridges_of
    from sailau.align.ideal.estimate import ideal_points

    calls, notes = calls_of(task.name, task.raw, task.codes)
    makers = {"title": bridges_by_title, "items": bridges_of}
    found = ideal_points(
        calls,
        dynamic=task.over_time,
        bridges=makers[task.bridge](calls) if task.bridge in makers and task.over_time else None,
        anchors=task.anchors or None,
        draws=task.draws,
        level=LEVEL,
        seed=task.seed,
    )
    chosen = [calls.voters[row] for row in calls.indices(list(task.voters))] if task.voters else []
    if task.over_time:
        return _over_time(found, chosen, notes)
    from sailau.plots.positions import position_rows

    points = [point for point in found.at() if not chosen or point.voter in chosen]
    table = points_table(found, points, notes=notes)
    words = Words(task.lang)
    title, below = words("alignment.show.points"), words("alignment.line", level=words.percent(LEVEL, 0))
    drawn = position_rows(
        points,
        title=f"{title[0].upper()}{title[1:]}",
        below=below,
        names=calls.names,
        lang=task.lang,
        source=table.notes[0],
    )
    return Placed(table, drawn)


def _over_time(found: IdealPoints, chosen: list[str], notes: list[str]) -> Placed:
    from sailau.plots.curve import ideal_paths

    voters = chosen or list(found.voters)
    if len(voters) > MOST_PATHS:
        raise Invalid(
            say("{n:,} paths cannot be told apart", n=len(voters)),
            hint=say("choose up to {most_paths} voters, joined by commas", most_paths=MOST_PATHS),
        )
    points = [point for name in voters for point in found.path(name)]
    return Placed(points_table(found, points, notes=notes), ideal_paths(found, voters, level=LEVEL))
