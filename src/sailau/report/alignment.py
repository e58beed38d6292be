"""Tables of alignment: agreement, sides, changes, ideal points, balances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sailau.align.agreement import Score
from sailau.align.balance import Balance
from sailau.align.change import Change
from sailau.align.composite import Composite
from sailau.align.differ import SIDES, Sides
from sailau.align.flows import Interval
from sailau.align.ideal.points import IdealPoints, Point
from sailau.align.problems import Problem
from sailau.align.vote_balance import VoteBalance
from sailau.report.table import Cell, Table
from sailau.terms.speech import coded, joined, say

AGENDA = "votes show the agenda as much as preferences: what is adopted by consensus is not in them"
OWN_SCALES = "sessions of different scales cannot be compared: nothing ties them together (--bridge)"


def problem_notes(problems: Sequence[Problem]) -> tuple[str, ...]:
    """Return what has to be said of problems that were kept."""
    return tuple(str(problem).splitlines()[0] for problem in problems)


def agreement_table(scores: Sequence[Score], *, notes: Sequence[str] = ()) -> Table:
    """Return agreement by window and voter; an undefined value is an empty cell."""
    drawn = any(score.low is not None for score in scores)
    columns = ("window", "voter", "other", "measure", "n", "value", *(("low", "high") if drawn else ()))
    rows = []
    for score in scores:
        row: list[Cell] = [
            score.window,
            score.voter,
            score.other,
            coded(score.measure),
            score.n,
            _decimals(score.value),
        ]
        rows.append((*row, *((_decimals(score.low), _decimals(score.high)) if drawn else ())))
    exact = [str(score.exact) if score.exact is not None else None for score in scores]
    return Table(columns, tuple(rows), coded("agreement"), (*notes, say(AGENDA)), {"exact": exact})


def differ_table(found: Sequence[Sides], *, notes: Sequence[str] = ()) -> Table:
    """Return whom the voter sides with, by window."""
    drawn = any(sides.intervals for sides in found)
    columns = ["window", "voter", "one", "other", "n"]
    for side in SIDES:
        columns += [f"with_{side}", f"share_{side}", *((f"low_{side}", f"high_{side}") if drawn else ())]
    rows = []
    for sides in found:
        row: list[Cell] = [sides.window, sides.voter, sides.one, sides.other, sides.n]
        for side in SIDES:
            row += [int(getattr(sides, f"with_{side}")), _decimals(sides.share(side))]
            row += [_decimals(end) for end in sides.intervals.get(side, (None, None))] if drawn else []
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows), say("where two differ"), (*notes, say(AGENDA)))


def change_table(found: Change, *, notes: Sequence[str] = ()) -> Table:
    """Return agreement with the pole before and after, of the voter and its peers, and the excess."""
    rows: list[tuple[Cell, ...]] = [
        (name, _decimals(before), _decimals(after), _decimals(after - before))
        for name, (before, after) in found.values.items()
    ]
    said = say(
        "{voter} moved by {own:+.4f}, its peers by {peers:+.4f}: an excess of {excess:+.4f}",
        voter=found.voter,
        own=found.own,
        peers=found.peers,
        excess=found.excess,
    )
    if found.low is not None and found.high is not None:
        said = joined(
            [said, say(" (from {low:+.4f} to {high:+.4f} over draws of roll calls)", low=found.low, high=found.high)],
            "",
        )
    extra = {"own": found.own, "peers": found.peers, "excess": found.excess, "low": found.low, "high": found.high}
    title = say("{measure} with {pole}", measure=coded(found.measure), pole=found.pole)
    return Table(("voter", found.before, found.after, "change"), tuple(rows), title, (said, *notes, say(AGENDA)), extra)


def points_table(found: IdealPoints, points: Sequence[Point], *, notes: Sequence[str] = ()) -> Table:
    """Return positions, each with the scale that it stands on."""
    drawn = found.low is not None
    scale = {period: _span(block) for block in found.blocks for period in block}
    columns = ("voter", "session", "scale", "n", "point", "se", *(("low", "high") if drawn else ()), "bounded")
    rows = []
    for point in points:
        row: list[Cell] = [point.voter, point.period, scale[point.period], point.n]
        row += [_decimals(point.value), _decimals(point.se)]
        row += [_decimals(point.low), _decimals(point.high)] if drawn else []
        rows.append((*row, _decimals(point.bounded)))
    return Table(columns, tuple(rows), say("ideal points"), (*_said(found), *notes, say(AGENDA)), _figures(found))


def _span(block: Sequence[str]) -> str:
    return block[0] if len(block) == 1 else f"{block[0]}-{block[-1]}"


def _said(found: IdealPoints) -> list[str]:
    fit = found.fit
    notes = [
        say(
            "{votes:,} votes on {items:,} items ({bridges:,} bridges), {voters:,} voters",
            votes=fit.n,
            items=found.n_items,
            bridges=found.n_bridges,
            voters=len(found.voters),
        ),
        say("correct {correct:.4f}, APRE {apre:.4f}, GMP {gmp:.4f}", correct=fit.correct, apre=fit.apre, gmp=fit.gmp),
    ]
    if found.dropped.items:
        notes.append(say("{n:,} items left out, for nearly all voted alike on them", n=len(found.dropped.items)))
    if found.dropped.voters:
        names = ", ".join(found.dropped.voters[:8])
        notes.append(say("{n:,} voters left out for too few votes: {names}", n=len(found.dropped.voters), names=names))
    if not found.rested:
        notes.append(
            say("positions did not come to rest in {rounds} rounds; give more (--rounds)", rounds=found.rounds)
        )
    if not found.comparable:
        notes.append(say(OWN_SCALES))
    if not found.anchors:
        notes.append(say("no anchor was given: which end is which means nothing (--anchor)"))
    return notes


def _figures(found: IdealPoints) -> dict[str, object]:
    return {
        "blocks": [list(block) for block in found.blocks],
        "anchors": dict(found.anchors),
        "fit": {"n": found.fit.n, "correct": found.fit.correct, "apre": found.fit.apre, "gmp": found.fit.gmp},
        "rounds": found.rounds,
        "rested": found.rested,
        "dropped": {"items": list(found.dropped.items), "voters": list(found.dropped.voters)},
    }


def balance_table(
    channels: Sequence[Balance],
    votes: Sequence[VoteBalance] = (),
    *,
    composite: Composite | None = None,
    notes: Sequence[str] = (),
) -> Table:
    """Return one row a channel: the share of each pole and the balance, as intervals."""
    columns = ("channel", "period", "poles", "shares", "reports", "low", "high", "entropy_low", "entropy_high")
    rows: list[tuple[Cell, ...]] = []
    for part in channels:
        ends = _decimals(part.low), _decimals(part.high)
        chaos = _decimals(part.entropy[0]), _decimals(part.entropy[1])
        reports = "; ".join(f"{pole} {n}" for pole, n in part.reports.items())
        rows.append((part.channel, part.period, ", ".join(part.shares), _shares(part.shares), reports, *ends, *chaos))
    for vote in votes:
        shares = "; ".join(f"{pole} {float(share):.4f}" for pole, share in vote.shares.items())
        low, high = (_decimals(end if end is not None else vote.value) for end in (vote.low, vote.high))
        items = say("{n} items", n=vote.n)
        rows.append((coded("votes"), vote.window, ", ".join(vote.shares), shares, items, low, high, None, None))
    said, extra = _composed(composite)
    single = sorted({f"{p.channel} {p.period} {pole}" for p in channels for pole, n in p.reports.items() if n == 1})
    if single:
        said.append(say("one report only, so no interval of its own: {single}", single="; ".join(single)))
    return Table(columns, tuple(rows), say("balance between poles"), (*said, *notes), extra)


def _shares(shares: Mapping[str, Interval]) -> str:
    return "; ".join(f"{pole} {float(part.low):.4f}-{float(part.high):.4f}" for pole, part in shares.items())


def _composed(found: Composite | None) -> tuple[list[str], dict[str, object]]:
    if found is None:
        return [], {}
    value, reach = found.value, found.reach
    parts = ", ".join(f"{coded(name)} {float(share):.0%}" for name, share in found.sensitivity.items())
    said = [
        say(
            "composite {low:.4f} to {high:.4f} with these weights; other weights reach from {least:.4f} to {most:.4f}",
            low=float(value.low),
            high=float(value.high),
            least=float(reach.low),
            most=float(reach.high),
        ),
        say("what makes it vary: {parts}", parts=parts),
    ]
    return said, {
        "composite": {
            "low": float(value.low),
            "high": float(value.high),
            "reach": [float(reach.low), float(reach.high)],
            "weights": {name: str(share) for name, share in found.weights.items()},
            "sensitivity": {name: float(share) for name, share in found.sensitivity.items()},
        }
    }


def _decimals(value: float | Fraction | None) -> float | None:
    """Return a figure to six places; what is finer than that is in the exact form, or is noise."""
    return None if value is None else round(float(value), 6) + 0.0
