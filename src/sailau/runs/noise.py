"""How votes might have been: models that draw vote vectors around the ones that were counted.

Every model keeps the ballots of each area: votes move between lines, nobody stays at home. `blank` and `invalid` stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from sailau.runs.covariance import MOST_SD, axes_of
from sailau.runs.field import Field, raked, spread, to_votes
from sailau.terms.errors import Invalid
from sailau.terms.numbers import exact
from sailau.terms.speech import say

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
            raise Invalid(say("noise: {name}: {fault}", name=name, fault=fault)) from None


def spell_terms(model: Any) -> dict[str, object]:
    """Return a model's terms in plain words and exact numbers."""

    def plain(value: object) -> object:
        if isinstance(value, Mapping):
            return {key: plain(part) for key, part in sorted(value.items())}
        return str(value) if isinstance(value, Fraction) else value

    return {"model": type(model).__name__, **{part.name: plain(getattr(model, part.name)) for part in fields(model)}}


def not_negative(*, most: int = MOST_SD, unit: str = "of a logarithm", **terms: Fraction) -> None:
    """Refuse standard deviations below 0, and those that can only be a slip."""
    for name, value in terms.items():
        if value < 0:
            raise Invalid(say("noise: {name} is {value}; a standard deviation is not negative", name=name, value=value))
        if value > most:
            hint = say("it is {unit}: 16% is written 16% or 0.16", unit=unit)
            raise Invalid(
                say(
                    "noise: {name} is {value}; a standard deviation here is {most} at the most",
                    name=name,
                    value=value,
                    most=most,
                ),
                hint=hint,
            )


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
        if Fraction(self.concentration) < 1:
            raise Invalid(
                say("noise: concentration is {concentration}; from 1 on", concentration=self.concentration),
                hint=say("it is the size of a sample: 1000 scatters shares as a poll of 1,000 people does"),
            )

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

    is_normal: ClassVar[bool] = True
    sd: Number
    kind: Literal["uniform", "proportional", "logistic"] = "logistic"
    district_sd: Number = Fraction(0)

    def __post_init__(self) -> None:
        """Read the numbers exactly."""
        read_terms(self, "sd", "district_sd")
        not_negative(most=1, unit=say("in points of the vote"), sd=Fraction(self.sd))
        not_negative(district_sd=Fraction(self.district_sd))
        if self.kind not in ("uniform", "proportional", "logistic"):
            raise Invalid(say("noise: there is no {kind} swing; uniform, proportional, logistic", kind=self.kind))

    def check(self, votes: Field) -> None:
        """Nothing depends on the field."""

    def draw(self, votes: Field, chance: Chance) -> Floats:
        """Return votes[run, column] for the runs of a block."""
        import numpy as np

        shares, own = votes.shares(), float(Fraction(self.district_sd))
        z = float(Fraction(self.sd)) * self._normals(votes, chance)
        if self.kind == "uniform":
            return spread(votes, np.ones_like(z), chance, own, points=z)
        if self.kind == "proportional":
            return spread(votes, np.maximum(1.0 + 4.0 * z, 0.0), chance, own)
        target = shares * np.exp(4.0 * z)
        target /= target.sum(axis=1, keepdims=True)
        return spread(votes, raked(votes, target), chance, own)

    def _normals(self, votes: Field, chance: Chance) -> Floats:
        """Return z[run, party]; the first scattered coordinates go where they matter most."""
        import numpy as np

        from sailau.kernels.normals import correlate

        z = chance.normals(len(votes.parties))
        if not chance.points:
            return z
        if self.kind == "logistic":
            one = np.eye(len(votes.parties))
            axes = votes.once("axes", lambda: axes_of(one, votes.shares(), votes.order()))
            moved: Floats = correlate(z, axes)
            return moved
        out = np.empty_like(z)
        out[:, votes.order()] = z
        return out

    def spell(self) -> dict[str, object]:
        """Return the model in plain words and exact numbers."""
        return spell_terms(self)
