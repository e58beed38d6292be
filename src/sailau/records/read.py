"""Reading an election folder: election.yaml, votes.csv, seats.csv, and districts.csv or contenders.csv where needed."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from sailau.files.csvs import find_csv, rows_of, whole
from sailau.files.document import Document, read_document
from sailau.files.forms import check
from sailau.records.ballots import read_rankings, with_first_preferences
from sailau.records.election import Conflict, Election, Source
from sailau.records.election_checks import (
    check_figures,
    check_form,
    check_kind,
    check_names,
    usual_kind,
)
from sailau.records.election_form import ConflictForm, ContenderForm, ElectionForm
from sailau.records.folders import ID
from sailau.records.names import check_contender, check_name
from sailau.terms.colour import colour_of
from sailau.terms.errors import InvalidRecord, Place
from sailau.terms.numbers import exact
from sailau.terms.speech import say
from sailau.terms.tally import NATION, OTHERS, TOTALS, Ballots, Contender, Tally

VOTES = (("tier", "contender", "votes"), ("district", "source"))
SEATS = (("tier", "contender", "seats"), ("district", "source"))
DISTRICTS = (("tier", "district"), ("seats", "region", *TOTALS, "source"))
CONTENDERS = (
    ("contender",),
    (
        *("party", "kind", "members", "apparentment", "registered", "candidates", "reserved", "traits"),
        *("name", "colour", "age", "source"),
    ),
)


def read_election(folder: Path) -> Election:
    """Read one election from its folder.

    Raises
    ------
    InvalidRecord
        With file and line: a missing file, an unknown key or column, a count that is none, a row given twice,
        figures that contradict each other without a word about it under `conflicts`.
    """
    document = read_document(folder / "election.yaml", InvalidRecord)
    form = check(ElectionForm, document, InvalidRecord)
    if not ID.fullmatch(form.election):
        raise InvalidRecord(
            say(
                "the election's id is {election!r}; small letters, digits, _ and -, with / between the parts",
                election=form.election,
            ),
            place=document.place(("election",)),
            hint=say("write it like xx/council/2024-05-05"),
        )
    check_form(form, document)
    contenders = contenders_of(folder, form)
    rankings = read_rankings(folder)
    votes = with_first_preferences(_votes(folder, form), rankings, folder)
    tiers = {
        tier: Ballots(votes.get(tier, {}), *figures, rankings=rankings.get(tier, {}))
        for tier, figures in _districts(folder, form, document, votes).items()
        if tier not in form.declared
    }
    if any(OTHERS in lines for areas in votes.values() for lines in areas.values()):
        contenders.setdefault(OTHERS, Contender(OTHERS, kind=OTHERS))
    official = _table(folder, "seats", SEATS, form)
    election = Election(
        id=form.election,
        name=form.name,
        day=form.held_on,
        law=form.law,
        tally=Tally(tiers, contenders, form.unit, {tier: _whole(official.get(tier, {})) for tier in form.declared}),
        official=official,
        level=form.level,
        declared=frozenset(form.declared),
        decisions=form.decisions,
        sources={key: Source(key, **part.model_dump()) for key, part in form.sources.items()},
        conflicts=tuple(_conflict(part) for part in form.conflicts),
        notes=form.notes,
        inexact=form.inexact,
        inexact_in={str(lang): told for lang, told in form.inexact_in.items()},
        path=str(folder),
    )
    check_names(election, folder)
    check_figures(election, document)
    return election


def _whole(areas: dict[str, dict[str, int]]) -> dict[str, int]:
    """Return the seats of all areas together."""
    total: dict[str, int] = {}
    for seats in areas.values():
        for contender, n in seats.items():
            total[contender] = total.get(contender, 0) + n
    return total


def _conflict(form: ConflictForm) -> Conflict:
    return Conflict(form.about, {key: str(value) for key, value in form.values.items()}, str(form.chosen), form.why)


def _contender(name: str, form: ContenderForm, document: Place) -> Contender:
    return Contender(
        name,
        form.party,
        form.kind or usual_kind(name),
        form.members,
        form.apparentment,
        form.registered,
        form.candidates,
        form.reserved,
        frozenset(form.traits),
        form.names,
        colour_of(name, form.colour, document, InvalidRecord) if form.colour else None,
        form.age,
    )


def contenders_of(folder: Path, form: ElectionForm) -> dict[str, Contender]:
    """Return the contenders of election.yaml and of contenders.csv."""
    document = Place(str(folder / "election.yaml"))
    out = {name: _contender(name, part, document) for name, part in form.contenders.items()}
    path = find_csv(folder, "contenders")
    if path is None:
        return out
    for line, row in rows_of(path, *CONTENDERS, InvalidRecord):
        name = row["contender"]
        check_contender(name, Place(str(path), line))
        if name in out:
            raise InvalidRecord(say("{name} stands twice", name=name), place=Place(str(path), line))
        check_kind(row.get("kind") or "party_list", name, Place(str(path), line))
        numbers = {
            key: whole(row[key], key, path, line, InvalidRecord)
            for key in ("registered", "candidates", "reserved")
            if row.get(key)
        }
        out[name] = Contender(
            name,
            row.get("party") or None,
            row.get("kind") or usual_kind(name),
            _parts(row.get("members")),
            _parts(row.get("apparentment")),
            traits=frozenset(_parts(row.get("traits"))),
            names={"en": row["name"]} if row.get("name") else {},
            colour=colour_of(name, row["colour"], Place(str(path), line), InvalidRecord) if row.get("colour") else None,
            age=_age(row["age"], Place(str(path), line)) if row.get("age") else None,
            **numbers,
        )
    return out


def _age(text: str, place: Place) -> Fraction:
    try:
        return exact(text)
    except ValueError as wrong:
        raise InvalidRecord(say("age: {wrong}", wrong=wrong), place=place) from None


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";")) if text else ()


def _votes(folder: Path, form: ElectionForm) -> dict[str, dict[str, dict[str, int]]]:
    if find_csv(folder, "votes") is None and (form.declared or find_csv(folder, "ballots")):
        return {}
    return _table(folder, "votes", VOTES, form)


def _table(
    folder: Path, name: str, columns: tuple[tuple[str, ...], tuple[str, ...]], form: ElectionForm
) -> dict[str, dict[str, dict[str, int]]]:
    path = find_csv(folder, name)
    if path is None:
        hint = say("where nobody published seats yet, write the header alone: tier,district,contender,seats,source")
        what = say("there is no {name}.csv", name=name)
        raise InvalidRecord(what, place=Place(str(folder)), hint=hint if name == "seats" else None)
    out: dict[str, dict[str, dict[str, int]]] = {}
    for line, row in rows_of(path, *columns, InvalidRecord):
        source = row.get("source")
        if source is not None and source not in form.sources:
            raise InvalidRecord(
                say("the source {source!r} is not among the sources of election.yaml", source=source),
                place=Place(str(path), line),
                hint=say("sources: {sources}", sources=", ".join(form.sources)),
            )
        area, place = row.get("district") or NATION, Place(str(path), line)
        check_name(row["tier"], "tier", place)
        check_name(area, "district", place)
        check_contender(row["contender"], place)
        lines = out.setdefault(row["tier"], {}).setdefault(area, {})
        contender = row["contender"]
        if contender in lines:
            what = say("{contender} stands twice in {tier}, {area}", contender=contender, tier=row["tier"], area=area)
            raise InvalidRecord(what, place=place)
        lines[contender] = whole(row[name], name, path, line, InvalidRecord)
    return out


Figures = tuple[dict[str, dict[str, int]], dict[str, int], dict[str, str]]
"""Totals by area, seats by area, regions by area."""


def _districts(folder: Path, form: ElectionForm, document: Document, votes: Iterable[str]) -> dict[str, Figures]:
    tiers: dict[str, Figures] = {tier: ({}, {}, {}) for tier in votes}
    for tier, figures in form.totals.items():
        unknown = sorted(set(figures) - {*TOTALS, "seats"})
        if unknown:
            known = ", ".join((*TOTALS, "seats"))
            place = document.place(("totals", tier, unknown[0]))
            raise InvalidRecord(
                say("the figure {name!r} is unknown", name=unknown[0]),
                place=place,
                hint=say("figures: {known}", known=known),
            )
        totals, seats, _ = tiers.setdefault(tier, ({}, {}, {}))
        totals[NATION] = {name: n for name, n in figures.items() if name != "seats"}
        if "seats" in figures:
            seats[NATION] = figures["seats"]
    path = find_csv(folder, "districts")
    for line, row in rows_of(path, *DISTRICTS, InvalidRecord) if path else ():
        _district(tiers.setdefault(row["tier"], ({}, {}, {})), row, path, line)
    return tiers


def _district(tier: Figures, row: dict[str, str], path: Path | None, line: int) -> None:
    totals, seats, regions = tier
    area, here = row["district"], path or Path()
    check_name(row["tier"], "tier", Place(str(here), line))
    check_name(area, "district", Place(str(here), line))
    if area in totals and area != NATION:
        raise InvalidRecord(
            say("{area} stands twice in {tier}", area=area, tier=row["tier"]), place=Place(str(here), line)
        )
    figures = {name: whole(row[name], name, here, line, InvalidRecord) for name in TOTALS if row.get(name)}
    totals.setdefault(area, {}).update(figures)
    if row.get("seats"):
        seats[area] = whole(row["seats"], "seats", here, line, InvalidRecord)
    if row.get("region"):
        regions[area] = row["region"]
