"""Forensics: are the figures of polling stations plausible, and how sure can one be."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from sailau.terms.errors import Invalid, SailauError
from sailau.terms.speech import say
from sailau.web.answers import desk_of, page
from sailau.web.api.jobs import client_of
from sailau.web.desk import Desk
from sailau.web.entry import read_pairs
from sailau.web.guard import too_large
from sailau.web.problems import Refused
from sailau.web.stations import clean_stations
from sailau.web.worker import Examining

NAME, ADDRESS = "forensics", "/forensics"
router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
def forensics(request: Request) -> Response:
    """Show the form."""
    return page(request, "forensics.html", here=NAME, job=None, report="", figures={}, fault=None)


@router.post(ADDRESS)
async def start(request: Request) -> Response:
    """Start an examination, and lead to its page."""
    desk = desk_of(request)
    async with request.form(max_files=1, max_fields=10) as form:
        asked = {key: str(value).strip() for key, value in form.items() if isinstance(value, str)}
        try:
            name, raw = await _given(desk, form.get("file"), asked)
            task = Examining(
                raw, name, asked.get("leader") or None, read_pairs(asked.get("columns", "")),
                keep=asked.get("keep") == "1",
            )  # fmt: skip
        except SailauError as fault:
            return page(
                request,
                "forensics.html",
                status=422,
                here=NAME,
                job=None,
                report="",
                figures={},
                fault=fault,
                asked=asked,
            )
    job = desk.jobs.submit("forensics", task, client_of(request))
    lang = request.query_params.get("lang")
    return RedirectResponse(f"{ADDRESS}/{job.id}{f'?lang={lang}' if lang else ''}", 303)


async def _given(desk: Desk, file: Any, asked: dict[str, str]) -> tuple[str, bytes]:
    """Return the file that was chosen, else the example: stations that a model drew without any fraud."""
    if isinstance(file, UploadFile) and file.filename:
        raw = await file.read(desk.settings.upload_limit + 1)
        if len(raw) > desk.settings.upload_limit:
            raise too_large(desk.settings.upload_limit)
        return file.filename, raw
    if not asked.get("example"):
        raise Invalid(say("no file was chosen"))
    return "clean-stations.csv", await run_in_threadpool(clean_stations)


@router.get(f"{ADDRESS}/{{key}}")
def watch(request: Request, key: str) -> Response:
    """Show an examination: the report, or that it is not done yet."""
    job = desk_of(request).jobs.get(key)
    if not isinstance(job.task, Examining):
        raise Refused(404, say("the job {key} is no examination", key=key))
    done = job.result if job.state == "done" else None
    report, figures = (done.page, done.figures) if done else ("", {})
    return page(request, "forensics.html", here=NAME, job=job, report=report, figures=figures, fault=None)


@router.get(f"{ADDRESS}/{{key}}/report.{{suffix}}")
def report(request: Request, key: str, suffix: str) -> Response:
    """Return a finished examination as a file."""
    job = desk_of(request).jobs.get(key)
    if not isinstance(job.task, Examining) or job.state != "done" or suffix != "json":
        raise Refused(404, say("there is no report {suffix} of the job {key}", suffix=suffix, key=key))
    headers = {"Content-Disposition": 'attachment; filename="forensics.json"'}
    return Response(job.result.document, media_type="application/json", headers=headers)
