"""Voter numbers: list votes made comparable between districts in which a voter has as many votes as there are seats."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from sailau.seats.count import Count
from sailau.terms.moving import rounded_down
from sailau.terms.numbers import ratio
from sailau.terms.tally import LINES

Weigh = Literal["votes", "voters"]
"""What a party's claim is summed from: votes as they are, or votes over the seats of the district."""


def weighed(votes: int, seats: int, weigh: Weigh, grain: Fraction | None) -> Fraction:
    """Return votes, or votes over seats, rounded to a multiple of `grain` (a half up) where the law rounds."""
    if weigh == "votes":
        return ratio(votes)
    number = ratio(votes, seats)
    return number if grain is None else rounded_down(number / grain + Fraction(1, 2)) * grain


def claims(count: Count, weigh: Weigh, grain: Fraction | None) -> dict[str, Fraction]:
    """Return the claim of every list as it was cast, those included that no longer take part."""
    parts: Mapping[str, Count] = count.areas or {count.area: count}
    if weigh == "votes":
        votes: dict[str, int] = {}
        for part in parts.values():
            for line, n in part.cast.items():
                votes[line] = votes.get(line, 0) + n
        return {line: ratio(votes[line]) for line in sorted(votes) if line not in LINES}
    total: dict[str, Fraction] = {}
    for name in sorted(parts):
        part = parts[name]
        for line, n in part.cast.items():
            if line not in LINES and part.seats:
                total[line] = total.get(line, Fraction(0)) + weighed(n, part.seats, weigh, grain)
    return total
