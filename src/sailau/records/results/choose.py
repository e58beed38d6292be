"""Choosing the sheet that looks most like results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sailau.files.label_words import LEFT_OUT
from sailau.files.labels import CERTAIN
from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import Table
from sailau.records.results.given import GIVEN
from sailau.records.results.layout import Plan
from sailau.records.results.plan import find_plan
from sailau.records.results.problems import FaultyResults
from sailau.records.results.sheets import as_districts
from sailau.terms.speech import say


def choose_plan(tables: Sequence[Table], path: str, roles: Mapping[str, str] | None = None) -> Plan:
    """Return the plan of the table that looks most like results; the others that do are told.

    Raises
    ------
    FaultyResults
        No table does; the reason is that of the one table, or of each sheet.
    """
    plans, refusals = [], []
    for table in tables:
        try:
            plan = find_plan(table, roles)
            plans.append(replace(plan, notes=(*table.problems, *plan.notes)))
        except FaultyResults as refusal:
            refusals.append((table.sheet, refusal))
    if not plans and len(refusals) == 1:
        raise refusals[0][1]
    if not plans and not refusals:
        raise FaultyResults(say("is empty"), place=CellPlace(path), hint=say("give a file with names and votes"))
    if not plans:
        reasons = "; ".join(f"{sheet}: {refusal.what}" for sheet, refusal in refusals)
        raise FaultyResults(say("no sheet holds results"), place=CellPlace(path), hint=reasons[:600])
    whole = as_districts(plans) if not roles else None
    if whole is not None:
        return whole
    best = max(plans, key=_score)
    others = [repr(plan.table.sheet) for plan in plans if plan is not best]
    if not others:
        return best
    what = say(
        "the sheet {sheet!r} was read; {others} look like results too", sheet=best.table.sheet, others=", ".join(others)
    )
    hint = say("name the one you mean with --sheet; sheets of one district each go into one, with a column district")
    note = Problem("W206", CellPlace(path, sheet=best.table.sheet), what, hint)
    return replace(best, notes=(*best.notes, note))


def _score(plan: Plan) -> tuple[int, int]:
    """Return how sure a plan is, and how much it holds; of equal ones the first sheet wins."""
    sure = sum(1 for column in plan.layout.columns if column.sure in (CERTAIN, GIVEN) and column.role != LEFT_OUT)
    return sure, len(plan.rows)
