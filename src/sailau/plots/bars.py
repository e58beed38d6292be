"""Bars: shares side by side, and coalitions as stacks up to the majority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sailau.locale import percent, signed
from sailau.locale import text as words
from sailau.plots.frame import footer, heading, key
from sailau.plots.lettering import fit, width_of
from sailau.plots.palette import Patterns, box, looks
from sailau.plots.svg import EMPTY, FAINT, GRID, INK, PAPER, document, line, rect, text

ROW, WIDTH = 16.0, 760.0


def share_bars(
    groups: Mapping[str, Mapping[str, float]],
    *,
    title: str,
    source: str = "",
    names: Mapping[str, str] | None = None,
    lang: str = "en",
) -> str:
    """Return one group of bars for each player: its share of seats beside its shares of power.

    Parameters
    ----------
    groups : mapping of series to mapping of player to share
        ``{"seats": {"a": 0.6, …}, "Banzhaf": {…}}``; shares in [0, 1].
    title, source : str
    names : mapping of player to str, optional
    lang : str
    """
    series = list(groups)
    players = list(groups[series[0]])
    called = {player: (names or {}).get(player, player) for player in players}
    parts, top = heading(title, WIDTH)
    shade = looks(series)
    row, top = key({name: name for name in series}, shade, top + 12, WIDTH)
    parts += row
    left = max(90.0, 28 + min(300.0, max((width_of(name, 13) for name in called.values()), default=0)))
    plot, top = WIDTH - left - 64, top + 8
    block = ROW * len(series) + 12
    bottom = top + block * len(players)
    for tick in range(0, 101, 25):
        x = left + plot * tick / 100
        said = percent(Fraction(tick, 100), lang, 0)
        parts += [line(x, top - 4, x, bottom), text(x, bottom + 16, said, anchor="middle", size=11, fill=FAINT)]
    for i, player in enumerate(players):
        y = top + block * i
        name = fit(called[player], 13, left - 24)
        parts.append(text(left - 8, y + block / 2, name, anchor="end"))
        for k, one in enumerate(series):
            share = groups[one][player]
            said = percent(share, lang)
            at = y + ROW * k + 2
            parts.append(
                rect(left, at, plot * share, ROW - 3, shade[one].fill, title=f"{called[player]}, {one}: {said}")
            )
            parts.append(text(left + plot * share + 5, at + ROW - 6, said, size=11, fill=FAINT))
    last, height = footer(source, bottom + 20, WIDTH)
    first = max(players, key=lambda p: groups[series[-1]][p])
    told = ", ".join(f"{name} {percent(groups[name][first], lang)}" for name in series)
    return document(WIDTH, height, [*parts, *last], title=title, description=f"{called[first]}: {told}.")


def coalition_ladder(
    coalitions: Sequence[Mapping[str, int]],
    *,
    total: int,
    majority: int,
    title: str,
    source: str = "",
    names: Mapping[str, str] | None = None,
    patterns: Patterns = "auto",
    lang: str = "en",
) -> str:
    """Return one stack of seats for each coalition, with the majority as a line.

    Parameters
    ----------
    coalitions : sequence of mapping of party to seats
    total, majority : int
    title, source, names, patterns, lang
        As for `sailau.plots.hemicycle.hemicycle`.
    """
    left, row = 16.0, 30.0
    plot = WIDTH - left - 90
    parties = list(dict.fromkeys(party for coalition in coalitions for party in coalition))
    called = {party: (names or {}).get(party, party) for party in parties}
    shade = looks(parties, patterns=patterns)
    parts, top = heading(title, WIDTH)
    entries, top = key(called, shade, top + 14, WIDTH)
    parts += entries
    top += 30
    bottom = top + row * len(coalitions)
    for i, coalition in enumerate(coalitions):
        x, y = left, top + row * i
        parts.append(rect(left, y, plot, row - 8, EMPTY))
        for party, seats in sorted(coalition.items(), key=lambda item: (-item[1], item[0])):
            span = plot * seats / total
            parts.append(box(x, y, span, row - 8, shade[party], title=f"{called[party]}: {seats}", stroke=PAPER))
            if span > 8.2 * len(str(seats)) + 8:
                plate = width_of(str(seats), 12, bold=True) + 4
                middle = x + span / 2
                parts.append(rect(middle - plate / 2, y + 3, plate, row - 14, shade[party].fill))
                ink = shade[party].ink
                parts.append(text(middle, y + 16, str(seats), anchor="middle", size=12, fill=ink, bold=True))
            x += span
        seats = sum(coalition.values())
        parts.append(text(left + plot + 8, y + 16, f"{seats} ({signed(seats - majority, lang)})", size=12))
    at = left + plot * majority / total
    parts.append(line(at, top - 10, at, bottom, stroke=INK, width=1.5, dash="4 3"))
    said = words("majority_of", lang, n=majority, total=total)
    parts.append(text(at, top - 14, said, anchor="middle", size=12))
    last, height = footer(source, bottom + 4, WIDTH)
    smallest = ", ".join(called[party] for party in coalitions[0]) if coalitions else words("nobody", lang)
    description = f"{said}; {len(coalitions)}: {smallest}."
    return document(WIDTH, height, [*parts, *last], title=title, description=description)


def grid(left: float, top: float, plot: float, depth: float) -> list[str]:
    """Return a square grid of quarters with percentages along both sides."""
    parts = []
    for tick in range(0, 101, 25):
        x, y = left + plot * tick / 100, top + depth * (1 - tick / 100)
        parts += [line(x, top, x, top + depth, stroke=GRID), line(left, y, left + plot, y, stroke=GRID)]
        parts.append(text(x, top + depth + 18, f"{tick}%", anchor="middle", size=11, fill=FAINT))
        parts.append(text(left - 8, y + 4, f"{tick}%", anchor="end", size=11, fill=FAINT))
    return parts
