"""Calls on the registration of parties: what the law of a day asks, and how often attempts got through."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

from sailau.claims.figure import Figure, Grade, NoData
from sailau.claims.worded import country as named
from sailau.claims.world import World
from sailau.files.places import shipped
from sailau.files.told import told, told_code
from sailau.records.registers import load_cases, load_party_law
from sailau.terms.errors import NotFound
from sailau.terms.speech import joined, say


def parties_bar(world: World, *, country: str, on: date, condition: str = "members", what: str = "total") -> Figure:
    """Return a number that the law on parties of a day asks for, for instance the total of members."""
    del world  # the registers lie in the package
    law = load_party_law(f"{country}/parties", on=on)
    for part in law.conditions:
        if part.name == condition:
            value = getattr(part, what, None)
            if not isinstance(value, int):
                raise NotFound(f"number of the condition {condition}", what, [])
            checked = "" if law.checked else say(" (not compared with the statute)")
            words = say(
                "{condition}, {what}, by {law}",
                condition=told_code(condition),
                what=told_code(what),
                law=f"{law.id}@{law.edition}",
            )
            return Figure(
                value,
                joined([words, checked], ""),
                Grade.law,
                unit="persons",
                sources=(f"{law.id}@{law.edition}",),
                records=(Path(law.path),),
            )
    raise NotFound("condition", condition, [part.name for part in law.conditions])


def parties_rate(world: World, *, country: str, gate: str) -> Figure:
    """Return share of recorded attempts that got through a gate, with the interval of Jeffreys (95 %)."""
    del world  # the registers lie in the package
    cases = load_cases(country)
    if cases is None:
        raise NoData(say("recorded attempts to register a party: {country}", country=named(country)))
    if gate not in cases.rates:
        raise NotFound("gate", gate, list(cases.rates))
    rate = cases.rates[gate]
    words = say("{passed} of {tried}: {name}", passed=rate.passed, tried=rate.tried, name=told(rate.name))
    path = shipped("registers") / country / "cases.yaml"
    return Figure(
        Fraction(rate.passed, rate.tried),
        words,
        Grade.cases,
        low=rate.quantile(0.025),
        high=rate.quantile(0.975),
        unit="share",
        sources=(f"registers/{country}/cases",),
        records=(path,),
    )
