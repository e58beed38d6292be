"""sailau align: roll calls to agreement, sides and changes; ideal points and balance stand beside."""

from __future__ import annotations

from typing import Annotated

import typer

from sailau.cli import balancing, positioning
from sailau.cli.align_options import (
    By,
    Codes,
    Column,
    Common,
    Draws,
    File,
    Issues,
    Items,
    Keep,
    Layout,
    Level,
    Measure,
    Seed,
    Sessions,
    Undated,
    Unit,
    Voter,
    Voters,
    names_in,
    read_calls,
    two_in,
    within,
)
from sailau.cli.options import Form, Json
from sailau.cli.output import emit

app = typer.Typer(help="Who votes with whom: agreement, ideal points, balance between poles.", no_args_is_help=True)


@app.command()
def agreement(
    file: File,
    voter: Voter,
    others: Annotated[str, typer.Option("--with", help="The others, joined by commas.")],
    by: By = None,
    measure: Measure = "agreement",
    common: Common = False,
    undated: Undated = "refuse",
    draws: Draws = 0,
    level: Level = 0.9,
    seed: Seed = None,
    unit: Unit = "item",
    codes: Codes = None,
    column: Column = None,
    layout: Layout = None,
    items: Items = None,
    issues: Issues = None,
    voters: Voters = None,
    keep: Keep = None,
    sessions: Sessions = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Measure how far a voter agrees with others, by window.

    Example: sailau align agreement votes.csv --voter KAZ --with RUS,CHN,USA --by session
    """
    from sailau.align.agreement import agreement as measured
    from sailau.report.alignment import agreement_table, problem_notes

    reading = read_calls(file, codes, column, layout, items, issues, voters, keep)
    scores = measured(
        within(reading.calls, sessions),
        voter,
        names_in(others),
        by=by,
        measure=measure,
        common=common,
        undated=undated,
        draws=draws,
        level=level,
        unit=unit,
        rng=seed,
    )
    emit(agreement_table(scores, notes=problem_notes(reading.problems)), "agreement", form=form, as_json=json)


@app.command()
def differ(
    file: File,
    voter: Voter,
    between: Annotated[str, typer.Option("--between", help="The two that differ: RUS,CHN.")],
    opposed: Annotated[bool, typer.Option("--opposed", help="Only where one says yes and the other no.")] = False,
    by: By = None,
    undated: Undated = "refuse",
    draws: Draws = 0,
    level: Level = 0.9,
    seed: Seed = None,
    unit: Unit = "item",
    codes: Codes = None,
    column: Column = None,
    layout: Layout = None,
    items: Items = None,
    issues: Issues = None,
    voters: Voters = None,
    keep: Keep = None,
    sessions: Sessions = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Count whom a voter sides with where two others differ.

    Example: sailau align differ votes.csv --voter KAZ --between RUS,CHN --by 1992-1999,2000-2004
    """
    from sailau.align.differ import differ as counted
    from sailau.report.alignment import differ_table, problem_notes

    one, other = two_in(between, "--between")
    reading = read_calls(file, codes, column, layout, items, issues, voters, keep)
    calls = within(reading.calls, sessions)
    found = counted(
        calls,
        voter,
        one,
        other,
        by=by,
        opposed=opposed,
        undated=undated,
        draws=draws,
        level=level,
        unit=unit,
        rng=seed,
    )
    emit(differ_table(found, notes=problem_notes(reading.problems)), "differ", form=form, as_json=json)


@app.command()
def change(
    file: File,
    voter: Voter,
    pole: Annotated[str, typer.Option("--pole", help="With whom agreement changed.")],
    peers: Annotated[str, typer.Option("--peers", help="Those to compare with, joined by commas.")],
    before: Annotated[str, typer.Option("--before", help="A period of years: 2010-2013.")],
    after: Annotated[str, typer.Option("--after", help="A later period: 2014-2019.")],
    measure: Measure = "agreement",
    common: Common = False,
    undated: Undated = "refuse",
    draws: Draws = 0,
    level: Level = 0.9,
    seed: Seed = None,
    unit: Unit = "item",
    codes: Codes = None,
    column: Column = None,
    layout: Layout = None,
    items: Items = None,
    issues: Issues = None,
    voters: Voters = None,
    keep: Keep = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Set a voter's change against that of its peers, which tells the voter's move from that of the pole.

    Example: sailau align change votes.csv --voter KAZ --pole RUS --peers UZB,KGZ --before 2010-2013 --after 2014-2019
    """
    from sailau.align.change import change as compared
    from sailau.report.alignment import change_table, problem_notes

    reading = read_calls(file, codes, column, layout, items, issues, voters, keep)
    found = compared(
        reading.calls,
        voter,
        pole,
        names_in(peers),
        before=before,
        after=after,
        measure=measure,
        common=common,
        undated=undated,
        draws=draws,
        level=level,
        unit=unit,
        rng=seed,
    )
    emit(change_table(found, notes=problem_notes(reading.problems)), "change", form=form, as_json=json)


app.command()(positioning.points)
app.command()(balancing.balance)
