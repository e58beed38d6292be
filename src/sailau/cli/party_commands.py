"""sailau parties: what it takes to become a party, and how far a list of members is from it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli import leading, party_entering
from sailau.cli.options import Form, Json, folders, pairs
from sailau.cli.output import emit, say

if TYPE_CHECKING:
    from sailau.parties.areas import Areas
    from sailau.parties.conditions import Facts
    from sailau.parties.law import PartyLaw

app = typer.Typer(
    cls=leading.Parties,
    help="Laws on parties, lists of members, and entry.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
law_app = typer.Typer(help="Show, compare and check laws on parties.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(law_app, name="law")
party_entering.register(app)

Registers = Annotated[
    list[Path] | None, typer.Option("--registers", help="A folder of your own registers; may be repeated.")
]
Name = Annotated[str, typer.Argument(metavar="LAW", help="kz/parties, or with a day: kz/parties@2009-02-06")]
Law = Annotated[str, typer.Option("--law", help="A law on parties: kz/parties, or kz/parties@2009-02-06.")]
On = Annotated[str | None, typer.Option("--on", help="The day, as 2023-01-20; today without it.")]
Done = Annotated[list[str] | None, typer.Option("--done", help="A stage that is over: congress=2022-12-20")]
Election = Annotated[str | None, typer.Option("--election", help="An election day: is there time for it?")]


def day_option(text: str | None, option: str) -> date | None:
    """Return the day of an option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2023-01-20", param_hint=option) from None


@app.command()
def laws(own: Registers = None, form: Form = None, json: Json = False) -> None:
    """List the laws on parties.

    Example: sailau parties laws
    """
    from sailau.records.registers import load_party_editions, party_law_ids
    from sailau.report.party_laws import party_laws_table

    places = folders(own)
    found = [law for name in party_law_ids(folders=places) for law in load_party_editions(name, folders=places)]
    emit(party_laws_table(found), "party-laws", form=form, as_json=json)


@law_app.command()
def show(name: Name, own: Registers = None, form: Form = None, json: Json = False) -> None:
    """Show an edition: conditions, stages with their terms, articles.

    Example: sailau parties law show kz/parties@2023-01-20
    """
    from sailau.records.registers import load_party_law
    from sailau.report.party_laws import party_law_table

    places = folders(own)
    law = load_party_law(name, folders=places)
    emit(party_law_table(law, _areas(law, places)), "party-law", form=form, as_json=json)


@law_app.command()
def diff(before: Name, after: Name, own: Registers = None, form: Form = None, json: Json = False) -> None:
    """Show what differs between two editions, or two countries: the bar first, and what part of it is tied to areas.

    Example: sailau parties law diff kz/parties@2002-07-15 kz/parties@2022-11-05
    """
    from sailau.records.registers import load_party_law
    from sailau.report.party_laws import party_law_difference

    places = folders(own)
    old, new = load_party_law(before, folders=places), load_party_law(after, folders=places)
    areas = {law.areas: _areas(law, places) for law in (old, new) if law.areas}
    emit(party_law_difference(old, new, areas), "party-law-diff", form=form, as_json=json)


@law_app.command(name="check")
def check_law(
    what: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", help="All laws by default.")] = None,
    own: Registers = None,
) -> None:
    """Check law files: form, citations, stages, dates without gaps.

    Example: sailau parties law check my-parties/2020-01-01.yaml
    """
    from sailau.records.registers import areas_of, load_party_editions, party_law_ids, read_party_law

    places = folders(own)
    if what:
        for path in what:
            areas_of(read_party_law(path), (*places, path.resolve().parent.parent.parent))
        say("1 edition is in order" if len(what) == 1 else f"{len(what)} editions are in order")
        return
    found = [law for name in party_law_ids(folders=places) for law in load_party_editions(name, folders=places)]
    for law in found:
        areas_of(law, places)
    say(f"{len(found)} editions are in order")


