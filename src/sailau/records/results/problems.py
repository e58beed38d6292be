"""Problems of a results file: where each one is, what it is, and how to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sailau.files.counts import CELLS
from sailau.files.problems import Problem, Refused, counted, letters
from sailau.records.results.layout import Column
from sailau.terms.errors import InvalidResults, Place
from sailau.terms.speech import joined, say

CODES: Mapping[str, str] = MappingProxyType(
    {
        **CELLS,
        "E109": "a date that was made from an id or a number",
        "E110": "a row with too many or too few cells",
        "E111": "the same district, contender or figure twice",
        "E112": "a total that is not the sum of its parts",
        "E113": "more voters or ballots than registered voters",
        "E114": "valid and invalid ballots that do not make up the ballots",
        "E116": "two names that differ only by letters that look alike",
        "E118": "a column of numbers without a name",
        "E119": "votes without a name",
        "W201": "the encoding was guessed",
        "W202": "a row was left out: a note, a heading, a row of numbers of columns",
        "W203": "a column was left out, for it is not understood",
        "W204": "a column was taken for what it seems to be",
        "W205": "a name is close to a contender that is known",
        "W206": "another sheet looks like results too",
        "W207": "Latin and Cyrillic letters in one word",
        "W208": "invisible signs were taken out of a name",
        "W209": "blank ballots were counted among the valid ones",
        "W210": "more ballots than voters",
        "W211": "one name stands for two parties",
        "W212": "a figure is missing in some rows",
        "W213": "a total was not checked, for rows of it are at fault",
        "W214": "a code for a missing figure was read as unknown",
        "W215": "a mark was taken to part thousands, for the look of many numbers",
        "W216": "a row was taken for a total, for the others add up to it",
        "W217": "hidden rows or columns of a workbook were read, or hidden sheets were not",
        "W218": "votes where nobody is registered, as by post or from abroad",
    }
)
"""What each code stands for; E stops the reading (or costs the row), W never does."""


_MANY = 20
"""Rows that stand twice beyond which it is the column that was misunderstood."""


class FaultyResults(Refused, InvalidResults):
    """A file of results that was not read.

    Attributes
    ----------
    problems : tuple of Problem
        Each finding, none where the whole file is refused.
    columns : tuple of Column
        What the columns were taken for until then, none where no table was found.
    """

    problems: tuple[Problem, ...]
    columns: tuple[Column, ...] = ()


def refuse(
    path: str,
    problems: Sequence[Problem],
    *,
    keeping: bool = False,
    absent: bool = False,
    error: type[FaultyResults] = FaultyResults,
) -> FaultyResults:
    """Return the error for a file with these problems, in the order of its rows."""
    errors = [problem for problem in problems if problem.is_error]
    rows = {row for problem in errors for row in problem.rows}
    what = counted(errors, len(rows))
    hint = say("correct the file, or leave out the rows at fault: --keep-good (in Python keep_good=True)")
    if sum(problem.code == "E111" for problem in errors) * 2 > max(len(errors), _MANY):
        more = say("; if another column tells the rows apart, name it by its letter: --column B=district")
        hint = joined([hint, more], "")
    empty = sum(problem.code == "E102" for problem in errors)
    if empty * 2 > max(len(errors), _MANY) and not absent:
        more = say("; if an empty cell says that a contender did not stand there: --empty-absent")
        hint = joined([hint, more], "")
    sums = [problem for problem in errors if problem.code == "E112"]
    if len(sums) * 2 > max(len(errors), _MANY):
        letter = letters(sums[0].place.column or 1)
        figure = f"--column {letter}=left_out"
        more = say("; to count the votes as they stand, leave that figure out: {figure}", figure=figure)
        hint = joined([hint, more], "")
    if keeping:
        what, hint = joined([what, say("; without them no row of votes is left")], ""), say("correct the file")
    return error(what, place=Place(path), hint=hint, problems=problems)
