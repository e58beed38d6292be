"""The form of a scenario file, and the models that it names."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from sailau.files.forms import Exact, Form, Names
from sailau.records.election import Election
from sailau.records.library import load_election
from sailau.records.read import read_election
from sailau.runs.logistic_normal import LogisticNormal
from sailau.runs.noise import Dirichlet, Noise, Swing
from sailau.runs.past import PastErrors
from sailau.runs.turnout import Group, Turnout
from sailau.terms.errors import Invalid

Table = dict[str, dict[str, Exact]]


class LogisticNormalForm(Form):
    """Terms of a logistic normal."""

    sd: Exact | None = None
    correlation: Exact = Fraction(0)
    covariance: Table | None = None
    district_sd: Exact = Fraction(0)
    district_correlation: Exact = Fraction(0)
    district_covariance: Table | None = None
    cells: Table | None = None


class DirichletForm(Form):
    """Terms of a Dirichlet."""

    concentration: Exact


class SwingForm(Form):
    """Terms of a swing."""

    sd: Exact
    kind: Literal["uniform", "proportional", "logistic"] = "logistic"
    district_sd: Exact = Fraction(0)


class PastErrorsForm(Form):
    """Errors of the past: given in points, or the changes between elections of the archive."""

    errors: list[dict[str, Exact]] | None = None
    elections: Names | None = None
    tier: str | None = None
    mirror: bool = False
    kind: Literal["uniform", "logistic"] = "logistic"
    district_sd: Exact = Fraction(0)


class NoiseForm(Form):
    """One model."""

    logistic_normal: LogisticNormalForm | None = None
    dirichlet: DirichletForm | None = None
    swing: SwingForm | None = None
    past_errors: PastErrorsForm | None = None


class GroupForm(Form):
    """Voters who come and stay away together."""

    sd: Exact
    of: dict[str, Exact]


class TurnoutForm(Form):
    """How many come to vote."""

    sd: Exact = Fraction(0)
    district_sd: Exact = Fraction(0)
    groups: dict[str, GroupForm] = {}


class ScenarioForm(Form):
    """A scenario as written."""

    scenario: str
    election: str | None = None
    law: str | None = None
    tier: str = "list"
    shares: dict[str, Exact] | None = None
    votes: int | None = None
    set: dict[str, str | int] = {}
    noise: NoiseForm
    turnout: TurnoutForm | None = None
    coalitions: dict[str, Names] = {}
    decisions: dict[str, Names] = {}
    points: Literal["random", "sobol"] = "random"
    runs: int | None = None
    seed: int | None = None


MODELS = ("logistic_normal", "dirichlet", "swing", "past_errors")


def made_noise(form: NoiseForm, folders: tuple[Path, ...]) -> Noise:
    """Return the one model that the form names."""
    given = [name for name in MODELS if getattr(form, name) is not None]
    if len(given) != 1:
        raise Invalid(f"noise names {len(given)} models; one of {', '.join(MODELS)}")
    if form.logistic_normal is not None:
        return LogisticNormal(**dict(form.logistic_normal))
    if form.dirichlet is not None:
        return Dirichlet(**dict(form.dirichlet))
    if form.swing is not None:
        return Swing(**dict(form.swing))
    return _past(form.past_errors or PastErrorsForm(), folders)


def _past(form: PastErrorsForm, folders: tuple[Path, ...]) -> PastErrors:
    terms: dict[str, Any] = {"mirror": form.mirror, "kind": form.kind, "district_sd": form.district_sd}
    if (form.errors is None) == (form.elections is None):
        raise Invalid("noise: errors of the past are either errors or the changes between elections")
    if form.errors is not None:
        return PastErrors(errors=form.errors, **terms)
    return PastErrors.between([election_named(name, folders) for name in form.elections or ()], form.tier, **terms)


def made_turnout(form: TurnoutForm | None) -> Turnout | None:
    """Return the turnout that the form describes."""
    if form is None:
        return None
    groups = {name: Group(sd=group.sd, of=group.of) for name, group in form.groups.items()}
    return Turnout(sd=form.sd, district_sd=form.district_sd, groups=groups)


def election_named(name: str, folders: tuple[Path, ...]) -> Election:
    """Return an election by id, or from the folder that the name is."""
    folder = Path(name)
    return read_election(folder) if (folder / "election.yaml").is_file() else load_election(name, folders=folders)
