"""Equal weight of votes: how far districts differ in voters per seat.

References
----------
.. [1] D. Samuels, R. Snyder, "The Value of a Vote: Malapportionment in Comparative Perspective", British Journal of
   Political Science 31, 2001: MAL = 1/2 sum of abs(share of seats - share of voters).
.. [2] Venice Commission, Code of Good Practice in Electoral Matters, 2002, I.2.2: departures of at most 10 %, and of
   15 % in special circumstances.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from sailau.forensics.finding import Finding, NotTestable
from sailau.forensics.stations import Stations
from sailau.terms.speech import say

NORM, SPECIAL = Fraction(10, 100), Fraction(15, 100)
"""The departures from the mean that the Code of Good Practice allows, and allows in special circumstances."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Voters per seat.

    Attributes
    ----------
    malapportionment : Fraction
        The share of seats held by districts that would not hold them under equal weights.
    departures : mapping of str to Fraction
        Each district's voters per seat over the mean, less 1.
    """

    malapportionment: Fraction
    departures: Mapping[str, Fraction]

    @property
    def ratio(self) -> Fraction:
        """Voters per seat of the largest district over those of the smallest."""
        values = [1 + departure for departure in self.departures.values()]
        return max(values) / min(values)

    def beyond(self, limit: Fraction) -> tuple[str, ...]:
        """Return the districts that depart by more than the limit, the farthest first."""
        far = [name for name, departure in self.departures.items() if abs(departure) > limit]
        return tuple(sorted(far, key=lambda name: (-abs(self.departures[name]), name)))


def weights(voters: Mapping[str, int], seats: Mapping[str, int]) -> Weights:
    """Return how far districts depart from equal voters per seat.

    Examples
    --------
    >>> found = weights({"north": 60_000, "south": 40_000}, {"north": 1, "south": 1})
    >>> found.malapportionment, found.ratio, found.beyond(NORM)
    (Fraction(1, 10), Fraction(3, 2), ('north', 'south'))
    """
    all_voters, all_seats = sum(voters.values()), sum(seats.values())
    gaps = [abs(Fraction(seats[name], all_seats) - Fraction(voters[name], all_voters)) for name in voters]
    mean = Fraction(all_voters, all_seats)
    departures = {name: Fraction(voters[name], seats[name]) / mean - 1 for name in voters}
    return Weights(sum(gaps, Fraction(0)) / 2, departures)


def equal_weights(stations: Stations) -> Finding | NotTestable:
    """Check the voters per seat of the districts: the level called district, or else the rows themselves."""
    name, family = "equal weights", "representation"
    if stations.seats is None or not stations.registered.any():
        return NotTestable(name, family, say("the file gives no seats"), say("registered voters and seats by district"))
    level = next((level for level in stations.levels if level.name == "district"), None)
    labels = level.labels if level else tuple(stations.place(i) for i in range(len(stations)))
    codes = level.codes if level else np.arange(len(stations))
    voters, seats = np.zeros(len(labels), dtype=np.int64), np.zeros(len(labels), dtype=np.int64)
    np.add.at(voters, codes, stations.registered)
    np.maximum.at(seats, codes, stations.seats)
    if not (seats > 0).all() or not (voters > 0).all():
        return NotTestable(
            name, family, say("a district has no voters or no seats"), say("registered voters and seats by district")
        )
    found = weights(dict(zip(labels, voters.tolist(), strict=True)), dict(zip(labels, seats.tolist(), strict=True)))
    far, special = found.beyond(NORM), found.beyond(SPECIAL)
    return Finding(
        test=name,
        family=family,
        kind="check",
        null="arithmetic",
        expects=say("departures of at most 10 % from the mean, 15 % in special circumstances"),
        found=say(
            "{far:,} of {n:,} districts depart by more than 10 %, {special:,} by more than 15; the largest has "
            "{ratio:.2f} times the voters per seat of the smallest; malapportionment {malapportionment:.1%}",
            far=len(far),
            n=len(labels),
            special=len(special),
            ratio=float(found.ratio),
            malapportionment=float(found.malapportionment),
        ),
        caution=say(
            "islands, minorities and borders of provinces may be reasons in law; the count says nothing of them"
        ),
        figures={
            "districts": len(labels),
            "beyond_10": len(far),
            "beyond_15": len(special),
            "ratio": str(found.ratio),
            "malapportionment": str(found.malapportionment),
        },
        cases=tuple(f"{one}: {float(found.departures[one]):+.1%}" for one in far[:10]),
    )
