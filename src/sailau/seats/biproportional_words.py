"""What the trail says of a matrix: claims, divisors as short as they can be, and how a cell rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor, log10
from typing import Any

from sailau.seats.biproportional_result import Biproportion
from sailau.terms.allocation import Allocation, DivisorCertificate
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, decimal, listed, named, say, votes_first

Divisors = tuple[Mapping[str, Fraction], Mapping[str, Fraction]]
"""Of districts and of parties."""


def short_divisors(made: Biproportion) -> Divisors:
    """Return divisors with few digits: votes over both round to the seats of the matrix.

    Where a tie leaves no room for rounding them, they are the exact ones.
    """
    unit = Fraction(*made.divisor.at(1)) - Fraction(*made.divisor.at(0))
    exact = ({d: unit / a for d, a in made.multipliers[0].items()}, {p: 1 / b for p, b in made.multipliers[1].items()})
    if not exact[1]:
        return exact
    middle = sorted(exact[1].values())[len(exact[1]) // 2]
    for digits in range(2, 16):
        parties = {p: _rounded(c / middle, digits) for p, c in exact[1].items()}
        ranges = {d: _range(made, d, parties, unit) for d in exact[0]}
        if all(low <= high for low, high in ranges.values()):
            return {d: _shortest(low, high) for d, (low, high) in ranges.items()}, parties
    return exact


def _rounded(value: Fraction, digits: int) -> Fraction:
    power = Fraction(10) ** (floor(log10(value)) - digits + 1)
    return floor(value / power + Fraction(1, 2)) * power


def _range(
    made: Biproportion, district: str, parties: Mapping[str, Fraction], unit: Fraction
) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest divisor of a district that gives its seats."""
    low, high = Fraction(0), None
    for party, seats in made.seats[district].items():
        votes = made.votes[district][party]
        if not votes or party not in parties:
            continue
        claim = votes / parties[party] * unit
        low = max(low, claim / Fraction(*made.divisor.at(seats)))
        if seats > made.least.get(district, {}).get(party, 0):
            last = claim / Fraction(*made.divisor.at(seats - 1))
            high = last if high is None else min(high, last)
    return low, 2 * low if high is None else high


def _shortest(low: Fraction, high: Fraction) -> Fraction:
    """Return the number with the fewest digits in [low, high]; `high` itself where that takes too many."""
    edge = (high - low) / 8  # not so near the edge that a rounded quotient reads like a tie
    low, high = low + edge, high - edge
    power = Fraction(10) ** floor(log10(high))
    for _ in range(15):
        number = -floor(-low / power) * power
        if 0 < number <= high:
            return number
        power /= 10
    return high


def facts(
    claimed: Mapping[str, Fraction], above: Allocation, made: Biproportion, step: Any, divisors: Divisors
) -> dict[str, object]:
    """Return the figures of the nation: claims, seats, divisors and what was tied."""
    proof = above.certificate()
    assert isinstance(proof, DivisorCertificate)
    return {
        "divisor": made.divisor.name,
        "weigh": step.weigh,
        "claims": dict(claimed),
        "due": dict(above.seats),
        "seats": above.n_seats,
        "low": proof.low,
        "high": proof.high,
        "tied": list(above.tied),
        "ties": list(step.ties),
        "district_divisors": dict(divisors[0]),
        "party_divisors": dict(divisors[1]),
    }


def district(made: Biproportion, name: str, divisors: Divisors) -> tuple[dict[str, object], Sequence[Cause]]:
    """Return the figures of one district, and the cause of its seats."""
    votes, seats = made.votes[name], made.seats[name]
    if not made.districts.get(name):
        return {"seats": 0, "votes": dict(votes), "divisor": None, "claims": {}, "least": {}}, ()
    own, parties = divisors[0][name], divisors[1]
    claims = {c: votes[c] / own / parties[c] for c in seats if c in parties and votes[c]}
    made_of = {
        "seats": made.districts[name],
        "votes": dict(votes),
        "divisor": own,
        "claims": claims,
        "least": dict(made.least.get(name, {})),
    }
    line = sorted((c for c, n in seats.items() if n), key=lambda c: (-votes[c], c))
    half = Fraction(*made.divisor.at(0)) / (Fraction(*made.divisor.at(1)) - Fraction(*made.divisor.at(0)))
    causes = []
    for contender in line:
        kind = "matrix" if claims[contender] >= seats[contender] - 1 + half else "strongest"
        causes.append(Cause(contender, tuple(range(1, seats[contender] + 1)), kind, claims[contender]))
    return made_of, causes


def words(entry: Entry) -> Words:
    """Say the step in the nation, or in one district."""
    return _district_words(entry) if entry.key.endswith(".district") else _nation_words(entry)


def _nation_words(entry: Entry) -> Words:
    given = entry.facts
    unit = named("voters" if given["weigh"] == "voters" else "votes")
    sentence = "{seats} seats on {total} {unit}: {due}"
    total, due = _number(Fraction(sum(given["claims"].values()))), listed(votes_first(given["due"]))
    out = [("parties", say(sentence, seats=given["seats"], total=total, unit=unit, due=due))]
    divisors = listed(given["party_divisors"], _number)
    out.append(("divisors", say("party divisors: {divisors}", divisors=divisors)))
    return out


def _district_words(entry: Entry) -> Words:
    given = entry.facts
    if given["divisor"] is None:
        return [("matrix", say("no seats"))]
    line = {c: given["claims"][c] for c in votes_first(given["votes"]) if c in given["claims"]}
    text = say(
        "{n} seats; votes / {divisor} / party divisor: {claims}",
        n=given["seats"],
        divisor=_number(given["divisor"]),
        claims=listed(line, lambda x: decimal(x, 3)),
    )
    sure = [cause.contender for cause in entry.causes if cause.kind == "strongest"]
    if sure:
        text += say("; {sure} as the strongest list", sure=listed(sure))
    return [("matrix", text)]


def _number(value: Fraction) -> str:
    """Return a divisor with all its digits where it is a decimal number."""
    for places in range(12):
        if (value * 10**places).denominator == 1:
            return decimal(value, places)
    return decimal(value, 6)
