"""People and parties: who lives where, who may vote, and what it takes to become a party."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from sailau.records.populations import load_population
from sailau.records.registers import load_areas, load_cases, load_party_editions, load_party_law, party_law_ids
from sailau.report.table import Table
from sailau.terms.errors import Invalid, SailauError
from sailau.terms.speech import quoted, say
from sailau.web.answers import desk_of, page, words_of
from sailau.web.guard import too_large
from sailau.web.uploads import bare, on_disk, without_folder
from sailau.web.words import Words

NAME, ADDRESS = "people", "/people"
router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
def people(request: Request) -> Response:
    """Show the population and the laws on parties."""
    return _page(request)


def _page(request: Request, *, status: int = 200, **found: Any) -> Response:
    from sailau.report.party_cases import cases_table
    from sailau.report.party_laws import party_laws_table

    words = words_of(request)
    name = request.query_params.get("population") or words("first_population")
    record = load_population(name)
    editions = [law for key in party_law_ids() for law in load_party_editions(key)]
    cases = load_cases(name)
    values: dict[str, Any] = {"check": None, "fault": None, "asked": {}, **found}
    return page(
        request,
        "people.html",
        status=status,
        here=NAME,
        record=record,
        parts=_parts(record),
        laws=party_laws_table(editions),
        editions=[str(law) for law in editions],
        own=next((str(law) for law in reversed(editions) if law.id.split("/")[0] == name), ""),
        cases=cases_table(cases) if cases else None,
        called=_called(record, words),
        problems=_first(values["fault"]),
        **values,
    )


def _first(fault: SailauError | None) -> list[str]:
    """Return the first problems of a list that was refused."""
    return [str(problem) for problem in getattr(fault, "problems", ())[:20]]


def _called(record: Any, words: Words) -> Callable[[object], str]:
    """Return what calls the groups and regions of a population by their names."""
    names = {**record.group_names, **{region.id: region.names for region in record.regions}}

    def called(cell: object) -> str:
        known = names.get(str(cell))
        if known:
            return words.name(known, str(cell))
        return words(f"all.{cell}") if words.has(f"all.{cell}") else words.cell(cell)

    return called


def _parts(record: Any) -> list[tuple[str, Table]]:
    """Return the tables of a population that its record allows."""
    from sailau.report import people as report
    from sailau.runs.people_electorate import electorate_of
    from sailau.runs.people_indices import by_census
    from sailau.runs.people_map import group_map

    made: list[tuple[str, Table]] = [("censuses", report.censuses_table(record))]
    census = record.censuses[-1]
    attempts: list[tuple[str, Any]] = [
        ("regions", lambda: report.map_table(record, group_map(record, census.people(), census.on))),
        ("electorate", lambda: _electorate(record, electorate_of)),
        ("indices", lambda: report.indices_table(*_indices(record, by_census))),
        ("conflicts", lambda: report.conflicts_table(record)),
    ]
    for name, make in attempts:
        try:
            table = make()
        except SailauError:
            continue  # the record does not hold what this part needs
        if table.rows:
            made.append((name, table))
    return made


def _electorate(record: Any, electorate_of: Any) -> Table:
    from sailau.report import people as report

    found = electorate_of(record, None, starts=[18, 30, 45, 60], age=None, citizens=None, by_region=False)
    return report.electorate_table(found, ("group",), record.electorate.check if record.electorate else None)


def _indices(record: Any, by_census: Any) -> tuple[Any, str, Any]:
    rows, notes = by_census(record, rest="group")
    return rows, say("{name}: diversity", name=quoted(record.name)), notes


@router.get("/parties/{name:path}")
def party_law(request: Request, name: str) -> Response:
    """Show an edition of a law on parties, and what changed since the edition before."""
    from sailau.report.party_laws import party_law_difference, party_law_table

    law = load_party_law(name)
    editions = load_party_editions(law.id)
    areas = {law.areas: load_areas(law.areas)} if law.areas else {}
    before = None
    for old, new in pairwise(editions):
        before = old if str(new) == str(law) else before
    if before is not None and before.areas:
        areas[before.areas] = load_areas(before.areas)
    return page(
        request,
        "party_law.html",
        here=NAME,
        law=law,
        editions=[str(edition) for edition in editions],
        table=party_law_table(law, areas.get(law.areas) if law.areas else None),
        difference=party_law_difference(before, law, areas) if before is not None else None,
    )


@router.post(ADDRESS)
async def check(request: Request) -> Response:
    """Hold a list of members against a law on parties."""
    limit = desk_of(request).settings.upload_limit
    async with request.form(max_files=1, max_fields=10) as form:
        asked = {key: str(value).strip() for key, value in form.items() if isinstance(value, str)}
        file = form.get("file")
        try:
            if not isinstance(file, UploadFile) or not file.filename:
                raise Invalid(say("no file was chosen"))
            raw = await file.read(limit + 1)
            if len(raw) > limit:
                raise too_large(limit)
            table, problems = await run_in_threadpool(_judged, file.filename, raw, asked)
        except SailauError as fault:
            return await run_in_threadpool(_page, request, status=422, fault=fault, asked=asked)
    return await run_in_threadpool(_page, request, check=(table, problems), asked=asked)


def _judged(name: str, raw: bytes, asked: dict[str, str]) -> tuple[Table, list[str]]:
    from sailau.parties.conditions import Facts
    from sailau.parties.judge import judge
    from sailau.parties.schedule import schedule
    from sailau.records.registers_members import read_members
    from sailau.report.party_checks import check_table

    try:
        day = date.fromisoformat(asked.get("on") or date.today().isoformat())
        vote = date.fromisoformat(asked["election"]) if asked.get("election") else None
    except ValueError:
        raise Invalid(say("a day is written as 2023-01-20")) from None
    law = load_party_law(asked.get("law", ""), on=None)
    areas = load_areas(law.areas) if law.areas else None
    bar = law.headcount
    with on_disk(name, raw) as path:
        try:
            read = read_members(
                path, on=day, areas=areas, least_age=bar.least_age if bar else None, keep_good=asked.get("keep") == "1"
            )
        except SailauError as error:
            raise without_folder(error, path) from None
        problems = [bare(str(problem), path) for problem in read.problems]
    verdicts = judge(law, read.roll, areas.on(day) if areas else (), Facts(None, None, None))
    return check_table(law, read.roll, verdicts, schedule(law, day, {}), every=False, election=vote), problems
