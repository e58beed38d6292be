"""The form of an entry: what its file holds, and how it is spelled."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from sailau.files.forms import Exact, Form, Names


class RangeForm(Form):
    """A range with its reason."""

    low: Exact
    high: Exact
    why: str


class ListForm(Form):
    """The list that enters."""

    id: str
    rests_on: Names = ()
    traits: Names = ()
    stands_in: Names = ()
    speaks_to: Names


class RivalForm(Form):
    """A party that is there."""

    position: Exact
    valence: Exact
    identity: dict[str, Exact] = {}
    ties: Exact = Fraction(0)
    joins: bool = False


class ElectorateForm(Form):
    """Who may vote: groups, or a file of cells, or a population, in a later year as projected."""

    groups: dict[str, int] | None = None
    cells: str | None = None
    population: str | None = None
    census: str | None = None
    year: int | None = None
    source: str
    note: str | None = None


class VotersForm(Form):
    """Where groups stand, and who turns out."""

    positions: dict[str, Exact]
    sd: Exact
    ages: dict[str, Exact] = {}
    turnout_by_age: dict[str, Exact] = {}
    turnout_by_region: dict[str, Exact] = {}
    why: str


class ReformForm(Form):
    """A reform: clauses of the law that are changed, or another law, as a file beside the scenario or by its id."""

    set: dict[str, str | int] = {}
    law: str | None = None


class EntryForm(Form):
    """An entry as written."""

    entry: str
    name: str
    on: date
    law: str
    tier: str = "list"
    parties: str | None = None
    cases: str | None = None
    debuts: Names = ()
    list: ListForm
    majority: str
    electorate: ElectorateForm
    other_electorates: dict[str, ElectorateForm] = {}
    rivals: dict[str, RivalForm]
    voters: VotersForm
    inputs: dict[str, RangeForm]
    laws: Names = ()
    districts: str | None = None
    magnitudes: dict[str, dict[str, int]] = {}
    reforms: dict[str, ReformForm] = {}
    votes: int
    seed: int = 1
    notes: Names = ()
