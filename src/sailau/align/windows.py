"""Windows: which items belong together, by session, year, period or issue."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sailau.align.problems import InvalidRollCalls, NotPlaced
from sailau.align.rollcalls import Item, RollCalls, natural
from sailau.terms.speech import coded, say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WHOLE = "all"
_PERIOD = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Some of the items, under one name."""

    label: str
    items: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """How many items it holds."""
        return int(self.items.sum())


def windows(calls: RollCalls, by: str | None = None, *, undated: str = "refuse") -> tuple[Window, ...]:
    """Part the items into windows.

    Parameters
    ----------
    calls : RollCalls
    by : str, optional
        ``session``, ``year``, ``issue``, or periods of years: ``1992-1999,2000-2004,2014``. Without it one window
        holds every item. An item with two issues stands in two windows.
    undated : str, optional
        ``refuse`` items that lack what `by` asks for, or ``leave_out``.

    Raises
    ------
    NotPlaced
        Items lack a date, session or issue.
    InvalidRollCalls
        Periods that are none, end before they begin, or overlap.

    Examples
    --------
    >>> from sailau.align.rollcalls import roll_calls
    >>> calls = roll_calls([("A", "1", "yes"), ("A", "2", "no")])
    >>> [(window.label, window.n) for window in windows(calls)]
    [('all', 2)]
    """
    import numpy as np

    if undated not in ("refuse", "leave_out"):
        raise InvalidRollCalls(say("undated is {undated!r}", undated=undated), hint=say("refuse or leave_out"))
    if by is None:
        return (Window(WHOLE, np.ones(len(calls.items), dtype=bool)),)
    if by == "issue":
        return _group(calls, lambda item: item.issues, "issue", "leave_out")
    if by == "session":
        return _group(calls, lambda item: (item.session,) if item.session else (), "session", undated)
    years = _group(calls, lambda item: (str(item.day.year),) if item.day else (), "date", undated)
    return years if by == "year" else _merged(calls, years, periods(by))


def of_sessions(calls: RollCalls, span: str) -> RollCalls:
    """Return the roll calls of one session, or of a span of numbered ones: ``46-74``.

    Raises
    ------
    InvalidRollCalls
        Nothing falls into the span.
    """
    import numpy as np

    found = _PERIOD.fullmatch(span.strip())
    ends = (int(found[1]), int(found[2] or found[1])) if found else None
    keep = [_within(item.session, span.strip(), ends) for item in calls.items]
    if not any(keep):
        raise InvalidRollCalls(
            say("no item falls into the sessions {span}", span=span), hint=say("one session, or a span such as 46-74")
        )
    return calls.where(np.array(keep))


def _within(session: str | None, name: str, ends: tuple[int, int] | None) -> bool:
    if session is None:
        return False
    number = int(session) if session.isascii() and session.isdigit() else None
    return session == name or (ends is not None and number is not None and ends[0] <= number <= ends[1])


def _group(calls: RollCalls, keys: Callable[[Item], Sequence[str]], what: str, undated: str) -> tuple[Window, ...]:
    import numpy as np

    found: dict[str, list[int]] = {}
    lost = []
    for column, item in enumerate(calls.items):
        names = keys(item)
        for name in names:
            found.setdefault(name, []).append(column)
        if not names:
            lost.append(item.id)
    if (lost and undated == "refuse") or not found:
        text = say(
            "{lost:,} of {n:,} items have no {what}, for instance {first!r}",
            lost=len(lost),
            n=len(calls.items),
            what=coded(what),
            first=lost[0],
        )
        hint = say("give a file of items with a column {column}, or leave them out: --undated leave_out", column=what)
        raise NotPlaced(text, lost, hint=hint)
    out = []
    for name in sorted(found, key=natural):
        mask = np.zeros(len(calls.items), dtype=bool)
        mask[found[name]] = True
        out.append(Window(name, mask))
    return tuple(out)


def _merged(calls: RollCalls, years: Sequence[Window], spans: Sequence[tuple[int, int]]) -> tuple[Window, ...]:
    import numpy as np

    out = []
    for first, last in spans:
        mask = np.zeros(len(calls.items), dtype=bool)
        for window in years:
            if first <= int(window.label) <= last:
                mask |= window.items
        label = str(first) if first == last else f"{first}-{last}"
        if not mask.any():
            raise NotPlaced(
                say("no item falls into {label}", label=label), (), hint=say("give periods that the roll calls cover")
            )
        out.append(Window(label, mask))
    return tuple(out)


def periods(text: str) -> tuple[tuple[int, int], ...]:
    """Return periods of years, first and last, in the order given.

    Raises
    ------
    InvalidRollCalls

    Examples
    --------
    >>> periods("1992-1999,2000")
    ((1992, 1999), (2000, 2000))
    """
    spans = []
    for part in text.split(","):
        found = _PERIOD.fullmatch(part.strip())
        if not found:
            hint = say("session, year, issue, or periods such as 1992-1999,2000-2004")
            raise InvalidRollCalls(say("{part!r} is no period", part=part.strip()), hint=hint)
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first:
            raise InvalidRollCalls(
                say("the period {part} ends before it begins", part=part.strip()), hint=say("write first-last")
            )
        spans.append((first, last))
    for one, two in zip(sorted(spans), sorted(spans)[1:], strict=False):
        if two[0] <= one[1]:
            raise InvalidRollCalls(
                say("the periods {one} and {two} overlap", one=f"{one[0]}-{one[1]}", two=f"{two[0]}-{two[1]}")
            )
    return tuple(spans)
