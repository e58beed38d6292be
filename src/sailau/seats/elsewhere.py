"""Seats won in other tiers, seen from the tier that takes them into account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sailau.seats.count import Count
from sailau.terms.errors import InvalidLaw, LawSilent, MissingFigure
from sailau.terms.speech import say
from sailau.terms.tally import LINES, NATION


def tier_done(count: Count, name: str) -> Count:
    """Return a tier that was counted before.

    Raises
    ------
    InvalidLaw
        The law counts no such tier before this one, or the tally lacks its votes.
    """
    if name not in count.done:
        known = ", ".join(count.done) or "none"
        raise InvalidLaw(
            say(
                "{tier} takes account of the tier {name}, which was not counted before it (counted: {known})",
                tier=count.tier,
                name=name,
                known=known,
            ),
            hint=say(
                "the tally needs votes of {name}, and the law counts it before {tier}", name=name, tier=count.tier
            ),
        )
    return count.done[name]


def places(count: Count, tier: Count) -> dict[str, str]:
    """Return the area of this tier in which each district of another lies: its region, else the area of its own name.

    Raises
    ------
    MissingFigure
        Where a district lies is not known; its seats would be lost without a word.
    """
    regions = tier.ballots.regions
    if count.area == NATION and not count.areas:
        return dict.fromkeys(tier.areas, NATION)
    known = count.areas or {count.area: count}
    lost = [name for name in tier.areas if name not in regions and name not in known]
    if lost and (count.areas or (not regions and len(lost) == len(tier.areas))):
        raise MissingFigure(
            say(
                "the region of {lost} is not known, and {tier} takes account of what is won in it",
                lost=lost[0],
                tier=count.tier,
            ),
            hint=say("give each district of {tier} its region, in districts.csv of the election", tier=tier.tier),
        )
    return {name: regions.get(name, name) for name in tier.areas}


def areas_of(count: Count, tier: Count) -> dict[str, str]:
    """Return the area of this tier in which each district of another lies, where all of them have to lie in one.

    Raises
    ------
    MissingFigure
        A district lies in no area that this tier knows.
    """
    lies_in = places(count, tier)
    lost = sorted(name for name, area in lies_in.items() if area not in count.areas)
    if lost:
        raise MissingFigure(
            say(
                "{district} of {tier2} lies in {area}, which is no area of {tier}",
                district=lost[0],
                tier2=tier.tier,
                area=lies_in[lost[0]],
                tier=count.tier,
            ),
            hint=say("the areas of {tier}: {areas}", tier=count.tier, areas=", ".join(sorted(count.areas)[:8])),
        )
    return lies_in


def wins(count: Count, tiers: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Yield (area of this tier, winner, seats) of other tiers; a district belongs to the area that is its region."""
    for name in tiers:
        if name not in count.done and name in count.tally.declared:
            yield from _declared(count, name)
            continue
        tier = tier_done(count, name)
        yield from ((NATION, winner, n) for winner, n in tier.placed.items() if n)
        lies_in = places(count, tier)
        for area, part in tier.areas.items():
            yield from ((lies_in[area], winner, n) for winner, n in part.total_placed().items() if n)


def _declared(count: Count, name: str) -> Iterator[tuple[str, str, int]]:
    """Yield the seats of a tier that is taken over, for the nation; where in it they were won is not known."""
    if count.areas or count.area != NATION:
        raise MissingFigure(
            say(
                "{tier} takes account of {name} area by area, but its seats are known for the nation only",
                tier=count.tier,
                name=name,
            ),
            hint=say("give the votes of {name}, by district", name=name),
        )
    yield from ((NATION, winner, n) for winner, n in count.tally.declared[name].items() if n)


def seats_won(count: Count, name: str, contender: str) -> int:
    """Return the seats of a contender's party in another tier, counted before or declared; none where it is neither."""
    tier, party = count.done.get(name), count.tally.party(contender)
    won = count.tally.declared.get(name, {}) if tier is None else tier.total_placed()
    return sum(n for winner, n in won.items() if count.tally.party(winner) == party)


def is_independent(count: Count, winner: str) -> bool:
    """Say whether a candidate stands for no party."""
    return count.tally.contender(winner).kind == "independent"


def lists_by_party(count: Count) -> dict[str, str]:
    """Return the list of this tier that each party stands with."""
    return {count.tally.party(line): line for line in sorted(count.cast, reverse=True) if line not in LINES}


def won_by_area(count: Count, tiers: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return what the lists standing in each area won in other tiers there; without areas, under ``nation``."""
    parts = count.areas or {count.area: count}
    names, total = lists_by_party(count), {area: dict[str, int]() for area in parts}
    for area, winner, n in wins(count, tiers):
        own = names.get(count.tally.party(winner))
        if area in parts and own in parts[area].contenders() and own in count.contenders():
            total[area][own] = total[area].get(own, 0) + n
    return total


def others_by_area(count: Count, tiers: Sequence[str], *, only_independents: bool = False) -> dict[str, int]:
    """Return seats of other tiers won by those who do not take part here (or by independents alone), by area."""
    parts = count.areas or {count.area: count}
    names, total = lists_by_party(count), dict.fromkeys(parts, 0)
    for area, winner, n in wins(count, tiers):
        where = area if area in parts or count.areas else count.area
        if count.area not in (NATION, area) or (only_independents and not is_independent(count, winner)):
            continue
        own = names.get(count.tally.party(winner))
        part = parts.get(where)
        if part is None or own not in part.contenders() or own not in count.contenders():
            total[where] = total.get(where, 0) + n
    return total


def seats_of(count: Count, tiers: Sequence[str]) -> int:
    """Return the seats of other tiers that lie in this area (or in the nation)."""
    total = 0
    for name in tiers:
        if name not in count.done and name in count.tally.declared:
            total += sum(n for _, _, n in _declared(count, name))
            continue
        tier = tier_done(count, name)
        if count.area == NATION:
            total += tier.seats
            continue
        lies_in = places(count, tier)
        total += sum(seats_kept(part) for area, part in tier.areas.items() if lies_in[area] == count.area)
    return total


def seats_kept(part: Count) -> int:
    """Return the seats of a tier, or of a district of it, without those handed on (a tier has them off already)."""
    return part.seats if part.area == NATION else part.seats - part.handed_on


def contender_of_winner(count: Count, name: str) -> str:
    """Return the contender here, a list or a pool, that the only winner of another tier stands with.

    Raises
    ------
    LawSilent
        Nobody or several were elected there, or the winner stands with nobody who takes part here.
    """
    winners = [winner for winner, n in tier_done(count, name).total_placed().items() if n]
    if len(winners) != 1:
        raise LawSilent(say("{n} were elected in {tier}; a bonus goes with one", n=len(winners), tier=name))
    marks = count.tally.contender(winners[0])
    pool_of = {member: pool for pool, members in count.pools.items() for member in members}
    ways = (winners[0], count.tally.party(winners[0]), *marks.apparentment, *marks.members)
    found = [there for way in ways for there in (way, pool_of.get(way, "")) if there in count.contenders()]
    if not found:
        raise LawSilent(
            say("{winner}, elected in {tier}, stands with no list that takes part", winner=winners[0], tier=name)
        )
    return found[0]


def total_of(parts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Add up seats by area."""
    total: dict[str, int] = {}
    for seats in parts.values():
        for contender, n in seats.items():
            total[contender] = total.get(contender, 0) + n
    return total
