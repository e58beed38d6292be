"""A second opinion on matrices of seats: code of its own, from the definition, in exact numbers.

It shares nothing with the count but the votes and the claims: signposts are found anew, the seats must meet every
difference constraint, no cycle of transfers may improve them, and the cells on cycles of equal worth are the ties.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from sailau.seats.biproportional_result import Biproportion, Blocked, Cell, Matrix, MatrixCertificate
from sailau.terms.errors import CertificateError

_LINES = {
    "sainte_lague": Fraction(1, 2),
    "dhondt": Fraction(1),
    "danish": Fraction(1, 3),
    "imperiali_divisor": Fraction(2),
}
"""Where the first signpost of each rounding lies when the later ones follow at a distance of 1."""


def certify_matrix(made: Biproportion, proof: MatrixCertificate | None = None) -> None:
    """Check seats in a matrix, and a certificate of them, from the definition.

    Parameters
    ----------
    made : Biproportion
    proof : MatrixCertificate, optional
        By default the one that `made` gives of itself.

    Raises
    ------
    CertificateError
        A sum is missed, a cell does not round to its seats, a transfer improves them, a tie is missing or invented.
    """
    proof = proof or made.certificate()
    _demand(proof.seats == made.seats, "the certificate is of other seats")
    _check_sums(made)
    first = _first(made)
    for district, row in made.votes.items():
        for party, votes in row.items():
            _check_cell(made, proof, (district, party), votes, first)
    costs = _costs(made, first)
    ways = _cheapest(costs, list(made.parties))
    for party in made.parties:
        _demand(ways.get((party, party), Fraction(1)) >= 1, f"a cycle of transfers through {party} improves the seats")
    tied = _tied(made, first, ways)
    _demand(tied == dict(proof.tied), f"the tied cells are {sorted(tied)}, not {sorted(proof.tied)}")


def certify_blocked(
    votes: Matrix, districts: Mapping[str, int], parties: Mapping[str, int], error: Blocked, least: Matrix | None = None
) -> None:
    """Check that the districts and parties that an error names leave no room for seats.

    Raises
    ------
    CertificateError
        They do: the districts have votes for others, or the numbers do not conflict.
    """
    floor = least or {}
    for district in error.districts:
        others = [p for p, n in votes[district].items() if n and parties.get(p) and p not in error.parties]
        _demand(not others, f"{district} has votes for {', '.join(others)} as well")
    need = sum(districts[d] for d in error.districts)
    need += sum(floor.get(d, {}).get(p, 0) for d in districts if d not in error.districts for p in error.parties)
    room = sum(parties.get(p, 0) for p in error.parties)
    _demand((need, room) == (error.need, error.room), f"{need} seats meet room for {room}")
    _demand(need > room, f"{need} seats fit where there is room for {room}")


def _demand(holds: bool, otherwise: str) -> None:  # noqa: FBT001 (one condition, read as a sentence)
    if not holds:
        raise CertificateError(otherwise)


def _first(made: Biproportion) -> Fraction:
    name = made.divisor.name
    _demand(name in _LINES, f"there is no second definition of the rounding {name!r} to check by")
    return _LINES[name]


def _check_sums(made: Biproportion) -> None:
    for district, n in made.districts.items():
        got = sum(made.seats.get(district, {}).values())
        _demand(got == n, f"{district} has {got} seats in the matrix, {n} by law")
    totals: dict[str, int] = {}
    for row in made.seats.values():
        for party, n in row.items():
            totals[party] = totals.get(party, 0) + n
    for party in {*totals, *made.parties}:
        got, due = totals.get(party, 0), made.parties.get(party, 0)
        _demand(got == due, f"{party} has {got} seats in the matrix, {due} are due to it")


def _check_cell(made: Biproportion, proof: MatrixCertificate, cell: Cell, votes: int, first: Fraction) -> None:
    """Demand s - 1 + first ≤ votes · district · party ≤ s + first, of a line with its k-th signpost at k + first."""
    district, party = cell
    seats, fixed = made.seats[district].get(party, 0), made.least.get(district, {}).get(party, 0)
    where = f"{party} in {district}"
    _demand(seats >= fixed, f"{where} has {seats} seats, fewer than the {fixed} due to it")
    if not votes or not made.parties.get(party) or not made.districts.get(district):
        _demand(seats == 0, f"{where} has seats without votes or without a claim")
        return
    claim = votes * proof.districts[district] * proof.parties[party] / _unit(made)
    fits = claim <= seats + first and (seats == fixed or claim >= seats - 1 + first)
    _demand(fits, f"{where} has {seats} seats, but {votes} votes round to another number ({claim})")


def _unit(made: Biproportion) -> Fraction:
    """Return the distance between the signposts that the multipliers were given for."""
    return Fraction(*made.divisor.term(1)) - Fraction(*made.divisor.term(0))


def _costs(made: Biproportion, first: Fraction) -> dict[tuple[str, str], Fraction]:
    """Return, for each pair of parties, the least price of a seat taken over what giving one up returns."""
    out: dict[tuple[str, str], Fraction] = {}
    for district in made.districts:
        for giver, taker in product(made.votes.get(district, {}), repeat=2):
            cost = _cost(made, district, giver, taker, first)
            if cost is not None:
                out[giver, taker] = min(cost, out.get((giver, taker), cost))
    return out


def _cost(made: Biproportion, district: str, giver: str, taker: str, first: Fraction) -> Fraction | None:
    row, seats = made.votes[district], made.seats[district]
    if giver == taker or not row[taker] or not made.parties.get(giver) or not made.parties.get(taker):
        return None
    held = seats.get(giver, 0)
    if held <= made.least.get(district, {}).get(giver, 0):
        return None
    return (seats.get(taker, 0) + first) / row[taker] / ((held - 1 + first) / row[giver])


def _cheapest(costs: Mapping[tuple[str, str], Fraction], parties: list[str]) -> dict[tuple[str, str], Fraction]:
    """Return the least product of costs along any chain from one party to another."""
    ways = dict(costs)
    for through, start, end in product(parties, repeat=3):
        left, right = ways.get((start, through)), ways.get((through, end))
        if left is not None and right is not None:
            both = left * right
            if (start, end) not in ways or both < ways[start, end]:
                ways[start, end] = both
    return ways


def _tied(made: Biproportion, first: Fraction, ways: Mapping[tuple[str, str], Fraction]) -> dict[Cell, int]:
    """Return the cells on a cycle of transfers that costs nothing, with the lower of their two numbers of seats."""
    out: dict[Cell, int] = {}
    for district in made.districts:
        for giver, taker in product(made.votes.get(district, {}), repeat=2):
            cost, back = _cost(made, district, giver, taker, first), ways.get((taker, giver))
            if cost is not None and back is not None and cost * back == 1:
                out[district, giver] = made.seats[district][giver] - 1
                out[district, taker] = made.seats[district].get(taker, 0)
    return out
