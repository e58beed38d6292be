"""sailau align: roll calls to agreement, sides and changes; ideal points and balance stand beside."""

from __future__ import annotations

from typing import Annotated

import typer

from sailau.cli import balancing, positioning
from sailau.cli.align_options import (
    By,
    Calls,
    Chance,
    Common,
    File,
    Issues,
    Measure,
    Undated,
    Unit,
    Voter,
    some_in,
    two_in,
)
from sailau.cli.groups import grouped
from sailau.cli.options import Form, Json
from sailau.cli.output import emit

app = typer.Typer(help="Who votes with whom: agreement, ideal points, balance between poles.", no_args_is_help=True)


@app.command()
@grouped
def agreement(
    file: File,
    voter: Voter,
    others: Annotated[str, typer.Option("--with", help="The others, joined by commas.")],
    by: By = None,
    measure: Measure = "agreement",
    common: Common = False,
    undated: Undated = "refuse",
    unit: Unit = "item",
    issues: Issues = None,
    *,
    chance: Chance,
    calls: Calls,
    form: Form = None,
    json: Json = False,
) -> None:
    """Measure how far a voter agrees with others, by window.

    Example: sailau align agreement votes.csv --voter KAZ --with RUS,CHN,USA --by session
    """
    from sailau.align.agreement import agreement as measured
    from sailau.report.alignment import agreement_table, problem_notes

    reading = calls.read(file, issues=issues)
    scores = measured(
        reading.calls,
        voter,
        some_in(others, "--with"),
        by=by,
        measure=measure,
        common=common,
        undated=undated,
        unit=unit,
        draws=chance.draws,
        level=chance.level,
        rng=chance.seed,
    )
    emit(agreement_table(scores, notes=problem_notes(reading.problems)), "agreement", form=form, as_json=json)


@app.command()
@grouped
def differ(
    file: File,
    voter: Voter,
    between: Annotated[str, typer.Option("--between", help="The two that differ: RUS,CHN.")],
    opposed: Annotated[bool, typer.Option("--opposed", help="Only where one says yes and the other no.")] = False,
    by: By = None,
    undated: Undated = "refuse",
    unit: Unit = "item",
    issues: Issues = None,
    *,
    chance: Chance,
    calls: Calls,
    form: Form = None,
    json: Json = False,
) -> None:
    """Count whom a voter sides with where two others differ.

    Example: sailau align differ votes.csv --voter KAZ --between RUS,CHN --by 1992-1999,2000-2004
    """
    from sailau.align.differ import differ as counted
    from sailau.report.alignment import differ_table, problem_notes

    one, other = two_in(between, "--between")
    reading = calls.read(file, issues=issues)
    found = counted(
        reading.calls,
        voter,
        one,
        other,
        by=by,
        opposed=opposed,
        undated=undated,
        unit=unit,
        draws=chance.draws,
        level=chance.level,
        rng=chance.seed,
    )
    emit(differ_table(found, notes=problem_notes(reading.problems)), "differ", form=form, as_json=json)


@app.command()
@grouped
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
    unit: Unit = "item",
    issues: Issues = None,
    *,
    chance: Chance,
    calls: Calls,
    form: Form = None,
    json: Json = False,
) -> None:
    """Set a voter's change against that of its peers, which tells the voter's move from that of the pole.

    Example: sailau align change votes.csv --voter KAZ --pole RUS --peers UZB,KGZ --before 2010-2013 --after 2014-2019
    """
    from sailau.align.change import change as compared
    from sailau.report.alignment import change_table, problem_notes

    reading = calls.read(file, issues=issues)
    found = compared(
        reading.calls,
        voter,
        pole,
        some_in(peers, "--peers"),
        before=before,
        after=after,
        measure=measure,
        common=common,
        undated=undated,
        unit=unit,
        draws=chance.draws,
        level=chance.level,
        rng=chance.seed,
    )
    emit(change_table(found, notes=problem_notes(reading.problems)), "change", form=form, as_json=json)


app.command()(positioning.points)
app.command()(balancing.balance)
