"""Ballots that change where voters rank: which rankings are taken out and which are put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sailau.runs.margin_contest import Move, moved_totals
from sailau.seats.rankings import Ranking
from sailau.terms.tally import Tally


@dataclass(frozen=True, slots=True)
class Change:
    """Ballots taken out and ballots put in.

    Attributes
    ----------
    out, into : mapping of ranking to int
    """

    out: Mapping[Ranking, int]
    into: Mapping[Ranking, int]

    @property
    def size(self) -> int:
        """Ballots that change: those taken out or put in, whichever are more."""
        return max(sum(self.out.values()), sum(self.into.values()))


def change_by(papers: Mapping[Ranking, int], move: Move, t: int) -> Change:
    """Return the change by which `t` ballots that have `giver` first go, and as many for `taker` alone come."""
    out, left = {}, t
    for ranking in sorted(r for r in papers if move.giver is not None and r[:1] == (move.giver,)):
        taken = min(left, papers[ranking])
        if taken:
            out[ranking] = taken
        left -= taken
    return Change(out, {(move.taker,): t} if move.taker is not None else {})


def with_papers(tally: Tally, tier: str, area: str, change: Change) -> Tally:
    """Return the tally with some ballots taken out and others put in."""
    ballots = tally.tiers[tier]
    rankings, lines = dict(ballots.rankings[area]), dict(ballots.votes[area])
    for papers, sign in ((change.out, -1), (change.into, 1)):
        for ranking, n in papers.items():
            rankings[ranking] = rankings.get(ranking, 0) + sign * n
            first = next((name for name in ranking if name in lines), None)
            if first is not None:
                lines[first] += sign * n
    more = sum(change.into.values()) - sum(change.out.values())
    changed = moved_totals(ballots, area, {"": 1}, more)
    votes = {**ballots.votes, area: lines}
    kept = {ranking: n for ranking, n in rankings.items() if n}
    changed = replace(changed, votes=votes, rankings={**ballots.rankings, area: kept})
    return replace(tally, tiers={**tally.tiers, tier: changed})
