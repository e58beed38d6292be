"""The ground of a forecast: which law counts, around which votes is drawn, and which polled name is which party."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from sailau.law.edition import Law
from sailau.law.library import load_editions, load_law
from sailau.records.election import Election
from sailau.records.polls.library import with_others
from sailau.runs.decree import with_decree
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.tally import AGAINST_ALL, BLANK, INVALID, NATION, Ballots, Contender, Tally
from sailau.votes.polls.poll import OTHERS, Anchor, Polls

VOTES = 1_000_000
"""Votes of a nationwide tally that is made of shares alone."""

_NAMELESS = ("others", "other")
_STILL = (BLANK, INVALID)


@dataclass(frozen=True)
class Ground:
    """What a forecast is counted on.

    Attributes
    ----------
    law : Law
    tally : Tally
    tier : str
        The tier whose votes polls ask about.
    parties : tuple of str
        Polled contenders that stand by themselves; everybody else shares what the polls leave to others.
    held : mapping of str to int
        Seats of tiers whose votes are not known, as in the election before.
    notes : tuple of str
    """

    law: Law
    tally: Tally
    tier: str
    parties: tuple[str, ...]
    held: Mapping[str, int]
    notes: tuple[str, ...]


def law_for(law: str | None, base: Election | None, day: date, *, folders: Sequence[Path] = ()) -> Law:
    """Return the law that a forecast is counted under: the one named, else the law of the base in force on the day.

    Raises
    ------
    Invalid
        Neither a law nor a base is given.
    """
    if law is not None:
        name, _, edition = law.partition("@")
        return load_law(law if edition else name, on=None if edition else day, folders=folders)
    if base is None:
        raise Invalid(
            "a forecast of seats needs a law", hint="--law kz/mazhilis@2023-03-19, or --base with an election"
        )
    name = base.law.partition("@")[0]
    editions = load_editions(name, folders=folders)
    return next((edition for edition in editions if edition.is_in_force(day)), editions[-1])


def known_to(base: Election | None) -> dict[str, Contender]:
    """Return the contenders of an election that names in a file of polls may stand for: its parties and lists."""
    if base is None:
        return {}
    lines = {line for b in base.tally.tiers.values() for votes in b.votes.values() for line in votes}
    parties = {base.tally.party(line) for line in lines} - {OTHERS, *_NAMELESS, *_STILL}
    return {name: base.tally.contender(name) for name in sorted(parties)}


def called(polls: Polls, names: Mapping[str, str], base: Election | None) -> tuple[Polls, list[str]]:
    """Return polls under the names of parties; ``cdu+csu`` divides a contender as the parties stood at the base.

    Raises
    ------
    NotFound
        The polls name no such contender, or nobody of that name stood at the base.
    Invalid
        A contender is to be divided, and there is no base.
    """
    joint = {name: parties.split("+") for name, parties in names.items() if "+" in parties}
    plain = {name: party for name, party in names.items() if name not in joint}
    notes = [f"{', '.join(parts)} count as one: {name}" for name, parts in polls.merged(plain).items()]
    polls = polls.renamed(plain)
    for name, parties in joint.items():
        if base is None:
            raise Invalid(f"{name} is to be divided among {', '.join(parties)}", hint="name an election: --base ID")
        votes = _totals(base.tally, polled_tier(None, base.tally))
        for party in parties:
            if not votes.get(party):
                raise NotFound("party", party, sorted(votes))
        whole = sum(votes[party] for party in parties)
        polls = polls.divided(name, {party: Fraction(votes[party], whole) for party in parties})
        shown = " : ".join(f"{100 * votes[party] / whole:.1f}" for party in parties)
        notes.append(f"{name} was divided among {', '.join(parties)} as in {base.id}, {shown}")
    return polls, notes


def _totals(tally: Tally, tier: str) -> dict[str, int]:
    """Return the votes of a tier by party."""
    totals: dict[str, int] = {}
    for lines in tally.tiers[tier].votes.values():
        for line, n in lines.items():
            totals[tally.party(line)] = totals.get(tally.party(line), 0) + n
    return totals


def anchor_of(base: Election, contenders: Sequence[str]) -> Anchor:
    """Return the result of an election in the shares that polls ask about."""
    votes = base.tally.tiers[polled_tier(None, base.tally)].votes
    totals: dict[str, int] = {}
    for lines in votes.values():
        for line, n in lines.items():
            if line not in _STILL:
                party = base.tally.party(line)
                totals[party] = totals.get(party, 0) + n
    everything = sum(totals.values())
    return Anchor(base.day, with_others({name: Fraction(n, everything) for name, n in totals.items()}, contenders))


def polled_tier(law: Law | None, tally: Tally) -> str:
    """Return the tier that polls ask about: that of lists, where there are candidates besides."""
    tiers = [name for name, ballots in tally.tiers.items() if ballots.votes]
    if law is not None:
        lists = [tier.name for tier in law.tiers if tier.name in tiers and "list" in str(tier.ballot)]
        if lists:
            return lists[0]
    return next((name for name in tiers if "list" in name), tiers[-1])


def ground(
    law: Law,
    contenders: Sequence[str],
    shares: Sequence[float],
    base: Election | None,
    *,
    new: Collection[str] | None = None,
) -> Ground:
    """Return the ground of a forecast.

    Parameters
    ----------
    law : Law
    contenders : sequence of str
        Those of the polls, `others` last.
    shares : sequence of float
        What the polls say, about; new parties enter districts with it.
    base : Election, optional
        Where votes lie in districts; without it a nationwide tally is made of the shares.
    new : collection of str, optional
        Polled contenders that may have no votes at the base; any by default.

    Raises
    ------
    Invalid
        The law counts by districts, and no base tells their votes; a name that did not stand there and is not new.
    """
    if base is None:
        return _nationwide(law, contenders, shares)
    tally, notes = base.tally, list[str]()
    if set(tally.tiers) - {tier.name for tier in law.tiers}:
        tally = replace(tally, tiers={n: b for n, b in tally.tiers.items() if n in {t.name for t in law.tiers}})
        if not tally.tiers:
            raise Invalid(
                f"{law} has no tier of {base.id}", hint="choose a base that was held under the same kind of law"
            )
    tier = polled_tier(law, tally)
    tally, taken = with_decree(tally, law, base)
    tally = _nameless(tally)
    present = {tally.party(line) for lines in tally.tiers[tier].votes.values() for line in lines}
    asked = [name for name in contenders if name != OTHERS]
    strangers = [name for name in asked if name not in present]
    unknown = [name for name in strangers if new is not None and name not in new]
    if unknown:
        raise _unknown(unknown, tally, tier, base)
    for name in strangers:
        share = shares[list(contenders).index(name)]
        tally = _entered(tally, tier, name, Fraction(max(share, 1e-4)).limit_denominator(10**6))
        notes.append(f"{name} has no votes in {base.id}: {share:.1%} were laid over its districts evenly")
    held = base.declared_seats()
    return Ground(law, tally, tier, tuple(asked), held, (*taken, *notes))


def _unknown(names: Sequence[str], tally: Tally, tier: str, base: Election) -> Invalid:
    """Return the error for names that did not stand at the base, with those that did."""
    totals = _totals(tally, tier)
    order = sorted(totals, key=lambda party: (-totals[party], party))
    largest, slug = order[:12], names[0].casefold().replace(" ", "_")
    near = (*get_close_matches(slug, order, n=1, cutoff=0.5), order[0])[0]
    return Invalid(
        f"the polls name {', '.join(names)}, who did not stand in {base.id}",
        hint=f"its parties are {', '.join(largest)}, …; say which is which (--as '{names[0]}={near}'; of a "
        f"joint list --as '{names[0]}={near}+…'), or that a party is new (--new '{names[0]}')",
    )


def _nationwide(law: Law, contenders: Sequence[str], shares: Sequence[float]) -> Ground:
    """Return the ground where the law counts votes of the nation: shares are all it needs."""
    tier = next((tier for tier in law.tiers if tier.needs_votes), None)
    if tier is None:
        raise Invalid(f"{law} counts no votes")
    if tier.district != "nationwide":
        hint = "name an election whose districts are taken: --base ID (sailau elections lists them)"
        raise Invalid(
            f"{law} counts {tier.name} seats by district; polls of the nation do not tell districts", hint=hint
        )
    asked = tuple(name for name in contenders if name not in (OTHERS, AGAINST_ALL))
    votes = {name: max(round(VOTES * shares[list(contenders).index(name)]), 1) for name in asked}
    votes[AGAINST_ALL] = max(VOTES - sum(votes.values()), 1)
    others = [part for part in law.tiers if part.name != tier.name]
    notes = (
        [f"the seats of {', '.join(part.name for part in others)} are not forecast, and count for no majority"]
        if others
        else []
    )
    notes.append("others count for the bar and win no seat")
    return Ground(law, Tally({tier.name: Ballots({NATION: votes})}), tier.name, asked, {}, tuple(notes))


def _nameless(tally: Tally) -> Tally:
    """Return the tally with lines of unnamed others as votes that count for a base and win nothing."""
    tiers = {}
    for name, ballots in tally.tiers.items():
        votes = {}
        for area, lines in ballots.votes.items():
            gone = sum(n for line, n in lines.items() if line in _NAMELESS)
            kept = {line: n for line, n in lines.items() if line not in _NAMELESS}
            votes[area] = {**kept, AGAINST_ALL: kept.get(AGAINST_ALL, 0) + gone} if gone else kept
        tiers[name] = replace(ballots, votes=votes)
    return replace(tally, tiers=tiers)


def _entered(tally: Tally, tier: str, name: str, share: Fraction) -> Tally:
    """Return the tally with a new party that has the same share everywhere; areas keep their number of votes."""
    ballots = tally.tiers[tier]
    votes = {}
    for area, lines in ballots.votes.items():
        moved = {line: n if line in _STILL else round(n * (1 - share)) for line, n in lines.items()}
        votes[area] = {**moved, name: sum(lines.values()) - sum(moved.values())}
    return replace(tally, tiers={**tally.tiers, tier: replace(ballots, votes=votes)})
