"""The one tree of errors.

Every message says what, where, why and what to do; the values are attributes.

    SailauError                 anything this package refuses or cannot decide
    ├── NotFound                no record, law, formula or contender of that name      exit 3
    ├── MissingExtra            a package of an optional extra is not installed        exit 3
    ├── Invalid                 what was given is wrong                                exit 4
    │   ├── InvalidVotes        a vote count that is no count
    │   ├── InvalidSeats        a number of seats that is no number of seats
    │   ├── InvalidLaw          a law file or a change to a law that cannot stand
    │   ├── InvalidRecord       an election record that contradicts itself
    │   ├── InvalidResults      a user's own file of results
    │   ├── InvalidMargins      groups and votes by unit that cannot be of the same people
    │   ├── CertificateError    an allocation that does not follow from its votes and formula
    │   └── MissingFigure       the law asks for a figure that the tally lacks
    └── Undecided               the law does not lead to one outcome                   exit 5
        ├── DrawRequired        a tie that a lot (or another decision) must settle
        ├── RoundRequired       another round of voting that the tally does not hold
        ├── LawSilent           a case for which the law has no rule
        └── SeatsLeft           the steps of the law leave seats unplaced
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations, islice
from typing import ClassVar

from sailau.terms.speech import Said, joined, named, say


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: path, line and column, each counted from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


class SailauError(Exception):
    """Anything that this package refuses or cannot decide.

    Parameters
    ----------
    what : str
        One sentence that names the fault.
    place : Place, optional
        Where it is.
    hint : str, optional
        What to do about it.
    """

    exit_code: ClassVar[int] = 4

    def __init__(self, what: str, *, place: Place | None = None, hint: str | None = None) -> None:
        self.what = what
        self.place = place
        self.hint = hint
        super().__init__(what)

    def __str__(self) -> str:
        head = f"{self.place}: {self.what}" if self.place else self.what
        return f"{head}\n  {self.hint}" if self.hint else head


FEW = 15
"""Names that an error lists whole when none of them is near the one that was asked for."""


SHOWN = 40
"""Names that a message lists before it says how many more there are."""


class NotFound(SailauError):
    """No record of that name; `near` lists the closest names there are."""

    exit_code = 3

    def __init__(self, kind: str, name: str, known: Sequence[str] = (), *, listing: str | None = None) -> None:
        self.kind, self.name = kind, name
        self.near = tuple(get_close_matches(name, list(known), n=3, cutoff=0.5))
        hints = []
        if self.near:
            hints.append(say("did you mean {near}?", near=say(" or ").join(self.near)))
        elif not listing and 0 < len(known) <= FEW:
            hints.append(say("known here: {known}", known=", ".join(known)))
        if listing:
            hints.append(say("{listing} lists them", listing=listing))
        super().__init__(
            say("no {kind} {name!r}", kind=kind if isinstance(kind, Said) else named(kind), name=name),
            hint=_joined(hints),
        )


def _joined(hints: Sequence[str]) -> str | None:
    if not hints:
        return None
    return joined(hints, "; ")


class MissingExtra(SailauError):
    """A package of an optional extra is not installed; `extra` names it.

    Parameters
    ----------
    what : str
        What cannot be done without it, as the subject of a sentence: "a PNG picture".
    package, extra : str
    """

    exit_code = 3

    def __init__(self, what: str, *, package: str, extra: str) -> None:
        self.package, self.extra = package, extra
        said = say("{what} needs {package}, which is not installed", what=what, package=package)
        super().__init__(said, hint=f"pip install 'sailau[{extra}]'")


class Invalid(SailauError):
    """What was given is wrong."""


class InvalidVotes(Invalid):
    """A vote count that is no count: negative, a fraction, not a number, no contenders, no votes."""

    where: str | None = None

    def of(self, tier: str, area: str) -> InvalidVotes:
        """Name the tier and the area once; the innermost step knows best."""
        if self.where is None:
            self.where = f"{tier}, {area}"
            self.what = joined([self.where, self.what], ": ")
        return self


class InvalidSeats(Invalid):
    """A number of seats that is no number of seats."""


class InvalidLaw(Invalid):
    """A law file, or a change to a law, that cannot stand."""


class InvalidRecord(Invalid):
    """An election record that contradicts itself or its form."""


class InvalidResults(Invalid):
    """A user's own file of results that cannot be read, or not without a decision."""


