"""Bars: shares side by side, and coalitions as stacks up to the majority."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sailau.plots.frame import footer, heading, key
from sailau.plots.lettering import width_of
from sailau.plots.palette import Look, box, looks
from sailau.plots.style import Style
from sailau.plots.svg import EMPTY, FAINT, GRID, INK, PAPER, document, line, rect, text

ROW, WIDTH = 16.0, 760.0
LEFT, RUNG = 16.0, 30.0
Groups = Mapping[str, Mapping[str, float]]


def share_bars(groups: Groups, style: Style) -> str:
    """Return one group of bars for each player: its share of seats beside its shares of power.

    Parameters
    ----------
    groups : mapping of series to mapping of player to share
        ``{"seats": {"a": 0.6, …}, "Banzhaf": {…}}``; shares in [0, 1].
    style : Style
        Its colours are of parties; the series take those of the palette.
    """
    series = list(groups)
    players = list(groups[series[0]])
    shade = looks(series)
    parts, top = heading(style.title, WIDTH)
    row, top = key({name: name for name in series}, shade, top + 12, WIDTH)
    left = max(90.0, 28 + max((width_of(style.label(p, 13, 300), 13) for p in players), default=0))
    plot, top = WIDTH - left - 64, top + 8
    block = ROW * len(series) + 12
    bottom = top + block * len(players)
    parts += [*row, *_shares_axis(left, plot, top, bottom, style)]
    for i, player in enumerate(players):
        y = top + block * i
        parts.append(text(left - 8, y + block / 2, style.label(player, 13, left - 24), anchor="end"))
        parts += _bars_of(player, groups, shade, style, left, plot, y)
    last, height = footer(style.sources, bottom + 20, WIDTH)
    first = max(players, key=lambda p: groups[series[-1]][p])
    told = ", ".join(f"{name} {style.percent(groups[name][first])}" for name in series)
    return document(WIDTH, height, [*parts, *last], title=style.title, description=f"{style.name(first)}: {told}.")


def _shares_axis(left: float, plot: float, top: float, bottom: float, style: Style) -> Iterator[str]:
    for tick in range(0, 101, 25):
        x = left + plot * tick / 100
        said = style.percent(Fraction(tick, 100), 0)
        yield line(x, top - 4, x, bottom)
        yield text(x, bottom + 16, said, anchor="middle", size=11, fill=FAINT)


def _bars_of(
    player: str, groups: Groups, shade: Mapping[str, Look], style: Style, left: float, plot: float, y: float
) -> Iterator[str]:
    for k, one in enumerate(groups):
        share, at = groups[one][player], y + ROW * k + 2
        said = style.percent(share)
        title = f"{style.name(player)}, {one}: {said}"
        yield rect(left, at, plot * share, ROW - 3, shade[one].fill, title=title, stroke=shade[one].edge)
        yield text(left + plot * share + 5, at + ROW - 6, said, size=11, fill=FAINT)


def coalition_ladder(coalitions: Sequence[Mapping[str, int]], style: Style, *, total: int, majority: int) -> str:
    """Return one stack of seats for each coalition, with the majority as a line.

    Parameters
    ----------
    coalitions : sequence of mapping of party to seats
    style : Style
    total, majority : int
    """
    parties = list(dict.fromkeys(party for coalition in coalitions for party in coalition))
    ladder = _Ladder(WIDTH - LEFT - 90, total, style.looks(parties), style)
    parts, top = heading(style.title, WIDTH)
    entries, top = key({party: style.name(party) for party in parties}, ladder.shade, top + 14, WIDTH)
    parts += entries
    top += 30
    bottom = top + RUNG * len(coalitions)
    for i, coalition in enumerate(coalitions):
        parts += ladder.rung(coalition, top + RUNG * i)
        seats = sum(coalition.values())
        told = f"{style.number(seats)} ({style.signed(seats - majority)})"
        parts.append(text(LEFT + ladder.plot + 8, top + RUNG * i + 16, told, size=12))
    said = style.words("majority_of", n=majority, total=total)
    parts += ladder.majority(majority, said, top, bottom)
    last, height = footer(style.sources, bottom + 4, WIDTH)
    smallest = ", ".join(style.name(party) for party in coalitions[0]) if coalitions else style.words("nobody")
    description = f"{said}; {len(coalitions)}: {smallest}."
    return document(WIDTH, height, [*parts, *last], title=style.title, description=description)


@dataclass(frozen=True, slots=True)
class _Ladder:
    """How long the whole house is."""

    plot: float
    total: int
    shade: Mapping[str, Look]
    style: Style

    def rung(self, coalition: Mapping[str, int], y: float) -> Iterator[str]:
        """Yield the seats of a coalition, party beside party."""
        yield rect(LEFT, y, self.plot, RUNG - 8, EMPTY)
        x = LEFT
        for party, seats in sorted(coalition.items(), key=lambda item: (-item[1], item[0])):
            look, span = self.shade[party], self.plot * seats / self.total
            yield box(x, y, span, RUNG - 8, look, title=f"{self.style.name(party)}: {seats}", stroke=PAPER)
            if span > 8.2 * len(str(seats)) + 8:
                half, middle = width_of(str(seats), 12, bold=True) / 2 + 2, x + span / 2
                yield rect(middle - half, y + 3, 2 * half, RUNG - 14, look.fill)
                yield text(middle, y + 16, str(seats), anchor="middle", size=12, fill=look.ink, bold=True)
            x += span

    def majority(self, needed: int, said: str, top: float, bottom: float) -> list[str]:
        x, half = LEFT + self.plot * needed / self.total, width_of(said, 12) / 2
        middle = max(LEFT + half, min(x, WIDTH - 12 - half))
        return [
            line(x, top - 10, x, bottom, stroke=INK, width=1.5, dash="4 3"),
            text(middle, top - 14, said, anchor="middle", size=12),
        ]


def grid(style: Style, left: float, top: float, plot: float, depth: float) -> list[str]:
    """Return a square grid of quarters with percentages along both sides."""
    parts = []
    for tick in range(0, 101, 25):
        said, x, y = style.percent(Fraction(tick, 100), 0), left + plot * tick / 100, top + depth * (1 - tick / 100)
        parts += [line(x, top, x, top + depth, stroke=GRID), line(left, y, left + plot, y, stroke=GRID)]
        parts.append(text(x, top + depth + 18, said, anchor="middle", size=11, fill=FAINT))
        parts.append(text(left - 8, y + 4, said, anchor="end", size=11, fill=FAINT))
    return parts
