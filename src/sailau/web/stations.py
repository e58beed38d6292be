"""Polling stations that a user brought, examined; this runs in the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sailau.forensics.examine import Examination, examine
from sailau.forensics.maps import map_from_pairs
from sailau.forensics.read import read_stations
from sailau.terms.errors import SailauError
from sailau.web.uploads import on_disk, without_folder

if TYPE_CHECKING:
    from sailau.web.worker import Examining


def examined(task: Examining) -> Examination:
    """Return the examination of a file.

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
            return examine(reading, seed=task.seed)
        except SailauError as error:
            raise without_folder(error, path) from None
