"""How errors leave the server: problem documents to programs, a page to people, the same words in both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from sailau.terms.errors import SailauError
from sailau.web.answers import page
from sailau.web.problems import MEDIA, Problem, Refused, problem_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def answer(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """Return a problem in the form that the asker reads."""
    if request.url.path.startswith("/api") or "text/html" not in request.headers.get("accept", ""):
        document = {**problem.document(), "instance": request.url.path}
        return JSONResponse(document, problem.status, headers, media_type=MEDIA)
    made = page(request, "problem.html", status=problem.status, problem=problem, here="")
    made.headers.update(headers or {})
    return made


def of_sailau(request: Request, error: Exception) -> Response:
    """Answer an error of the rooms below."""
    assert isinstance(error, SailauError)
    return answer(request, problem_of(error))


def of_refused(request: Request, error: Exception) -> Response:
    """Answer a refusal of the door."""
    assert isinstance(error, Refused)
    headers = {"Retry-After": "2"} if error.status == 429 else None
    return answer(request, Problem(error.status, error.detail, error.hint), headers)


def of_http(request: Request, error: Exception) -> Response:
    """Answer an address that is none, or a method that does not fit."""
    assert isinstance(error, HTTPException)
    detail = {404: f"there is nothing at {request.url.path}", 405: f"{request.method} is not for {request.url.path}"}
    headers = dict(error.headers or {})
    return answer(request, Problem(error.status_code, detail.get(error.status_code, str(error.detail))), headers)


def of_fault(request: Request, error: Exception) -> Response:
    """Answer a fault of this program: its kind, and nothing of its inside."""
    return answer(request, Problem(500, f"sailau failed here ({type(error).__name__}); the server goes on"))


def of_validation(request: Request, error: Exception) -> Response:
    """Answer a request that does not have its form: the first fault in words, all of them as data."""
    assert isinstance(error, RequestValidationError)
    faults = [_fault(fault) for fault in error.errors()]
    first = faults[0]
    extra = {**first, "problems": [f"{fault['field']}: {fault['said']}" for fault in faults][:50]}
    detail = f"{first['field']}: {first.pop('said')}"
    extra.pop("said", None)
    return answer(request, Problem(422, detail, None, extra))


def _fault(fault: Any) -> dict[str, Any]:
    field = ".".join(str(part) for part in fault["loc"][1:]) or str(fault["loc"][0])
    given = fault.get("input")
    spelled = given if isinstance(given, str | int | bool) or given is None else type(given).__name__
    allowed = (fault.get("ctx") or {}).get("expected")
    more = {"allowed": allowed} if allowed else {}
    said = str(fault["msg"]).removeprefix("Value error, ")
    return {"field": field, "given": spelled, "said": said, **more}
