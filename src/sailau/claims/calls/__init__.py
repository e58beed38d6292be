"""The calls that claims are bound to: names of functions, and the check of their arguments.

A call is a function of the world and of named arguments that returns a `Figure`. It is imported when it is first made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from inspect import Parameter, signature
from typing import Any, get_type_hints

from pydantic import ValidationError, create_model

from sailau.claims.figure import Figure
from sailau.files.document import Document
from sailau.files.forms import Exact, Form, Names, first_fault
from sailau.terms.errors import Invalid

Call = Callable[..., Figure]

CALLS: Mapping[str, tuple[str, str]] = {
    name: (module, name.partition(".")[2])
    for module, names in {
        "seats": ("seats.won", "seats.share", "seats.change", "seats.under", "seats.lists"),
        "votes": ("votes.share", "votes.best", "votes.swing", "ballot.has"),
        "measures": ("measure.of", "measure.volatility", "power.share", "power.alone", "distance.days"),
        "channels": ("channel.value",),
        "laws": ("law.seats", "law.part", "law.bar", "acts.needed"),
        "alignment": ("align.same", "align.rank", "align.sides", "align.vote"),
        "tables": ("table.value", "table.count", "table.part", "table.ratio", "table.span", "table.days", "table.sum"),
        "population": (
            "people.share", "people.number", "people.part", "people.growth", "people.flow", "people.region",
            "people.older", "people.language", "people.index",
        ),
        "registration": ("parties.bar", "parties.rate"),
        "models": ("mechanism.effect",),
    }.items()
    for name in names
}  # fmt: skip
"""Name to module and function."""


@cache
def call_of(name: str) -> Call:
    """Return the function of a call."""
    module, _ = CALLS[name]
    found: Call = getattr(import_module(f"sailau.claims.calls.{module}"), name.replace(".", "_"))
    return found


@cache
def _form(name: str, *, partial: bool) -> type[Form]:
    function = call_of(name)
    hints = get_type_hints(function)
    parts: dict[str, Any] = {}
    for parameter in signature(function).parameters.values():
        if parameter.kind is not Parameter.KEYWORD_ONLY:
            continue
        default = ... if parameter.default is Parameter.empty and not partial else parameter.default
        parts[parameter.name] = (_spelled(hints[parameter.name]), None if default is Parameter.empty else default)
    return create_model(name, __base__=Form, **parts)


def _spelled(hint: Any) -> Any:
    from fractions import Fraction

    if hint is Fraction:
        return Exact
    if hint == tuple[str, ...]:
        return Names
    return hint


def arguments_of(
    name: str,
    given: Mapping[str, Any],
    document: Document,
    at: Sequence[str | int],
    error: type[Invalid],
    *,
    partial: bool = False,
) -> dict[str, Any]:
    """Return the arguments of a call, checked against what its function takes.

    Raises
    ------
    Invalid
        The class given as `error`, with the place.
    """
    form = _form(name, partial=partial)
    try:
        checked = form.model_validate(dict(given))
    except ValidationError as cause:
        raise first_fault(cause, document, error, at, form) from None
    wanted = given if partial else form.model_fields
    return {key: getattr(checked, key) for key in form.model_fields if key in wanted}
