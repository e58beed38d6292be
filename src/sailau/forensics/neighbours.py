"""Small stations and neighbours: stations against the others of their area.

References
----------
.. [1] R. Jimenez, M. Hidalgo, P. Klimek, "Testing for voter rigging in small polling stations", Science Advances 3,
   2017: small stations are compared with their neighbours, so that geography is held fixed.
"""

from __future__ import annotations

import numpy as np

from sailau.forensics.finding import Finding, NotTestable
from sailau.forensics.mirror import Scatter, recentred
from sailau.forensics.stations import Mask, Numbers
from sailau.terms.speech import say

FEWEST_AREAS = 20
"""Areas that can be compared; fewer give no spread to measure a difference by."""

FAR = 2.5
"""From how many standard deviations on a station stands apart from its area."""

SMALL = 0.2
"""The share of stations, by registered voters, that counts as small."""

_FEWEST = 5
_SIDES = 10
_NEEDS = "the area (commission, settlement) of each station, registered, voters, ballots and the leader's votes"
_FAMILY = "neighbourhood"


def small_stations(scatter: Scatter) -> Finding | NotTestable:
    """Test whether small stations stand far above, and not far below, the other small ones of their area.

    Villages are small and vote together, so that small stations differ from large ones in every country; that shift is
    told and not tested. Tested is whether small stations scatter upwards more than downwards, as in `neighbours`.
    """
    name = "small stations"
    size = scatter.votes.registered
    limit = int(np.quantile(size, SMALL)) if size.size else 0
    small = size <= limit
    shifts = _shift(scatter, small)
    within = recentred(scatter, small)
    n_areas = int((np.bincount(within.area, minlength=1) >= _FEWEST).sum())
    if n_areas < FEWEST_AREAS:
        why = say(
            "{n_areas} areas hold {fewest} small stations or more; {fewest_areas} are needed",
            n_areas=n_areas,
            fewest=_FEWEST,
            fewest_areas=FEWEST_AREAS,
        )
        return NotTestable(name, _FAMILY, why, say(_NEEDS))
    up, down = _sides(within)
    return Finding(
        test=name,
        family=_FAMILY,
        kind="test",
        null="areas differ",
        expects=say("as many small stations far above the small ones of their area as far below"),
        found=say(
            "of the stations with up to {limit:,} voters {up:,} stand far above the small ones of their area in "
            "turnout and leader's share, {down:,} far below; small stations as such lie {turnout:+.1f} points in "
            "turnout and {share:+.1f} points in share from the larger ones of their area",
            limit=limit,
            up=up,
            down=down,
            turnout=100 * shifts[0],
            share=100 * shifts[1],
        ),
        caution=say(
            "the shift between small and large stations is in every country with villages, and is not tested; wards "
            "and barracks are small and stand apart without any fault"
        ),
        p=_p(up, down),
        figures={
            "above": up,
            "below": down,
            "areas": n_areas,
            "shift_turnout": round(shifts[0], 4),
            "shift_share": round(shifts[1], 4),
        },
    )


def _shift(scatter: Scatter, small: Mask) -> tuple[float, float]:
    """Return how far small stations lie from the larger ones of their area, on average over the areas."""
    n_areas = scatter.centre_turnout.size
    n_small = np.bincount(scatter.area, small, n_areas)
    n_large = np.bincount(scatter.area, ~small, n_areas)
    used = (n_small > 0) & (n_large > 0)
    weights = n_small[used] * n_large[used] / (n_small + n_large)[used]

    def mean(values: Numbers) -> float:
        low = np.bincount(scatter.area, values * small, n_areas)[used] / n_small[used]
        high = np.bincount(scatter.area, values * ~small, n_areas)[used] / n_large[used]
        return float((weights * (low - high)).sum() / weights.sum()) if used.any() else 0.0

    return mean(scatter.votes.turnout), mean(scatter.votes.share)


def neighbours(scatter: Scatter) -> Finding | NotTestable:
    """Test whether more stations stand far above their area, in turnout and share, than far below it.

    Under the null model both signs of a pair of residuals are equally likely: of the stations that stand apart on the
    diagonal, the number above is Bin(n, 1/2).
    """
    name = "neighbours"
    areas = np.bincount(scatter.area)
    if (n_areas := int((areas >= _FEWEST).sum())) < FEWEST_AREAS:
        why = say(
            "{n_areas} areas hold {fewest} stations or more; {fewest_areas} are needed",
            n_areas=n_areas,
            fewest=_FEWEST,
            fewest_areas=FEWEST_AREAS,
        )
        return NotTestable(name, _FAMILY, why, say(_NEEDS))
    up, down = _sides(scatter)
    if up + down < _SIDES:
        found = say(
            "only {n} stations stand apart from their area on both counts: {up} above, {down} below",
            n=up + down,
            up=up,
            down=down,
        )
    else:
        found = say(
            "{up:,} stations stand far above their area in both turnout and leader's share, {down:,} far below",
            up=up,
            down=down,
        )
    return Finding(
        test=name,
        family=_FAMILY,
        kind="test",
        null="areas differ",
        expects=say("as many stations far above their area as far below it"),
        found=say("{found} (beyond {far} standard deviations)", found=found, far=FAR),
        caution=say(
            "wards, barracks and prisons vote early, together and often for those in power; look at the stations "
            "before saying why they differ"
        ),
        p=_p(up, down),
        figures={"above": up, "below": down, "areas": n_areas},
    )


def _sides(scatter: Scatter) -> tuple[int, int]:
    """Count stations far above and far below their area in both figures; those at 99 % and more are left aside."""
    turnout, share = _z(scatter)
    votes = scatter.votes
    looked = (votes.turnout <= 0.99) & (votes.share <= 0.99) & (np.bincount(scatter.area)[scatter.area] >= _FEWEST)
    up, down = (looked & (sign * turnout > FAR) & (sign * share > FAR) for sign in (1, -1))
    return int(up.sum()), int(down.sum())


def _p(up: int, down: int) -> float:
    from scipy.special import bdtrc

    return float(bdtrc(up - 1, up + down, 0.5)) if up else 1.0


def _z(scatter: Scatter) -> tuple[Numbers, Numbers]:
    votes = scatter.votes
    return (
        _standard(scatter.turnout, votes.turnout, votes.registered.astype(np.float64)),
        _standard(scatter.share, votes.share, votes.counted.astype(np.float64)),
    )


def _standard(residual: Numbers, proportion: Numbers, size: Numbers) -> Numbers:
    """Return residuals over their standard deviation: one spread for all, and the chance error of the station."""
    inner = np.clip(proportion, 0.5 / size, 1 - 0.5 / size)
    chance = 1 / (size * inner * (1 - inner))
    spread = (1.4826 * np.median(np.abs(residual))) ** 2 if residual.size else 0.0
    common = max(0.0, float(spread - (np.median(chance) if chance.size else 0.0)))
    return np.asarray(residual / np.sqrt(common + chance), dtype=np.float64)
