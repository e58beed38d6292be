"""Maps of the districts, where they are the units of a division that is known and was in force on the day.

A user's outlines are drawn where there are some for the units, with their attribution; else, or on request, tiles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal, cast

from sailau.geo.library import geo_ids, load_geo
from sailau.geo.record import Geo, place_values
from sailau.plots.maps import outline_map, tile_map
from sailau.plots.scale import Value
from sailau.terms.errors import SailauError
from sailau.terms.tally import LINES, NATION, Ballots
from sailau.web.lab import Seen
from sailau.web.store import is_own

Measure = Literal["winner", "margin", "turnout", "wasted"]
Shape = Literal["outlines", "tiles"]
TIE, GREY = "=", "#9A9A9A"
MEASURES: tuple[Measure, ...] = ("winner", "margin", "turnout", "wasted")


@dataclass(frozen=True)
class Place:
    """What one unit of a map counted.

    Attributes
    ----------
    votes : mapping of party to int
    lost : mapping of party to int
        Those of them that brought their party no seat here; empty where seats are not given here.
    registered, voters : int, optional
    """

    votes: Mapping[str, int]
    lost: Mapping[str, int] = field(default_factory=dict)
    registered: int | None = None
    voters: int | None = None

    def value(self, measure: Measure, *, is_counted: bool = True) -> Value | None:
        """Return a figure, or the party with most votes, or that several have as many; None where it is not known."""
        ranked = sorted(self.votes.items(), key=lambda item: -item[1])
        total = sum(self.votes.values())
        if measure == "turnout":
            return Fraction(self.voters, self.registered) if self.voters is not None and self.registered else None
        if not total:
            return None
        second = ranked[1][1] if len(ranked) > 1 else 0
        if measure == "winner":
            return ranked[0][0] if ranked[0][1] > second else TIE
        if measure == "margin":
            return Fraction(ranked[0][1] - second, total)
        return Fraction(sum(self.lost.values()), total) if is_counted else None


@dataclass(frozen=True)
class Map:
    """A map, and which others there are.

    Attributes
    ----------
    picture : str
    measure, shape : str
    measures, shapes : tuple of str
        The first is shown where nothing is asked for.
    """

    picture: str
    measure: Measure
    shape: Shape
    measures: tuple[Measure, ...]
    shapes: tuple[Shape, ...]


def map_of(seen: Seen, measure: str = "", shape: str = "") -> Map | None:
    """Return a map of the districts; None where no division fits."""
    for places, is_counted in _levels(seen):
        fitting = _divisions(seen, places)
        if not fitting:
            continue
        values = {m: {name: place.value(m, is_counted=is_counted) for name, place in places.items()} for m in MEASURES}
        measures = tuple(m for m in MEASURES if any(value is not None for value in values[m].values()))
        if not measures:
            continue
        chosen = next((m for m in measures if m == measure), measures[0])
        drawn_as = next((s for s in fitting if s == shape), next(iter(fitting)))
        picture = _drawn(fitting[drawn_as], drawn_as, chosen, values[chosen], seen)
        return Map(picture, chosen, drawn_as, measures, tuple(fitting))
    return None


def _levels(seen: Seen) -> Iterator[tuple[dict[str, Place], bool]]:
    """Yield what was counted by district, and by the larger unit that districts lie in; and whether seats are known."""
    for tier, ballots in seen.scene.election.tally.tiers.items():
        seats = seen.after.areas.get(tier, {}) if seen.after else {}
        places = {area: _place(seen, ballots, area, seats) for area in ballots.votes if area != NATION}
        is_counted = any(seats.get(area) for area in places)
        if len(places) > 1:
            yield places, is_counted
        parts: dict[str, list[Place]] = {}
        for area, region in ballots.regions.items():
            if area in places:
                parts.setdefault(region, []).append(places[area])
        if len(parts) > 1 and sum(map(len, parts.values())) == len(places):
            yield {region: _joined(found) for region, found in parts.items()}, is_counted


def _place(seen: Seen, ballots: Ballots, area: str, seats: Mapping[str, Mapping[str, int]]) -> Place:
    tally = seen.scene.election.tally
    votes: dict[str, int] = {}
    lost: dict[str, int] = {}
    for contender, n in ballots.votes[area].items():
        if contender in LINES:
            continue
        party = tally.party(contender)
        votes[party] = votes.get(party, 0) + n
        if not seats.get(area, {}).get(contender):
            lost[party] = lost.get(party, 0) + n
    return Place(votes, lost, ballots.total(area, "registered"), ballots.total(area, "voters"))


def _joined(places: list[Place]) -> Place:
    """Return several districts as one unit."""

    def added(maps: list[Mapping[str, int]]) -> dict[str, int]:
        out: dict[str, int] = {}
        for one in maps:
            for party, n in one.items():
                out[party] = out.get(party, 0) + n
        return out

    def whole(figures: list[int | None]) -> int | None:
        known = [n for n in figures if n is not None]
        return sum(known) if len(known) == len(figures) else None

    return Place(
        added([p.votes for p in places]), added([p.lost for p in places]),
        whole([p.registered for p in places]), whole([p.voters for p in places]),
    )  # fmt: skip


def _divisions(seen: Seen, places: Mapping[str, Place]) -> dict[Shape, Geo]:
    """Return the divisions that have all these units, by how they can be drawn: outlines first."""
    found: dict[Shape, Geo] = {}
    for name in geo_ids():
        geo = load_geo(name) if _may_fit(name, seen) else None
        if geo is None or not _is_of_day(geo, seen) or not _fits(geo, places):
            continue
        for shape, has in (("outlines", geo.has_outlines), ("tiles", geo.has_tiles)):
            if has:
                found.setdefault(cast("Shape", shape), geo)
    return {shape: found[shape] for shape in cast("tuple[Shape, ...]", ("outlines", "tiles")) if shape in found}


def _may_fit(name: str, seen: Seen) -> bool:
    """Say whether a division can be that of an election: of its country, or of any where the votes are a user's own."""
    election = seen.scene.election
    return is_own(election.id) or name.split("/")[0] == election.country


def _is_of_day(geo: Geo, seen: Seen) -> bool:
    return is_own(seen.scene.election.id) or geo.holds_on(seen.scene.election.day)


def _fits(geo: Geo, places: Mapping[str, Place]) -> bool:
    """Say whether every district is a unit; those of another country, or of another year, are not."""
    if len(places) > len(geo.units):
        return False
    try:
        place_values(geo, places)
    except SailauError:
        return False
    return True


def _drawn(geo: Geo, shape: Shape, measure: Measure, values: Mapping[str, Value | None], seen: Seen) -> str:
    words, sources = seen.words, seen.scene.election.sources.values()
    style = seen.style(words(f"map.title.{measure}"), tuple(source.title for source in sources)[:2])
    style = replace(style, names={**style.names, TIE: words("map.tie")}, colours={**style.colours, TIE: GREY})
    below = words("map.why") if shape == "tiles" else ""
    draw = outline_map if shape == "outlines" else tile_map
    shown = [f"{name}={value}" for name, value in values.items()]
    key = (
        "map",
        geo.id,
        geo.path,
        geo.attribution,
        shape,
        measure,
        words.lang,
        seen.scene.colouring.key,
        *seen.order,
        *shown,
    )
    placed = place_values(geo, values)
    return seen.remember(key, lambda: draw(geo, placed, style, below=below, shares=measure != "winner"))
