"""Simulate: elections that might have been, with progress, a stop, and what was done by then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import JSONResponse, RedirectResponse, Response

from sailau.plots.dots import seat_dots
from sailau.terms.errors import Invalid, SailauError
from sailau.terms.speech import joined, say
from sailau.web.answers import desk_of, fragment, page, pairs_of, words_of
from sailau.web.api.forms import SimulateQuestion
from sailau.web.api.jobs import client_of, noise_of, runs_of
from sailau.web.choices import elections_by_country
from sailau.web.desk import Desk
from sailau.web.failing import fault_in_words
from sailau.web.jobs import Job
from sailau.web.lab import Seen, look
from sailau.web.problems import Refused
from sailau.web.scene import read_scene, spelled
from sailau.web.words import Words
from sailau.web.worker import Simulation

NAME, ADDRESS = "simulate", "/simulate"
KEYS = ("model", "sd", "correlation", "concentration", "runs", "seed")
router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
def simulate(request: Request) -> Response:
    """Show what can be simulated."""
    desk, words = desk_of(request), words_of(request)
    given = pairs_of(request)
    scene = read_scene(desk, given, default=words("first_election"), known=KEYS)
    asked = {"model": "logistic_normal", "sd": "2", "runs": "10000", "seed": "7", **_asked(given)}
    return page(
        request,
        "simulate.html",
        here=NAME,
        scene=scene,
        seen=look(desk, scene, words),
        asked=asked,
        job=None,
        elections=elections_by_country(desk, words),
        fault=None,
    )


def _asked(pairs: list[tuple[str, str]]) -> dict[str, str]:
    return {key: value.strip() for key, value in pairs if key in KEYS and value.strip()}


@router.post(ADDRESS)
async def start(request: Request) -> Response:
    """Start a simulation, and lead to its page."""
    desk, words = desk_of(request), words_of(request)
    form = await request.form(max_fields=2000, max_files=0)
    pairs = [(str(key), str(value)) for key, value in form.multi_items()]
    scene = read_scene(desk, pairs, default=words("first_election"), known=KEYS)
    asked = _asked(pairs)
    try:
        task = _task(scene_seen := look(desk, scene, words), asked, desk)
    except SailauError as fault:
        return page(
            request, "simulate.html", status=422, here=NAME, scene=scene, seen=look(desk, scene, words), asked=asked,
            job=None, elections=elections_by_country(desk, words), fault=fault,
        )  # fmt: skip
    job = desk.jobs.submit("simulate", task, client_of(request))
    spoken = [pair for pair in pairs if pair[0] == "lang"]
    return RedirectResponse(f"{ADDRESS}/{job.id}?{spelled([*scene_seen.scene.pairs(), *asked.items(), *spoken])}", 303)


def _task(seen: Seen, asked: dict[str, str], desk: Desk) -> Simulation:
    """Return the work that a form describes.

    Raises
    ------
    SailauError
        A number that is none, or a law that cannot stand.
    """
    scene = seen.scene
    if scene.fault is not None:
        raise scene.fault
    try:
        question = SimulateQuestion.model_validate(
            {
                "election": scene.election.id,
                "model": asked.get("model", "logistic_normal"),
                "sd": _percent(asked.get("sd", "2")),
                "correlation": asked.get("correlation", "0"),
                "concentration": asked.get("concentration", "1000"),
                "runs": _whole(asked.get("runs", "10000")),
                "seed": _whole(asked.get("seed", "7")),
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise Invalid(joined([str(first["loc"][-1]), fault_in_words(first)], ": ")) from None
    if question.runs > desk.settings.runs_limit:
        raise Invalid(say("{runs:,} runs; at most {most:,} here", runs=question.runs, most=desk.settings.runs_limit))
    house = seen.houses[1] or seen.houses[0]
    return Simulation(
        scene.changed, scene.election.tally, noise_of(question), question.runs, question.seed,
        dict(house.declared) if house else {}, {}, {**scene.election.decisions, **scene.decisions},
    )  # fmt: skip


def _percent(text: str) -> str:
    bare = text.replace(" ", "").replace("\u202f", "").replace(",", ".")
    return bare if bare.endswith("%") or "/" in bare else f"{bare}%"


def _whole(text: str) -> int:
    bare = "".join(text.split()).replace(",", "").replace(".", "")
    if not bare.isascii() or not bare.isdigit() or len(bare) > 18:
        raise Invalid(say("{text!r} is no whole number", text=text))
    return int(bare)


@router.get(f"{ADDRESS}/{{key}}")
def watch(request: Request, key: str) -> Response:
    """Show a simulation: how far it is, what it has."""
    desk, words = desk_of(request), words_of(request)
    given = pairs_of(request)
    scene = read_scene(desk, given, default=words("first_election"), known=KEYS)
    seen = look(desk, scene, words)
    job = desk.jobs.get(key)
    return page(
        request,
        "simulate.html",
        here=NAME,
        scene=scene,
        seen=seen,
        asked=_asked(given),
        job=job,
        elections=elections_by_country(desk, words),
        fault=None,
        **_result(job, seen, words),
    )


@router.get(f"{ADDRESS}/{{key}}/part")
def part(request: Request, key: str) -> Response:
    """Return what a simulation has so far, as a part of the page."""
    desk, words = desk_of(request), words_of(request)
    scene = read_scene(desk, pairs_of(request), default=words("first_election"), known=KEYS)
    seen = look(desk, scene, words)
    job = desk.jobs.get(key)
    values: dict[str, Any] = {"t": words, "seen": seen, "job": job, **_result(job, seen, words)}
    return JSONResponse({"html": fragment("simulate_result.html", **values), "job": job.document()})


@router.post(f"{ADDRESS}/{{key}}/stop")
async def stop(request: Request, key: str) -> Response:
    """Stop a simulation without scripts."""
    jobs = desk_of(request).jobs
    job = jobs.stop(key)
    await jobs.wait(job, 1.0)
    query = request.url.query
    return RedirectResponse(f"{ADDRESS}/{job.id}{f'?{query}' if query else ''}", 303)


def _result(job: Job, seen: Seen, words: Words) -> dict[str, Any]:
    from sailau.report.simulation import simulation_table

    try:
        runs = runs_of(job)
    except Refused:
        return {"table": None, "picture": ""}
    if not runs.summary.runs:
        return {"table": None, "picture": ""}
    table = simulation_table(runs, title=words("simulate.done", n=runs.summary.runs))
    histograms = {
        party: {n: count for n, count in enumerate(line) if count}
        for party, line in zip(runs.summary.parties, runs.summary.histogram, strict=True)
        if any(line[1:])
    }
    ordered = {p: histograms[p] for p in [*seen.order, *histograms] if p in histograms}
    shown = dict(list(ordered.items())[:20])
    house = seen.houses[1] or seen.houses[0]
    actual = {p: (house.seats.get(p, 0) - house.declared.get(p, 0)) for p in shown} if house else None
    style = replace(seen.style(words("simulate.picture")), names={p: seen.name(p) for p in shown})
    picture = seat_dots(shown, style, actual=actual)
    return {"table": table, "picture": picture}
