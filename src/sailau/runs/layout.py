"""Votes as an array: which column is which line of which district, and back to a tally."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sailau.law.edition import Law
from sailau.terms.errors import Invalid
from sailau.terms.tally import BLANK, INVALID, LINES, NATION, Ballots, Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOVING = ("voters", "ballots", "valid", "valid_for_contenders")
"""Figures of an area that grow and shrink with its votes; the others stay as they were counted."""

STILL = frozenset({BLANK, INVALID})
"""Lines that no model moves."""


@dataclass(frozen=True, slots=True)
class Area:
    """The columns of one area: `lines`, sorted by name, from `start` on."""

    tier: str
    name: str
    start: int
    lines: tuple[str, ...]

    @property
    def stop(self) -> int:
        """The column after the last."""
        return self.start + len(self.lines)


@dataclass(frozen=True)
class Layout:
    """The columns of ``votes[run, column]``: district by district, in each of them line by line.

    Where all districts have the same lines this is ``votes[run, district, contender]`` with the last two axes as one.

    Attributes
    ----------
    tally : Tally
        The votes that were counted; marks of contenders, magnitudes and what no model moves are taken from it.
    areas : tuple of Area
    parties : tuple of str
        Columns of ``seats[run, party]``, sorted by name.
    """

    tally: Tally
    areas: tuple[Area, ...]
    parties: tuple[str, ...]

    @classmethod
    def of(cls, law: Law, tally: Tally) -> Layout:
        """Return the columns for the tiers of a law that a tally holds votes of.

        Raises
        ------
        Invalid
            The tally holds no votes for this law.
        """
        names = {tier.votes or tier.name for tier in law.tiers} | {tier.name for tier in law.tiers}
        areas: list[Area] = []
        start = 0
        for tier, ballots in tally.tiers.items():
            if tier not in names:
                continue
            for area in sorted(ballots.votes):
                areas.append(Area(tier, area, start, tuple(sorted(ballots.votes[area]))))
                start = areas[-1].stop
        if not areas:
            raise Invalid(f"{law} counts votes of {', '.join(sorted(names))}; the tally has {', '.join(tally.tiers)}")
        return cls(tally, tuple(areas), _parties(tally))

    @property
    def width(self) -> int:
        """The number of columns."""
        return self.areas[-1].stop

    def observed(self) -> NDArray[Any]:
        """Return the votes that were counted, as one row."""
        import numpy as np

        row = [self.tally.tiers[a.tier].votes[a.name][line] for a in self.areas for line in a.lines]
        if min(row) < 0 or max(row) >= 2**62:
            raise Invalid("a count is negative, or beyond 2^62")
        return np.array(row, dtype=np.int64)

    def of_tier(self, tier: str) -> tuple[Area, ...]:
        """Return the areas of a tier."""
        return tuple(area for area in self.areas if area.tier == tier)

    def to_tally(self, row: NDArray[Any]) -> Tally:
        """Return the tally with the votes of one row; figures and rankings that move with them are moved."""
        numbers = row.tolist()
        tiers = dict(self.tally.tiers)
        for name in dict.fromkeys(area.tier for area in self.areas):
            old = tiers[name]
            parts = self.of_tier(name)
            votes = {a.name: dict(zip(a.lines, numbers[a.start : a.stop], strict=True)) for a in parts}
            tiers[name] = replace(old, votes=votes, totals=_moved(old, votes), rankings=_ranked(old, votes))
        return replace(self.tally, tiers=tiers)


def _parties(tally: Tally) -> tuple[str, ...]:
    lines = {line for b in tally.tiers.values() for votes in b.votes.values() for line in votes} - LINES
    members = {m for c in tally.contenders.values() for m in (*c.members, *c.apparentment)}
    named = set(tally.contenders)
    return tuple(sorted({tally.party(name) for name in lines | named} | members))


def _moved(ballots: Ballots, votes: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
    grown = {area: sum(lines.values()) - sum(ballots.votes[area].values()) for area, lines in votes.items()}
    grown.setdefault(NATION, sum(grown.values()))
    if not any(grown.values()):
        return ballots.totals
    return {
        area: {name: n + (grown.get(area, 0) if name in MOVING else 0) for name, n in figures.items()}
        for area, figures in ballots.totals.items()
    }


def _ranked(ballots: Ballots, votes: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[tuple[str, ...], int]]:
    """Return the rankings when first preferences are these: those that begin alike grow and shrink alike.

    They are rounded one after the other, so that those of each contender add up to its first preferences.
    """
    out: dict[str, Mapping[tuple[str, ...], int]] = {}
    for area, rankings in ballots.rankings.items():
        lines, before = votes[area], ballots.votes[area]
        if lines == before:
            out[area] = rankings
            continue
        seen, made = dict.fromkeys(lines, 0), dict[tuple[str, ...], int]()
        whole = dict.fromkeys(lines, 0)
        firsts = {ranking: next((name for name in ranking if name in lines), None) for ranking in rankings}
        for ranking, first in firsts.items():
            if first is not None:
                whole[first] += rankings[ranking]
        for ranking, n in rankings.items():
            first = firsts[ranking]
            if first is None:
                made[ranking] = n
                continue
            start = seen[first] * lines[first] // whole[first]
            seen[first] += n
            made[ranking] = seen[first] * lines[first] // whole[first] - start
        out[area] = {ranking: n for ranking, n in made.items() if n}
    return out
