"""Words and tables for margins of victory."""

from __future__ import annotations

from collections.abc import Mapping

from sailau.records.election import Election
from sailau.report.results import caveats
from sailau.report.table import Cell, Table
from sailau.runs.margin import Margin, TierMargin
from sailau.runs.margin_papers import Change
from sailau.runs.margin_turns import Turn
from sailau.seats.rankings import Ranking
from sailau.terms.tally import NATION, Tally

SHOWN = 3
"""Rankings that a sentence names."""


def margin_table(found: Margin, tally: Tally, election: Election | None = None) -> Table:
    """Return the closest turns of every tier: what moves, how many votes, who gains and who loses."""
    rows = [_row(turn) for tier in found.tiers for turn in tier.turns]
    columns = ("tier", "area", "move", "from", "to", "votes", "gains", "losses", "cause", "crosses_the_bar")
    notes = [line for tier in found.tiers for line in sentences(tier)]
    notes += caveats(found.law, tally, election.decisions if election else None)
    title = f"{election.id} under {found.law}" if election else str(found.law)
    extra = {"law": str(found.law), "tiers": [_summary(tier) for tier in found.tiers]}
    return Table(columns, tuple(rows), title, tuple(notes), extra)


def sentences(tier: TierMargin) -> list[str]:
    """Say the margin of a tier, and what rounding alone would need."""
    if tier.best is None:
        nothing = "no number of votes changes a seat" if not tier.why else tier.why
        if tier.lower is not None and tier.lower > 1:
            nothing = f"fewer than {tier.lower:,} votes change no seat ({tier.why})"
        return [f"{tier.tier}: {nothing}"]
    if not tier.exact:
        bounds = f"{tier.tier}: the margin lies between {tier.lower or 0:,} and {tier.upper or 0:,} votes"
        return [f"{bounds} ({tier.why})", f"{tier.tier}: {in_words(tier.best)}"]
    lines = [f"{tier.tier}: the fewest votes that change a seat are {tier.best.votes:,}: {in_words(tier.best)}"]
    if tier.best.cause in ("threshold", "guarantee") and tier.rounding is not None:
        lines.append(f"{tier.tier}: without crossing a bar it takes {tier.rounding.votes:,}: {in_words(tier.rounding)}")
    return lines


def in_words(turn: Turn) -> str:
    """Say one turn in a sentence."""
    votes = f"{turn.votes:,} {'vote' if turn.papers is None else 'ballot'}" + ("" if turn.votes == 1 else "s")
    move = {
        "moved": f"{votes} from {turn.move.giver} to {turn.move.taker}",
        "added": f"{votes} more for {turn.move.taker}",
        "removed": f"{votes} less for {turn.move.giver}",
    }[turn.move.kind]
    where = "" if turn.area == NATION else f" in {turn.area}"
    bar = [f"{c} falls below the bar" for c in turn.leaves] + [f"{c} passes the bar" for c in turn.enters]
    change = _signed(turn.gains, turn.losses) or "only a lot can tell"
    papers = f" ({_ballots(turn.papers)})" if turn.papers is not None else ""
    return f"{move}{where}{papers}{': ' if bar else ''}{', '.join(bar)}; {change}"


def _ballots(papers: Change) -> str:
    """Say which ballots change, the rankings that most carry first."""
    sides = {"out": papers.out, "in": papers.into}
    return "; ".join(f"{side}: {_rankings(rankings)}" for side, rankings in sides.items() if rankings)


def _rankings(rankings: Mapping[Ranking, int]) -> str:
    line = sorted(rankings, key=lambda ranking: (-rankings[ranking], ranking))
    said = [f"{rankings[ranking]:,} of {' > '.join(ranking) or 'blank'}" for ranking in line[:SHOWN]]
    rest = line[SHOWN:]
    if rest:
        said.append(f"{sum(rankings[r] for r in rest):,} of {len(rest)} other ranking{'' if len(rest) == 1 else 's'}")
    return ", ".join(said)


def _signed(gains: Mapping[str, int], losses: Mapping[str, int]) -> str:
    return ", ".join([f"{c} +{n}" for c, n in gains.items()] + [f"{c} -{n}" for c, n in losses.items()])


def _row(turn: Turn) -> tuple[Cell, ...]:
    return (
        turn.tier,
        "" if turn.area == NATION else turn.area,
        turn.move.kind,
        turn.move.giver or "",
        turn.move.taker or "",
        turn.votes,
        _listed(turn.gains),
        _listed(turn.losses),
        turn.cause,
        ", ".join([f"{c} out" for c in turn.leaves] + [f"{c} in" for c in turn.enters]),
    )


def _listed(seats: Mapping[str, int]) -> str:
    return ", ".join(f"{c} {n}" for c, n in seats.items())


def _summary(tier: TierMargin) -> dict[str, object]:
    return {
        "tier": tier.tier,
        "exact": tier.exact,
        "lower": tier.lower,
        "upper": tier.upper,
        "rounding": tier.rounding.votes if tier.rounding else None,
        "why": tier.why or None,
        "turns": [_plain(turn) for turn in tier.turns],
    }


def _plain(turn: Turn) -> dict[str, object]:
    return {
        "area": turn.area,
        "kind": turn.move.kind,
        "from": turn.move.giver,
        "to": turn.move.taker,
        "votes": turn.votes,
        "gains": dict(turn.gains),
        "losses": dict(turn.losses),
        "cause": turn.cause,
        "enters": list(turn.enters),
        "leaves": list(turn.leaves),
        "ballots": _plain_papers(turn.papers) if turn.papers is not None else None,
    }


def _plain_papers(papers: Change) -> dict[str, list[dict[str, object]]]:
    sides = {"out": papers.out, "in": papers.into}
    return {
        side: [{"ranking": list(ranking), "ballots": rankings[ranking]} for ranking in sorted(rankings)]
        for side, rankings in sides.items()
    }
