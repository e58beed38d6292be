"""What can be chosen: elections by country, laws that can count them."""

from __future__ import annotations

from collections.abc import Sequence

from sailau.locale import country_name
from sailau.records.election import Election
from sailau.records.heads import Head
from sailau.terms.speech import quoted
from sailau.web.desk import Desk
from sailau.web.scene import named
from sailau.web.words import Words

Group = tuple[str, Sequence[tuple[str, str]]]
"""A heading, and the choices under it as (id, words)."""


def country(code: str, words: Words) -> str:
    """Return the name of a country."""
    return country_name(code, words.lang)


def elections_by_country(desk: Desk, words: Words) -> list[Group]:
    """Return all elections, the reader's own first, then by country, the newest of each first."""
    groups: dict[str, list[Head]] = {}
    for head in desk.heads():
        groups.setdefault(country(head.country, words), []).append(head)
    return [
        (
            name,
            [
                (head.election, words.head(head))
                for head in sorted(heads, key=lambda h: (h.day, h.election), reverse=True)
            ],
        )
        for name, heads in sorted(groups.items())
    ]


def laws_for(desk: Desk, election: Election, words: Words) -> list[Group]:
    """Return the editions that can count an election: its own house first, then its country, then others."""
    house = election.law.partition("@")[0]
    land = house.split("/")[0]
    groups: dict[str, list[tuple[str, str]]] = {}
    order = {words("laws.same"): 0, words("laws.country"): 1}
    for law in desk.editions():
        if not any(tier.name in election.tally.tiers for tier in law.tiers if tier.needs_votes):
            continue
        if law.id == house:
            group = words("laws.same")
        elif law.id.split("/")[0] == land:
            group = words("laws.country")
        else:
            group = country(law.id.split("/")[0], words)
        groups.setdefault(group, []).append((named(law), quoted(f"{law.id} {law.since.year} · {law.name}")))
    return sorted(groups.items(), key=lambda item: (order.get(item[0], 2), item[0]))
