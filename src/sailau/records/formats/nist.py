"""NIST SP 1500-100, results of elections as JSON (version 2) or XML: contests, selections, counts by unit.

Version 1, which is still written, has XML only: every list stands in a part of its own (``ContestCollection``), a
selection is a ``BallotSelection``, and ids are ``objectId``. It is brought into the form of version 2 first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from sailau.files.problems import Problem
from sailau.files.tables import Format, Table
from sailau.records.formats.contest import WHOLE, Contest, note, tables_of
from sailau.records.formats.xml import local, parse
from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

_JSON = re.compile(rb'"ElectionResults\.ElectionReport"|"@type"\s*:\s*"ElectionReport"')
_XML = re.compile(rb"<(?:\w+:)?ElectionReport\b")
_REFERENCES = {"CandidateIds", "PartyIds", "OfficeIds", "ComposingGpUnitIds", "PartyId", "GpUnitId"}
_SEVERAL = {"Contest", "Candidate", "Party", "GpUnit", "ContestSelection", "VoteCounts", "OtherCounts", "Election"}
_RENAMED = {"BallotSelection": "ContestSelection", "ElectoralDistrictId": "ElectionDistrictId"}
"""Parts of version 1 by their names in version 2."""

_COLLECTION = "Collection"
Item = Mapping[str, Any]


def _sniff_json(raw: bytes, path: str) -> float:  # noqa: ARG001  # a sniffer sees the name too
    return 0.95 if _JSON.search(raw[:200_000]) else 0.0


def _sniff_xml(raw: bytes, path: str) -> float:  # noqa: ARG001  # a sniffer sees the name too
    return 0.95 if _XML.search(raw[:4000]) else 0.0


def _read_json(raw: bytes, path: str, error: type[Invalid]) -> tuple[Table, ...]:
    try:
        report = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise error(say("is no JSON text"), place=Place(path), hint=say("export it again")) from None
    return _tables(report, path, error)


def _read_xml(raw: bytes, path: str, error: type[Invalid]) -> tuple[Table, ...]:
    report = _as_json(parse(raw, path, error))
    return _tables(report if isinstance(report, dict) else {}, path, error)


def _as_json(node: Element) -> Any:
    """Return an XML part in the shape of the JSON form: ``@id`` and ``@type``, repeated parts as lists."""
    if not len(node) and not node.attrib:
        text = (node.text or "").strip()
        return text.split() if node.tag in _REFERENCES and node.tag.endswith("Ids") else text
    out: dict[str, Any] = {}
    for name, value in node.attrib.items():
        key = {"ObjectId": "@id", "objectId": "@id", "type": "@type"}.get(local(name), local(name))
        out[key] = value
    for child in _children(node):
        tag, found = _RENAMED.get(child.tag, child.tag), _as_json(child)
        if tag in _SEVERAL or tag == "Text":
            out.setdefault(tag, []).append(found)
        else:
            out[tag] = found
    text = (node.text or "").strip()
    return {**out, "Content": text} if text else out


def _children(node: Element) -> Iterator[Element]:
    """Yield the parts of a part, those of a collection one by one."""
    for child in node:
        if child.tag.endswith(_COLLECTION):
            yield from child
        else:
            yield child


def _tables(report: Item, path: str, error: type[Invalid]) -> tuple[Table, ...]:
    parties = {str(part.get("@id")): _text(part.get("Name")) for part in _parts(report, "Party")}
    units = {str(part.get("@id")): part for part in _parts(report, "GpUnit")}
    problems: list[Problem] = []
    contests: list[Contest] = []
    for election in _parts(report, "Election"):
        people = {str(part.get("@id")): part for part in _parts(election, "Candidate")}
        contests += [_contest(part, people, parties, units, problems, path) for part in _parts(election, "Contest")]
    filled = _grouped([contest for contest in contests if contest.rows])
    if not filled:
        raise error(
            say("is a report without counts of votes"), place=Place(path), hint=say("export it with VoteCounts")
        )
    return tables_of(filled, path, "nist", problems)


def _contest(
    part: Item,
    people: Mapping[str, Item],
    parties: Mapping[str, str],
    units: Mapping[str, Item],
    problems: list[Problem],
    path: str,
) -> Contest:
    contest = Contest(_text(part.get("Name")) or str(part.get("@id", "contest")))
    whole = str(part.get("ElectionDistrictId", ""))
    selections = _parts(part, "ContestSelection")
    counts = [count for selection in selections for count in _parts(selection, "VoteCounts") if _is_number(count)]
    leaves = _leaves({str(count.get("GpUnitId", "")) for count in counts}, whole, units)
    types = {str(count.get("Type", "total")) for count in counts}
    if "total" not in types and len(types) > 1:
        what = say(
            "{name}: counts by {types} were added up; the file gives no totals",
            name=contest.name,
            types=", ".join(sorted(types)),
        )
        problems.append(note(path, "W204", what))
    for selection in selections:
        contender, party = _who(selection, people, parties)
        for unit, n in _by_unit(
            filter(_is_number, _parts(selection, "VoteCounts")), leaves, whole, by_total="total" in types
        ):
            contest.add(_area(unit, whole, units, leaves), contender, party, n)
    skipped = {str(count.get("GpUnitId", "")) for count in counts} - leaves - {whole}
    if skipped:
        names = ", ".join(sorted(_unit_name(unit, units) for unit in skipped)[:5])
        problems.append(
            note(
                path,
                "W203",
                say("{name}: {names} add up smaller units and were left out", name=contest.name, names=names),
            )
        )
    return contest


def _is_number(count: Item) -> bool:
    """Say whether a count is of votes: some writers put percentages among the counts of another type."""
    return not (count.get("Type") == "other" and "percent" in str(count.get("OtherType", "")).lower())


def _by_unit(
    counts: Iterable[Item], leaves: set[str], whole: str, *, by_total: bool
) -> Iterator[tuple[str, int | str]]:
    sums: dict[str, int | str] = {}
    for count in counts:
        unit = str(count.get("GpUnitId", ""))
        if (unit not in leaves and unit != whole) or (by_total and str(count.get("Type", "total")) != "total"):
            continue
        given = count.get("Count")
        shown = str(given).removesuffix(".0")
        before = sums.get(unit)
        sums[unit] = (
            int(shown) + before
            if shown.isdecimal() and isinstance(before, int)
            else (int(shown) if shown.isdecimal() else str(given))
        )
    yield from sums.items()


def _leaves(found: set[str], whole: str, units: Mapping[str, Item]) -> set[str]:
    """Return units with counts that are no sum of others with counts; the whole alone where there is nothing else."""
    parts = found - {whole}
    sums = {unit for unit in parts if _composing(unit, units) & parts}
    return (parts - sums) or found


def _composing(unit: str, units: Mapping[str, Item]) -> set[str]:
    """Return all units inside a unit, at any depth."""
    out: set[str] = set()
    waiting = [unit]
    while waiting:
        inside = units.get(waiting.pop(), {}).get("ComposingGpUnitIds") or []
        fresh = {str(part) for part in inside} - out
        out |= fresh
        waiting += fresh
    return out


def _area(unit: str, whole: str, units: Mapping[str, Item], leaves: set[str]) -> str:
    return WHOLE if unit == whole and leaves != {whole} else _unit_name(unit, units)


def _unit_name(unit: str, units: Mapping[str, Item]) -> str:
    return _text(units.get(unit, {}).get("Name")) or unit or "nation"


def _who(selection: Item, people: Mapping[str, Item], parties: Mapping[str, str]) -> tuple[str, str]:
    """Return the contender of a selection and its party."""
    found = [people[str(key)] for key in selection.get("CandidateIds") or [] if str(key) in people]
    if found:
        name = " / ".join(_text(person.get("BallotName")) for person in found)
        party = next((parties[str(p["PartyId"])] for p in found if str(p.get("PartyId")) in parties), "")
        return name, party
    lists = [parties.get(str(key), str(key)) for key in selection.get("PartyIds") or []]
    if lists:
        return " / ".join(lists), ""
    if str(selection.get("IsWriteIn", "")).lower() == "true":
        return "write-in", ""
    return _text(selection.get("Selection")) or str(selection.get("@id", "")), ""


def _grouped(contests: list[Contest]) -> list[Contest]:
    """Return contests that differ by a number only (District 1, District 2) as one, each a district."""
    groups: dict[str, list[Contest]] = {}
    for contest in contests:
        groups.setdefault(re.sub(r"\d+", "#", contest.name), []).append(contest)
    out = []
    for name, group in groups.items():
        if len(group) == 1:
            out += group
            continue
        whole = Contest(name)
        for contest in group:
            own = [row for row in contest.rows if row[0] == WHOLE] or contest.rows
            whole.rows += [(contest.name, who, party, n) for _, who, party, n in own]
        out.append(whole)
    return out


def _parts(item: Item, key: str) -> list[Item]:
    found = item.get(key) if isinstance(item, Mapping) else None
    return [part for part in found if isinstance(part, Mapping)] if isinstance(found, list) else []


def _text(value: Any) -> str:
    """Return a text that may be given in several languages; the first one."""
    if isinstance(value, Mapping):
        for part in _parts(value, "Text"):
            return " ".join(str(part.get("Content", "")).split())
        return " ".join(str(value.get("Content", "")).split())
    return " ".join(str(value).split()) if value is not None else ""


NIST_JSON = Format("nist", _sniff_json, _read_json)
NIST_XML = Format("nist", _sniff_xml, _read_xml)
