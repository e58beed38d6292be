"""Mechanisms: small stated models of what the experts say is at work. They show what can be, never what is."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from sailau.claims.mechanisms.model import Mechanism
from sailau.terms.errors import NotFound

MECHANISMS: Mapping[str, str] = {
    "audience_frames": "frames",
    "backlash": "rivals",
    "cohort_replacement": "cohorts",
    "deployment_legitimacy": "guard",
    "diversion": "rally",
    "elite_coordination": "coordination",
    "elite_split": "coordination",
    "entry_reaction": "rivals",
    "external_subsidy": "subsidy",
    "issue_ownership": "salience",
    "memory": "cohorts",
    "repression": "protest",
    "shutdown": "protest",
    "tension_coupling": "rally",
    "value_programme": "salience",
}  # fmt: skip
"""Name to module; each module holds its mechanisms under their names in capitals."""


def load_mechanism(name: str) -> Mechanism:
    """Return a mechanism by its name.

    Raises
    ------
    NotFound
    """
    if name not in MECHANISMS:
        raise NotFound("mechanism", name, list(MECHANISMS), listing="docs/reference/mechanisms.md")
    found: Mechanism = getattr(import_module(f"sailau.claims.mechanisms.{MECHANISMS[name]}"), name.upper())
    return found
