"""What a count measures: how far seats are from votes, how many parties count, and whose votes brought no seat."""

from __future__ import annotations

from sailau.law.result import Result
from sailau.power import measures as m
from sailau.power.shares import aligned
from sailau.terms.tally import LINES

MEASURES = ("gallagher", "loosemore_hanby", "enp_votes", "enp_seats", "wasted", "largest_out")


def measures_of(result: Result) -> dict[str, float]:
    """Return the measures of a count by name, shares in percent; none where there are no votes or no seats."""
    votes, seats = result.tally.party_votes(), result.seats
    if not sum(votes.values()) or not sum(seats.values()):
        return {}
    _, v, s = aligned(votes, seats)
    out = [n / sum(votes.values()) for party, n in votes.items() if not seats.get(party) and party not in LINES]
    return {
        "gallagher": 100 * m.gallagher(v, s),
        "loosemore_hanby": 100 * m.loosemore_hanby(v, s),
        "enp_votes": m.effective_number(v),
        "enp_seats": m.effective_number(s),
        "wasted": 100 * sum(out),
        "largest_out": 100 * max(out, default=0.0),
    }
