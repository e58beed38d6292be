"""What a count by rankings puts into the trail, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sailau.seats.rankings import LAST_SURPLUS
from sailau.seats.stages import Ranked, Stage
from sailau.terms.trail import Cause
from sailau.terms.words import decimal, grouped, listed, named, say, spell, votes_first


def reasons(made: Ranked, terms: Mapping[str, Any]) -> tuple[Mapping[str, Any], Sequence[Cause]]:
    """Return the facts of a count under some terms, and why each seat was given."""
    facts = {
        **terms,
        "valid": made.valid,
        "blank": made.blank,
        "elected": list(made.elected),
        "stages": [_facts(stage) for stage in made.stages],
    }
    causes: list[Cause] = []
    for stage in made.stages:
        for name, how in stage.elected:
            causes.append(Cause(name, (1,), f"ranked_{how}", stage.votes(stage.totals[name]), len(causes) + 1))
    return facts, causes


def _facts(stage: Stage) -> dict[str, Any]:
    unit, after = stage.unit, stage.after
    return {
        "number": stage.number,
        "quota": Fraction(stage.quota, unit),
        "totals": {name: Fraction(n, unit) for name, n in votes_first(stage.totals).items()},
        "spent": {why: Fraction(n, unit) for why, n in stage.spent.items()},
        "lost": Fraction(stage.lost, unit),
        "elected": [name for name, _ in stage.elected],
        "action": stage.action,
        "sources": list(stage.sources),
        "transfers": [
            {
                "source": t.source,
                "gains": {name: Fraction(n, after) for name, n in votes_first(t.gains).items()},
                "ended": {why: Fraction(n, after) for why, n in t.ended.items()},
                "lost": Fraction(t.lost, after),
                "values": [[Fraction(old, after), Fraction(new, after), n] for old, new, n in t.values],
            }
            for t in stage.transfers
        ],
        "tied": list(stage.tied),
        "keeps": {name: Fraction(n, unit) for name, n in stage.keeps.items()},
    }


_NO_QUOTA = {
    "alternative": "more than half of the votes that continue",
    "in_turn": "each seat in turn: more than half of the votes that continue",
    "exclusion": "no quota: who is left when the others are excluded",
    "meek": "votes kept / (seats + 1)",
}


def votes_words(value: Fraction | int) -> str:
    """Return votes: with up to five decimals where they say it all, else as a short mixed number or cut to five."""
    value = Fraction(value)
    if value.denominator == 1:
        return grouped(value.numerator)
    if (value * 10**5).denominator == 1:
        return decimal(value, 5).rstrip("0")
    return spell(value) if value.denominator < 100 else decimal(value, 5)


def quota_words(facts: Mapping[str, Any]) -> str:
    """Say what elects."""
    valid, seats = grouped(facts["valid"]), facts["seats"]
    if facts["quota_name"] is None:
        name = say(_NO_QUOTA[facts["rule"]])
        return say("{name}; {valid} ballots, {seats} seats", name=name, valid=valid, seats=seats)
    name = named(facts["quota_name"])
    quota = facts["stages"][0]["quota"]
    return say(
        "{name} of {valid} votes and {seats} seats = {quota}",
        name=name,
        valid=valid,
        seats=seats,
        quota=votes_words(quota),
    )


def stage_words(stage: Mapping[str, Any]) -> list[str]:
    """Say what a stage held and what was done."""
    out = [listed(stage["totals"], votes_words)]
    if stage["elected"]:
        out.append(say("elected: {names}", names=listed(stage["elected"])))
    if stage["tied"]:
        out.append(say("tie of {names}", names=listed(stage["tied"])))
    for moved in stage["transfers"]:
        verb = say("surplus of") if stage["action"] == "surplus" else say("excluded:")
        gains, aside = listed(moved["gains"], votes_words), moved["ended"].get(LAST_SURPLUS, 0)
        rest = sum(moved["ended"].values()) - aside
        if gains or not aside:
            text = say("{verb} {source}; to {gains}", verb=verb, source=moved["source"], gains=gains)
        else:
            text = f"{verb} {moved['source']}"
        if aside:
            text += say("; set aside {n}", n=votes_words(aside))
        if rest:
            text += say("; without a next preference {n}", n=votes_words(rest))
        if moved["lost"]:
            text += say("; lost by rounding {n}", n=votes_words(moved["lost"]))
        out.append(text)
    if stage["sources"] and not stage["transfers"]:
        out.append(say("excluded: {names}", names=listed(stage["sources"])))
    return out
