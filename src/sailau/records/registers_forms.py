"""The forms of what lies in registers/: laws on parties, areas by date, recorded cases."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from sailau.files.dated import CheckedForm, InForceForm
from sailau.files.forms import Exact, Form, Names
from sailau.parties.spans import Span


def _span(value: Any) -> Any:
    return value if isinstance(value, Span) else Span.of(value)


_TERM_SCHEMA = {"type": "string", "description": "a term: 3 months, 60 days, 19 working days"}
Term = Annotated[Span, BeforeValidator(_span), WithJsonSchema(_TERM_SCHEMA)]


class BeforeElectionForm(Form):
    """Terms that are counted backwards from the election day."""

    opens: Term | None = None
    closes: Term | None = None


class StageForm(Form):
    """A stage of the way to the ballot."""

    stage: str
    gate: Literal["organise", "register", "stand"]
    after: str
    within: Term | None = None
    answer: Term | None = None
    again: Term | None = None
    before_election: BeforeElectionForm | None = None
    closes: str | None = None
    ends: bool = False
    fails: Names = ()
    cite: str


class PartyLawForm(Form):
    """A law on parties."""

    law: str
    name: str
    in_force: InForceForm
    checked: CheckedForm | None
    texts: dict[str, str]
    areas: str | None = None
    conditions: list[dict[str, Any]]
    stages: list[StageForm]
    sources: Names = ()
    notes: Names = ()


class ClassesForm(Form):
    """Parts of regions by the share of a group: how many lie between two edges."""

    of: str
    edges: list[Exact]
    regions: dict[str, list[int]]

    @model_validator(mode="after")
    def _fitting(self) -> ClassesForm:
        if self.edges != sorted(set(self.edges)) or self.edges[:1] + self.edges[-1:] != [0, 1]:
            raise ValueError("edges must rise from 0% to 100%")
        for region, parts in self.regions.items():
            if len(parts) != len(self.edges) - 1 or min(parts) < 0:
                raise ValueError(f"{region} needs {len(self.edges) - 1} numbers from 0 on, one for each class")
        return self


class DistrictsForm(Form):
    """Districts by region, for each edition on record; parts of regions by the share of a group."""

    districts: str
    name: str
    editions: dict[str, dict[str, int]]
    classes: ClassesForm | None = None
    sources: Names = ()
    notes: Names = ()


class CountForm(Form):
    """So many tried, so many passed."""

    name: str
    tried: int = Field(ge=0)
    passed: int = Field(ge=0)
    of_all: bool = False
    since: date | None = Field(default=None, alias="from")
    until: date | None = None
    note: str | None = None
    source: str


class CaseForm(Form):
    """One attempt."""

    who: str
    years: str
    reached: str
    ended: str
    note: str = ""
    source: str


class CasesForm(Form):
    """Attempts to register, counted and told."""

    cases: str
    name: str
    counts: dict[str, CountForm]
    others: list[CountForm] = []
    recorded: list[CaseForm] = []
    notes: Names = ()
