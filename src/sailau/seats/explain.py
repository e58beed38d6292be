"""The explanation of a count: each step's own words, in the order of the statute."""

from __future__ import annotations

from collections.abc import Sequence

from sailau.locale import catalogue
from sailau.seats.steps import STEPS
from sailau.terms.tally import NATION
from sailau.terms.trail import Cause, Entry, Trail
from sailau.terms.words import Line, Said, Words, claim, decimal, named, say, spell, spoken

Names = str | Sequence[str] | None
"""Whose seats an explanation is about: everybody's, a contender's, or those of all that stand for a party."""


def explain(trail: Trail, contender: Names = None) -> str:
    """Return the explanation as text in columns; of one contender's seats only when it is named."""
    return in_columns(lines(trail, contender))


def in_columns(rows: Sequence[Line]) -> str:
    """Return lines as text in columns, under the tier and the area that they are about."""
    width = max((len(row.label) for row in rows), default=0)
    out, here = [], ("", "")
    for row in rows:
        if (row.tier, row.area) != here:
            here = (row.tier, row.area)
            tier = _tier(row.tier)
            out.append(tier if row.area == NATION else f"{tier}, {row.area}")
        cite = f"  [{row.cite}]" if row.cite else ""
        out.append(f"  {row.label:<{width}}  {row.text}{cite}")
    return "\n".join(out)


def _label(label: str) -> str:
    """Return a label that is a plain word in the language that is spoken; one that was said already stays."""
    return label if isinstance(label, Said) else say(label)


def _tier(tier: str) -> str:
    """Return the name of a tier: its id in English, as the file of the law has it."""
    if spoken() == "en":
        return tier
    found = catalogue(spoken()).get(f"web.tier.{tier}", tier)
    return found if isinstance(found, str) else tier


def lines(trail: Trail, contender: Names = None) -> list[Line]:
    """Return the explanation line by line; the clause stands on the first line of each step.

    Of several names the first is the party's, which the others stand for; lines about these begin with their names. A
    step that gave a contender nothing says so; where single seats are won, only if it has none at all.
    """
    names = (contender,) if isinstance(contender, str) else tuple(contender or ())
    won = any(cause.contender in names for entry in trail for cause in entry.causes)
    out: list[Line] = []
    for entry in trail:
        words = _of_contenders(entry, names, won=won) if names else _words(entry)
        out += [
            Line(_label(label), text, "" if i else entry.cite, entry.tier, entry.area)
            for i, (label, text) in enumerate(words)
        ]
    return out


def _words(entry: Entry) -> Words:
    words: Words = STEPS[entry.key.split(".")[0]].words(entry)
    return words


def _of_contenders(entry: Entry, names: Sequence[str], *, won: bool) -> Words:
    """Return what the step says of a party and of those that stand for it; the price of a seat once."""
    out: Words = []
    for name in names:
        said = _of_contender(entry, name, won=won)
        if name != names[0]:
            said = [
                (label, text if text.startswith(f"{name} ") or label == "quota" else f"{name}: {text}")
                for label, text in said
            ]
        out += [line for line in said if line not in out]
    return out


def _of_contender(entry: Entry, contender: str, *, won: bool) -> Words:
    """Return what the step says of one contender: a verdict of its own, or the causes of its seats."""
    step = STEPS[entry.key.split(".")[0]]
    verdict: Words = step.words_on(entry, contender) if hasattr(step, "words_on") else []
    own = [cause for cause in entry.causes if cause.contender == contender]
    if not own:
        return verdict or _lost(entry, contender) or _nothing(entry, contender, won=won)
    price = [line for line in _words(entry) if line[0] == "quota"]
    before = entry.before.get(contender, 0)
    standing = say(" (it held {n} before)", n=before) if before else ""
    return verdict + price + [("seats", text + standing) for text in _seats(own, entry)]


def _nothing(entry: Entry, contender: str, *, won: bool) -> Words:
    """Return why the step gave a contender that took part no seat, where the step can say it."""
    step = STEPS[entry.key.split(".")[0]]
    if not hasattr(step, "words_without") or (won and entry.key.startswith("elect.")):
        return []
    words: Words = step.words_without(entry, contender)
    return words


def _lost(entry: Entry, contender: str) -> Words:
    """Return how many seats that a contender held the step gave to others, or to nobody."""
    n = sum(1 for seat in entry.facts.get("lost", ()) if isinstance(seat, tuple) and seat[2] == contender)
    return [("seats", say("{n} of those it held until then are lost here", n=n))] if n else []


def _seats(causes: Sequence[Cause], entry: Entry) -> list[str]:
    by_kind: dict[str, list[Cause]] = {}
    for cause in causes:
        by_kind.setdefault(cause.kind, []).append(cause)
    return [_in_words(kind, parts, entry) for kind, parts in by_kind.items()]


_CAUSES = {
    "quota": "{n} by whole quotas ({claim} quotas)",
    "remainder": "1 by remainder {claim} (place {rank})",
    "guarantee": "{n} by the guarantee ({claim} weighted quotas)",
    "rest": "{n} as the rest of the distribution",
    "plurality": "{n} with {votes} votes",
    "majority": "{n} with {votes} votes",
    "appointed": "{n} appointed",
    "matrix": "{n}: votes over both divisors are {claim}",
    "strongest": "{n} as the strongest list of the district; votes over both divisors are {claim}",
    "ranked_quota": "{n} at the quota with {claim} votes (place {rank})",
    "ranked_last": "{n} as one of the last in the count, with {claim} votes (place {rank})",
    "ranked_majority": "{n} with {claim} votes, more than all others (place {rank})",
    "points": "{n} with {claim} points (place {rank})",
    "bonus": "{n} as the bonus of the largest",
    "reserved": "{n} reserved for such lists, with {votes} votes",
    "in_turn": "{n} in the order of the votes",
    "assured": "{n} assured to it inside the link",
    "assured_share": "{n} assured to its share of the votes, with {votes} votes",
    "represented": "{n} for a group that has a part of the seats, with {votes} votes",
    "best_loser": "{n} as the best loser of a group with too few seats (place {rank})",
    "person": "{n} by a person with {votes} votes (place {rank})",
    "place": "{n} as a person who takes a place of its kind (place {rank} in the line)",
    "given_back": "1 given back by another, by the quotient {claim}",
    "majority_seat": "{n} for the majority of the votes",
    "counterweight": "{n} against the share of the largest",
    "top_up": "{n} to bring its seats up to its votes",
    "part_link": "{n} for a part of what is wanting ({claim})",
    "ticket": "{n} as the list with the most votes of the district, {votes}",
    "rest_of_due": "{n} as what its due leaves after seats won elsewhere",
}


def _in_words(kind: str, causes: Sequence[Cause], entry: Entry) -> str:
    n, first = sum(len(cause.seats) for cause in causes), causes[0]
    if kind == "quotient":
        power = entry.facts.get("power", 1)
        ends = claim(first.claim, power), claim(causes[-1].claim, power)
        if n == 1:
            return say("1 by the quotient {claim}", claim=ends[0])
        return say("{n} by quotients from {first} to {last}", n=n, first=ends[0], last=ends[1])
    if kind == "quota" and first.claim is None:
        return say("{n} by whole quotas", n=n)
    if kind not in _CAUSES:
        return say("{n} by {kind}", n=n, kind=named(kind))
    value = "" if first.claim is None else decimal(first.claim, 4)
    votes = "" if first.claim is None else spell(first.claim)
    return say(_CAUSES[kind], n=n, claim=value, rank=first.rank, votes=votes)
