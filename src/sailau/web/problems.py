"""Errors as problem documents (RFC 9457), in the words of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sailau.terms.errors import Invalid, MissingExtra, NotFound, SailauError, Undecided
from sailau.terms.speech import joined, say

MEDIA = "application/problem+json"
TITLES = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "Not from there",
    404: "Not found",
    405: "Not in this way",
    409: "The law does not lead to one outcome",
    413: "Too large",
    415: "Another kind of content",
    422: "Not valid",
    429: "Too many jobs at a time",
    500: "A fault of this program",
    503: "Not available",
}
_KINDS = {404: "not-found", 409: "undecided", 422: "invalid", 413: "too-large", 429: "too-many", 403: "forbidden"}


class Refused(Exception):
    """A request that the server does not take, whatever the rooms below would say.

    Parameters
    ----------
    status : int
    detail : str
    hint : str, optional
    """

    def __init__(self, status: int, detail: str, *, hint: str | None = None) -> None:
        self.status, self.detail, self.hint = status, detail, hint
        super().__init__(detail)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, for people and for programs.

    Attributes
    ----------
    status : int
    detail : str
        The sentence that the command line prints.
    hint : str, optional
        What to do about it.
    extra : mapping
        ``field``, ``given``, ``allowed``, ``decide``, ``options``, ``problems`` where they are known.
    """

    status: int
    detail: str
    hint: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The kind of problem in words."""
        return say(TITLES.get(self.status, "Problem"))

    def document(self) -> dict[str, Any]:
        """Return the problem document."""
        kind = _KINDS.get(self.status)
        head = {"type": f"urn:sailau:{kind}" if kind else "about:blank", "title": self.title, "status": self.status}
        hint = {"hint": self.hint} if self.hint else {}
        return {**head, "detail": self.detail, **hint, **self.extra}


def problem_of(error: SailauError) -> Problem:
    """Return the problem that an error of the rooms below is."""
    what = joined([str(error.place), error.what], ": ") if error.place else error.what
    extra: dict[str, Any] = {"error": type(error).__name__, "exit_code": error.exit_code}
    if isinstance(error, Undecided):
        extra |= {"decide": error.key, "choose": error.choose, "options": list(error.options)}
        extra |= {"article": error.cite, "standing": dict(error.standing)}
        return Problem(409, what, error.hint, extra)
    if isinstance(error, MissingExtra):
        return Problem(503, what, error.hint, extra)
    if isinstance(error, NotFound):
        extra |= {"given": error.name, "near": list(error.near)}
        return Problem(404, what, error.hint, extra)
    found = getattr(error, "problems", None)
    if found:
        extra["problems"] = [str(problem) for problem in found][:200]
    return Problem(422 if isinstance(error, Invalid) else 500, what, error.hint, extra)
