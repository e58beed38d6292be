"""The tier and the area that each row speaks of."""

from __future__ import annotations

from collections.abc import Callable

from sailau.files.counts import Fault
from sailau.files.label_words import DISTRICT, TIER
from sailau.files.labels import is_total
from sailau.files.tables import Value
from sailau.records.results.book import Book, Line
from sailau.records.results.header import is_blank
from sailau.records.results.layout import Plan
from sailau.records.results.names import Named, clean, resolve
from sailau.terms.speech import say
from sailau.terms.tally import NATION


def area_reader(plan: Plan) -> Callable[[int], Value]:
    """Return what gives the district cell of a row; several columns are joined where one does not suffice."""
    columns = plan.find(DISTRICT)
    if len(columns) > 1:
        columns = _needed(plan, columns)
    if len(columns) == 1:
        only = columns[0]
        return lambda row: plan.rows[row][only]
    return lambda row: " / ".join(filter(None, (clean(plan.rows[row][column]) for column in columns)))


def _needed(plan: Plan, columns: list[int]) -> list[int]:
    """Return the finest column alone, if each of its districts lies in one place of the others."""
    rows = range(len(plan.rows))
    finest = max(reversed(columns), key=lambda column: len({plan.rows[row][column] for row in rows}))
    within: dict[Value, list[Value]] = {}
    for row in rows:
        where = [plan.rows[row][column] for column in columns if column != finest]
        area = plan.rows[row][finest]
        if is_blank(area) or within.setdefault(area, where) != where:
            return columns
    return [finest]


def places_above(book: Book) -> dict[str, dict[str, str]]:
    """Return what each column of places says of each area, where there are several and each says one thing of it."""
    columns = book.plan.find(DISTRICT)
    out: dict[str, dict[str, str]] = {}
    if book.groups and all(area in book.groups for _, area in book.lines):
        out[say("the rows of sums")] = dict(book.groups)
    for column in columns if len(columns) > 1 else ():
        said: dict[str, str] = {}
        cells = {area: clean(book.plan.rows[line.row][column]) for (_, area), line in book.lines.items()}
        alike = all(
            said.setdefault(area, clean(book.plan.rows[line.row][column])) == cells[area]
            for (_, area), line in book.lines.items()
        )
        if alike:
            out[book.plan.labels[column]] = said
    return out


class Areas:
    """Finds the line of each row.

    Parameters
    ----------
    book : Book
    tier : str
        The tier of rows that name none.
    """

    def __init__(self, book: Book, tier: str) -> None:
        plan = book.plan
        self.book, self.tier = book, tier
        self.tier_column = next(iter(plan.find(TIER)), -1)
        self.column = next(iter(plan.find(DISTRICT)), None)
        read, given = area_reader(plan), self.tier_column >= 0
        self.cells = [read(row) for row in range(len(plan.rows))]
        self.tiers = [cells[self.tier_column] if given else "" for cells in plan.rows]
        self.names = resolve((value for value in self.cells if not is_blank(value)), "district")
        self.tier_names = {"": Named(tier), **resolve((value for value in self.tiers if not is_blank(value)), "tier")}
        self.whole = {value for value, named in self.names.items() if _is_whole(named.id)}
        districts = self.names.keys() - self.whole
        divided = {value for value, area in zip(self.tiers, self.cells, strict=True) if area in districts}
        self.divided = {self._tier(value).id for value in divided}

    def _tier(self, value: Value) -> Named:
        return self.tier_names.get(value) or self.tier_names[""]

    def is_total(self, row: int) -> bool:
        """Tell whether a row adds up other rows."""
        return self.cells[row] in self.whole and self._tier(self.tiers[row]).id in self.divided

    def line(self, row: int, *, figure: bool = False, alone: bool = False) -> Line | None:
        """Return the line of a row; None if its tier or area is at fault.

        Parameters
        ----------
        row : int
        figure : bool
            The row holds a figure, not votes: without a district it speaks of the whole.
        alone : bool
            A total is a line of its own, whatever it is called.
        """
        tier, area = self._tier(self.tiers[row]), self.names.get(self.cells[row])
        if tier.faults and not self.book.accept(tier, row, self.tier_column):
            return None
        if area and area.faults and not self.book.accept(area, row, self.column):
            return None
        is_divided = tier.id in self.divided
        if area is None and is_divided and not figure:
            fault = Fault("E119", say("the name of the district is missing"), say("write it, or delete the row"))
            self.book.report(fault, row, self.column)
            return None
        name = area.id if area else NATION
        if is_divided and (area is None or self.cells[row] in self.whole):
            key = tier.id, str(row) if alone else name
            return self.book.wholes.setdefault(key, Line(tier.id, name, row, whole=True))
        return self._counted(tier.id, NATION if self.cells[row] in self.whole else name, row)

    def _counted(self, tier: str, area: str, row: int) -> Line:
        found = self.book.lines.get((tier, area))
        if found is None:
            found = self.book.lines[tier, area] = Line(tier, area, row)
        return found


def _is_whole(name: str) -> bool:
    return name.casefold() == NATION or is_total(name)
