"""The lab in a notebook: sliders over the clauses of a law, and what the same votes give under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from sailau.law.edition import Law
from sailau.notebook.looks import to_html
from sailau.records.election import Election
from sailau.runs.compare import compare
from sailau.runs.replay import law_of
from sailau.terms.errors import SailauError
from sailau.terms.extras import need
from sailau.terms.numbers import exact
from sailau.web.controls import Control, controls_of

_STEP = 0.5


def lab(election: Election, *, law: Law | None = None, every: bool = False) -> Any:
    """Return sliders over the clauses of a law, with the count redrawn below them.

    Parameters
    ----------
    election : Election
    law : Law, optional
        By default the one in force on the day.
    every : bool
        Show every clause that can be moved, not only thresholds, formulas and numbers of seats.

    Returns
    -------
    ipywidgets.VBox
        A notebook shows it; its children are the controls and, last, the result.

    Raises
    ------
    MissingExtra
        ipywidgets is not installed.
    """
    widgets = need("ipywidgets", extra="notebook", what="a lab with sliders")
    rule = law or law_of(election)
    controls = [c for c in controls_of(rule, election.tally, {}) if c.closed is None and (every or c.is_main)]
    made = {control.path: _widget(widgets, control) for control in controls}
    output = widgets.HTML(shown(election, rule, {}))

    def redraw(_: Any) -> None:
        changes = {c.path: _spelled(c, made[c.path].value) for c in controls}
        output.value = shown(
            election, rule, {c.path: changes[c.path] for c in controls if changes[c.path] != c.enacted}
        )

    for widget in made.values():
        widget.observe(redraw, names="value")
    return widgets.VBox([*made.values(), output])


def _widget(widgets: Any, control: Control) -> Any:
    """Return the slider, list or box of a control, with its article as the tooltip."""
    words: dict[str, Any] = {"description": control.path, "tooltip": control.cite, "continuous_update": False}
    words |= {"style": {"description_width": "initial"}, "layout": widgets.Layout(width="32em")}
    if control.kind == "share" and control.enacted.endswith("%"):
        return widgets.FloatSlider(float(exact(control.enacted) * 100), min=0, max=control.high, step=_STEP, **words)
    if control.kind == "whole" and control.enacted.isdecimal():
        return widgets.IntSlider(int(control.enacted), min=0, max=control.high, **words)
    words.pop("continuous_update")
    if control.options:
        return widgets.Dropdown(options=list(control.options), value=control.enacted, **words)
    return widgets.Text(control.enacted, continuous_update=False, **words)


def _spelled(control: Control, value: object) -> str:
    """Return the value of a widget as a law writes it; one left as it was is as enacted."""
    if control.kind == "share" and isinstance(value, float):
        return control.enacted if value == float(exact(control.enacted) * 100) else f"{value:g}%"
    return str(value)


def shown(election: Election, law: Law, changes: Mapping[str, str]) -> str:
    """Return the same votes under the changed law as HTML, or the reason why it leads nowhere."""

    def look() -> str:
        after = law.replace(dict(changes)) if changes else law
        seen = compare(law, after, election.tally, decisions=election.decisions)
        if not changes:
            return to_html(seen.before)
        return f"<p>{escape(seen.sentence())}</p>{to_html(seen)}"

    return _or_reason(look)


def _or_reason(look: Callable[[], str]) -> str:
    try:
        return look()
    except SailauError as error:
        return f"<p><strong>{escape(error.what)}</strong></p><p>{escape(error.hint or '')}</p>"
