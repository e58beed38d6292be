"""Conditions in words, one sentence for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sailau.parties.conditions import (
    Assemblies,
    Ban,
    Board,
    Branches,
    Clean,
    Committee,
    Deposit,
    Exempt,
    Founders,
    Headcount,
    Lists,
    Quota,
    spread_in_words,
)
from sailau.terms.words import grouped, joined, listed, named, percent, say


def headcount(c: Headcount, what: str) -> str:
    """Say how many members or signatures, and where."""
    parts = [say("{total:,} {people}", total=c.total, people=named(what)) if c.total else named(what)]
    if c.share is not None:
        parts.append(say("{share} of {of}", share=percent(c.share), of=named(c.of or "the electors")))
        parts += [say("at most {most:,}", most=c.most)] if c.most is not None else []
    parts += [_where(c)] if c.per_area or c.areas is not None or c.number else []
    if c.inner is not None:
        parts.append(say("{share} of the {units} there", share=percent(c.inner), units=named(plural(c.inner_of))))
    if c.each not in ("nation", "area"):
        parts.append(say("for each {unit}", unit=named(c.each)))
    return joined(parts, ", ")


def _where(c: Headcount) -> str:
    """Say in how many areas, and how many in each."""
    unit = c.kind or (c.of if c.share is None else None)
    spread = spread_in_words(c.areas, plural(unit or "area"), strictly=c.strictly, number=c.number)
    if not c.per_area:
        return say("from {where}", where=spread)
    least = grouped(c.per_area) if isinstance(c.per_area, int) else say("a number of its own")
    if c.number == 1:
        return say("{least} in one {unit}", least=least, unit=named(unit or "area"))
    if c.areas == "all" or not spread:
        return say("{least} in each {unit}", least=least, unit=named(unit)) if unit else _in_each_area(least)
    return say("{least} in each of {where}", least=least, where=spread)


def _in_each_area(least: str) -> str:
    return say("{least} in each area", least=least)


def founders(c: Founders) -> str:
    """Say who begins."""
    where = spread_in_words(c.areas, strictly=c.strictly)
    parts = [say("1 founder") if c.people == 1 else say("{n:,} founders", n=c.people)]
    parts += [] if c.each == "nation" else [say("in each {unit}", unit=named(c.each))]
    parts += [say("from {where}", where=where)] if where else []
    return joined(parts)


def branches(c: Branches) -> str:
    """Say where branches are needed."""
    parts = [say("branches in {where}", where=spread_in_words(c.areas, plural(c.of)))]
    if c.inner is not None:
        units = named(plural(c.inner_of))
        parts.append(say("in {share} of the {units} there", share=percent(c.inner), units=units))
    if c.innermost is not None:
        units = named(plural(c.innermost_of))
        parts.append(say("in {share} of the {units} of these", share=percent(c.innermost), units=units))
    return joined(parts, ", ")


def plural(word: str | None) -> str:
    """Return the plural of an English word for an area."""
    word = word or "unit"
    return f"{word[:-1]}ies" if word.endswith(("cy", "ty", "ry")) else f"{word}s"


def assemblies(c: Assemblies) -> str:
    """Say which meetings are needed."""
    sentence = "{number} assemblies of {people:,}, one in each {unit}"
    first = say(sentence, number=c.number, people=c.people, unit=named(c.of))
    if not c.or_number:
        return first
    sentence = ", or {number} of {people:,}, one in each {unit}"
    return joined([first, say(sentence, number=c.or_number, people=c.or_people, unit=named(str(c.or_of)))], "")


def deposit(c: Deposit) -> str:
    """Say what is paid, for what, and when it comes back."""
    paid = say("{amount:,} {unit} for each {per}", amount=c.amount, unit=named(c.unit), per=named(c.per))
    if c.refund is None:
        return joined([paid, say("not returned")], ", ")
    sentence = "returned above {share}" if c.strictly else "returned from {share}"
    return joined([paid, say(sentence, share=percent(c.refund))], ", ")


def ban(c: Ban) -> str:
    """Say on what a party may not rest."""
    grounds = listed([named(ground) for ground in c.grounds])
    if c.on == "purpose":
        return say("no party on these grounds: {grounds}", grounds=grounds)
    return say("no {thing} on these grounds: {grounds}", thing=named(c.on), grounds=grounds)


def _lists(c: Lists) -> str:
    return say("lists in {where}", where=spread_in_words(c.areas, plural(c.of)))


def _quota(c: Quota) -> str:
    return say("{share} {who} on the {thing}", share=percent(c.share), who=named(c.who), thing=named(c.of))


def _board(c: Board) -> str:
    spread = spread_in_words(c.areas, plural(c.unit), strictly=c.strictly, number=c.number)
    parts = [say("{thing} from {where}", thing=named(c.of), where=spread)]
    return joined(parts + ([say("{n:,} people", n=c.people)] if c.people else []), ", ")


def _committee(c: Committee) -> str:
    return say("a committee of {people}", people=c.people)


def _clean(c: Clean) -> str:
    return say("no {whom} on the list", whom=say(" and no ").join(map(named, c.of)))


def _exempt(c: Exempt) -> str:
    return say("exempt: {whom}", whom=listed([named(who) for who in c.who]))


CONDITIONS_IN_WORDS: Mapping[str, Callable[[Any], str]] = {
    "members": lambda c: headcount(c, "members"),
    "signatures": lambda c: headcount(c, "signatures"),
    "founders": founders,
    "committee": _committee,
    "clean": _clean,
    "branches": branches,
    "assemblies": assemblies,
    "lists": _lists,
    "deposit": deposit,
    "quota": _quota,
    "board": _board,
    "ban": ban,
    "exempt": _exempt,
}
"""How each condition is said, by its word."""
