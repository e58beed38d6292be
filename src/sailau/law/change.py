"""Changing a law: a reform is an edition with some values replaced, checked like any other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import fields, replace
from typing import Any

from sailau.files.document import Document
from sailau.law.adding import ADD, ADDABLE, add_steps, adds
from sailau.law.edition import Law
from sailau.law.read import make_law
from sailau.seats.steps import STEPS
from sailau.terms.divisor import DIVISORS
from sailau.terms.errors import InvalidLaw, NotFound, Place
from sailau.terms.quota import QUOTAS, is_quota
from sailau.terms.speech import named, say

_INDEX = re.compile(r"(\w+)\[(\d+)\]")


def changed(law: Law, changes: Mapping[str, object]) -> Law:
    """Return the edition with the changes made, steps that are added first; see `Law.replace`."""
    values: dict[str, Any] = deepcopy(dict(law.document))
    for path, value in changes.items():
        if adds(path):
            add_steps(values, path, str(value))
    for path, value in changes.items():
        if not adds(path):
            _set(values, path, value)
    if any(path.endswith(".seats") or ".magnitudes." in path for path in changes) and "seats.total" not in changes:
        values["seats"]["total"] = _total(values)
    place = Place("change " + ", ".join(f"{path}={value}" for path, value in changes.items()))
    made = make_law(Document(values, {(): place}), law.edition, law.path)
    spelled = {path: str(value) for path, value in changes.items()}
    return replace(made, changes={**law.changes, **spelled})


def _total(values: Mapping[str, Any]) -> int | None:
    seats = [tier.get("seats") for tier in values["tiers"].values()]
    return None if None in seats else sum(seats)


def _set(values: dict[str, Any], path: str, value: object) -> None:
    """Set ``tier.step.term``, ``tier.seats``, ``tier.magnitudes.area``, ``tier.formula`` or ``seats.total``."""
    parts = path.split(".")
    if path == "seats.total":
        values["seats"]["total"] = _whole(path, value)
        return
    tiers = values["tiers"]
    if parts[0] not in tiers:
        raise _unknown(path, "tier", parts[0], [*tiers, "seats.total"])
    tier = tiers[parts[0]]
    if len(parts) == 2 and parts[1] == "seats":
        tier["seats"] = _whole(path, value)
    elif len(parts) == 2 and parts[1] == "formula":
        _set_formula(_find(tier["steps"], path, "allocate"), path, str(value))
    elif len(parts) >= 3 and parts[1] == "magnitudes":
        _set_magnitude(tier, path, ".".join(parts[2:]), value)
    elif len(parts) == 3:
        _set_term(_find(tier["steps"], path, parts[1]), path, parts[2], value)
    else:
        raise InvalidLaw(
            say("{path} names no clause", path=path),
            hint=say("write tier.step.term, for instance list.threshold.share=2%"),
        )


def _set_magnitude(tier: dict[str, Any], path: str, area: str, value: object) -> None:
    """Give a district its seats; a tier whose seats the law adds up from its districts grows or shrinks with it."""
    if tier["district"] != "multi_member":
        raise InvalidLaw(
            say(
                "{path}: the districts of {tier} have no number of seats of their own",
                path=path,
                tier=path.split(".")[0],
            )
        )
    magnitudes = tier.setdefault("magnitudes", {})
    if magnitudes and area not in magnitudes:
        raise _unknown(path, "district", area, list(magnitudes))
    number = _whole(path, value)
    if tier.get("seats") is not None and area in magnitudes:
        tier["seats"] += number - magnitudes[area]
    magnitudes[area] = number


def _find(steps: list[dict[str, Any]], path: str, word: str) -> dict[str, Any]:
    indexed = _INDEX.fullmatch(word)
    name, index = (indexed[1], int(indexed[2])) if indexed else (word, 0)
    found = [terms for step, terms in _flat(steps) if step == name]
    if index >= len(found):
        lacking = _unknown(path, "step", word, sorted({step for step, _ in _flat(steps)}))
        if name in ADDABLE and not found:
            lacking.hint = say("add it first: {setting}", setting=f"{path.split('.')[0]}.{ADD}={name}")
        raise lacking
    return found[index]


def _flat(steps: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    out: list[tuple[str, dict[str, Any]]] = []
    for step in steps:
        if "each" in step:
            out += _flat(step["steps"])
        else:
            out += list(step.items())
    return out


def _set_term(terms: dict[str, Any], path: str, term: str, value: object) -> None:
    step = path.split(".")[1].split("[")[0]
    known = [name for name in (part.name for part in fields(STEPS[step])) if name != "cite"]
    if term not in known:
        raise _unknown(path, "term", term, known)
    if value is None or value == "none":
        terms.pop(term, None)
    else:
        terms[term] = _typed(value)


def _set_formula(terms: dict[str, Any], path: str, name: str) -> None:
    for key in ("quota", "divisor", "rest", "first"):
        terms.pop(key, None)
    if is_quota(name):
        terms["quota"] = name
    elif name in DIVISORS:
        terms["divisor"] = name
    else:
        raise _unknown(path, "formula", name, [*QUOTAS, *DIVISORS])


def _typed(value: object) -> object:
    """Let ``3``, ``true`` and ``a,b`` from a command line be what they are in a file."""
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"-?\d+", value):
        return int(value)
    if value in ("true", "false"):
        return value == "true"
    return value.split(",") if "," in value and "%" not in value else value


def _whole(path: str, value: object) -> int:
    number = _typed(value)
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise InvalidLaw(
            say("{path} is {value!r}; a number of seats is a whole number from 0 on", path=path, value=value)
        )
    return number


def _unknown(path: str, kind: str, name: str, known: list[str]) -> InvalidLaw:
    near = NotFound(kind, name, known).near
    hint = f"did you mean {' or '.join(near)}?" if near else say("known here: {known}", known=", ".join(known))
    return InvalidLaw(
        say("{path}: there is no {kind} {name!r} in this law", path=path, kind=named(kind), name=name), hint=hint
    )
