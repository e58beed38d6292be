"""Sheets of a workbook that hold a district each: the same columns, and no column that names the district."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sailau.files.label_words import DISTRICT, TIER
from sailau.files.labels import LIKELY, role_of
from sailau.files.problems import CellPlace, Problem
from sailau.records.results.layout import Column, Plan
from sailau.terms.speech import say

_LEAST = 3
"""Sheets that make a series; two may as well be two rounds or two elections."""
_TIME = re.compile(r"(?:1[89]|20)\d{2}|\b(?:round|tour|turno|vuelta|wahlgang|tura|kolo|тур)\b", re.IGNORECASE)
_SHOWN = 3
HTML = "html"
"""Tables of a web page are called by their numbers, which name no district."""


def as_districts(plans: Sequence[Plan]) -> Plan | None:
    """Return the plan of all sheets together, each a district called after it; None where they are no such series.

    They have to be long tables with the same labels over the same columns, and none is called after a year, a round or
    a kind of votes.
    """
    first, names = plans[0], [plan.table.sheet or "" for plan in plans]
    columns = {tuple((column.header, column.role) for column in plan.layout.columns) for plan in plans}
    if len(plans) < _LEAST or len(columns) > 1 or first.layout.layout != "long" or first.find(DISTRICT, TIER):
        return None
    if (
        first.moved
        or first.table.format == HTML
        or not all(names)
        or any(_TIME.search(name) or role_of(name) for name in names)
    ):
        return None
    added = Column(len(first.columns) + 1, "sheet", DISTRICT, LIKELY)
    shown = ", ".join(map(repr, names[:_SHOWN])) + (" …" if len(names) > _SHOWN else "")
    what = say("{n} sheets with the same columns were read as districts: {shown}", n=len(names), shown=shown)
    note = Problem("W206", CellPlace(first.table.path), what, say("to read one alone: --sheet NAME"))
    return replace(
        first,
        layout=replace(first.layout, columns=(*first.layout.columns, added), sheet=None),
        rows=[[*row, name] for plan, name in zip(plans, names, strict=True) for row in plan.rows],
        lines=[line for plan in plans for line in plan.lines],
        columns=[*first.columns, added.number],
        labels=[*first.labels, added.header],
        roles=[*first.roles, DISTRICT],
        evidence=frozenset().union(*(plan.evidence for plan in plans)),
        notes=(*dict.fromkeys(note for plan in plans for note in plan.notes), note),
        sheets=[name for plan, name in zip(plans, names, strict=True) for _ in plan.rows],
    )
