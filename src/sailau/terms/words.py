"""Words for the trail: one table of sentences, filled with the figures of each entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sailau.terms.numbers import decimal, percent, spell
from sailau.terms.tally import NATION
from sailau.terms.trail import Cause, Entry, Trail

SENTENCES: Mapping[str, str] = {
    "eligible": "{dropped} cannot win a seat; {kept} lines take part",
    "eligible.all": "every line can take part ({kept})",
    "threshold": "{share} of {base} {of} = {bar} votes{more}; {passed} pass",
    "threshold.out": "; out: {out}",
    "threshold.otherwise": "; let in without it: {otherwise}",
    "guarantee": "{passed} passed alone; let in as next largest: {admitted}, "
    "with {weight} of its quotas and at least {minimum} seats",
    "guarantee.idle": "{passed} lists passed, so the guarantee of {lists} is not needed",
    "quota": "{total} / {divided} = {quota}",
    "quota.named": "{name} of {total} votes and {seats} seats = {quota}",
    "whole": "{whole} = {placed}",
    "rest": "{n} by remainder: {rest}{next}{tie}",
    "rest.next": "; next {next}",
    "rest.none": "none left",
    "rest.left": "{left} left for a later step",
    "tie": "; tie of {tied}, settled by {rule}",
    "guaranteed": "quotas {claims}; whole or guaranteed: {whole}",
    "guaranteed.rest": "all {rest} seats left go to {to}",
    "divisor": "{seats} seats to the highest quotients, votes / ({formula})",
    "divisor.placed": "{placed}",
    "divisor.last": "last seat: {last}; next: {next}",
    "divisor.interval": "any divisor from {low} to {high} gives these seats",
    "plurality": "{winners} with {votes} votes{next}",
    "majority": "{winners}: {votes} votes, more than {share} of {base} {of} = {bar}",
    "runoff": "nobody had a majority; second round: {winners} with {votes} votes{next}",
    "unopposed": "{winners} stood alone",
    "appoint": "{seats} seats by {by}",
    "fill": "persons: {order}",
    "fill.missing": "; fewer names than seats: {missing}, vacant",
    "fill.reserved": "; {reserved} of each list's mandates for {groups}: {minimum}{rounding}",
    "fill.rounding": " (the law does not say how to round)",
    "seat.quota": "{n} by whole quotas ({claim} quotas)",
    "seat.remainder": "1 by remainder {claim} (place {rank})",
    "seat.quotient": "{n} by quotients from {first} to {last}",
    "seat.infinite": "{n}, the first before any quotient",
    "seat.guarantee": "{n} by the guarantee ({claim} weighted quotas)",
    "seat.rest": "{n} as the rest of the distribution",
    "seat.plurality": "{n} with {claim} votes",
    "seat.majority": "{n} with {claim} votes",
    "seat.appointed": "{n} appointed",
    "seat.none": "no seat: {why}",
    "seat.below": "{votes} votes are below the bar of {bar}",
}


def say(key: str, /, **values: object) -> str:
    """Return the sentence of that key, filled in."""
    return SENTENCES[key].format(**values)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: what it is about, what happened, and the clause."""

    label: str
    text: str
    cite: str = ""
    tier: str = ""
    area: str = ""


def explain(trail: Trail, contender: str | None = None) -> str:
    """Return the explanation as text in columns; of one contender's seats only when it is named."""
    rows = list(lines(trail, contender))
    width = max((len(row.label) for row in rows), default=0)
    out, here = [], ("", "")
    for row in rows:
        if (row.tier, row.area) != here:
            here = (row.tier, row.area)
            out.append(row.tier if row.area == NATION else f"{row.tier}, {row.area}")
        cite = f"  [{row.cite}]" if row.cite else ""
        out.append(f"  {row.label:<{width}}  {row.text}{cite}")
    return "\n".join(out)


def lines(trail: Trail, contender: str | None = None) -> list[Line]:
    """Return the explanation line by line."""
    out: list[Line] = []
    for entry in trail:
        words = _of_contender(entry, contender) if contender else _WORDS[entry.key](entry)
        shown = False
        for label, text in words:
            cite = "" if shown else entry.cite
            out.append(Line(label, text, cite, entry.tier, entry.area))
            shown = True
    return out


def listed(items: Mapping[str, Any] | Sequence[str], show: Callable[[Any], str] = lambda n: f"{n:,}") -> str:
    """Return ``a 3, b 2``; ``nobody`` when there is none."""
    if isinstance(items, Mapping):
        return ", ".join(f"{name} {show(value)}" for name, value in items.items()) or "nobody"
    return ", ".join(items) or "nobody"


