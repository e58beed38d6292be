"""Shares of election day as a model of noise: each run draws its own, from the number of the run."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from sailau.runs.field import Field, raked, spread
from sailau.runs.given import shares_of_all
from sailau.runs.noise import Number, not_negative, read_terms
from sailau.terms.errors import Invalid, NotFound
from sailau.votes.polls.day import ElectionDay

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.runs.chance import Chance

    Floats = NDArray[Any]

SWINGS = ("logistic", "uniform", "proportional")


@dataclass(frozen=True, kw_only=True, eq=False)
class PolledShares:
    """National shares that polls leave open; districts follow.

    Attributes
    ----------
    day : ElectionDay
    parties : tuple of str
        Polled contenders that stand by themselves.
    areas : tuple of int
        The numbers of the areas whose votes polls ask about; empty for all. The others move by the same factors.
    kind : str
        How districts follow: ``logistic`` shifts log-ratios so that the national shares come out right, ``uniform``
        adds the same points everywhere (nobody falls below 0), ``proportional`` multiplies by the same factor.
    district_sd : exact number
        Standard deviation of what each line of each district adds to the logarithm of its votes.
    """

    day: ElectionDay
    parties: tuple[str, ...]
    areas: tuple[int, ...] = ()
    kind: Literal["logistic", "uniform", "proportional"] = "logistic"
    district_sd: Number = Fraction(0)

    def __post_init__(self) -> None:
        """Read the numbers."""
        read_terms(self, "district_sd")
        not_negative(district_sd=Fraction(self.district_sd))
        if self.kind not in SWINGS:
            raise Invalid(f"there is no {self.kind} swing; {', '.join(SWINGS)}")

    def check(self, votes: Field) -> None:
        """Refuse polled contenders that do not stand."""
        for party in self.parties:
            if party not in votes.parties:
                raise NotFound("polled contender", party, votes.parties)

    def shares(self, chance: Chance) -> Floats:
        """Return shares[run, contender] of the polls' contenders."""
        return self.day.shares(chance.normals(self.day.width))

    def draw(self, votes: Field, chance: Chance) -> Floats:
        """Return votes[run, column] for the runs of a block."""
        import numpy as np

        polled = self._polled(votes)
        contenders = self.day.contenders
        rows = self.shares(chance)[:, [contenders.index(party) for party in self.parties]]
        before, target = polled.shares(), shares_of_all(polled, self.parties, rows)
        own = float(Fraction(self.district_sd))
        if self.kind == "uniform":
            return spread(votes, np.ones_like(target), chance, own, points=target - before)
        there = before > 0.0
        factors = raked(polled, target) if self.kind == "logistic" else target / np.where(there, before, 1.0)
        strangers = ~there
        if strangers.any():  # parties without votes on this ballot move like everybody whom the polls do not name
            unnamed = np.array([name not in self.parties for name in votes.parties]) & there
            factors[:, strangers] = factors[:, unnamed][:, :1] if unnamed.any() else 1.0
        return spread(votes, factors, chance, own)

    def _polled(self, votes: Field) -> Field:
        """Return the field of the areas that polls ask about."""
        import numpy as np

        if not self.areas:
            return votes
        spans = tuple(votes.spans[i] for i in self.areas)
        inside = np.zeros(votes.observed.size, dtype=bool)
        for columns, _ in spans:
            inside[columns] = True
        return replace(votes, party=np.where(inside, votes.party, -1), spans=spans)

    def spell(self) -> dict[str, object]:
        """Return the model in plain words; its numbers as their checksum."""
        parts = (self.day.weights, self.day.means, self.day.triangles, self.day.common)
        numbers = b"".join(part.round(12).tobytes() for part in parts)
        return {
            "model": "PolledShares",
            "contenders": [*self.day.contenders],
            "parties": [*self.parties],
            "areas": [*self.areas],
            "day": hashlib.sha256(numbers).hexdigest(),
            "undecided": round(self.day.undecided, 12),
            "late": round(self.day.late, 12),
            "kind": self.kind,
            "district_sd": str(self.district_sd),
        }
