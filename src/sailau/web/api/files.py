"""Pictures, files and uploads over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from sailau.web.answers import desk_of, pairs_of, words_of
from sailau.web.api.forms import UploadDocument, failing
from sailau.web.entry import read_pairs
from sailau.web.exports import MEDIA_OF, exported, scenario_of
from sailau.web.guard import too_large
from sailau.web.lab import look
from sailau.web.pictures import KINDS, drawn
from sailau.web.problems import MEDIA, problem_of
from sailau.web.scene import read_scene, spelled
from sailau.web.uploads import Asked, bring_law, bring_results, bring_scenario

router = APIRouter(prefix="/api", tags=["files"])
Kind = Literal["hemicycle", "bars", "flows", "power", "coalitions", "sweep", "curve"]
assert set(Kind.__args__) == set(KINDS)  # type: ignore[attr-defined]  # a Literal keeps its words there
NAME = "sailau"


@router.get(
    "/plot/{kind}.{suffix}",
    responses={
        200: {"content": {m: {} for m in ("image/svg+xml", "image/png", "application/pdf")}},
        **failing(404, 409, 503),
    },
    response_class=Response,
)
def plot(request: Request, kind: Kind, suffix: Literal["svg", "png", "pdf"]) -> Response:
    """Draw a scene: ?e=kz/mazhilis/2023-03-19&list.threshold.share=7%25."""
    desk, words = desk_of(request), words_of(request)
    scene = read_scene(desk, pairs_of(request), default=words("first_election"))
    raw = drawn(kind, look(desk, scene, words), suffix)
    return _file(raw, f"{NAME}-{kind}.{suffix}", MEDIA_OF[suffix])


@router.get(
    "/export.{suffix}",
    responses={
        200: {"content": {MEDIA_OF[s]: {} for s in ("csv", "tsv", "md", "json", "xlsx")}},
        **failing(404, 409, 503),
    },
    response_class=Response,
)
def export(request: Request, suffix: Literal["csv", "tsv", "json", "md", "xlsx"]) -> Response:
    """Return a scene as a file: the table, in XLSX also the steps and the sources."""
    desk, words = desk_of(request), words_of(request)
    scene = read_scene(desk, pairs_of(request), default=words("first_election"))
    return _file(exported(look(desk, scene, words), suffix), f"{NAME}.{suffix}", MEDIA_OF[suffix])


@router.get(
    "/scenario.json",
    responses={200: {"content": {MEDIA_OF["json"]: {}}}, **failing(404)},
    response_class=Response,
)
def scenario(request: Request) -> Response:
    """Return a scene as a file to open again: the votes or their id, the law, what was changed and decided."""
    desk, words = desk_of(request), words_of(request)
    scene = read_scene(desk, pairs_of(request), default=words("first_election"))
    return _file(scenario_of(scene, desk), "scenario.json", MEDIA_OF["json"])


def _file(raw: bytes, name: str, media: str) -> Response:
    return Response(raw, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.post("/upload", response_model=UploadDocument, responses=failing(404, 413), include_in_schema=False)
@router.post("/upload/results", response_model=UploadDocument, responses=failing(404, 413))
async def upload_results(
    request: Request,
    file: Annotated[UploadFile, File(description="A table, EML, NIST 1500-100, or ranked ballots")],
    law: Annotated[str, Form(min_length=1, max_length=300, examples=["kz/mazhilis@2023-03-19"])],
    tier: Annotated[str | None, Form(max_length=100)] = None,
    sheet: Annotated[str | None, Form(max_length=100)] = None,
    keep_good: Annotated[bool, Form()] = False,  # noqa: FBT002  # a form field, never positional
    seats: Annotated[int | None, Form(ge=1, le=10**6)] = None,
    columns: Annotated[
        str, Form(max_length=4000, description="Roles by column: A=district,C=votes", examples=["A=party,B=votes"])
    ] = "",
) -> Response:
    """Read a file of results: a preview, what each column was taken for, every problem, and an id to count it by."""
    desk = desk_of(request)
    raw = await file.read(desk.settings.upload_limit + 1)
    if len(raw) > desk.settings.upload_limit:
        raise too_large(desk.settings.upload_limit)
    brought = await run_in_threadpool(
        bring_results,
        desk,
        file.filename or "file",
        raw,
        Asked(law, tier or None, sheet or None, keep_good, seats, read_pairs(columns)),
    )
    if brought.id is None and brought.fault is not None:
        problem = problem_of(brought.fault)
        document = {**brought.document(), **problem.document(), "problems": list(brought.problems)}
        return JSONResponse(document, problem.status, media_type=MEDIA)
    return JSONResponse(brought.document())


@router.post("/upload/scenario", response_model=UploadDocument, responses=failing(404, 413))
async def upload_scenario(
    request: Request, file: Annotated[UploadFile, File(description="A scenario that was saved (JSON)")]
) -> Response:
    """Open a saved scenario; `query` is the address of its scene."""
    desk = desk_of(request)
    raw = await file.read(desk.settings.body_limit + 1)
    if len(raw) > desk.settings.body_limit:
        raise too_large(desk.settings.body_limit)
    pairs = await run_in_threadpool(bring_scenario, desk, file.filename or "scenario.json", raw)
    name = file.filename or "scenario.json"
    return JSONResponse({"id": dict(pairs)["e"], "name": name, "problems": [], "query": f"?{spelled(pairs)}"})


@router.post("/upload/law", response_model=UploadDocument, responses=failing(413))
async def upload_law(request: Request, file: Annotated[UploadFile, File(description="A law file (YAML)")]) -> Response:
    """Read a law file; it can then be counted under by its id."""
    desk = desk_of(request)
    raw = await file.read(desk.settings.body_limit + 1)
    if len(raw) > desk.settings.body_limit:
        raise too_large(desk.settings.body_limit)
    law = await run_in_threadpool(bring_law, desk, file.filename or "law.yaml", raw)
    return JSONResponse({"id": law.path, "name": law.name, "problems": [], "law": str(law)})
