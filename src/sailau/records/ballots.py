"""The ranked ballots of an election folder: ballots.csv, one row for each ranking of a district."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sailau.files.csvs import find_csv, rows_of, whole
from sailau.records.ranked import first_preferences
from sailau.seats.rankings import TOGETHER, names_of
from sailau.terms.errors import InvalidRecord, Place
from sailau.terms.tally import LINES, NATION

COLUMNS = (("tier", "votes", "ranking"), ("district", "source"))

Rankings = dict[str, dict[str, dict[tuple[str, ...], int]]]
"""Ballots by tier, district and ranking."""

Votes = dict[str, dict[str, dict[str, int]]]


def read_rankings(folder: Path) -> Rankings:
    """Read ``ballots.csv`` (or ``.csv.gz``) of an election folder; nothing when there is none.

    A ranking is written ``ann>bob>cyd``, the first preference first; a place may hold the marks ``overvote`` or
    ``skipped``, or several names (``ann=bob``), and an empty ranking is a blank ballot.

    Raises
    ------
    InvalidRecord
        With the line: an empty place, a ranking given twice, a count that is none.
    """
    path = find_csv(folder, "ballots")
    out: Rankings = {}
    for line, row in rows_of(path, *COLUMNS, InvalidRecord) if path else ():
        place = Place(str(path), line)
        ranking = tuple(map(_place, row["ranking"].split(">"))) if row["ranking"].strip() else ()
        if any("" in place.split(TOGETHER) for place in ranking):
            hint = "write a>b>c; a place that was left out is skipped"
            raise InvalidRecord(f"the ranking {row['ranking']!r} has an empty place", place=place, hint=hint)
        rows = out.setdefault(row["tier"], {}).setdefault(row.get("district") or NATION, {})
        if ranking in rows:
            raise InvalidRecord(f"the ranking {row['ranking']!r} stands twice", place=place)
        rows[ranking] = whole(row["votes"], "votes", path or folder, line, InvalidRecord)
    return out


def _place(text: str) -> str:
    return TOGETHER.join(sorted({name.strip() for name in text.split(TOGETHER)}))


def with_first_preferences(votes: Votes, rankings: Rankings, folder: Path) -> Votes:
    """Return the votes with the first preferences of ranked ballots; where both are given they must agree.

    Raises
    ------
    InvalidRecord
        votes.csv gives a candidate another number of first preferences than the ballots, or leaves one out.
    """
    out = {tier: dict(areas) for tier, areas in votes.items()}
    for tier, areas in rankings.items():
        for area, rows in areas.items():
            found = first_preferences(rows, _names(rows))
            given = votes.get(tier, {}).get(area)
            if given is None:
                out.setdefault(tier, {})[area] = found
            else:
                _compare(found, given, f"{tier}, {area}", folder)
    return out


def _names(rows: Mapping[tuple[str, ...], int]) -> list[str]:
    return sorted({name for ranking in rows for place in ranking for name in names_of(place)})


def _compare(found: Mapping[str, int], given: Mapping[str, int], where: str, folder: Path) -> None:
    for name in sorted({*found, *(line for line in given if line not in LINES)}):
        if name not in given or given[name] != found.get(name, 0):
            stated = f"{given[name]:,}" if name in given else "nothing"
            what = f"{where}: the ballots give {name} {found.get(name, 0):,} first preferences, votes.csv {stated}"
            raise InvalidRecord(what, place=Place(str(folder)), hint="correct one of them, or leave votes.csv out")
