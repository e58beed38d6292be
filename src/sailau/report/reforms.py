"""Tables of an entrant under other laws, and of what laws on parties ask of its supporters."""

from __future__ import annotations

from collections.abc import Sequence

from sailau.report.entry import share, told_share
from sailau.report.table import Cell, Table
from sailau.runs.entry_model import MARK
from sailau.runs.entry_scenario import Scenario
from sailau.runs.reforms import HIGH, Under
from sailau.runs.reforms_registration import Asked
from sailau.runs.reforms_votes import Nearest
from sailau.terms.numbers import percent
from sailau.terms.speech import quoted, say


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
    law = "members, barred_by: what the law on parties of the time asks and forbids; the chance is of one that stands"
    drawn = "chance: of {n:,} draws at even steps of the list's standing; seats at 5%, 50% and 95% of them"
    more = "by_draws: where the chance and the upper end would lie with draws without number (95%); --draws narrows it"
    first = (
        "first_seat_at: the share of list votes, rivals as in the middle draw; below the bar where a guarantee helps"
    )
    notes = [
        say(law),
        say(drawn, n=_drawn(rows)),
        say(more),
        say(first),
        say("in list tiers voters mind whether it passes; in districts they are sincere"),
        *_districts(scenario, rows),
        *_arguments(rows),
    ]
    notes += [say("{law} could not be counted: {why}", law=quoted(row.name), why=row.why) for row in rows if row.why]
    silent = "{law}: the law leads to no outcome in {n} draws"
    notes += [say(silent, law=quoted(row.name), n=row.undecided) for row in rows if row.undecided]
    title = say("{name}: the same list under other laws", name=quoted(scenario.name))
    return Table(columns, cells, title, tuple(notes))


def _districts(scenario: Scenario, rows: Sequence[Under]) -> list[str]:
    """Say how districts were drawn, and where the list comes nearest to one."""
    found: dict[Nearest, list[str]] = {}
    for row in rows:
        if row.nearest is not None:
            found.setdefault(row.nearest, []).append(row.name)
    if not found:
        return []
    how = say("the districts of a region are alike: a minority gathered in some of them is not seen")
    if scenario.classes:
        group = scenario.group_names.get(scenario.classes.of, scenario.classes.of)
        apart = (
            "districts of a region differ by the share of {group} in its parts, as far as that is on record; other "
            "groups keep their proportions, and towns are not told from the country around them"
        )
        how = say(apart, group=group)
    return [how, *(_nearest(scenario, at, names) for at, names in found.items())]


def _nearest(scenario: Scenario, at: Nearest, laws: Sequence[str]) -> str:
    region, _, number = at.district.partition(MARK)
    leads = (
        "districts of {laws}: with its standing at {high:.0%} of the draws the list leads in {region}, district "
        "{number}: {reached} of the votes there, its strongest rival {strongest}"
    )
    near = (
        "districts of {laws}: with its standing at {high:.0%} of the draws the list comes nearest to leading in "
        "{region}, district {number}: {reached} of the votes there, its strongest rival {strongest}"
    )
    return say(
        leads if at.reached > at.strongest else near,
        laws=quoted(", ".join(laws)),
        high=HIGH,
        region=scenario.region_names.get(region, region),
        number=number,
        reached=told_share(at.reached),
        strongest=told_share(at.strongest),
    )


def _row(row: Under) -> tuple[Cell, ...]:
    reform = bool(row.law.changes) or row.name != str(row.law)
    span = None if reform else _span(row)
    bar = None if row.bar is None else percent(row.bar)
    first = None if row.first_seat is None else share(row.first_seat)
    members = row.party_law.headcount.total if row.party_law and row.party_law.headcount else None
    chance = say(" to ").join(map(share, row.chance_between()))
    high = say(" to ").join(map(str, row.seats_between(0.95)))
    seats = (share(row.chance), chance, row.low, row.middle, row.high, high, row.house)
    return (row.name, span, members, row.barred or None, bar, first, *seats)


def _span(row: Under) -> str:
    since, until = row.law.since, row.law.until
    return say("{since} to {until}", since=since, until=until) if until else say("{since} to now", since=since)


def _drawn(rows: Sequence[Under]) -> int:
    return max((len(row.counted) + row.undecided for row in rows), default=0)


def _arguments(rows: Sequence[Under]) -> list[str]:
    """Say what the rows say about the arguments of scholars."""
    lists = [row for row in rows if row.bar is not None and not row.why]
    districts = [row for row in rows if row.bar is None and not row.why]
    out = []
    if lists:
        best = max(lists, key=lambda row: row.chance)
        lijphart = "Lijphart (lists with a low bar): the best chance is {chance}, under {law}"
        out.append(say(lijphart, chance=told_share(best.chance), law=quoted(best.name)))
    ranked = [row for row in districts if any(tier.ballot == "ranked" for tier in row.law.tiers)]
    plain = [row for row in districts if row not in ranked]
    if ranked and plain:
        most, other = max(r.chance for r in ranked), max(r.chance for r in plain)
        more = "Horowitz (votes pooled by ranking): {ranked} by rankings, more than by plurality ({plain})"
        no_more = "Horowitz (votes pooled by ranking): {ranked} by rankings, no more than by plurality ({plain})"
        out.append(say(more if most > other else no_more, ranked=told_share(most), plain=told_share(other)))
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
            share(row.there) if row.there <= 1 else say("more than there are"),
        )
        for row in rows
    )
    columns = ("law", "barred_by", "members", "tied_to_areas", "of_supporters", "tightest_area", "of_them_there")
    supporters = (
        "supporters: who would choose it sincerely, in the middle of the ranges; so many of them would have to join"
    )
    title = say("{name}: the ban and the bar of members", name=quoted(scenario.name))
    return Table(columns, cells, title, (say(supporters), *_ban_or_bar(rows)))


def _ban_or_bar(rows: Sequence[Asked]) -> list[str]:
    """Say what the bar asks with and without the ban (Lublin: registration rules more than bans)."""
    if not rows:
        return []
    hard, easy = max(rows, key=lambda row: row.of_supporters), min(rows, key=lambda row: row.of_supporters)
    moved = say(
        "the bar alone moved from {least} ({easy}) to {most} ({hard}) of the supporters",
        least=told_share(easy.of_supporters),
        easy=easy.law.edition,
        most=told_share(hard.of_supporters),
        hard=hard.law.edition,
    )
    barred = [row.law.edition for row in rows if row.barred]
    if not barred:
        return [moved, say("Lublin (rules of registration against bans): no ban touches this list, the bar alone does")]
    shut = "Lublin (rules of registration against bans): the ban shuts the list out under {laws}"
    return [moved, say(shut, laws=", ".join(barred))]
