"""What an entry must agree on with itself: groups, ages and regions are those of its electorate, inputs are ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sailau.files.document import Document
from sailau.runs.entry_form import EntryForm
from sailau.runs.entry_inputs import MEANINGS, Input, check_inputs
from sailau.terms.errors import InvalidRecord, NotFound, SailauError
from sailau.votes.choice import Cells


def check_ranges(inputs: Sequence[Input], document: Document) -> None:
    """Refuse inputs that are no ranges, and a list without a valence.

    Raises
    ------
    Invalid
        At the place of the input.
    """
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


def check_entry(form: EntryForm, cells: Cells, others: Mapping[str, Cells], document: Document) -> None:
    """Refuse groups, ages and regions that the electorate does not have, and groups that nothing is said of.

    Raises
    ------
    InvalidRecord
        At the place of the first of them.
    """
    _check_named(form, list(cells.groups), document)
    for name in cells.groups:
        if name not in form.voters.positions:
            place = document.place(("voters", "positions"))
            raise InvalidRecord(f"the group {name!r} has no position", place=place, hint="give one for every group")
    for label, other in others.items():
        if set(other.groups) != set(cells.groups):
            wrong = ", ".join(sorted(set(other.groups) ^ set(cells.groups)))
            place = document.place(("other_electorates", label))
            raise InvalidRecord(f"the electorate {label} has other groups than the first: {wrong}", place=place)
    _check_turnout(form, cells, document)
    if form.votes < 1:
        raise InvalidRecord(f"{form.votes} votes; a number from 1 on", place=document.place(("votes",)))


def _check_named(form: EntryForm, groups: Sequence[str], document: Document) -> None:
    """Refuse a majority, an audience of the list and a rival of groups that there are not."""

    def check(name: str, what: str, at: tuple[str | int, ...]) -> None:
        if name not in groups:
            hint = NotFound("group", name, groups).hint or f"its groups are {', '.join(groups)}"
            what = f"{what} {name!r}, which is no group of the electorate"
            raise InvalidRecord(what, place=document.place(at), hint=hint)

    check(form.majority, "the majority is", ("majority",))
    for name in form.list.speaks_to:
        check(name, "the list speaks to", ("list", "speaks_to"))
    if form.majority in form.list.speaks_to:
        what = f"the list speaks to {form.majority}, which is the majority: the other side of the surface"
        place = document.place(("list", "speaks_to"))
        raise InvalidRecord(what, place=place, hint="name another group as the majority")
    for rival, part in form.rivals.items():
        for name in part.identity:
            check(name, f"{rival} is that of", ("rivals", rival, "identity"))


def _check_turnout(form: EntryForm, cells: Cells, document: Document) -> None:
    """Refuse ages and regions that the electorate does not have."""
    for word, given, known in (
        ("ages", form.voters.ages, cells.ages),
        ("turnout_by_age", form.voters.turnout_by_age, cells.ages),
        ("turnout_by_region", form.voters.turnout_by_region, cells.regions),
    ):
        for name in given:
            if name not in known and len(known) > 1:
                place, hint = document.place(("voters", word, name)), f"it has {', '.join(known)}"
                raise InvalidRecord(f"{word}: the electorate has no {name!r}", place=place, hint=hint)
