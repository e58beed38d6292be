"""Problems of a list of members: where each one is, what it is, and how to go on.

InvalidRecord
└── FaultyMembers      a list of members that cannot be read, or not without a decision
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sailau.files.problems import Problem
from sailau.terms.errors import InvalidRecord, Place

SHOWN = 20
"""How many problems a message lists; all of them stand in the attribute `problems`."""

CODES: Mapping[str, str] = MappingProxyType(
    {
        "E701": "a row without a name",
        "E702": "a row without a region",
        "E703": "a region that is not known",
        "E704": "a region that did not exist on the day",
        "E705": "a date of birth that is no date, or lies in the future or more than 120 years ago",
        "E706": "a row with too many or too few cells",
        "E707": "a word about citizenship that is not understood",
        "W801": "a person twice; counted once",
        "W802": "two names that differ only by letters that look alike; taken for one person where the births agree",
        "W803": "a minor on the day; not counted",
        "W804": "no citizen; not counted",
        "W805": "Latin and Cyrillic letters in one word",
        "W806": "a column that was left out",
        "W807": "a person without a date of birth; counted",
        "W808": "a region that has a unit of its own since, with nobody in it",
    }
)
"""What each code stands for; E stops the reading (or costs the row), W never does."""


class FaultyMembers(InvalidRecord):
    """A list of members that was not read; `problems` holds each finding, none where the whole file is refused."""

    def __init__(
        self, what: str, *, place: Place | None = None, hint: str | None = None, problems: Sequence[Problem] = ()
    ) -> None:
        super().__init__(what, place=place, hint=hint)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        errors = [problem for problem in self.problems if problem.is_error]
        if not errors:
            return super().__str__()
        lines = [f"{self.place}: {self.what}" if self.place else self.what]
        lines += [
            f"{n}. {str(problem).replace(chr(10), chr(10) + '  ')}" for n, problem in enumerate(errors[:SHOWN], 1)
        ]
        if len(errors) > SHOWN:
            lines.append(f"and {len(errors) - SHOWN:,} more; --problems lists all")
        return "\n  ".join([*lines, self.hint or ""]).rstrip()


def refuse(path: str, problems: Sequence[Problem]) -> FaultyMembers:
    """Return the error for a list with these problems, in the order of its rows."""
    errors = [problem for problem in problems if problem.is_error]
    rows = {row for problem in errors for row in problem.rows}
    what = (
        f"{len(errors):,} problem{'s' if len(errors) != 1 else ''} in {len(rows):,} row{'s' if len(rows) != 1 else ''}"
    )
    hint = "correct the list, or leave out the rows at fault: --keep-good (in Python keep_good=True)"
    return FaultyMembers(what, place=Place(path), hint=hint, problems=problems)
