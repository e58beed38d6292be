"""The formula that several steps of a law share: a quota or a divisor sequence, with its rule for ties."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from sailau.seats.averages import award_order, highest_averages
from sailau.seats.remainders import largest_remainder, whole_quotas
from sailau.seats.ties import TieOrder
from sailau.terms.allocation import Allocation, DivisorCertificate, TieRule, settle
from sailau.terms.divisor import Divisor, divisor_named
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.quota import Quota, quota_named
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import (
    Words,
    claim,
    coded,
    decimal,
    divided_by,
    grouped,
    listed,
    named,
    say,
    spell,
    tie,
    votes_first,
)

Rest = Literal["largest_remainder", "highest_average", "none"]
Limit = Literal["none", "candidates"]
Excess = Literal["refuse", "smallest_remainder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """How seats follow from votes.

    Attributes
    ----------
    quota : str, optional
        Votes per seat: hare, droop, hagenbach_bischoff, imperiali_quota or a rounded one; ``hare+1/2`` (or
        ``hare_rounded_up+1/2``) divides the votes by so much more than the seats.
    rest : str
        Where seats left after whole quotas go: to the largest remainders, to the highest averages (`divisor`), or
        nowhere (they stay for a later step).
    divisor : str, optional
        The divisor sequence, alone or for the rest.
    first : Fraction, optional
        Another first divisor, 1.4 for instance.
    ties : tuple of str
        Rules for equal claims to the last seat, in turn.
    """

    quota: str | None = None
    rest: Rest = "largest_remainder"
    divisor: str | None = None
    first: Fraction | None = None
    ties: tuple[str, ...] = ()

    def check_formula(self, limit: Limit = "none") -> None:
        """Refuse a formula that is none, or two, and a limit that a quota cannot keep."""
        if limit != "none" and self.quota is not None and self.rest == "largest_remainder":
            raise InvalidLaw(
                say("a limit of seats needs a divisor: seats that a list cannot take pass on by its quotients"),
                hint=say(
                    "where the limit is a number of seats, write {example}",
                    example="cap: {tiers: [], most: 65, quota: hare}",
                ),
            )
        if (self.quota is None) == (self.divisor is None) and self.rest != "highest_average":
            raise InvalidLaw(
                say("a formula is a quota or a divisor, and one of them only"),
                hint=say("to try another one as a whole, change tier.formula, for instance list.formula=dhondt"),
            )
        if self.rest == "highest_average" and (self.quota is None or self.divisor is None):
            raise InvalidLaw(say("rest: highest_average needs a quota and a divisor"))

    @property
    def formula_name(self) -> str:
        """The formula in a word or two."""
        return (self.quota or self.divisor or "").replace("_", " ")

    def allocation(
        self,
        votes: Mapping[str, int],
        seats: int,
        ties: TieRule | None,
        *,
        limits: Mapping[str, int] | None = None,
        excess: Excess = "refuse",
        total: int | None = None,
    ) -> Allocation:
        """Return the allocation of `seats` among `votes` by this formula.

        Parameters
        ----------
        votes : mapping of str to int
        seats : int
        ties : TieRule, optional
        limits : mapping of str to int, optional
            The most that somebody can take (divisor formulas, alone or for the rest).
        excess : str
            What follows when whole quotas give out more seats than there are: ``refuse`` (the law has no rule), or
            the smallest remainders give back one seat each.
        total : int, optional
            Votes that the quota is formed from, where the law takes more than `votes`.
        """
        if self.quota is None:
            divisor = divisor_named(self.divisor or "", self.first)
            return highest_averages(votes, seats, divisor=divisor, ties=ties, limits=limits)
        rule = quota_named(self.quota)
        if seats == 0 or (self.rest == "largest_remainder" and excess == "refuse"):
            return largest_remainder(votes, seats, quota=rule, ties=ties, total=total)
        whole, rests, left = whole_quotas(votes, seats, rule, total)
        if isinstance(ties, TieOrder):
            ties = ties.after(rests)
        if left < 0 and excess == "smallest_remainder":
            return Allocation(_give_back(whole, rests, -left, ties), votes, seats, rule, total=total)
        if self.rest == "largest_remainder":
            return largest_remainder(votes, seats, quota=rule, ties=ties, total=total)
        if left < 0:
            raise LawSilent(
                say(
                    "the {quota} gives out {given} seats by whole quotas, but there are {seats}",
                    quota=coded(rule.name),
                    given=seats - left,
                    seats=seats,
                )
            )
        most = limits or {}
        held = {c: min(n, most.get(c, n)) for c, n in whole.items()}
        if self.rest == "none":
            return Allocation(held, votes, seats, rule, limits=limits, total=total)
        divisor = divisor_named(self.divisor or "", self.first)
        made = highest_averages(votes, seats - sum(held.values()), divisor=divisor, ties=ties, held=held, limits=limits)
        return replace(made, total=total)

    def kind(self, made: Allocation) -> str:
        """Return the word for the formula that gave the last seats, as entries of the trail are named after it."""
        if isinstance(made.method, Divisor):
            return "averages" if self.quota else "divisor"
        return "quota"


def _give_back(whole: Mapping[str, int], rests: Mapping[str, int], over: int, ties: TieRule | None) -> dict[str, int]:
    """Take one seat each from those with the smallest remainders; `ties` say who keeps its seat."""
    line = sorted((c for c in whole if whole[c]), key=lambda c: (rests[c], c))
    if len(line) < over:
        raise LawSilent(say("{over} seats are to be given back, but only {n} lists hold one", over=over, n=len(line)))
    edge = rests[line[over - 1]]
    losers = [c for c in line if rests[c] < edge]
    equal = [c for c in line if rests[c] == edge]
    spare = len(losers) + len(equal) - over
    keep = settle(equal, spare, ties, standing=whole, why=say("equal smallest remainders")) if spare else ()
    losers += [c for c in equal if c not in keep]
    return {c: n - (c in losers) for c, n in whole.items()}


def reasons(made: Allocation, step: Formula) -> tuple[dict[str, object], Sequence[Cause]]:
    """Return the facts and causes of an allocation for the trail."""
    if isinstance(made.method, Quota):
        return _quota_reasons(made, made.method, step)
    return _divisor_reasons(made, made.method, step)


def _quota_reasons(made: Allocation, rule: Quota, step: Formula) -> tuple[dict[str, object], list[Cause]]:
    total = made.quota_total
    price = rule(total, made.n_seats)
    claims = {c: Fraction(n) / price for c, n in made.votes.items()}
    floors = {c: claim.numerator // claim.denominator for c, claim in claims.items()}
    whole = {c: min(n, made.seats[c]) for c, n in floors.items()}
    line = sorted(claims, key=lambda c: (-made.votes[c], c))
    causes = [Cause(c, tuple(range(1, whole[c] + 1)), "quota", claims[c]) for c in line if whole[c]]
    ranks = {c: rank for rank, c in enumerate(made.remainder_seats, 1)}
    for contender in made.remainder_seats:
        rest = claims[contender] - whole[contender]
        causes.append(Cause(contender, (whole[contender] + 1,), "remainder", rest, ranks[contender]))
    losers = [c for c in line if c not in ranks]
    next_one = max(losers, key=lambda c: claims[c] - whole[c], default=None) if ranks else None
    facts: dict[str, object] = {
        "quota_name": rule.name,
        "total": total,
        "seats": made.n_seats,
        "quota": price,
        "claims": claims,
        "whole": {c: whole[c] for c in line},
        "placed": sum(whole.values()),
        "rest": {c: claims[c] - whole[c] for c in made.remainder_seats},
        "next": {} if next_one is None else {next_one: claims[next_one] - whole[next_one]},
        "tied": list(made.tied),
        "ties": list(step.ties),
        "left": made.n_seats - sum(made.seats.values()),
        "given_back": {c: claims[c] - floors[c] for c in line if floors[c] > made.seats[c]},
    }
    return facts, causes


def _divisor_reasons(made: Allocation, rule: Divisor, step: Formula) -> tuple[dict[str, object], list[Cause]]:
    held = dict(made.held or {})
    new = sum(made.seats.values()) - sum(held.values())
    causes, last = [], None
    for rank, (contender, number, quotient) in enumerate(_won(made, rule, new), 1):
        causes.append(Cause(contender, (number,), "quotient", quotient, rank))
        last = causes[-1]
    proof = made.certificate()
    assert isinstance(proof, DivisorCertificate)
    facts: dict[str, object] = {
        "divisor": rule.name,
        "formula": rule.formula,
        "power": rule.power,
        "seats": new,
        "held": held,
        "placed": {c: made.seats[c] - held.get(c, 0) for c in made.seats},
        "last": {} if last is None else {last.contender: last.claim},
        "next": _next_claims(made, rule, proof),
        "unseated": _first_claims(made, rule),
        "full": _full_claims(made, rule, proof),
        "low": proof.low,
        "high": proof.high,
        "tied": list(made.tied),
        "ties": list(step.ties),
    }
    if step.quota:
        facts["quota_name"] = step.quota
        facts["quota"] = quota_named(step.quota)(made.quota_total, new + sum(held.values()))
    first = [Cause(c, tuple(range(1, n + 1)), "quota") for c, n in held.items() if n]
    return facts, first + causes


def _won(made: Allocation, rule: Divisor, seats: int) -> list[tuple[str, int, Fraction | None]]:
    """Return the seats in the order won; the last tied ones as the tie was settled."""
    return list(award_order(made.votes, seats, rule, made.held, made.seats))


def _next_claims(made: Allocation, rule: Divisor, proof: DivisorCertificate) -> dict[str, Fraction]:
    claims = {}
    full = {c for c, n in (made.limits or {}).items() if made.seats[c] >= n}
    for contender, n in made.votes.items():
        if contender in full:
            continue
        top, bottom = rule.at(made.seats[contender])
        if top and n and Fraction(n**rule.power * bottom, top) == proof.low:
            claims[contender] = Fraction(n**rule.power * bottom, top)
    return claims


def _full_claims(made: Allocation, rule: Divisor, proof: DivisorCertificate) -> dict[str, Fraction]:
    """Return the quotients that would have won a seat before the next one, of those that can take no more."""
    claims = {}
    for contender in sorted(c for c, n in (made.limits or {}).items() if made.seats[c] >= n and made.votes[c]):
        top, bottom = rule.at(made.seats[contender])
        quotient = Fraction(made.votes[contender] ** rule.power * bottom, top) if top else None
        if quotient is not None and proof.low is not None and quotient > proof.low:
            claims[contender] = quotient
    return claims


def _first_claims(made: Allocation, rule: Divisor) -> dict[str, Fraction]:
    """Return the quotients with which those without a seat claimed their first one."""
    top, bottom = rule.at(0)
    line = sorted((c for c, n in made.seats.items() if not n), key=lambda c: (-made.votes[c], c))
    return {c: Fraction(made.votes[c] ** rule.power * bottom, top) for c in line} if top else {}


def _quota_words(entry: Entry) -> Words:
    facts = entry.facts
    total, seats, price = grouped(facts["total"]), facts["seats"], spell(facts["quota"])
    if facts["quota_name"] == "hare":
        quota = say("{total} / {seats} = {price}", total=total, seats=seats, price=price)
    else:
        name = named(facts["quota_name"])
        sentence = "{name} of {total} votes and {seats} seats = {price}"
        quota = say(sentence, name=name, total=total, seats=seats, price=price)
    whole = say("{whole} = {placed}", whole=listed(facts["whole"]), placed=facts["placed"])
    if facts["given_back"]:
        whole += say(
            "; too many, one given back by the smallest remainders: {back}", back=listed(facts["given_back"], decimal)
        )
    return [("quota", quota), ("whole", whole), ("rest", _rest_words(entry))]


def _rest_words(entry: Entry) -> str:
    facts = entry.facts
    if facts["rest"]:
        following = say("; next {next}", next=listed(facts["next"], decimal)) if facts["next"] else ""
        sentence = "{n} by remainder: {rest}"
        return say(sentence, n=len(facts["rest"]), rest=listed(facts["rest"], decimal)) + following + tie(facts)
    return say("{left} left for a later step", left=facts["left"]) if facts["left"] else say("none left")


def _divisor_words(entry: Entry) -> Words:
    facts, power = entry.facts, entry.facts["power"]
    sentence = "{n} seats to the highest quotients, votes / ({formula})"
    out = [("quotients", say(sentence, n=facts["seats"], formula=divided_by(facts["formula"])))]
    if "quota" in facts:
        name, price, whole = named(facts["quota_name"]), spell(facts["quota"]), listed(facts["held"])
        out.insert(0, ("quota", say("{name} {price}; whole: {whole}", name=name, price=price, whole=whole)))
        if not facts["seats"]:
            return [out[0], ("rest", say("none left"))]
    out.append(("seats", listed(votes_first(facts["placed"]))))
    if facts["last"]:

        def show(value: Fraction | None) -> str:
            return claim(value, power)

        ends = {"last": listed(facts["last"], show), "next": listed(facts["next"], show)}
        out.append(("last", say("last seat: {last}; next: {next}", **ends) + _full(facts, show) + tie(facts)))
    return out


def _full(facts: Mapping[str, Any], show: Callable[[Any], str]) -> str:
    """Say who had a better quotient than the next one and can take no more seats."""
    return say("; can take no more: {full}", full=listed(facts["full"], show)) if facts["full"] else ""


def formula_words(entry: Entry) -> Words:
    """Say the price of a seat, whole seats, and where the last ones went."""
    return _quota_words(entry) if entry.key.endswith(".quota") else _divisor_words(entry)


def words_without(entry: Entry, contender: str) -> Words:
    """Say with what claim a contender that took part won no seat, and what the last one went for."""
    facts = entry.facts
    if contender in facts.get("claims", ()):
        own, last = facts["claims"][contender], facts["rest"]
        text = say("no seat: {claim} quotas", claim=decimal(own))
        if last:
            text += say("; the last remainder with a seat is {last}", last=decimal(min(last.values())))
        return [("seats", text)]
    if contender not in facts.get("unseated", ()):
        return []
    power, last = facts["power"], facts["last"]
    if contender in facts["full"]:
        own = claim(facts["unseated"][contender], power)
        return [("seats", say("no seat: its quotient is {claim}, but it can take none", claim=own))]
    text = say("no seat: its quotient is {claim}", claim=claim(facts["unseated"][contender], power))
    if last:
        text += say("; the last seat went to {last}", last=listed(last, lambda value: claim(value, power)))
    return [("seats", text)]