@app.command()
def check(
    members: Annotated[Path, typer.Argument(metavar="MEMBERS.csv", help="One row for each member.")],
    law: Law,
    on: On = None,
    election: Election = None,
    done: Done = None,
    founders: Annotated[
        Path | None, typer.Option("--founders", help="The list of the initiative group, in the same form.")
    ] = None,
    committee: Annotated[int | None, typer.Option("--committee", help="Persons in the organising committee.")] = None,
    rests_on: Annotated[
        list[str] | None, typer.Option("--rests-on", help="A ground that the party rests on: ethnic; none for none.")
    ] = None,
    every: Annotated[bool, typer.Option("--areas", help="Show every area, not only those that fail.")] = False,
    list_problems: Annotated[bool, typer.Option("--problems", help="Show the problems of the list instead.")] = False,
    keep_good: Annotated[bool, typer.Option("--keep-good", help="Leave out rows at fault.")] = False,
    sheet: Annotated[str | None, typer.Option("--sheet", help="The sheet of a workbook.")] = None,
    own: Registers = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Hold a list of members against a law: what holds, what fails, by how many and where, and when to stand.

    The columns are name, region and born (also in Russian and Kazakh); citizenship and a personal number if there are.

    Example: sailau parties check MEMBERS.csv --law kz/parties --on 2023-01-20 --election 2023-03-19
    """
    from sailau.parties.judge import is_met, judge
    from sailau.parties.schedule import schedule
    from sailau.records.registers import areas_of, load_party_law
    from sailau.records.registers_members import read_members
    from sailau.report.party_checks import check_table, problems_table

    day, vote = day_option(on, "--on") or date.today(), day_option(election, "--election")
    places = folders(own)
    edition = load_party_law(law, on=None if "@" in law else day, folders=places)
    areas = areas_of(edition, places)
    bar = edition.headcount
    age = bar.least_age if bar else None
    keep = keep_good or list_problems
    read = read_members(members, on=day, areas=areas, least_age=age, sheet=sheet, keep_good=keep)
    if list_problems:
        emit(problems_table(read.problems, str(members)), "member-problems", form=form, as_json=json)
        raise typer.Exit(1 if any(problem.is_error for problem in read.problems) else 0)
    _tell(read.problems)
    facts = _facts(founders, committee, rests_on, day, areas)
    verdicts = judge(edition, read.roll, areas.on(day) if areas else (), facts)
    over = {stage: day_option(text, "--done") or day for stage, text in pairs(done, "--done").items()}
    plan = schedule(edition, day, over)
    table = check_table(edition, read.roll, verdicts, plan, every=every, election=vote)
    emit(table, "parties-check", form=form, as_json=json)
    margin = plan.margin(vote) if vote else None
    if not is_met(verdicts) or (margin is not None and margin < 0) or any(step.missed for step in plan.steps):
        raise typer.Exit(1)


@app.command()
def timetable(
    law: Annotated[str, typer.Argument(metavar="LAW", help="kz/parties")],
    start: Annotated[str | None, typer.Option("--start", help="The day on which the group sets out.")] = None,
    election: Election = None,
    done: Done = None,
    own: Registers = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show every stage from the first meeting to the ballot: the earliest day, the last day, how it fails.

    Example: sailau parties timetable kz/parties --start 2022-12-01 --done notification=2022-12-05
    """
    from sailau.parties.schedule import schedule
    from sailau.records.registers import load_party_law
    from sailau.report.party_timetables import timetable_table

    day, vote = day_option(start, "--start") or date.today(), day_option(election, "--election")
    edition = load_party_law(law, on=None if "@" in law else day, folders=folders(own))
    over = {stage: day_option(text, "--done") or day for stage, text in pairs(done, "--done").items()}
    plan = schedule(edition, day, over)
    emit(timetable_table(edition, plan, day, vote), "timetable", form=form, as_json=json)


@app.command()
def cases(
    country: Annotated[str, typer.Argument(metavar="COUNTRY", help="kz")],
    own: Registers = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show how often each stage was passed, as a rate with its interval, and the attempts on record.

    Example: sailau parties cases kz
    """
    from sailau.records.registers import case_countries, load_cases
    from sailau.report.party_cases import cases_table
    from sailau.terms.errors import NotFound

    found = load_cases(country, folders=folders(own))
    if found is None:
        missing = NotFound("recorded cases", country)
        missing.hint = f"there are cases of {', '.join(case_countries(folders=folders(own)))}"
        raise missing
    emit(cases_table(found), "party-cases", form=form, as_json=json)


def _areas(law: PartyLaw, places: tuple[Path, ...]) -> Areas | None:
    from sailau.records.registers import load_areas

    return load_areas(law.areas, folders=places) if law.areas else None


def _facts(
    founders: Path | None, committee: int | None, rests_on: list[str] | None, day: date, areas: Areas | None
) -> Facts:
    from sailau.parties.conditions import Facts
    from sailau.records.registers_members import read_members

    group: Counter[str] | None = None
    if founders is not None:
        group = Counter(read_members(founders, on=day, areas=areas).roll.members)
    grounds = None if rests_on is None else frozenset(rests_on) - {"none"}
    return Facts(grounds, group, committee)


def _tell(problems: tuple[object, ...], most: int = 20) -> None:
    """Say the first problems of a list, numbered."""
    for number, problem in enumerate(problems[:most], 1):
        say(f"{number}. {problem}")
    if len(problems) > most:
        say(f"and {len(problems) - most:,} more; --problems lists all")
