"""Problems of a file of stations: the codes, and the refusal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sailau.files.counts import CELLS
from sailau.files.problems import Problem, Refused, counted
from sailau.terms.errors import InvalidResults, Place
from sailau.terms.speech import grouped, joined, say

CODES: Mapping[str, str] = MappingProxyType(
    {
        **CELLS,
        "E110": "a row with too many or too few cells",
        "E111": "a station listed twice",
        "E112": "votes that do not add up to the valid ballots",
        "E113": "more voters than registered voters",
        "E114": "valid and invalid ballots that do not make up the ballots",
        "E119": "a row that names no station",
        "E120": "a header that is merged, empty or stands twice",
        "E121": "more ballots in the boxes than were given out",
        "E122": "a percentage that no whole number of votes gives",
        "E123": "more votes for one contender than ballots",
        "E124": "a row of totals among the stations",
        "E125": "valid and invalid ballots beyond the voters",
        "W201": "the encoding was guessed",
        "W220": "a row without any figure was left out",
        "W221": "a row that is not a station was left out, as the map says",
        "W222": "columns were taken for contenders",
        "W223": "a column without counts was left out",
        "W224": "columns were understood by their names",
    }
)
"""What each code stands for; E stops the reading, W does not."""

TOLD = ("W201", "W222", "W223", "W224")
"""How the columns were understood: said in full, not counted."""

UNREADABLE = (
    *(f"E10{i}" for i in range(1, 10)), "E110", "E115", "E117", "E122", "E124",
)  # fmt: skip
"""Rows with these hold no figure that could be kept; the other errors are contradictions between figures."""


class FaultyStations(Refused, InvalidResults):
    """A file of stations that was not read; `problems` holds each finding, none where the whole file is refused."""

    shown = 10
    rest = "--problems FILE writes all of them"
    problems: tuple[Problem, ...]

    def summary(self) -> list[str]:
        """Return how often each code was met."""
        return tally([problem for problem in self.problems if problem.is_error])


def tally(problems: Sequence[Problem]) -> list[str]:
    """Return how often each code was met."""
    found = Counter(problem.code for problem in problems)
    return [f"{code} {say(CODES.get(code, ''))}: {grouped(n)}" for code, n in sorted(found.items())]


def refuse(path: str, problems: Sequence[Problem]) -> FaultyStations:
    """Return the error for a file with these problems."""
    errors = [problem for problem in problems if problem.is_error]
    rows = {row for problem in errors for row in problem.rows}
    what = counted(errors, len(rows))
    hint = say(
        "correct the file, or choose: --faulty leave-out drops these rows, --faulty keep drops only those without "
        "readable figures and tests the rest as it is (in Python faulty='leave_out' or 'keep')"
    )
    if sum(problem.code == "E105" for problem in errors) * 2 > len(errors):
        more = say("; if shares are all there is, --columns …,percent_of=voters works the counts out")
        hint = joined([hint, more], "")
    return FaultyStations(what, place=Place(path), hint=hint, problems=problems)
