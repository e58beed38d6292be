"""Long work over HTTP: start, watch, stop; what was done by then stays."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from sailau.runs.logistic_normal import LogisticNormal
from sailau.runs.noise import Dirichlet, Swing
from sailau.terms.errors import Invalid
from sailau.terms.numbers import exact
from sailau.terms.speech import joined, say
from sailau.web.answers import desk_of
from sailau.web.api.counting import asked, document
from sailau.web.api.forms import Document, JobDocument, SimulateQuestion, failing
from sailau.web.desk import Desk
from sailau.web.jobs import Job
from sailau.web.problems import Refused
from sailau.web.worker import Simulation

if TYPE_CHECKING:
    from sailau.runs.simulate import Runs

router = APIRouter(prefix="/api/jobs", tags=["jobs"])
Key = Annotated[str, Path(max_length=64)]


def noise_of(question: SimulateQuestion) -> LogisticNormal | Dirichlet | Swing:
    """Return the model of a question.

    Raises
    ------
    Invalid
        A number that is none, or that the model refuses.
    """
    try:
        if question.model == "dirichlet":
            return Dirichlet(concentration=exact(question.concentration))
        if question.model == "swing":
            return Swing(sd=exact(question.sd))
        return LogisticNormal(sd=exact(question.sd), correlation=exact(question.correlation))
    except ValueError as fault:
        raise Invalid(joined([say("noise"), str(fault)], ": ")) from None


def simulation_of(desk: Desk, question: SimulateQuestion) -> Simulation:
    """Return the task of a question."""
    if question.runs > desk.settings.runs_limit:
        raise Invalid(say("{runs:,} runs; at most {most:,} here", runs=question.runs, most=desk.settings.runs_limit))
    what = asked(desk, question)
    return Simulation(
        what.law,
        what.tally,
        noise_of(question),
        question.runs,
        question.seed,
        what.declared,
        {name: tuple(members) for name, members in question.coalitions.items()},
        dict(what.decisions),
    )


def client_of(request: Request) -> str:
    """Return who asks."""
    return request.client.host if request.client else "local"


def runs_of(job: Job) -> Runs:
    """Return what a simulation has so far.

    Raises
    ------
    Refused
        Nothing yet, or another kind of job.
    """
    from sailau.runs.job import Job as Runner
    from sailau.runs.simulate import Runs

    task = job.task
    if not isinstance(task, Simulation) or job.result is None:
        raise Refused(
            404,
            (
                say("the job {job} has no result", job=job.id)
                if job.is_over
                else say("the job {job} has no result yet", job=job.id)
            ),
        )
    runner = Runner(task.law, task.tally, task.noise, task.seed, task.held, task.coalitions, task.decisions)
    return Runs(runner, task.n, (job.result,))


@router.post("", status_code=202, response_model=JobDocument, responses=failing(404, 409, 429))
def simulate(request: Request, question: SimulateQuestion) -> Response:
    """Start a simulation; watch it at its address."""
    desk = desk_of(request)
    job = desk.jobs.submit("simulate", simulation_of(desk, question), client_of(request))
    return JSONResponse(job.document(), 202, {"Location": f"/api/jobs/{job.id}"})


@router.get("/{key}", response_model=JobDocument, responses=failing(404))
def state(request: Request, key: Key) -> Response:
    """Say how far a job is."""
    return JSONResponse(desk_of(request).jobs.get(key).document())


@router.get("/{key}/result", response_model=Document, responses=failing(404))
def result(request: Request, key: Key) -> Response:
    """Return what a job has so far: all of it, or the part that was done when it was stopped."""
    from sailau.report.simulation import simulation_table

    runs = runs_of(desk_of(request).jobs.get(key))
    return document(
        simulation_table(runs, title=say("{runs:,} of {n:,} runs", runs=runs.summary.runs, n=runs.n)), "simulate"
    )


@router.delete("/{key}", response_model=JobDocument, responses=failing(404))
async def stop(request: Request, key: Key) -> Response:
    """Stop a job; what was done stays."""
    jobs = desk_of(request).jobs
    job = jobs.stop(key)
    await jobs.wait(job, 1.0)
    return JSONResponse(job.document())


@router.get(
    "/{key}/events",
    responses={200: {"content": {"text/event-stream": {}}, "description": "Progress as it comes"}, **failing(404)},
    response_class=StreamingResponse,
)
async def events(request: Request, key: Key) -> Response:
    """Tell the progress of a job as server-sent events, until it is over."""
    job = desk_of(request).jobs.get(key)
    return StreamingResponse(_told(request, job), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _told(request: Request, job: Job) -> AsyncIterator[str]:
    version = -1
    while True:
        if job.version != version:
            version = job.version
            yield f"data: {json.dumps(job.document())}\n\n"
        if job.is_over or await request.is_disconnected():
            return
        await asyncio.sleep(0.08)
