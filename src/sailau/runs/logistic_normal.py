"""The logistic normal: logarithms of votes move together, over parties and over districts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from sailau.runs.chance import DISTRICTS
from sailau.runs.covariance import axes_of, matrix_of, triangle_of
from sailau.runs.field import Field, spread
from sailau.runs.noise import Number, not_negative, read_terms, spell_terms
from sailau.terms.errors import Invalid
from sailau.terms.numbers import exact
from sailau.terms.speech import coded, say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.runs.chance import Chance

    Floats = NDArray[Any]

Table = Mapping[str, Mapping[str, Number]]


@dataclass(frozen=True, kw_only=True)
class LogisticNormal:
    """Logarithms of shares move by normal numbers; then shares add up to one again.

    Attributes
    ----------
    sd : exact number
        Standard deviation of each party's logarithm, the same in all districts.
    correlation : exact number
        Of any two parties. A part that all have in common does not change shares.
    covariance : mapping of party to mapping of party to exact number, optional
        In place of `sd` and `correlation`: the covariance of the logarithms, for every party; a pair that is not named
        has the figure of its mirror image, or 0.
    district_sd : exact number
        Standard deviation of what each line of each district adds by itself.
    district_correlation : exact number
        Of what one party adds in any two districts.
    district_covariance : mapping of district to mapping of district to exact number, optional
        In place of `district_sd` and `district_correlation`: the covariance of what a party adds, for every district.
    cells : mapping of str to mapping of str to exact number, optional
        In place of all these, or besides those of parties: the covariance of the logarithms of single cells, written
        ``party@district``. Cells that are not named add nothing by themselves.
    """

    is_normal: ClassVar[bool] = True
    sd: Number | None = None
    correlation: Number = Fraction(0)
    covariance: Table | None = None
    district_sd: Number = Fraction(0)
    district_correlation: Number = Fraction(0)
    district_covariance: Table | None = None
    cells: Table | None = None

    def __post_init__(self) -> None:
        """Read the numbers exactly."""
        read_terms(self, "sd", "correlation", "district_sd", "district_correlation")
        if self.sd is not None and self.covariance is not None:
            raise Invalid(say("noise: a logistic normal has either sd or covariance"))
        if self.sd is None and self.covariance is None and self.cells is None:
            raise Invalid(say("noise: a logistic normal has sd, covariance or cells"))
        for name in ("covariance", "district_covariance", "cells"):
            given = getattr(self, name)
            if given is None:
                continue
            try:
                table = {a: {b: exact(x) for b, x in row.items()} for a, row in given.items()}
            except ValueError as fault:
                raise Invalid(say("noise: {name}: {fault}", name=name, fault=fault)) from None
            object.__setattr__(self, name, table)
        not_negative(sd=Fraction(self.sd or 0), district_sd=Fraction(self.district_sd))
        named = [n for n in ("district_sd", "district_covariance", "cells") if getattr(self, n)]
        if len(named) > 1:
            raise Invalid(say("noise: districts move by {terms}; give one of them", terms=say(" and by ").join(named)))
        if self.district_correlation and not self.district_sd:
            raise Invalid(say("noise: district_correlation needs district_sd"))

    def check(self, votes: Field) -> None:
        """Refuse a matrix that is no covariance of the field's parties, districts or cells."""
        self._triangle(votes)
        self._apart(votes)

    def draw(self, votes: Field, chance: Chance) -> Floats:
        """Return votes[run, column] for the runs of a block."""
        import numpy as np

        from sailau.kernels.normals import correlate

        make = self._axes if chance.points else self._triangle
        weights = votes.once((id(self), bool(chance.points)), lambda: make(votes))
        moved = np.exp(correlate(chance.normals(weights.shape[1]), weights))
        if self.district_covariance is None and self.cells is None and not self.district_correlation:
            return spread(votes, moved, chance, float(Fraction(self.district_sd)))
        triangle, cells = votes.once((id(self), "apart"), lambda: self._apart(votes))
        return spread(votes, moved, chance, 0.0, apart=self._deviations(votes, chance, triangle, cells))

    def _deviations(self, votes: Field, chance: Chance, triangle: Floats, cells: Floats) -> Floats:
        """Return what every column adds to the logarithm of its votes."""
        import numpy as np

        from sailau.kernels.normals import correlate

        out = np.zeros((chance.n, votes.observed.size), order="F")
        if self.cells is not None:
            z = correlate(chance.normals(len(triangle), DISTRICTS), triangle)
            for column, cell in enumerate(cells.tolist()):
                if cell >= 0:
                    out[:, column] = z[:, cell]
            return out
        n, districts = len(votes.parties), len(triangle)
        z = chance.normals(n * districts, DISTRICTS)
        for party in range(n):
            own = correlate(z[:, party * districts : (party + 1) * districts], triangle)
            for column in np.nonzero(votes.party == party)[0].tolist():
                out[:, column] = own[:, cells[column]]
        return out

    def _matrix(self, votes: Field) -> Floats:
        """Return the covariance of the parties' logarithms."""
        if self.covariance is not None:
            return matrix_of(self.covariance, votes.parties)
        return _alike(Fraction(self.sd or 0), Fraction(self.correlation), len(votes.parties), "correlation", "parties")

    def _axes(self, votes: Field) -> Floats:
        return axes_of(self._matrix(votes), votes.shares(), votes.order())

    def _triangle(self, votes: Field) -> Floats:
        return triangle_of(self._matrix(votes))

    def _apart(self, votes: Field) -> tuple[Floats, Floats]:
        """Return the triangle of districts or cells, and the place of each column in it (-1: none)."""
        import numpy as np

        areas = votes.area_of_columns()
        if self.cells is not None:
            names = [
                f"{votes.parties[p]}@{areas[column]}" if p >= 0 else "" for column, p in enumerate(votes.party.tolist())
            ]
            order = tuple(sorted(self.cells))
            matrix = matrix_of(self.cells, order, known=names, what="cell")
            place = {name: i for i, name in enumerate(order)}
            return triangle_of(matrix, what="cells"), np.array([place.get(name, -1) for name in names])
        districts = tuple(sorted(set(areas)))
        place = {name: i for i, name in enumerate(districts)}
        if self.district_covariance is not None:
            matrix = matrix_of(self.district_covariance, districts, what="district")
        else:
            own, share = Fraction(self.district_sd), Fraction(self.district_correlation)
            matrix = _alike(own, share, len(districts), "district_correlation", "districts")
        return triangle_of(matrix, what="districts"), np.array([place[name] for name in areas])

    def spell(self) -> dict[str, object]:
        """Return the model in plain words and exact numbers; terms that say nothing are left out."""
        told = spell_terms(self)
        for name in ("district_correlation", "district_covariance", "cells"):
            if not getattr(self, name):
                del told[name]
        return told


def _alike(sd: Fraction, share: Fraction, n: int, name: str, what: str) -> Floats:
    """Return the covariance of n numbers of which any two have the same correlation."""
    import numpy as np

    if not Fraction(-1, max(n - 1, 1)) <= share <= 1:
        raise Invalid(
            say(
                "noise: {name} is {share!s}; {n} {what} allow -1/{most} to 1",
                name=name,
                share=share,
                n=n,
                what=coded(what),
                most=max(n - 1, 1),
            )
        )
    matrix: Floats = float(sd) ** 2 * (np.full((n, n), float(share)) + (1.0 - float(share)) * np.eye(n))
    return matrix
