"""Cast vote records that come as a folder: manifests and exports in JSON, or one XML file for each ballot."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from sailau.files.kinds import read_bytes
from sailau.records.cast.marks import WRITTEN, Cast, Mark, pick
from sailau.records.formats.xml import named, parse, text_at
from sailau.records.sheet import Sheet
from sailau.terms.errors import InvalidResults, Place

Item = Mapping[str, Any]

CONTESTS, CANDIDATES = "ContestManifest.json", "CandidateManifest.json"
_LEFT_OUT = 7
"""The condition by which an export says that a contest of a card is not to be counted."""


def read_export(folder: Path, contest: str | None, names: Mapping[str, str]) -> Sheet:
    """Read a folder with ContestManifest.json, CandidateManifest.json and CvrExport*.json (Dominion's export).

    The adjudicated record counts where there is one; ambiguous marks do not. `contest` is its name or its number,
    `names` may give names for numbers of candidates.
    """
    cast = Cast(folder, names)
    titles = {str(c.get("Id")): str(c.get("Description", "")).strip() for c in _list(folder / CONTESTS)}
    title = titles.get(contest or "") or pick(contest, titles.values(), cast.sheet)
    number = contest if contest in titles else next(key for key, name in titles.items() if name == title)
    listed = _list(folder / CANDIDATES)
    people = {str(c.get("Id")): str(c.get("Description", "")) for c in listed}
    people |= {key: names[key] for key in people if key in names}
    cast.stand(people[str(c.get("Id"))] for c in listed if str(c.get("ContestId")) == number and not c.get("Disabled"))
    for path in sorted(folder.glob("CvrExport*.json")):
        for session in _of(_object(path), "Sessions"):
            for marks in _cards(session, str(number)):
                cast.add([(int(m["Rank"]), people.get(str(m["CandidateId"]), "")) for m in marks if _counts(m)])
    return cast.done(title)


def _counts(mark: Item) -> bool:
    return not mark.get("IsAmbiguous") and isinstance(mark.get("Rank"), int) and "CandidateId" in mark


def _cards(session: Item, contest: str) -> Iterator[list[Item]]:
    """Yield the marks of each card of a session that has the contest."""
    record = session.get("Original")
    if isinstance(record, Mapping) and not record.get("IsCurrent", True):
        record = session.get("Modified")
    if not isinstance(record, Mapping):
        return
    for card in _of(record, "Cards") or [record]:
        for found in _of(card, "Contests"):
            conditions = found.get("OutstackConditionIds")
            left_out = isinstance(conditions, list) and _LEFT_OUT in conditions
            if str(found.get("Id")) == contest and not left_out:
                yield _of(found, "Marks")


def _object(path: Path) -> Item:
    try:
        found = json.loads(read_bytes(path, InvalidResults).decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InvalidResults("is no JSON text", place=Place(str(path)), hint="export it again") from None
    return found if isinstance(found, Mapping) else {}


def _of(item: Item, key: str) -> list[Item]:
    found = item.get(key)
    return [part for part in found if isinstance(part, Mapping)] if isinstance(found, list) else []


def _list(path: Path) -> list[Item]:
    return _of(_object(path), "List")


def read_ballot_files(folder: Path, contest: str | None, names: Mapping[str, str]) -> Sheet:
    """Read a folder with one XML file for each ballot, ranks as digits: 0100 is a mark at rank 2 (Hart's export).

    `contest` is its name or its id; options without a name, and those whose id `names` calls so, are write-ins.
    """
    cast = Cast(folder, names)
    ballots = [_contests(path) for path in sorted(folder.glob("*.xml")) if not path.name.endswith(".sig.xml")]
    titles = {text_at(c, "Id"): text_at(c, "Name") for ballot in ballots for c in ballot}
    title = titles.get(contest or "") or pick(contest, titles.values(), cast.sheet)
    for ballot in ballots:
        for found in ballot:
            if text_at(found, "Name") == title if contest not in titles else text_at(found, "Id") == contest:
                cast.add(_options(found, names))
    return cast.done(title)


def _contests(path: Path) -> list[Element]:
    root = parse(read_bytes(path, InvalidResults), str(path), InvalidResults)
    return [c for group in named(root, "Contests") for c in named(group, "Contest")]


def _options(contest: Element, names: Mapping[str, str]) -> Iterator[Mark]:
    for group in named(contest, "Options"):
        for option in named(group, "Option"):
            key, digits = text_at(option, "Id"), text_at(option, "Value")
            name = names.get(key) or text_at(option, "Name") or WRITTEN
            yield from ((rank, name) for rank, digit in enumerate(digits, 1) if digit == "1")
