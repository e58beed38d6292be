"""Censuses of a population: people by basis and group, which add up to the totals that were published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sailau.records.populations_form import PopulationForm
from sailau.records.populations_rows import ALL, Count, by
from sailau.terms.errors import InvalidRecord, NotFound, Place


@dataclass(frozen=True, slots=True)
class Census:
    """A census: its day, and people by basis and group; the rest is the total less the named groups.

    One that `asked_anew` breaks the series: groups changed by answers as much as by births, deaths and moves.
    """

    id: str
    on: date
    basis: str
    bases: Mapping[str, Mapping[str, int]]
    totals: Mapping[str, int]
    rounded: Mapping[str, int]
    asked_anew: bool = False

    def people(self, basis: str | None = None) -> Mapping[str, int]:
        """Return people by group on a basis, by default the one that is followed.

        Raises
        ------
        NotFound
            The census was not published on that basis.
        """
        name = basis or self.basis
        if name not in self.bases:
            raise NotFound("basis", name, list(self.bases))
        return self.bases[name]


def censuses_of(form: PopulationForm, rows: Sequence[Count], path: Path) -> tuple[Census, ...]:
    """Return the censuses of a record in order of time.

    Raises
    ------
    InvalidRecord
        A census without a day or without the basis that is followed; groups that do not add up to a total.
    """
    out = []
    for name, block in by(rows, "census").items():
        if name not in form.censuses:
            what = f"the census {name!r} has no day"
            raise InvalidRecord(what, place=Place(str(path)), hint="list it under censuses: in population.yaml")
        bases, totals = {}, {}
        for basis, counts in by(block, "basis").items():
            people = {row.group: row.people for row in counts if row.group != ALL}
            total = next((row.people for row in counts if row.group == ALL), None)
            bases[basis] = _with_rest(people, total, form.rest, f"{name} ({basis})", path)
            totals[basis] = total if total is not None else sum(people.values())
        about = form.censuses[name]
        if about.basis not in bases:
            raise InvalidRecord(f"the census {name} has no basis {about.basis!r}", place=Place(str(path)))
        rounded = {basis: max(row.rounded for row in counts) for basis, counts in by(block, "basis").items()}
        out.append(Census(name, about.on, about.basis, bases, totals, rounded, about.asked_anew))
    return tuple(sorted(out, key=lambda census: census.on))


def _with_rest(
    people: Mapping[str, int], total: int | None, rest: str | None, where: str, path: Path
) -> Mapping[str, int]:
    """Return people by group with the rest, which together are the total."""
    named = sum(people.values())
    if total is None:
        return dict(people)
    if rest is not None and rest not in people:
        if named > total:
            what = f"the groups of {where} add up to {named:,}, more than its {total:,} people"
            raise InvalidRecord(what, place=Place(str(path)))
        return {**people, rest: total - named}
    if named != total:
        what = f"the groups of {where} add up to {named:,}, the total is {total:,}: {named - total:+,} people"
        raise InvalidRecord(what, place=Place(str(path)), hint="or name a group for all others: rest: other")
    return dict(people)
