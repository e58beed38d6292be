"""Pictures of a scene, as the bytes of an SVG, PNG or PDF file."""

from __future__ import annotations

from fractions import Fraction

from sailau.plots.flows import flows
from sailau.plots.hemicycle import hemicycle
from sailau.plots.save import rendered
from sailau.plots.scenes import coalition_picture, curve_of, power_picture, sweep_of
from sailau.plots.seatbars import seat_bars
from sailau.runs.replay import replay
from sailau.runs.sweep import Range
from sailau.terms.errors import Invalid
from sailau.terms.numbers import exact, percent
from sailau.terms.speech import say
from sailau.web.house import House
from sailau.web.lab import Seen

KINDS = ("hemicycle", "bars", "flows", "power", "coalitions", "sweep", "curve")
STEPS = 31
"""Values of a clause in a sweep."""


def drawn(kind: str, seen: Seen, suffix: str) -> bytes:
    """Return a picture of what a scene leads to.

    Raises
    ------
    SailauError
        The law leads to no outcome, or there is no such picture of this election.
    """
    if kind == "curve":
        return rendered(_curve(seen), f".{suffix}")
    if kind == "sweep":
        return rendered(_sweep(seen), f".{suffix}")
    before, house = seen.houses
    if seen.question is not None:
        raise seen.question
    if house is None or not house.total:
        raise Invalid(say("no seat is filled: there is nothing to draw"))
    return rendered(_picture(kind, seen, before, house), f".{suffix}")


def _sweep(seen: Seen) -> str:
    if not seen.sweep:
        raise Invalid(say("the law has no threshold to go through"), hint=say("add one: list.add=threshold"))
    now = next(control.value for control in seen.scene.controls if control.path == seen.sweep)
    step = Fraction(1, 200) if exact(now) <= Fraction(15, 200) else exact(now) / 15
    asked = Range(seen.sweep, tuple(sorted({*(percent(step * i) for i in range(STEPS)), now}, key=exact)))
    style = seen.style(f"{seen.words.election(seen.scene.election)}: {seen.words('lab.sweep')}")
    axis = seen.words("term.threshold.share")
    return sweep_of(seen.scene.election, seen.scene.changed, asked, style, majority="majority", axis=axis)


def _curve(seen: Seen) -> str:
    election = seen.scene.election
    style = seen.style(f"{seen.words.election(election)}: {seen.words('lab.curve')}")
    return curve_of(replay(election, law=seen.scene.in_force), style)


def _picture(kind: str, seen: Seen, before: House | None, house: House) -> str:
    ordered = {p: house.seats[p] for p in seen.order if house.seats.get(p)}
    style = seen.style(seen.title, tuple(source.title for source in seen.scene.election.sources.values())[:2])
    was = dict(before.seats) if before else {}
    if kind == "hemicycle":
        gains = {p: n - was.get(p, 0) for p, n in ordered.items() if n > was.get(p, 0)} if before else {}
        return hemicycle(ordered, style, majority=house.majority, changed=gains)
    if kind == "bars":
        return seat_bars(ordered, style, majority=house.majority, before=was if seen.scene.is_changed else None)
    if kind == "flows":
        return flows(was, ordered, style, heads=(seen.words("picture.law"), seen.words("picture.scenario")))
    draw = power_picture if kind == "power" else coalition_picture
    return draw(ordered, house.majority, style)
