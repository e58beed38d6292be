"""A user's own file of polls, read with a report of everything that was found.

One row for each poll, one column for each contender. `words` tells what columns hold, `days` and `shares` read cells,
`rows` makes a poll of a row, `read` puts them together.
"""

from __future__ import annotations

from sailau.records.polls.problems import CODES, FaultyPolls
from sailau.records.polls.read import PollReading, read_polls

__all__ = ["CODES", "FaultyPolls", "PollReading", "read_polls"]
