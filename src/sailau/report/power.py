"""Tables of power: indices, coalitions, what a majority can do alone, and measures of elections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sailau.law.acts import Constitution
from sailau.power.coalitions import Coalition, distance_to_relevance
from sailau.power.indices import banzhaf, deegan_packel, holler, shapley_shubik
from sailau.report.table import Cell, Table
from sailau.runs.replay import Replay

if TYPE_CHECKING:
    from fractions import Fraction

PRIOR = (
    "power before preferences are known: in a house that one party dominates it is an upper bound on parliament's say"
)


def players(house: Mapping[str, int]) -> dict[str, int]:
    """Return the players of a house: independents vote one by one, whoever has no seat does not play."""
    out: dict[str, int] = {}
    for party, n in house.items():
        if party == "independent" and n > 1:
            out |= {f"independent_{i}": 1 for i in range(1, n + 1)}
        elif n:
            out[party] = n
    return out


def power_table(house: Mapping[str, int], majority: int, *, title: str, minimal: bool = True) -> Table:
    """Return the indices of every player; those over minimal winning coalitions only where they are few."""
    weights = players(house)
    columns: dict[str, Mapping[str, Fraction]] = {
        "banzhaf": banzhaf(weights, majority),
        "shapley_shubik": shapley_shubik(weights, majority),
    }
    if minimal and len(weights) <= 25:
        columns["deegan_packel"] = deegan_packel(weights, majority)
        columns["holler"] = holler(weights, majority)
    distance = distance_to_relevance(weights, majority)
    order = sorted(weights, key=lambda p: (-weights[p], p))
    rows = tuple((p, weights[p], *(_decimals(values[p]) for values in columns.values()), distance[p]) for p in order)
    names = ("player", "seats", *columns, "seats_to_relevance")
    exact = {name: {p: str(values[p]) for p in order} for name, values in columns.items()}
    return Table(names, rows, title, (PRIOR,), {"majority": majority, "exact": exact})


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
        rows.append((act.act, act.needs, needed, "alone" if short <= 0 else f"{short} short", act.cite))
    title = f"what {largest} can do with {house[largest]} of {members} ({constitution.name})"
    notes = list(constitution.notes)
    if constitution.checked is None:
        notes.append("these acts were not compared with the constitution (checked: null)")
    return Table(("act", "needs", "votes", largest, "article"), tuple(rows), title, tuple(notes))


def coalitions_table(coalitions: Sequence[Coalition], house: Mapping[str, int], majority: int, *, title: str) -> Table:
    """Return coalitions, the fewest members first."""
    rows = []
    for coalition in coalitions:
        seats = sum(house[p] for p in coalition)
        order = sorted(coalition, key=lambda p: (-house[p], p))
        rows.append((" + ".join(order), len(coalition), seats, seats - majority))
    return Table(("coalition", "members", "seats", "to_spare"), tuple(rows), title, (), {"majority": majority})


def measures_table(replays: Sequence[Replay], *, against_all: str = "drop", independents: str = "keep") -> Table:
    """Return one row of measures for each election, on the seats that were counted from votes."""
    rows = [_measures(seen, against_all, independents) for seen in replays if seen.result is not None]
    columns = (
        "election",
        "seats",
        "gallagher",
        "loosemore_hanby",
        "rae",
        "sainte_lague",
        "gini",
        "enp_votes",
        "enp_seats",
        "golosov_votes",
        "golosov_seats",
        "molinar_seats",
        "manufactured_majority",
    )
    notes = (
        "disproportionality in points of 100; effective numbers of parties; on votes of the first tier with lists and "
        "the seats counted from votes, those declared or appointed left out",
        f"against all: {against_all}; independents: {independents}",
    )
    return Table(columns, tuple(rows), f"measures of {len(rows)} elections", notes)


def _measures(seen: Replay, against_all: str, independents: str) -> tuple[Cell, ...]:
    from sailau.power import measures as m
    from sailau.power.shares import aligned
    from sailau.report.results import votes_of

    assert seen.result is not None
    votes, seats = votes_of(seen.election.tally, lines=against_all == "line"), seen.result.seats
    _, v, s = aligned(votes, seats, against_all=against_all, independents=independents)  # type: ignore[arg-type]  # the CLI offers these words only
    points = [m.gallagher(v, s), m.loosemore_hanby(v, s), m.rae(v, s), m.sainte_lague_index(v, s), m.gini(v, s)]
    numbers = [
        m.effective_number(v),
        m.effective_number(s),
        m.effective_number(v, kind="golosov"),
        m.effective_number(s, kind="golosov"),
        m.effective_number(s, kind="molinar"),
    ]
    shown = [f"{100 * value:.3f}" for value in points] + [f"{value:.3f}" for value in numbers]
    return (seen.election.id, int(s.sum()), *shown, m.manufactured_majority(v, s))
