"""Counting over HTTP: count, what-if, explain, sweep."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from sailau.law.edition import Law
from sailau.law.result import Decisions
from sailau.report.results import comparison_table, explanation_table, result_table, seats_table
from sailau.report.table import Table, to_json
from sailau.runs.compare import compare
from sailau.terms.errors import Invalid
from sailau.terms.speech import say
from sailau.terms.tally import Ballots, Tally
from sailau.web.answers import desk_of
from sailau.web.api.forms import Document, ExplainQuestion, Question, SweepQuestion, failing
from sailau.web.desk import Desk

router = APIRouter(prefix="/api", tags=["count"])
JSON = "application/json"


def document(table: Table, schema: str) -> Response:
    """Return a table as the command line's JSON."""
    return Response(to_json(table, f"sailau/{schema}/1"), media_type=JSON)


@dataclass(frozen=True)
class Asked:
    """A question, its names looked up."""

    name: str
    tally: Tally
    in_force: Law
    law: Law
    decisions: Decisions
    declared: dict[str, int]


def asked(desk: Desk, question: Question) -> Asked:
    """Return what a question is about.

    Raises
    ------
    Invalid
        Neither an election nor votes with a law, or both.
    NotFound
        No such election or law.
    """
    if (question.election is None) == (question.votes is None):
        raise Invalid(say("give an election, or votes with a law"), hint='"election": "kz/mazhilis/2023-03-19"')
    given = {key: tuple(names) for key, names in question.decisions.items()}
    if question.election is not None:
        election = desk.election(question.election)
        in_force = desk.law_of(election)
        law = desk.law(question.law) if question.law else in_force
        declared = {} if question.law else election.declared_seats()
        name, tally, decisions = election.id, election.tally, {**election.decisions, **given}
    else:
        if question.law is None:
            raise Invalid(say("votes need a law"), hint='"law": "kz/mazhilis@2023-03-19"')
        law = in_force = desk.law(question.law)
        name, tally, decisions, declared = "votes", tally_of(question), given, {}
    changed = law.replace(dict(question.changes)) if question.changes else law
    return Asked(name, tally, in_force, changed, decisions, declared)


def tally_of(question: Question) -> Tally:
    """Return the votes of a question."""
    totals, seats = question.totals or {}, question.seats or {}
    return Tally(
        {
            tier: Ballots(areas, totals.get(tier, {}), seats.get(tier, {}))
            for tier, areas in (question.votes or {}).items()
        }
    )


@router.post("/count", response_model=Document, responses=failing(404, 409))
def count(request: Request, question: Question) -> Response:
    """Turn votes into seats under a law."""
    what = asked(desk_of(request), question)
    result = what.law.count(what.tally, decisions=what.decisions)
    return document(
        result_table(result, title=say("{name} under {law}", name=what.name, law=what.law), declared=what.declared),
        "count",
    )


@router.post("/whatif", response_model=Document, responses=failing(404, 409))
def what_if(request: Request, question: Question) -> Response:
    """Count the same votes under the law of the day and under a changed one."""
    what = asked(desk_of(request), question)
    seen = compare(what.in_force, what.law, what.tally, decisions=what.decisions)
    table = comparison_table(
        seen, title=say("{name}: {law} instead of {in_force}", name=what.name, law=what.law, in_force=what.in_force)
    )
    return document(table, "what-if")


@router.post("/explain", response_model=Document, responses=failing(404, 409))
def explain(request: Request, question: ExplainQuestion) -> Response:
    """Say step by step, with the article of law, why every seat went where it went."""
    what = asked(desk_of(request), question)
    result = what.law.count(what.tally, decisions=what.decisions)
    result.explain(question.contender, district=question.district)
    if question.every_seat:
        return document(seats_table(result, question.contender, question.district), "seats")
    return document(explanation_table(result, question.contender, question.district), "explain")


@router.post("/sweep", response_model=Document, responses=failing(404, 409))
def sweep(request: Request, question: SweepQuestion) -> Response:
    """Count an election at every value of a clause."""
    from sailau.report.simulation import sweep_table
    from sailau.runs.sweep import Range
    from sailau.runs.sweep import sweep as swept

    desk = desk_of(request)
    what = asked(desk, question)
    if question.election is None:
        raise Invalid(say("a sweep needs an election"))
    through = Range.of(question.sweep)
    if len(through.values) > 500:
        raise Invalid(say("{n:,} values; at most 500 at a time", n=len(through.values)), hint=say("take larger steps"))
    points = swept(desk.election(question.election), [through], law=what.law)
    return document(sweep_table(points, [through.path], title=f"{what.name}: {through.path}"), "sweep")
