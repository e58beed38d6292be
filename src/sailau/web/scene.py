"""A scene: which election, under which law, with which changes. It lives in the address, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from sailau.law.adding import adds
from sailau.law.edition import Law
from sailau.law.result import Decisions
from sailau.plots.palette import settled
from sailau.records.election import Election
from sailau.report.names import party_colours
from sailau.terms.errors import Invalid, NotFound, SailauError
from sailau.terms.speech import say
from sailau.web.colouring import Colouring, is_colour, read_colouring
from sailau.web.controls import Control, with_more
from sailau.web.desk import Desk
from sailau.web.entry import same
from sailau.web.store import is_own

DECIDE = "decide."
ALIASES = ("threshold", "formula", "seats")
"""Short names for the first clause of their kind: ``threshold=7``."""

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Scene:
    """An election with a law that may be changed.

    Attributes
    ----------
    election : Election
    in_force, law : Law
        The law of the day, and the edition that is looked at, as enacted.
    changes : mapping of str to str
        Clauses set otherwise than enacted, only those.
    decisions : mapping of str to tuple of str
        What the reader decided where the law leaves a question open.
    controls : list of Control
    notices : tuple of str
        What of the address was not understood.
    fault : SailauError, optional
        A value that cannot stand; the changes then leave it out.
    colouring : Colouring
        How the parties look; no part of what is counted.
    """

    election: Election
    in_force: Law
    law: Law
    changes: Mapping[str, str] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=dict)
    controls: Sequence[Control] = ()
    notices: tuple[str, ...] = ()
    fault: SailauError | None = None
    colouring: Colouring = field(default_factory=Colouring)

    @property
    def changed(self) -> Law:
        """The law with the changes.

        Raises
        ------
        InvalidLaw
            They cannot stand together.
        """
        changes = with_sums(self)
        return self.law.replace(changes) if changes else self.law

    @property
    def is_own(self) -> bool:
        """Say whether the votes or the law are an upload, which a plain address names but does not carry."""
        return is_own(self.election.id) or is_own(self.law.path)

    @property
    def is_other(self) -> bool:
        """Say whether the edition is another one than that of the day; an uploaded law may bear its name."""
        return named(self.law) != named(self.in_force)

    @property
    def is_changed(self) -> bool:
        """Say whether anything differs from the law of the day."""
        return bool(self.changes) or self.is_other

    def pairs(self, *, decisions: bool = True) -> list[tuple[str, str]]:
        """Return the scene as the pairs of an address: what is as enacted does not appear."""
        out = [("e", self.election.id)]
        if self.is_other:
            out.append(("law", named(self.law)))
        out += list(self.changes.items())
        if decisions:
            out += [(f"{DECIDE}{key}", name) for key, names in self.decisions.items() for name in names]
        return out + self.colouring.pairs()

    def query(self, *more: tuple[str, str]) -> str:
        """Return the scene as the query of an address."""
        return spelled([*self.pairs(), *more])


def spelled(pairs: Pairs) -> str:
    """Return pairs as a query that people can read: slashes and ids stay as they are."""
    return "&".join(f"{quote(key, safe='/:@.[]')}={quote(value, safe='/:@.,')}" for key, value in pairs)


def named(law: Law) -> str:
    """Return the name under which an edition is found again."""
    return law.path if is_own(law.path) else str(law)


def with_sums(scene: Scene) -> dict[str, str]:
    """Return the changes; a tier whose law fixes its seats keeps the sum of districts that a decree had given."""
    changes = dict(scene.changes)
    for tier in scene.law.tiers:
        moved = {c.area: c for c in scene.controls if c.tier == tier.name and c.area and c.differs}
        decreed = [c for c in moved.values() if c.area not in tier.magnitudes]
        if decreed and tier.seats is not None and f"{tier.name}.seats" not in changes:
            more = sum(int(c.value) - int(c.enacted) for c in decreed)
            changes[f"{tier.name}.seats"] = str(tier.seats + more)
    return changes


def read_scene(desk: Desk, pairs: Pairs, *, default: str, known: Sequence[str] = ()) -> Scene:
    """Return the scene of an address.

    Parameters
    ----------
    desk : Desk
    pairs : sequence of (key, value)
    default : str
        The election of an address that names none.
    known : sequence of str, optional
        Keys that are not of the scene but of the page.

    Raises
    ------
    NotFound
        No such election or law.
    """
    single = dict(pairs)
    election = desk.election(single.get("e") or default)
    in_force = desk.law_of(election)
    law = desk.law(single["law"]) if single.get("law") else in_force
    added, fault = _added(law, pairs)
    base = law.replace(added) if added else law
    blank = desk.controls(base, election)
    by_path = {control.path: control for control in blank}
    changes: dict[str, str] = dict(added)
    decisions: dict[str, tuple[str, ...]] = {}
    colouring, notices = _colouring(election, pairs)
    for key, value in pairs:
        if key in ("e", "law", "lang", *known) or not value.strip() or adds(key) or is_colour(key):
            continue
        if key.startswith(DECIDE):
            decisions[key[len(DECIDE) :]] = (*decisions.get(key[len(DECIDE) :], ()), value)
            continue
        path = _path(key, blank)
        try:
            spelled_ = _value(base, by_path, path, value)
        except _Unknown as unknown:
            notices.append(str(unknown))
            continue
        except SailauError as error:
            fault = fault or error
            continue
        if spelled_ is not None:
            changes[path] = spelled_
        else:
            changes.pop(path, None)
    controls = [replace(c, value=changes.get(c.path, c.enacted)) for c in blank]
    controls = with_more(law, controls)
    return Scene(election, in_force, law, changes, decisions, controls, tuple(notices), fault, colouring)


def _colouring(election: Election, pairs: Pairs) -> tuple[Colouring, list[str]]:
    """Return how the parties are coloured; the country is that of the law, which an upload has as well."""
    asked = [(key, value) for key, value in pairs if is_colour(key)]
    votes = election.tally.party_votes() if election.tally.tiers else {}
    known = party_colours(election.tally, election.law)
    if not asked:
        return Colouring(settled(votes, known)), []
    parties = {election.tally.party(name) for name in election.tally.contenders} | set(votes)
    colouring, notices = read_colouring(asked, parties)
    return replace(colouring, known=settled(votes, {} if colouring.is_safe else known)), notices


def _added(law: Law, pairs: Pairs) -> tuple[dict[str, str], SailauError | None]:
    """Return the steps that an address adds to a law, by tier, and why one of them cannot stand."""
    added: dict[str, str] = {}
    fault: SailauError | None = None
    for key, value in pairs:
        if not adds(key) or value.strip() in ("", "none"):
            continue
        try:
            law.replace({**added, key: value.strip()})
        except SailauError as error:
            fault = fault or error
            continue
        added[key] = value.strip()
    return added, fault


class _Unknown(Exception):
    """A key that is no clause of this law."""


def _path(key: str, controls: Sequence[Control]) -> str:
    """Return the clause that a key names, short names included."""
    if key not in ALIASES:
        return key
    wanted = {"threshold": ("threshold", "share"), "formula": ("allocate", "formula"), "seats": ("", "seats")}[key]
    return next((c.path for c in controls if (c.step, c.term) == wanted), key)


def _value(law: Law, controls: Mapping[str, Control], path: str, text: str) -> str | None:
    """Return the value of a clause; None where it is as enacted."""
    control = controls.get(path)
    if control is not None:
        if control.closed and not same(text, control.enacted):
            raise Invalid(say("{path} cannot be moved here", path=path))
        value = control.read(text)
        return None if same(value, control.enacted) else value
    tiers = [tier.name for tier in law.tiers]
    if path != "seats.total" and path.split(".")[0] not in tiers:
        near = NotFound("clause", path, list(controls)).near
        hint = say("; did you mean {near}?", near=say(" or ").join(near)) if near else ""
        raise _Unknown(say("{setting}: {law} has no such clause{hint}", setting=f"{path}={text}", law=law, hint=hint))
    try:
        law.replace({path: text})
    except SailauError as error:
        raise _Unknown(" · ".join(part for part in (error.what, error.hint) if part)) from None
    return text
