"""Turnout that might have been: voters who stay at home or come, by country, district and group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sailau.runs.chance import TURNOUT
from sailau.runs.field import Field
from sailau.runs.noise import Number, not_negative, read_terms, spell_terms
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.numbers import exact

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.runs.chance import Chance

    Floats = NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Voters who come and stay away together.

    Attributes
    ----------
    sd : exact number
        Standard deviation of the logarithm of how many of them vote.
    of : mapping of party to exact number
        The share of each party's votes that they cast; 0 for parties that are not named.
    """

    sd: Number
    of: Mapping[str, Number]

    def __post_init__(self) -> None:
        """Read the numbers exactly."""
        read_terms(self, "sd")
        not_negative(sd=Fraction(self.sd))
        try:
            shares = {party: exact(share) for party, share in self.of.items()}
        except ValueError as fault:
            raise Invalid(f"turnout: of: {fault}") from None
        for party, share in shares.items():
            if not 0 <= share <= 1:
                raise Invalid(f"turnout: a group casts {share} of the votes of {party}; a share is from 0% to 100%")
        object.__setattr__(self, "of", shares)


@dataclass(frozen=True, kw_only=True)
class Turnout:
    """How many come to vote.

    Attributes
    ----------
    sd : exact number
        Standard deviation of the log-odds of turnout in the country as a whole. Where the registered voters of an area
        are not known, of the logarithm of its votes.
    district_sd : exact number
        The same for what each district adds by itself. Areas of one name in two tiers move together.
    groups : mapping of str to Group
        Groups of voters across the country, each with a turnout of its own.
    """

    sd: Number = Fraction(0)
    district_sd: Number = Fraction(0)
    groups: Mapping[str, Group] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the numbers exactly."""
        read_terms(self, "sd", "district_sd")
        not_negative(sd=Fraction(self.sd), district_sd=Fraction(self.district_sd))

    def check(self, votes: Field) -> None:
        """Refuse parties that nobody votes for, and groups that cast more votes than a party has."""
        cast: dict[str, Fraction] = {}
        for name, group in self.groups.items():
            for party, share in group.of.items():
                if party not in votes.parties:
                    raise NotFound(f"party of the group {name}", party, votes.parties)
                cast[party] = cast.get(party, Fraction(0)) + Fraction(share)
        for party, share in cast.items():
            if share > 1:
                raise Invalid(
                    f"turnout: the groups cast {float(share):.2%} of the votes of {party}",
                    hint="groups do not overlap: what they cast of one party adds up to 100% at the most",
                )

    def move(self, votes: Field, drawn: Floats, chance: Chance) -> Floats:
        """Return the votes when others come; nobody votes who is not registered."""
        import numpy as np

        names = sorted(set(votes.areas))
        z = chance.normals(1 + len(self.groups) + len(names), TURNOUT)
        common, own = float(Fraction(self.sd)) * z[:, 0], float(Fraction(self.district_sd))
        factors = self._by_party(votes, z[:, 1 : 1 + len(self.groups)])
        out = drawn.copy(order="F")
        for (columns, total), area, odds in zip(votes.spans, votes.areas, votes.odds, strict=True):
            move = common + own * z[:, 1 + len(self.groups) + names.index(area)]
            change = np.exp(move) if odds is None else np.exp(move) * (1.0 + odds) / (1.0 + odds * np.exp(move))
            made = drawn[:, columns] * change[:, None]
            if factors is not None:
                made = made * np.take(factors, votes.party[columns], axis=1)
            if odds is not None:
                most = total * (1.0 + 1.0 / odds) if odds else 0.0
                weight = np.zeros(len(made))
                for column in range(made.shape[1]):  # one after the other: the sum must not depend on the block
                    weight += made[:, column]
                made *= np.minimum(1.0, most / np.maximum(weight, 1.0))[:, None]
            out[:, columns] = (made + 0.5).astype(np.int64)
        return out

    def _by_party(self, votes: Field, z: Floats) -> Floats | None:
        """Return the factor of each party that its groups make, factors[run, party]."""
        import numpy as np

        if not self.groups:
            return None
        factors = np.ones((len(z), len(votes.parties)), order="F")
        for i, group in enumerate(self.groups.values()):
            grown = np.exp(float(Fraction(group.sd)) * z[:, i]) - 1.0
            for party, share in group.of.items():
                factors[:, votes.parties.index(party)] += float(Fraction(share)) * grown
        return np.maximum(factors, 0.0)

    def spell(self) -> dict[str, object]:
        """Return the model in plain words and exact numbers."""
        groups = {name: spell_terms(group) for name, group in sorted(self.groups.items())}
        return {"model": "Turnout", "sd": str(self.sd), "district_sd": str(self.district_sd), "groups": groups}
