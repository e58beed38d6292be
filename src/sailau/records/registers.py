"""The library of registers: laws on parties by edition, areas by date, recorded cases by country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sailau.files.areas import read_areas
from sailau.files.document import Document, read_document
from sailau.files.editions import edition_of, in_order
from sailau.files.forms import Form, check, form_of
from sailau.files.places import shipped
from sailau.parties.areas import Area, Areas
from sailau.parties.conditions import CONDITIONS, Condition, Headcount
from sailau.parties.districts import Classes
from sailau.parties.law import START, PartyLaw, Stage
from sailau.parties.rates import Rate
from sailau.records.registers_forms import (
    CasesForm,
    CountForm,
    DistrictsForm,
    PartyLawForm,
    StageForm,
)
from sailau.terms.checked import Checked
from sailau.terms.errors import InvalidLaw, InvalidRecord, NotFound, Place, SailauError

ROOM = "registers"


@dataclass(frozen=True, slots=True)
class Case:
    """One attempt to become a party, as told."""

    who: str
    years: str
    reached: str
    ended: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Cases:
    """What is recorded of a country's attempts.

    Attributes
    ----------
    country, name : str
    rates : mapping of gate to Rate
    others : tuple of Rate
        Other counts, not used as priors.
    recorded : tuple of Case
    notes : tuple of str
    """

    country: str
    name: str
    rates: Mapping[str, Rate]
    others: tuple[Rate, ...]
    recorded: tuple[Case, ...]
    notes: tuple[str, ...]


def party_law_ids(*, folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the ids of all laws on parties."""
    return tuple(sorted(_index(tuple(folders))))


def load_party_law(name: str, *, on: date | str | None = None, folders: Sequence[Path] = ()) -> PartyLaw:
    """Return the edition of a law on parties in force on a day.

    Parameters
    ----------
    name : str
        ``kz/parties``, or with a day or an edition: ``kz/parties@2009-02-06``.
    on : date or str, optional
        The day; the newest edition when neither names one.
    folders : sequence of Path, optional
        Folders of a user's own registers, looked through before those that ship.

    Raises
    ------
    NotFound
        No such law, or no edition in force on that day.
    InvalidLaw
        A file is at fault.
    """
    name, _, day = name.partition("@")
    return edition_of(load_party_editions(name, folders=folders), name, day or on)


def load_party_editions(name: str, *, folders: Sequence[Path] = ()) -> tuple[PartyLaw, ...]:
    """Return all editions of a law on parties, oldest first."""
    paths = _index(tuple(folders)).get(name)
    if paths is None:
        raise NotFound("law on parties", name, party_law_ids(folders=folders), listing="sailau parties laws")
    laws = [read_party_law(path) for path in paths]
    for law in laws:
        if law.id != name:
            raise InvalidLaw(f"{law.path}: the file calls itself {law.id}, its folder {name}")
    return in_order(laws)


def load_areas(country: str, *, folders: Sequence[Path] = ()) -> Areas | None:
    """Return the areas of a country by date; None where nobody wrote them down."""
    path = _file(country, "areas", folders)
    if path is None:
        return None
    record = read_areas(path)
    units = {name: Area(name, u.kind, u.since, u.until, u.of, u.spellings) for name, u in record.units.items()}
    return Areas(record.country, record.name, units, record.notes)


def areas_of(law: PartyLaw, folders: Sequence[Path] = ()) -> Areas | None:
    """Return the areas that a law counts; None where it names none.

    Raises
    ------
    InvalidLaw
        It names areas that nobody wrote down, or a kind of area that is not among them.
    """
    if law.areas is None:
        return None
    areas = load_areas(law.areas, folders=folders)
    if areas is None:
        hint = f"write them down as {ROOM}/{law.areas}/areas.yaml, in the form of those that ship (--registers FOLDER)"
        raise InvalidLaw(
            f"the law counts the areas of {law.areas!r}, which are not on record", place=Place(law.path), hint=hint
        )
    kinds = {area.kind for area in areas.units.values()}
    for condition in law.all(Headcount):
        if condition.kind is not None and condition.kind not in kinds:
            missing = NotFound("kind of area", condition.kind, sorted(kinds))
            raise InvalidLaw(
                missing.what, place=Place(law.path), hint=missing.hint or f"there are {', '.join(sorted(kinds))}"
            )
    return areas


