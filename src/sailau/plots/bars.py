"""Bars: shares side by side, and coalitions as stacks up to the majority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sailau.plots.svg import COLOURS, FAINT, GRID, INK, colour, document, line, rect, text

LEFT, RIGHT, TOP, ROW = 150.0, 60.0, 64.0, 16.0


def share_bars(groups: Mapping[str, Mapping[str, float]], *, title: str, source: str = "") -> str:
    """Return one group of bars for each player: its share of seats beside its shares of power.

    Parameters
    ----------
    groups : mapping of series to mapping of player to share
        ``{"seats": {"a": 0.6, …}, "Banzhaf": {…}}``; shares in [0, 1].
    title, source : str
    """
    series = list(groups)
    players = list(groups[series[0]])
    width, plot = 760.0, 760.0 - LEFT - RIGHT
    block = ROW * len(series) + 12
    height = TOP + block * len(players) + 46
    parts = [text(16, 26, title, size=16, bold=True), *_key(series)]
    bottom = TOP + block * len(players)
    for tick in range(0, 101, 25):
        x = LEFT + plot * tick / 100
        parts += [line(x, TOP - 4, x, bottom), text(x, bottom + 16, f"{tick}%", anchor="middle", size=11, fill=FAINT)]
    for i, player in enumerate(players):
        top = TOP + block * i
        parts.append(text(LEFT - 8, top + block / 2, player, anchor="end"))
        for k, name in enumerate(series):
            share = groups[name][player]
            y = top + ROW * k + 2
            parts.append(rect(LEFT, y, plot * share, ROW - 3, COLOURS[k], title=f"{player}, {name}: {share:.1%}"))
            parts.append(text(LEFT + plot * share + 5, y + ROW - 6, f"{share:.1%}", size=11, fill=FAINT))
    parts.append(text(16, height - 12, source, size=11, fill=FAINT))
    first = max(players, key=lambda p: groups[series[-1]][p])
    told = ", ".join(f"{name} {groups[name][first]:.1%}" for name in series)
    return document(width, height, parts, title=title, description=f"{first} has the most: {told}.")


def _key(series: Sequence[str]) -> list[str]:
    parts, x = [], LEFT
    for k, name in enumerate(series):
        parts += [rect(x, 38, 12, 12, COLOURS[k]), text(x + 17, 48, name, size=12)]
        x += 34 + 7.2 * len(name)
    return parts


def coalition_ladder(
    coalitions: Sequence[Mapping[str, int]], *, total: int, majority: int, title: str, source: str = ""
) -> str:
    """Return one stack of seats for each coalition, with the majority as a line.

    Parameters
    ----------
    coalitions : sequence of mapping of party to seats
    total, majority : int
    title, source : str
    """
    width, left, row = 760.0, 16.0, 30.0
    plot = width - left - 90
    parties = list(dict.fromkeys(party for coalition in coalitions for party in coalition))
    shade = {party: colour(i) for i, party in enumerate(parties)}
    top = 96.0 + 18 * (len(parties) // 6)
    bottom = top + row * len(coalitions)
    height = bottom + 44
    parts = [text(16, 26, title, size=16, bold=True)]
    parts += _party_key(shade, 48)
    numbers = []
    for i, coalition in enumerate(coalitions):
        x, y = left, top + row * i
        parts.append(rect(left, y, plot, row - 8, "#f2f2f2"))
        for party, seats in sorted(coalition.items(), key=lambda item: (-item[1], item[0])):
            span = plot * seats / total
            parts.append(rect(x, y, span, row - 8, shade[party], title=f"{party}: {seats}"))
            if span > 8.2 * len(str(seats)) + 6:
                middle = x + span / 2
                numbers.append(text(middle, y + 16, str(seats), anchor="middle", size=12, fill="#ffffff", bold=True))
            x += span
        seats = sum(coalition.values())
        numbers.append(text(left + plot + 8, y + 16, f"{seats} (+{seats - majority})", size=12))
    at = left + plot * majority / total
    parts += [line(at, top - 10, at, bottom, stroke=INK, width=1.5, dash="4 3"), *numbers]
    parts.append(text(at, top - 14, f"majority {majority} of {total}", anchor="middle", size=12))
    parts.append(text(16, height - 12, source, size=11, fill=FAINT))
    smallest = " and ".join(coalitions[0]) if coalitions else "nobody"
    description = f"{len(coalitions)} coalitions reach {majority} of {total} seats; the first is {smallest}."
    return document(width, height, parts, title=title, description=description)


def _party_key(shade: Mapping[str, str], y: float) -> list[str]:
    parts, x = [], 16.0
    for party, fill in shade.items():
        step = 34 + 7.4 * len(party)
        if x + step > 744:
            x, y = 16.0, y + 18
        parts += [rect(x, y - 10, 12, 12, fill), text(x + 17, y, party, size=12)]
        x += step
    return parts


def grid(left: float, top: float, plot: float, depth: float) -> list[str]:
    """Return a square grid of quarters with percentages along both sides."""
    parts = []
    for tick in range(0, 101, 25):
        x, y = left + plot * tick / 100, top + depth * (1 - tick / 100)
        parts += [line(x, top, x, top + depth, stroke=GRID), line(left, y, left + plot, y, stroke=GRID)]
        parts.append(text(x, top + depth + 18, f"{tick}%", anchor="middle", size=11, fill=FAINT))
        parts.append(text(left - 8, y + 4, f"{tick}%", anchor="end", size=11, fill=FAINT))
    return parts
