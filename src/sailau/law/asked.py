"""Decisions from outside that remember which of them the count asked for."""

from __future__ import annotations

from collections.abc import Mapping

from sailau.terms.errors import Undecided
from sailau.terms.speech import joined, say


class Asked(dict[str, tuple[str, ...]]):
    """Decisions by key; `wanted` holds the keys that a step looked up, given or not."""

    def __init__(self, given: Mapping[str, tuple[str, ...]] = {}) -> None:  # read, never written
        super().__init__(given)
        self.wanted: set[str] = set()

    def get(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...] | None:  # type: ignore[override]  # the only default is None
        """Return the decision of that key, and remember that it was asked for."""
        self.wanted.add(key)
        return super().get(key, default)

    @property
    def idle(self) -> tuple[str, ...]:
        """Keys that were given and that no step asked for."""
        return tuple(sorted(self.keys() - self.wanted))

    def say_idle(self, question: Undecided) -> None:
        """Say in a question of the law which decisions were given under keys that nobody asks for."""
        if self.idle:
            keys = ", ".join(self.idle)
            told = say("given, but asked for by no step: {keys}", keys=keys)
            question.hint = joined([question.hint, told], "\n  ") if question.hint else told
