"""Cast vote records in the common data format (NIST SP 1500-103), as JSON or XML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from sailau.files.kinds import read_bytes
from sailau.records.cast.marks import WRITTEN, Cast, Mark, pick
from sailau.records.formats.xml import parse
from sailau.records.sheet import Sheet
from sailau.terms.errors import InvalidResults, Place

Item = Mapping[str, Any]


def read_cdf(path: Path, contest: str | None, names: Mapping[str, str]) -> Sheet:
    """Read the ballots of one contest: the current snapshot of each record, and the marks in it that count.

    A mark counts unless it is said not to be indicated or not to be allocable; a selection whose status is
    ``needs-adjudication`` is passed over.
    """
    raw = read_bytes(path, InvalidResults)
    xml = raw.lstrip(b"\xef\xbb\xbf\t\n\r ").startswith(b"<")
    report = _as_item(parse(raw, str(path), InvalidResults)) if xml else _json(raw, path)
    cast = Cast(path, names)
    elections = _items(report, "Election")
    contests = {_text(c, "Name"): c for election in elections for c in _items(election, "Contest")}
    title = pick(contest, contests, cast.sheet)
    people = {_id(c): _text(c, "Name") for election in elections for c in _items(election, "Candidate")}
    who = {_id(selection): _who(selection, people) for selection in _items(contests[title], "ContestSelection")}
    cast.stand(who.values())
    for record in _items(report, "CVR"):
        found = _contest_of(record, _id(contests[title]))
        if found is not None:
            cast.add(_marks(found, who, cast.sheet))
    return cast.done(title)


def _json(raw: bytes, path: Path) -> Item:
    try:
        report = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InvalidResults("is no JSON text", place=Place(str(path)), hint="export it again") from None
    return report if isinstance(report, Mapping) else {}


def _as_item(node: Element) -> Item:
    """Return an element as JSON would have it: parts by name, each in a list, attributes and text."""
    item: dict[str, Any] = {f"@{key}": value for key, value in node.attrib.items()}
    for part in node:
        item.setdefault(part.tag, []).append(_as_item(part) if len(part) or part.attrib else (part.text or "").strip())
    return item


def _items(item: Item, key: str) -> list[Item]:
    found = item.get(key)
    return [part for part in found if isinstance(part, Mapping)] if isinstance(found, list) else []


def _value(item: Item, key: str) -> Any:
    found = item.get(key)
    return found[0] if isinstance(found, list) and found else found


def _text(item: Item, key: str) -> str:
    found = _value(item, key)
    return "" if found is None else " ".join(str(found).split())


def _id(item: Item) -> str:
    return _text(item, "@id") or _text(item, "@ObjectId")


def _yes(item: Item, key: str) -> bool:
    return _text(item, key).lower() in ("true", "1", "yes")


def _who(selection: Item, people: Mapping[str, str]) -> str:
    return WRITTEN if _yes(selection, "IsWriteIn") else people.get(_text(selection, "CandidateIds"), "")


def _contest_of(record: Item, contest: str) -> Item | None:
    current = _text(record, "CurrentSnapshotId")
    for snapshot in _items(record, "CVRSnapshot"):
        if _id(snapshot) == current:
            return next((c for c in _items(snapshot, "CVRContest") if _text(c, "ContestId") == contest), None)
    return None


def _marks(contest: Item, who: Mapping[str, str], sheet: Sheet) -> Iterator[Mark]:
    for selection in _items(contest, "CVRContestSelection"):
        if _text(selection, "Status") == "needs-adjudication":
            continue
        key = _text(selection, "ContestSelectionId")
        if not who.get(key):
            raise sheet.fault(f"the selection {key!r} of a ballot is none of the contest, or names nobody")
        if "Rank" in selection:
            yield _rank(selection, sheet), who[key]
            continue
        for position in _items(selection, "SelectionPosition"):
            if _text(position, "HasIndication") != "no" and _text(position, "IsAllocable") != "no":
                yield _rank(position, sheet), WRITTEN if "CVRWriteIn" in position else who[key]


def _rank(item: Item, sheet: Sheet) -> int:
    text = _text(item, "Rank")
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise sheet.fault(f"a mark has the rank {text!r}", hint="the contest is not ranked, or its ranks are left out")
    return int(text)
