"""Shares that somebody else drew, for instance from polls: each run takes the next row of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from sailau.runs.field import Field, raked, spread
from sailau.runs.noise import Number, not_negative, read_terms
from sailau.terms.errors import Invalid, NotFound

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.runs.chance import Chance

    Floats = NDArray[Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class GivenShares:
    """National shares from draws made elsewhere; districts follow.

    Attributes
    ----------
    parties : sequence of str
        Columns of `draws`. Parties of the tally that are not among them keep their share of what is left.
    draws : array [draw, party] of float
        Shares from 0 to 1. Run number i takes row i, and begins anew when the rows end.
    kind : str
        How districts follow: ``logistic`` shifts log-ratios so that the national shares come out right, ``uniform``
        adds the same points everywhere (nobody falls below 0).
    district_sd : exact number
        Standard deviation of what each line of each district adds to the logarithm of its votes.
    """

    parties: Sequence[str]
    draws: Any
    kind: Literal["uniform", "logistic"] = "logistic"
    district_sd: Number = Fraction(0)

    def __post_init__(self) -> None:
        """Read the numbers; refuse draws that are no shares."""
        import numpy as np

        read_terms(self, "district_sd")
        not_negative(district_sd=Fraction(self.district_sd))
        draws = np.ascontiguousarray(self.draws, dtype=np.float64)
        if draws.ndim != 2 or draws.shape[1] != len(self.parties) or not len(draws):
            raise Invalid(f"noise: draws of the shape {draws.shape} for {len(self.parties)} parties; one row a draw")
        if len(set(self.parties)) < len(self.parties):
            raise Invalid("noise: a party has two columns of draws")
        total = draws.sum(axis=1)
        if not np.isfinite(draws).all() or draws.min() < 0.0 or total.max() > 1.0 + 1e-6 or total.min() <= 0.0:
            raise Invalid("noise: draws are shares: from 0 to 1, and those of a row add up to 1 at the most")
        object.__setattr__(self, "draws", draws)
        object.__setattr__(self, "parties", tuple(self.parties))

    def check(self, votes: Field) -> None:
        """Refuse parties that do not stand, and a first share of those without a column."""
        for party in self.parties:
            if party not in votes.parties:
                raise NotFound("party of the draws", party, votes.parties)

    def draw(self, votes: Field, chance: Chance) -> Floats:
        """Return votes[run, column] for the runs of a block."""
        import numpy as np

        rows = self.draws[np.arange(chance.first, chance.first + chance.n) % len(self.draws)]
        shares, own = votes.shares(), float(Fraction(self.district_sd))
        target = shares_of_all(votes, self.parties, rows)
        if self.kind == "uniform":
            return spread(votes, np.ones_like(target), chance, own, points=target - shares)
        return spread(votes, raked(votes, target), chance, own)

    def spell(self) -> dict[str, object]:
        """Return the model in plain words; the draws as their checksum."""
        return {
            "model": "GivenShares",
            "parties": list(self.parties),
            "draws": hashlib.sha256(self.draws.tobytes()).hexdigest(),
            "kind": self.kind,
            "district_sd": str(self.district_sd),
        }


def shares_of_all(votes: Field, parties: Sequence[str], rows: Floats) -> Floats:
    """Return target[run, party] for all parties of a field: `rows` for those named, their share of the rest for others.

    Parameters
    ----------
    votes : Field
    parties : sequence of str
        Columns of `rows`; all of them are of the field.
    rows : array [run, party]
        Shares; those of a row add up to 1 at the most.
    """
    import numpy as np

    shares = votes.shares()
    at = np.array([votes.parties.index(party) for party in parties], dtype=np.int64)
    others = np.delete(np.arange(len(votes.parties)), at)
    rest = np.maximum(1.0 - rows.sum(axis=1), 0.0)
    target = np.zeros((len(rows), len(votes.parties)), order="F")
    target[:, at] = rows
    if others.size and shares[others].sum() > 0.0:
        target[:, others] = rest[:, None] * (shares[others] / shares[others].sum())
    target /= target.sum(axis=1, keepdims=True)
    return target
