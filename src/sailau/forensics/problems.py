"""Problems of a file of stations: the codes, and the refusal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sailau.files.problems import Problem
from sailau.terms.errors import InvalidResults, Place

SHOWN = 10
"""How many problems a message lists; all of them stand in the attribute `problems`."""

CODES: Mapping[str, str] = MappingProxyType(
    {
        "E101": "text where a count is expected",
        "E102": "an empty cell where a count is expected",
        "E103": "a negative count",
        "E104": "a fraction of a vote",
        "E105": "a percentage where a count is expected",
        "E106": "a number that can be read in two ways",
        "E107": "scientific notation, which hides digits",
        "E108": "an error of a formula",
        "E109": "a date that was made from a number",
        "E110": "a row with too many or too few cells",
        "E111": "a station listed twice",
        "E112": "votes that do not add up to the valid ballots",
        "E113": "more voters than registered voters",
        "E114": "valid and invalid ballots that do not make up the ballots",
        "E115": "a hidden control character",
        "E117": "a number larger than a spreadsheet holds exactly",
        "E120": "a header that is merged, empty or stands twice",
        "E121": "more ballots in the boxes than were given out",
        "E122": "a percentage that no whole number of votes gives",
        "E123": "more votes for one contender than ballots",
        "W220": "a row without any figure was left out",
        "W221": "a row that is not a station was left out, as the map says",
        "W222": "a column was taken for a contender",
    }
)
"""What each code stands for; E stops the reading, W does not."""

UNREADABLE = ("E101", "E102", "E103", "E104", "E105", "E106", "E107", "E108", "E109", "E110", "E115", "E117", "E122")
"""Rows with these hold no figure that could be kept; the other errors are contradictions between figures."""


class FaultyStations(InvalidResults):
    """A file of stations that was not read; `problems` holds each finding, none where the whole file is refused."""

    def __init__(
        self, what: str, *, place: Place | None = None, hint: str | None = None, problems: Sequence[Problem] = ()
    ) -> None:
        super().__init__(what, place=place, hint=hint)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        errors = [problem for problem in self.problems if problem.is_error]
        if not errors:
            return super().__str__()
        lines = [f"{self.place}: {self.what}" if self.place else self.what, *tally(errors)]
        lines += [str(problem).replace("\n", "\n  ") for problem in errors[:SHOWN]]
        if len(errors) > SHOWN:
            lines.append(f"and {len(errors) - SHOWN:,} more; --problems FILE writes all of them")
        return "\n  ".join([*lines, self.hint or ""]).rstrip()


def tally(problems: Sequence[Problem]) -> list[str]:
    """Return how often each code was met."""
    found = Counter(problem.code for problem in problems)
    return [f"{code} {CODES.get(code, '')}: {n:,}" for code, n in sorted(found.items())]


def refuse(path: str, problems: Sequence[Problem]) -> FaultyStations:
    """Return the error for a file with these problems."""
    errors = [problem for problem in problems if problem.is_error]
    rows = {row for problem in errors for row in problem.rows}
    what = f"{len(errors):,} problem{'s' * (len(errors) != 1)} in {len(rows):,} row{'s' * (len(rows) != 1)}"
    hint = (
        "correct the file, or choose: --faulty leave-out drops these rows, --faulty keep drops only those without "
        "readable figures and tests the rest as it is (in Python faulty='leave_out' or 'keep')"
    )
    return FaultyStations(what, place=Place(path), hint=hint, problems=problems)
