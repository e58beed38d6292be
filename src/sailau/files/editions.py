"""Editions of a law, whatever it is about: in order of their dates, and the one in force on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol, TypeVar

from sailau.terms.errors import InvalidLaw, NotFound, Place
from sailau.terms.speech import say


class Edition(Protocol):
    """A law as it stood between two amendments."""

    @property
    def edition(self) -> str:
        """The day that names it."""

    @property
    def since(self) -> date:
        """The first day in force."""

    @property
    def until(self) -> date | None:
        """The last day in force."""

    @property
    def path(self) -> str:
        """The file it was read from."""

    def is_in_force(self, day: date) -> bool:
        """Say whether it was in force on that day."""


E = TypeVar("E", bound=Edition)


def in_order(laws: Sequence[E]) -> tuple[E, ...]:
    """Return the editions of one law, oldest first.

    Raises
    ------
    InvalidLaw
        They leave a gap or overlap.
    """
    ordered = tuple(sorted(laws, key=lambda law: law.since))
    for before, after in pairwise(ordered):
        _check_dates(before, after)
    return ordered


def _check_dates(before: Edition, after: Edition) -> None:
    if before.until is not None and after.since == before.until + timedelta(days=1):
        return
    overlap = before.until is None or after.since <= before.until
    kind = say("overlap") if overlap else say("leave a gap")
    raise InvalidLaw(
        say(
            "the editions {before} (until {until}) and {after} (from {since}) {kind}",
            before=before.edition,
            until=before.until or say("now"),
            after=after.edition,
            since=str(after.since),
            kind=kind,
        ),
        place=Place(after.path),
        hint=say("in_force.until of an edition is the day before the next one begins"),
    )


def edition_of(editions: Sequence[E], name: str, wanted: date | str | None) -> E:
    """Return the edition that a name or a day means; the newest where there is neither.

    Parameters
    ----------
    editions : sequence
        In order.
    name : str
        The law, for messages.
    wanted : date or str, optional
        A day, or as much of the name of an edition as is unique.

    Raises
    ------
    NotFound
        No edition was in force on that day.
    """
    if not wanted:
        return editions[-1]
    named = [law for law in editions if law.edition.startswith(str(wanted))]
    if len(named) == 1:
        return named[0]
    when = day_of(wanted)
    for law in editions:
        if law.is_in_force(when):
            return law
    spans = "; ".join(
        say("{edition}: {since!s} to {until}", edition=law.edition, since=law.since, until=law.until or say("now"))
        for law in editions
    )
    missing = NotFound(say("edition of {name} in force on", name=name), str(wanted))
    missing.hint = say("its editions are in force {spans}", spans=spans)
    raise missing


def day_of(text: date | str) -> date:
    """Return the day that a text means.

    Raises
    ------
    NotFound
        It is no day.
    """
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        missing = NotFound("day", str(text))
        missing.hint = say("write a day as 2023-03-19, or the name of an edition; sailau laws lists them")
        raise missing from None