def _votes_first(votes: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(votes.items(), key=lambda item: (-item[1], item[0])))


def _eligible(entry: Entry) -> list[tuple[str, str]]:
    facts = entry.facts
    if not facts["dropped"]:
        return [("eligible", say("eligible.all", kept=facts["kept"]))]
    return [("eligible", say("eligible", dropped=listed(facts["dropped"]), kept=facts["kept"]))]


def _bar(value: Fraction) -> str:
    return decimal(value, 2) if (value * 100).denominator == 1 else spell(value)


def _threshold(entry: Entry) -> list[tuple[str, str]]:
    facts = entry.facts
    text = say(
        "threshold",
        share=percent(facts["share"]),
        base=f"{facts['base']:,}",
        of=facts["of"].replace("_", " "),
        bar=_bar(facts["bar"]),
        more=", more than that needed" if facts["strict"] else "",
        passed=listed(_votes_first(facts["passed"])),
    )
    if facts["out"]:
        text += say("threshold.out", out=listed(_votes_first(facts["out"])))
    if facts["otherwise"]:
        text += say("threshold.otherwise", otherwise=listed(facts["otherwise"]))
    return [("threshold", text)]


def _guarantee(entry: Entry) -> list[tuple[str, str]]:
    facts = entry.facts
    text = say(
        "guarantee",
        passed=listed(list(facts["passed"])),
        admitted=listed(facts["admitted"]),
        weight=spell(facts["weight"]),
        minimum=facts["minimum"],
    )
    return [("guarantee", text)]


def _idle(entry: Entry) -> list[tuple[str, str]]:
    return [("guarantee", say("guarantee.idle", passed=entry.facts["passed"], lists=entry.facts["lists"]))]


def _tie(facts: Mapping[str, Any]) -> str:
    if not facts["tied"]:
        return ""
    rule = ", then ".join(facts["ties"]).replace("_", " ") or "a decision from outside"
    return say("tie", tied=listed(facts["tied"]), rule=rule)


def _quota(entry: Entry) -> list[tuple[str, str]]:
    facts = entry.facts
    if facts["quota_name"] == "hare":
        price = say("quota", total=f"{facts['total']:,}", divided=facts["seats"], quota=spell(facts["quota"]))
    else:
        name, total = facts["quota_name"].replace("_", " "), f"{facts['total']:,}"
        price = say("quota.named", name=name, total=total, seats=facts["seats"], quota=spell(facts["quota"]))
    out = [("quota", price), ("whole", say("whole", whole=listed(facts["whole"]), placed=facts["placed"]))]
    if facts["rest"]:
        following = say("rest.next", next=listed(facts["next"], decimal)) if facts["next"] else ""
        rest = listed(facts["rest"], decimal)
        out.append(("rest", say("rest", n=len(facts["rest"]), rest=rest, next=following, tie=_tie(facts))))
    elif facts["left"]:
        out.append(("rest", say("rest.left", left=facts["left"])))
    else:
        out.append(("rest", say("rest.none")))
    return out


def _guaranteed(entry: Entry) -> list[tuple[str, str]]:
    facts = entry.facts
    out = [
        ("quota", f"{spell(facts['quota'])}"),
        ("whole", say("guaranteed", claims=listed(facts["claims"], decimal), whole=listed(facts["whole"]))),
    ]
    if facts["rest"]:
        out.append(("rest", say("guaranteed.rest", rest=facts["rest"], to=listed(facts["to"]))))
    return out


def _claim(value: Fraction | None, power: int = 1) -> str:
    if value is None:
        return "∞"
    if power == 1:
        return spell(value) if value.denominator < 100 else decimal(value, 4)
    return f"{float(value) ** (1 / power):,.4f}"


def _divisor(entry: Entry) -> list[tuple[str, str]]:
    facts, power = entry.facts, entry.facts["power"]
    out = [("quotients", say("divisor", seats=facts["seats"], formula=facts["formula"]))]
    if "quota" in facts:
        name = facts["quota_name"].replace("_", " ")
        out.insert(0, ("quota", f"{name} {spell(facts['quota'])}; whole: {listed(facts['held'])}"))
    out.append(("seats", say("divisor.placed", placed=listed(_votes_first(facts["placed"])))))
    if facts["last"]:

        def show(value: Fraction | None) -> str:
            return _claim(value, power)

        following = listed(facts["next"], show) if facts["next"] else "nobody"
        text = say("divisor.last", last=listed(facts["last"], show), next=following) + _tie(facts)
        out.append(("last", text))
    return out


