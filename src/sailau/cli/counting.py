"""sailau count: votes to seats, of a record or of a user's own file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.groups import grouped
from sailau.cli.options import (
    Decide,
    Elections,
    Form,
    Json,
    Lang,
    Laws,
    Set,
    decisions,
    election_of,
    folders,
    pairs,
    tabled,
)
from sailau.cli.output import Format, emit, say
from sailau.cli.reading_options import ResultsFile
from sailau.files.kinds import is_ranked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sailau.law.edition import Law
    from sailau.law.result import Result
    from sailau.records.election import Election
    from sailau.runs.saved import Saved
    from sailau.terms.tally import Tally


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(count)


@grouped
def count(
    name: Annotated[str, typer.Argument(metavar="ID|FILE", help="An election, or a file of results.")],
    law: Annotated[str | None, typer.Option("--law", help="A law, for instance kz/mazhilis@2023-03-19.")] = None,
    *,
    given: ResultsFile,
    more: Annotated[
        list[str] | None,
        typer.Option("--with", help="The votes of another tier: district=votes.csv. May be repeated."),
    ] = None,
    seats: Annotated[int | None, typer.Option("--seats", help="Seats, where the law leaves the number open.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", callback=tabled, help="Also write .xlsx (a sheet per step, sources), .csv, .json, .parquet, …"
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Also write the votes as the folder of an election, which every command takes."),
    ] = None,
    changes: Set = None,
    decide: Decide = None,
    lang: Lang = None,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Turn votes into seats under a law.

    Example: sailau count kz/mazhilis/2023-03-19
    Example: sailau count my-results.csv --law kz/mazhilis@2023-03-19
    Example: sailau count second-votes.csv --tier list --with district=first-votes.csv --law de/bundestag@2025-02-23
    Example: sailau count kz/mazhilis/2023-03-19 --out count.xlsx
    Example: sailau count my-results.csv --law kz/mazhilis@2023-03-19 --column A=district --column C=votes
    Example: sailau count scenario.json
    Example: sailau count my-results.csv --law kz/mazhilis@2023-03-19 --folder my-election
    """
    from sailau.files.writing import check_new_folder
    from sailau.runs.formed import formed_bases
    from sailau.runs.saved import is_saved, read_saved

    if folder is not None:
        check_new_folder(folder)
    places, path = folders(own_laws), Path(name)
    if is_saved(path):
        asked = _of_scenario(read_saved(path), law, folders(own), places)
    elif name == "-" or path.is_symlink() or ((path.exists() or path.suffix) and not path.is_dir()):
        asked = _of_files(path, pairs(more, "--with"), given, law, seats, folders(own), places)
    else:
        asked = _of_election(election_of(name, own), law, places)
    change = pairs(changes, "--set")
    rule = asked.rule.replace(change) if change else asked.rule
    result = rule.count(asked.tally, decisions={**asked.ruled, **decisions(decide)})
    bases = [] if asked.election else formed_bases(rule, asked.tally, result.decisions)
    _show(asked, result, f"{name} under {rule}", bases, out, lang, form=form, json=json)
    if folder is not None:
        _keep(replace(asked, notes=(*asked.notes, *bases)), rule, folder, name, law)


@dataclass(frozen=True)
class Asked:
    """Votes, and the law that they are counted under.

    Attributes
    ----------
    ruled : mapping
        Decisions where the law leaves something open.
    declared : mapping of contender to int
        Seats that are taken over as declared, for their votes are not published.
    notes : tuple of str
        What was taken from an election of the archive.
    """

    tally: Tally
    rule: Law
    election: Election | None = None
    ruled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    declared: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def _of_scenario(saved: Saved, law: str | None, own: tuple[Path, ...], places: tuple[Path, ...]) -> Asked:
    """Return what a saved scenario asks, under another law where one is named."""
    from sailau.law.library import load_law

    election, tally, _, rule = saved.opened(folders=own, laws=places)
    ruled = {**(election.decisions if election else {}), **saved.decisions}
    declared = election.declared_seats() if election and not law and not saved.changes else {}
    return Asked(tally, load_law(law, folders=places) if law else rule, election, ruled, declared)


