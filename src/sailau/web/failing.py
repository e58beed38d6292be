"""How errors leave the server: problem documents to programs, a page to people, the same words in both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from sailau.terms.errors import SailauError
from sailau.terms.speech import joined, quoted, say
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
    detail = {
        404: say("there is nothing at {path}", path=request.url.path),
        405: say("{method} is not for {path}", method=request.method, path=request.url.path),
    }
    headers = dict(error.headers or {})
    return answer(request, Problem(error.status_code, detail.get(error.status_code, str(error.detail))), headers)


def of_fault(request: Request, error: Exception) -> Response:
    """Answer a fault of this program: its kind, and nothing of its inside."""
    return answer(
        request, Problem(500, say("sailau failed here ({kind}); the server goes on", kind=type(error).__name__))
    )


def of_validation(request: Request, error: Exception) -> Response:
    """Answer a request that does not have its form: the first fault in words, all of them as data."""
    assert isinstance(error, RequestValidationError)
    faults = [_fault(fault) for fault in error.errors()]
    first = faults[0]
    extra = {**first, "problems": [f"{fault['field']}: {fault['said']}" for fault in faults][:50]}
    detail = joined([first["field"], first.pop("said")], ": ")
    extra.pop("said", None)
    return answer(request, Problem(422, detail, None, extra))


def _fault(fault: Any) -> dict[str, Any]:
    field = ".".join(str(part) for part in fault["loc"][1:]) or str(fault["loc"][0])
    given = fault.get("input")
    spelled = given if isinstance(given, str | int | bool) or given is None else type(given).__name__
    allowed = (fault.get("ctx") or {}).get("expected")
    more = {"allowed": allowed} if allowed else {}
    return {"field": field, "given": spelled, "said": fault_in_words(fault), **more}


_WANTED = {
    "missing": "is missing",
    "extra_forbidden": "is unknown here",
    "json_invalid": "is no JSON text",
    "int_parsing": "needs a whole number",
    "int_type": "needs a whole number",
    "int_from_float": "needs a whole number",
    "float_parsing": "needs a number",
    "float_type": "needs a number",
    "string_type": "needs plain text",
    "bool_type": "needs true or false",
    "bool_parsing": "needs true or false",
    "list_type": "needs a list",
    "tuple_type": "needs a list",
    "dict_type": "needs names with values",
    "model_type": "needs names with values",
    "model_attributes_type": "needs names with values",
    "literal_error": "can be {expected}",
    "enum": "can be {expected}",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be {le} or less",
    "string_too_long": "may have {max_length} letters at most",
    "string_too_short": "needs {min_length} letters at least",
    "too_long": "may have {max_length} parts at most",
    "too_short": "needs {min_length} parts at least",
}
"""What a value of a request lacks, by the kind of fault."""


def fault_in_words(fault: Any) -> str:
    """Say what is wrong with a value of a request."""
    values = dict(fault.get("ctx") or {})
    if "expected" in values:
        values["expected"] = str(values["expected"]).replace(" or ", say(" or "))
    if fault["type"] in _WANTED:
        return say(_WANTED[fault["type"]], **values)
    if fault["type"] == "value_error" and values.get("error"):
        return str(values["error"])
    return quoted(str(fault["msg"]))
