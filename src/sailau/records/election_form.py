"""The form of election.yaml."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from sailau.files.forms import Exact, Form, Names


class SourceForm(Form):
    """Where figures come from."""

    title: str
    read_on: date | None = None
    read: bool = True
    through: str | None = None
    url: str | None = None
    publisher: str | None = None
    licence: str | None = None
    sha256: str | None = None
    mark: str | None = None
    note: str | None = None


class ConflictForm(Form):
    """Sources that disagree."""

    about: str
    values: dict[str, Any]
    chosen: str | int
    why: str


class ContenderForm(Form):
    """Marks of a contender."""

    party: str | None = None
    kind: str = ""
    members: Names = ()
    apparentment: Names = ()
    registered: int | None = None
    candidates: int | None = None
    reserved: int | None = None
    traits: Names = ()
    names: dict[str, str] = {}
    colour: str | None = None
    age: Exact | None = None


class ElectionForm(Form):
    """An election.yaml file."""

    election: str
    name: str
    law: str
    held_on: date
    level: Literal["national", "european", "regional", "local"] = "national"
    unit: str | None = None
    totals: dict[str, dict[str, int]] = {}
    declared: Names = ()
    decisions: dict[str, Names] = {}
    contenders: dict[str, ContenderForm] = {}
    sources: dict[str, SourceForm]
    conflicts: list[ConflictForm] = []
    notes: Names = ()
    inexact: int | None = None
    inexact_in: dict[Literal["kk", "ru"], str] = {}