def case_countries(*, folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the countries whose cases are recorded."""
    places = (*folders, shipped(ROOM))
    return tuple(sorted({path.parent.name for place in places for path in place.glob("*/cases.yaml")}))


def load_cases(country: str, *, folders: Sequence[Path] = ()) -> Cases | None:
    """Return the recorded cases of a country; None where nobody wrote them down."""
    path = _file(country, "cases", folders)
    if path is None:
        return None
    document = read_document(path, InvalidRecord)
    form = check(CasesForm, document, InvalidRecord)
    rates = {name: _rate(part, document, ("counts", name)) for name, part in form.counts.items()}
    others = tuple(_rate(part, document, ("others", i)) for i, part in enumerate(form.others))
    told = tuple(Case(c.who, c.years, c.reached, c.ended, c.note, c.source) for c in form.recorded)
    return Cases(form.cases, form.name, rates, others, told, form.notes)


def load_districts(country: str, *, folders: Sequence[Path] = ()) -> tuple[Mapping[str, int], ...]:
    """Return single-member districts by region, one mapping for each edition on record; empty where there is none."""
    path = _file(country, "districts", folders)
    if path is None:
        return ()
    form = check(DistrictsForm, read_document(path, InvalidRecord), InvalidRecord)
    return tuple(form.editions.values())


def load_classes(country: str, *, folders: Sequence[Path] = ()) -> Classes | None:
    """Return the parts of a country's regions by the share of a group; None where nobody wrote them down."""
    path = _file(country, "districts", folders)
    if path is None:
        return None
    found = check(DistrictsForm, read_document(path, InvalidRecord), InvalidRecord).classes
    if found is None:
        return None
    parts = {region: tuple(numbers) for region, numbers in found.regions.items()}
    return Classes(found.of, tuple(float(edge) for edge in found.edges), parts)


def read_party_law(path: Path) -> PartyLaw:
    """Read one edition from a file.

    Raises
    ------
    InvalidLaw
        With file, line and column: an unknown key, a condition without a citation, a stage that follows none.
    """
    return _read(Path(path))


@cache
def _read(path: Path) -> PartyLaw:
    document = read_document(path, InvalidLaw)
    form = check(PartyLawForm, document, InvalidLaw)
    checked = Checked(**form.checked.model_dump()) if form.checked else None
    return PartyLaw(
        id=form.law,
        edition=path.stem,
        name=form.name,
        since=form.in_force.since,
        until=form.in_force.until,
        conditions=tuple(
            _condition(part, ("conditions", i), document, form.texts) for i, part in enumerate(form.conditions)
        ),
        stages=_stages(form.stages, document, form.texts),
        areas=form.areas,
        texts=form.texts,
        checked=checked,
        sources=form.sources,
        notes=form.notes,
        document=document.values,
        path=str(path),
    )


def _condition(
    written: Mapping[str, Any], at: tuple[str | int, ...], document: Document, texts: Mapping[str, str]
) -> Condition:
    if len(written) != 1:
        raise InvalidLaw(
            f"a condition is one word with its terms, not {', '.join(written) or 'nothing'}", place=document.place(at)
        )
    (name, terms), *_ = written.items()
    if name not in CONDITIONS:
        missing = NotFound("condition", name, list(CONDITIONS))
        known = missing.hint or f"known: {', '.join(CONDITIONS)}"
        raise InvalidLaw(missing.what, place=document.place((*at, name)), hint=known)
    if not isinstance(terms, dict) or not terms.get("cite"):
        raise InvalidLaw(
            f"the condition {name} has no citation",
            place=document.place((*at, name)),
            hint='name the clause it follows, for instance cite: "pl 10(6)"',
        )
    _cited(terms["cite"], (*at, name, "cite"), document, texts)
    form = check(_form(name), document, InvalidLaw, at=(*at, name))
    try:
        made: Condition = CONDITIONS[name](**{key: getattr(form, key) for key in type(form).model_fields})
    except SailauError as error:
        raise InvalidLaw(error.what, place=document.place((*at, name)), hint=error.hint) from None
    return made


@cache
def _form(name: str) -> type[Form]:
    return form_of(CONDITIONS[name])


def _stages(forms: Sequence[StageForm], document: Document, texts: Mapping[str, str]) -> tuple[Stage, ...]:
    seen = {START}
    out = []
    names = {form.stage for form in forms}
    for i, form in enumerate(forms):
        at = ("stages", i)
        if form.after not in seen:
            hint = f"a stage follows {START} or one that stands before it"
            raise InvalidLaw(f"{form.stage} follows {form.after!r}", place=document.place((*at, "after")), hint=hint)
        if form.closes is not None and form.closes not in names:
            raise InvalidLaw(
                f"{form.stage} closes {form.closes!r}, which is no stage here", place=document.place((*at, "closes"))
            )
        _cited(form.cite, (*at, "cite"), document, texts)
        seen.add(form.stage)
        out.append(_stage(form))
    return tuple(out)


def _stage(form: StageForm) -> Stage:
    day = form.before_election
    return Stage(
        stage=form.stage,
        gate=form.gate,
        after=form.after,
        within=form.within,
        answer=form.answer,
        again=form.again,
        opens=day.opens if day else None,
        closes=day.closes if day else None,
        limit=form.closes,
        ends=form.ends,
        fails=form.fails,
        cite=form.cite,
    )


def _cited(cite: object, at: tuple[str | int, ...], document: Document, texts: Mapping[str, str]) -> None:
    text = str(cite).split(" ")[0].rstrip(",;:")
    if text not in texts:
        raise InvalidLaw(
            f"the citation {cite!r} names the text {text!r}, which texts does not list",
            place=document.place(at),
            hint=f"texts lists {', '.join(texts)}",
        )


def _rate(form: CountForm, document: Document, at: tuple[str | int, ...]) -> Rate:
    if form.passed > form.tried:
        raise InvalidRecord(
            f"{form.passed} of {form.tried} passed; more than tried", place=document.place((*at, "passed"))
        )
    return Rate(
        form.passed,
        form.tried,
        name=form.name,
        source=form.source,
        since=form.since,
        until=form.until,
        of_all=form.of_all,
    )


def _file(country: str, name: str, folders: Sequence[Path]) -> Path | None:
    for folder in (*folders, shipped(ROOM)):
        path = folder / country / f"{name}.yaml"
        if path.is_file():
            return path
    return None


@cache
def _index(folders: tuple[Path, ...]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for folder in (*folders, shipped(ROOM)):
        here: dict[str, list[Path]] = {}
        for path in sorted(folder.glob("*/parties/*.yaml")):
            here.setdefault(path.parent.relative_to(folder).as_posix(), []).append(path)
        for name, paths in here.items():
            found.setdefault(name, paths)
    return found
