"""What a result looks like: its tables, and its picture where it has one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sailau.law.result import Result
from sailau.locale import text
from sailau.plots.palette import settled
from sailau.plots.style import Style
from sailau.records.houses import election_name, house_name
from sailau.report.names import party_colours, party_names, short_names
from sailau.report.results import comparison_table, result_table, scoreboard, verdict
from sailau.report.sheets import result_sheets
from sailau.report.simulation import simulation_table
from sailau.report.table import Table
from sailau.runs.compare import Comparison
from sailau.runs.replay import Replay
from sailau.runs.simulate import Runs
from sailau.terms.errors import NotFound
from sailau.terms.tally import Tally


@dataclass(frozen=True, slots=True)
class View:
    """How a result is shown.

    Attributes
    ----------
    schema : str
        The name of its JSON form.
    table : Table
    sheets : callable
        Returns all its tables, for a workbook.
    picture : callable, optional
        Returns its picture in a language.
    """

    schema: str
    table: Table
    sheets: Callable[[], Mapping[str, Table]]
    picture: Callable[[str], str] | None = None


def view_of(thing: object) -> View:
    """Return the view of a result.

    Raises
    ------
    NotFound
        Nothing of this kind can be shown.
    """
    for kind, maker in _VIEWS.items():
        if isinstance(thing, kind):
            view: View = maker(thing)
            return view
    raise NotFound("view of a", type(thing).__name__)


def _style(
    title: str, tally: Tally, parties: Mapping[str, object], lang: str, record: str, source: str | Sequence[str] = ""
) -> Style:
    names = party_names(tally, lang, parties)
    shades = settled(tally.party_votes() if tally.tiers else {}, party_colours(tally, record))
    return Style(title, lang, names, short_names(names), shades, source=source)


def _result(result: Result) -> View:
    def picture(lang: str) -> str:
        from sailau.plots.hemicycle import hemicycle

        total = sum(result.seats.values())
        title = f"{house_name(result.law.id, lang)} ({result.law.edition})"
        style = _style(title, result.tally, result.seats, lang, result.law.id)
        return hemicycle(result.seats, style, majority=total // 2 + 1, vacant=result.vacant)

    table = result_table(result, title=str(result.law))
    return View("count", table, lambda: result_sheets(result, title=str(result.law)), picture)


def _replay(seen: Replay) -> View:
    def picture(lang: str) -> str:
        from sailau.plots.hemicycle import hemicycle

        title, house = election_name(seen.election, lang), seen.house
        sources = tuple(source.title for source in seen.election.sources.values())[:2]
        style = _style(title, seen.election.tally, house, lang, seen.election.id, sources)
        return hemicycle(house, style, majority=sum(house.values()) // 2 + 1)

    def sheets() -> Mapping[str, Table]:
        if seen.result is None:
            return {"replay": scoreboard([seen])}
        return result_sheets(seen.result, election=seen.election, title=seen.election.name)

    return View("replay", _replay_table(seen), sheets, picture)


def _replay_table(seen: Replay) -> Table:
    """Return the count with the verdict below it; the verdict alone where the law did not lead to an outcome."""
    board = scoreboard([seen])
    if seen.result is None:
        return board
    table = result_table(seen.result, title=seen.election.name, declared=seen.election.declared_seats())
    told = f"beside the official seats: {verdict(seen)}; {seen.compared} counted, {seen.declared} declared"
    return replace(table, notes=(told, *table.notes))


def _comparison(seen: Comparison) -> View:
    def picture(lang: str) -> str:
        from sailau.plots.flows import flows

        heads = (text("baseline", lang), text("scenario", lang))
        parties = {**seen.before.seats, **seen.after.seats}
        style = _style(house_name(seen.before.law.id, lang), seen.before.tally, parties, lang, seen.before.law.id)
        return flows(seen.before.seats, seen.after.seats, style, heads=heads)

    table = comparison_table(seen, title=f"{seen.after.law} instead of {seen.before.law}")

    def sheets() -> Mapping[str, Table]:
        before = {f"before {name}": sheet for name, sheet in result_sheets(seen.before).items()}
        after = {f"after {name}": sheet for name, sheet in result_sheets(seen.after).items()}
        return {"comparison": table, **before, **after}

    return View("what-if", table, sheets, picture)


def _runs(runs: Runs) -> View:
    def picture(lang: str) -> str:
        from sailau.plots.dots import seat_dots

        seats, held = runs.summary.seats, runs.job.held
        means = seats.means()
        order = sorted(seats.parties, key=lambda p: (-means[p] - held.get(p, 0), p))
        found = {p: {n + held.get(p, 0): k for n, k in enumerate(seats.of(p)) if k} for p in order}
        shown = {p: h for p, h in found.items() if any(h.keys() - {0})}
        title = f"{house_name(runs.job.law.id, lang)}: {text('runs', lang, n=runs.summary.runs)}"
        total = round(sum(means.values()) + sum(held.values()))
        style = _style(title, runs.job.tally, shown, lang, runs.job.law.id, f"{runs.job.law}, seed {runs.job.seed}")
        return seat_dots(shown, style, majority=total // 2 + 1)

    table = simulation_table(runs, title=str(runs.job.law))
    return View("simulate", table, lambda: {"simulation": table}, picture)


_VIEWS: Mapping[type, Callable[[Any], View]] = {
    Result: _result,
    Replay: _replay,
    Comparison: _comparison,
    Runs: _runs,
}
