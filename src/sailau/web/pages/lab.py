"""The Lab: change the law and see who gains."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from sailau.web.answers import desk_of, fragment, page, pairs_of, words_of
from sailau.web.choices import elections_by_country, laws_for
from sailau.web.copies import command_of, python_of, steps_of
from sailau.web.desk import Desk
from sailau.web.lab import Seen, look
from sailau.web.maps import map_of
from sailau.web.scene import Pairs, Scene, read_scene, spelled
from sailau.web.store import is_own
from sailau.web.words import Words

NAME, ADDRESS = "lab", "/lab"
SHOWN = ("lang", "map", "shape")
"""Keys of an address that say how the page is shown."""

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
    scene = read_scene(desk, given, default=words("first_election"), known=("map", "shape"))
    asked = _asked(given)
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
        code=_code(seen, desk),
        reset=_reset(scene, asked),
        **_mapped(seen, given),
    )


def _reset(scene: Scene, asked: Pairs) -> str:
    """Return the address of the law as enacted; how the page looks stays."""
    return spelled([("e", scene.election.id), *scene.colouring.pairs(), *asked])


def _asked(given: Pairs) -> list[tuple[str, str]]:
    return [(key, value) for key, value in given if key in SHOWN and value]


def _mapped(seen: Seen, given: Pairs) -> dict[str, Any]:
    """Return the map that is asked for, and a key that tells it from others."""
    asked = dict(given)
    found = map_of(seen, asked.get("map", ""), asked.get("shape", ""))
    key = sha256(f"{found.picture}{found.measures}{found.shapes}".encode()).hexdigest()[:16] if found else ""
    return {"map": found, "map_key": key}


@router.get(f"{ADDRESS}/part")
def part(request: Request) -> Response:
    """Return what a moved control changes, as parts of the page."""
    desk, words = desk_of(request), words_of(request)
    given = pairs_of(request)
    scene = read_scene(desk, given, default=words("first_election"), known=("open", "have", "map", "shape"))
    return JSONResponse(_part(look(desk, scene, words), desk, words, given))


def _part(seen: Seen, desk: Desk, words: Words, given: Pairs) -> dict[str, Any]:
    scene, with_areas = seen.scene, ("open", "areas") in given
    values: dict[str, Any] = {
        "t": words,
        "seen": seen,
        "scene": scene,
        "code": _code(seen, desk),
        "with_areas": with_areas,
    }
    pairs = [*scene.pairs(), *_asked(given)]
    mapped = _mapped(seen, given)
    is_new = mapped["map_key"] != dict(given).get("have", "")
    return {
        "query": f"?{spelled(pairs)}",
        "sentence": seen.sentence,
        "result": fragment("lab_result.html", **values),
        "code": fragment("lab_code.html", **values),
        "map": {"key": mapped["map_key"], "is": fragment("lab_map.html", t=words, **mapped)} if is_new else None,
        "controls": {c.path: {"box": c.box, "value": c.value, "differs": c.differs} for c in scene.controls},
        "changed": scene.is_changed,
        "colours": {p: {"is": seen.colours[p].lower(), "standard": seen.standard[p].lower()} for p in seen.colours},
        "safe": scene.colouring.is_safe,
        "reset": f"{ADDRESS}?{_reset(scene, _asked(given))}",
        "alike": fragment("lab_alike.html", t=words, seen=seen),
    }


def _code(seen: Seen, desk: Desk) -> dict[str, str]:
    own = is_own(seen.scene.election.id)
    asked = desk.store.get(seen.scene.election.id).asked if own else None
    return {"python": python_of(seen.scene, asked), "command": command_of(seen.scene, asked)}
