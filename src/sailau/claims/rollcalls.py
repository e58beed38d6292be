"""What lies beside shipped roll calls: whose votes they are, the poles to ask about, and the periods to ask for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from sailau.files.document import read_document
from sailau.files.forms import Form, Names, check
from sailau.terms.errors import InvalidRecord


class RollcallsForm(Form):
    """A ``source.yaml`` beside roll calls."""

    rollcalls: str
    name: str
    since: date = Field(alias="from")
    until: date
    voters: dict[str, str]
    sources: dict[str, dict[str, Any]]
    poles: Names = ()
    periods: Names = ()
    notes: Names = ()


def read_source(folder: Path) -> RollcallsForm:
    """Read what lies beside roll calls.

    Raises
    ------
    InvalidRecord
    """
    return check(RollcallsForm, read_document(folder / "source.yaml", InvalidRecord), InvalidRecord)
