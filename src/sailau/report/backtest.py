"""Tables of back-tests: scores beside the baselines, reliability of chances, where results fell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import bdtr

from sailau.report.table import Cell, Table
from sailau.runs.backtest import DRAWS, Scored, implied_error
from sailau.votes.scores import log_score, murphy, reliability

MODEL = "model"
SHARES = (MODEL, "last_five_with_error", "last_five", "last_election")
SEATS = (MODEL, "uniform_swing", "last_five", "last_election")
COLUMNS = (
    "election",
    "days_before",
    "polls",
    "inside_90",
    "of",
    *("crps", "five_with_error", "five", "last"),
    *("seats", "seats_uniform", "seats_five", "seats_last"),
)
BINS = 10


def scores_table(scored: Sequence[Scored], *, title: str) -> Table:
    """Return one row a forecast: how many results its intervals held, and its scores beside those of the baselines."""
    rows: list[tuple[Cell, ...]] = [_row(one) for one in scored]
    for lead in dict.fromkeys(one.lead for one in scored):
        part = [one for one in scored if one.lead == lead]
        if len(part) > 1:
            rows.append(_mean(part, lead))
    notes = [
        "crps: continuous ranked probability score in points, mean over contenders; five: mean of the last five polls",
        "seats: ranked probability score, mean over parties; smaller is better for all scores",
        *_implied(scored),
        *dict.fromkeys(f"{one.id}: seats not testable, for {one.why}" for one in scored if one.why and not one.seats),
    ]
    extra = {"energy_points": {f"{one.id}, {one.lead} days": _rounded(one.energy) for one in scored}}
    return Table(COLUMNS, tuple(rows), title, tuple(notes), extra)


def _row(one: Scored) -> tuple[Cell, ...]:
    shares = [_two(one.crps.get(name)) for name in SHARES]
    seats = [_two(one.seats.get(name)) for name in SEATS]
    return (one.id, one.lead, one.polls, int(one.inside.sum()), len(one.inside), *shares, *seats)


def _mean(part: Sequence[Scored], lead: int) -> tuple[Cell, ...]:
    """Return the means over the forecasts that every column has."""
    inside, of = sum(int(one.inside.sum()) for one in part), sum(len(one.inside) for one in part)
    whole = [one for one in part if set(SHARES) <= set(one.crps)]
    seated = [one for one in part if set(SEATS) <= set(one.seats)]
    shares = [_two(float(np.mean([one.crps[name] for one in whole])) if whole else None) for name in SHARES]
    seats = [_two(float(np.mean([one.seats[name] for one in seated])) if seated else None) for name in SEATS]
    return ("mean", lead, sum(one.polls for one in part), inside, of, *shares, *seats)


def _implied(scored: Sequence[Scored]) -> list[str]:
    """Say which common error the forecasts on the eve speak for."""
    eve = [one for one in scored if one.lead == min(s.lead for s in scored)]
    if len(eve) < 3:
        return []
    return [
        f"misses {eve[0].lead} days before are those of a polling error of {implied_error(eve):.1f} points "
        "for a party with half of the votes"
    ]


def _two(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _rounded(scores: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in scores.items()}


def gains_table(scored: Sequence[Scored], *, title: str) -> Table:
    """Return the reliability of the chances that contenders gain on their last result."""
    chance = np.concatenate([one.gains[~np.isnan(one.gains)] for one in scored])
    happened = np.concatenate([(one.seen > one.last)[~np.isnan(one.gains)] for one in scored])
    rows = tuple(
        (round(g.low, 2), round(g.high, 2), g.n, round(g.forecast, 3), round(g.happened, 3), *map(_three, g.band))
        for g in reliability(chance, happened)
    )
    parts = murphy(chance, happened)
    notes = (
        f"event: a contender gains on its last result; {len(chance)} of them, {int(happened.sum())} did",
        f"Brier {parts.brier:.4f} = reliability {parts.reliability:.4f} - resolution {parts.resolution:.4f} "
        f"+ uncertainty {parts.uncertainty:.4f} + within groups {parts.within:+.4f}",
        f"log score {float(log_score(chance, happened, DRAWS).mean()):.4f}; a forecast of the mean alone: "
        f"Brier {parts.uncertainty:.4f}",
        "all frequencies lie within their bands in nine cases of ten if the chances are right",
    )
    return Table(("from", "to", "n", "forecast", "happened", "band_low", "band_high"), rows, title, notes)


def _three(value: float) -> float:
    return round(value, 3)


def pit_table(scored: Sequence[Scored], *, title: str) -> Table:
    """Return where results fell in their forecasts: a tenth of them in each tenth if intervals are right."""
    places = np.concatenate([one.pit for one in scored])
    counts = np.histogram(places, bins=BINS, range=(0.0, 1.0))[0]
    n, tail = len(places), 0.05 / BINS
    below = bdtr(np.arange(n + 1), n, 1.0 / BINS)
    low, high = int(np.argmax(below > tail)), int(np.argmax(below >= 1 - tail))
    rows = tuple(
        (round(i / BINS, 1), round((i + 1) / BINS, 1), int(count), low, high) for i, count in enumerate(counts)
    )
    inside = sum(int(one.inside.sum()) for one in scored)
    notes = (
        f"{inside} of {n} results lie within their 90% intervals ({inside / n:.1%})",
        "bands hold for all tenths at once in nine cases of ten if results are independent, which those of one "
        "election are not",
        "many in the middle: intervals were wider than needed; many at both ends: too narrow",
    )
    return Table(("from", "to", "results", "band_low", "band_high"), rows, title, notes)
