"""Tables of an entrant under other laws, and of what laws on parties ask of its supporters."""

from __future__ import annotations

from collections.abc import Sequence

from sailau.report.entry import share
from sailau.report.table import Cell, Table
from sailau.runs.entry_scenario import Scenario
from sailau.runs.reforms import HIGH, Under
from sailau.runs.reforms_registration import Asked
from sailau.runs.reforms_votes import MARK, Nearest
from sailau.terms.numbers import percent


def reforms_table(scenario: Scenario, rows: Sequence[Under]) -> Table:
    """Return one row for each law: its bar, what a first seat needs, how often there is one, and how many."""
    cells = tuple(_row(row) for row in rows)
    columns = (
        "law",
        "in_force",
        "members",
        "barred_by",
        "bar",
        "first_seat_at",
        "chance",
        "chance_by_draws",
        "low",
        "middle",
        "high",
        "high_by_draws",
        "of_seats",
    )
    notes = [
        "members, barred_by: what the law on parties of the time asks and forbids; the chance is of one that stands",
        f"chance: of {_drawn(rows)} draws at even steps of the list's standing; seats at 5%, 50% and 95% of them",
        "by_draws: where the chance and the upper end would lie with draws without number (95%); --draws narrows it",
        "first_seat_at: the share of list votes, rivals as in the middle draw; below the bar where a guarantee helps",
        "in list tiers voters mind whether it passes; in districts they are sincere",
        *_districts(scenario, rows),
        *_arguments(rows),
    ]
    notes += [f"{row.name} could not be counted: {row.why}" for row in rows if row.why]
    notes += [f"{row.name}: the law leads to no outcome in {row.undecided} draws" for row in rows if row.undecided]
    return Table(columns, cells, f"{scenario.name}: the same list under other laws", tuple(notes))


def _districts(scenario: Scenario, rows: Sequence[Under]) -> list[str]:
    """Say how districts were drawn, and where the list comes nearest to one."""
    found: dict[Nearest, list[str]] = {}
    for row in rows:
        if row.nearest is not None:
            found.setdefault(row.nearest, []).append(row.name)
    if not found:
        return []
    how = "the districts of a region are alike: a minority gathered in some of them is not seen"
    if scenario.classes:
        group = scenario.group_names.get(scenario.classes.of, scenario.classes.of)
        how = (
            f"districts of a region differ by the share of {group} in its parts, as far as that is on "
            "record; other groups keep their proportions, and towns are not told from the country around them"
        )
    return [how, *(_nearest(scenario, at, names) for at, names in found.items())]


def _nearest(scenario: Scenario, at: Nearest, laws: Sequence[str]) -> str:
    region, _, number = at.district.partition(MARK)
    region = scenario.region_names.get(region, region)
    verb = "leads in" if at.reached > at.strongest else "comes nearest to leading in"
    return (
        f"districts of {', '.join(laws)}: with its standing at {HIGH:.0%} of the draws the list {verb} {region}, "
        f"district {number}: {share(at.reached)} of the votes there, its strongest rival {share(at.strongest)}"
    )


def _row(row: Under) -> tuple[Cell, ...]:
    reform = bool(row.law.changes) or row.name != str(row.law)
    span = None if reform else f"{row.law.since} to {row.law.until or 'now'}"
    bar = None if row.bar is None else percent(row.bar)
    first = None if row.first_seat is None else share(row.first_seat)
    members = row.party_law.headcount.total if row.party_law and row.party_law.headcount else None
    chance = f"{share(row.chance_between()[0])} to {share(row.chance_between()[1])}"
    high = "{} to {}".format(*row.seats_between(0.95))
    seats = (share(row.chance), chance, row.low, row.middle, row.high, high, row.house)
    return (row.name, span, members, row.barred or None, bar, first, *seats)


def _drawn(rows: Sequence[Under]) -> str:
    return f"{max((len(row.counted) + row.undecided for row in rows), default=0):,}"


def _arguments(rows: Sequence[Under]) -> list[str]:
    """Say what the rows say about the arguments of scholars."""
    lists = [row for row in rows if row.bar is not None and not row.why]
    districts = [row for row in rows if row.bar is None and not row.why]
    out = []
    if lists:
        best = max(lists, key=lambda row: row.chance)
        out.append(f"Lijphart (lists with a low bar): the best chance is {share(best.chance)}, under {best.name}")
    ranked = [row for row in districts if any(tier.ballot == "ranked" for tier in row.law.tiers)]
    plain = [row for row in districts if row not in ranked]
    if ranked and plain:
        most, other = max(r.chance for r in ranked), max(r.chance for r in plain)
        word = "more than" if most > other else "no more than"
        out.append(
            f"Horowitz (votes pooled by ranking): {share(most)} by rankings, {word} by plurality ({share(other)})"
        )
    return out


def registration_table(scenario: Scenario, rows: Sequence[Asked]) -> Table:
    """Return one row for each law on parties: whether the list is barred, and what it asks of supporters."""
    cells = tuple(
        (
            str(row.law),
            row.barred or None,
            row.members,
            row.tied,
            share(row.of_supporters),
            row.tightest or None,
            share(row.there) if row.there <= 1 else "more than there are",
        )
        for row in rows
    )
    columns = ("law", "barred_by", "members", "tied_to_areas", "of_supporters", "tightest_area", "of_them_there")
    notes = [
        "supporters: who would choose it sincerely, in the middle of the ranges; so many of them would have to join",
        *_ban_or_bar(rows),
    ]
    return Table(columns, cells, f"{scenario.name}: the ban and the bar of members", tuple(notes))


def _ban_or_bar(rows: Sequence[Asked]) -> list[str]:
    """Say what the bar asks with and without the ban (Lublin: registration rules more than bans)."""
    if not rows:
        return []
    hard, easy = max(rows, key=lambda row: row.of_supporters), min(rows, key=lambda row: row.of_supporters)
    out = [
        f"the bar alone moved from {share(easy.of_supporters)} ({easy.law.edition}) to {share(hard.of_supporters)} "
        f"({hard.law.edition}) of the supporters"
    ]
    barred = [row.law.edition for row in rows if row.barred]
    if barred:
        out.append(f"Lublin (rules of registration against bans): the ban shuts the list out under {', '.join(barred)}")
    else:
        out.append("Lublin (rules of registration against bans): no ban touches this list, the bar alone does")
    return out
