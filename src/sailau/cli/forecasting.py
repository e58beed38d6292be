"""sailau forecast: from polls to seats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.groups import grouped
from sailau.cli.options import Elections, Form, Json, KeepGood, Laws, Sheet, Workers, election_of, folders, pairs
from sailau.cli.output import Format, emit, say

if TYPE_CHECKING:
    from datetime import date

    from sailau.law.edition import Law
    from sailau.plots.style import Style
    from sailau.records.election import Election
    from sailau.records.polls.library import PollSet
    from sailau.runs.forecast import Asked
    from sailau.votes.polls.poll import Polls


class Shown(StrEnum):
    """What a forecast shows."""

    seats = "seats"
    houses = "houses"
    trend = "trend"


class Swing(StrEnum):
    """How districts follow the nation."""

    logistic = "logistic"
    uniform = "uniform"
    proportional = "proportional"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(forecast)


@dataclass(frozen=True)
class Walk:
    """How polls are carried to election day, and from there to seats."""

    swing: Annotated[Swing, typer.Option("--swing", help="How districts follow the nation.")] = Swing.logistic
    district_sd: Annotated[
        str, typer.Option("--district-sd", help="What a party adds in each district by itself, of its log votes: 10%.")
    ] = "0"
    error: Annotated[
        float | None, typer.Option("--polling-error", help="Points that all polls miss a party of half the votes by.")
    ] = None
    new: Annotated[
        list[str] | None, typer.Option("--new", help="A party that did not stand at the base. May be repeated.")
    ] = None
    coalition: Annotated[
        list[str] | None, typer.Option("--coalition", help="Parties together: left=a,b. May be repeated.")
    ] = None
    runs: Annotated[int | None, typer.Option("--runs", min=1, help="Elections to draw.")] = None
    seed: Annotated[int, typer.Option("--seed", help="The same seed, the same forecast.")] = 1
    workers: Workers = 1
    full: Annotated[bool, typer.Option("--full", help="Fit with PyMC (extra bayes): half a minute or more.")] = False
    anchor: Annotated[bool, typer.Option("--anchor/--no-anchor", help="Begin the walk at the base's result.")] = True

    def asked(self, day: date | None, *, any_new: bool) -> Asked:
        """Return what is asked of the polls; with `any_new` a party that did not stand before need not be named."""
        from sailau.runs.forecast import Asked
        from sailau.votes.polls.priors import Priors

        return Asked(
            day=day,
            n=self.runs,
            seed=self.seed,
            priors=Priors() if self.error is None else Priors(error=self.error),
            swing=self.swing.value,
            district_sd=self.district_sd,
            anchored=self.anchor,
            coalitions={key: tuple(names.split(",")) for key, names in pairs(self.coalition, "--coalition").items()},
            workers=self.workers,
            new=None if any_new else tuple(self.new or ()),
            full=self.full,
        )


@grouped
def forecast(
    name: Annotated[str, typer.Argument(metavar="POLLS|ID", help="A file of polls, or polls that ship.")],
    law: Annotated[str | None, typer.Option("--law", help="A law, for instance kz/mazhilis@2023-03-19.")] = None,
    base: Annotated[
        str | None, typer.Option("--base", help="The election before: the walk begins there, its districts follow.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="Election day; else the last day of fieldwork.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Leave out polls that ended later.")] = None,
    *,
    walk: Walk,
    named: Annotated[
        list[str] | None,
        typer.Option("--as", help="A name in the file and who it is: Labour=lab, CDU/CSU=cdu+csu. May be repeated."),
    ] = None,
    show: Annotated[Shown, typer.Option("--show", help="What is shown.")] = Shown.seats,
    draw: Annotated[
        list[str] | None, typer.Option("--draw", help="A picture: trend=t.svg or seats=s.svg. May be repeated.")
    ] = None,
    sheet: Sheet = None,
    keep_good: KeepGood = False,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Go from polls to seats: shares of election day, the bar, seats, majorities, each with what is not known of it.

    Example: sailau forecast my-polls.csv --law kz/mazhilis@2023-03-19 --on 2023-03-19
    Example: sailau forecast se/riksdag/2018-09-09 --until 2018-08-01 --draw trend=trend.svg --runs 300
    """
    from sailau.runs.forecast import check_day
    from sailau.runs.forecast_ground import called

    pictures = _pictures(draw)
    polls, known, before = _polls(name, base, own, sheet=sheet, keep_good=keep_good)
    polls, told = called(polls, pairs(named, "--as"), before)
    say(*told)
    day, last = check_day(on) or (known.day if known else None), check_day(until)
    polls = polls.until(last) if last else polls
    asked = walk.asked(day, any_new=known is not None and not base)
    when = day or max(poll.end for poll in polls.polls)
    title = f"{known.name if known else Path(name).name}: forecast for {when}"
    if show is not Shown.seats:
        _fit_only(polls, before, asked, show, title, pictures, form=form, json=json)
        return
    rule = _law(law, known, before, when, folders(own_laws))
    _seats(polls, rule, before, asked, title, pictures, form=form, json=json)


