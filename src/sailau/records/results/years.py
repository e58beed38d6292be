"""Columns that are called by years: the same list at several elections, which are no districts and no contenders."""

from __future__ import annotations

import re

from sailau.files.problems import CellPlace
from sailau.records.results.draft import OPEN, Draft
from sailau.records.results.problems import FaultyResults
from sailau.terms.speech import say

_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def refuse_years(draft: Draft) -> None:
    """Refuse a table of which a column of numbers is called by a year and others stand beside it.

    Raises
    ------
    FaultyResults
        Their votes would be added up as those of districts, or be taken for contenders.
    """
    open_ = draft.find(OPEN)
    years = [i for i in open_ if _YEAR.fullmatch(draft.columns[i].header.strip())]
    if len(open_) < 2 or not years:
        return
    shown = ", ".join(draft.columns[i].header for i in years)
    line = draft.table.numbers[draft.header.rows[-1]] if draft.header.rows else None
    raise FaultyResults(
        say("has columns called by years ({shown}); a file holds one election", shown=shown),
        place=CellPlace(draft.table.path, line, sheet=draft.table.sheet),
        hint=say(
            "say which column holds its votes, by the letter: --column {letter}=votes",
            letter=draft.columns[years[-1]].letter,
        ),
    )
