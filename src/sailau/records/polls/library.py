"""The library of polls: a folder for each election, polls.yaml and polls.csv in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from sailau.files.document import read_document
from sailau.files.forms import Exact, Form, Names, check
from sailau.files.places import shipped
from sailau.records.election import Source
from sailau.records.election_form import SourceForm
from sailau.records.polls.read import read_polls
from sailau.terms.errors import InvalidRecord, NotFound
from sailau.votes.polls.poll import OTHERS, Anchor, Polls

CLOSE = Fraction(1, 1000)


class ResultForm(Form):
    """An election result that the archive does not hold."""

    day: date
    shares: dict[str, Exact]


class PollSetForm(Form):
    """A polls.yaml file."""

    polls: str
    name: str
    day: date
    election: str | None = None
    base: str | None = None
    law: str | None = None
    results: list[ResultForm] = []
    sources: dict[str, SourceForm]
    notes: Names = ()


@dataclass(frozen=True, slots=True)
class PollSet:
    """The polls before one election.

    Attributes
    ----------
    id : str
        ``se/riksdag/2018-09-09``.
    name : str
    day : date
        Of the election.
    polls : Polls
    election : str, optional
        The election in the archive, if its result is there.
    base : str, optional
        The election before.
    law : str, optional
        The law under which seats are counted, where it is not that of the election.
    results : tuple of Anchor
        Results that the archive does not hold, of the election before and of this one.
    sources : mapping of str to Source
    notes : tuple of str
    """

    id: str
    name: str
    day: date
    polls: Polls
    election: str | None = None
    base: str | None = None
    law: str | None = None
    results: tuple[Anchor, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def poll_ids(*, folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the ids of all sets of polls, in alphabetical order."""
    return tuple(sorted(_index(tuple(folders))))


def load_polls(name: str, *, folders: Sequence[Path] = ()) -> PollSet:
    """Return a set of polls by its id, that of the election they precede.

    Raises
    ------
    NotFound
        No such set; the error names the nearest ids.
    InvalidRecord, InvalidResults
        Its files are at fault.
    """
    folder = _index(tuple(folders)).get(name)
    if folder is None:
        raise NotFound("set of polls", name, poll_ids(folders=folders), listing="sailau backtest --list")
    return read_poll_set(folder)


def read_poll_set(folder: Path) -> PollSet:
    """Read a set of polls from its folder.

    Raises
    ------
    InvalidRecord
        With file and line: an unknown key, a result that does not add up, a poll after the election.
    """
    document = read_document(folder / "polls.yaml", InvalidRecord)
    form = check(PollSetForm, document, InvalidRecord)
    polls = read_polls(folder / "polls.csv").polls
    late = [poll for poll in polls.polls if poll.end > form.day]
    if late:
        raise InvalidRecord(
            f"a poll of {late[0].house} ends on {late[0].end}, after the election", place=document.place(("day",))
        )
    results = []
    for i, result in enumerate(form.results):
        total = sum(result.shares.values(), Fraction(0))
        if total > 1 + CLOSE:
            raise InvalidRecord(f"the result adds up to {float(total):.2%}", place=document.place(("results", i)))
        results.append(Anchor(result.day, with_others(result.shares, polls.contenders)))
    sources = {key: Source(key, **source.model_dump()) for key, source in form.sources.items()}
    return PollSet(
        form.polls,
        form.name,
        form.day,
        replace(polls, anchors=(*polls.anchors, *(r for r in results if r.day < form.day))),
        form.election,
        form.base,
        form.law,
        tuple(results),
        sources,
        form.notes,
    )


def with_others(shares: Mapping[str, Fraction], contenders: Sequence[str]) -> dict[str, Fraction]:
    """Return the shares of the contenders of some polls; everybody else is others."""
    named = {name: shares[name] for name in contenders if name in shares and name != OTHERS}
    return {**named, OTHERS: max(1 - sum(named.values(), Fraction(0)), Fraction(0))}


@cache
def _index(folders: tuple[Path, ...]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in (*folders, shipped("polls")):
        for path in folder.rglob("polls.yaml"):
            found.setdefault(path.parent.relative_to(folder).as_posix(), path.parent)
    return found
