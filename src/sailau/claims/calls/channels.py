"""Calls on channels to poles: trade and the like, as an interval of what all reporters say."""

from __future__ import annotations

from sailau.align.flows import channels_of, read_flows
from sailau.claims.figure import Figure, Grade, NoData
from sailau.claims.worded import country as named
from sailau.claims.world import World
from sailau.files.told import told_code
from sailau.terms.errors import NotFound
from sailau.terms.speech import say


def channel_value(world: World, *, country: str, channel: str, period: str, pole: str) -> Figure:
    """Return what is reported of a channel to a pole in a period; reporters that disagree make an interval."""
    path = world.channel(country, channel)
    found = [part for part in channels_of(read_flows(path)) if part.name == channel and part.period == period]
    known = {name: part for part in found for name in part.poles}
    if not found:
        raise NoData(
            say(
                "{channel} of {country} in {period}",
                channel=told_code(channel),
                country=named(country),
                period=period,
            )
        )
    if pole not in known:
        raise NotFound(f"pole of {channel} {period}", pole, list(known))
    part, span = known[pole], known[pole].poles[pole]
    words = say(
        "{channel} of {country} with {pole}, {period}, {n} reporters",
        channel=told_code(channel),
        country=named(country),
        pole=named(pole),
        period=period,
        n=part.reports[pole],
    )
    low, high = (span.low, span.high) if span.low != span.high else (None, None)
    unit = "share" if part.unit == "share" else part.unit
    return Figure((span.low + span.high) / 2, words, Grade.series, low=low, high=high, unit=unit,
                  sources=(f"channels/{country}/{channel}",), records=(path,))  # fmt: skip
