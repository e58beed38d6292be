"""Problems of a user's file: what is wrong, in which cell, and how to go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import Said, language_of, quotes_of, say


def letters(number: int) -> str:
    """Return the letters of a column of a sheet: 1 is A, 27 is AA."""
    out = ""
    while number > 0:
        number, digit = divmod(number - 1, 26)
        out = chr(65 + digit) + out
    return out


@dataclass(frozen=True, slots=True)
class CellPlace(Place):
    """A place in a table: the row is the line; `sheet` and the text of the cell where there are such."""

    sheet: str | None = None
    value: str | None = None

    @property
    def letter(self) -> str:
        """The letters of the column, empty for a whole row."""
        return letters(self.column or 0)

    def __str__(self) -> str:
        if self.sheet is None:
            return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{self.path}:{self.sheet}!{self.letter}{self.line or ''}".removesuffix("!")


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding in a user's file.

    Attributes
    ----------
    code : str
        E stops the reading, W does not; the reader of the file says what each stands for.
    place : CellPlace
    what, hint : str
        The fault in one sentence, and what to do about it.
    rows : tuple of int
        The rows that are left out because of it.
    """

    code: str
    place: CellPlace
    what: str
    hint: str = ""
    rows: tuple[int, ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether it stops the reading."""
        return self.code.startswith("E")

    def __str__(self) -> str:
        head = f"{self.place}: {self.code} {self.what}"
        quotes = (*quotes_of(self.what), *quotes_of(self.hint))
        return Said(f"{head}\n  {self.hint}" if self.hint else head, language_of(self.what), quotes)


class Finding(Protocol):
    """What a refusal lists: a code, and words with the place."""

    @property
    def is_error(self) -> bool:
        """Whether it stops the reading."""
        ...


class Refused(Invalid):
    """A user's file that was not read; `problems` holds each finding, none where the whole file is refused.

    Attributes
    ----------
    shown : int
        How many errors the message lists.
    many, each : int
        Errors beyond which it lists no more than `each` of one code.
    rest : str
        How the user sees those that it does not list.
    """

    shown: ClassVar[int] = 20
    many: ClassVar[int] = 100
    each: ClassVar[int] = 5
    rest: ClassVar[str] = ""
    numbered: ClassVar[bool] = False

    def __init__(
        self, what: str, *, place: Place | None = None, hint: str | None = None, problems: Sequence[Finding] = ()
    ) -> None:
        super().__init__(what, place=place, hint=hint)
        self.problems = tuple(problems)

    def summary(self) -> list[str]:
        """Return lines before the list of errors."""
        return []

    def __str__(self) -> str:
        errors = [problem for problem in self.problems if problem.is_error]
        if not errors:
            return super().__str__()
        lines = [f"{self.place}: {self.what}" if self.place else self.what, *self.summary()]
        listed = self._listed(errors)
        for number, problem in enumerate(listed, 1):
            head = f"{number}. " if self.numbered else ""
            lines.append(head + str(problem).replace("\n", "\n  "))
        if len(errors) > len(listed):
            more = say("and {n:,} more", n=len(errors) - len(listed))
            lines.append(f"{more}; {say(self.rest)}" if self.rest else more)
        return "\n  ".join([*lines, self.hint or ""]).rstrip()

    def _listed(self, errors: Sequence[Finding]) -> list[Finding]:
        """Return the errors that the message lists: the first of each code where there are many of few codes."""
        if len(errors) <= self.many:
            return list(errors[: self.shown])
        seen: Counter[str] = Counter()
        out = []
        for problem in errors:
            code = getattr(problem, "code", "")
            seen[code] += 1
            if seen[code] <= self.each:
                out.append(problem)
        return out[: self.shown]


def counted(problems: Sequence[object], rows: int) -> str:
    """Return ``3 problems in 2 rows``."""
    many = say("1 problem") if len(problems) == 1 else say("{n:,} problems", n=len(problems))
    if not rows:
        return many
    return say("{many} in 1 row", many=many) if rows == 1 else say("{many} in {n:,} rows", many=many, n=rows)
