"""sailau claims: what experts said, answered by the records."""

from __future__ import annotations

import json as codec
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Elections, Form, Json, Laws, folders
from sailau.cli.output import Format, emit, say

if TYPE_CHECKING:
    from sailau.claims.book import Book
    from sailau.claims.resolve import Resolution
    from sailau.claims.world import World


class Export(StrEnum):
    """Forms for other programs."""

    claimreview = "claimreview"
    prov = "prov"
    bibtex = "bibtex"


Tables = Annotated[list[Path] | None, typer.Option("--tables", help="A folder of your own coded tables; goes first.")]
Country = Annotated[str | None, typer.Option("--country", help="The book of claims, by country.")]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Judge as of this day.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(claims)


def claims(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]... | check FILE | changes | record FILE", help="Nothing lists all."),
    ] = None,
    country: Country = None,
    export: Annotated[
        Export | None, typer.Option("--export", help="ClaimReview (JSON-LD), W3C PROV, or BibTeX.")
    ] = None,
    tables: Tables = None,
    on: On = None,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """List claims with their verdicts, show the evidence for one, or check a book of your own.

    A verdict is never stored: every figure is computed now. `changes` compares with the ledger that the package ships.

    Example: sailau claims
    Example: sailau claims V1
    Example: sailau claims check mine.yaml
    Example: sailau claims --export claimreview
    """
    from sailau.claims.read import load_book, read_book
    from sailau.claims.resolve import resolve, resolve_all
    from sailau.report.claims import book_title, claims_table

    action, rest = (words[0], words[1:]) if words and words[0] in ("check", "changes", "record") else ("", words or [])
    if action == "check" and len(rest) != 1:
        raise typer.BadParameter("give one file, or one folder of files: sailau claims check mine.yaml")
    if not action and rest and rest[0].endswith((".yaml", ".yml")):
        raise typer.BadParameter(f"to check a book of your own: sailau claims check {rest[0]}", param_hint="ID")
    book = read_book(Path(rest[0])) if action == "check" else load_book(country)
    world = _world(book, tables, on, own, own_laws)
    if action in ("changes", "record"):
        _ledger(book, world, action, rest, form, json)
        return
    wanted = [book.claim(name) for name in rest] if rest and action != "check" else None
    seen = tuple(resolve(claim, book, world) for claim in wanted) if wanted else resolve_all(book, world)
    if export is not None:
        _export(export, seen, world)
    elif wanted:
        _full(seen, form, as_json=json)
    else:
        emit(
            claims_table(seen, title=book_title(book, world)),
            "claims",
            form=form,
            as_json=json,
        )


def _world(
    book: Book, tables: list[Path] | None, on: datetime | None, own: list[Path] | None, own_laws: list[Path] | None
) -> World:
    from sailau.claims.world import World

    places = (*folders(tables), *book.tables)
    return World(folders(own), folders(own_laws), places, on=on.date() if on else date.today())


def _export(export: Export, seen: tuple[Resolution, ...], world: World) -> None:
    from sailau.claims.exports import claim_review, provenance
    from sailau.report.claims import bibliography

    if export is Export.bibtex:
        print(bibliography(seen, world))
    else:
        print(claim_review(seen, world.on) if export is Export.claimreview else provenance(seen, world.on))


def _full(seen: tuple[Resolution, ...], form: Format | None, *, as_json: bool) -> None:
    from sailau.report.claims import claim_json, claim_text

    if as_json or form is Format.json:
        parts = [claim_json(part) for part in seen]
        print(codec.dumps({"schema": "sailau/claim/1", "claims": parts}, ensure_ascii=False, indent=2))
        return
    width = get_terminal_size().columns if sys.stdout.isatty() else None
    print("\n".join(claim_text(part, width=width) for part in seen), end="")


def _ledger(book: Book, world: World, action: str, rest: list[str], form: Format | None, json: bool) -> None:
    from sailau.claims.ledger import NAME, changes, ledger_text
    from sailau.claims.resolve import resolve_all
    from sailau.files.writing import write_whole
    from sailau.report.claims import changes_table
    from sailau.terms.errors import NotFound

    seen = resolve_all(book, world)
    if action == "record":
        if len(rest) != 1:
            raise typer.BadParameter(f"say where the ledger goes: sailau claims record {NAME}")
        write_whole(Path(rest[0]), ledger_text(seen, str(world.on)))
        say(f"{len(seen)} verdicts recorded in {rest[0]}")
        return
    path = Path(rest[0]) if rest else book.files[0].parent / NAME
    if not path.is_file():
        raise NotFound("ledger", str(path))
    found = changes(path, seen)
    emit(
        changes_table(found, title=f"{book.name}: what has moved since it was recorded"),
        "changes",
        form=form,
        as_json=json,
    )
    if any(not change.records_only for change in found):
        raise typer.Exit(1)
