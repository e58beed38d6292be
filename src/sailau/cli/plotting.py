"""sailau plot: pictures of an election, of the law behind it, of a country."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Elections, Lang, Laws, Set, pairs
from sailau.cli.output import say
from sailau.cli.pictures import KINDS
from sailau.cli.wish import Wish

if TYPE_CHECKING:
    from sailau.plots.palette import Patterns
    from sailau.plots.shade import Theme

LIST = ", ".join(KINDS)
PATTERNS: Mapping[str, Patterns] = {"auto": "auto", "all": "all", "none": "none"}

Kind = Annotated[str, typer.Argument(help=f"What to draw: {LIST}.")]
Name = Annotated[str, typer.Argument(metavar="ID", help="An election; for tiles and map a division: kz/adm1.")]
Out = Annotated[Path | None, typer.Option("-o", "--out", help="x.svg, x.png or x.pdf; SVG to stdout without.")]
Majority = Annotated[str, typer.Option("--majority", help="majority, a share such as 2/3, or a number.")]
InTheme = Annotated[str, typer.Option("--theme", help="light, dark or print.")]
Marks = Annotated[str | None, typer.Option("--patterns", help="auto, all or none; all in print.")]
Colours = Annotated[
    str,
    typer.Option(
        "--colours", help="own, safe (the palette alone), a CSV file (party,colour), or auyl=#9acd32,nsdp=#c00."
    ),
]
Order = Annotated[str | None, typer.Option("--order", help="Parties from left to right: a,b,c.")]
OtherLaw = Annotated[str | None, typer.Option("--law", help="Another law, for bars, flows, hemicycle.")]
Through = Annotated[
    str | None, typer.Option("--sweep", help="A clause and its values: list.threshold.share=0%:10%:0.5%.")
]
NRuns = Annotated[int, typer.Option("--runs", help="Elections to draw, for dots.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed, the same dots.")]
Data = Annotated[Path | None, typer.Option("--data", help="A table of units and values, for tiles and map.")]
UnitColumn = Annotated[str | None, typer.Option("--unit", help="The column with the units; else the first.")]
ValueColumn = Annotated[str | None, typer.Option("--value", help="The column with the values; else the last.")]
Where = Annotated[list[str] | None, typer.Option("--where", help="Rows to take: year=2023; may be repeated.")]
On = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day of the values, for tiles and map.")
]
Shares = Annotated[bool, typer.Option("--shares", help="The values are shares, shown as percentages.")]
Title = Annotated[str | None, typer.Option("--title", help="Another heading.")]
Source = Annotated[str | None, typer.Option("--source", help="Where the values come from.")]
Scale = Annotated[float, typer.Option("--scale", help="PNG: pixels for each unit of the picture.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(plot)


def plot(
    kind: Kind,
    name: Name,
    out: Out = None,
    majority: Majority = "majority",
    lang: Lang = None,
    theme: InTheme = "light",
    patterns: Marks = None,
    colours: Colours = "own",
    order: Order = None,
    changes: Set = None,
    law: OtherLaw = None,
    through: Through = None,
    runs: NRuns = 10_000,
    seed: Seed = 1,
    data: Data = None,
    unit: UnitColumn = None,
    value: ValueColumn = None,
    where: Where = None,
    on: On = None,
    shares: Shares = False,
    title: Title = None,
    source: Source = None,
    scale: Scale = 2,
    own: Elections = None,
    own_laws: Laws = None,
) -> None:
    """Draw a house, its power and coalitions, what another law would change, simulated seats, or a map.

    Example: sailau plot hemicycle kz/mazhilis/2023-03-19 --lang kk -o mazhilis.png
    Example: sailau plot bars de/bundestag/2025-02-23 --colours spd=#e3000f -o bundestag.png
    Example: sailau plot flows kz/mazhilis/2023-03-19 --set list.threshold.share=7% -o flows.svg
    Example: sailau plot sweep kz/mazhilis/2023-03-19 --sweep list.threshold.share=0%:10%:0.5% -o sweep.pdf
    Example: sailau plot dots examples/scenarios/kz-2023.yaml --runs 20000 --seed 7 -o dots.svg
    Example: sailau plot tiles kz/adm1 --data turnout.csv --shares -o turnout.svg
    """
    from sailau.locale import language

    maker, chosen = KINDS.get(kind), _theme(theme)
    if maker is None:
        raise typer.BadParameter(f"{kind!r} is none of {LIST}", param_hint="KIND")
    marked = _patterns(patterns, chosen)
    wish = Wish(
        name=name, majority=majority, lang=language(lang), patterns=marked, order=_parts(order),
        changes=pairs(changes, "--set"), law=law, through=through, runs=runs, seed=seed, data=data, unit=unit,
        value=value, where=pairs(where, "--where"), shares=shares, on=on.date() if on else None, title=title,
        source=source, colours=colours, elections=own, laws=own_laws,
    )  # fmt: skip
    _deliver(maker, wish, out, scale, chosen)


def _deliver(maker: Callable[[Wish], str], wish: Wish, out: Path | None, scale: float, theme: Theme) -> None:
    """Draw, and save or print the picture; a place that cannot be written to is refused before."""
    from sailau.plots.save import check_picture, save
    from sailau.plots.shade import themed

    if out is None:
        print(themed(maker(wish), theme), end="")
        return
    check_picture(out)
    save(maker(wish), out, scale=scale, theme=theme)
    say(f"wrote {out}")


def _parts(order: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in order.split(",")) if order else ()


def _theme(name: str) -> Theme:
    from sailau.plots.shade import THEMES

    chosen = next((known for known in THEMES if known == name), None)
    if chosen is None:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(THEMES)}", param_hint="--theme")
    return chosen


def _patterns(given: str | None, theme: Theme) -> Patterns:
    """Return the marks asked for; on paper without colours every party has one."""
    marked = PATTERNS.get(given or ("all" if theme == "print" else "auto"))
    if marked is None:
        raise typer.BadParameter(f"{given!r} is none of {', '.join(PATTERNS)}", param_hint="--patterns")
    return marked
