"""sailau convert: results and ranked ballots from one form into another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.groups import grouped
from sailau.cli.options import Elections, election_of, pairs, placed
from sailau.cli.output import say
from sailau.cli.reading_options import ResultsFile
from sailau.files.kinds import is_ranked

if TYPE_CHECKING:
    from sailau.records.ranked import RankedBallots
    from sailau.records.results import Reading
    from sailau.report.table import Table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(convert)


@grouped
def convert(
    given: Annotated[str, typer.Argument(metavar="IN", help="A file of results or ranked ballots, or an election.")],
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", callback=placed, help=".csv .tsv .md .json .parquet .xlsx; ranked: .blt .soi .csv."
        ),
    ],
    *,
    file: ResultsFile,
    keep_map: Annotated[
        Path | None, typer.Option("--save-map", callback=placed, help="Write what was found as a column map.")
    ] = None,
    seats: Annotated[int | None, typer.Option("--seats", help="Seats, where a ranked form needs them.")] = None,
    contest: Annotated[str | None, typer.Option("--contest", help="A contest of cast vote records.")] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", help="Columns of a table of cast votes, from 1: 4-8, or 4- to the end.")
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A name for a code in cast vote records: 12=Ann; repeated."),
    ] = None,
    own: Elections = None,
) -> None:
    """Convert results or ranked ballots; the suffix of OUT says into what.

    Read: CSV TSV XLSX ODS XLS JSON Parquet, EML 510 and 520, NIST 1500-100, CLEA, MEDSL, OpenElections, BLT, PrefLib,
    and with --contest or --columns cast vote records: NIST 1500-103, Dominion, Hart, Clear Ballot, ES&S, tables.

    Example: sailau convert telling.eml.xml results.csv
    Example: sailau convert cvr_export/ ballots.blt --contest "Mayor" --seats 1
    Example: sailau convert clea.csv x.xlsx --where ctr_n=Kenya --where yr=2017
    Example: sailau convert kz/mazhilis/2023-03-19 mazhilis.parquet
    """
    from sailau.report.saving import save_tables
    from sailau.report.sheets import votes_table

    path = Path(given)
    if contest is not None or columns is not None:
        _save_ranked(_cast(path, contest, columns, pairs(name, "--name")), out, seats)
    elif not path.is_file() and not path.suffix:
        save_tables({"votes": votes_table(election_of(given, own).tally)}, out, "votes")
        say(f"wrote {out}")
    elif is_ranked(path):
        from sailau.records.ranked import read_ranked

        _save_ranked(read_ranked(path), out, seats)
    elif (elected := _elected(path)) is not None:
        save_tables({"elected": elected}, out, "elected")
        say(f"wrote {out}: who was elected, as EML 520 says")
    else:
        _save_results(file.read(path), out, keep_map)


def _save_results(reading: Reading, out: Path, keep_map: Path | None) -> None:
    """Save results that were read, and how they were read where that is wanted."""
    from sailau.files.writing import write_whole
    from sailau.records.formats.maps import as_map
    from sailau.report.saving import save_tables
    from sailau.report.sheets import votes_table

    saved = as_map(reading.layout, keep_map.stem) if keep_map is not None else None
    save_tables({"votes": votes_table(reading.tally)}, out, "votes")
    if keep_map is not None and saved is not None:
        write_whole(keep_map, saved)
        say(f"wrote {keep_map}; give it again with --map {keep_map}")
    say(f"wrote {out}: {reading.kept:,} rows, {reading.dropped:,} left out")


def _save_ranked(ballots: RankedBallots, out: Path, seats: int | None) -> None:
    """Save ranked ballots in the form that the suffix names."""
    from sailau.files.writing import write_whole
    from sailau.records.ranked_out import WRITERS, to_blt
    from sailau.terms.errors import Invalid

    suffix = out.suffix.lower()
    if suffix not in WRITERS:
        raise Invalid(f"{out} is no name of ranked ballots", hint=f"give a name that ends in {' or '.join(WRITERS)}")
    write_whole(out, to_blt(ballots, seats=seats) if suffix == ".blt" else WRITERS[suffix](ballots))
    say(f"wrote {out}")


def _cast(path: Path, contest: str | None, columns: str | None, names: dict[str, str]) -> RankedBallots:
    from sailau.records.cast.read import read_cast

    return read_cast(path, contest=contest, names=names, columns=_span(columns) if columns is not None else None)


def _span(text: str) -> tuple[int, int | None]:
    first, dash, last = text.partition("-")
    if not (first.isdecimal() and int(first) and dash and (not last or (last.isdecimal() and int(last) >= int(first)))):
        raise typer.BadParameter(f"{text!r} is no span of columns such as 4-8 or 4-", param_hint="--columns")
    return int(first), int(last) if last else None


def _elected(path: Path) -> Table | None:
    """Return who was elected, where a file is EML 520; None for any other."""
    from sailau.files.kinds import read_bytes
    from sailau.records.formats.eml import elected
    from sailau.report.table import Table
    from sailau.terms.errors import InvalidResults

    raw = read_bytes(path, InvalidResults)
    head = raw[:4000]
    if b"EML" not in head or b'Id="520"' not in head.replace(b"'", b'"'):
        return None
    rows = tuple(elected(raw, str(path), InvalidResults))
    return Table(("district", "contender", "party"), rows, f"Elected after {path.name}")
