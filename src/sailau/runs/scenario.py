"""Scenarios: what is simulated, as a file that can be shared, frozen and with a checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from sailau.files.document import Document, read_document
from sailau.files.forms import check
from sailau.law.edition import Law
from sailau.law.library import load_law
from sailau.runs.checks import check_coalitions, check_runs
from sailau.runs.field import Field
from sailau.runs.layout import Layout
from sailau.runs.noise import Noise
from sailau.runs.replay import law_of
from sailau.runs.scenario_form import ScenarioForm, election_named, made_noise, made_turnout
from sailau.runs.simulate import Runs, Watched, simulate, watch
from sailau.runs.turnout import Turnout
from sailau.terms.errors import Invalid, InvalidRecord, Place, SailauError
from sailau.terms.speech import say
from sailau.terms.tally import NATION, Ballots, Tally

CLOSE = Fraction(1, 1000)
"""How far published shares may be from adding up to one."""


@dataclass(frozen=True)
class Scenario:
    """What is simulated.

    Attributes
    ----------
    name : str
    law : Law
    tally : Tally
        The votes around which is drawn.
    noise : LogisticNormal, Dirichlet, Swing or PastErrors
    turnout : Turnout, optional
    held : mapping of str to int
        Seats of tiers whose votes are not published, as declared.
    coalitions : mapping of str to tuple of str
    decisions : mapping of str to tuple of str
        Rulings that hold in every run.
    points : str
        ``random`` or ``sobol``.
    runs, seed : int, optional
        What the file proposes.
    election : str, optional
    """

    name: str
    law: Law
    tally: Tally
    noise: Noise
    turnout: Turnout | None = None
    held: Mapping[str, int] = field(default_factory=dict)
    coalitions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decisions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    points: str = "random"
    runs: int | None = None
    seed: int | None = None
    election: str | None = None

    @property
    def checksum(self) -> str:
        """The same for the same votes, law, noise, turnout and coalitions, whatever file they came from."""
        votes = {tier: {a: dict(v) for a, v in ballots.votes.items()} for tier, ballots in self.tally.tiers.items()}
        parts = {
            "law": [str(self.law), repr(self.law.document)],
            "votes": votes,
            "noise": self.noise.spell(),
            "turnout": self.turnout.spell() if self.turnout else None,
            "held": dict(self.held),
            "coalitions": {name: list(members) for name, members in self.coalitions.items()},
            "decisions": {name: list(answer) for name, answer in self.decisions.items()},
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def run(self, *, runs: int | None = None, seed: int | None = None, **options: Any) -> Runs:
        """Simulate; `options` are those of `simulate`.

        Raises
        ------
        Invalid
            Neither the file nor the caller says how many runs, or with which seed.
        """
        return simulate(self.law, self.tally, **{**self._terms(runs, seed), **options})

    def watch(self, *, runs: int | None = None, seed: int | None = None, **options: Any) -> Watched:
        """Simulate step by step; `options` are those of `watch`."""
        return watch(self.law, self.tally, **{**self._terms(runs, seed), **options})

    def _terms(self, runs: int | None, seed: int | None) -> dict[str, Any]:
        n, start = self.runs if runs is None else runs, self.seed if seed is None else seed
        if n is None or start is None:
            raise Invalid("say how many runs and which seed: --runs 100000 --seed 7, or in the file")
        return {
            "noise": self.noise,
            "n": n,
            "seed": start,
            "turnout": self.turnout,
            "held": self.held,
            "coalitions": self.coalitions,
            "decisions": self.decisions,
            "points": self.points,
        }


SMALLEST = """\
scenario: what I want to know
election: kz/mazhilis/2023-03-19
noise: {swing: {sd: 3%}}
runs: 10000
seed: 7"""


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
    lines = "\n".join(f"    {line}" for line in SMALLEST.splitlines())
    form = say("a scenario is a YAML file, at its smallest:\n{lines}", lines=lines)
    if path.is_dir():
        raise InvalidRecord(say("is a folder"), place=Place(str(path)), hint=form)
    document = read_document(path, InvalidRecord, form=form)
    return made_scenario(document, folders=folders, laws=laws)


def made_scenario(document: Document, *, folders: tuple[Path, ...] = (), laws: tuple[Path, ...] = ()) -> Scenario:
    """Return the scenario of a document that was read; what it raises is what `read_scenario` raises."""
    form = check(ScenarioForm, document, InvalidRecord)
    try:
        law, tally, held = _votes(form, document, folders, laws)
    except SailauError as fault:
        raise _placed(fault, document, ("election",) if form.election else ("shares",)) from None
    try:
        law = law.replace(form.set) if form.set else law
    except SailauError as fault:
        raise _placed(fault, document, ("set",)) from None
    try:
        noise = made_noise(form.noise, folders)
    except SailauError as fault:
        raise _placed(fault, document, ("noise",)) from None
    try:
        turnout = made_turnout(form.turnout)
    except SailauError as fault:
        raise _placed(fault, document, ("turnout",)) from None
    try:
        check_runs(form.runs)
    except SailauError as fault:
        raise _placed(fault, document, ("runs",)) from None
    _check(form, document, law, tally, held, noise, turnout)
    return Scenario(
        form.scenario,
        law,
        tally,
        noise,
        turnout,
        held,
        dict(form.coalitions),
        dict(form.decisions),
        form.points,
        form.runs,
        form.seed,
        form.election,
    )


def _check(
    form: ScenarioForm,
    document: Document,
    law: Law,
    tally: Tally,
    held: Mapping[str, int],
    noise: Noise,
    turnout: Turnout | None,
) -> None:
    """Refuse models and coalitions that do not fit the votes, at the place where they are written."""
    try:
        layout = Layout.of(law, tally)
    except SailauError as fault:
        raise _placed(fault, document, ("law",) if form.law else ("election",)) from None
    votes = Field.of(layout)
    try:
        noise.check(votes)
    except SailauError as fault:
        raise _placed(fault, document, ("noise",)) from None
    try:
        if turnout is not None:
            turnout.check(votes)
    except SailauError as fault:
        raise _placed(fault, document, ("turnout",)) from None
    try:
        check_coalitions(form.coalitions, layout.parties, held)
    except SailauError as fault:
        raise _placed(fault, document, ("coalitions",)) from None


def _placed(fault: SailauError, document: Document, path: tuple[str, ...]) -> SailauError:
    fault.place = fault.place or document.place(path)
    return fault


def _votes(
    form: ScenarioForm, document: Document, folders: tuple[Path, ...], laws: tuple[Path, ...]
) -> tuple[Law, Tally, Mapping[str, int]]:
    """Return the law, the votes around which is drawn, and the seats that are held besides."""
    if (form.election is None) == (form.shares is None):
        raise Invalid("a scenario has either an election or shares", place=document.place(()))
    if form.election is not None:
        election = election_named(form.election, folders)
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
