"""EML of OASIS: 510 holds counts by contest and reporting unit, 520 says who was elected.

Lists are counted where the file counts them; their candidates stand below them and would count a vote twice. The
dialect of the Netherlands keeps registered voters under Cast, blank and invalid papers under RejectedVotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sailau.files.problems import Problem
from sailau.files.tables import Format, Table
from sailau.records.formats.contest import WHOLE, Contest, note, tables_of
from sailau.records.formats.xml import named, parse, text_at
from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

_ROOT = re.compile(rb"<(?:\w+:)?EML\b", re.IGNORECASE)
_DUTCH = b"kiesraad.nl"
_REASONS = {"blanco": "blank", "blank": "blank", "ongeldig": "invalid", "invalid": "invalid"}
_UNCOUNTED = {"toegelaten kiezers": "voters"}


def _sniff(raw: bytes, path: str) -> float:  # noqa: ARG001  # a sniffer sees the name too
    return 0.9 if _ROOT.search(raw[:4000]) else 0.0


def _read(raw: bytes, path: str, error: type[Invalid]) -> tuple[Table, ...]:
    root = parse(raw, path, error)
    kind = root.get("Id", "")[:3]
    count = next(named(root, "Count"), None)
    if count is None:
        what = {"520": say("EML 520, which says who was elected and holds no votes")}.get(
            kind, say("EML {kind}", kind=kind or "?")
        )
        hint = say(
            "votes are in the 510 of the same election; sailau convert FILE seats.csv writes down who was elected"
        )
        raise error(say("is {what}", what=what), place=Place(path), hint=hint)
    problems: list[Problem] = []
    contests = [
        _contest(contest, problems, path, dutch=_DUTCH in raw)
        for election in named(count, "Election")
        for contests in named(election, "Contests")
        for contest in named(contests, "Contest")
    ]
    if not any(contest.rows for contest in contests):
        raise error(
            say("is EML 510 without counts"), place=Place(path), hint=say("export it when the count is finished")
        )
    return tables_of(_joined(contests), path, "eml", problems)


def _contest(node: Element, problems: list[Problem], path: str, *, dutch: bool) -> Contest:
    identifier = node.find("ContestIdentifier")
    name = text_at(node, "ContestIdentifier", "ContestName")
    contest = Contest(name or (identifier.get("Id", "") if identifier is not None else "") or "contest")
    units = list(named(node, "ReportingUnitVotes"))
    for unit in units:
        label = unit.find("ReportingUnitIdentifier")
        area = text_at(unit, "ReportingUnitIdentifier") or (label.get("Id", "") if label is not None else "")
        _votes(unit, area, contest, problems, path, dutch=dutch)
    for whole in named(node, "TotalVotes"):
        _votes(whole, WHOLE if units else contest.name, contest, problems, path, dutch=dutch)
    return contest


def _joined(contests: list[Contest]) -> list[Contest]:
    """Return several contests as one, each a district, where they are parts of one election."""
    filled = [contest for contest in contests if contest.rows]
    if len(filled) < 2:
        return filled
    whole = Contest("all")
    for contest in filled:
        own = [row for row in contest.rows if row[0] in (WHOLE, contest.name)] or contest.rows
        whole.rows += [(contest.name, *rest) for _, *rest in own]  # type: ignore[misc]  # four parts again
    return [whole]


def _votes(node: Element, area: str, contest: Contest, problems: list[Problem], path: str, *, dutch: bool) -> None:
    lists = any(True for part in named(node, "Selection") if part.find("AffiliationIdentifier") is not None)
    for selection in named(node, "Selection"):
        contender, party = _who(selection)
        if lists and selection.find("AffiliationIdentifier") is None:
            continue
        contest.add(area, contender, party, text_at(selection, "ValidVotes"))
    for figure, count in _figures(node, dutch=dutch):
        contest.add(area, figure, "", count)
    for part in named(node, "RejectedVotes", "UncountedVotes"):
        reason = part.get("ReasonCode", "")
        known = reason in _REASONS if part.tag == "RejectedVotes" else reason in _UNCOUNTED
        what = say(
            "{tag} for {reason} was left out; it is no figure that a law asks for",
            tag=part.tag,
            reason=reason or say("no reason"),
        )
        if not known and not any(problem.what == what for problem in problems):
            problems.append(note(path, "W203", what))


def _who(selection: Element) -> tuple[str, str]:
    """Return the contender of a selection, and the party of a candidate."""
    party = text_at(selection, "AffiliationIdentifier", "RegisteredName")
    if selection.find("AffiliationIdentifier") is not None:
        identifier = selection.find("AffiliationIdentifier")
        return party or f"list {identifier.get('Id', '') if identifier is not None else ''}", ""
    referendum = text_at(selection, "ReferendumOptionIdentifier")
    if referendum:
        return referendum, ""
    candidate = selection.find("Candidate")
    if candidate is None:
        return "", ""
    label = candidate.find("CandidateIdentifier")
    name = text_at(candidate, "CandidateIdentifier", "CandidateName") or _full_name(candidate)
    number = label.get("Id", "") if label is not None else ""
    party = text_at(candidate, "Affiliation", "AffiliationIdentifier", "RegisteredName")
    return name or f"candidate {number}", party


def _full_name(candidate: Element) -> str:
    return text_at(candidate, "CandidateFullName", "PersonName") or text_at(candidate, "CandidateFullName")


def _figures(node: Element, *, dutch: bool) -> Iterator[tuple[str, str]]:
    cast, counted = text_at(node, "Cast"), text_at(node, "TotalCounted")
    if cast and cast != "0":
        yield "registered" if dutch else "ballots", cast
    if counted:
        yield "valid", counted
    for part in named(node, "RejectedVotes"):
        if part.get("ReasonCode", "") in _REASONS:
            yield _REASONS[part.get("ReasonCode", "")], text_at(part)
    for part in named(node, "UncountedVotes"):
        if part.get("ReasonCode", "") in _UNCOUNTED:
            yield _UNCOUNTED[part.get("ReasonCode", "")], text_at(part)


def elected(raw: bytes, path: str, error: type[Invalid]) -> list[tuple[str, str, str]]:
    """Return who was elected after EML 520: contest, person (or list), party.

    Raises
    ------
    Invalid
        The class given as `error`: no EML 520, or nobody was elected.
    """
    root = parse(raw, path, error)
    out = []
    for result in root.iter("Result"):
        for contest in result.iter("Contest"):
            identifier = contest.find("ContestIdentifier")
            name = text_at(contest, "ContestIdentifier", "ContestName")
            name = name or (identifier.get("Id", "") if identifier is not None else "")
            out += [(name, *who) for who in _elected_in(contest)]
    if not out:
        raise error(say("is no EML 520 with elected candidates"), place=Place(path), hint=say("votes are in EML 510"))
    return out


def _elected_in(contest: Element) -> Iterator[tuple[str, str]]:
    """Yield person and party of those elected; in the Dutch dialect the list stands before its candidates."""
    party = ""
    for selection in named(contest, "Selection"):
        contender, own = _who(selection)
        if selection.find("AffiliationIdentifier") is not None and selection.find("Candidate") is None:
            party = contender
        elif text_at(selection, "Elected").lower() in ("yes", "true"):
            yield contender, own or party


EML = Format("eml", _sniff, _read)
