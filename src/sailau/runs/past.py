"""Errors of the past, drawn again: what went wrong before can go wrong once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from sailau.runs.field import Field, raked, spread
from sailau.runs.noise import Number, not_negative, read_terms, spell_terms
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.numbers import exact
from sailau.terms.tally import BLANK, INVALID, Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.records.election import Election
    from sailau.runs.chance import Chance

    Floats = NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class PastErrors:
    """Every run meets one of the errors of the past, as it was.

    Attributes
    ----------
    errors : sequence of mapping of party to exact number
        What each earlier forecast missed, in points of the vote (result minus forecast). Where the points of those
        named do not add up to nothing, those who are not named gain or lose the rest in proportion.
    mirror : bool
        The same errors with the other sign are as likely.
    kind : str
        How districts follow, as in `Swing`.
    district_sd : exact number
        Standard deviation of what each line of each district adds to the logarithm of its votes.
    others : str
        What an error of a party that does not stand is: ``refuse`` it, or ``leave_out``, as between elections.
    """

    errors: Sequence[Mapping[str, Number]]
    mirror: bool = False
    kind: Literal["uniform", "logistic"] = "logistic"
    district_sd: Number = Fraction(0)
    others: Literal["refuse", "leave_out"] = "refuse"

    def __post_init__(self) -> None:
        """Read the numbers exactly."""
        read_terms(self, "district_sd")
        not_negative(district_sd=Fraction(self.district_sd))
        if self.kind not in ("uniform", "logistic"):
            raise Invalid(f"noise: errors of the past follow no {self.kind} swing; uniform, logistic")
        try:
            table = tuple({party: exact(points) for party, points in row.items()} for row in self.errors)
        except ValueError as fault:
            raise Invalid(f"noise: errors: {fault}") from None
        if not table:
            raise Invalid("noise: no errors of the past are given", hint="name at least one, better ten")
        for row in table:
            for party, points in row.items():
                if abs(points) > 1:
                    raise Invalid(f"noise: an error of {points} for {party}; points of the vote lie within ± 100%")
        object.__setattr__(self, "errors", table)

    @classmethod
    def between(cls, elections: Sequence[Election], tier: str | None = None, **terms: Any) -> PastErrors:
        """Return the errors of taking each election for a forecast of the next one.

        Parameters
        ----------
        elections : sequence of Election
            In the order of their days, two or more.
        tier : str, optional
            Whose votes; else the first tier of each tally.
        """
        if len(elections) < 2:
            raise Invalid(f"{len(elections)} elections make no error of the past; two do")
        shares = [_shares(election.tally, tier) for election in elections]
        errors = [
            {party: now.get(party, Fraction(0)) - then.get(party, Fraction(0)) for party in {*now, *then}}
            for then, now in pairwise(shares)
        ]
        return cls(errors=errors, others="leave_out", **terms)

    def check(self, votes: Field) -> None:
        """Refuse errors that are about nobody who stands."""
        named = {party for row in self.errors for party in row}
        unknown = sorted(named.difference(votes.parties))
        if unknown and (self.others == "refuse" or len(unknown) == len(named)):
            raise NotFound("party of the errors of the past", ", ".join(unknown[:4]), votes.parties)

    def draw(self, votes: Field, chance: Chance) -> Floats:
        """Return votes[run, column] for the runs of a block."""
        import numpy as np

        table = self._points(votes)
        points, own = table[chance.picks(len(table))[:, 0]], float(Fraction(self.district_sd))
        if self.kind == "uniform":
            return spread(votes, np.ones_like(points), chance, own, points=points)
        shares = votes.shares()
        target = np.maximum(shares + points, 0.0) * (shares > 0.0)
        return spread(votes, raked(votes, target / target.sum(axis=1, keepdims=True)), chance, own)

    def _points(self, votes: Field) -> Floats:
        """Return points[error, party], the rest of each error shared out."""
        import numpy as np

        table = np.array([[float(row.get(p, 0)) for p in votes.parties] for row in self.errors])
        if self.others == "refuse":
            shares = votes.shares()
            for points, row in zip(table, self.errors, strict=True):
                met = shares * np.array([party not in row for party in votes.parties])
                if met.sum() > 0.0:
                    points -= points.sum() * met / met.sum()
        return np.vstack([table, -table]) if self.mirror else table

    def spell(self) -> dict[str, object]:
        """Return the model in plain words and exact numbers."""
        rows = [{party: str(points) for party, points in sorted(row.items())} for row in self.errors]
        return {**spell_terms(self), "errors": rows}


def _shares(tally: Tally, tier: str | None) -> dict[str, Fraction]:
    name = tier or next(iter(tally.tiers))
    if name not in tally.tiers:
        raise NotFound("tier", name, tuple(tally.tiers))
    total: dict[str, int] = {}
    for votes in tally.tiers[name].votes.values():
        for line, n in votes.items():
            if line not in (BLANK, INVALID):
                party = tally.party(line)
                total[party] = total.get(party, 0) + n
    return {party: Fraction(n, max(sum(total.values()), 1)) for party, n in total.items()}
