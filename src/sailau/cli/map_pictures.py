"""Maps that `sailau plot` draws: the division of the day, values of a table, tiles or outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from sailau.cli.wish import Wish

if TYPE_CHECKING:
    from sailau.geo.record import Geo
    from sailau.plots.style import Style


def _division(wish: Wish) -> Geo:
    """Return the division that was asked for; one that did not hold on the day of the values is refused."""
    from sailau.geo.library import editions, load_geo
    from sailau.geo.record import check_day

    geo = load_geo(wish.name, on=wish.on)
    if wish.on is not None:
        check_day(geo, wish.on, others=editions(_family(geo.id)))
    return geo


def _family(name: str) -> str:
    return name.partition("@")[0] if "@" in name else name.rpartition("/")[0]


def _values(wish: Wish, geo: Geo) -> dict[str, Any]:
    from sailau.geo.library import editions
    from sailau.geo.record import place_values
    from sailau.geo.values import read_values

    if wish.data is None:
        raise typer.BadParameter(
            "say which values: --data FILE with a column of units and one of values", param_hint="--data"
        )
    values = read_values(wish.data, unit=wish.unit, value=wish.value, where=wish.where, geo=geo)
    return place_values(geo, values, others=editions(_family(geo.id)))


def _style(wish: Wish, geo: Geo) -> Style:
    from sailau.plots.style import Style

    title = wish.title or geo.names.get(wish.lang) or geo.id
    return Style(title, wish.lang, patterns=wish.patterns, source=wish.source or "")


def tiles(wish: Wish) -> str:
    """Return the map of tiles: a region, a tile."""
    from sailau.plots.maps import tile_map

    geo = _division(wish)
    values = _values(wish, geo)
    return tile_map(geo, values, _style(wish, geo), below=wish.value or "", shares=wish.shares)


def outlines(wish: Wish) -> str:
    """Return the map of outlines that the user added."""
    from sailau.plots.maps import outline_map

    geo = _division(wish)
    values = _values(wish, geo)
    return outline_map(geo, values, _style(wish, geo), below=wish.value or "", shares=wish.shares)
