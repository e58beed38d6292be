"""The votes that a model of noise moves, and how factors and points become whole votes again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

from sailau.runs.chance import DISTRICTS
from sailau.runs.layout import STILL, Area, Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.runs.chance import Chance

    Floats = NDArray[Any]

_RAKES = 12
"""Rounds after which national shares are right to a few hundredths of a point, even in 52 districts."""


@dataclass(frozen=True)
class Field:
    """The votes that a model moves.

    Attributes
    ----------
    observed : array [column] of int64
    parties : tuple of str
        What moves together everywhere: the party of each contender, and lines such as ``against_all``.
    party : array [column]
        Its number in `parties`; -1 for what no model moves.
    spans : tuple of (array of columns, int)
        The columns of each area that move, and their votes together.
    areas : tuple of str
        The names of the areas.
    edges : tuple of (int, int)
        The first column of each area, and the one after its last.
    odds : tuple of float or None
        The odds of voting in each area (voters to those who stay at home), where the registered voters are known.
    bar : float, optional
        The share at which the law cuts; parties near it matter most.
    """

    observed: Floats
    parties: tuple[str, ...]
    party: Floats
    spans: tuple[tuple[Floats, int], ...]
    areas: tuple[str, ...]
    edges: tuple[tuple[int, int], ...]
    odds: tuple[float | None, ...]
    bar: float | None = None

    @classmethod
    def of(cls, layout: Layout, bar: float | None = None) -> Field:
        """Return the field of a layout."""
        import numpy as np

        observed = layout.observed()
        named = [layout.tally.party(line) for area in layout.areas for line in area.lines]
        still = np.array([line in STILL for area in layout.areas for line in area.lines])
        parties = tuple(sorted({name for name, fixed in zip(named, still, strict=True) if not fixed}))
        place = {name: i for i, name in enumerate(parties)}
        party = np.array([-1 if fixed else place[n] for n, fixed in zip(named, still, strict=True)], dtype=np.int64)
        spans = []
        for area in layout.areas:
            columns = np.arange(area.start, area.stop)[~still[area.start : area.stop]]
            spans.append((columns, int(observed[columns].sum())))
        names = tuple(area.name for area in layout.areas)
        edges = tuple((area.start, area.stop) for area in layout.areas)
        return cls(
            observed, parties, party, tuple(spans), names, edges, tuple(_odds(layout, a) for a in layout.areas), bar
        )

    def order(self) -> list[int]:
        """Return the parties, the nearest to the bar first, or the largest where there is none."""
        shares = self.shares().tolist()

        def far(party: int) -> tuple[float, int]:
            share = float(shares[party])
            if not self.bar or not share:
                return -share, party
            return abs(log(share / self.bar)), party

        return sorted(range(len(self.parties)), key=far)

    def area_of_columns(self) -> list[str]:
        """Return the name of the area of every column."""
        return [name for (first, last), name in zip(self.edges, self.areas, strict=True) for _ in range(first, last)]

    def once(self, name: object, make: Callable[[], Any]) -> Any:
        """Return what `make` returns, made once for this field: blocks are many, fields are few."""
        kept: dict[object, Any] = self.__dict__.setdefault("_kept", {})
        if name not in kept:
            kept[name] = make()
        return kept[name]

    def shares(self) -> Floats:
        """Return the share of each party in all votes that move."""
        import numpy as np

        moving = self.party >= 0
        total = np.bincount(self.party[moving], weights=self.observed[moving], minlength=len(self.parties))
        shares: Floats = total / max(float(total.sum()), 1.0)
        return shares


def _odds(layout: Layout, area: Area) -> float | None:
    ballots = layout.tally.tiers[area.tier]
    registered = ballots.total(area.name, "registered")
    if not registered:
        return None
    given = [ballots.total(area.name, name) for name in ("voters", "ballots", "valid")]
    voted = max(sum(ballots.votes[area.name].values()), *(n for n in given if n is not None), 0)
    return voted / (registered - voted) if voted < registered else None


def spread(
    votes: Field,
    factors: Floats,
    chance: Chance,
    own: float,
    *,
    points: Floats | None = None,
    apart: Floats | None = None,
) -> Floats:
    """Return votes: each area's, times the factor of the party (plus points), made to add up to what they were.

    Parameters
    ----------
    votes : Field
    factors : array [run, party]
    chance : Chance
    own : float
        Standard deviation of what every column adds to the logarithm of its votes.
    points : array [run, party], optional
        Shares of an area that are added.
    apart : array [run, column], optional
        In place of `own`: what every column adds to the logarithm of its votes.
    """
    import numpy as np

    out = np.empty((chance.n, votes.observed.size), np.int64, order="F")
    out[:] = votes.observed
    if own:
        apart = own * chance.normals(votes.observed.size, DISTRICTS)
    apart = None if apart is None else np.exp(apart)
    for columns, total in votes.spans:
        party = votes.party[columns]
        plain = party.size == factors.shape[1] and bool((party == np.arange(party.size)).all())
        weights = (factors if plain else np.take(factors.T, party, axis=0).T) * votes.observed[columns]
        if points is not None:
            weights = np.maximum(weights + points[:, party] * total, 0.0)
        if apart is not None:
            weights *= apart[:, columns]
        made = to_votes(weights, total)
        if columns.size == out.shape[1]:
            return made
        out[:, columns] = made
    return out


def to_votes(weights: Floats, total: int) -> Floats:
    """Return whole votes in proportion to weights, `total` together up to rounding; none where all weights are 0."""
    import numpy as np

    weight = np.zeros(len(weights))
    for column in range(weights.shape[1]):  # one after the other: the sum of a run must not depend on its block
        weight += weights[:, column]
    scale = total / np.where(weight > 0.0, weight, 1.0)
    scaled = weights * scale[:, None]
    scaled += 0.5
    made: Floats = scaled.astype(np.int64)
    return made


def raked(votes: Field, target: Floats) -> Floats:
    """Return the factor of each party that makes its votes over all areas those of `target`; areas keep their size."""
    import numpy as np

    shares = votes.shares()
    factors = target / np.where(shares > 0.0, shares, 1.0)
    if len(votes.spans) == 1:
        return factors
    from sailau.kernels.raking import rake

    cast, who, stops, totals = votes.once("rake", lambda: _lined_up(votes))
    fitted = np.ascontiguousarray(factors.T)
    rake(fitted, np.ascontiguousarray(target.T) * totals.sum(), cast, who, stops, totals, _RAKES)
    return np.asarray(fitted.T)


def _lined_up(votes: Field) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the votes and the party of every column that moves, where each area stops, and its votes."""
    import numpy as np

    columns = np.concatenate([columns for columns, _ in votes.spans])
    stops = np.cumsum([columns.size for columns, _ in votes.spans])
    totals = np.array([float(total) for _, total in votes.spans])
    return votes.observed[columns].astype(np.float64), votes.party[columns], stops, totals
