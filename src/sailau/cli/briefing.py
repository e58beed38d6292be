"""sailau brief: the whole chain of a country in one report."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Elections, Laws, folders, placed
from sailau.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sailau.claims.chain import Chain
    from sailau.records.election import Election

SUFFIXES = (".html", ".md")
TWO_LAWS = "{election}: the same votes under two laws"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(brief)


def brief(
    country: Annotated[str, typer.Argument(metavar="COUNTRY", help="Two letters, for instance kz.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", callback=placed, help="A file ending in .html or .md; Markdown on stdout without it."
        ),
    ] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Judge as of this day.")] = None,
    own: Elections = None,
    own_laws: Laws = None,
) -> None:
    """Write one report on a country: people, parties, votes, seats, power, alignment, claims, with every source.

    Example: sailau brief kz -o kazakhstan.html
    """
    from sailau.claims.chain import gather
    from sailau.claims.read import load_book
    from sailau.claims.world import World
    from sailau.files.writing import write_whole
    from sailau.report.brief import to_text
    from sailau.report.brief_page import to_html
    from sailau.terms.errors import NotFound

    if out is not None and out.suffix not in SUFFIXES:
        raise typer.BadParameter(f"{out} ends in neither {' nor '.join(SUFFIXES)}", param_hint="--out")
    try:
        tables = load_book(country).tables
    except NotFound:
        tables = ()
    world = World(folders(own), folders(own_laws), tables, on=on.date() if on else date.today())
    chain = gather(country, world)
    if out is None:
        print(to_text(chain), end="")
        return
    text = to_text(chain) if out.suffix == ".md" else to_html(chain, _pictures(chain))
    write_whole(out, text)
    say(f"wrote {out}")


def _pictures(chain: Chain) -> dict[str, str]:
    from sailau.plots.bars import share_bars
    from sailau.plots.flows import flows
    from sailau.plots.hemicycle import hemicycle
    from sailau.plots.style import Style
    from sailau.power import banzhaf
    from sailau.power.games import players
    from sailau.records.houses import election_name
    from sailau.report.names import named_house
    from sailau.terms.speech import say as say_of
    from sailau.terms.speech import spoken

    pictures, lang = _people_pictures(chain), spoken()
    if chain.last is not None:
        tally = chain.last.election.tally
        house = named_house(tally, chain.last.house, lang)
        majority = sum(house.values()) // 2 + 1
        shades = _shades(chain.last.election, house)
        style = Style(election_name(chain.last.election, lang), lang, colours=shades)
        pictures["hemicycle"] = hemicycle(house, style, majority=majority)
        weights = named_house(tally, players(chain.last.house), lang)
        power = banzhaf(weights, majority)
        groups = {
            say_of("seats"): {p: weights[p] / sum(weights.values()) for p in weights},
            say_of("power share"): {p: float(power[p]) for p in weights},
        }
        pictures["power"] = share_bars(
            groups, Style(say_of("Seats and power at {majority} votes", majority=majority), lang)
        )
        counted = [u for u in chain.under if u.seats]
        now = next((u for u in counted if str(u.law) == str(chain.last.law)), None)
        if now is not None and counted and str(counted[-1].law) != str(now.law):
            pictures["laws"] = flows(
                named_house(tally, now.seats, lang),
                named_house(tally, counted[-1].seats, lang),
                Style(say_of(TWO_LAWS, election=election_name(chain.last.election, lang)), lang, colours=shades),
                heads=(str(now.law), str(counted[-1].law)),
            )
    return pictures


def _shades(election: Election, names: Iterable[str]) -> dict[str, str]:
    """Return the colours on record by the names that a house gives its parties."""
    from sailau.report.names import named_house, party_colours
    from sailau.terms.speech import spoken

    known = party_colours(election.tally, election.id)
    ids = {election.tally.party(name) for name in election.tally.contenders} | set(known)
    named = {name: party for party in ids for name in named_house(election.tally, {party: 1}, spoken())}
    return {name: known[named[name]] for name in names if named.get(name) in known}


def _people_pictures(chain: Chain) -> dict[str, str]:
    from sailau.plots.composition import composition
    from sailau.plots.pyramid import pyramid
    from sailau.runs.people_pictures import composition_data, pyramid_data

    if chain.population is None or not chain.population.censuses:
        return {}
    over = composition_data(chain.population)
    ages = pyramid_data(chain.population)
    return {
        "composition": composition(over.shares, over.years, counted=over.counted, title=over.title, source=over.source),
        "pyramid": pyramid(ages.women, ages.men, ages.ages, title=ages.title, layers=ages.layers, source=ages.source),
    }
