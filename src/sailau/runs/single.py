"""One run at a time by the exact count; lots that the law leaves open are drawn from the run's own stream."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from sailau.law.edition import Law
from sailau.law.result import Decisions, Result
from sailau.seats.eligible import Eligible
from sailau.seats.qualify import Qualify
from sailau.seats.quorum import Quorum
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, SailauError
from sailau.terms.tally import LINES, OTHERS, Tally

if TYPE_CHECKING:
    from sailau.kernels.philox import Key

_BARS = (Threshold, Qualify, Quorum)

MOST_LOTS = 10_000
"""Lots in one count; a law that asks for more asks the same question again."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The seats of one run by party, the lots it took, and why there is no outcome if there is none.

    `passed` are the parties that reached the bar of the first tier that has one.
    """

    seats: Mapping[str, int]
    lots: int = 0
    question: SailauError | None = None
    passed: frozenset[str] = frozenset()


def stream_of(name: str) -> int:
    """Return the stream of the lots that decide the question of that name; never the stream of the draws."""
    return crc32(name.encode()) | 1


def count_one(law: Law, tally: Tally, *, key: Key, run: int, decisions: Decisions | None = None) -> Counted:
    """Count one tally under a law.

    Parameters
    ----------
    law, tally
    key, run
        Where the lots come from.
    decisions : mapping, optional
        Rulings that hold in every run.
    """
    chosen = dict(decisions or {})
    lots = 0
    while True:
        try:
            result = law.count(tally, decisions=chosen)
            return Counted(result.seats, lots, passed=_passed(result))
        except DrawRequired as question:
            lots += 1
            winners = _draw(question, key, run)
            if lots > MOST_LOTS or not winners:
                return Counted({}, lots, question)
            chosen[question.key] = (*chosen.get(question.key, ()), *winners)
        except SailauError as question:
            return Counted({}, lots, question)


def barred(law: Law, counted: Container[str]) -> Tier | None:
    """Return the first of the counted tiers that has a bar for the tier as a whole."""
    return next((t for t in law.tiers if t.name in counted and any(isinstance(step, _BARS) for step in t.steps)), None)


def _passed(result: Result) -> frozenset[str]:
    """Return the parties that took part and were not put out by the bar."""
    tier = barred(result.law, result.counts)
    if tier is None:
        return frozenset()
    count = result.counts[tier.name]
    rules = [step for step in tier.steps if isinstance(step, Eligible)]
    return frozenset(
        result.tally.party(line)
        for line in count.cast
        if line not in LINES
        and line not in count.below
        and result.tally.contender(line).kind != OTHERS
        and all(rule.stays(count, line) for rule in rules)
    )


def _draw(question: DrawRequired, key: Key, run: int) -> Sequence[str]:
    import numpy as np

    from sailau.kernels.lots import lot

    k0, k1, stream = np.uint64(key[0]), np.uint64(key[1]), np.uint64(stream_of(question.key))
    words = {
        name: int(lot(np.uint64(run), np.uint64(crc32(name.encode())), stream, k0, k1)) for name in question.options
    }
    return sorted(question.options, key=lambda name: (-words[name], name))[: question.choose]
