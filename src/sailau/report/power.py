"""Tables of power: indices, coalitions, what a majority can do alone, and measures of elections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sailau.files.told import told
from sailau.law.acts import Constitution
from sailau.power.coalitions import Coalition, distance_to_relevance
from sailau.power.games import players
from sailau.power.indices import banzhaf, deegan_packel, holler, shapley_shubik
from sailau.report.table import Cell, Table
from sailau.runs.replay import Replay
from sailau.terms.speech import coded, joined, say

if TYPE_CHECKING:
    from fractions import Fraction

    from sailau.records.weights import Weighted
    from sailau.runs.measured import Figure, Treatment

PRIOR = (
    "power before preferences are known: in a house that one party dominates it is an upper bound on parliament's say"
)

FEW = 25
"""Up to so many players indices over minimal winning coalitions are shown."""


def power_table(house: Mapping[str, int], majority: int, *, title: str, minimal: bool = True) -> Table:
    """Return the indices of every player; those over minimal winning coalitions only where they are few."""
    weights = players(house)
    columns: dict[str, Mapping[str, Fraction]] = {
        "banzhaf": banzhaf(weights, majority),
        "shapley_shubik": shapley_shubik(weights, majority),
    }
    if minimal and len(weights) <= FEW:
        columns["deegan_packel"] = deegan_packel(weights, majority)
        columns["holler"] = holler(weights, majority)
    distance = distance_to_relevance(weights, majority)
    order = sorted(weights, key=lambda p: (-weights[p], p))
    rows = tuple((p, weights[p], *(_decimals(values[p]) for values in columns.values()), distance[p]) for p in order)
    names = ("player", "seats", *columns, "seats_to_relevance")
    exact = {name: {p: str(values[p]) for p in order} for name, values in columns.items()}
    return Table(names, rows, title, (say(PRIOR),), {"majority": majority, "exact": exact})


def weights_table(read: Weighted, needed: Sequence[int], *, title: str) -> Table:
    """Return the indices of the players of a file; several columns of weights are conditions at once."""
    from sailau.power.games import Game
    from sailau.power.unions import owen

    conditions = list(read.conditions.items())
    game = Game.of(*((weights, n) for (_, weights), n in zip(conditions, needed, strict=True)))
    columns: dict[str, Mapping[str, Fraction]] = {"banzhaf": banzhaf(game), "shapley_shubik": shapley_shubik(game)}
    if len(game.players) <= FEW:
        columns |= {"deegan_packel": deegan_packel(game), "holler": holler(game)}
    notes = [
        say("{name}: {needed:,} of {total:,} needed", name=name, needed=n, total=sum(w.values()))
        for (name, w), n in zip(conditions, needed, strict=True)
    ]
    if read.unions and len(conditions) == 1:
        columns["owen"] = owen(game.weights, needed[0], unions=read.unions)
        notes.append(
            say("owen: unions {unions} vote as one", unions="; ".join(" + ".join(union) for union in read.unions))
        )
    elif read.unions:
        notes.append(say("the Owen index is of one column of weights; unions were passed over"))
    notes += [say("left out: {problem}", problem=str(problem).splitlines()[0]) for problem in read.problems]
    order = sorted(game.players, key=lambda p: (-game.weights[p], p))
    rows: list[tuple[Cell, ...]] = [
        (p, *(w[p] for _, w in conditions), *(_decimals(v[p]) for v in columns.values())) for p in order
    ]
    exact = {name: {p: str(values[p]) for p in order} for name, values in columns.items()}
    names = ("player", *(name for name, _ in conditions), *columns)
    return Table(names, tuple(rows), title, (*notes, say(PRIOR)), {"majorities": list(needed), "exact": exact})


def _decimals(value: Fraction) -> str:
    return f"{float(value):.6f}"


def acts_table(house: Mapping[str, int], name: str, constitution: Constitution) -> Table:
    """Return what each act needs, and whether the largest party reaches it alone."""
    members = sum(house.values())
    largest = max(house, key=lambda p: (house[p], p))
    rows: list[tuple[Cell, ...]] = []
    for act in constitution.acts:
        if act.house != name:
            continue
        needed = act.votes(members)
        short = needed - house[largest]
        rows.append(
            (
                coded(act.act),
                coded(act.needs),
                needed,
                say("alone") if short <= 0 else say("{short} short", short=short),
                act.cite,
            )
        )
    title = say(
        "what {largest} can do with {seats} of {members}", largest=largest, seats=house[largest], members=members
    )
    notes = [told(constitution.name), *map(told, constitution.notes)]
    if constitution.checked is None:
        notes.append(say("these acts were not compared with the constitution (checked: null)"))
    return Table(("act", "needs", "votes", largest, "article"), tuple(rows), title, tuple(notes))


def constitutions_table(constitutions: Sequence[Constitution], members: int | None = None) -> Table:
    """Return every act of some constitutions with the votes that it needs in a house of the usual or a given size."""
    rows: list[tuple[Cell, ...]] = []
    notes = []
    for one in constitutions:
        for act in one.acts:
            size = members or one.houses[act.house]
            rows.append(
                (one.since, one.until, act.house, size, coded(act.act), coded(act.needs), act.votes(size), act.cite)
            )
        if one.checked is None:
            notes.append(say("{name}: not compared with the constitution (checked: null)", name=told(one.name)))
        notes += [joined([told(one.name), told(note)], ": ") for note in one.notes]
    columns = ("from", "until", "house", "members", "act", "needs", "votes", "article")
    return Table(columns, tuple(rows), say("votes needed for each act"), tuple(notes))


def coalitions_title(name: str, n: int, needed: int) -> str:
    """Say of what house the coalitions are, and how many there are in all."""
    return say("{name}: {n} coalitions that win {needed} votes and need every member", name=name, n=n, needed=needed)


def coalitions_table(coalitions: Sequence[Coalition], house: Mapping[str, int], majority: int, *, title: str) -> Table:
    """Return coalitions, the fewest members first."""
    rows = []
    for coalition in coalitions:
        seats = sum(house[p] for p in coalition)
        order = sorted(coalition, key=lambda p: (-house[p], p))
        rows.append((" + ".join(order), len(coalition), seats, seats - majority))
    return Table(("coalition", "members", "seats", "to_spare"), tuple(rows), title, (), {"majority": majority})


GROUPS = ("proportion", "parties", "change", "territory", "two parties")
"""Groups of measures."""


def measures_table(replays: Sequence[Replay], how: Treatment, *, groups: Sequence[str] = GROUPS[:2]) -> Table:
    """Return one row of measures for each election, on the seats that were counted from votes."""
    from sailau.runs.measured import measured

    found = [(seen, measured(seen, how)) for seen in replays if seen.result is not None]
    shown = [[figure for figure in figures if figure.group in groups] for _, figures in found]
    names = tuple(figure.name for figure in shown[0]) if shown else ()
    rows = tuple(
        (seen.election.id, sum(seen.result.seats.values()) if seen.result else 0, *map(_figure, figures))
        for (seen, _), figures in zip(found, shown, strict=True)
    )
    notes = [say(_ON), _treated(how)]
    left_out = [seen.election.id for seen in replays if seen.result is None]
    if left_out:
        notes.append(say("not counted, so not measured: {left_out}", left_out=", ".join(left_out)))
    if set(groups) & {"change", "territory", "two parties"}:
        notes += [say(_EMPTY), say(_UNCHECKED)]
    return Table(("election", "seats", *names), rows, say("measures of {n} elections", n=len(rows)), tuple(notes))


def measure_list(seen: Replay, how: Treatment, *, groups: Sequence[str] = GROUPS) -> Table:
    """Return every measure of one election, a row each, with what it was measured on or why it was not."""
    from sailau.runs.measured import measured

    figures = [figure for figure in measured(seen, how) if figure.group in groups]
    rows = tuple((f.name, _figure(f), f.unit if f.value is not None else None, f.about) for f in figures)
    notes = (say(_ON), _treated(how), say(_SIGNS), say(_UNCHECKED))
    groups_of = {f.name: f.group for f in figures}
    title = say("measures of {election}", election=seen.election.id)
    return Table(("measure", "value", "unit", "about"), rows, title, notes, {"groups": groups_of})


def drawn_table(draws: Mapping[str, Any], n: int, *, title: str, notes: Sequence[str] = ()) -> Table:
    """Return the mean and the middle 90 % of each measure over draws."""
    import numpy as np

    rows: list[tuple[Cell, ...]] = []
    for name, values in draws.items():
        ends = np.quantile(np.asarray(values, dtype=float), (0.05, 0.5, 0.95))
        rows.append((name, *(round(float(x), 3) for x in (np.mean(values), *ends))))
    return Table(("measure", "mean", "q05", "q50", "q95"), tuple(rows), title, (say("{n:,} draws", n=n), *notes))


_ON = (
    "disproportionality and change in points of 100; on votes of the first tier with lists and the seats counted from "
    "votes, those declared or appointed left out"
)
_EMPTY = "an empty cell: the record does not let it be measured; sailau measure ID says why"
_SIGNS = "efficiency gap, mean less median and declination above 0 hurt the first party; bias above 0 favours it"
_UNCHECKED = (
    "nationalisation after Bochsler and Golosov: the formulas agree with two other programs (partynat, electoral); "
    "worked examples of the papers were not to be had, so they are unchecked"
)


def _treated(how: Treatment) -> str:
    return say(
        "against all: {against_all}; independents: {independents}; others without a seat: {others}",
        against_all=coded(how.against_all),
        independents=coded(how.independents),
        others=coded(how.others),
    )


def _figure(figure: Figure) -> Cell:
    if figure.value is None or isinstance(figure.value, bool):
        return figure.value
    return round(100 * figure.value if figure.unit == "points" else figure.value, 3)