def _seats(
    polls: Polls,
    rule: Law,
    before: Election | None,
    asked: Asked,
    title: str,
    pictures: dict[str, Path],
    *,
    form: Format | None,
    json: bool,
) -> None:
    """Forecast seats, show them, and draw what was asked for."""
    from sailau.cli.progress import bar
    from sailau.plots.forecast import seats_picture, trend_picture
    from sailau.plots.style import Style
    from sailau.records.colours import known_colours
    from sailau.report.forecast import forecast_table
    from sailau.runs.forecast import forecast as go
    from sailau.votes.polls.trend import trend

    with bar("runs") as progress:
        found = go(polls, rule, base=before, asked=asked, progress=progress)
    emit(forecast_table(found, title=title), "forecast", form=form, as_json=json)
    style = Style(title, colours=known_colours(rule.id))
    if "trend" in pictures:
        _save(trend_picture(trend(found.fit), found.fit.polls, style), pictures["trend"])
    if "seats" in pictures:
        _save(seats_picture(found.runs.summary, style), pictures["seats"])
    if not found.runs.is_complete:
        say(f"interrupted after {found.runs.summary.runs:,} of {found.runs.n:,} runs")
        raise typer.Exit(130)


def _fit_only(
    polls: Polls,
    before: Election | None,
    asked: Asked,
    show: Shown,
    title: str,
    pictures: dict[str, Path],
    *,
    form: Format | None,
    json: bool,
) -> None:
    """Show what houses add, or the trend; no law is needed for it."""
    from sailau.plots.forecast import trend_picture
    from sailau.report.forecast import houses_table, trend_table
    from sailau.runs.forecast import fit_polls
    from sailau.votes.polls.trend import effects, trend

    if "seats" in pictures:
        raise typer.BadParameter("seats are drawn with --show seats only", param_hint="--draw")
    found, notes = fit_polls(polls, before, asked)
    if show is Shown.houses:
        table = houses_table(found, effects(found), title=title)
    else:
        table = trend_table(trend(found), title=title)
    emit(replace(table, notes=(*table.notes, *notes)), f"forecast-{show.value}", form=form, as_json=json)
    if "trend" in pictures:
        _save(trend_picture(trend(found), found.polls, _style(title, before)), pictures["trend"])


def _style(title: str, before: Election | None) -> Style:
    """Return the style of a picture: colours are those of the country of the election before."""
    from sailau.plots.style import Style
    from sailau.records.colours import known_colours

    return Style(title, colours=known_colours(before.id) if before else {})


def _polls(
    name: str, base: str | None, own: list[Path] | None, *, sheet: str | None, keep_good: bool
) -> tuple[Polls, PollSet | None, Election | None]:
    """Return the polls of a file, or those that ship, and the election before."""
    from sailau.records.polls import read_polls
    from sailau.records.polls.library import load_polls
    from sailau.runs.forecast_ground import known_to

    path = Path(name)
    if path.is_file() or path.suffix:
        before = election_of(base, own) if base else None
        reading = read_polls(path, sheet=sheet, keep_good=keep_good, known=known_to(before))
        say(*(str(problem) for problem in reading.problems))
        return reading.polls, None, before
    known = load_polls(name)
    earlier = base or known.base
    before = election_of(earlier, own) if earlier else None
    return known.polls, known, before


def _law(law: str | None, known: PollSet | None, before: Election | None, day: date, places: tuple[Path, ...]) -> Law:
    """Return the law that is named; else that of the polls' own election, or of the one before."""
    from sailau.records.library import load_election
    from sailau.runs.forecast_ground import law_for
    from sailau.runs.replay import law_of

    if law is None and known is not None and known.law is None and known.election and before is None:
        return law_of(load_election(known.election), folders=places)
    return law_for(law or (known.law if known else None), before, day, folders=places)


def _pictures(given: list[str] | None) -> dict[str, Path]:
    """Return where each picture goes; a place that cannot be written to is refused before any work."""
    from sailau.plots.save import check_picture

    out = {kind: Path(path) for kind, path in pairs(given, "--draw").items()}
    for kind, path in out.items():
        if kind not in ("trend", "seats"):
            raise typer.BadParameter(f"there is no picture {kind!r}; trend or seats", param_hint="--draw")
        check_picture(path)
    return out


def _save(picture: str, path: Path) -> None:
    from sailau.plots.save import save

    say(f"wrote {save(picture, path)}")
