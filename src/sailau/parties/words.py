"""Conditions in words, one sentence for each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sailau.parties.conditions import (
    Assemblies,
    Ban,
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
from sailau.terms.numbers import percent


def headcount(c: Headcount, what: str) -> str:
    """Say how many members or signatures, and where."""
    parts = [f"{c.total:,} {what}" if c.total else what]
    if c.share is not None:
        limit = f", at most {c.most:,}" if c.most is not None else ""
        parts.append(f"{percent(c.share)} of {c.of or 'the electors'}{limit}")
    if c.per_area:
        least = f"{c.per_area:,}" if isinstance(c.per_area, int) else "a number of its own"
        where = spread_in_words(c.areas, c.of if c.kind is None and c.of and c.share is None else "areas",
                                strictly=c.strictly)  # fmt: skip
        parts.append(f"{least} in each {'area' if c.areas == 'all' or not where else f'of {where}'}")
    elif c.areas is not None:
        parts.append(f"from {spread_in_words(c.areas, f'{c.of}s' if c.of else 'areas', strictly=c.strictly)}")
    if c.inner is not None:
        parts.append(f"{percent(c.inner)} of the {c.inner_of}s there")
    if c.each not in ("nation", "area"):
        parts.append(f"for each {c.each}")
    return ", ".join(parts)


def founders(c: Founders) -> str:
    """Say who begins."""
    where = spread_in_words(c.areas, strictly=c.strictly)
    people = f"{c.people:,} founder{'' if c.people == 1 else 's'}"
    each = "" if c.each == "nation" else f" in each {c.each}"
    return f"{people}{each}{f' from {where}' if where else ''}"


def branches(c: Branches) -> str:
    """Say where branches are needed."""
    parts = [f"branches in {spread_in_words(c.areas, _plural(c.of))}"]
    if c.inner is not None:
        parts.append(f"in {percent(c.inner)} of the {_plural(c.inner_of or 'unit')} there")
    if c.innermost is not None:
        parts.append(f"in {percent(c.innermost)} of the {_plural(c.innermost_of or 'unit')} of these")
    return ", ".join(parts)


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith(("cy", "ty", "ry")) else f"{word}s"


def assemblies(c: Assemblies) -> str:
    """Say which meetings are needed."""
    first = f"{c.number} assemblies of {c.people:,}, one in each {c.of}"
    return f"{first}, or {c.or_number} of {c.or_people:,}, one in each {c.or_of}" if c.or_number else first


def deposit(c: Deposit) -> str:
    """Say what is paid, for what, and when it comes back."""
    back = "not returned" if c.refund is None else f"returned {'above' if c.strictly else 'from'} {percent(c.refund)}"
    return f"{c.amount:,} {c.unit} for each {c.per}, {back}"


def ban(c: Ban) -> str:
    """Say on what a party may not rest."""
    where = {"purpose": "no party", "name": "no name"}.get(c.on, f"no {c.on}")
    return f"{where} on these grounds: {', '.join(c.grounds)}"


def _lists(c: Lists) -> str:
    return f"lists in {spread_in_words(c.areas, _plural(c.of))}"


def _quota(c: Quota) -> str:
    return f"{percent(c.share)} {c.who} on the {c.of}"


def _committee(c: Committee) -> str:
    return f"a committee of {c.people}"


def _clean(c: Clean) -> str:
    return f"no {' and no '.join(c.of)} on the list"


def _exempt(c: Exempt) -> str:
    return f"exempt: {', '.join(who.replace('_', ' ') for who in c.who)}"


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
    "ban": ban,
    "exempt": _exempt,
}
"""How each condition is said, by its word."""
