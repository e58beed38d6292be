"""Problems of roll calls: where each one is, what it is, and what keeping the rest means.

Invalid
├── InvalidRollCalls        a file of roll calls that cannot be read, or not without a decision
├── InvalidFlows            records of trade, loans or other channels that contradict themselves
├── NotPlaced               a window asks for dates, sessions or issues that items lack
├── NotComparable           positions of sessions that nothing ties together
└── NotEstimable            too little is left to estimate positions from
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from sailau.files.problems import Problem as Finding
from sailau.files.problems import Refused, counted
from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

CODES: Mapping[str, str] = MappingProxyType(
    {
        "E501": "a vote in a code that is not known",
        "E502": "a voter twice on one item, with different votes",
        "E503": "a voter twice on one item, with the same vote",
        "E504": "an empty vote",
        "E505": "a row without a voter",
        "E506": "a row without an item",
        "E507": "an item with two dates, sessions, titles, bridges or meanings of yes",
        "E508": "an item listed twice among the items",
        "E509": "a voter listed twice",
        "E510": "an item without a date",
        "E511": "a date that is no date",
        "E512": "a row with too many or too few cells",
        "W601": "an item that has votes but is not in the file of items",
        "W602": "an item of the file of items without a vote",
        "W603": "a column that was left out",
        "W604": "an issue of an item that has no votes",
    }
)
"""What each code stands for; E stops the reading unless it is kept, W never does."""

KEPT: Mapping[str, str] = MappingProxyType(
    {
        "E501": "these votes are left out",
        "E502": "all votes of the voter on the item are left out",
        "E503": "the vote counts once",
        "E504": "these votes are left out",
        "E505": "these rows are left out",
        "E506": "these rows are left out",
        "E507": "the item goes without the figure that is in dispute",
        "E508": "the first row of the item is taken",
        "E509": "the first row of the voter is taken",
        "E510": "the item stays, without a date",
        "E511": "the item stays, without a date",
        "E512": "these rows are left out",
    }
)
"""What becomes of the rows when a code is kept."""


class InvalidRollCalls(Invalid):
    """A file of roll calls that cannot be read, or not without a decision."""


class InvalidFlows(Invalid):
    """Records of a channel (trade, loans, arms) that contradict themselves."""


class NotPlaced(Invalid):
    """A window asks for dates, sessions or issues that items lack; `items` lists them."""

    def __init__(self, what: str, items: Sequence[str], *, hint: str | None = None) -> None:
        self.items = tuple(items)
        super().__init__(what, hint=hint)


class NotComparable(Invalid):
    """Positions of sessions that nothing ties together; `blocks` lists the sessions that are."""

    def __init__(self, what: str, blocks: Sequence[Sequence[str]], *, hint: str | None = None) -> None:
        self.blocks = tuple(tuple(block) for block in blocks)
        super().__init__(what, hint=hint)


class NotEstimable(Invalid):
    """Too little is left to estimate positions from."""


class Problem(Finding):
    """One finding in roll calls; its text lists the rows at fault, from 1 with the header."""

    __slots__ = ()

    def __str__(self) -> str:
        text = super().__str__()
        if len(self.rows) < 2:
            return text
        return text.replace(self.what, f"{self.what}{say(' (rows {rows})', rows=_listed(self.rows))}", 1)


def _listed(rows: Sequence[int]) -> str:
    head = ", ".join(str(row) for row in rows[:6])
    return head + say(" and {n} more", n=len(rows) - 6) if len(rows) > 6 else head


class FaultyRollCalls(Refused, InvalidRollCalls):
    """Roll calls that were not read; `problems` holds each finding."""

    problems: tuple[Problem, ...]


def judge(path: str, problems: Sequence[Problem], keep: Collection[str]) -> None:
    """Refuse the file unless every error found is among the codes that are kept.

    Raises
    ------
    FaultyRollCalls
    """
    unknown = [code for code in keep if code not in KEPT]
    if unknown:
        raise InvalidRollCalls(
            say("{code} is no code of a problem", code=unknown[0]), hint=say("codes: {codes}", codes=", ".join(KEPT))
        )
    left = [problem for problem in problems if problem.is_error and problem.code not in keep]
    if not left:
        return
    codes = sorted({problem.code for problem in left})
    rows = len({(problem.place.path, row) for problem in left for row in problem.rows})
    many = counted(left, rows)
    means = "; ".join(f"{code}: {say(KEPT[code])}" for code in codes)
    hint = say(
        "correct the file, or go on by --keep {codes} (in Python keep={names}); then {means}",
        codes=",".join(codes),
        names=repr(codes),
        means=means,
    )
    raise FaultyRollCalls(many, place=Place(path), hint=hint, problems=problems)
