"""What a scenario of entry cannot say: groups that are none, figures that nobody has, a turnout of nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from sailau.files.document import Document
from sailau.law.edition import Law
from sailau.runs.entry_form import EntryForm
from sailau.runs.entry_inputs import FARTHEST, MEANINGS, Input, check_inputs
from sailau.terms.errors import InvalidRecord, NotFound, SailauError
from sailau.votes.choice import Cells


def check_unknowns(inputs: Sequence[Input], document: Document) -> None:
    """Refuse ranges that are none, each at its place, and a list of which nothing says how it is liked."""
    for given in inputs:
        try:
            check_inputs([given])
        except SailauError as fault:
            fault.place = document.keys.get(("inputs", given.name)) or document.place(("inputs",))
            raise
    if not any(given.name == "valence" for given in inputs):
        raise InvalidRecord(
            "the list has no valence: without it nothing says how it is liked",
            place=document.place(("inputs",)),
            hint=f"valence: {{low: -4, high: -1, why: …}}, {MEANINGS['valence']}",
        )


def check_groups(form: EntryForm, cells: Cells, others: Mapping[str, Cells], document: Document) -> None:
    """Refuse names of groups, ages and regions that the electorate does not have, and groups without a position."""
    groups = list(cells.groups)

    def refuse(name: str, what: str, at: tuple[str | int, ...]) -> InvalidRecord:
        missing = NotFound("group", name, groups)
        hint = missing.hint or f"its groups are {', '.join(groups)}"
        return InvalidRecord(
            f"{what} {name!r}, which is no group of the electorate", place=document.place(at), hint=hint
        )

    if form.majority not in groups:
        raise refuse(form.majority, "the majority is", ("majority",))
    for name in form.list.speaks_to:
        if name not in groups:
            raise refuse(name, "the list speaks to", ("list", "speaks_to"))
    for name in form.list.stands_in:
        if name not in cells.regions:
            missing = NotFound("region", name, list(cells.regions))
            place = document.place(("list", "stands_in"))
            raise InvalidRecord(f"the electorate has no region {name!r}", place=place, hint=missing.hint)
    if form.majority in form.list.speaks_to:
        what = f"the list speaks to {form.majority}, which is the majority: the other side of the surface"
        raise InvalidRecord(
            what, place=document.place(("list", "speaks_to")), hint="name another group as the majority"
        )
    for rival, part in form.rivals.items():
        for name in part.identity:
            if name not in groups:
                raise refuse(name, f"{rival} is that of", ("rivals", rival, "identity"))
    for name in groups:
        if name not in form.voters.positions:
            place = document.place(("voters", "positions"))
            raise InvalidRecord(f"the group {name!r} has no position", place=place, hint="give one for every group")
    for label, other in others.items():
        if set(other.groups) != set(groups):
            wrong = ", ".join(sorted(set(other.groups) ^ set(groups)))
            place = document.place(("other_electorates", label))
            raise InvalidRecord(f"the electorate {label} has other groups than the first: {wrong}", place=place)
    for word, given, known in (
        ("ages", form.voters.ages, cells.ages),
        ("turnout_by_age", form.voters.turnout_by_age, cells.ages),
        ("turnout_by_region", form.voters.turnout_by_region, cells.regions),
    ):
        for name in given:
            if name not in known and len(known) > 1:
                place = document.place(("voters", word, name))
                raise InvalidRecord(
                    f"{word}: the electorate has no {name!r}", place=place, hint=f"it has {', '.join(known)}"
                )


def check_numbers(form: EntryForm, cells: Cells, document: Document) -> None:
    """Refuse a spread or a turnout that cannot be, one by which nobody votes, and figures that nobody has."""
    if form.votes < 1:
        raise InvalidRecord(f"{form.votes} votes; a number from 1 on", place=document.place(("votes",)))
    for at, value in _figures(form):
        if abs(value) > FARTHEST:
            what = f"{'.'.join(map(str, at))} is {float(value):g}; it lies between -{FARTHEST:g} and {FARTHEST:g}"
            raise InvalidRecord(what, place=document.place(at))
    if form.voters.sd <= 0:
        what = f"people of a cell spread by {float(form.voters.sd):g}; a number above 0"
        raise InvalidRecord(what, place=document.place(("voters", "sd")))
    voting = cells.weights.copy()
    for word, given, axis in (
        ("turnout_by_age", form.voters.turnout_by_age, 2),
        ("turnout_by_region", form.voters.turnout_by_region, 0),
    ):
        for name, turnout in given.items():
            if turnout < 0:
                place = document.place(("voters", word, name))
                raise InvalidRecord(f"the turnout of {name} is {float(turnout):g}; a number from 0 on", place=place)
        known = cells.ages if axis else cells.regions
        local = np.array([float(given.get(name, 1)) for name in known])
        voting = voting * (local if axis else local[:, None, None])
        if not voting.sum() > 0:
            raise InvalidRecord(f"by {word} nobody votes", place=document.place(("voters", word)))


def check_magnitudes(form: EntryForm, law: Law, cells: Cells, document: Document) -> None:
    """Refuse seats of a tier that the law does not have, and of districts that are no region of the electorate."""
    tiers = [tier.name for tier in law.tiers]
    for name, districts in form.magnitudes.items():
        place = document.place(("magnitudes", name))
        if name not in tiers:
            missing = NotFound("tier", name, tiers)
            missing.place = place
            raise missing
        for district, seats in districts.items():
            at = document.place(("magnitudes", name, district))
            if district not in cells.regions:
                missing = NotFound("region", district, list(cells.regions))
                hint = missing.hint or "each district is a region of the electorate"
                raise InvalidRecord(f"the electorate has no region {district!r}", place=at, hint=hint)
            if seats < 1:
                raise InvalidRecord(f"{district} has {seats} seats; a number from 1 on", place=at)


def _figures(form: EntryForm) -> Iterator[tuple[tuple[str | int, ...], Fraction]]:
    """Yield the figures of parties and voters with their places."""
    yield ("voters", "sd"), form.voters.sd
    for name, rival in form.rivals.items():
        yield from ((("rivals", name, key), getattr(rival, key)) for key in ("position", "valence", "ties"))
        yield from ((("rivals", name, "identity", group), x) for group, x in rival.identity.items())
    for key in ("positions", "ages", "turnout_by_age", "turnout_by_region"):
        yield from ((("voters", key, name), x) for name, x in getattr(form.voters, key).items())
