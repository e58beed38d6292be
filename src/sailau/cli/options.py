"""Options that several commands share, and how ids and files become records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from sailau.cli.output import Format
from sailau.terms.errors import Invalid, InvalidRecord, NotFound, Place
from sailau.terms.speech import quoted, say

if TYPE_CHECKING:
    from sailau.records.election import Election

T = TypeVar("T")

Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
Form = Annotated[Format | None, typer.Option("--format", help="How data is written; a pipe gets TSV by itself.")]
Laws = Annotated[list[Path] | None, typer.Option("--laws", help="A folder of your own law files; may be repeated.")]
Elections = Annotated[
    list[Path] | None, typer.Option("--elections", help="A folder of your own election folders; may be repeated.")
]
Decide = Annotated[
    list[str] | None,
    typer.Option("--decide", help="A lot or ruling where the law leaves it open: list.allocate=aq_jol"),
]
Column = Annotated[
    list[str] | None,
    typer.Option("--column", help="What a column of a file holds, where it is misread: C=votes; may be repeated."),
]

Sheet = Annotated[str | None, typer.Option("--sheet", help="The sheet of a workbook, the contest of a report.")]
KeepGood = Annotated[bool, typer.Option("--keep-good", help="Leave out rows at fault, and list them.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Threads or processes; they change nothing but time.")]


def speak(ctx: typer.Context, lang: str | None) -> str | None:
    """Speak a language until the command ends."""
    if lang:
        from sailau.locale import language
        from sailau.terms.speech import speaking

        ctx.with_resource(speaking(language(lang)))
    return lang


def placed(path: Path | None) -> Path | None:
    """Refuse a file that cannot be written, before any work."""
    if path is not None:
        from sailau.files.writing import check_place

        check_place(path)
    return path


def tabled(path: Path | None) -> Path | None:
    """Refuse a file that cannot be written or that no table goes into, before any work."""
    if path is not None:
        from sailau.report.saving import check_table

        check_table(path)
    return path


def gathered(folder: Path | None) -> Path | None:
    """Refuse a folder that takes no files, before any work."""
    if folder is not None:
        from sailau.files.writing import check_folder

        check_folder(folder)
    return folder


Figures = Annotated[
    Path | None, typer.Option("--figures", callback=gathered, help="Also each figure as SVG, in this folder.")
]


Lang = Annotated[
    str | None,
    typer.Option("--lang", callback=speak, help="en, kk or ru; else SAILAU_LANG, else the language of the machine."),
]
Set = Annotated[list[str] | None, typer.Option("--set", help="Change a clause: list.threshold.share=2%")]


def folders(given: list[Path] | None) -> tuple[Path, ...]:
    """Return the folders, all of which must exist."""
    for folder in given or []:
        if not folder.is_dir():
            raise Invalid(f"{folder} is no folder")
    return tuple(given or ())


def pairs(given: list[str] | None, option: str) -> dict[str, str]:
    """Return ``key=value`` options as a mapping."""
    out: dict[str, str] = {}
    for text in given or []:
        key, equals, value = text.partition("=")
        if not equals or not key or not value:
            raise typer.BadParameter(f"{text!r} is not key=value", param_hint=option)
        out[key.strip()] = value.strip()
    return out


def spelled(read: Callable[[str], T], given: Sequence[str], option: str) -> list[T]:
    """Return what each text of an option means; one that is written wrong is wrong usage."""
    try:
        return [read(text) for text in given]
    except Invalid as fault:
        raise typer.BadParameter(str(fault), param_hint=option) from None


def decisions(given: list[str] | None) -> dict[str, tuple[str, ...]]:
    """Return decisions by key, the names split at commas."""
    return {key: tuple(value.split(",")) for key, value in pairs(given, "--decide").items()}


def election_of(name: str, elections: list[Path] | None) -> Election:
    """Return an election by id, or from the folder that the name is."""
    from sailau.records.library import load_election
    from sailau.records.read import read_election

    folder = Path(name)
    if (folder / "election.yaml").is_file():
        return read_election(folder)
    try:
        return load_election(name, folders=folders(elections))
    except NotFound as fault:
        if folder.is_dir():
            hint = say("give a file of results, or the folder of an election")
            raise InvalidRecord(say("is a folder without election.yaml"), place=Place(name), hint=hint) from None
        if folder.is_file():
            fault.hint = say(
                "{name} is a file; its votes are counted with sailau count {name} --law LAW", name=quoted(name)
            )
        raise
