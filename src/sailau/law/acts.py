"""Acts of a parliament: how many votes each needs, by constitution and date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from sailau.files.dated import CheckedForm, InForceForm
from sailau.files.document import read_document
from sailau.files.forms import Form, Names, check
from sailau.files.places import shipped
from sailau.terms.checked import Checked
from sailau.terms.errors import Invalid, InvalidLaw
from sailau.terms.numbers import exact
from sailau.terms.speech import joined, say

MAJORITY = "majority"


@dataclass(frozen=True, slots=True)
class Act:
    """An act and the votes it needs.

    Attributes
    ----------
    act, house : str
    needs : str
        ``majority`` (more than half), or a share such as ``2/3`` (at least that).
    cite : str
    """

    act: str
    house: str
    needs: str
    cite: str

    def votes(self, members: int) -> int:
        """Return the votes needed of so many members.

        Examples
        --------
        >>> [Act("law", "house", n, "const 1").votes(98) for n in ("majority", "2/3", "3/4", "1/5")]
        [50, 66, 74, 20]
        """
        if self.needs == MAJORITY:
            return members // 2 + 1
        share = exact(self.needs)
        return -(-share.numerator * members // share.denominator)


@dataclass(frozen=True, slots=True)
class Constitution:
    """What a constitution of a period asks of a house, act by act."""

    country: str
    name: str
    since: date
    until: date | None
    checked: Checked | None
    acts: tuple[Act, ...]
    notes: tuple[str, ...]
    houses: Mapping[str, int] = field(default_factory=dict)


class ActForm(Form):
    """One act."""

    act: str
    house: str
    needs: str
    cite: str


class ConstitutionForm(Form):
    """A file of acts."""

    acts: str
    name: str
    in_force: InForceForm
    checked: CheckedForm | None
    texts: dict[str, str]
    houses: dict[str, int] = {}
    rules: list[ActForm]
    notes: Names = ()


def read_acts(path: Path) -> Constitution:
    """Read a file of acts.

    Raises
    ------
    InvalidLaw
        With the place: a share that is none, a citation of no listed text, broken form.
    """
    document = read_document(path, InvalidLaw)
    form = check(ConstitutionForm, document, InvalidLaw)
    for i, rule in enumerate(form.rules):
        if rule.needs != MAJORITY and not _is_share(rule.needs):
            place = document.place(("rules", i, "needs"))
            raise InvalidLaw(
                say("needs is {needs!r}; write majority, or a share such as 2/3", needs=rule.needs), place=place
            )
        if rule.cite.split(" ")[0] not in form.texts:
            place = document.place(("rules", i, "cite"))
            raise InvalidLaw(say("the citation {cite!r} names no text of this file", cite=rule.cite), place=place)
    return Constitution(
        form.acts,
        form.name,
        form.in_force.since,
        form.in_force.until,
        Checked(**form.checked.model_dump()) if form.checked else None,
        tuple(Act(rule.act, rule.house, rule.needs, rule.cite) for rule in form.rules),
        form.notes,
        form.houses,
    )


def _is_share(text: str) -> bool:
    try:
        return Fraction(0) < exact(text) <= 1
    except ValueError:
        return False


def load_constitution(country: str, on: date) -> Constitution | None:
    """Return the constitution of a country in force on a day, or None where nobody wrote it down."""
    for constitution in constitutions(country):
        if constitution.since <= on and (constitution.until is None or on <= constitution.until):
            return constitution
    return None


@cache
def constitutions(country: str) -> tuple[Constitution, ...]:
    """Return all constitutions of a country that were written down, the earliest first."""
    found = (read_acts(path) for path in (shipped("acts") / country).glob("*.yaml"))
    return tuple(sorted(found, key=lambda one: one.since))


def countries() -> tuple[str, ...]:
    """Return the countries whose acts were written down."""
    return tuple(sorted(path.name for path in shipped("acts").iterdir() if path.is_dir()))


def votes_needed(majority: str, members: int) -> int:
    """Return the votes that a majority, a share or a number stands for.

    Raises
    ------
    Invalid
        It is none of these, or more than there are members.

    Examples
    --------
    >>> votes_needed("majority", 98), votes_needed("2/3", 98)
    (50, 66)
    """
    if majority.isascii() and majority.isdigit() and len(majority) < 10:
        needed = int(majority)
    else:
        try:
            needed = Act("", "", majority, "").votes(members)
        except ValueError as error:
            raise Invalid(
                joined([say("majority"), str(error)], ": "), hint=say("write majority, 2/3 or a number of votes")
            ) from None
    if not 0 < needed <= members:
        raise Invalid(say("majority: {needed} votes of {members} members", needed=needed, members=members))
    return needed