class InvalidMargins(Invalid):
    """Groups and votes by unit that cannot be of the same people, or are no counts."""


class CertificateError(Invalid):
    """An allocation, or its certificate, that does not follow from its votes and formula."""


class MissingFigure(Invalid):
    """The law asks for a figure (registered voters, ballots) that the tally does not hold."""


class Undecided(SailauError):
    """The law does not lead to one outcome; `key` names the decision that lets the count go on.

    Parameters
    ----------
    what : str
        The question that the law leaves open.
    key : str
        The name under which a decision is given, for instance ``list.allocate``.
    options : sequence of str
        What may be decided: contenders, or words such as ``vacant``.
    choose : int
        How many of the options a decision names.
    cite : str, optional
        The clause that leads here.
    standing : mapping, optional
        Seats placed before the question arose.
    """

    exit_code = 5

    def __init__(
        self,
        what: str,
        *,
        key: str = "allocate",
        options: Sequence[str] = (),
        choose: int = 1,
        cite: str | None = None,
        standing: Mapping[str, int] | None = None,
        hint: str | None = None,
    ) -> None:
        self.key = key
        self.options = tuple(options)
        self.choose = choose
        self.cite = cite
        self.standing = dict(standing or {})
        super().__init__(what, hint=hint)

    def at(self, key: str, cite: str | None) -> Undecided:
        """Name the decision and the clause, once; the innermost step knows best."""
        if self.cite is None:
            self.key, self.cite = key, cite or None
        return self

    def __str__(self) -> str:
        lines = [f"{self.what} [{self.cite}]" if self.cite else self.what]
        if self.hint:
            lines.append(self.hint)
        if self.options:
            number = say("one") if self.choose == 1 else str(self.choose)
            number = say("any number") if 1 < self.choose == len(self.options) else number
            sentence = "to go on, decide {key}: {number} of {options}"
            named = ", ".join(self.options[:SHOWN])
            if len(self.options) > SHOWN:
                named = say("{names}, and {n:,} more", names=named, n=len(self.options) - SHOWN)
            lines.append(say(sentence, key=self.key, number=number, options=named))
        return "\n  ".join(lines)


class DrawRequired(Undecided):
    """A tie: `choose` seats for the `options`, all of them equal before the law."""

    @property
    def tied(self) -> tuple[str, ...]:
        """The contenders that tie, in the order of their names."""
        return self.options

    def outcomes(self, limit: int = 10_000) -> list[dict[str, int]]:
        """All seat vectors that the draw can lead to, at most `limit` of them."""
        vectors = []
        for winners in islice(combinations(self.options, self.choose), limit):
            seats = dict(self.standing)
            for winner in winners:
                seats[winner] = seats.get(winner, 0) + 1
            vectors.append(seats)
        return vectors


class RoundRequired(Undecided):
    """Nobody has won yet: the law sends the `options` into another round, whose votes the tally lacks."""


class LawSilent(Undecided):
    """A case for which the law has no rule, for instance that no list passes the threshold."""


class SeatsLeft(Undecided):
    """The steps of the law leave `left` seats unplaced."""

    def __init__(self, left: int, *, where: str, standing: Mapping[str, int], hint: str | None = None) -> None:
        self.left = left
        number = say("1 seat") if abs(left) == 1 else say("{n} seats", n=abs(left))
        unplaced = say("{number} of {where} left unplaced by the steps of the law", number=number, where=where)
        beyond = say("the steps of the law place {number} more than {where} has", number=number, where=where)
        super().__init__(
            unplaced if left > 0 else beyond,
            key=f"{where}.seats",
            standing=standing,
            hint=hint or say("a law that leaves seats vacant says so in a step; this one does not"),
        )
