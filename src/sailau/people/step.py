"""One year of a population, and its books: everybody who comes, goes or changes is written down on both sides."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from sailau.people.cube import FEMALE, Floats
from sailau.people.rates import Rates, of_boys


@dataclass(frozen=True, slots=True)
class Ledger:
    """The books of one year, each array [region, group], in people.

    Attributes
    ----------
    start, end : array of float
    births : array of float
        By the group of the child.
    deaths, emigration, immigration, repatriation : array of float
    moved_in, moved_out : array of float
        Between regions.
    identity_in, identity_out : array of float
        Between groups, of people who are alive.
    other_mothers : array of float
        Births to mothers of another group, already in `births`.
    """

    start: Floats
    births: Floats
    deaths: Floats
    emigration: Floats
    immigration: Floats
    repatriation: Floats
    moved_in: Floats
    moved_out: Floats
    identity_in: Floats
    identity_out: Floats
    other_mothers: Floats
    end: Floats

    @property
    def gap(self) -> Floats:
        """People at the end that the books do not explain, [region, group]; 0 up to rounding."""
        plus = self.births + self.immigration + self.repatriation + self.moved_in + self.identity_in
        minus = self.deaths + self.emigration + self.moved_out + self.identity_out
        return np.asarray(self.end - (self.start + plus - minus))

    def __add__(self, later: Ledger) -> Ledger:
        """Return the books of two years that follow each other."""
        flows = {p.name: getattr(self, p.name) + getattr(later, p.name) for p in fields(self)}
        return Ledger(**{**flows, "start": self.start, "end": later.end})


def step(people: Floats, rates: Rates) -> tuple[Floats, Ledger]:
    """Return people a year later, with the books.

    Deaths come first, then moves over the border and between regions, then changes of identity; all grow a year older;
    those who come are added. The year's births follow from the mean of women at its start and end.

    Parameters
    ----------
    people : array of float
        people[region, group, age, sex], the last age open.
    rates : Rates
    """
    left = people * np.exp(-rates.hazards)
    gone = left * rates.emigration
    left = left - gone
    out = left * rates.moving
    came = np.einsum("rgas,rq->qgas", out, rates.destinations) if rates.moves else out * 0.0
    left = left - out + came
    changed, to, away = _identity(left, rates)
    later = _older(changed) + rates.immigration + rates.repatriation
    born, other = _births(people, later, rates)
    alive = born * np.exp(-rates.birth_hazards)
    later[:, :, 0, :] += alive

    def cells(flow: Floats) -> Floats:
        return np.asarray(np.broadcast_to(flow, people.shape).sum(axis=(2, 3)))

    dead = cells(people - people * np.exp(-rates.hazards)) + (born - alive).sum(axis=2)
    book = Ledger(
        start=cells(people),
        births=born.sum(axis=2),
        deaths=dead,
        emigration=cells(gone),
        immigration=cells(rates.immigration),
        repatriation=cells(rates.repatriation),
        moved_in=cells(came),
        moved_out=cells(out),
        identity_in=to,
        identity_out=away,
        other_mothers=other,
        end=cells(later),
    )
    return later, book


def _identity(people: Floats, rates: Rates) -> tuple[Floats, Floats, Floats]:
    """Return people after changes of identity, and who came to and left each group."""
    shifts = rates.identity * (1 - np.eye(len(rates.identity)))
    shifting = people * rates.identity_ages[None, None, :, None]
    came = np.einsum("rgas,gh->rhas", shifting, shifts)
    left = shifting * shifts.sum(axis=1)[None, :, None, None]
    return people - left + came, came.sum(axis=(2, 3)), left.sum(axis=(2, 3))


def _older(people: Floats) -> Floats:
    out = np.zeros_like(people)
    out[:, :, 1:, :] = people[:, :, :-1, :]
    out[:, :, -1, :] += people[:, :, -1, :]
    return out


def _births(before: Floats, after: Floats, rates: Rates) -> tuple[Floats, Floats]:
    """Return the born by region, child's group and sex, and those of other mothers by region and child's group."""
    women = (before[:, :, :, FEMALE] + after[:, :, :, FEMALE]) / 2
    by_mother = (women * rates.fertility).sum(axis=2)
    children = by_mother @ rates.mothers
    own = by_mother * np.diag(rates.mothers)
    return children[:, :, None] * of_boys(rates.boys)[None, None, :], children - own
