"""Figures of a record that cannot all be true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sailau.terms.speech import say
from sailau.terms.tally import INVALID, NATION, Ballots, Tally

_NO_MORE = (("valid", "ballots"), ("ballots", "registered"), ("voters", "registered"))


def contradictions(tier: str, ballots: Ballots) -> Iterator[tuple[str, str]]:
    """Yield what cannot be in the figures of a tier: the name under which `conflicts` speaks of it, and a sentence.

    Lines have to add up to the valid ballots, of an area and of the whole; valid ballots are ballots, and nobody votes
    who is not registered.
    """
    lines = {area: sum(n for line, n in votes.items() if line != INVALID) for area, votes in ballots.votes.items()}
    if lines and NATION not in lines:
        lines[NATION] = sum(lines.values())
    for area in sorted({*ballots.totals, *lines}):
        figures = ballots.totals.get(area, {})
        at = tier if area == NATION else f"{tier}.{area}"
        valid, total = figures.get("valid"), lines.get(area)
        if valid is not None and total is not None and valid != total:
            sentence = "{tier}, {area}: the lines add up to {total:,}, the valid ballots are {valid:,}"
            yield f"{at}.valid", say(sentence, tier=tier, area=area, total=total, valid=valid)
        for low, high in _NO_MORE:
            less, more = figures.get(low), figures.get(high)
            if less is not None and more is not None and less > more:
                sentence = "{tier}, {area}: {low} is {less:,}, {high} only {more:,}"
                yield f"{at}.{low}", say(sentence, tier=tier, area=area, low=low, less=less, high=high, more=more)


def contradictions_of_seats(
    tally: Tally, official: Mapping[str, Mapping[str, Mapping[str, int]]]
) -> Iterator[tuple[str, str]]:
    """Yield parties that the districts give more official seats than the whole has for them."""
    for tier, areas in official.items():
        if NATION not in areas or len(areas) == 1:
            continue
        whole = tally.by_party(areas[NATION])
        parts: dict[str, int] = {}
        for area, seats in areas.items():
            for party, n in tally.by_party(seats).items() if area != NATION else ():
                parts[party] = parts.get(party, 0) + n
        for party, n in sorted(parts.items()):
            if n > whole.get(party, 0):
                sentence = "{tier}: {party} has {n} seats in the districts, {whole} in the whole"
                yield f"{tier}.seats", say(sentence, tier=tier, party=party, n=n, whole=whole.get(party, 0))
