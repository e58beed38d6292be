"""The cases of apportionment: Balinski and Young's examples, Austria, and the Knesset inside its surplus agreements."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from tests.peers.shared import copy_of

from sailau.law.library import load_law
from sailau.seats.averages import highest_averages
from sailau.seats.remainders import largest_remainder
from sailau.terms.allocation import Allocation
from sailau.terms.divisor import divisor_named
from sailau.terms.errors import DrawRequired
from sailau.terms.tally import Ballots, Contender, Tally

METHODS: dict[str, Any] = {
    "largest_remainder": None,
    "dhondt": "dhondt",
    "saintelague": "sainte_lague",
    "modified_saintelague": divisor_named("sainte_lague", first=Fraction(7, 5)),
    "huntington": "huntington_hill",
    "adams": "adams",
    "dean": "dean",
}
"""Their names for ours; their quota method has no law that uses it, and none here."""
KNESSETS = {"19": "2013-01-22", "20": "2015-03-17", "21": "2019-04-09", "22": "2019-09-17"}


def allocated(method: str, votes: list[int], seats: int) -> Allocation:
    named = {str(n): v for n, v in enumerate(votes)}
    if METHODS[method] is None:
        return largest_remainder(named, seats)
    return highest_averages(named, seats, divisor=METHODS[method])


@cache
def functions() -> dict[str, ast.FunctionDef]:
    text = (copy_of("apportionment", "tests", "test_methods.py") / "tests/test_methods.py").read_text(encoding="utf-8")
    return {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}


def literal(function: str, name: str) -> Any:
    for node in functions()[function].body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"{function} has no {name}")


def expected(function: str) -> dict[str, list[int]]:
    """Return what a function expects of each method, from the list above it."""
    for mark in functions()[function].decorator_list:
        if isinstance(mark, ast.Call) and ast.literal_eval(mark.args[0]) == "method, expected":
            return dict(ast.literal_eval(mark.args[1]))
    raise AssertionError(f"{function} expects nothing of single methods")


@pytest.mark.parametrize("example", ["test_balinski_young_example1", "test_balinski_young_example2"])
@pytest.mark.parametrize("method", METHODS)
def test_balinski_and_young(method: str, example: str) -> None:
    made = allocated(method, literal(example, "votes"), literal(example, "seats"))
    assert list(made.seats.values()) == expected(example)[method]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("function", "result"),
    [("test_weak_proportionality", [2, 4, 1, 5]), ("test_zero_parties", [0, 2, 4, 0, 0])],
)
def test_whole_shares(method: str, function: str, result: list[int]) -> None:
    made = allocated(method, literal(function, "votes"), literal(function, "seats"))
    assert list(made.seats.values()) == result


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("function", ["test_tiebreaking", "test_no_ties_allowed"])
def test_equal_claims_are_a_question(method: str, function: str) -> None:
    with pytest.raises(DrawRequired) as tie:  # the program takes the first of the list unless told otherwise
        allocated(method, literal(function, "votes"), literal(function, "seats"))
    most = max(literal(function, "votes"))
    assert all(literal(function, "votes")[int(name)] == most for name in tie.value.options)


def lines(name: str) -> Iterator[list[Any]]:
    """Return the rows of a table; of a sum of votes, or names joined with +, the parts."""
    text = (copy_of("apportionment", "examples", name) / "examples" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        row = ast.parse(line.partition("#")[0], mode="eval").body
        assert isinstance(row, ast.List | ast.Tuple)
        yield [[parts(cell) for cell in item.elts] if isinstance(item, ast.List) else item for item in row.elts]


def parts(node: ast.expr) -> list[Any]:
    if isinstance(node, ast.BinOp):
        return [*parts(node.left), *parts(node.right)]
    value = ast.literal_eval(node)
    return value.split("+") if isinstance(value, str) else [value]


def test_the_knesset_inside_its_surplus_agreements() -> None:
    seen = 0
    for number, names, votes, seats, _ in lines("knesset.txt"):
        marks = [
            Contender(name, apparentment=(f"link {i}",) if len(linked) > 1 else ())
            for i, linked in enumerate(names)
            for name in linked
        ]
        given = dict(zip([mark.id for mark in marks], [n for linked in votes for n in linked], strict=True))
        tally = Tally({"list": Ballots({"nation": given})}, {mark.id: mark for mark in marks})
        result = load_law("il/knesset", on=KNESSETS[str(ast.literal_eval(number))]).count(tally)
        assert [result.seats[mark.id] for mark in marks] == [n for linked in seats for n in linked]
        seen += 1
    assert seen == len(KNESSETS)


def test_the_nationalrat_by_d_hondt_at_four_per_cent() -> None:
    years = []
    for year, _, votes, seats in lines("nr_wahlen.txt"):
        given = {str(i): n for i, (n,) in enumerate(votes)}
        passed = {name: n for name, n in given.items() if 25 * n >= sum(given.values())}
        made = highest_averages(passed, 183, divisor="dhondt").seats
        assert [made.get(name, 0) for name in given] == [n for (n,) in seats]
        years.append(ast.literal_eval(year))
    assert years == [2019, 2017, 2013, 2008, 2006, 2002, 1999, 1995, 1994]
