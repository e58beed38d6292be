"""Margins of a first round, where others in the second one might be elected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sailau.runs.margin_contest import Contest, Kind
from sailau.seats.elect import Elect
from sailau.terms.tally import LINES, second_round_of


def others_may_stand(fields: Sequence[Contest], kinds: Sequence[Kind]) -> int | None:
    """Return the fewest votes of a first round with which others may stand in the second; None where there was none.

    How people would have voted in another second round is not in the figures. One vote is the bound where those who
    stood were not the first of the first round, because somebody gave up a place or a lot gave it.
    """
    found = [votes for field in fields for votes in _of_area(field, kinds)]
    return min(found, default=None)


def _of_area(field: Contest, kinds: Sequence[Kind]) -> Iterator[int]:
    step, count = field.body[-1], field.part
    ballots = count.tally.tiers.get(second_round_of(field.tier.name))
    cast = ballots.votes.get(count.area) if ballots else None
    if not isinstance(step, Elect) or step.rule != "majority" or cast is None:
        return
    votes = count.contenders()
    if max(votes.values(), default=0) > step.share * count.base(step.of):
        return
    line = sorted(votes, key=lambda c: -votes[c])
    stood = {c for c, n in cast.items() if n and c not in LINES}
    if stood != {*line[: step.runoff]}:
        yield 1
    elif len(line) > step.runoff:
        gap = votes[line[step.runoff - 1]] - votes[line[step.runoff]]
        yield max(1, -(-gap // 2) if "moved" in kinds else gap)
