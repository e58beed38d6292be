"""The folder of an election, written: votes of a user's own, ready for every command."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from sailau.files.writing import write_folder
from sailau.records.contradictions import contradictions
from sailau.records.names import check_contender
from sailau.terms.errors import Place
from sailau.terms.tally import NATION, TOTALS, Contender, Tally

GIVEN = "the figures of the source contradict each other; all of them stand as given"
USUAL = ("kind", "party_list")
"""What need not be said of a contender."""


def write_election(
    folder: Path, tally: Tally, *, name: str, law: str, day: date, source: str, notes: Sequence[str] = ()
) -> None:
    """Write the votes of an election as a folder that `read_election` reads; no seats are official.

    Parameters
    ----------
    folder : Path
        A new one.
    tally : Tally
    name : str
        The id of the election: ``xx/council/2024-05-05``.
    law : str
        The edition under which it counts: ``kz/mazhilis@2022-11-05``.
    day : date
    source : str
        Where the votes are from.
    notes : sequence of str

    Raises
    ------
    Invalid
        The folder is there already, or cannot be made; a name that a record cannot hold.
    """
    for ballots in tally.tiers.values():
        for lines in ballots.votes.values():
            for line in lines:
                check_contender(line, Place(str(folder)))
    rankings = {tier: ballots.rankings for tier, ballots in tally.tiers.items() if ballots.rankings}
    files = {
        "election.yaml": _form(tally, name, law, day, source, notes),
        "votes.csv": _table(("tier", "district", "contender", "votes"), _votes(tally)),
        "districts.csv": _table(("tier", "district", "seats", "region", *TOTALS), _districts(tally)),
        "seats.csv": _table(("tier", "district", "contender", "seats"), _declared(tally)),
    }
    if rankings:
        files["ballots.csv"] = _table(("tier", "district", "ranking", "votes"), _rankings(rankings))
    write_folder(folder, {path: text.encode() for path, text in files.items()})


def _form(tally: Tally, name: str, law: str, day: date, source: str, notes: Sequence[str]) -> str:
    form: dict[str, Any] = {"election": name, "name": name, "law": law, "held_on": day, "level": "local"}
    form |= {"unit": tally.unit} if tally.unit else {}
    totals = {
        tier: {
            **ballots.totals.get(NATION, {}),
            **({"seats": ballots.seats[NATION]} if NATION in ballots.seats else {}),
        }
        for tier, ballots in tally.tiers.items()
    }
    form |= {"declared": list(tally.declared)} if tally.declared else {}
    form["totals"] = {tier: dict(figures) for tier, figures in totals.items() if figures}
    there = _there(tally)
    form["contenders"] = {name: marks for name, c in tally.contenders.items() if name in there and (marks := _marks(c))}
    form["sources"] = {"own": {"title": source, "read_on": date.today()}}
    form |= {"conflicts": told} if (told := _conflicts(tally)) else {}
    form["notes"] = [*map(str, notes), "No official seats are on record: seats.csv is there for them."]
    return yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=120)


def _there(tally: Tally) -> set[str]:
    """Return who has votes or seats, or is named by somebody's marks: marks of others have no place in a folder."""
    there = {line for part in tally.tiers.values() for lines in part.votes.values() for line in lines}
    there |= {name for seats in tally.declared.values() for name in seats}
    return there | {name for marks in tally.contenders.values() for name in (marks.party, *marks.members) if name}


def _conflicts(tally: Tally) -> list[dict[str, Any]]:
    """Say of figures that cannot all be true that they are as given."""
    return [
        {"about": about, "values": {"as given": str(sentence)}, "chosen": "all of them", "why": GIVEN}
        for tier, ballots in tally.tiers.items()
        for about, sentence in contradictions(tier, ballots)
    ]


def _marks(contender: Contender) -> dict[str, Any]:
    marks = {
        "party": contender.party, "kind": contender.kind, "members": list(contender.members),
        "apparentment": list(contender.apparentment), "registered": contender.registered,
        "candidates": contender.candidates, "reserved": contender.reserved, "traits": sorted(contender.traits),
        "names": dict(contender.names), "colour": contender.colour,
        "age": None if contender.age is None else str(contender.age),
    }  # fmt: skip
    return {key: value for key, value in marks.items() if value not in (None, [], {}) and (key, value) != USUAL}


def _table(columns: Sequence[str], rows: Iterator[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _votes(tally: Tally) -> Iterator[Sequence[object]]:
    for tier, ballots in tally.tiers.items():
        for area, lines in ballots.votes.items():
            if area not in ballots.rankings:
                yield from ((tier, "" if area == NATION else area, name, n) for name, n in lines.items())


def _declared(tally: Tally) -> Iterator[Sequence[object]]:
    for tier, seats in tally.declared.items():
        yield from ((tier, "", name, n) for name, n in seats.items())


def _districts(tally: Tally) -> Iterator[Sequence[object]]:
    for tier, ballots in tally.tiers.items():
        for area in dict.fromkeys((*ballots.votes, *ballots.totals, *ballots.seats, *ballots.regions)):
            if area != NATION:
                figures = ballots.totals.get(area, {})
                numbers = [figures.get(name, "") for name in TOTALS]
                yield (tier, area, ballots.seats.get(area, ""), ballots.regions.get(area, ""), *numbers)


def _rankings(rankings: Mapping[str, Mapping[str, Mapping[tuple[str, ...], int]]]) -> Iterator[Sequence[object]]:
    for tier, areas in rankings.items():
        for area, rows in areas.items():
            yield from ((tier, "" if area == NATION else area, ">".join(ranking), n) for ranking, n in rows.items())
