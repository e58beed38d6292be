"""Pictures of a scene, as the bytes of an SVG, PNG or PDF file."""

from __future__ import annotations

from sailau.locale import text
from sailau.plots.bars import coalition_ladder, share_bars
from sailau.plots.flows import flows
from sailau.plots.hemicycle import hemicycle
from sailau.plots.save import rendered
from sailau.plots.seatbars import seat_bars
from sailau.power import banzhaf, minimal_winning, shapley_shubik
from sailau.power.games import players
from sailau.terms.errors import Invalid
from sailau.web.house import House
from sailau.web.lab import Seen

KINDS = ("hemicycle", "bars", "flows", "power", "coalitions")


def drawn(kind: str, seen: Seen, suffix: str) -> bytes:
    """Return a picture of what a scene leads to.

    Raises
    ------
    SailauError
        The law leads to no outcome.
    """
    before, house = seen.houses
    if seen.question is not None:
        raise seen.question
    if house is None or not house.total:
        raise Invalid("no seat is filled: there is nothing to draw")
    return rendered(_picture(kind, seen, before, house), f".{suffix}")


def _picture(kind: str, seen: Seen, before: House | None, house: House) -> str:
    names = {p: seen.name(p) for p in seen.order}
    title, lang = seen.title, seen.words.lang
    ordered = {p: house.seats[p] for p in seen.order if house.seats.get(p)}
    source = tuple(source.title for source in seen.scene.election.sources.values())[:2]
    if kind == "hemicycle":
        gains = {p: max(n - before.seats.get(p, 0), 0) for p, n in ordered.items()} if before else {}
        return hemicycle(
            ordered, title=title, majority=house.majority, changed={p: n for p, n in gains.items() if n},
            colours=seen.colours, names=names, lang=lang, source=source,
        )  # fmt: skip
    was = dict(before.seats) if before else {}
    if kind == "bars":
        return seat_bars(
            ordered, title=title, majority=house.majority, before=was if seen.scene.is_changed else None,
            colours=seen.colours, names=names, lang=lang, source=source,
        )  # fmt: skip
    if kind == "flows":
        heads = (seen.words("picture.law"), seen.words("picture.scenario"))
        return flows(
            was, ordered, title=title, heads=heads, colours=seen.colours, names=names, lang=lang, source=source
        )
    return (
        power_picture(ordered, house.majority, names, title, lang) if kind == "power" else ladder(seen, house.majority)
    )


def power_picture(house: dict[str, int], majority: int, names: dict[str, str], title: str, lang: str = "en") -> str:
    """Return shares of seats beside shares of power; a house of many players shows the largest."""
    weights = players(house)
    total = sum(weights.values())
    order = sorted(weights, key=lambda p: (-weights[p], p))[:14]
    indices = {"Banzhaf": banzhaf(weights, majority), "Shapley-Shubik": shapley_shubik(weights, majority)}
    groups = {text("seats_title", lang): {p: weights[p] / total for p in order}}
    groups |= {name: {p: float(values[p]) for p in order} for name, values in indices.items()}
    return share_bars(groups, title=title, names=names, lang=lang)


def ladder(seen: Seen, majority: int) -> str:
    """Return the smallest coalitions that win, at most fifteen."""
    house = seen.houses[1]
    weights = players(dict(house.seats) if house else {})
    found = minimal_winning(weights, majority)
    if not found:
        raise Invalid("no coalition wins")
    shown = [{p: weights[p] for p in coalition} for coalition in found[:15]]
    names = {p: seen.name(p) for coalition in shown for p in coalition}
    total = sum(weights.values())
    return coalition_ladder(shown, total=total, majority=majority, title=seen.title, names=names, lang=seen.words.lang)
