"""Two-vote tallies for the tests of steps that look at two tiers: districts of one seat, lists by area."""

from __future__ import annotations

from sailau.seats.count import Count, Step
from sailau.seats.elect import Elect
from sailau.seats.tier import Tier
from sailau.terms.tally import Ballots, Contender, Tally

ELECT = Elect(rule="plurality", cite="x 1")


def districts(wins: dict[str, str]) -> dict[str, dict[str, int]]:
    """Return one district for each letter of ``{"north": "aab"}``: won by that letter, with a loser of 1 vote."""
    return {
        f"{area}{i}": {winner: 60, "loser": 40} for area, winners in wins.items() for i, winner in enumerate(winners, 1)
    }


def tally(
    wins: dict[str, str],
    lists: dict[str, dict[str, int]],
    *,
    population: dict[str, int] | None = None,
    contenders: dict[str, Contender] | None = None,
    direct: dict[str, dict[str, int]] | None = None,
) -> Tally:
    direct = direct or districts(wins)
    regions = {name: name.rstrip("0123456789") for name in direct}
    totals = {area: {"population": n} for area, n in (population or {}).items()}
    return Tally({"direct": Ballots(direct, regions=regions), "list": Ballots(lists, totals)}, contenders or {})


def count(steps: list[Step], given: Tally, seats: int) -> tuple[Count, Count]:
    """Return the counts of the districts and of the lists; the districts as the lists left them."""
    direct = Tier(name="direct", seats=None, district="single_member", ballot="candidate", steps=(ELECT,))
    lists = Tier(name="list", seats=seats, district="nationwide", ballot="closed_list", steps=tuple(steps))
    first = direct.count(given, done={}, decisions={}, trail=())
    second = lists.count(given, done={"direct": first}, decisions={}, trail=first.trail)
    return second.done["direct"], second


def placed(part: Count) -> dict[str, dict[str, int]]:
    return {area: {c: n for c, n in one.placed.items() if n} for area, one in part.areas.items()}
