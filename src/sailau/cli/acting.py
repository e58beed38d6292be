"""sailau acts: how many votes each act of a parliament needs."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from sailau.cli.options import Form, Json
from sailau.cli.output import emit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(acts)


def acts(
    country: Annotated[str, typer.Argument(help="A country: kz.")],
    on: Annotated[
        str | None, typer.Option("--on", help="The constitution in force on this day; all without it.")
    ] = None,
    members: Annotated[int | None, typer.Option("--members", min=1, help="A house of another size.")] = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """List the acts of a parliament and the votes that each needs, by constitution and date.

    Example: sailau acts kz --on 2026-09-01
    """
    from sailau.law.acts import constitutions, countries
    from sailau.report.power import constitutions_table
    from sailau.terms.errors import NotFound

    found = constitutions(country)
    if not found:
        raise NotFound("constitution with its acts", country, countries())
    day = _day(on)
    kept = [one for one in found if day is None or (one.since <= day and (one.until is None or day <= one.until))]
    if not kept:
        raise NotFound("constitution in force on", str(day), [str(one.since) for one in found])
    emit(constitutions_table(kept, members), "acts", form=form, as_json=json)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write 2026-09-01", param_hint="--on") from None
