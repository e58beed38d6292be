"""Calls on laws: what an edition says, read from the edition in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from sailau.claims.figure import Figure, Grade
from sailau.claims.world import World
from sailau.law.acts import load_constitution
from sailau.law.edition import Law
from sailau.terms.errors import NotFound
from sailau.terms.numbers import exact
from sailau.terms.speech import coded, joined, named, quoted, say


def _figure(law: Law, value: Any, words: str, unit: str) -> Figure:
    checked = "" if law.checked else say(" (not compared with the statute)")
    told = joined([words, f", {law}", checked], "")
    return Figure(value, told, Grade.law, unit=unit, sources=(str(law),), records=(Path(law.path),))


def _tiers(law: Law) -> Mapping[str, Mapping[str, Any]]:
    tiers: Any = law.document["tiers"]
    checked: Mapping[str, Mapping[str, Any]] = tiers
    return checked


def law_seats(world: World, *, law: str, on: date, tier: str | None = None) -> Figure:
    """Return seats of a house, or of one of its tiers, by the edition in force on a day."""
    edition = world.law(law, on)
    if tier is None:
        return _figure(edition, edition.total, say("seats of the house"), "seats")
    edition.tier(tier)
    return _figure(
        edition, int(_tiers(edition)[tier]["seats"]), say("seats of the tier {tier}", tier=coded(tier)), "seats"
    )


def law_part(world: World, *, law: str, on: date, tier: str) -> Figure:
    """Return share of the seats of a house that one tier fills."""
    seats, total = law_seats(world, law=law, on=on, tier=tier), law_seats(world, law=law, on=on)
    edition = world.law(law, on)
    words = say("share of seats of the tier {tier}", tier=coded(tier))
    return _figure(edition, Fraction(int(seats.value), int(total.value)), words, "share")


def law_bar(world: World, *, law: str, on: date, tier: str = "list") -> Figure:
    """Return the threshold of a tier, none being 0."""
    edition = world.law(law, on)
    edition.tier(tier)
    for step in _tiers(edition)[tier]["steps"]:
        if "threshold" in step:
            words = say("threshold of the tier {tier}", tier=coded(tier))
            return _figure(edition, exact(step["threshold"]["share"]), words, "share")
    return _figure(edition, Fraction(0), say("no threshold in the tier {tier}", tier=coded(tier)), "share")


def acts_needed(world: World, *, country: str, act: str, house: str, members: int, on: date) -> Figure:
    """Return votes that an act needs, by the constitution of a day."""
    del world  # acts lie in the package
    constitution = load_constitution(country, on)
    if constitution is None:
        raise NotFound("constitution with its acts", country)
    for rule in constitution.acts:
        if rule.act == act and rule.house == house:
            return Figure(
                rule.votes(members),
                say(
                    "votes of {members} needed: {act} ({cite})",
                    members=members,
                    act=named(act),
                    cite=quoted(rule.cite),
                ),
                Grade.law,
                unit="seats",
                sources=(constitution.name,),
            )
    raise NotFound("act", act, [rule.act for rule in constitution.acts])
