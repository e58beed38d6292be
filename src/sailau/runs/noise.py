"""How votes might have been: models that draw vote vectors around the ones that were counted.

Every model keeps the ballots of each area: votes move between lines, nobody stays at home. `blank` and `invalid` stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, Protocol

from sailau.runs.covariance import matrix_of, triangle_of
from sailau.runs.field import Field, raked, spread, to_votes
from sailau.terms.errors import Invalid
from sailau.terms.numbers import exact

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.runs.chance import Chance

    Floats = NDArray[Any]

Number = str | int | Fraction


class Noise(Protocol):
    """A model of noise: it checks itself against a field, and draws."""

    def check(self, votes: Field) -> None:
        """Refuse what cannot be drawn, before any work starts."""

    def draw(self, votes: Field, chance: Chance) -> Floats:
        """Return votes[run, column] for the runs of a block."""

    def spell(self) -> dict[str, object]:
        """Return the model in plain words and exact numbers, for the record and the key."""


def read_terms(model: Any, *names: str) -> None:
    """Make exact numbers of a model's terms."""
    for name in names:
        value = getattr(model, name)
        try:
            object.__setattr__(model, name, None if value is None else exact(value))
        except ValueError as fault:
            raise Invalid(f"noise: {name}: {fault}") from None


def spell_terms(model: Any) -> dict[str, object]:
    """Return a model's terms in plain words and exact numbers."""

    def plain(value: object) -> object:
        if isinstance(value, Mapping):
            return {key: plain(part) for key, part in sorted(value.items())}
        return str(value) if isinstance(value, Fraction) else value

    return {"model": type(model).__name__, **{part.name: plain(getattr(model, part.name)) for part in fields(model)}}


def not_negative(**terms: Fraction) -> None:
    """Refuse standard deviations below 0."""
    for name, value in terms.items():
        if value < 0:
            raise Invalid(f"noise: {name} is {value}; a standard deviation is not negative")


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
    """

    sd: Number | None = None
    correlation: Number = Fraction(0)
    covariance: Mapping[str, Mapping[str, Number]] | None = None
    district_sd: Number = Fraction(0)

    def __post_init__(self) -> None:
        """Read the numbers exactly."""
        read_terms(self, "sd", "correlation", "district_sd")
        if (self.sd is None) == (self.covariance is None):
            raise Invalid("noise: a logistic normal has either sd or covariance")
        if self.covariance is not None:
            try:
                table = {a: {b: exact(x) for b, x in row.items()} for a, row in self.covariance.items()}
            except ValueError as fault:
                raise Invalid(f"noise: covariance: {fault}") from None
            object.__setattr__(self, "covariance", table)
        not_negative(sd=Fraction(self.sd or 0), district_sd=Fraction(self.district_sd))

    def check(self, votes: Field) -> None:
        """Refuse a matrix that is no covariance of the field's parties."""
        self.weights(votes)

    def weights(self, votes: Field) -> Floats:
        """Return the triangular matrix that makes correlated numbers of independent ones."""
        import numpy as np

        n = len(votes.parties)
        if self.covariance is None:
            sd, share = float(Fraction(self.sd or 0)), float(Fraction(self.correlation))
            if not -1.0 / max(n - 1, 1) <= share <= 1.0:
                raise Invalid(f"noise: correlation is {self.correlation}; {n} parties allow -1/{max(n - 1, 1)} to 1")
            matrix = sd * sd * (np.full((n, n), share) + (1.0 - share) * np.eye(n))
        else:
            matrix = matrix_of(self.covariance, votes.parties)
        return triangle_of(matrix)

    def draw(self, votes: Field, chance: Chance) -> Floats:
        """Return votes[run, column] for the runs of a block."""
        import numpy as np

        from sailau.kernels.normals import correlate

        weights = _once(self, votes, self.weights)
        moved = np.exp(correlate(chance.normals(len(votes.parties)), weights))
        return spread(votes, moved, chance, float(Fraction(self.district_sd)))

    def spell(self) -> dict[str, object]:
        """Return the model in plain words and exact numbers."""
        return spell_terms(self)


