"""The form of ``population.yaml``: groups, regions, sources, conflicts, assumptions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from pydantic import Field, model_validator

from sailau.files.forms import Exact, Form, Names


class RegionForm(Form):
    """A region: its code, the days on which it begins and ends, and from when figures are carried back to it."""

    iso: str | None = None
    since: date | None = None
    until: date | None = None
    back_to: date | None = None
    en: str | None = None
    kk: str | None = None
    ru: str | None = None


class CarriedForm(Form):
    """Figures of the regions that a day made go back to an earlier one."""

    split: date
    to: date


class AreasOfForm(Form):
    """Regions of a country's record, from the first day for which people were counted in them."""

    of: str
    since: date = Field(alias="from")
    carried_back: list[CarriedForm] = []


class SourceForm(Form):
    """Where figures come from."""

    title: str
    read_on: date | None = None
    publisher: str | None = None
    licence: str | None = None
    url: str | None = None
    note: str | None = None


class ConflictForm(Form):
    """Sources that disagree."""

    about: str
    values: dict[str, str]
    chosen: str
    why: str


class RangeForm(Form):
    """A quantity that is not known: lowest, likeliest and highest value that is held possible (a triangle)."""

    low: Exact
    mid: Exact
    high: Exact

    @model_validator(mode="after")
    def _ordered(self) -> RangeForm:
        if not self.low <= self.mid <= self.high:
            raise ValueError("low, mid and high must stand in this order")
        return self


class PriorForm(Form):
    """An assumption by group, with its reason."""

    what: str
    why: str
    groups: dict[str, RangeForm]


class CheckForm(Form):
    """A register of voters to compare with."""

    on: date
    people: int
    source: str


class ElectorateForm(Form):
    """Who may vote: the age, and the share of citizens, assumed."""

    age: int
    citizens: RangeForm = RangeForm(low=Fraction(1), mid=Fraction(1), high=Fraction(1))
    why: str = "everybody is taken for a citizen"
    check: CheckForm | None = None


class CensusForm(Form):
    """A census: its day, which of its bases is followed, and whether it broke the series by asking anew."""

    on: date
    basis: str = "published"
    asked_anew: bool = False


class TrendForm(Form):
    """How a rate goes on: its trend over `past` years, shrinking by `damping` a year; its spread in logarithms."""

    damping: Exact = Fraction(0)
    past: int = 5
    spread: Exact = Fraction(0)
    why: str
    source: str | None = None


class ResidualForm(Form):
    """Which share of the growth that births and deaths do not explain goes on."""

    persists: Exact
    why: str


class OutlookForm(Form):
    """What is assumed of years to come."""

    fertility: TrendForm
    mortality: TrendForm
    residual: ResidualForm


class RatesForm(Form):
    """Yearly rates for a country without tables: all are optional, what is left out is zero.

    ``moves`` says where people of a region go; ``moving`` only how many leave it, and where they go is assumed.
    """

    tfr: Exact = Fraction(0)
    e0: Exact | None = None
    sex_ratio: Exact = Fraction(105, 100)
    emigration: dict[str, Exact] = {}
    immigration: dict[str, int] = {}
    repatriation: dict[str, int] = {}
    moves: dict[str, dict[str, Exact]] = {}
    moving: dict[str, Exact] = {}
    identity: dict[str, dict[str, Exact]] = {}
    mothers: dict[str, dict[str, Exact]] = {}


class PopulationForm(Form):
    """A population."""

    population: str
    name: str
    groups: dict[str, dict[str, str]] | Names
    regions: dict[str, RegionForm] | Names = ("all",)
    areas: AreasOfForm | None = None
    rest: str | None = None
    majority: str | None = None
    start: int | None = None
    censuses: dict[str, CensusForm] = {}
    electorate: ElectorateForm | None = None
    sources: dict[str, SourceForm] = {}
    tables: dict[str, str] = {}
    conflicts: list[ConflictForm] = []
    priors: dict[str, PriorForm] = {}
    outlook: OutlookForm | None = None
    rates: RatesForm | None = None
    notes: Names = ()
