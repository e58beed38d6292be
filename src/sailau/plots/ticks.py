"""Ticks: round numbers along an axis."""

from __future__ import annotations


def ticks(most: float, *, about: int = 5) -> list[int]:
    """Return whole round numbers from 0 to at most `most`, about so many steps.

    Examples
    --------
    >>> ticks(62), ticks(3), ticks(720)
    ([0, 20, 40, 60], [0, 1, 2, 3], [0, 200, 400, 600])
    """
    step, grown = 1, (2, 5, 10)
    power = 1
    while most / step > about:
        index = grown.index(step // power) if step // power in grown else -1
        if index == 2:
            power, index = power * 10, -1
        step = grown[index + 1] * power
    return list(range(0, int(most) + 1, step))


def apart(places: list[float], gap: float, *, low: float, high: float) -> list[float]:
    """Return places in the same order, at least `gap` apart, moved as little as the room allows.

    Places that do not fit between `low` and `high` at that distance stand closer.
    """
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    gap = min(gap, (high - low) / max(len(places) - 1, 1))
    at = [max(low, min(high, places[i])) for i in order]
    for k in range(1, len(at)):
        at[k] = max(at[k], at[k - 1] + gap)
    if at and at[-1] > high:
        at[-1] = high
        for k in range(len(at) - 2, -1, -1):
            at[k] = min(at[k], at[k + 1] - gap)
    out = [0.0] * len(places)
    for k, i in enumerate(order):
        out[i] = at[k]
    return out
