"""A matrix of seats as a value: its sums, its multipliers, its ties; and the error when there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from sailau.seats.biproportional_exact import on_cycles
from sailau.terms.divisor import Divisor
from sailau.terms.errors import Invalid, LawSilent
from sailau.terms.speech import say

Cell = tuple[str, str]
"""A district and a party."""

Matrix = Mapping[str, Mapping[str, int]]
"""Numbers by district and party."""


class Blocked(LawSilent):
    """No matrix of seats has these sums: some districts have votes only for parties that are due too few seats.

    Attributes
    ----------
    districts, parties : tuple of str
        The districts have no votes but for these parties.
    need : int
        Seats that the districts, and cells elsewhere that have a least number, bring to the parties.
    room : int
        Seats that the parties are due.
    """

    def __init__(self, districts: tuple[str, ...], parties: tuple[str, ...], need: int, room: int) -> None:
        self.districts, self.parties, self.need, self.room = districts, parties, need, room
        where, who = ", ".join(districts), ", ".join(parties) or "nobody"
        if districts:
            what = say(
                "no seats fit: {where} have votes only for {who}, which brings {need} seats to them",
                where=where,
                who=who,
                need=need,
            )
        else:
            what = say(
                "no seats fit: {who} must have {need} seats at the least, district by district", who=who, need=need
            )
        super().__init__(
            say("{what}; the parties' totals allow {room}", what=what, room=room),
            hint=say(
                "the law has no rule for such a pattern of votes; check the votes, the thresholds and the magnitudes"
            ),
        )


@dataclass(frozen=True, slots=True)
class MatrixCertificate:
    """Multipliers that round the votes of every cell to its seats, and the cells that are tied.

    In every cell with votes d(s - 1) ≤ votes · district · party ≤ d(s); a cell that holds only what is due to it at the
    least keeps the right side alone. `tied` are the cells that another equally good matrix fills otherwise, with the
    lower of their two numbers of seats.
    """

    divisor: Divisor
    seats: Matrix
    districts: Mapping[str, Fraction]
    parties: Mapping[str, Fraction]
    tied: Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class Biproportion:
    """Seats by district and party.

    Attributes
    ----------
    seats, votes, least : mapping of district to mapping of party to int
    districts, parties : mapping of str to int
        The sums that the seats reach.
    divisor : Divisor
    multipliers : (mapping of str to Fraction, mapping of str to Fraction)
        Of districts and of parties: votes times both rounds to the seats.
    tied : mapping of (district, party) to int
        Cells that another matrix, as good before the law, fills otherwise; with the lower of their two numbers.
    """

    seats: Matrix
    votes: Matrix
    least: Matrix
    districts: Mapping[str, int]
    parties: Mapping[str, int]
    divisor: Divisor
    multipliers: tuple[Mapping[str, Fraction], Mapping[str, Fraction]]
    tied: Mapping[Cell, int]

    def certificate(self) -> MatrixCertificate:
        """Return the proof that `biproportional_proof` checks with code of its own."""
        return MatrixCertificate(self.divisor, self.seats, *self.multipliers, self.tied)

    def other(self) -> Matrix | None:
        """Return another matrix that is as good, or None when this is the only one."""
        cell = next(iter(self.tied), None)
        if cell is None:
            return None
        low = self.tied[cell]
        return self.settled({cell: low if self._at(cell) > low else low + 1}).seats

    def settled(self, decided: Mapping[Cell, int]) -> Biproportion:
        """Return the matrix in which the tied cells named hold the numbers given; cells still open stay `tied`.

        Raises
        ------
        Invalid
            A cell is not tied, or cannot hold that number together with the ones before.
        """
        seats = {district: dict(row) for district, row in self.seats.items()}
        open_cells = dict(self.tied)
        for cell, n in decided.items():
            if cell in open_cells:
                if n not in (open_cells[cell], open_cells[cell] + 1):
                    raise Invalid(
                        say(
                            "{name} holds {open_cells} or {open_cells2} seats, not {n}",
                            name=_name(cell),
                            open_cells=open_cells[cell],
                            open_cells2=open_cells[cell] + 1,
                            n=n,
                        )
                    )
                if seats[cell[0]][cell[1]] != n:
                    _turn(seats, open_cells, cell)
                open_cells = _still_open(seats, {c: low for c, low in open_cells.items() if c != cell})
            elif seats.get(cell[0], {}).get(cell[1]) != n:
                raise Invalid(say("{name} cannot hold {n} seats", name=_name(cell), n=n))
        return replace(self, seats=seats, tied=open_cells)

    def _at(self, cell: Cell) -> int:
        return self.seats[cell[0]][cell[1]]


def _name(cell: Cell) -> str:
    return say("{cell} in {cell2}", cell=cell[1], cell2=cell[0])


def _turn(seats: dict[str, dict[str, int]], tied: Mapping[Cell, int], cell: Cell) -> None:
    """Change one tied cell, and along a cycle of tied cells what keeps the sums."""
    rises = seats[cell[0]][cell[1]] == tied[cell]
    start, goal = (("party", cell[1]), ("district", cell[0])) if rises else (("district", cell[0]), ("party", cell[1]))
    came: dict[tuple[str, str], tuple[tuple[str, str], Cell]] = {}
    line = [start]
    for at in line:
        for other in sorted(tied):
            up = seats[other[0]][other[1]] == tied[other]
            ends = ("district", other[0]), ("party", other[1])
            source, target = ends if up else ends[::-1]
            if source == at and other != cell and target not in came and target != start:
                came[target] = at, other
                line.append(target)
        if goal in came:
            break
    else:
        raise Invalid(say("{name} cannot hold another number of seats after the decisions before", name=_name(cell)))
    path, at = [cell], goal
    while at != start:
        at, through = came[at]
        path.append(through)
    for district, party in path:
        low = tied[district, party]
        seats[district][party] = low + 1 if seats[district][party] == low else low


def _still_open(seats: Mapping[str, Mapping[str, int]], tied: Mapping[Cell, int]) -> dict[Cell, int]:
    """Return the cells that can still change when all others stay."""
    districts = {name: i for i, name in enumerate(sorted({d for d, _ in tied}))}
    parties = {name: j for j, name in enumerate(sorted({p for _, p in tied}))}
    names = {(districts[d], parties[p]): (d, p) for d, p in tied}
    edges = [(*at, tied[d, p], seats[d][p] == tied[d, p]) for at, (d, p) in names.items()]
    return {names[i, j]: low for i, j, low in on_cycles(edges)}