def _of_election(election: Election, law: str | None, places: tuple[Path, ...]) -> Asked:
    """Return an election under the law of its day, or under the one that is named."""
    from sailau.law.library import load_law
    from sailau.runs.replay import law_of

    rule = load_law(law, folders=places) if law else law_of(election, folders=places)
    return Asked(election.tally, rule, election, dict(election.decisions), {} if law else election.declared_seats())


def _of_files(
    path: Path,
    more: Mapping[str, str],
    given: ResultsFile,
    law: str | None,
    seats: int | None,
    own: tuple[Path, ...],
    places: tuple[Path, ...],
) -> Asked:
    """Return the votes of files, one for the votes of each tier, ready for the law."""
    from sailau.law.library import load_law
    from sailau.runs.from_file import decreed, main_tier, seats_given, together

    if law is None:
        raise typer.BadParameter("a file needs a law: --law kz/mazhilis@2023-03-19", param_hint="--law")
    rule = load_law(law, folders=places)
    votes = rule.tier(given.tier).name if given.tier else main_tier(rule, law.partition("@")[2], own)
    files = {votes: path, **{rule.tier(tier).name: Path(file) for tier, file in more.items()}}
    found = [
        _read(file, tier, given, by_hand=file == path, ranked=rule.tier(tier).ballot == "ranked")
        for tier, file in files.items()
    ]
    above = {column: areas for _, its in found for column, areas in its.items()}
    tallies = together([tally for tally, _ in found])
    tally, taken = decreed(tallies, rule, law.partition("@")[2], above=above, folders=own)
    if "@" not in law:
        say(f"counted under the newest edition, {rule}; another day: --law {law}@DAY")
    say(*taken)
    return Asked(tally if seats is None else seats_given(tally, votes, seats), rule, notes=tuple(taken))


def _read(
    path: Path, tier: str, given: ResultsFile, *, by_hand: bool, ranked: bool
) -> tuple[Tally, Mapping[str, Mapping[str, str]]]:
    """Return the tally of a file, and where its areas lie; for a ranked ballot a table may hold ranks."""
    from sailau.records.ranked import is_table_of_ranks, read_ranked
    from sailau.terms import speech
    from sailau.terms.errors import InvalidResults

    if is_ranked(path) or (ranked and is_table_of_ranks(path)):
        return read_ranked(path).tally(tier), {}
    try:
        reading = given.read(path, tier=tier, by_hand=by_hand)
    except InvalidResults as refusal:
        if ranked:
            said = speech.say(
                "the law counts rankings: give a row for each ranking with the columns rank1, rank2, …, count"
            )
            refusal.hint = speech.joined([refusal.hint, said], "\n  ") if refusal.hint else said
        raise
    return reading.tally, reading.above


def _keep(asked: Asked, rule: Law, folder: Path, name: str, law: str | None) -> None:
    """Write the votes as the folder of an election, on the day that is asked for."""
    from datetime import date

    from sailau.records.folder_out import write_election

    given = (law or "").partition("@")[2]
    day = date.fromisoformat(given) if given else asked.election.day if asked.election else date.today()
    write_election(
        folder,
        asked.tally,
        name=f"{rule.id}/{day}",
        law=str(rule),
        day=day,
        source=Path(name).name,
        notes=asked.notes,
    )
    say(f"wrote {folder}; sailau explain, margin, what-if, power and plot take it in place of an election's id")


def _show(
    asked: Asked,
    result: Result,
    title: str,
    bases: Sequence[str],
    out: Path | None,
    lang: str | None,
    *,
    form: Format | None,
    json: bool,
) -> None:
    """Print who won how many seats, and save them with every step where it is wanted."""
    from sailau.locale import language
    from sailau.report.names import party_names
    from sailau.report.results import result_table
    from sailau.report.saving import save_tables
    from sailau.report.sheets import result_sheets

    table = result_table(result, title=title, declared=asked.declared)
    table = replace(table, notes=(*table.notes, *bases))
    spoken = language(lang)
    names = party_names(asked.tally, spoken, [*result.seats, *asked.declared]) if lang or spoken != "en" else None
    emit(table, "count", form=form, as_json=json, lang=spoken, names=names)
    if out is not None:
        sheets = result_sheets(result, election=asked.election, title=title)
        save_tables({**sheets, "result": table}, out, "count")
        say(f"wrote {out}")
