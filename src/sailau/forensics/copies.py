"""Copied figures: protocols that agree vote for vote, and neighbours that agree to the hundredth of a percent.

Both numbers of pairs are compared with elections drawn again station by station. Given the pairs seen (o) and those of
R draws together (s), o is Bin(o + s, c / (R + c)) under the null model; c is 1, and for shares the ratio of the pairs
that agree to half a percent, for draws scatter a little more than what they are drawn from.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sailau.forensics.finding import Finding, NotTestable
from sailau.forensics.stations import Counts, Level, Stations
from sailau.terms.speech import say

LEAST = 300
"""Stations that the tests need."""

LEAST_VOTES = 100
"""Votes that a protocol needs to be compared: small ones agree by chance."""

_FAMILY = "copied figures"
_DRAWS = 5
_SHOWN = 5
_FINE, _ROUGH = 10_000, 200
_EACH_SIDE = 20  # with a handful of votes the draws do not stay where the station is


def identical_protocols(stations: Stations, rng: np.random.Generator) -> Finding | NotTestable:
    """Test whether more stations give every contender the same votes than independent counts would."""
    name = "identical protocols"
    total = stations.votes.sum(axis=1)
    chosen = (total >= LEAST_VOTES) & ((stations.votes > 0).sum(axis=1) >= 3)
    if (n := int(chosen.sum())) < LEAST:
        why = say(
            "{n:,} stations with {least_votes} votes for three contenders or more; {least} are needed",
            n=n,
            least_votes=LEAST_VOTES,
            least=LEAST,
        )
        return NotTestable(name, _FAMILY, why, say("the votes of every contender by polling station"))
    votes = stations.votes[chosen]
    same = _keys(votes)
    seen = _pairs(same)
    chances = votes / votes.sum(axis=1, keepdims=True)
    drawn = sum(_pairs(_keys(rng.multinomial(total[chosen], chances))) for _ in range(_DRAWS))
    return Finding(
        test=name,
        family=_FAMILY,
        kind="test",
        null="separate protocols",
        expects=say("about {pairs:,.1f} pairs", pairs=drawn / _DRAWS),
        found=say("{seen:,} pairs of stations of {n:,} give every contender the same votes", seen=seen, n=n),
        caution=say("a station entered twice, or two rooms of one building that share a protocol, looks the same"),
        p=_share_of(seen, drawn),
        figures={"stations": n, "pairs": seen, "expected": round(drawn / _DRAWS, 1)},
        cases=_cases(stations, np.flatnonzero(chosen), same),
    )


def same_shares(stations: Stations, level: Level | None, rng: np.random.Generator) -> Finding | NotTestable:
    """Test whether more neighbours agree in the leader's share to 0.01 % than independent counts would."""
    name = "same shares in an area"
    counted, leading = stations.counted, stations.leading
    chosen = (counted >= LEAST_VOTES) & (leading >= _EACH_SIDE) & (counted - leading >= _EACH_SIDE)
    if level is None or (n := int(chosen.sum())) < LEAST:
        why = say("no areas with several stations each") if level is None else say("{n} stations", n=int(chosen.sum()))
        return NotTestable(name, _FAMILY, why, say("the area of each station, ballots and the leader's votes"))
    k, size, area = leading[chosen], counted[chosen], level.codes[chosen]
    same = _cells(k, size, area, _FINE)
    seen, near = _pairs(same), _pairs(_cells(k, size, area, _ROUGH))
    draws = [rng.binomial(size, rng.beta(k + 1, size - k + 1)) for _ in range(_DRAWS)]
    drawn = sum(_pairs(_cells(one, size, area, _FINE)) for one in draws)
    ratio = near * _DRAWS / max(1, sum(_pairs(_cells(one, size, area, _ROUGH)) for one in draws))
    return Finding(
        test=name,
        family=_FAMILY,
        kind="test",
        null="smooth",
        expects=say("about {pairs:,.1f} pairs", pairs=ratio * drawn / _DRAWS),
        found=say(
            "{seen:,} pairs of neighbours of {n:,} stations agree in the leader's share to 0.01 %", seen=seen, n=n
        ),
        caution=say("it shows figures made to one percentage by one hand; it says nothing of the rest"),
        p=_share_of(seen, drawn, ratio),
        figures={"stations": n, "pairs": seen, "expected": round(ratio * drawn / _DRAWS, 1)},
        cases=_busiest(np.flatnonzero(chosen), same, level),
    )


def _keys(votes: Counts) -> NDArray[np.uint64]:
    """Return a number for each row; equal rows have equal ones, and others do not but once in 2^64."""
    mix = np.random.Generator(np.random.PCG64(20_111_204)).integers(1, 2**63, votes.shape[1], dtype=np.uint64)
    with np.errstate(over="ignore"):
        return np.asarray((votes.astype(np.uint64) * (2 * mix + np.uint64(1))).sum(axis=1), dtype=np.uint64)


def _cells(k: Counts, n: Counts, area: Counts, cells: int) -> NDArray[np.uint64]:
    return (area * 2 * _FINE + (2 * cells * k + n) // (2 * n)).astype(np.uint64)


def _pairs(keys: NDArray[np.uint64]) -> int:
    _, sizes = np.unique(keys, return_counts=True)
    return int((sizes * (sizes - 1) // 2).sum())


def _share_of(seen: int, drawn: int, ratio: float = 1.0) -> float:
    from scipy.special import bdtrc

    return float(bdtrc(seen - 1, seen + drawn, ratio / (_DRAWS + ratio))) if seen else 1.0


def _cases(stations: Stations, at: Counts, keys: NDArray[np.uint64]) -> tuple[str, ...]:
    order = np.argsort(keys, kind="stable")
    twins = np.flatnonzero(keys[order][1:] == keys[order][:-1])[:_SHOWN]
    rows = [(int(at[order[i]]), int(at[order[i + 1]])) for i in twins]
    return tuple(f"{stations.place(a)} = {stations.place(b)}" for a, b in rows)


def _busiest(at: Counts, keys: NDArray[np.uint64], level: Level) -> tuple[str, ...]:
    values, sizes = np.unique(keys, return_counts=True)
    most = values[np.argsort(-sizes, kind="stable")][:_SHOWN]
    out = []
    for value in most.tolist():
        rows = at[keys == np.uint64(value)]
        if rows.size > 2:
            area = level.labels[int(level.codes[rows[0]])]
            out.append(
                say(
                    "{area}: {size} stations with {value:.2f} %",
                    area=area,
                    size=rows.size,
                    value=100 * (value % (2 * _FINE)) / _FINE,
                )
            )
    return tuple(out)
