"""What calls on elections share: seats and votes by party, and the files that they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from sailau.claims.world import World
from sailau.terms.errors import NotFound
from sailau.terms.tally import AGAINST_ALL, LINES


def records_of(world: World, name: str) -> tuple[Path, ...]:
    """Return the files that an answer rests on: those of the election, and its law."""
    election = world.election(name)
    law = world.replay(name).law
    return (*sorted(p for p in Path(election.path).iterdir() if p.is_file()), Path(law.path))


def seats_in(world: World, name: str, tier: str | None) -> Mapping[str, int]:
    """Return the seats of a house by party, or of one tier of it.

    Raises
    ------
    NotFound
        The law has no such tier.
    Undecided
        The law leaves the count open.
    """
    seen = world.replay(name)
    if tier is None:
        return seen.house
    if tier in seen.election.declared:
        total = Counter[str]()
        for area in seen.election.official.get(tier, {}).values():
            total.update(area)
        return total
    if seen.question is not None or seen.result is None:
        raise seen.question or NotFound("count of", name)
    if tier not in seen.result.tiers:
        raise NotFound("tier", tier, list(seen.result.tiers))
    return seen.result.tiers[tier]


def votes_in(world: World, name: str, tier: str | None) -> dict[str, int]:
    """Return the votes of an election by party, those against all among them; of its first tier unless one is named.

    Raises
    ------
    NotFound
        The election has no such tier.
    """
    tally = world.election(name).tally
    chosen = tier or next(iter(tally.tiers))
    if chosen not in tally.tiers:
        raise NotFound("tier", chosen, list(tally.tiers))
    total: dict[str, int] = {}
    for lines in tally.tiers[chosen].votes.values():
        for contender, n in lines.items():
            if contender in LINES and contender != AGAINST_ALL:
                continue
            party = tally.party(contender)
            total[party] = total.get(party, 0) + n
    return total


def sum_of(parties: tuple[str, ...], seats: Mapping[str, int], name: str) -> int:
    """Return the seats or votes of some parties together.

    Raises
    ------
    NotFound
        A party is not among them; `name` says where it was looked for.
    """
    for party in parties:
        if party not in seats:
            raise NotFound(f"party in {name}", party, list(seats))
    return sum(seats[party] for party in parties)
