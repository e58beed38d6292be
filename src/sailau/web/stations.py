"""Polling stations that a user brought, examined; this runs in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sailau.forensics.examine import examine
from sailau.forensics.maps import map_from_pairs
from sailau.forensics.read import read_stations
from sailau.plots.examined import station_pictures
from sailau.report.forensics import examination_table, to_html
from sailau.report.table import to_json
from sailau.terms.errors import SailauError
from sailau.web.uploads import bare, on_disk, without_folder

if TYPE_CHECKING:
    from sailau.web.worker import Examining


@dataclass(frozen=True)
class Examined:
    """An examination as a page shows it: the report as markup, the same as JSON, and pictures by name."""

    page: str
    document: str
    figures: dict[str, str]


def examined(task: Examining) -> Examined:
    """Return the examination of a file; no word of it names a folder of the server.

    Raises
    ------
    SailauError
        The file cannot be read, or rows of it are at fault and are not to be left out.
    """
    columns = map_from_pairs(task.columns) if task.columns else None
    with on_disk(task.name, task.raw) as path:
        try:
            reading = read_stations(
                path, columns=columns, leader=task.leader, faulty="leave_out" if task.keep else "refuse"
            )
            seen = examine(reading, seed=task.seed)
        except SailauError as error:
            raise without_folder(error, path) from None
        body = to_html(seen).partition("<body>\n")[2].rpartition("\n</body>")[0]
        document = to_json(examination_table(seen), "sailau/forensics/1")
        return Examined(bare(body, path), bare(document, path), station_pictures(seen.reading.stations))


def clean_stations() -> bytes:
    """Return a table of 3,000 stations that a model drew without any fraud, to try the examination with."""
    from sailau.forensics.clean import draw_clean

    drawn = draw_clean(3000, seed=7)
    head = [*(level.name for level in drawn.levels), "station", "registered", "voters", *drawn.contenders]
    rows = [
        [
            *(level.labels[level.codes[i]] for level in drawn.levels),
            *map(str, (drawn.names[i], drawn.registered[i], drawn.voters[i], *drawn.votes[i])),
        ]
        for i in range(len(drawn))
    ]
    return "\n".join(",".join(row) for row in [head, *rows]).encode()
