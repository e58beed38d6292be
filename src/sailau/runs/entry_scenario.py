"""An entry as a file: the list, its rivals, the electorate, and what is not known, as ranges with reasons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sailau.files.document import Document, read_document
from sailau.files.forms import check
from sailau.law.edition import Law
from sailau.law.library import load_law
from sailau.parties.districts import Classes
from sailau.parties.law import PartyLaw
from sailau.records.registers import Cases, load_areas, load_cases, load_classes, load_districts, load_party_law
from sailau.runs.entry_checks import check_groups, check_magnitudes, check_numbers, check_unknowns
from sailau.runs.entry_electorate import cells_from, names_of
from sailau.runs.entry_form import EntryForm, ReformForm, RivalForm
from sailau.runs.entry_inputs import Input
from sailau.terms.errors import InvalidRecord, NotFound, SailauError
from sailau.votes.choice import Cells

ENTRANT_FIRST = 0
"""The place of the entrant among the parties of a scenario."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A party that is there.

    Attributes
    ----------
    id : str
    position, valence, ties : float
    identity : mapping of group to float
    joins : bool
        Whether it may take the entrant's position (Meguid's accommodating rival), as a switch of the model.
    """

    id: str
    position: float
    valence: float
    identity: Mapping[str, float]
    ties: float = 0.0
    joins: bool = False


@dataclass(frozen=True)
class Scenario:
    """An entry.

    Attributes
    ----------
    id, name : str
    on : date
    law : Law
        The electoral law, for the bar and the seats.
    tier : str
        The tier in which the list stands.
    party_law : PartyLaw, optional
    cases : Cases, optional
    debuts : tuple of str
        Kinds of debuts that are comparable.
    list : str
    rests_on : frozenset of str
        Grounds that a ban may name.
    traits : frozenset of str
        What a law may exempt from its bar, for instance ``minority``.
    stands_in : frozenset of str
        The regions where it stands; empty where it stands everywhere.
    speaks_to : frozenset of str
    majority : str
        The group on the other side.
    cells : Cells
    others : mapping of str to Cells
        Other counts of the electorate, as switches of the model.
    rivals : tuple of Rival
    positions : mapping of group to float
    ages : mapping of age to float
        Where an age stands between young (-1) and old (1).
    sd : float
        Deviation of people around the middle of their cell.
    turnout_by_age, turnout_by_region : mapping to float
        Relative turnout; 1 where nothing is said.
    inputs : tuple of Input
    votes : int
        Valid votes, for the count in whole votes.
    seed : int
    laws : tuple of str
        Laws whose editions the entrant is put under.
    districts : tuple of mapping of region to int
        Single-member districts by region, as on record.
    classes : Classes, optional
        Parts of the regions by the share of a group, by which the districts of a region differ.
    magnitudes : mapping of tier to mapping of region to int
        Seats of the districts of a tier, where the law leaves them to each election; a region is a district.
    reforms : mapping of str to Law
    group_names : mapping of group to str
        What groups are called, where the electorate is a population that names them.
    region_names : mapping of region to str
        What the regions of the districts are called, where they are on record.
    notes : tuple of str
        What is assumed, as sentences.
    law_folders, register_folders : tuple of Path
        A user's own, in which laws and laws on parties are looked for too.
    """

    id: str
    name: str
    on: date
    law: Law
    tier: str
    party_law: PartyLaw | None
    cases: Cases | None
    debuts: tuple[str, ...]
    list: str
    rests_on: frozenset[str]
    traits: frozenset[str]
    stands_in: frozenset[str]
    speaks_to: frozenset[str]
    majority: str
    cells: Cells
    others: Mapping[str, Cells]
    rivals: tuple[Rival, ...]
    positions: Mapping[str, float]
    ages: Mapping[str, float]
    sd: float
    turnout_by_age: Mapping[str, float]
    turnout_by_region: Mapping[str, float]
    inputs: tuple[Input, ...]
    votes: int
    seed: int
    laws: tuple[str, ...] = ()
    districts: tuple[Mapping[str, int], ...] = ()
    classes: Classes | None = None
    magnitudes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    reforms: Mapping[str, Law] = field(default_factory=dict)
    group_names: Mapping[str, str] = field(default_factory=dict)
    region_names: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    law_folders: tuple[Path, ...] = ()
    register_folders: tuple[Path, ...] = ()
    document: Mapping[str, object] = field(default_factory=dict, repr=False)

    def stands(self, region: str) -> bool:
        """Say whether the list stands in a region."""
        return not self.stands_in or region in self.stands_in

    @property
    def majority_name(self) -> str:
        """What the group on the other side is called."""
        return self.group_names.get(self.majority, self.majority)

    @property
    def parties(self) -> tuple[str, ...]:
        """The entrant, then its rivals."""
        return (self.list, *(rival.id for rival in self.rivals))

    @property
    def checksum(self) -> str:
        """The same for the same scenario under the same laws."""
        parts = [str(self.law), str(self.party_law), json.dumps(self.document, sort_keys=True, default=str)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def input(self, name: str) -> Input | None:
        """Return an input by name."""
        return next((given for given in self.inputs if given.name == name), None)


def _laws_of(
    form: EntryForm, document: Document, laws: Sequence[Path], registers: Sequence[Path]
) -> tuple[Law, PartyLaw | None]:
    """Return the laws on elections and on parties that an entry names; the first has the tier that it names."""
    try:
        law = load_law(form.law, on=None if "@" in form.law else form.on, folders=laws)
        rules = load_party_law(form.parties, on=form.on, folders=registers) if form.parties else None
    except SailauError as fault:
        fault.place = fault.place or document.place(("law",))
        raise
    if form.tier not in [tier.name for tier in law.tiers]:
        missing = NotFound("tier", form.tier, [tier.name for tier in law.tiers])
        missing.place = document.place(("tier",) if "tier" in document.values else ())
        raise missing
    return law, rules


def read_entry(path: Path, *, laws: Sequence[Path] = (), registers: Sequence[Path] = ()) -> Scenario:
    """Read an entry.

    Raises
    ------
    Invalid
        With file and line: an unknown key, a group without a position, a range that is none.
    NotFound
        No law of that name.
    """
    document = read_document(path, InvalidRecord)
    form = check(EntryForm, document, InvalidRecord)
    law, rules = _laws_of(form, document, laws, registers)
    cells = cells_from(form.electorate, path, document, ("electorate",))
    others = {
        name: cells_from(part, path, document, ("other_electorates", name))
        for name, part in form.other_electorates.items()
    }
    check_groups(form, cells, others, document)
    check_numbers(form, cells, document)
    check_magnitudes(form, law, cells, document)
    inputs = tuple(Input(name, float(r.low), float(r.high), r.why) for name, r in form.inputs.items())
    check_unknowns(inputs, document)
    return Scenario(
        id=form.entry,
        name=form.name,
        on=form.on,
        law=law,
        tier=form.tier,
        party_law=rules,
        cases=load_cases(form.cases, folders=registers) if form.cases else None,
        debuts=form.debuts,
        list=form.list.id,
        rests_on=frozenset(form.list.rests_on),
        traits=frozenset(form.list.traits),
        stands_in=frozenset(form.list.stands_in),
        speaks_to=frozenset(form.list.speaks_to),
        majority=form.majority,
        cells=cells,
        others=others,
        rivals=tuple(_rival(name, part) for name, part in form.rivals.items()),
        positions={group: float(x) for group, x in form.voters.positions.items()},
        ages={age: float(x) for age, x in form.voters.ages.items()},
        sd=float(form.voters.sd),
        turnout_by_age={age: float(x) for age, x in form.voters.turnout_by_age.items()},
        turnout_by_region={region: float(x) for region, x in form.voters.turnout_by_region.items()},
        inputs=inputs,
        votes=form.votes,
        seed=form.seed,
        laws=form.laws,
        districts=load_districts(form.districts, folders=registers) if form.districts else (),
        classes=load_classes(form.districts, folders=registers) if form.districts else None,
        magnitudes=form.magnitudes,
        reforms={name: _reform(part, law, path, document, name, laws) for name, part in form.reforms.items()},
        group_names=names_of(form.electorate),
        region_names=_region_names(form.districts, registers),
        notes=_notes(form),
        law_folders=tuple(laws),
        register_folders=tuple(registers),
        document=document.values,
    )


def _region_names(country: str | None, registers: Sequence[Path]) -> dict[str, str]:
    areas = load_areas(country, folders=registers) if country else None
    return {name: area.name for name, area in areas.units.items()} if areas else {}


def _reform(form: ReformForm, law: Law, path: Path, document: Document, name: str, folders: Sequence[Path]) -> Law:
    from sailau.law.read import read_law

    own = path.parent / (form.law or "")
    if form.law and own.suffix == ".yaml" and not own.is_file():
        raise InvalidRecord(f"there is no file {own}", place=document.place(("reforms", name, "law")))
    try:
        base = law if form.law is None else read_law(own) if own.is_file() else load_law(form.law, folders=folders)
        return base.replace(form.set) if form.set else base
    except SailauError as fault:
        fault.place = document.place(("reforms", name))
        raise


def _rival(name: str, form: RivalForm) -> Rival:
    identity = {group: float(x) for group, x in form.identity.items()}
    return Rival(name, float(form.position), float(form.valence), identity, float(form.ties), form.joins)


def _notes(form: EntryForm) -> tuple[str, ...]:
    electorate = form.electorate
    out = [f"electorate: {electorate.source}" + (f"; {electorate.note}" if electorate.note else "")]
    out.append(f"positions and turnout: {form.voters.why}")
    return (*out, *form.notes)
