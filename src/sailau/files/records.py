"""JSON as a table: a list of records, alone or inside a document, records by name, or one record a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sailau.files.tables import MOST_COLUMNS, Format, Table, Value
from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

_START = re.compile(rb"\s*(?:\[\s*[{\]]|\{\s*[\"}])")
_SPACE = re.compile(r"[\s,]*")
ROWS = ("rows", "data", "results", "records", "votes")
_DEEP = 4
"""Lists inside of lists that are opened."""


def _sniff(raw: bytes, path: str) -> float:
    if not _START.match(raw.removeprefix(b"\xef\xbb\xbf")[:2000]):
        return 0.0
    return 0.5 if path.lower().endswith((".json", ".jsonl", ".ndjson")) else 0.2


def _read(raw: bytes, path: str, error: type[Invalid]) -> tuple[Table, ...]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise error(say("is JSON, but not in UTF-8"), place=Place(path), hint=say("save it as UTF-8")) from None
    records = [(line, value) for line, value in _records(text, path, error) if value is not None] or _by_name(text)
    records = [(line, flat) for line, record in records for flat in _flat(record)]
    columns = list(dict.fromkeys(key for _, record in records for key in record))
    if not records or not columns:
        hint = say('give a list of records: [{{"party": "A", "votes": 3}}, …]')
        raise error(say("is JSON without records"), place=Place(path), hint=hint)
    if len(columns) > MOST_COLUMNS:
        raise error(
            say("has records with {n:,} keys in all", n=len(columns)),
            place=Place(path),
            hint=say("give a row for each party"),
        )
    rows: list[list[Value]] = [list(columns)]
    rows += [[_cell(record.get(key), key, line, path, error) for key in columns] for line, record in records]
    return (Table(path, rows, [1, *(line for line, _ in records)], "json"),)


def _records(text: str, path: str, error: type[Invalid]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the records with the line on which each begins."""
    at = _start(text, path, error)
    listed = text[max(at - 1, 0) : at] == "["
    decoder = json.JSONDecoder(parse_float=_number)
    line, seen = 1, 0
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # the pattern matches anywhere
        if at >= len(text) and not listed:
            return
        if at >= len(text):
            hint = say("the file was cut: save or fetch it again")
            raise error(
                say("breaks off; the list of records is not closed"), place=Place(path, 1 + text.count("\n")), hint=hint
            )
        if text[at] == "]":
            return
        line += text.count("\n", seen, at)
        seen = at
        try:
            record, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            raise error(
                say("is no JSON text from here on"), place=Place(path, line), hint=say("save it again")
            ) from None
        if not isinstance(record, dict):
            raise error(
                say("holds something that is no record"),
                place=Place(path, line),
                hint=say('write {{"party": …, "votes": …}}'),
            )
        yield line, record


def _by_name(text: str) -> list[tuple[int, dict[str, Any]]]:
    """Return a document of records by name, {"North": {"A": 3}, …}, as records with the name as their district."""
    document = json.loads(text, parse_float=_number)
    named = document if isinstance(document, dict) else {}
    while len(named) == 1 and all(isinstance(value, dict) for value in named.values()):
        inner = next(iter(named.values()))
        if not _all_records(list(inner.values())):
            break
        named = inner
    if not _all_records(list(named.values())):
        return []
    return [
        (1 + text[: text.find(json.dumps(name, ensure_ascii=False))].count("\n"), {"district": name, **votes})
        for name, votes in named.items()
    ]


def _flat(record: dict[str, Any], depth: int = 0) -> list[dict[str, Any]]:
    """Return a record with one list or record in it as records without: an area and its parties, a row for each.

    A list of records gives a row for each of them; records by name too, with the name as the contender; counts by name
    stand beside each other.
    """
    nested = [key for key, value in record.items() if isinstance(value, dict | list) and value]
    if len(nested) != 1 or depth > _DEEP:
        return [record]
    key = nested[0]
    inner, outer = record[key], {name: value for name, value in record.items() if not isinstance(value, dict | list)}
    if isinstance(inner, list):
        parts = inner if _all_records(inner) else None
    elif _all_records(list(inner.values())):
        parts = [{"contender": name, **its} for name, its in inner.items()]
    else:
        parts = [inner] if not any(isinstance(value, dict | list) for value in inner.values()) else None
    if parts is None:
        return [record]
    named = [{(f"{key} {name}" if name in outer else name): value for name, value in part.items()} for part in parts]
    return [flat for part in named for flat in _flat({**outer, **part}, depth + 1)]


class _Exact(str):
    """A number with a fraction, as it is written."""


def _number(text: str) -> _Exact:
    return _Exact(text)


def _start(text: str, path: str, error: type[Invalid]) -> int:
    """Return where the records begin: in a list, in a list inside a document, or line by line."""
    first = len(text) - len(text.lstrip())
    if text[first : first + 1] == "[":
        return first + 1
    try:
        document = json.loads(text)
    except RecursionError:
        raise error(say("is nested too deeply"), place=Place(path)) from None
    except ValueError as cause:
        if "\n{" in text and getattr(cause, "msg", "") == "Extra data":
            return first
        raise error(
            say("is no JSON text: {cause}", cause=cause), place=Place(path), hint=say("save it again")
        ) from None
    lists = {key: value for key, value in document.items() if isinstance(value, list) and _all_records(value)}
    key = next((name for name in ROWS if name in lists), next(iter(lists), None) if len(lists) == 1 else None)
    if key is None:
        return first if not any(isinstance(value, dict | list) for value in document.values()) else len(text)
    found = re.search(rf'"{re.escape(key)}"\s*:\s*\[', text)
    return found.end() if found else len(text)


def _all_records(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(part, dict) for part in value)


def _cell(value: Any, key: str, line: int, path: str, error: type[Invalid]) -> Value:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        what = say("{key} holds a list or a record where a count or a name is expected", key=key)
        raise error(what, place=Place(path, line), hint=say("write one record for each count"))
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else value


RECORDS = Format("json", _sniff, _read)
