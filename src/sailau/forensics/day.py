"""The day: turnout by the hour, which can only grow."""

from __future__ import annotations

import numpy as np

from sailau.forensics.finding import Finding, NotTestable
from sailau.forensics.stations import Stations
from sailau.terms.speech import say

_FAMILY = "protocol arithmetic"
_SHOWN = 10


def turnout_by_hour(stations: Stations) -> Finding | NotTestable:
    """Check that no station reports less turnout at a later hour than at an earlier one."""
    name = "turnout over the day"
    if len(stations.hours) < 2:
        return NotTestable(
            name, _FAMILY, say("the file has no turnout by the hour"), say("turnout at two hours or more")
        )
    hours = list(stations.hours)
    cases: list[str] = []
    fallen = np.zeros(len(stations), dtype=bool)
    highest = np.full(len(stations), -np.inf)
    at = np.zeros(len(stations), dtype=np.int64)
    for k, hour in enumerate(hours):
        values = stations.hours[hour]
        lower = values < highest
        for row in np.flatnonzero(lower).tolist():
            before = hours[at[row]]
            cases.append(
                say(
                    "{place}: {highest:g} at {before}, {then:g} at {hour}",
                    place=stations.place(row),
                    highest=highest[row],
                    before=before,
                    then=values[row],
                    hour=hour,
                )
            )
        fallen |= lower
        higher = values > highest
        at[higher], highest[higher] = k, values[higher]
    n = int(fallen.sum())
    return Finding(
        test=name,
        family=_FAMILY,
        kind="check",
        null="arithmetic",
        expects=say("turnout that never falls during the day"),
        found=say("turnout falls in {falls:,} of {n:,} rows", falls=n, n=len(stations))
        if n
        else say("turnout never falls"),
        caution=say("a figure sent in error and mended an hour later falls too; the protocols decide"),
        figures={"rows": n, "falls": len(cases)},
        cases=tuple(cases[:_SHOWN]),
    )
