"""What `sailau plot` can draw: one maker for each kind, from what was asked for to the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sailau.cli import map_pictures
from sailau.cli.options import election_of, folders
from sailau.cli.powering import votes_needed
from sailau.cli.wish import Wish

if TYPE_CHECKING:
    from sailau.law.result import Result
    from sailau.records.election import Election
    from sailau.runs.replay import Replay
    from sailau.runs.scenario import Scenario
    from sailau.runs.simulate import Runs


def _seen(wish: Wish) -> Replay:
    from sailau.runs.replay import replay

    return replay(election_of(wish.name, wish.elections), folders=folders(wish.laws))


def _ordered(seats: Mapping[str, int], wish: Wish) -> dict[str, int]:
    """Return seats from left to right; the parties that the order leaves out stand at the right."""
    from sailau.terms.errors import NotFound

    for party in wish.order:
        if party not in seats:
            raise NotFound("party", party, list(seats))
    return {party: seats[party] for party in dict.fromkeys([*wish.order, *seats])}


def _changed(wish: Wish) -> tuple[Election, Result, Result] | None:
    """Return the count under the law of the day and under the changed one; None if no change was asked for."""
    from sailau.law.library import load_law
    from sailau.runs.compare import compare
    from sailau.runs.replay import law_of

    if not wish.changes and wish.law is None:
        return None
    election = election_of(wish.name, wish.elections)
    places = folders(wish.laws)
    in_force = law_of(election, folders=places)
    after = load_law(wish.law, folders=places) if wish.law else in_force
    after = after.replace(dict(wish.changes)) if wish.changes else after
    found = compare(in_force, after, election.tally, decisions=election.decisions)
    return election, found.before, found.after


def _house(wish: Wish) -> tuple[Election, dict[str, int], Mapping[str, int] | None]:
    """Return the house that is shown, and the seats under the law of the day where the law was changed."""
    changed = _changed(wish)
    if changed is None:
        seen = _seen(wish)
        return seen.election, _ordered(seen.house, wish), None
    election, before, after = changed
    return election, _ordered({**dict.fromkeys(before.seats, 0), **after.seats}, wish), before.seats


def _hemicycle(wish: Wish) -> str:
    from sailau.plots.hemicycle import hemicycle

    election, house, before = _house(wish)
    needed = votes_needed(wish.majority, sum(house.values()))
    style = wish.style(wish.heading(election, _told(wish)), election.tally, house, election.id)
    won = None if before is None else {party: max(0, n - before.get(party, 0)) for party, n in house.items()}
    return hemicycle(house, style, majority=needed, changed=won)


def _told(wish: Wish) -> str:
    parts = [wish.law] if wish.law else []
    return ", ".join([*parts, *(f"{path} = {value}" for path, value in wish.changes.items())])


def _bars(wish: Wish) -> str:
    from sailau.plots.seatbars import seat_bars

    election, house, before = _house(wish)
    needed = votes_needed(wish.majority, sum(house.values()))
    style = wish.style(wish.heading(election, _told(wish)), election.tally, house, election.id)
    return seat_bars(house, style, majority=needed, before=before)


def _flows(wish: Wish) -> str:
    from sailau.locale import text
    from sailau.plots.flows import flows

    changed = _changed(wish)
    if changed is None:
        raise typer.BadParameter("say what to change: --set list.threshold.share=7% or --law …", param_hint="--set")
    election, before, after = changed
    style = wish.style(wish.heading(election), election.tally, {**before.seats, **after.seats}, election.id)
    heads = (f"{text('baseline', wish.lang)} ({before.law.edition})", _told(wish))
    return flows(_ordered(before.seats, wish), after.seats, style, heads=heads)


def _sweep(wish: Wish) -> str:
    from sailau.plots.scenes import sweep_of
    from sailau.runs.replay import law_of
    from sailau.runs.sweep import Range

    if not wish.through:
        raise typer.BadParameter("say which clause: --sweep list.threshold.share=0%:10%:0.5%", param_hint="--sweep")
    election = election_of(wish.name, wish.elections)
    law = law_of(election, folders=folders(wish.laws))
    style = wish.style(wish.heading(election), election.tally, election.tally.party_votes(), election.id)
    return sweep_of(election, law, Range.of(wish.through), style, majority=wish.majority)


def _dots(wish: Wish) -> str:
    from sailau.files.places import example
    from sailau.plots.dots import seat_dots
    from sailau.runs.scenario import read_scenario

    path = Path(wish.name)
    if not path.is_file():
        hint = "dots are drawn of a scenario, which says how uncertain votes are: examples/scenarios/kz-2023.yaml"
        raise typer.BadParameter(f"{wish.name} is no file; {hint}", param_hint="ID")
    what = read_scenario(example(path), folders=folders(wish.elections), laws=folders(wish.laws))
    done = what.run(runs=wish.runs, seed=wish.seed)
    found = _histograms(done, what.held)
    total = round(sum(done.summary.seats.means().values()) + sum(what.held.values()))
    source = f"{done.summary.runs:,} runs, seed {wish.seed}, {what.law}"
    style = wish.style(wish.title or what.name, what.tally, found, what.law.id, source)
    return seat_dots(found, style, majority=votes_needed(wish.majority, total), actual=_of_the_day(what, found, wish))


def _histograms(done: Runs, held: Mapping[str, int]) -> dict[str, dict[int, int]]:
    """Return how often each party had so many seats, those that it holds in any case added; the largest first."""
    seats = done.summary.seats
    means = seats.means()
    found = {
        party: {n + held.get(party, 0): runs for n, runs in enumerate(line) if runs}
        for party, line in zip(seats.parties, seats.histogram, strict=True)
        if any(line[1:]) or held.get(party)
    }
    order = sorted(found, key=lambda party: (-means[party] - held.get(party, 0), party))
    return {party: found[party] for party in order}


def _of_the_day(what: Scenario, parties: Iterable[str], wish: Wish) -> dict[str, int] | None:
    """Return the seats of the election behind a scenario; None where there is none."""
    from sailau.records.library import load_election

    if not what.election:
        return None
    official = load_election(what.election, folders=folders(wish.elections))
    seats = what.law.count(official.tally, decisions=official.decisions).seats
    return {party: seats.get(party, 0) + what.held.get(party, 0) for party in parties}


def _power(wish: Wish) -> str:
    from sailau.locale import text
    from sailau.plots.scenes import power_picture

    seen = _seen(wish)
    house = seen.house
    total = sum(house.values())
    needed = votes_needed(wish.majority, total)
    title = wish.heading(seen.election, text("power_at", wish.lang, n=needed, total=total))
    return power_picture(house, needed, wish.style(title, seen.election.tally, house, seen.election.id))


def _coalitions(wish: Wish) -> str:
    from sailau.locale import text
    from sailau.plots.scenes import coalition_picture

    seen = _seen(wish)
    needed = votes_needed(wish.majority, sum(seen.house.values()))
    title = wish.heading(seen.election, text("minimal_winning", wish.lang))
    return coalition_picture(seen.house, needed, wish.style(title, seen.election.tally, seen.house, seen.election.id))


def _curve(wish: Wish) -> str:
    from sailau.locale import text
    from sailau.plots.scenes import curve_of

    seen = _seen(wish)
    title = wish.heading(seen.election, text("web.lab.curve", wish.lang))
    tally = seen.election.tally
    return curve_of(seen, wish.style(title, tally, tally.party_votes(), seen.election.id))


KINDS: Mapping[str, Callable[[Wish], str]] = {
    "hemicycle": _hemicycle,
    "bars": _bars,
    "flows": _flows,
    "sweep": _sweep,
    "dots": _dots,
    "tiles": map_pictures.tiles,
    "map": map_pictures.outlines,
    "power": _power,
    "coalitions": _coalitions,
    "curve": _curve,
}
"""The makers by kind; a new kind is one more line."""
