"""Names of contenders, districts and tiers: cleaned, matched, and compared by their looks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple, TypeGuard

from sailau.files.counts import Fault, is_date
from sailau.files.labels import loose
from sailau.files.tables import Value
from sailau.terms.speech import coded, say
from sailau.terms.tally import Contender

_HIDDEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffd]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN, _CYRILLIC = re.compile("[A-Za-z\u00c0-\u024f]"), re.compile("[\u0400-\u052f]")
_QUOTES = re.compile("[\"'«»„“”‚‘’‹›`´]")
_ALIKE = str.maketrans("аеорсухіјѕһԁәАВЕКМНОРСТУХІЈЅҺЁё", "aeopcyxijshdəABEKMHOPCTYXIJShEe")
_NEAR = 0.8


class Named(NamedTuple):
    """What a cell with a name stands for; the faults in it, W faults being told once only."""

    id: str
    faults: tuple[Fault, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether no fault costs the row."""
        return not any(fault.code.startswith("E") for fault in self.faults)


def text_of(value: Value) -> str:
    """Return a cell as text: 12.0 of a spreadsheet is 12."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else str(value)


def clean(value: Value) -> str:
    """Return a name in NFC without spaces around it, doubled spaces and invisible signs."""
    if _is_plain(value):
        return value
    return " ".join(_HIDDEN.sub("", unicodedata.normalize("NFC", text_of(value))).split())


def key_of(name: str) -> str:
    """Return what two spellings of one name share: neither case nor quotes count."""
    if name.isalnum():
        return name.casefold().replace("ё", "е")
    return " ".join(_QUOTES.sub("", name).casefold().replace("ё", "е").split()) or name


def looks_of(name: str) -> str:
    """Return the looks of a name: Cyrillic letters as the Latin ones that look alike."""
    return key_of(name.translate(_ALIKE))


def resolve(values: Iterable[Value], what: str, known: Mapping[str, Contender] | None = None) -> dict[Value, Named]:
    """Return the id of each spelling.

    Parameters
    ----------
    values : iterable of Value
        The cells, in the order of the file.
    what : str
        What they name, for messages: contender, district.
    known : mapping of str to Contender, optional
        Contenders that a name may stand for.
    """
    seen = dict.fromkeys(values)
    plain = set(filter(_is_plain, seen))
    cleaned = {value: clean(value) for value in seen}
    index = _index(known or {})
    ids: dict[str, str] = {}
    looks: dict[str, str] = {}
    out: dict[Value, Named] = {}
    for value, name in sorted(cleaned.items(), key=lambda pair: not pair[1].isascii() and bool(is_mixed(pair[1]))):
        key = key_of(name)
        match = (index.get(key) or index.get(loose(name))) if index else None
        first = ids.setdefault(key, match or name)
        faults = [] if value in plain and not is_date(value) else list(_faults(value, name, what))
        if index and name and not match:
            faults += _near(name, index)
        other = looks.setdefault(key if name.isascii() else looks_of(name), first)
        if other != first:
            faults.append(_alike(name, other))
        out[value] = Named(first, tuple(faults)) if faults else Named(first)
    return out


def _is_plain(value: Value) -> TypeGuard[str]:
    """Tell whether a name is clean as it stands."""
    if type(value) is not str or not value.isascii() or not value.isprintable():
        return False
    return bool(value) and value[0] != " " != value[-1] and "  " not in value


def _index(known: Mapping[str, Contender]) -> dict[str, str]:
    """Return the contender for each spelling that belongs to only one."""
    found: dict[str, set[str]] = {}
    for name, contender in known.items():
        for spelling in (name, name.replace("_", " "), *contender.names.values()):
            for key in {key_of(clean(spelling)), loose(spelling)}:
                found.setdefault(key, set()).add(name)
    return {spelling: next(iter(names)) for spelling, names in found.items() if len(names) == 1}


def _faults(value: Value, name: str, what: str) -> Iterable[Fault]:
    raw = text_of(value)
    if is_date(value):
        hint = say("a spreadsheet makes 1-4 a date: format the column as text, and type the cell again")
        yield Fault(
            "E109", say("{raw}, a date, where the name of a {what} is expected", raw=raw, what=coded(what)), hint
        )
    if _CONTROL.search(raw):
        yield Fault(
            "E115",
            say("the {what} {raw!r} holds a control character", what=coded(what), raw=raw),
            say("type the cell again"),
        )
    if not name:
        yield Fault(
            "E119", say("the name of the {what} is missing", what=coded(what)), say("write it, or delete the row")
        )
    if _HIDDEN.search(raw):
        yield Fault(
            "W208", say("the {what} {name} held invisible signs; they were taken out", what=coded(what), name=name), ""
        )
    mixed = is_mixed(name)
    if mixed:
        yield Fault(
            "W207",
            say("{mixed!r} mixes Latin and Cyrillic letters that look alike", mixed=mixed),
            say("type the word again"),
        )


_SCRIPTS = {"LATIN": "Latin", "CYRILLIC": "Cyrillic", "GREEK": "Greek"}


def is_mixed(name: str) -> str:
    """Return the first word in which a letter of the other script passes for its double."""
    if not _LATIN.search(name) or not _CYRILLIC.search(name):
        return ""
    for word in map(str, _WORD.findall(name)):
        if _LATIN.search(word) and _CYRILLIC.search(word) and word != word.translate(_ALIKE):
            return word
    return ""


def _alike(name: str, other: str) -> Fault:
    foreign = next((a for a, b in zip(name, other, strict=False) if a != b), name[:1])
    script = _SCRIPTS.get(unicodedata.name(foreign, "").partition(" ")[0], "another script")
    what = say(
        "{name!r} and {other!r} differ only by letters that look alike ({foreign!r} is {script} here)",
        name=name,
        other=other,
        foreign=foreign,
        script=say(script),
    )
    return Fault("E116", what, say("use one spelling; else the votes of one name count as two"))


def _near(name: str, index: Mapping[str, str]) -> Iterable[Fault]:
    looks = {looks_of(spelling): spelling for spelling in index}
    near = get_close_matches(looks_of(name), list(looks), n=1, cutoff=_NEAR) if index else []
    if near:
        contender = index[looks[near[0]]]
        yield Fault(
            "W205",
            say("{name!r} is no contender known here, but close to {contender}", name=name, contender=contender),
            say("did you mean {contender}?", contender=contender),
        )
