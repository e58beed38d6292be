"""sailau align balance: how evenly channels are spread over poles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.align_options import By, Calls, Chance, names_in
from sailau.cli.groups import grouped
from sailau.cli.options import Form, Json, pairs
from sailau.cli.output import emit

if TYPE_CHECKING:
    from fractions import Fraction

    from sailau.align.balance import Balance
    from sailau.align.composite import Composite
    from sailau.align.flows import Interval
    from sailau.align.vote_balance import VoteBalance


@grouped
def balance(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Records: channel, period, pole, value…")
    ] = None,
    poles: Annotated[str | None, typer.Option("--poles", help="The poles, joined by commas.")] = None,
    period: Annotated[str | None, typer.Option("--period", help="Only these periods of the records: 2022.")] = None,
    votes: Annotated[Path | None, typer.Option("--votes", help="Roll calls, for a channel of votes.")] = None,
    voter: Annotated[str | None, typer.Option("--voter", help="The voter of the roll calls.")] = None,
    names: Annotated[
        list[str] | None, typer.Option("--as", help="What a pole is called in the roll calls: ru=RUS.")
    ] = None,
    weigh: Annotated[str | None, typer.Option("--weigh", help="One figure for all: trade=2,votes=1.")] = None,
    by: By = None,
    *,
    chance: Chance,
    calls: Calls,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show how evenly channels are spread over poles, each as an interval.

    Example: sailau align balance trade.csv --poles ru,cn

    Example: sailau align balance trade.csv --poles ru,cn --votes votes.csv --voter KAZ --as ru=RUS --as cn=CHN
    """
    from sailau.report.alignment import balance_table

    if file is None and votes is None:
        raise typer.BadParameter("give a file of records, or --votes, or both", param_hint="FILE")
    wanted = names_in(poles or "")
    channels, notes = _channels(file, wanted, names_in(period or ""), names_in(calls.keep or "")) if file else ([], ())
    found: tuple[VoteBalance, ...] = ()
    if votes is not None:
        if voter is None or not wanted:
            raise typer.BadParameter("a channel of votes needs --voter and --poles", param_hint="--votes")
        called = pairs(names, "--as")
        found, told = _of_votes(votes, voter, [called.get(pole, pole) for pole in wanted], by, chance, calls)
        notes = (*notes, *told)
    table = balance_table(channels, found, composite=_composite(weigh, channels, found), notes=notes)
    emit(table, "balance", form=form, as_json=json)


def _of_votes(
    file: Path, voter: str, sides: list[str], by: str | None, chance: Chance, calls: Calls
) -> tuple[tuple[VoteBalance, ...], tuple[str, ...]]:
    """Return the balance of a voter's roll calls, and what has to be said of them."""
    from sailau.align.vote_balance import balance_of_votes
    from sailau.report.alignment import problem_notes

    kept = ",".join(code for code in names_in(calls.keep or "") if code < "E520")
    reading = replace(calls, keep=kept).read(file)
    found = balance_of_votes(
        reading.calls, voter, sides, by=by, draws=chance.draws, level=chance.level, rng=chance.seed
    )
    return found, problem_notes(reading.problems)


def _channels(
    file: Path, poles: list[str], periods: list[str], keep: list[str]
) -> tuple[list[Balance], tuple[str, ...]]:
    """Return the balance of each channel, and what has to be said of records that were left out by choice."""
    from sailau.align.balance import balance as spread
    from sailau.align.flows import channels_of, read_channels
    from sailau.align.problems import InvalidFlows
    from sailau.report.alignment import problem_notes
    from sailau.terms.errors import NotFound

    reading = read_channels(file, keep=[code for code in keep if code > "E520"])
    channels = channels_of(reading.flows)
    known = [channel.period for channel in channels]
    for name in periods:
        if name not in known:
            raise NotFound("period", name, known)
    chosen = [channel for channel in channels if not periods or channel.period in periods]
    whole = [one.period for one in channels if len(one.poles) > 1 and set(poles) <= set(one.poles)]
    way = f"no record is not a zero; --period {','.join(whole)} takes those that record all poles" if whole else None
    for channel in chosen:
        for pole in poles:
            if pole not in channel.poles:
                error = NotFound(f"record of {channel.name} {channel.period} with", pole, list(channel.poles))
                error.hint = way or error.hint
                raise error
        if len(channel.poles) < 2:
            what = f"{channel.name} {channel.period} is recorded with one pole; a balance needs two poles at least"
            raise InvalidFlows(what, hint=way or "record another pole")
    found = [spread(channel.only(poles) if poles else channel) for channel in chosen]
    return found, problem_notes(reading.problems)


def _composite(weigh: str | None, channels: list[Balance], votes: tuple[VoteBalance, ...]) -> Composite | None:
    from fractions import Fraction

    from sailau.align.composite import composite
    from sailau.align.flows import Interval

    if weigh is None:
        return None
    parts: dict[str, Interval] = {}
    for channel in channels:
        parts[_once(channel.channel, parts)] = Interval(channel.low, channel.high)
    for vote in votes:
        low, high = (Fraction(end) if end is not None else vote.value for end in (vote.low, vote.high))
        parts[_once("votes", parts)] = Interval(max(low, Fraction(0)), high)
    weights: dict[str, Fraction | int] = {}
    for name, value in pairs(names_in(weigh), "--weigh").items():
        try:
            weights[name] = Fraction(value)
        except (ValueError, ZeroDivisionError):
            raise typer.BadParameter(f"{value!r} is no weight", param_hint="--weigh") from None
    return composite(parts, weights)


def _once(name: str, parts: dict[str, Interval]) -> str:
    if name in parts:
        what = f"{name} has several periods; a composite takes one of each channel"
        raise typer.BadParameter(what, param_hint="--weigh")
    return name
