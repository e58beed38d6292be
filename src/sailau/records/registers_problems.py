"""Problems of a list of members: where each one is, what it is, and how to go on.

InvalidRecord
└── FaultyMembers      a list of members that cannot be read, or not without a decision
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sailau.files.problems import Problem, Refused, counted
from sailau.terms.errors import InvalidRecord, Place
from sailau.terms.speech import say

CODES: Mapping[str, str] = MappingProxyType(
    {
        "E701": "a row without a name",
        "E702": "a row without a region",
        "E703": "a region that is not known",
        "E704": "a region that did not exist on the day",
        "E705": "a date of birth that is no date, or lies in the future or more than 120 years ago",
        "E706": "a row with too many or too few cells",
        "E707": "a word about citizenship that is not understood",
        "E708": "members of a region that are no count",
        "E709": "a region twice in a table of counts",
        "E710": "a total that is not the sum of the regions",
        "W801": "a person twice; counted once",
        "W802": "two names that differ only by letters that look alike; taken for one person where the births agree",
        "W803": "a minor on the day; not counted",
        "W804": "no citizen; not counted",
        "W805": "Latin and Cyrillic letters in one word",
        "W806": "a column that was left out",
        "W807": "a person without a date of birth; counted",
        "W808": "a region that has a unit of its own since, with nobody in it",
        "W809": "counts instead of members; who is on the list twice, of age or a citizen cannot be looked at",
    }
)
"""What each code stands for; E stops the reading (or costs the row), W never does."""


class FaultyMembers(Refused, InvalidRecord):
    """A list of members that was not read; `problems` holds each finding, none where the whole file is refused."""

    rest = "--problems lists all"
    numbered = True
    problems: tuple[Problem, ...]


def refuse(path: str, problems: Sequence[Problem]) -> FaultyMembers:
    """Return the error for a list with these problems, in the order of its rows."""
    errors = [problem for problem in problems if problem.is_error]
    rows = {row for problem in errors for row in problem.rows}
    what = counted(errors, len(rows))
    hint = say("correct the list, or leave out the rows at fault: --keep-good (in Python keep_good=True)")
    return FaultyMembers(what, place=Place(path), hint=hint, problems=problems)
