"""How long a search for a margin goes on before it leaves bounds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sailau.terms.errors import Invalid
from sailau.terms.speech import say

_times: ContextVar[int] = ContextVar("times", default=1)


@contextmanager
def patient(times: int) -> Iterator[None]:
    """Let every search go on so many times as long as it does by itself.

    Raises
    ------
    Invalid
        `times` is below 1.
    """
    if times < 1:
        raise Invalid(say("patience is 1 or more, not {times}", times=times))
    token = _times.set(times)
    try:
        yield
    finally:
        _times.reset(token)


def allowed(limit: int) -> int:
    """Return how much work a search may do that by itself stops at `limit`."""
    return limit * _times.get()
