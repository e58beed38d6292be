"""YAML documents whose values remember their place, and which hold exact numbers only."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from sailau.terms.errors import Invalid, NotFound, Place
from sailau.terms.speech import quoted, say

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
_FLOAT = re.compile(r"[-+]?(\d[\d_]*\.\d*|\.\d+|\d[\d_]*)([eE][-+]?\d+)?|[-+]?\.(inf|nan)", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}
LIMIT = 4_000_000
"""The largest document that is read, in bytes; a law or a record is a hundred times smaller."""

DEPTH, VALUES = 40, 200_000
"""How deeply a document may be nested, and how many values it may hold, aliases followed."""

DIGITS = 40
"""Digits of a whole number at the most."""

_SURELY_SHALLOW = 5_000

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document: plain values, and the place of each.

    Attributes
    ----------
    values : mapping
    places, keys : mapping of path to Place
        Where each value, and where its key, stands. A path is a tuple of keys and indices; ``()`` is the document.
    """

    values: dict[str, Any]
    places: Mapping[Path_, Place]
    keys: Mapping[Path_, Place] = field(default_factory=dict)

    def place(self, path: Sequence[str | int]) -> Place:
        """Return the place of a value, or of the nearest one around it that has one."""
        at = tuple(path)
        while at not in self.places:
            at = at[:-1]
        return self.places[at]


_FORM = "the pages in docs/ show the form of each file"


def read_document(path: Path, error: type[Invalid], *, form: str | None = None) -> Document:
    """Read a YAML file whose top is a mapping; `form` says how such a file looks where this one is something else.

    Raises
    ------
    NotFound
        There is no such file.
    Invalid
        The class given as `error`: not UTF-8, too large, broken YAML, a duplicate key, a binary float.
    """
    try:
        if stat.S_ISFIFO(path.stat().st_mode):  # to open it would wait for a writer, for ever
            raise error(say("is no file but a device or a pipe"), place=Place(str(path)))
        with path.open("rb") as given:
            raw = given.read(LIMIT + 1)  # a device says that it is empty, and never ends
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound("file", str(path)) from None
    except OSError as cause:
        raise error(say("cannot be read: {why}", why=cause.strerror), place=Place(str(path))) from None
    if len(raw) > LIMIT:
        raise error(
            say("is too large for a law or a record: more than {limit:,} bytes", limit=LIMIT), place=Place(str(path))
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = raw.count(b"\n", 0, cause.start) + 1
        place = Place(str(path), line, cause.start - raw.rfind(b"\n", 0, cause.start))
        raise error(say("is not UTF-8 text"), place=place, hint=say("save the file as UTF-8")) from None
    return parse_document(text, str(path), error, form=form)


def parse_document(text: str, name: str, error: type[Invalid], *, form: str | None = None) -> Document:
    """Read YAML text; `name` stands in messages as the path."""
    try:
        _check_depth(text, name, error)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as cause:
        mark = getattr(cause, "problem_mark", None)
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        why = getattr(cause, "problem", None) or getattr(cause, "reason", None) or say("it breaks off")
        raise error(say("is not YAML: {why}", why=quoted(why)), place=place, hint=form) from None
    if not isinstance(node, yaml.MappingNode):
        what = say("is empty") if node is None else say("is no mapping of keys to values")
        raise error(what, place=Place(name, 1, 1), hint=form or say(_FORM))
    reader = _Reader(name, error)
    return Document(reader.value(node, ()), reader.places, reader.keys)


def _check_depth(text: str, name: str, error: type[Invalid]) -> None:
    """Refuse what is nested so deeply that to compose it, which calls itself for each level, would end the program."""
    longest = max(map(len, text.split("\n")))
    if text.count("[") + text.count("{") + longest < _SURELY_SHALLOW:
        return  # a level needs a bracket, or a place further right in its line
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > 2 * DEPTH:
            mark = event.start_mark
            place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
            raise error(say("is nested too deeply"), place=place)


def spell_path(path: Sequence[str | int]) -> str:
    """Return a path as people name it: ``list.threshold.share``."""
    names = [part for part in path if isinstance(part, str)]
    return ".".join([*(name for name in names[:-1] if name not in ("tiers", "steps")), *names[-1:]]) or say("the file")


class _Reader:
    def __init__(self, name: str, error: type[Invalid]) -> None:
        self.name, self.error = name, error
        self.values = 0
        self.places: dict[Path_, Place] = {}
        self.keys: dict[Path_, Place] = {}

    def value(self, node: yaml.Node, path: Path_) -> Any:
        self.values += 1
        if len(path) > DEPTH or self.values > VALUES:
            what = (
                say("is nested too deeply")
                if len(path) > DEPTH
                else say("holds more than {values:,} values", values=VALUES)
            )
            raise self.error(what, place=self._place(node), hint=say("an alias (*name) may repeat or contain itself"))
        self.places[path] = self._place(node)
        if isinstance(node, yaml.MappingNode):
            return {key: self.value(part, (*path, key)) for key, part in self._pairs(node, path)}
        if isinstance(node, yaml.SequenceNode):
            return [self.value(part, (*path, i)) for i, part in enumerate(node.value)]
        return self._scalar(node, path)

    def _pairs(self, node: yaml.MappingNode, path: Path_) -> Iterator[tuple[str, yaml.Node]]:
        seen: dict[str, Place] = {}
        for key, part in node.value:
            name = str(key.value)
            if not isinstance(key, yaml.ScalarNode) or name == "<<":
                raise self.error(say("a key is plain text here"), place=self._place(key))
            if name in seen:
                raise self.error(
                    say("the key {name!r} stands twice; first in line {line!s}", name=name, line=seen[name].line),
                    place=self._place(key),
                    hint=say("keep one of them"),
                )
            seen[name] = self.keys[(*path, name)] = self._place(key)
            yield name, part

    def _scalar(self, node: yaml.Node, path: Path_) -> Any:
        text = str(node.value)
        if getattr(node, "style", None):
            return text
        if text.lower() in _WORDS:
            return _WORDS[text.lower()]
        if _INT.fullmatch(text):
            if len(text) > DIGITS:
                what = say("{name} is a number of {n:,} digits", name=spell_path(path), n=len(text))
                raise self.error(what, place=self._place(node), hint=say("no count has more than {n}", n=DIGITS))
            return int(text.replace("_", ""))
        if _FLOAT.fullmatch(text):
            raise self.error(
                say("{name} is {text}, a binary float", name=spell_path(path), text=text),
                place=self._place(node),
                hint=say('an exact number is needed; write for instance "5%" or "1/20"'),
            )
        if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                raise self.error(say("{text} is no day of the calendar", text=text), place=self._place(node)) from None
        return text

    def _place(self, node: yaml.Node) -> Place:
        return Place(self.name, node.start_mark.line + 1, node.start_mark.column + 1)
