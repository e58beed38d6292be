"""sailau what-if: change the law and see who gains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
    spelled,
    tabled,
)
from sailau.cli.output import Format, emit, say

if TYPE_CHECKING:
    from sailau.law.edition import Law
    from sailau.law.result import Decisions
    from sailau.records.election import Election
    from sailau.report.table import Table
    from sailau.runs.compare import Comparison


_INSTEAD = "{name}: {law} instead of {in_force}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="what-if")(what_if)


def what_if(
    name: Annotated[str, typer.Argument(metavar="ID", help="An election, or a saved scenario.json.")],
    changes: Set = None,
    through: Annotated[
        list[str] | None,
        typer.Option(
            "--sweep", help="Let a clause go through values: list.threshold.share=0%:10%:0.5%; twice for two."
        ),
    ] = None,
    at_cliffs: Annotated[
        bool, typer.Option("--cliffs", help="Show only where the outcome changes along the last --sweep, exactly.")
    ] = False,
    margins: Annotated[
        bool, typer.Option("--margins", help="Show at every point of the --sweep the fewest votes that change a seat.")
    ] = False,
    law: Annotated[str | None, typer.Option("--law", help="Count under another law, for instance kz/kurultai.")] = None,
    decide: Decide = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", callback=tabled, help="Also write scenario.json to open again, or .xlsx, .csv, …"),
    ] = None,
    lang: Lang = None,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Count an election under a changed law, or under another one, and compare.

    Example: sailau what-if kz/mazhilis/2023-03-19 --set list.threshold.share=7%
    Example: sailau what-if kz/mazhilis/2023-03-19 --set list.seats=98 --set district.seats=0
    Example: sailau what-if kz/mazhilis/2023-03-19 --law kz/kurultai
    Example: sailau what-if kz/mazhilis/2023-03-19 --set list.threshold.share=7% --out scenario.json
    Example: sailau what-if kz/mazhilis/2023-03-19 --sweep list.threshold.share=0%:10%:0.5%
    Example: sailau what-if kz/mazhilis/2023-03-19 --sweep shares.nsdp=4%:7%:0.5% --cliffs
    """
    if (at_cliffs or margins) and not through:
        hint = "--cliffs" if at_cliffs else "--margins"
        raise typer.BadParameter("say along what: --sweep shares.nsdp=4%:7%:0.5%", param_hint=hint)
    asked = _question(name, pairs(changes, "--set"), law, decisions(decide), own, folders(own_laws), bare=bool(through))
    if through:
        swept, kind = _swept(asked, through, at_cliffs=at_cliffs, margins=margins)
        emit(swept, kind, form=form, as_json=json)
        return
    _compared(asked, out, lang, form=form, json=json)


@dataclass(frozen=True)
class Question:
    """What is asked: the votes of an election under the law of the day and under another.

    Attributes
    ----------
    name : str
        The election, as it was named.
    ruled : mapping
        Decisions where the laws leave something open.
    """

    name: str
    election: Election
    in_force: Law
    after: Law
    ruled: Decisions


def _question(
    name: str,
    change: dict[str, str],
    law: str | None,
    ruled: Decisions,
    own: list[Path] | None,
    places: tuple[Path, ...],
    *,
    bare: bool,
) -> Question:
    """Return the question that the options ask, or that a saved scenario asks with them.

    A question of no change is refused unless it may be `bare`: a sweep changes the law by itself.
    """
    from sailau.law.library import load_law
    from sailau.runs.replay import law_of
    from sailau.runs.saved import is_saved, read_saved

    enacted = None
    if is_saved(Path(name)):
        saved = read_saved(Path(name))
        if saved.election is None:
            raise typer.BadParameter("its votes are a file's own; count it: sailau count", param_hint="ID")
        name, change = saved.election, {**saved.changes, **change}
        enacted = None if law else saved.edition(laws=places)
        ruled = {**saved.decisions, **ruled}
    if not change and law is None and enacted is None and not bare:
        raise typer.BadParameter("say what to change: --set list.threshold.share=7% or --law …", param_hint="--set")
    election = election_of(name, own)
    in_force = law_of(election, folders=places)
    after = load_law(law, folders=places) if law else enacted or in_force
    return Question(name, election, in_force, after.replace(change) if change else after, ruled)


def _compared(asked: Question, out: Path | None, lang: str | None, *, form: Format | None, json: bool) -> None:
    """Print, and save where it is wanted, what the other law does with the votes."""
    from sailau.locale import language
    from sailau.report.names import party_names
    from sailau.report.results import comparison_table
    from sailau.runs.compare import compare
    from sailau.terms.speech import say as worded

    election, spoken = asked.election, language(lang)
    seen = compare(asked.in_force, asked.after, election.tally, decisions={**election.decisions, **asked.ruled})
    table = comparison_table(seen, title=worded(_INSTEAD, name=asked.name, law=asked.after, in_force=asked.in_force))
    if election.declared:
        sentence = "{n} declared seats ({tiers}) are in neither column: their votes are not published"
        n, tiers = sum(election.declared_seats().values()), ", ".join(sorted(election.declared))
        table = replace(table, notes=(*table.notes, worded(sentence, n=n, tiers=tiers)))
    names = party_names(election.tally, spoken, seen.change) if lang or spoken != "en" else None
    emit(table, "what-if", form=form, as_json=json, lang=spoken, names=names)
    if out is not None:
        _write(out, election, seen, table, asked.ruled)


def _swept(asked: Question, through: Sequence[str], *, at_cliffs: bool, margins: bool) -> tuple[Table, str]:
    """Return the table of a sweep, or of its cliffs, and what it is a table of."""
    from sailau.runs.sweep import Range, sweep

    ranges = spelled(Range.of, through, "--sweep")
    paths = [given.path for given in ranges]
    if at_cliffs:
        from sailau.report.sensitivity import cliff_table
        from sailau.runs.cliffs import cliffs

        found = cliffs(asked.election, ranges, law=asked.after)
        return cliff_table(found, paths, title=f"{asked.name}: cliffs"), "cliffs"
    from sailau.report.simulation import sweep_table

    points = sweep(asked.election, ranges, law=asked.after, margins=margins)
    return sweep_table(points, paths, title=f"{asked.name}: {', '.join(paths)}"), "sweep"


def _write(out: Path, election: Election, seen: Comparison, table: Table, ruled: Decisions) -> None:
    """Save the question, so that it can be opened again, or the tables of its answer."""
    from sailau.files.writing import write_whole
    from sailau.report.saving import save_tables
    from sailau.report.sheets import result_sheets
    from sailau.runs.saved import Saved

    after = seen.after.law
    if out.suffix.lower() == ".json":
        changes = {k: str(v) for k, v in after.changes.items()}
        write_whole(out, Saved(str(after), election.id, None, changes, ruled).to_json())
        say(f"wrote {out}; open it again: sailau what-if {out}, or sailau count {out}")
        return
    before = {f"before {name}": sheet for name, sheet in result_sheets(seen.before).items()}
    then = {f"after {name}": sheet for name, sheet in result_sheets(seen.after, election=election).items()}
    save_tables({"comparison": table, **before, **then}, out, "what-if")
    say(f"wrote {out}")
