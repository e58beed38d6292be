"""What is said of items and voters: days, sessions, issues, titles, bridges; names and parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sailau.align.columns import Columns, find_columns, require
from sailau.align.problems import Problem
from sailau.align.rollcalls import Item
from sailau.align.sources import Source, read_source
from sailau.files.problems import CellPlace
from sailau.terms.speech import coded, say

FIGURES = ("day", "session", "title", "bridge", "yes_means")
"""Of these an item has one each at most; of issues it may have several."""


@dataclass(slots=True)
class Notebook:
    """What rows say of items, the rows that say it, and the problems found on the way."""

    said: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    issues: dict[str, dict[str, None]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    dated: bool = False

    def note(self, source: Source, columns: Columns) -> None:
        """Take down what a file says of items, row by row."""
        present = [role for role in FIGURES if columns.has(role)]
        self.dated = self.dated or "day" in present
        ids = columns.cells(source, "item")
        for role in present:
            pairs = zip(ids, columns.cells(source, role), source.rows, strict=True)
            for name, text, row in pairs:
                if text and name:
                    self.said.setdefault(name, {}).setdefault(role, {}).setdefault(text, row)
        if columns.has("issue"):
            for name, text in zip(ids, columns.cells(source, "issue"), strict=True):
                for issue in filter(None, (part.strip() for part in text.split(";"))):
                    self.issues.setdefault(name, {})[issue] = None

    def item(self, name: str, path: str) -> Item:
        """Return an item with what was said of it; disputes are reported, and the figure left out."""
        figures: dict[str, str | None] = {}
        for role, texts in self.said.get(name, {}).items():
            if len(texts) == 1:
                figures[role] = next(iter(texts))
                continue
            rows = tuple(sorted(texts.values()))
            what = say(
                "item {name!r} has {n} values of {role}: {texts}",
                name=name,
                n=len(texts),
                role=coded(role),
                texts=", ".join(sorted(texts)[:3]),
            )
            self.problems.append(Problem("E507", CellPlace(path, rows[0]), what, rows=rows))
        day = self._day(name, figures.pop("day", None), path)
        return Item(name, day, issues=tuple(sorted(self.issues.get(name, ()))), **figures)

    def _day(self, name: str, text: str | None, path: str) -> date | None:
        disputed = len(self.said.get(name, {}).get("day", ())) > 1
        if text is None:
            if self.dated and not disputed:
                self.problems.append(Problem("E510", CellPlace(path), say("item {name!r} has no date", name=name)))
            return None
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            row = self.said[name]["day"][text]
            what = say("item {name!r}: {text!r} is no date", name=name, text=text)
            self.problems.append(Problem("E511", CellPlace(path, row), what, "write 2019-12-09", rows=(row,)))
            return None


def note_items(book: Notebook, path: str, columns: Mapping[str, str] | None = None) -> set[str]:
    """Take down a file of items, one row each; return their ids."""
    source = read_source(path)
    book.problems += source.problems
    found = find_columns(source, columns)
    require(found, ["item"], source)
    firsts = _without_twice(source, found.cells(source, "item"), "E508", "item", book.problems)
    book.note(_rows_of(source, firsts), found)
    return set(found.cells(source, "item"))


def note_issues(book: Notebook, path: str, known: Iterable[str]) -> None:
    """Take down a file of issues: item and issue, as many rows for an item as it has issues."""
    source = read_source(path)
    book.problems += source.problems
    found = find_columns(source)
    require(found, ["item", "issue"], source)
    only = Columns({role: found.roles[role] for role in ("item", "issue")})
    book.note(source, only)
    lost = dict(zip(only.cells(source, "item"), source.rows, strict=True))
    extra = sorted(set(lost) - set(known))
    if extra:
        rows = tuple(lost[name] for name in extra)
        what = say("{n:,} items with an issue have no votes, for instance {first!r}", n=len(extra), first=extra[0])
        book.problems.append(Problem("W604", CellPlace(source.path, rows[0]), what, rows=rows))


def read_voters(path: str, problems: list[Problem]) -> tuple[dict[str, str], dict[str, str]]:
    """Return names and groups by voter."""
    source = read_source(path)
    problems += source.problems
    found = find_columns(source)
    require(found, ["voter"], source)
    ids = found.cells(source, "voter")
    firsts = _without_twice(source, ids, "E509", "voter", problems)
    return label(source, found, "name", firsts), label(source, found, "group", firsts)


def label(source: Source, columns: Columns, role: str, rows: Iterable[int]) -> dict[str, str]:
    """Return what a role says of each voter, the first word that is said."""
    if not columns.has(role):
        return {}
    ids, texts = columns.cells(source, "voter"), columns.cells(source, role)
    out: dict[str, str] = {}
    for row in rows:
        if texts[row] and ids[row]:
            out.setdefault(ids[row], texts[row])
    return out


def _without_twice(source: Source, ids: Sequence[str], code: str, kind: str, problems: list[Problem]) -> list[int]:
    firsts: dict[str, int] = {}
    for row, name in enumerate(ids):
        if name in firsts:
            rows = (source.rows[firsts[name]], source.rows[row])
            problems.append(
                Problem(
                    code,
                    CellPlace(source.path, rows[1]),
                    say("{kind} {name!r} is listed twice", kind=coded(kind), name=name),
                    rows=rows,
                )
            )
        firsts.setdefault(name, row)
    return list(firsts.values())


def _rows_of(source: Source, rows: Sequence[int]) -> Source:
    columns = tuple([column[row] for row in rows] for column in source.columns)
    return Source(source.path, source.header, columns, [source.rows[row] for row in rows])
