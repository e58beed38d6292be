"""sailau count: votes to seats, of a record or of a user's own file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.converting import is_ranked
from sailau.cli.options import (
    Column,
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
from sailau.cli.output import emit, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sailau.law.edition import Law
    from sailau.terms.tally import Tally

    Read = Callable[[Path, str], tuple[Tally, Mapping[str, Mapping[str, str]]]]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(count)


def count(
    name: Annotated[str, typer.Argument(metavar="ID|FILE", help="An election, or a file of results.")],
    law: Annotated[str | None, typer.Option("--law", help="A law, for instance kz/mazhilis@2023-03-19.")] = None,
    tier: Annotated[str | None, typer.Option("--tier", help="The tier that a file's votes belong to.")] = None,
    more: Annotated[
        list[str] | None,
        typer.Option("--with", help="The votes of another tier: district=votes.csv. May be repeated."),
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="The sheet of a workbook.")] = None,
    keep_good: Annotated[bool, typer.Option("--keep-good", help="Leave out rows at fault, and list them.")] = False,
    seats: Annotated[int | None, typer.Option("--seats", help="Seats, where the law leaves the number open.")] = None,
    where: Annotated[list[str] | None, typer.Option("--where", help="Rows of a file to take: year=2018.")] = None,
    using: Annotated[str | None, typer.Option("--map", help="A column map: clea, medsl, …, or a file.")] = None,
    column: Column = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", callback=tabled, help="Also write .xlsx (a sheet per step, sources), .csv, .json, .parquet, …"
        ),
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
    """
    from sailau.law.library import load_law
    from sailau.locale import language
    from sailau.report.names import party_names
    from sailau.report.results import result_table
    from sailau.report.saving import save_tables
    from sailau.report.sheets import result_sheets
    from sailau.runs.from_file import main_tier, seats_given
    from sailau.runs.replay import law_of
    from sailau.runs.saved import is_saved, read_saved

    places = folders(own_laws)
    path = Path(name)
    election = None
    ruled: dict[str, tuple[str, ...]] = {}
    declared: dict[str, int] = {}
    if is_saved(path):
        saved = read_saved(path)
        election, tally, _, rule = saved.opened(folders=folders(own), laws=places)
        rule = load_law(law, folders=places) if law else rule
        ruled = {**(election.decisions if election else {}), **saved.decisions}
        declared = election.declared_seats() if election and not law and not saved.changes else {}
    elif path.is_file() or (path.suffix and not path.is_dir()):
        if law is None:
            raise typer.BadParameter("a file needs a law: --law kz/mazhilis@2023-03-19", param_hint="--law")
        rule = load_law(law, folders=places)
        votes = rule.tier(tier).name if tier else main_tier(rule, law.partition("@")[2], folders(own))
        files = {votes: path, **{rule.tier(t).name: Path(file) for t, file in pairs(more, "--with").items()}}
        read = partial(_read, sheet=sheet, keep_good=keep_good, where=pairs(where, "--where"), using=using)
        by_hand = {path: pairs(column, "--column")}
        tally = _of_files(files, rule, law, lambda file, t: read(file, t, by_hand.get(file)), folders(own))
        tally = tally if seats is None else seats_given(tally, votes, seats)
    else:
        election = election_of(name, own)
        rule = load_law(law, folders=places) if law else law_of(election, folders=places)
        tally, ruled = election.tally, dict(election.decisions)
        declared = {} if law else election.declared_seats()
    change = pairs(changes, "--set")
    rule = rule.replace(change) if change else rule
    result = rule.count(tally, decisions={**ruled, **decisions(decide)})
    title = f"{name} under {rule}"
    table = result_table(result, title=title, declared=declared)
    spoken = language(lang)
    names = party_names(tally, spoken, [*result.seats, *declared]) if lang or spoken != "en" else None
    emit(table, "count", form=form, as_json=json, lang=spoken, names=names)
    if out is not None:
        sheets = result_sheets(result, election=election, title=title)
        save_tables({**sheets, "result": table}, out, "count")
        say(f"wrote {out}")


def _of_files(files: Mapping[str, Path], rule: Law, law: str, read: Read, own: Sequence[Path]) -> Tally:
    """Return the tally of files, one for the votes of each tier, ready for the law."""
    from sailau.runs.from_file import decreed, together

    found = {tier: read(path, tier) for tier, path in files.items()}
    above = {column: areas for _, its in found.values() for column, areas in its.items()}
    tally, taken = decreed(
        together([tally for tally, _ in found.values()]), rule, law.partition("@")[2], above=above, folders=own
    )
    if "@" not in law:
        say(f"counted under the newest edition, {rule}; another day: --law {law}@DAY")
    say(*taken)
    return tally


def _read(
    path: Path,
    tier: str,
    roles: dict[str, str] | None,
    *,
    sheet: str | None,
    keep_good: bool,
    where: dict[str, str],
    using: str | None,
) -> tuple[Tally, Mapping[str, Mapping[str, str]]]:
    """Return the tally of a file, and where its areas lie."""
    from sailau.records.ranked import read_ranked
    from sailau.records.results import read_results

    if is_ranked(path):
        return read_ranked(path).tally(tier), {}
    reading = read_results(path, tier=tier, sheet=sheet, keep_good=keep_good, where=where, using=using, roles=roles)
    say(*(str(problem) for problem in reading.problems))
    return reading.tally, reading.above
