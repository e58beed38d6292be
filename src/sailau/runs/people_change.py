"""Why a group's share changed between two censuses: the others' numbers, those who came back, and its own growth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sailau.people.cube import InvalidPopulation
from sailau.people.decompose import Change, Decomposition, decompose_share
from sailau.records.populations import PopulationRecord
from sailau.records.populations_rows import Repatriates

OTHERS, BACK, OWN = "others", "repatriation", "own_growth"
FRESH = timedelta(days=3 * 365)
"""A cumulative figure this old still serves as it is; beyond, a straight line between its neighbours."""


@dataclass(frozen=True, slots=True)
class ShareChange:
    """A decomposition between two censuses on one basis.

    Attributes
    ----------
    group, early, late, basis : str
        The basis is that of the earlier census.
    found : Decomposition
    flows : mapping of flow to people
    notes : tuple of str
    """

    group: str
    early: str
    late: str
    basis: str
    found: Decomposition
    flows: dict[str, int]
    notes: tuple[str, ...]


def share_change(
    record: PopulationRecord, early: str, late: str, *, group: str | None = None, basis: str | None = None
) -> ShareChange:
    """Return what each flow did to a group's share between two censuses.

    Parameters
    ----------
    record : PopulationRecord
    early, late : str
    group : str, optional
        The majority of the record by default. Repatriation is counted for the majority only.
    basis : str, optional
        Of the earlier census; by default the one that the record follows.

    Raises
    ------
    NotFound
        No such census or basis.
    InvalidPopulation
        No such group, or the later census is not later.
    """
    first, last = record.census(early), record.census(late)
    name = group or record.majority
    before, after = first.people(basis), last.people()
    if name is None or name not in before or name not in after:
        raise InvalidPopulation(
            f"{name or 'no group'} is not counted in both censuses", hint=f"groups: {', '.join(record.groups)}"
        )
    if last.on <= first.on:
        raise InvalidPopulation(f"the census {late} is not after {early}")
    own, others = before[name], sum(before.values()) - before[name]
    flows = {OTHERS: sum(after.values()) - after[name] - others}
    notes: list[str] = []
    rows = record.rows.get("repatriation", ())
    if rows and name == record.majority:
        notes.append("children of those who came back count as own growth")
        (a, told_a), (b, told_b) = came_back(rows, first.on), came_back(rows, last.on)
        flows[BACK] = b - a
        notes += [f"came back by {first.on}: {told_a}", f"came back by {last.on}: {told_b}"]
    flows[OWN] = after[name] - own - flows.get(BACK, 0)
    changes = {flow: Change(others=Fraction(n)) if flow == OTHERS else Change(Fraction(n)) for flow, n in flows.items()}
    found = decompose_share(own, others, changes)
    return ShareChange(name, early, late, basis or first.basis, found, flows, tuple(notes))


def came_back(rows: tuple[Repatriates, ...], day: date) -> tuple[int, str]:
    """Return people who had come back by a day, and how that is known.

    The last figure if it is at most three years old, else a straight line to the next one; 0 before the first.
    """
    earlier = [row for row in rows if row.on <= day]
    later = [row for row in rows if row.on > day]
    if not earlier:
        return 0, f"0, the count begins on {rows[0].on}"
    last = earlier[-1]
    if not later or day - last.on <= FRESH:
        return last.people, f"{last.people:,}, the figure of {last.on}"
    share = Fraction((day - last.on).days, (later[0].on - last.on).days)
    people = int(last.people + share * (later[0].people - last.people))
    return people, f"{people:,}, on a straight line between {last.on} and {later[0].on}"
