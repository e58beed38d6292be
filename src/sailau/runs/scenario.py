"""Scenarios: what is simulated, as a file that can be shared, frozen and with a checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from sailau.files.document import Document, read_document
from sailau.files.forms import Exact, Form, Names, check
from sailau.law.edition import Law
from sailau.law.library import load_law
from sailau.records.library import load_election
from sailau.records.read import read_election
from sailau.runs.noise import Dirichlet, LogisticNormal, Swing
from sailau.runs.replay import law_of
from sailau.runs.simulate import Runs, simulate
from sailau.terms.errors import Invalid, InvalidRecord, SailauError
from sailau.terms.tally import NATION, Ballots, Tally

CLOSE = Fraction(1, 1000)
"""How far published shares may be from adding up to one."""


MODELS: Mapping[str, type[LogisticNormal] | type[Dirichlet] | type[Swing]] = {
    "logistic_normal": LogisticNormal,
    "dirichlet": Dirichlet,
    "swing": Swing,
}


class LogisticNormalForm(Form):
    """Terms of a logistic normal."""

    sd: Exact | None = None
    correlation: Exact = Fraction(0)
    covariance: dict[str, dict[str, Exact]] | None = None
    district_sd: Exact = Fraction(0)


class DirichletForm(Form):
    """Terms of a Dirichlet."""

    concentration: Exact


class SwingForm(Form):
    """Terms of a swing."""

    sd: Exact
    kind: Literal["uniform", "proportional", "logistic"] = "logistic"
    district_sd: Exact = Fraction(0)


class NoiseForm(Form):
    """One model."""

    logistic_normal: LogisticNormalForm | None = None
    dirichlet: DirichletForm | None = None
    swing: SwingForm | None = None


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
    coalitions: dict[str, Names] = {}
    runs: int | None = None
    seed: int | None = None


@dataclass(frozen=True)
class Scenario:
    """What is simulated.

    Attributes
    ----------
    name : str
    law : Law
    tally : Tally
        The votes around which is drawn.
    noise : LogisticNormal, Dirichlet or Swing
    held : mapping of str to int
        Seats of tiers whose votes are not published, as declared.
    coalitions : mapping of str to tuple of str
    runs, seed : int, optional
        What the file proposes.
    election : str, optional
    """

    name: str
    law: Law
    tally: Tally
    noise: LogisticNormal | Dirichlet | Swing
    held: Mapping[str, int] = field(default_factory=dict)
    coalitions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    runs: int | None = None
    seed: int | None = None
    election: str | None = None

    @property
    def checksum(self) -> str:
        """The same for the same votes, law, noise and coalitions, whatever file they came from."""
        votes = {tier: {a: dict(v) for a, v in ballots.votes.items()} for tier, ballots in self.tally.tiers.items()}
        parts = {
            "law": [str(self.law), repr(self.law.document)],
            "votes": votes,
            "noise": self.noise.spell(),
            "held": dict(self.held),
            "coalitions": {name: list(members) for name, members in self.coalitions.items()},
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def run(self, *, runs: int | None = None, seed: int | None = None, **options: Any) -> Runs:
        """Simulate; `options` are those of `simulate`.

        Raises
        ------
        Invalid
            Neither the file nor the caller says how many runs, or with which seed.
        """
        n, start = runs or self.runs, self.seed if seed is None else seed
        if n is None or start is None:
            raise Invalid("say how many runs and which seed: --runs 100000 --seed 7, or in the file")
        return simulate(
            self.law,
            self.tally,
            noise=self.noise,
            n=n,
            seed=start,
            held=self.held,
            coalitions=self.coalitions,
            **options,
        )


def read_scenario(path: Path, *, folders: tuple[Path, ...] = (), laws: tuple[Path, ...] = ()) -> Scenario:
    """Read a scenario.

    Parameters
    ----------
    path : Path
    folders, laws : tuple of Path, optional
        Folders of a user's own elections and laws.

    Raises
    ------
    Invalid
        With file and line: an unknown key, shares that do not add up, a model that is none.
    NotFound
        No election or law of that name.
    """
    document = read_document(path, InvalidRecord)
    form = check(ScenarioForm, document, InvalidRecord)
    try:
        law, tally, held = _votes(form, document, folders, laws)
        law = law.replace(form.set) if form.set else law
    except SailauError as fault:
        raise _placed(fault, document, ("election",) if form.election else ("shares",)) from None
    try:
        noise = _noise(form.noise)
    except SailauError as fault:
        raise _placed(fault, document, ("noise",)) from None
    return Scenario(form.scenario, law, tally, noise, held, dict(form.coalitions), form.runs, form.seed, form.election)


def _placed(fault: SailauError, document: Document, path: tuple[str, ...]) -> SailauError:
    fault.place = fault.place or document.place(path)
    return fault


def _noise(form: NoiseForm) -> LogisticNormal | Dirichlet | Swing:
    given = [(name, getattr(form, name)) for name in MODELS if getattr(form, name) is not None]
    if len(given) != 1:
        raise Invalid(f"noise names {len(given)} models; one of {', '.join(MODELS)}")
    name, terms = given[0]
    made: LogisticNormal | Dirichlet | Swing = MODELS[name](**dict(terms))
    return made


def _votes(
    form: ScenarioForm, document: Document, folders: tuple[Path, ...], laws: tuple[Path, ...]
) -> tuple[Law, Tally, Mapping[str, int]]:
    """Return the law, the votes around which is drawn, and the seats that are held besides."""
    if (form.election is None) == (form.shares is None):
        raise Invalid("a scenario has either an election or shares", place=document.place(()))
    if form.election is not None:
        folder = Path(form.election)
        own = (folder / "election.yaml").is_file()
        election = read_election(folder) if own else load_election(form.election, folders=folders)
        law = load_law(form.law, folders=laws) if form.law else law_of(election, folders=laws)
        return law, election.tally, election.declared_seats()
    if form.law is None or form.votes is None:
        raise Invalid("shares need a law and the number of votes", place=document.place(()))
    return load_law(form.law, folders=laws), _tally(form.shares or {}, form.votes, form.tier), {}


def _tally(shares: Mapping[str, Fraction], votes: int, tier: str) -> Tally:
    if votes < 1:
        raise Invalid(f"{votes} votes; a number from 1 on")
    for line, share in shares.items():
        if not 0 <= share <= 1:
            raise Invalid(f"the share of {line} is {share}; a share lies between 0% and 100%")
    total = sum(shares.values(), Fraction(0))
    if abs(total - 1) > CLOSE:
        raise Invalid(
            f"the shares add up to {float(total):.4%}", hint="name every line, against_all included, or rescale"
        )
    counts = {line: int(share / total * votes + Fraction(1, 2)) for line, share in shares.items()}
    return Tally({tier: Ballots({NATION: counts})})