def _elect(key: str) -> Callable[[Entry], list[tuple[str, str]]]:
    def words(entry: Entry) -> list[tuple[str, str]]:
        facts = entry.facts
        votes, winners = facts["votes"], facts["winners"]
        others = {c: n for c, n in _votes_first(votes).items() if c not in winners}
        best = next(iter(others.items()), None)
        values: dict[str, object] = {
            "winners": listed(list(winners)),
            "votes": ", ".join(f"{n:,}" for n in winners.values()),
            "next": f"; next {best[0]} {best[1]:,}" if best else "",
        }
        if key == "majority":
            values |= {"share": percent(facts["share"]), "base": f"{facts['base']:,}", "of": facts["of"]}
            values["bar"] = _bar(facts["bar"])
        return [("elected", say(key, **values))]

    return words


def _appoint(entry: Entry) -> list[tuple[str, str]]:
    by = entry.facts["by"].replace("_", " ")
    return [("appointed", say("appoint", seats=entry.facts["seats"], by=by))]


def _fill(entry: Entry) -> list[tuple[str, str]]:
    facts = entry.facts
    text = say("fill", order=facts["order"].replace("_", " "))
    if facts["missing"]:
        text += say("fill.missing", missing=listed(facts["missing"]))
    if "reserved" in facts:
        open_ = any(value.denominator > 1 for value in facts["minimum"].values()) and facts["rounding"] is None
        text += say(
            "fill.reserved",
            reserved=percent(facts["reserved"]),
            groups=", ".join(facts["groups"]).replace("_", " "),
            minimum=listed(facts["minimum"], spell),
            rounding=say("fill.rounding") if open_ else "",
        )
    return [("fill", text)]


_WORDS: Mapping[str, Callable[[Entry], list[tuple[str, str]]]] = {
    "eligible": _eligible,
    "threshold": _threshold,
    "guarantee": _guarantee,
    "guarantee.idle": _idle,
    "allocate.quota": _quota,
    "allocate.guaranteed": _guaranteed,
    "allocate.divisor": _divisor,
    "allocate.averages": _divisor,
    "elect.plurality": _elect("plurality"),
    "elect.majority": _elect("majority"),
    "elect.runoff": _elect("runoff"),
    "elect.unopposed": _elect("unopposed"),
    "appoint": _appoint,
    "fill": _fill,
}


def _of_contender(entry: Entry, contender: str) -> list[tuple[str, str]]:
    if entry.key == "threshold" and contender in {**entry.facts["passed"], **entry.facts["out"]}:
        return [("threshold", _pass_or_fail(entry, contender))]
    if entry.key == "eligible" and contender in entry.facts["dropped"]:
        return [("eligible", say("eligible", dropped=contender, kept=entry.facts["kept"]))]
    if entry.key == "guarantee" and contender in entry.facts["admitted"]:
        return _guarantee(entry)
    own = [cause for cause in entry.causes if cause.contender == contender]
    if not own:
        return []
    price = [line for line in _WORDS[entry.key](entry) if line[0] == "quota"]
    before = entry.before.get(contender, 0)
    standing = f" (it held {before} before)" if before else ""
    return price + [("seats", text + standing) for text in _seats(own, entry)]


def _pass_or_fail(entry: Entry, contender: str) -> str:
    facts = entry.facts
    votes = facts["passed"].get(contender, facts["out"].get(contender))
    verdict = "passes" if contender in facts["passed"] else "is out"
    gap = votes - facts["bar"]
    side = "above" if gap >= 0 else "below"
    bar = f"{percent(facts['share'])} of {facts['base']:,} {facts['of'].replace('_', ' ')} = {_bar(facts['bar'])}"
    return f"{contender} {verdict}: {votes:,} votes, {decimal(abs(gap), 2)} {side} the bar ({bar})"


def _seats(causes: Sequence[Cause], entry: Entry) -> list[str]:
    by_kind: dict[str, list[Cause]] = {}
    for cause in causes:
        by_kind.setdefault(cause.kind, []).append(cause)
    return [_seat_words(kind, parts, entry) for kind, parts in by_kind.items()]


def _seat_words(kind: str, causes: Sequence[Cause], entry: Entry) -> str:
    n = sum(len(cause.seats) for cause in causes)
    power = entry.facts.get("power", 1)
    if kind == "quotient":
        claims = [_claim(cause.claim, power) for cause in causes]
        return say("seat.quotient", n=n, first=claims[0], last=claims[-1])
    first = causes[0]
    claim = "" if first.claim is None else decimal(first.claim, 4)
    if kind in ("plurality", "majority"):
        claim = f"{first.claim}"
    return say(f"seat.{kind}", n=n, claim=claim, rank=first.rank)