@dataclass(frozen=True, kw_only=True)
class Dirichlet:
    """Shares of each area scatter like those of a sample of so many ballots.

    Attributes
    ----------
    concentration : exact number
        The size of the sample; the larger, the closer to the votes that were counted. Districts are independent.
    """

    concentration: Number

    def __post_init__(self) -> None:
        """Read the number exactly."""
        read_terms(self, "concentration")
        if Fraction(self.concentration) <= 0:
            raise Invalid(f"noise: concentration is {self.concentration}; it is above 0")

    def check(self, votes: Field) -> None:
        """Nothing depends on the field."""

    def draw(self, votes: Field, chance: Chance) -> Floats:
        """Return votes[run, column] for the runs of a block."""
        import numpy as np

        shapes = np.zeros(votes.observed.size)
        for columns, total in votes.spans:
            shapes[columns] = float(Fraction(self.concentration)) * votes.observed[columns] / max(total, 1)
        drawn = chance.gammas(shapes)
        out = np.repeat(votes.observed[None, :], chance.n, axis=0)
        for columns, total in votes.spans:
            out[:, columns] = to_votes(drawn[:, columns], total)
        return out

    def spell(self) -> dict[str, object]:
        """Return the model in plain words and exact numbers."""
        return spell_terms(self)


@dataclass(frozen=True, kw_only=True)
class Swing:
    """Parties gain and lose in the country as a whole, and districts follow.

    Attributes
    ----------
    sd : exact number
        Standard deviation of a party's swing, in points of the vote: for a ``uniform`` swing of every party, for the
        others of a party that has half of the votes (smaller parties move less).
    kind : str
        How districts follow: ``uniform`` adds the same points everywhere (nobody falls below 0), ``proportional``
        multiplies by the same factor, ``logistic`` shifts log-ratios so that the national shares come out right.
    district_sd : exact number
        Standard deviation of what each line of each district adds to the logarithm of its votes.
    """

    sd: Number
    kind: Literal["uniform", "proportional", "logistic"] = "logistic"
    district_sd: Number = Fraction(0)

    def __post_init__(self) -> None:
        """Read the numbers exactly."""
        read_terms(self, "sd", "district_sd")
        not_negative(sd=Fraction(self.sd), district_sd=Fraction(self.district_sd))
        if self.kind not in ("uniform", "proportional", "logistic"):
            raise Invalid(f"noise: there is no {self.kind} swing; uniform, proportional, logistic")

    def check(self, votes: Field) -> None:
        """Nothing depends on the field."""

    def draw(self, votes: Field, chance: Chance) -> Floats:
        """Return votes[run, column] for the runs of a block."""
        import numpy as np

        z = float(Fraction(self.sd)) * chance.normals(len(votes.parties))
        shares, own = votes.shares(), float(Fraction(self.district_sd))
        if self.kind == "uniform":
            return spread(votes, np.ones_like(z), chance, own, points=z)
        if self.kind == "proportional":
            return spread(votes, np.maximum(1.0 + 4.0 * z, 0.0), chance, own)
        target = shares * np.exp(4.0 * z)
        target /= target.sum(axis=1, keepdims=True)
        return spread(votes, raked(votes, target), chance, own)

    def spell(self) -> dict[str, object]:
        """Return the model in plain words and exact numbers."""
        return spell_terms(self)


def _once(model: LogisticNormal, votes: Field, make: Any) -> Floats:
    """Keep the matrix beside the field: blocks are many, fields are few."""
    kept: dict[int, Floats] = votes.__dict__.setdefault("_weights", {})
    if id(model) not in kept:
        kept[id(model)] = make(votes)
    return kept[id(model)]
