"""What a population must not contradict: names, borders, sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sailau.files.document import Document
from sailau.people.life import HIGHEST, LOWEST
from sailau.records.populations_form import PopulationForm, RatesForm
from sailau.records.populations_regions import Region
from sailau.records.populations_rows import ALL, TABLES, Year, by
from sailau.terms.errors import InvalidRecord, Place


def check_form(form: PopulationForm, document: Document, groups: tuple[str, ...], regions: tuple[str, ...]) -> None:
    """Refuse names of groups, tables and sources that are not there, at their place in the file."""
    for key, names in (("groups", groups), ("areas" if form.areas else "regions", regions)):
        twice = [name for i, name in enumerate(names) if name in names[:i]]
        if twice or not names:
            what = f"{key} names {twice[0]!r} twice" if twice else f"{key} names nobody"
            raise InvalidRecord(what, place=document.place((key,)))
    for key in ("rest", "majority"):
        name = getattr(form, key)
        if name is not None and name not in groups:
            raise InvalidRecord(f"{key} is {name!r}, which is no group", place=document.place((key,)))
    for prior, part in form.priors.items():
        for group in part.groups:
            if group not in groups:
                place = document.place(("priors", prior, "groups", group))
                raise InvalidRecord(f"{group!r} is no group", place=place, hint=f"known: {', '.join(groups)}")
    for table, source in form.tables.items():
        if table not in TABLES or source not in form.sources:
            place = document.place(("tables", table))
            raise InvalidRecord(f"tables.{table}: {source}: no such table or source", place=place)


def check_rates(form: PopulationForm, document: Document, regions: tuple[str, ...]) -> None:
    """Refuse a group or region in the rates that is not there, at its place in the file."""
    names = {"group": tuple(form.groups), "region": regions}
    if form.rates is None:
        return
    _check_sizes(form.rates, document, alone=len(regions) == 1)
    for part in ("emigration", "immigration", "repatriation", "moves", "moving", "identity", "mothers"):
        kind = "region" if part in ("moves", "moving") else "group"
        given: Mapping[str, Any] = getattr(form.rates, part)
        for one, inner in given.items():
            paths = [
                ("rates", part, one),
                *(("rates", part, one, two) for two in (inner if isinstance(inner, dict) else ())),
            ]
            for path in paths:
                if path[-1] not in names[kind]:
                    hint = f"known: {', '.join(names[kind])}"
                    raise InvalidRecord(f"{path[-1]!r} is no {kind}", place=document.keys.get(path), hint=hint)


def _check_sizes(rates: RatesForm, document: Document, *, alone: bool) -> None:
    """Refuse rates below 0 and chances above 1, lives that are too short or too long, and moves with no place to go."""
    if rates.tfr < 0:
        what = f"{float(rates.tfr):g} children a woman; a number from 0 on"
        raise InvalidRecord(what, place=document.place(("rates", "tfr")))
    if rates.e0 is not None and not LOWEST <= rates.e0 <= HIGHEST:
        what = f"{float(rates.e0):g} years of life are expected; between {LOWEST:.0f} and {HIGHEST:.0f} can be"
        raise InvalidRecord(what, place=document.place(("rates", "e0")))
    for region in rates.moving:
        if region in rates.moves or alone:
            what = f"moves and moving both say how many leave {region}; one of them can"
            what = f"nobody can move from {region}: it is the only region" if alone else what
            raise InvalidRecord(what, place=document.keys.get(("rates", "moving", region)))
    for part in ("emigration", "moves", "moving", "identity", "mothers"):
        given: Mapping[str, Any] = getattr(rates, part)
        for one, inner in given.items():
            chances = inner if isinstance(inner, dict) else {"": inner}
            whole = float(sum(chances.values()))
            if min(chances.values(), default=0) < 0 or whole > 1:
                what = f"{part} of {one}: {whole:.4g} of its people; chances from 0 on, together 100% at most"
                raise InvalidRecord(what, place=document.place(("rates", part, one)))


def check_series(rows: Sequence[Year], regions: Sequence[Region], path: Path) -> None:
    """Refuse a region of the wrong year, and years whose regions do not add up to the country."""
    alive = {region.id: region for region in regions}
    for year, block in by(rows, "year").items():
        told = next((row.people for row in block if row.region == ALL), None)
        parts = [row for row in block if row.region != ALL]
        for row in parts:
            if not alive[row.region].has_figures_for(year):
                what = f"{row.region} has figures for {year}; it exists {alive[row.region].lifetime}"
                raise InvalidRecord(what, place=Place(str(path)), hint="put them under the region of that year")
        summed = sum(row.people for row in parts)
        if told is not None and parts and summed != told:
            what = f"the regions of {year} add up to {summed:,}, the country has {told:,}: {summed - told:+,} people"
            raise InvalidRecord(what, place=Place(str(path)))
