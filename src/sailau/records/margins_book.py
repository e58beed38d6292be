"""What a file of margins says, entered cell by cell, with its problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sailau.files.counts import CELLS, Fault
from sailau.files.problems import CellPlace, Problem, Refused
from sailau.files.tables import Row, Table, Value
from sailau.terms.errors import InvalidMargins, Place

CODES: Mapping[str, str] = MappingProxyType(
    {
        **CELLS,
        "E110": "a row with too many or too few cells",
        "E111": "a unit, or a count of it, that stands twice",
        "E119": "a count without a unit or a name",
        "E130": "more votes than people in a unit",
        "E131": "a margin that is neither group nor option",
        "E132": "a count that a unit lacks and others have",
    }
)
"""What each code stands for."""

_SIDES = {"group": "group", "row": "group", "groups": "group", "option": "option", "column": "option", "vote": "option"}


class FaultyMargins(Refused, InvalidMargins):
    """A file of margins that was not read; `problems` holds each finding, none where the whole file is refused."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which column holds what: `at` by word, `counts` (column, side, name) of a wide table."""

    width: int
    at: Mapping[str, int]
    counts: tuple[tuple[int, str, str], ...]

    @property
    def long(self) -> bool:
        """Whether each row holds one count."""
        return "margin" in self.at


def plan_of(table: Table, groups: Sequence[str]) -> Plan:
    """Return the plan of a table by its header."""
    head = [str(cell).strip() for cell in table.rows[0]]
    where = Place(table.path, table.numbers[0])
    twice = [name for name, n in Counter(head).items() if n > 1]
    if twice:
        raise FaultyMargins(f"the header names the column {twice[0]!r} {head.count(twice[0])} times", place=where)
    words = {name.casefold(): column for column, name in enumerate(head)}
    at: dict[str, int] = {word: words[word] for word in ("unit", "stratum", "margin", "name", "count") if word in words}
    if "unit" not in at:
        hint = f"name columns unit, group:A, group:B, option:X, option:Y; there are {', '.join(head)}"
        raise FaultyMargins("no column is called unit", place=where, hint=hint)
    if {"margin", "name", "count"} <= set(at):
        return Plan(len(head), at, ())
    missing = [name for name in groups if name not in head]
    if missing:
        raise FaultyMargins(f"no column is called {missing[0]!r}", place=where, hint=f"columns: {', '.join(head)}")
    taken = {at["unit"], at.get("stratum", -1)}
    counts = [(i, *_side(name, groups)) for i, name in enumerate(head) if i not in taken]
    if not groups and any(not side for _, side, _ in counts):
        name = next(name for _, side, name in counts if not side)
        hint = "name columns group:white, option:dem and so on, or say which columns are groups: --groups white,black"
        raise FaultyMargins(f"the column {name!r} is neither a group nor an option", place=where, hint=hint)
    kept: dict[str, int] = {word: column for word, column in at.items() if word in ("unit", "stratum")}
    return Plan(len(head), kept, tuple((i, side or "option", name) for i, side, name in counts))


def _side(name: str, groups: Sequence[str]) -> tuple[str, str]:
    prefix, colon, rest = name.partition(":")
    if colon and prefix.strip().casefold() in _SIDES:
        return _SIDES[prefix.strip().casefold()], rest.strip()
    return ("group" if name in groups else ""), name


@dataclass(slots=True)
class Book:
    """Counts by unit, side and name; rows by unit; strata by unit; what is at fault."""

    path: str
    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    strata: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    spoiled: set[str] = field(default_factory=set)

    def report(self, fault: Fault, line: int, column: int | None, unit: str | None) -> None:
        """Note a fault; the unit is spoiled."""
        where = CellPlace(self.path, line, None if column is None else column + 1)
        self.problems.append(Problem(fault.code, where, fault.what, fault.hint, (line,)))
        if unit is not None:
            self.spoiled.add(unit)

    def unit(self, row: Row, line: int, plan: Plan, *, once: bool) -> str | None:
        """Return the unit of a row; none where the row is empty or cannot be read."""
        if not any(str(cell).strip() for cell in row):
            return None
        if len(row) != plan.width:
            fault = Fault("E110", f"the row has {len(row)} cells, the header {plan.width}", "")
            self.report(fault, line, None, str(row[plan.at["unit"]]) if len(row) > plan.at["unit"] else None)
            return None
        name = str(row[plan.at["unit"]]).strip()
        if not name:
            self.report(Fault("E119", "a row without a unit", "name it"), line, plan.at["unit"], None)
            return None
        if once and name in self.rows:
            fault = Fault("E111", f"unit {name!r} stands in row {self.rows[name]} too", "leave one, or rename it")
            self.report(fault, line, plan.at["unit"], name)
            return None
        self.rows.setdefault(name, line)
        if "stratum" in plan.at:
            self.strata.setdefault(name, str(row[plan.at["stratum"]]).strip())
        return name

    def side(self, cell: Value, unit: str, line: int, column: int) -> str | None:
        """Return the side that a cell names."""
        side = _SIDES.get(str(cell).strip().casefold())
        if side is None:
            fault = Fault("E131", f"{str(cell)!r} is no margin", "write group or option")
            self.report(fault, line, column, unit)
        return side

    def names(self, side: str) -> list[str]:
        """Return the names of a side in the order of the file."""
        return list(dict.fromkeys(name for _, its, name in self.counts if its == side))

    def check(self) -> None:
        """Check units that can be read: each has every count, and no more votes than people."""
        groups, options = self.names("group"), self.names("option")
        for unit, line in self.rows.items():
            if unit in self.spoiled:
                continue
            lacking = [
                (side, name)
                for side, names in (("group", groups), ("option", options))
                for name in names
                if (unit, side, name) not in self.counts
            ]
            if lacking:
                side, name = lacking[0]
                fault = Fault("E132", f"unit {unit!r} has no count of {side} {name!r}", "write 0 where it is none")
                self.report(fault, line, None, unit)
                continue
            people = sum(self.counts[unit, "group", name] for name in groups)
            votes = sum(self.counts[unit, "option", name] for name in options)
            if votes > people:
                hint = "both margins count the same people: those entitled to vote"
                self.report(Fault("E130", f"unit {unit!r}: {votes:,} votes, {people:,} people", hint), line, None, unit)

    def refusal(self, hint: str) -> FaultyMargins:
        """Return the error for this file."""
        rows = {row for problem in self.problems for row in problem.rows}
        many, lines = len(self.problems), len(rows)
        what = f"{many:,} problem{'s' * (many != 1)} in {lines:,} row{'s' * (lines != 1)}"
        return FaultyMargins(what, place=Place(self.path), hint=hint, problems=self.problems)
