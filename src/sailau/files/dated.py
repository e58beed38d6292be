"""The forms that every dated file of law has: from when to when it holds, and who checked it."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from sailau.files.forms import Form


class InForceForm(Form):
    """From which day to which day, both included."""

    since: date = Field(alias="from")
    until: date | None = None


class CheckedForm(Form):
    """Who compared the edition with the statute."""

    on: date
    by: str
    against: str
    note: str | None = None
