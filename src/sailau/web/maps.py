"""A map of the districts, where they are the units of a division that is known and was in force on the day."""

from __future__ import annotations

from collections.abc import Mapping

from sailau.geo.library import geo_ids, load_geo
from sailau.geo.record import Geo, place_values
from sailau.plots.maps import tile_map
from sailau.terms.errors import SailauError
from sailau.terms.tally import LINES, NATION
from sailau.web.lab import Seen
from sailau.web.store import is_own


def winners(seen: Seen) -> Mapping[str, Mapping[str, str]]:
    """Return by tier the party with the most votes in every district; a tie has no winner."""
    out: dict[str, dict[str, str]] = {}
    tally = seen.scene.election.tally
    for tier, ballots in tally.tiers.items():
        first: dict[str, str] = {}
        for area, votes in ballots.votes.items():
            ranked = sorted(((n, tally.party(c)) for c, n in votes.items() if c not in LINES), reverse=True)
            if area != NATION and ranked and ranked[0][0] > 0 and [n for n, _ in ranked[:2]].count(ranked[0][0]) == 1:
                first[area] = ranked[0][1]
        if len(first) > 1:
            out[tier] = first
    return out


def map_of(seen: Seen) -> str:
    """Return a tile map of who has the most votes where; nothing where no division fits."""
    for found in winners(seen).values():
        for name in geo_ids():
            geo = load_geo(name) if _may_fit(name, seen) else None
            if geo is None or not geo.has_tiles or len(found) > len(geo.units):
                continue
            drawn = _drawn(geo, found, seen)
            if drawn:
                return drawn
    return ""


def _may_fit(name: str, seen: Seen) -> bool:
    """Say whether a division can be that of an election: of its country, or of any where the votes are a user's own."""
    election = seen.scene.election
    return is_own(election.id) or name.split("/")[0] == election.country


def _drawn(geo: Geo, found: Mapping[str, str], seen: Seen) -> str:
    try:
        values = place_values(geo, found)
    except SailauError:
        return ""  # the districts are of another country, or of another year
    return tile_map(geo, values, seen.style(seen.words("map.title")), below=seen.words("map.why"))
