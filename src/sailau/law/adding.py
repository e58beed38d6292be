"""Adding a step to a law that lacks it, as a question: ``list.add=threshold``.

The step comes with terms that are common in laws and can be changed like any other; its citation says that no law has
it. Where it stands follows from what it does: before the seats are shared out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from sailau.seats.steps import STEPS
from sailau.terms.errors import InvalidLaw, NotFound
from sailau.terms.speech import say

ADD = "add"
"""The last part of the path under which steps are added: ``list.add``."""

TEXT, CITE = "added", "added here, by no law"
_FIRST = frozenset({"eligible", "weigh", "pool", "qualify", "quorum", "threshold"})
"""Steps that say who takes part; what is added comes after them."""


def adds(path: str) -> bool:
    """Say whether a path adds steps to a tier."""
    return path.count(".") == 1 and path.endswith(f".{ADD}")


def words_in(text: str) -> tuple[str, ...]:
    """Return the steps that a value names: ``threshold,bonus``."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def add_steps(values: dict[str, Any], path: str, text: str) -> None:
    """Add steps to a tier of a law as it was read.

    Raises
    ------
    InvalidLaw
        The law has no such tier, the step is none of those that can be added, or this tier has no place for it.
    """
    tier = path.rpartition(".")[0]
    if tier not in values["tiers"]:
        raise InvalidLaw(
            say("{path}: there is no tier {tier!r} in this law", path=path, tier=tier),
            hint=say("known: {known}", known=", ".join(values["tiers"])),
        )
    for word in words_in(text):
        if word not in ADDABLE:
            missing = NotFound("step to add", word, list(ADDABLE))
            raise InvalidLaw(
                f"{path}: {missing.what}", hint=missing.hint or say("{steps} can be added", steps=", ".join(ADDABLE))
            )
        values["texts"][TEXT] = say("Added to ask what it would do; no law says so.")
        ADDABLE[word](values, tier)


def _threshold(values: dict[str, Any], tier: str) -> None:
    _before(values["tiers"][tier]["steps"], "threshold", {"share": "5%", "of": "valid"})


def _guarantee(values: dict[str, Any], tier: str) -> None:
    steps = values["tiers"][tier]["steps"]
    if "threshold" not in {name for step in steps for name in step}:
        raise InvalidLaw(
            say("{tier}.add: a guarantee needs a threshold before it", tier=tier), hint=say("add threshold,guarantee")
        )
    _before(steps, "guarantee", {"lists": 2, "when": "fewer", "rest": "formula"})


def _bonus(values: dict[str, Any], tier: str) -> None:
    _shared_out(values, tier, "bonus")
    _before(values["tiers"][tier]["steps"], "bonus", {"part": "10%", "rounding": "nearest"})


def _compensate(values: dict[str, Any], tier: str) -> None:
    """Let the tier make up for the seats of all others: its formula shares out the whole, and it is counted last."""
    steps = values["tiers"][tier]["steps"]
    place = _shared_out(values, tier, "compensate")
    others = [name for name, part in values["tiers"].items() if name != tier and part["ballot"] != "none"]
    if not others:
        raise InvalidLaw(say("{tier}.add: the law has no other tier whose seats could be made up for", tier=tier))
    known = {part.name for part in fields(STEPS["compensate"])}
    formula = {key: value for key, value in steps[place]["allocate"].items() if key in known}
    steps[place] = {"compensate": {**formula, "tiers": others, "overhang": "exclude", "cite": CITE}}
    values["tiers"] = {name: part for name, part in values["tiers"].items() if name != tier} | {
        tier: values["tiers"][tier]
    }


ADDABLE: Mapping[str, Callable[[dict[str, Any], str], None]] = {
    "threshold": _threshold,
    "guarantee": _guarantee,
    "bonus": _bonus,
    "compensate": _compensate,
}
"""What can be added, by the word of the step."""


def _shared_out(values: dict[str, Any], tier: str, word: str) -> int:
    """Return where the tier's seats are shared out as one."""
    found = [i for i, step in enumerate(values["tiers"][tier]["steps"]) if "allocate" in step]
    if not found:
        what = say(
            "{tier}.add: {word} belongs where the seats of a tier are shared out as one, which {tier} does not do",
            tier=tier,
            word=word,
        )
        raise InvalidLaw(what, hint=say("add it to another tier"))
    return found[0]


def _before(steps: list[dict[str, Any]], word: str, terms: Mapping[str, Any]) -> None:
    """Put a step after those that say who takes part; a tier has it once."""
    if any(word in step for step in steps):
        raise InvalidLaw(say("the tier has a {word}; change its terms instead", word=word))
    place = next((i for i, step in enumerate(steps) if not _FIRST & set(step)), len(steps))
    steps.insert(place, {word: {**terms, "cite": CITE}})
