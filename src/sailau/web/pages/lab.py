"""The Lab: change the law and see who gains."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from sailau.web.answers import desk_of, fragment, page, pairs_of, words_of
from sailau.web.choices import elections_by_country, laws_for
from sailau.web.copies import command_of, python_of, steps_of
from sailau.web.lab import Seen, look
from sailau.web.scene import read_scene, spelled
from sailau.web.words import Words

NAME, ADDRESS = "lab", "/lab"
router = APIRouter(include_in_schema=False)


@router.get("/")
def start(request: Request) -> Response:
    """Lead to the Lab."""
    query = request.url.query
    return RedirectResponse(f"{ADDRESS}{f'?{query}' if query else ''}", 307)


@router.get(ADDRESS)
def lab(request: Request) -> Response:
    """Show the Lab; a form that was sent without scripts is led to its short address."""
    desk, words = desk_of(request), words_of(request)
    given = pairs_of(request)
    scene = read_scene(desk, given, default=words("first_election"))
    asked = [pair for pair in given if pair[0] == "lang"]
    if any(key == "form" for key, _ in given) and scene.fault is None:
        return RedirectResponse(f"{ADDRESS}?{scene.query(*asked)}", 303)
    seen = look(desk, scene, words)
    return page(
        request,
        "lab.html",
        here=NAME,
        scene=scene,
        seen=seen,
        tiers=steps_of(scene),
        elections=elections_by_country(desk, words),
        laws=laws_for(desk, scene.election, words),
        code=_code(seen),
    )


@router.get(f"{ADDRESS}/part")
def part(request: Request) -> Response:
    """Return what a moved control changes, as parts of the page."""
    desk, words = desk_of(request), words_of(request)
    given = pairs_of(request)
    scene = read_scene(desk, given, default=words("first_election"), known=("open",))
    seen = look(desk, scene, words)
    spoken = [pair for pair in given if pair[0] == "lang"]
    return JSONResponse(_part(seen, words, spoken, with_areas=("open", "areas") in given))


def _part(seen: Seen, words: Words, asked: list[tuple[str, str]], *, with_areas: bool) -> dict[str, Any]:
    scene = seen.scene
    values: dict[str, Any] = {"t": words, "seen": seen, "scene": scene, "code": _code(seen), "with_areas": with_areas}
    pairs = [*scene.pairs(), *asked]
    return {
        "query": f"?{spelled(pairs)}",
        "sentence": seen.sentence,
        "result": fragment("lab_result.html", **values),
        "code": fragment("lab_code.html", **values),
        "controls": {c.path: {"box": c.box, "value": c.value, "differs": c.differs} for c in scene.controls},
        "changed": scene.is_changed,
    }


def _code(seen: Seen) -> dict[str, str]:
    return {"python": python_of(seen.scene), "command": command_of(seen.scene)}
