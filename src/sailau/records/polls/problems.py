"""Problems of a file of polls."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sailau.records.results.problems import FaultyResults

CODES: Mapping[str, str] = MappingProxyType(
    {
        "E301": "a date is missing, or is none",
        "E302": "a date that can be read in two ways",
        "E303": "fieldwork that ends before it begins",
        "E304": "a share that is no number",
        "E305": "a share below 0 or above the whole",
        "E306": "shares that add up to more than the whole",
        "E307": "shares that leave a rest which nobody names",
        "E308": "a sample size that is no number of people",
        "E309": "a poll without a house",
        "E310": "the same poll twice",
        "E311": "percentages and fractions in one file",
        "E312": "a row with more cells than the header",
        "E313": "a poll that names no contender",
        "W401": "polls do not say how many they asked",
        "W402": "shares were scaled to add up to the whole",
        "W403": "what a poll does not name was taken for others",
        "W404": "a column was left out, for it is not understood",
        "W405": "a row was left out: a note, an empty row",
        "W406": "the encoding was guessed",
        "W407": "a share below a limit was taken for half of it",
        "W408": "a row is an election result, through which the walk passes",
        "W409": "shares are of all who were asked, the undecided among them",
        "W410": "another sheet looks like polls too",
        "W411": "no column names the house",
        "W412": "polls of a part of the country were left out",
        "E314": "no poll is of the whole country",
    }
)
"""What each code stands for; E stops the reading (or costs the row), W never does. Names have the codes of results."""


class FaultyPolls(FaultyResults):
    """A file of polls that was not read; `problems` holds each finding, none where the whole file is refused."""
