"""Seats in a matrix: districts get their magnitudes, parties their totals, every cell is rounded by two divisors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import lcm

from sailau.seats.biproportional_exact import prove
from sailau.seats.biproportional_moving import as_now, moves, note_chains
from sailau.seats.biproportional_result import Biproportion, Blocked, Cell, Matrix
from sailau.seats.biproportional_scaling import Block, Grid, propose
from sailau.terms.divisor import Divisor, divisor_named
from sailau.terms.errors import InvalidLaw, InvalidSeats, InvalidVotes
from sailau.terms.numbers import check_seats, check_votes
from sailau.terms.speech import say


def biproportion(
    votes: Matrix,
    districts: Mapping[str, int],
    parties: Mapping[str, int],
    *,
    divisor: str | Divisor = "sainte_lague",
    least: Matrix | None = None,
) -> Biproportion:
    """Share out seats in a matrix so that districts and parties both get their sums.

    Parameters
    ----------
    votes : mapping of district to mapping of party to int
        A party that is missing in a district has no votes there, and gets no seat there.
    districts, parties : mapping of str to int
        Seats of each district, and of each party over all districts; both add up to the house.
    divisor : str or Divisor, optional
        The rounding of the cells: ``sainte_lague`` rounds to the nearest.
    least : mapping of district to mapping of party to int, optional
        The fewest seats of a cell.

    Returns
    -------
    Biproportion
        With multipliers as proof, and the cells that are tied; it does not depend on the order of names.

    Raises
    ------
    Blocked
        No matrix has these sums; the error names the districts and parties that block.
    InvalidSeats, InvalidVotes, InvalidLaw
        The sums differ, a count is none, the divisor sequence has no first divisor above 0.

    Notes
    -----
    Seats are the only ones, up to ties, that no chain of transfers improves [1]_. Floating point proposes them by
    scaling and transfers [2]_; whole numbers decide.

    References
    ----------
    .. [1] M. L. Balinski and G. Demange, Algorithms for proportional matrices in reals and integers, Mathematical
       Programming 45, 1989.
    .. [2] F. Pukelsheim, *Proportional Representation*, 2nd ed., 2017, chapters 14 and 15.

    Examples
    --------
    >>> votes = {"a": dict(A=123, B=912, C=312), "b": dict(A=45, B=714, C=255), "c": dict(A=815, B=414, C=215)}
    >>> biproportion(votes, dict(a=7, b=5, c=8), dict(A=5, B=11, C=4)).seats["c"]
    {'A': 4, 'B': 3, 'C': 1}
    """
    rule = divisor_named(divisor)
    clean = {district: check_votes(row) for district, row in votes.items()}
    if moves(clean):
        made = biproportion(as_now(clean), districts, parties, divisor=rule, least=least)
        note_chains(clean, made)
        return made
    floor = {d: {p: check_seats(n) for p, n in row.items() if n} for d, row in (least or {}).items()}
    rows = {d: n for d, n in sorted(districts.items()) if check_seats(n)}
    columns = {p: n for p, n in sorted(parties.items()) if check_seats(n)}
    _check(clean, floor, rows, columns)
    if not rows:
        empty = {d: dict.fromkeys(row, 0) for d, row in clean.items()}
        return Biproportion(empty, clean, floor, districts, parties, rule, ({}, {}), {})
    grid, scale, turned = _grid(clean, floor, rows, columns, rule)
    found = propose(grid)
    if isinstance(found, Block):
        raise _blocked(found, floor, rows, columns, turned=turned)
    proved = prove(grid, found)
    by_district, by_party = (proved.columns, proved.rows) if turned else (proved.rows, proved.columns)
    multipliers = (
        {d: a / scale for d, a in zip(rows, by_district, strict=True)},
        dict(zip(columns, by_party, strict=True)),
    )
    lines = list(zip(*proved.seats, strict=True)) if turned else proved.seats
    seats = _by_name(lines, clean, rows, columns)
    tied = _tied(proved.tied, list(rows), list(columns), turned=turned)
    return Biproportion(seats, clean, floor, districts, parties, rule, multipliers, tied)


def _check(votes: Matrix, least: Matrix, rows: Mapping[str, int], columns: Mapping[str, int]) -> None:
    if sum(rows.values()) != sum(columns.values()):
        sums = say(
            "the districts have {seats} seats, the parties are due {due}",
            seats=sum(rows.values()),
            due=sum(columns.values()),
        )
        raise InvalidSeats(say("{sums}; both must add up to the house", sums=sums))
    for district in rows:
        if district not in votes:
            raise InvalidVotes(
                say("{district} has {rows!s} seats, but no line of votes", district=district, rows=rows[district])
            )
    for district, row in least.items():
        empty = [party for party in row if not votes.get(district, {}).get(party)]
        if empty:
            raise InvalidSeats(
                say(
                    "{empty} cannot be sure of a seat in {district}: no votes there",
                    empty=", ".join(empty),
                    district=district,
                )
            )
        sure, n = sum(row.values()), rows.get(district, 0)
        if sure > n:
            raise InvalidSeats(
                say(
                    "{row!s} cannot all be sure of a seat in {district}: {sure} seats, it has {n}",
                    row=", ".join(row),
                    district=district,
                    sure=sure,
                    n=n,
                )
            )
    for party in sorted({party for row in least.values() for party in row}):
        need, room = sum(row.get(party, 0) for row in least.values()), columns.get(party, 0)
        if need > room:
            raise Blocked((), (party,), need, room)


def _grid(
    votes: Matrix, least: Matrix, rows: Mapping[str, int], columns: Mapping[str, int], rule: Divisor
) -> tuple[Grid, int, bool]:
    """Return the numbers in lists, the scale of the signposts, and whether rows and columns changed places."""
    posts = [rule.at(n) for n in range(max(max(rows.values()), max(columns.values())) + 2)]
    if rule.power != 1 or posts[0][0] == 0:
        raise InvalidLaw(
            say("{name} cannot round the cells of a matrix: its first divisor is not a number above 0", name=rule.name)
        )
    scale = lcm(*(bottom for _, bottom in posts))
    signposts = [top * (scale // bottom) for top, bottom in posts]
    nothing: Mapping[str, int] = {}
    counts = [[votes[d].get(p, 0) for p in columns] for d in rows]
    floors = [[least.get(d, nothing).get(p, 0) for p in columns] for d in rows]
    turned = len(columns) > len(rows)
    if turned:
        counts, floors = (
            [list(line) for line in zip(*counts, strict=True)],
            [list(x) for x in zip(*floors, strict=True)],
        )
        rows, columns = columns, rows
    return Grid(counts, floors, list(rows.values()), list(columns.values()), signposts), scale, turned


def _by_name(
    lines: Sequence[Sequence[int]], votes: Matrix, rows: Mapping[str, int], columns: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    out = {d: dict.fromkeys(row, 0) for d, row in votes.items()}
    for district, line in zip(rows, lines, strict=True):
        row = out[district]
        for party, n in zip(columns, line, strict=True):
            if n:
                row[party] = n
    return out


def _tied(
    cells: Mapping[tuple[int, int], int], rows: Sequence[str], columns: Sequence[str], *, turned: bool
) -> dict[Cell, int]:
    named = {(rows[j], columns[i]) if turned else (rows[i], columns[j]): low for (i, j), low in cells.items()}
    return dict(sorted(named.items()))


def _blocked(
    block: Block, least: Matrix, rows: Mapping[str, int], columns: Mapping[str, int], *, turned: bool
) -> Blocked:
    """Name what blocks from the side of the districts, whichever side the rows are."""
    if not turned:
        held, closed = {list(rows)[i] for i in block.rows}, {list(columns)[j] for j in block.columns}
    else:  # parties with votes in some districts only: the other districts depend on the other parties
        held = set(rows) - {list(rows)[j] for j in block.columns}
        closed = set(columns) - {list(columns)[i] for i in block.rows}
    need = sum(rows[d] for d in held)
    need += sum(n for d, row in least.items() if d not in held for p, n in row.items() if p in closed)
    room = sum(columns[p] for p in closed)
    return Blocked(tuple(sorted(held)), tuple(sorted(closed)), need, room)
