"""One run at a time by the exact count; lots that the law leaves open are drawn from the run's own stream."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from sailau.law.edition import Law
from sailau.law.result import Decisions
from sailau.terms.errors import DrawRequired, SailauError
from sailau.terms.tally import Tally

if TYPE_CHECKING:
    from sailau.kernels.philox import Key

MOST_LOTS = 10_000
"""Lots in one count; a law that asks for more asks the same question again."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The seats of one run by party, the lots it took, and why there is no outcome if there is none."""

    seats: Mapping[str, int]
    lots: int = 0
    question: SailauError | None = None


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
            return Counted(law.count(tally, decisions=chosen).seats, lots)
        except DrawRequired as question:
            lots += 1
            winners = _draw(question, key, run)
            if lots > MOST_LOTS or not winners:
                return Counted({}, lots, question)
            chosen[question.key] = (*chosen.get(question.key, ()), *winners)
        except SailauError as question:
            return Counted({}, lots, question)


def _draw(question: DrawRequired, key: Key, run: int) -> Sequence[str]:
    import numpy as np

    from sailau.kernels.lots import lot

    k0, k1, stream = np.uint64(key[0]), np.uint64(key[1]), np.uint64(stream_of(question.key))
    words = {
        name: int(lot(np.uint64(run), np.uint64(crc32(name.encode())), stream, k0, k1)) for name in question.options
    }
    return sorted(question.options, key=lambda name: (-words[name], name))[: question.choose]
