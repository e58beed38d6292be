"""Measures over draws: seats, or votes and seats, of many elections that might have been."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sailau.files.tables import read_tables
from sailau.power.shares import InvalidShares
from sailau.runs.measured import Treatment, proportion
from sailau.runs.replay import Replay
from sailau.terms.errors import Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Draws = dict[str, NDArray[np.float64]]

RUN = "run"
"""The column that numbers the draws; it is no party."""


def read_draws(path: Path) -> Draws:
    """Read draws: a row a draw, a column a party; a column ``run`` is passed over.

    Raises
    ------
    InvalidShares
        With the row: a cell that is no number, or below 0.
    """
    import numpy as np

    if path.suffix == ".parquet":
        columns = _parquet(path)
    else:
        head, *rows = read_tables(path, InvalidShares)[0].rows
        columns = {str(name).strip(): [row[i] for row in rows] for i, name in enumerate(head)}
    out: Draws = {}
    for name, cells in columns.items():
        if name == RUN:
            continue
        try:
            values = np.array([float(cell) for cell in cells])
        except (TypeError, ValueError):
            row = next(i for i, cell in enumerate(cells) if not _is_number(cell))
            raise InvalidShares(
                f"{name} holds {cells[row]!r}, which is no number", place=Place(str(path), row + 2)
            ) from None
        if (bad := np.flatnonzero(~(values >= 0))).size:
            what = f"{name} holds {values[bad[0]]:g}; votes and seats are 0 or more"
            raise InvalidShares(what, place=Place(str(path), int(bad[0]) + 2))
        out[name] = values
    if not out or not len(next(iter(out.values()))):
        raise InvalidShares(
            "holds no draw", place=Place(str(path)), hint="write one: sailau simulate … --draws --out FILE"
        )
    return out


def _is_number(cell: object) -> bool:
    try:
        float(cell)  # type: ignore[arg-type]  # what is no number raises
    except (TypeError, ValueError):
        return False
    return True


def _parquet(path: Path) -> dict[str, Any]:
    import duckdb

    from sailau.files.kinds import read_bytes

    read_bytes(path, InvalidShares)
    try:
        with duckdb.connect(":memory:") as database:
            return dict(database.execute("select * from read_parquet(?)", [str(path)]).fetchnumpy())
    except duckdb.Error as cause:
        raise InvalidShares(f"is no Parquet file: {str(cause).splitlines()[0]}", place=Place(str(path))) from None


def measure_draws(
    seen: Replay, how: Treatment, *, seats: Draws | None, votes: Draws | None
) -> tuple[dict[str, Any], int]:
    """Return each measure of proportion and parties over draws, and their number.

    Of seats alone, or of votes alone, only the numbers of parties are measured: a drawn seat is no answer to a vote of
    the record.

    Raises
    ------
    InvalidShares
        Draws of votes and of seats that differ in number, or parties that the election does not know.
    """
    import numpy as np

    given = [draws for draws in (votes, seats) if draws]
    numbers = {len(next(iter(draws.values()))) for draws in given}
    if len(numbers) > 1:
        what = f"{' and '.join(map(str, sorted(numbers)))} draws of votes and of seats"
        raise InvalidShares(what, hint="give as many of both, row by row")
    n = numbers.pop()
    known = {*seen.election.tally.party_votes(against_all=how.against_all == "line"), *seen.house}
    names = sorted(known)
    for draws in given:
        _check(draws, known)

    def table(draws: Draws) -> Any:
        return np.column_stack([draws.get(name, np.zeros(n)) for name in names])

    v, s = _treated(names, table(votes or given[0]), table(seats or given[0]), how)
    wanted = "" if len(given) == 2 else "_votes" if votes else "_seats"
    found = {f.name: np.asarray(f.value) * (100 if f.unit == "points" else 1) for f in proportion(v, s)}
    return {name: values for name, values in found.items() if name.endswith(wanted)}, n


def _check(draws: Draws | None, known: set[str]) -> None:
    unknown = sorted(set(draws or ()) - known)
    if unknown:
        raise InvalidShares(
            f"no party of this election: {', '.join(unknown)}", hint=f"known are {', '.join(sorted(known))}"
        )


def _treated(names: list[str], votes: Any, seats: Any, how: Treatment) -> tuple[Any, Any]:
    """Treat what is no party alike in every draw; `others` are those without a seat in any of them."""
    import numpy as np

    from sailau.power.shares import INDEPENDENT

    alone = [i for i, name in enumerate(names) if name.startswith(INDEPENDENT)]
    others = [i for i in range(len(names)) if i not in alone and not seats[:, i].any()]
    for policy, members in ((how.independents, alone), (how.others, others)):
        if policy != "keep" and members:
            lumped = [part[:, members].sum(axis=1) for part in (votes, seats)]
            votes[:, members] = seats[:, members] = 0
            if policy == "lump":
                votes[:, members[0]], seats[:, members[0]] = lumped
    held = (votes.any(axis=0)) | (seats.any(axis=0))
    return np.asarray(votes[:, held]), np.asarray(seats[:, held])
