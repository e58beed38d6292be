"""sailau plot: pictures of an election, of the law behind it, of a country."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Elections, Lang, Laws, Set, pairs
from sailau.cli.output import say
from sailau.cli.pictures import KINDS, Wish

if TYPE_CHECKING:
    from sailau.plots.palette import Patterns

LIST = ", ".join(KINDS)
PATTERNS: Mapping[str, Patterns] = {"auto": "auto", "all": "all", "none": "none"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(plot)


def plot(
    kind: Annotated[str, typer.Argument(help=f"What to draw: {LIST}.")],
    name: Annotated[str, typer.Argument(metavar="ID", help="An election; for tiles and map a division: kz/adm1.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="x.svg, x.png or x.pdf; SVG to stdout without.")
    ] = None,
    majority: Annotated[
        str, typer.Option("--majority", help="majority, a share such as 2/3, or a number.")
    ] = "majority",
    lang: Lang = None,
    theme: Annotated[str, typer.Option("--theme", help="light, dark or print.")] = "light",
    patterns: Annotated[str | None, typer.Option("--patterns", help="auto, all or none; all in print.")] = None,
    order: Annotated[str | None, typer.Option("--order", help="Parties from left to right: a,b,c.")] = None,
    changes: Set = None,
    law: Annotated[str | None, typer.Option("--law", help="Another law, for bars, flows, hemicycle.")] = None,
    through: Annotated[
        str | None, typer.Option("--sweep", help="A clause and its values: list.threshold.share=0%:10%:0.5%.")
    ] = None,
    runs: Annotated[int, typer.Option("--runs", help="Elections to draw, for dots.")] = 10_000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed, the same dots.")] = 1,
    data: Annotated[Path | None, typer.Option("--data", help="A table of units and values, for tiles and map.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="The column with the units; else the first.")] = None,
    value: Annotated[str | None, typer.Option("--value", help="The column with the values; else the last.")] = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", help="Rows to take: year=2023; may be repeated.")
    ] = None,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day of the values, for tiles and map.")
    ] = None,
    shares: Annotated[bool, typer.Option("--shares", help="The values are shares, shown as percentages.")] = False,
    title: Annotated[str | None, typer.Option("--title", help="Another heading.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Where the values come from.")] = None,
    scale: Annotated[float, typer.Option("--scale", help="PNG: pixels for each unit of the picture.")] = 2,
    own: Elections = None,
    own_laws: Laws = None,
) -> None:
    """Draw a house, its power and coalitions, what another law would change, simulated seats, or a map.

    Example: sailau plot hemicycle kz/mazhilis/2023-03-19 --lang kk -o mazhilis.png
    Example: sailau plot flows kz/mazhilis/2023-03-19 --set list.threshold.share=7% -o flows.svg
    Example: sailau plot sweep kz/mazhilis/2023-03-19 --sweep list.threshold.share=0%:10%:0.5% -o sweep.pdf
    Example: sailau plot dots examples/scenarios/kz-2023.yaml --runs 20000 --seed 7 -o dots.svg
    Example: sailau plot tiles kz/adm1 --data turnout.csv --shares -o turnout.svg
    """
    from sailau.locale import language
    from sailau.plots.save import check_place, save
    from sailau.plots.shade import THEMES, themed

    maker = KINDS.get(kind)
    if maker is None:
        raise typer.BadParameter(f"{kind!r} is none of {LIST}", param_hint="KIND")
    chosen = next((known for known in THEMES if known == theme), None)
    if chosen is None:
        raise typer.BadParameter(f"{theme!r} is none of {', '.join(THEMES)}", param_hint="--theme")
    marked = PATTERNS.get(patterns or ("all" if chosen == "print" else "auto"))
    if marked is None:
        raise typer.BadParameter(f"{patterns!r} is none of {', '.join(PATTERNS)}", param_hint="--patterns")
    if out is not None:
        check_place(out)
    wish = Wish(
        name=name,
        majority=majority,
        lang=language(lang),
        patterns=marked,
        order=tuple(part.strip() for part in order.split(",")) if order else (),
        changes=pairs(changes, "--set"),
        law=law,
        through=through,
        runs=runs,
        seed=seed,
        data=data,
        unit=unit,
        value=value,
        where=pairs(where, "--where"),
        shares=shares,
        on=on.date() if on else None,
        title=title,
        source=source,
        elections=own,
        laws=own_laws,
    )
    picture = maker(wish)
    if out is None:
        print(themed(picture, chosen), end="")
        return
    save(picture, out, scale=scale, theme=chosen)
    say(f"wrote {out}")
