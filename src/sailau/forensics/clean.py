"""Clean elections by a model in which regions, towns, villages and groups differ, and what was done to some of them.

Log odds of turnout and of the leader's share are sums of normal effects of the region, the commission, town or
village, a group that lives in some of the commissions, and the station; the counts are beta-binomial around them. No
figure is aimed at. The effects are about as large as those seen in real elections with a leading party.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from sailau.forensics.stations import Counts, Level, Numbers, Stations


@dataclass(frozen=True, slots=True)
class CleanModel:
    """Effects, in log odds, and the make-up of the country.

    Attributes
    ----------
    turnout, share : float
        The middle of a town, as log odds.
    region, commission, station : (float, float)
        Standard deviations of the effects on turnout and share.
    rural : (float, float)
        What a village adds to both.
    group : (float, float)
        What the group adds to both, in the commissions where it lives.
    rural_share, group_share : float
        The shares of villages among stations, and of the group's commissions.
    overdispersion : float
        The sum of the two parameters of the beta law; smaller is wilder.
    commission_size, region_size : int
        Stations of a commission, commissions of a region.
    others : tuple of float
        How the votes that are not the leader's are shared out.
    """

    turnout: float = 0.1
    share: float = -0.4
    region: tuple[float, float] = (0.25, 0.3)
    commission: tuple[float, float] = (0.2, 0.25)
    station: tuple[float, float] = (0.2, 0.25)
    rural: tuple[float, float] = (0.35, 0.3)
    group: tuple[float, float] = (0.6, 0.9)
    rural_share: float = 0.45
    group_share: float = 0.1
    overdispersion: float = 400.0
    commission_size: int = 30
    region_size: int = 30
    others: tuple[float, ...] = (0.45, 0.3, 0.15, 0.1)


def draw_clean(n: int, *, seed: int | np.random.Generator, model: CleanModel | None = None) -> Stations:
    """Draw a clean election of n stations.

    Examples
    --------
    >>> election = draw_clean(500, seed=1)
    >>> len(election), election.contenders[election.leader]
    (500, 'leader')
    """
    model = model or CleanModel()
    rng = np.random.default_rng(seed)
    commission = np.arange(n) // model.commission_size
    region = commission // model.region_size
    n_commissions, n_regions = int(commission[-1]) + 1, int(region[-1]) + 1
    # a commission is mostly town or mostly village, so that size and place go together
    towns = rng.beta(0.7, 0.7 * model.rural_share / (1 - model.rural_share), n_commissions)
    rural = rng.random(n) > towns[commission]
    group = (rng.random(n_commissions) < model.group_share)[commission]

    def log_odds(middle: float, which: int) -> Numbers:
        out = middle + model.region[which] * rng.standard_normal(n_regions)[region]
        out += model.commission[which] * rng.standard_normal(n_commissions)[commission]
        out += model.rural[which] * rural + model.group[which] * group
        return np.asarray(out + model.station[which] * rng.standard_normal(n), dtype=np.float64)

    size = np.where(rural, rng.lognormal(6.0, 0.7, n), rng.lognormal(7.3, 0.35, n))
    registered = np.clip(size, 30, 3_000).astype(np.int64)
    voters = _beta_binomial(registered, log_odds(model.turnout, 0), model.overdispersion, rng)
    invalid = rng.binomial(voters, 0.012)
    valid = voters - invalid
    leading = _beta_binomial(valid, log_odds(model.share, 1), model.overdispersion, rng)
    mixes = rng.dirichlet(40 * np.array(model.others), n)
    rest = rng.multinomial(valid - leading, mixes)
    return Stations(
        path="a clean election",
        rows=np.arange(1, n + 1),
        names=tuple(map(str, range(1, n + 1))),
        levels=(_level("region", region), _level("commission", commission)),
        registered=registered,
        voters=voters,
        votes=np.column_stack([leading, rest]).astype(np.int64),
        contenders=("leader", *(f"other {i + 1}" for i in range(len(model.others)))),
        leader=0,
        ballots=voters,
        valid=valid,
        invalid=invalid,
        title=f"clean election of {n:,} stations",
    )


def _beta_binomial(n: Counts, log_odds: Numbers, weight: float, rng: np.random.Generator) -> Counts:
    p = 1 / (1 + np.exp(-log_odds))
    return rng.binomial(n, rng.beta(weight * p, weight * (1 - p))).astype(np.int64)


def _level(name: str, codes: Counts) -> Level:
    return Level(name, codes, tuple(f"{name} {i + 1}" for i in range(int(codes.max()) + 1)))


Way = Literal["added", "rounded"]


def stuff(
    stations: Stations, share: float, *, seed: int | np.random.Generator, way: Way = "added", among: float = 0.2
) -> Stations:
    """Add ballots for the leader, `share` of all ballots cast, in a part of the stations.

    Parameters
    ----------
    stations : Stations
    share : float
        0.05 adds one ballot for every twenty that were cast.
    seed : int or Generator
    way : {"added", "rounded"}
        Any number of ballots; or as many as bring turnout to the next multiple of 5 % in half of the stations, and to
        the next whole percent in the other half.
    among : float
        The part of the stations where it is done; the ballots never outnumber those who stayed at home.

    Examples
    --------
    >>> before = draw_clean(500, seed=1)
    >>> after = stuff(before, 0.05, seed=2)
    >>> round(float((after.voters.sum() - before.voters.sum()) / before.voters.sum()), 2)
    0.05
    """
    rng = np.random.default_rng(seed)
    chosen = rng.random(len(stations)) < among
    at_home = stations.registered - stations.voters
    wanted = share * stations.voters.sum()
    amount = np.where(chosen, rng.gamma(2.0, 0.5, len(stations)) * at_home, 0.0)
    for _ in range(30):  # those who stayed at home are a ceiling: share out again what it cuts off
        amount *= wanted / max(1.0, float(np.minimum(amount, at_home).sum()))
    added = np.minimum(np.rint(amount), at_home).astype(np.int64)
    if way == "rounded":
        added = _to_round(stations, added, rng)
    votes = stations.votes.copy()
    votes[:, stations.leader] += added
    more: dict[str, Any] = {
        name: None if (figure := getattr(stations, name)) is None else figure + added
        for name in ("voters", "ballots", "valid")
    }
    return replace(stations, votes=votes, **more)


def _to_round(stations: Stations, added: Counts, rng: np.random.Generator) -> Counts:
    registered, voters = stations.registered, stations.voters
    step = np.where(rng.random(added.size) < 0.5, 5, 1)
    percent = -(-100 * (voters + added) // (registered * step)) * step
    target = np.minimum(registered, (2 * percent * registered + 100) // 200)
    return np.where(added > 0, np.maximum(added, target - voters), added)
