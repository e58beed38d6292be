"""Bases that a file does not state: a law takes a share of the valid votes, and they are the sum of the lines."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace

from sailau.law.edition import Law
from sailau.terms.errors import SailauError
from sailau.terms.speech import say
from sailau.terms.tally import INVALID, NATION, Ballots, Tally

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Watched(Ballots):
    """Ballots that remember in which areas their valid votes were asked for and not stated."""

    asked: set[str] = field(default_factory=set, compare=False)

    def total(self, area: str, name: str) -> int | None:
        """Return a figure of an area, as ballots do."""
        given = Ballots.total(self, area, name)
        if name == "valid" and given is None:
            self.asked.add(area)
        return given


def formed_bases(law: Law, tally: Tally, decisions: Mapping[str, tuple[str, ...]] | None = None) -> list[str]:
    """Return a note for each tier in which a share is one of valid votes that the tally does not state.

    The law is counted once more, for only the count shows which base it asks for. Where it stops at a question, what
    was asked until then is told.

    Parameters
    ----------
    law : Law
    tally : Tally
    decisions : mapping, optional
        Those of the count.

    Examples
    --------
    >>> from sailau import load_law
    >>> law = load_law("kz/mazhilis", on="2023-03-19")
    >>> formed_bases(law, Tally.of({"a": 60, "b": 40}, valid=104))
    []
    >>> [note.rpartition("; ")[0] for note in formed_bases(law, Tally.of({"a": 60, "b": 40}))]
    ['list: the law takes a share of the valid votes, which the file does not state']
    """
    known = {name: ballots for name, ballots in tally.tiers.items() if _lacks_valid(ballots)}
    if not known:
        return []
    watched = {name: _watched(ballots) for name, ballots in known.items()}
    with suppress(SailauError):
        law.count(replace(tally, tiers={**tally.tiers, **watched}), decisions=decisions)
    return [_note(name, ballots) for name, ballots in watched.items() if ballots.asked]


def _lacks_valid(ballots: Ballots) -> bool:
    return bool(ballots.votes) and any("valid" not in ballots.totals.get(area, {}) for area in ballots.votes)


def _watched(ballots: Ballots) -> _Watched:
    return _Watched(**{part.name: getattr(ballots, part.name) for part in fields(ballots)})


def _note(tier: str, ballots: _Watched) -> str:
    """Name the base, its number, and how to state it."""
    sums = {area: _sum(ballots, area) for area in sorted(ballots.asked)}
    shown = ", ".join(f"{area} {n:,}" for area, n in list(sums.items())[:_SHOWN])
    if len(sums) > 1:
        more = " …" if len(sums) > _SHOWN else ""
        sentence = (
            "{tier}: the law takes a share of the valid votes, which the file does not state for {areas:,} areas; "
            "the base is the sum of the lines of each ({shown}): a column called valid states it"
        )
        return say(sentence, tier=tier, areas=len(sums), shown=shown + more)
    sentence = (
        "{tier}: the law takes a share of the valid votes, which the file does not state; "
        "the base is the sum of the lines ({shown}): a row or a column called valid states it"
    )
    return say(sentence, tier=tier, shown=f"{sums[NATION]:,}" if NATION in sums else shown)


def _sum(ballots: Ballots, area: str) -> int:
    """Return what stands for the valid votes of an area: the sum of its lines, as a count forms it."""
    parts = ballots.votes.values() if area == NATION else [ballots.votes.get(area, {})]
    return sum(n for part in parts for line, n in part.items() if line != INVALID)
