"""The pictures of an examination of polling stations: which of them the figures allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sailau.plots.stations import comet_map, spike_band, tile_map, votes_by_turnout

if TYPE_CHECKING:
    from sailau.forensics.stations import Stations

FEWEST = 300
"""Stations below which a picture of a distribution shows nothing but chance."""


def station_pictures(stations: Stations) -> dict[str, str]:
    """Return the pictures that the stations allow, by name: none of few stations, or without turnout."""
    from sailau.forensics import shapes

    if len(stations) < FEWEST or not stations.has_turnout:
        return {}
    leader = stations.contenders[stations.leader]
    out = {
        "votes-by-turnout": votes_by_turnout(shapes.by_turnout(stations), leader=leader),
        "comet": comet_map(shapes.comet(stations), leader=leader),
        "spikes-turnout": spike_band(shapes.spikes(stations, "turnout"), of="turnout"),
        "spikes-share": spike_band(shapes.spikes(stations, "share"), of="share"),
    }
    areas = shapes.tiles(stations)
    if len(areas) > 1:
        out["areas"] = tile_map(areas, leader=leader)
    return out
