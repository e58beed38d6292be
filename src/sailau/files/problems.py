"""Problems of a user's file: what is wrong, in which cell, and how to go on."""

from __future__ import annotations

from dataclasses import dataclass

from sailau.terms.errors import Place


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
        return f"{head}\n  {self.hint}" if self.hint else head
