"""A count as sheets: the result, every step with its figures, every seat, the votes, the law, the sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sailau.law.result import Result
from sailau.records.election import Election
from sailau.report.records import reading
from sailau.report.results import result_table, seats_table
from sailau.report.table import Cell, Table
from sailau.seats.explain import lines
from sailau.terms.numbers import spell
from sailau.terms.tally import NATION, Tally
from sailau.terms.trail import Entry
from sailau.terms.version import version

_MOST_STEPS = 200


def result_sheets(result: Result, *, election: Election | None = None, title: str = "") -> dict[str, Table]:
    """Return the sheets of a count, by name.

    Parameters
    ----------
    result : Result
    election : Election, optional
        Gives the declared seats and the sources.
    title : str
    """
    declared = election.declared_seats() if election else {}
    sheets = {"result": result_table(result, title=title, declared=declared)}
    sheets |= step_sheets(result)
    sheets["every seat"] = seats_table(result)
    sheets["votes"] = votes_table(result.tally)
    if election is not None:
        sheets["sources"] = sources_table(election)
    sheets["about"] = about_table(result, election)
    return sheets


def step_sheets(result: Result) -> dict[str, Table]:
    """Return one sheet for each step of each tier: what happened in every area, and the figures of every contender."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in result.trail:
        groups.setdefault((entry.tier, entry.key.partition(".")[0]), []).append(entry)
    words: dict[tuple[str, str], list[tuple[Cell, ...]]] = {}
    for line in lines(result.trail):
        words.setdefault((line.tier, line.label), []).append((line.area, line.label, line.text, line.cite))
    out = {}
    for number, ((tier, step), entries) in enumerate(list(groups.items())[:_MOST_STEPS], 1):
        cites = ", ".join(dict.fromkeys(entry.cite for entry in entries))
        rows = tuple(row for entry in entries for row in _figures(entry))
        title = f"{tier}: {step} [{cites}]"
        out[f"{number} {tier} {step}"] = Table(("area", "figure", "contender", "value", "article"), rows, title)
    explained = tuple(row for found in words.values() for row in found)
    out["in words"] = Table(("area", "step", "what", "article"), explained, f"{result.law}: in words")
    return out


def _figures(entry: Entry) -> list[tuple[Cell, ...]]:
    """Return the facts of an entry as rows, exact, and who won seats by it."""
    area = "" if entry.area == NATION else entry.area
    rows: list[tuple[Cell, ...]] = []
    for name, value in entry.facts.items():
        rows += [(area, name, who, _exact(part), entry.cite) for who, part in _spread(value)]
    for cause in entry.causes:
        claim = f" ({spell(cause.claim)})" if cause.claim is not None else ""
        rows.append((area, f"seats by {cause.kind}{claim}", cause.contender, len(cause.seats), entry.cite))
    return rows


def _spread(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return [(str(key), part) for key, part in value.items()]
    if isinstance(value, list | tuple | set | frozenset):
        return [("", ", ".join(str(part) for part in value))] if value else []
    return [("", value)]


def _exact(value: Any) -> Cell:
    if value is None or isinstance(value, int | str | float):
        return value
    return str(value)


def votes_table(tally: Tally) -> Table:
    """Return every count of a tally: tier, area, contender, votes, and the figures of the areas."""
    rows: list[tuple[Cell, ...]] = []
    for tier, ballots in tally.tiers.items():
        for area, votes in ballots.votes.items():
            rows += [(tier, area, name, tally.party(name), n) for name, n in votes.items()]
        for area, totals in ballots.totals.items():
            rows += [(tier, area, name, None, n) for name, n in totals.items()]
    return Table(("tier", "district", "contender", "party", "votes"), tuple(rows), "Votes")


def sources_table(election: Election) -> Table:
    """Return the sources of an election, and where they disagree."""
    rows: list[tuple[Cell, ...]] = [
        (s.key, s.title, s.publisher, s.url, str(s.read_on) if s.read_on else reading(s), s.licence, s.sha256)
        for s in election.sources.values()
    ]
    notes = [f"{c.about}: {c.chosen} was followed. {c.why}" for c in election.conflicts] + list(election.notes)
    columns = ("source", "title", "publisher", "address", "read_on", "licence", "sha256")
    return Table(columns, tuple(rows), f"Sources of {election.name}", tuple(notes))


def about_table(result: Result, election: Election | None) -> Table:
    """Return what was counted, under which law, with which changes and decisions, by which version."""
    rows: list[tuple[Cell, ...]] = [("sailau", version()), ("law", str(result.law)), ("name", result.law.name)]
    if election is not None:
        rows += [("election", election.id), ("held on", str(election.day))]
    rows += [(f"changed: {path}", str(value)) for path, value in result.law.changes.items()]
    rows += [(f"decided: {key}", ", ".join(answer)) for key, answer in result.decisions.items()]
    checked = result.law.checked
    rows.append(("compared with the statute", str(checked.on) if checked is not None else "no (checked: null)"))
    return Table(("what", "value"), tuple(rows), "About this count")
