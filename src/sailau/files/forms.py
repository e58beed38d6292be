"""Forms: documents checked against typed models, with the place of each fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema, create_model

from sailau.files.document import Document, spell_path
from sailau.terms.errors import Invalid, Place
from sailau.terms.numbers import exact
from sailau.terms.speech import joined, say

_EXACT_SCHEMA = {"type": ["string", "integer"], "description": "an exact number: 5%, 1/20, 7/10, 12"}
F = TypeVar("F", bound="Form")
Exact = Annotated[Fraction, BeforeValidator(exact), WithJsonSchema(_EXACT_SCHEMA)]


class Form(BaseModel):
    """A part of a document: no unknown keys, no silent conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)


class _OneOrMore:
    """Tell editors too that a single value may stand where several may."""

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        made: dict[str, Any] = handler(core)
        return {"anyOf": [made["items"], made]} if "items" in made else made


def _several(value: Any) -> Any:
    """Let a single value stand where several may: ``ties: lot``."""
    if isinstance(value, list):
        return tuple(value)
    return (value,) if isinstance(value, str | int) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_several), _OneOrMore()]


def form_of(kind: type[Any]) -> type[Form]:
    """Return the form of a frozen dataclass: one field per attribute, exact numbers from their spelling."""
    hints = get_type_hints(kind)
    parts: dict[str, Any] = {}
    for part in fields(kind):
        default: Any = ...
        if part.default is not MISSING:
            default = part.default
        elif part.default_factory is not MISSING:
            default = part.default_factory()
        parts[part.name] = (_spelled(hints[part.name]), default)
    return create_model(kind.__name__, __base__=Form, __doc__=kind.__doc__, **parts)


def _spelled(hint: Any) -> Any:
    if hint is Fraction:
        return Exact
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple and len(args) == 2:
        return Annotated[tuple[_spelled(args[0]), ...], BeforeValidator(_several), _OneOrMore()]  # type: ignore[misc]  # made at run time
    if origin in (Union, UnionType):
        return Union[tuple(a if a is NoneType else _spelled(a) for a in args)]  # noqa: UP007  # the members are computed
    if isinstance(hint, type) and is_dataclass(hint):
        return form_of(hint)
    return hint


def check(form: type[F], document: Document, error: type[Invalid], *, at: Sequence[str | int] = ()) -> F:
    """Return the document, or the part of it at `at`, as a form.

    Raises
    ------
    Invalid
        The class given as `error`, for the first fault in the order of the file.
    """
    value: Any = document.values
    for part in at:
        value = value[part]
    try:
        return form.model_validate(value)
    except ValidationError as cause:
        raise first_fault(cause, document, error, at, form) from None


def first_fault(
    cause: ValidationError, document: Document, error: type[Invalid], at: Sequence[str | int], form: type[Form]
) -> Invalid:
    """Return the fault that stands first in the file, in words."""
    # A key written wrong is also a key missing; the first says more.
    faults = sorted(cause.errors(), key=lambda f: (f["type"] == "missing", _order(document.place((*at, *f["loc"])))))
    fault = faults[0]
    path = (*at, *(part for part in fault["loc"]))
    what, hint = _in_words(spell_path(path), fault, _keys_at(form, fault["loc"][:-1]))
    if len(faults) > 1:
        hint = joined([*([hint] if hint else []), _others(len(faults) - 1)], "; ")
    place = document.keys.get(tuple(path)) if fault["type"] == "extra_forbidden" else None
    return error(what, place=place or document.place(path), hint=hint)


def _keys_at(form: type[Form], loc: Sequence[str | int]) -> Sequence[str]:
    """Return the keys that the part of a form at a place may have."""
    kinds: list[Any] = [form]
    for part in loc:
        kinds = [inner for kind in kinds for inner in _inside(kind, part)]
    return [key for kind in kinds if isinstance(kind, type) and issubclass(kind, Form) for key in kind.model_fields]


def _inside(kind: Any, part: str | int) -> list[Any]:
    """Return the types that a part of a value of a type may have."""
    if isinstance(kind, type) and issubclass(kind, Form):
        return _plain(kind.model_fields[str(part)].annotation) if part in kind.model_fields else []
    return [inner for argument in get_args(kind)[-1:] for inner in _plain(argument)]


def _plain(hint: Any) -> list[Any]:
    """Return the members of a union, without the notes of an annotated type."""
    if get_origin(hint) is Annotated:
        return _plain(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return [inner for argument in get_args(hint) for inner in _plain(argument)]
    return [] if hint in (NoneType, Ellipsis) else [hint]


def _others(n: int) -> str:
    return say("1 more fault in this part") if n == 1 else say("{n} more faults in this part", n=n)


def _order(place: Place) -> tuple[int, int]:
    return place.line or 0, place.column or 0


_SHAPES = {
    "dict_type": "names with values, written {{name: value, …}}",
    "list_type": "a list, written [one, two]",
    "tuple_type": "a list, written [one, two]",
    "model_type": "keys with values, written {{key: value, …}}",
    "model_attributes_type": "keys with values, written {{key: value, …}}",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "plain text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}
"""What a value of the wrong shape should have been."""


def _in_words(name: str, fault: Mapping[str, Any], known: Sequence[str]) -> tuple[str, str | None]:
    kind, given = fault["type"], fault.get("input")
    if kind == "extra_forbidden":
        key = str(fault["loc"][-1])
        near = get_close_matches(key, known, n=1, cutoff=0.6)
        options = (
            say("did you mean {near}?", near=near[0]) if near else say("known here: {known}", known=", ".join(known))
        )
        return say("the key {name!r} is unknown", name=name), options
    if kind == "missing":
        return say("{name} is missing", name=name), None
    if kind == "literal_error":
        return say(
            "{name} is {given!r}; it can be {options}", name=name, given=given, options=fault["ctx"]["expected"]
        ), None
    if kind == "value_error":
        return joined([name, fault["ctx"]["error"].args[0]], ": "), None
    if kind in _SHAPES and given is None:
        return say("{name} is empty; it needs {shape}", name=name, shape=say(_SHAPES[kind])), None
    if kind in _SHAPES:
        return say("{name} is {given!r}; it needs {shape}", name=name, given=given, shape=say(_SHAPES[kind])), None
    message = str(fault["msg"]).removeprefix("Input should be ").removeprefix("a valid ")
    return say("{name} is {given!r}; expected {message}", name=name, given=given, message=message), None
