"""Tables of laws: the list, one edition, the difference of two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sailau.files.told import told
from sailau.law.edition import Law
from sailau.report.results import caveats
from sailau.report.table import Cell, Table
from sailau.terms.speech import quoted, say


def laws_table(laws: Iterable[Law]) -> Table:
    """Return one row for each edition."""
    rows = tuple(
        (str(law), law.name, law.since, law.until, law.total, str(law.checked.on) if law.checked else "no")
        for law in laws
    )
    return Table(("law", "name", "from", "until", "seats", "checked"), rows, f"{len(rows)} editions of laws")


def law_table(law: Law) -> Table:
    """Return an edition clause by clause."""
    rows = tuple((path, value, quoted(cite)) for path, value, cite in _clauses(law.document))
    notes = caveats(law)
    if law.checked:
        note = quoted(f"; {law.checked.note}") if law.checked.note else ""
        sentence = "compared on {on} by {by} with {against}{note}"
        by, against = quoted(law.checked.by), quoted(law.checked.against)
        notes.append(say(sentence, on=law.checked.on, by=by, against=against, note=note))
    notes += [quoted(f"{key}: {text}") for key, text in law.texts.items()]
    sentence = "another reading, {name}: {why} ({cite})"
    notes += [say(sentence, name=quoted(r.name), why=quoted(r.why), cite=quoted(r.cite)) for r in law.readings]
    if law.fitted:
        notes.append(say("a rule was settled by the seats of {elections}", elections=", ".join(law.fitted)))
    notes += map(quoted, law.notes)
    title = say(
        "{law}: {name}, in force {since} to {until}",
        law=str(law),
        name=told(law.name),
        since=str(law.since),
        until=law.until or say("now"),
    )
    return Table(("clause", "value", "article"), rows, title, tuple(notes), {"document": _plain(law.document)})


def differing(old: Mapping[str, tuple[Cell, str]], new: Mapping[str, tuple[Cell, str]]) -> list[tuple[Cell, ...]]:
    """Return clauses that two editions give other values: the clause, both values, the article of the newer one."""
    rows: list[tuple[Cell, ...]] = []
    for name in [*old, *(name for name in new if name not in old)]:
        was, now = old.get(name, (None, "")), new.get(name, (None, ""))
        if was[0] != now[0]:
            rows.append((name, was[0], now[0], quoted(now[1] or was[1])))
    return rows


def law_difference(before: Law, after: Law) -> Table:
    """Return the clauses in which two editions differ."""
    old = {path: (value, cite) for path, value, cite in _clauses(before.document)}
    new = {path: (value, cite) for path, value, cite in _clauses(after.document)}
    rows = differing(old, new)
    title = say("{before} -> {after}: {n} clauses differ", before=before, after=after, n=len(rows))
    notes = [*caveats(before), *(note for note in caveats(after) if note not in caveats(before))]
    return Table(("clause", before.edition, after.edition, "article"), tuple(rows), title, tuple(notes))


def _clauses(document: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    out: list[tuple[str, str, str]] = [
        ("seats.total", _text(document["seats"].get("total")), document["seats"]["cite"])
    ]
    for name, tier in document["tiers"].items():
        cite = tier.get("cite", "")
        out += [(f"{name}.{key}", _text(tier.get(key)), cite) for key in ("seats", "district", "ballot")]
        out += _step_clauses(name, tier["steps"])
    return out


def _step_clauses(prefix: str, steps: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    out: list[tuple[str, str, str]] = []
    seen: dict[str, int] = {}
    for step in steps:
        if "each" in step:
            out += _step_clauses(prefix, step["steps"])
            continue
        for word, terms in step.items():
            n = seen.get(word, 0)
            seen[word] = n + 1
            path = f"{prefix}.{word}" if n == 0 else f"{prefix}.{word}[{n}]"
            for key, value in terms.items():
                if key != "cite":
                    out.append((f"{path}.{key}", _text(value), str(terms["cite"])))
    return out


def _text(value: Any) -> str:
    if value is None:
        return say("by decree")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | bool) or value is None else str(value)
