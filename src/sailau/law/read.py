"""Reading a law file: typed, cited, exact, or refused with the line at fault."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from sailau.files.dated import CheckedForm, InForceForm
from sailau.files.document import LIMIT, Document, parse_document, read_document
from sailau.files.forms import Form, Names, check, form_of
from sailau.law.edition import Law, Reading
from sailau.law.other_tiers import check_other_tiers
from sailau.seats.count import Each, Step
from sailau.seats.steps import STEPS
from sailau.seats.tier import LARGEST, District, Tier
from sailau.seats.ties import RULES
from sailau.terms.checked import Checked
from sailau.terms.divisor import DIVISORS
from sailau.terms.errors import InvalidLaw, NotFound, Place, SailauError
from sailau.terms.quota import QUOTAS, is_quota
from sailau.terms.speech import say

TIER = re.compile(r"[a-z0-9_]+")
TAKEN = ("house", "nation")
"""Names that stand for all tiers, and for all districts."""

ID = re.compile(r"[a-z0-9_]+(/[a-z0-9_]+)+")
"""How the id of a law is written."""


class SeatsForm(Form):
    """Seats of the house."""

    total: int | None = None
    cite: str


class TierForm(Form):
    """A tier, its steps still as written."""

    seats: int | None = None
    district: District
    ballot: Literal["closed_list", "open_list", "candidate", "ranked", "none"]
    magnitudes: dict[str, int] = {}
    votes: str | None = None
    areas: Literal["district", "region"] = "district"
    lines: Literal["contender", "party"] = "contender"
    cite: str | None = None
    steps: list[dict[str, Any]]


class ReadingForm(Form):
    """Another reading of a clause."""

    name: str
    why: str
    cite: str
    set: dict[str, str | int]


class LawForm(Form):
    """A law file."""

    law: str
    name: str
    edition: date | None = None
    in_force: InForceForm
    checked: CheckedForm | None
    texts: dict[str, str]
    seats: SeatsForm
    tiers: dict[str, TierForm]
    readings: list[ReadingForm] = []
    fitted: Names = ()
    notes: Names = ()


def read_law(path: Path) -> Law:
    """Read one edition from a file.

    Raises
    ------
    InvalidLaw
        With file, line and column: broken YAML, an unknown or duplicate key, a binary float, a step without a
        citation, tiers that do not add up to the house.
    """
    document = read_document(path, InvalidLaw)
    return make_law(document, path.stem, str(path))


def parse_law(text: str, name: str) -> Law:
    """Read one edition from text that stands in no file; `name` is ``xx/council@2020-01-01``, and stands in messages.

    Raises
    ------
    InvalidLaw
        As of a file.
    """
    if len(text) > LIMIT:
        raise InvalidLaw(say("{n:,} signs are too many for a law", n=len(text)), place=Place(name))
    return make_law(parse_document(text, name, InvalidLaw), name.partition("@")[2] or name, name)


def make_law(document: Document, edition: str, path: str) -> Law:
    """Return the edition that a document describes."""
    form = check(LawForm, document, InvalidLaw)
    if not ID.fullmatch(form.law):
        raise InvalidLaw(
            say("the law's id is {law!r}; small letters, digits and _, with / between the parts", law=form.law),
            place=document.place(("law",)),
            hint=say("write it like xx/council; elections name the law by it"),
        )
    if form.in_force.until and form.in_force.until < form.in_force.since:
        raise InvalidLaw(say("in_force ends before it begins"), place=document.place(("in_force", "until")))
    tiers = tuple(_tier(name, part, document, form.texts) for name, part in form.tiers.items() if part.seats != 0)
    if not tiers:
        raise InvalidLaw(say("the law fills no seat: it has no tier"), place=document.place(("tiers",)))
    check_other_tiers(document)
    law = Law(
        id=form.law,
        edition=form.edition.isoformat() if form.edition else edition,
        name=form.name,
        since=form.in_force.since,
        until=form.in_force.until,
        total=form.seats.total,
        tiers=tiers,
        texts=form.texts,
        checked=Checked(**form.checked.model_dump()) if form.checked else None,
        readings=tuple(Reading(r.name, r.why, r.cite, {k: str(v) for k, v in r.set.items()}) for r in form.readings),
        fitted=form.fitted,
        notes=form.notes,
        document=document.values,
        path=path,
    )
    _cited(form.seats.cite, ("seats", "cite"), document, form.texts)
    _adds_up(law, document)
    return law


def _adds_up(law: Law, document: Document) -> None:
    seats = [tier.seats for tier in law.tiers]
    known = [n for n in seats if n is not None]
    if law.total is None or len(known) < len(seats):
        return
    if sum(known) != law.total:
        parts = " + ".join(f"{tier.name} {tier.seats}" for tier in law.tiers)
        raise InvalidLaw(
            say(
                "the tiers have {seats} seats ({parts}), the house has {total}",
                seats=sum(known),
                parts=parts,
                total=law.total,
            ),
            place=document.place(("seats", "total")),
        )


def _tier(name: str, form: TierForm, document: Document, texts: Mapping[str, str]) -> Tier:
    at = ("tiers", name)
    if not TIER.fullmatch(name) or name in TAKEN:
        raise InvalidLaw(
            say("a tier cannot be called {name!r}", name=name),
            place=document.keys.get(at) or document.place(at),
            hint=say("small letters, digits and _; not {taken}", taken=" or ".join(TAKEN)),
        )
    numbers: dict[tuple[str, ...], int | None] = {
        (*at, "seats"): form.seats,
        **{(*at, "magnitudes", area): n for area, n in form.magnitudes.items()},
    }
    for path, seats in numbers.items():
        if seats is not None and not 0 <= seats <= LARGEST:
            what = say("{name} has {seats} seats", name=".".join(path[1:]), seats=seats)
            hint = say("a number from 0 to {largest:,}", largest=LARGEST)
            raise InvalidLaw(what, place=document.place(path), hint=hint)
    if form.cite is not None:
        _cited(form.cite, (*at, "cite"), document, texts)
    steps = _steps(form.steps, (*at, "steps"), document, texts)
    if not steps:
        raise InvalidLaw(
            say("{name} has no steps: nothing fills its seats", name=name), place=document.place((*at, "steps"))
        )
    return Tier(
        name=name,
        seats=form.seats,
        district=form.district,
        ballot=form.ballot,
        steps=steps,
        magnitudes=form.magnitudes,
        votes=form.votes,
        areas=form.areas,
        lines=form.lines,
    )


def _steps(
    written: Sequence[Mapping[str, Any]], at: Sequence[str | int], document: Document, texts: Mapping[str, str]
) -> tuple[Step, ...]:
    return tuple(_step(part, (*at, i), document, texts) for i, part in enumerate(written))


def _step(written: Mapping[str, Any], at: Sequence[str | int], document: Document, texts: Mapping[str, str]) -> Step:
    if not isinstance(written, Mapping):
        raise InvalidLaw(
            say("a step is one word with its terms, not {names}", names=repr(written)), place=document.place(at)
        )
    if "each" in written:
        return _each(written, at, document, texts)
    if len(written) != 1:
        names = ", ".join(written) or "nothing"
        raise InvalidLaw(say("a step is one word with its terms, not {names}", names=names), place=document.place(at))
    (name, terms), *_ = written.items()
    if name not in STEPS:
        missing = NotFound("step", name, list(STEPS))
        raise InvalidLaw(missing.what, place=document.place((*at, name)), hint=missing.hint or _known(STEPS))
    if not isinstance(terms, dict) or not terms.get("cite"):
        raise InvalidLaw(
            say("the step {name} has no citation", name=name),
            place=document.place((*at, name)),
            hint=say('name the clause it follows, for instance cite: "el 97-1(1)"'),
        )
    _cited(terms["cite"], (*at, name, "cite"), document, texts)
    form = check(_form(name), document, InvalidLaw, at=(*at, name))
    _known_names(terms, (*at, name), document)
    try:
        made: Step = STEPS[name](**{key: getattr(form, key) for key in type(form).model_fields})
    except SailauError as error:
        raise InvalidLaw(error.what, place=document.place((*at, name)), hint=error.hint) from None
    return made


def _each(written: Mapping[str, Any], at: Sequence[str | int], document: Document, texts: Mapping[str, str]) -> Step:
    if set(written) != {"each", "steps"} or written["each"] != "district" or not isinstance(written["steps"], list):
        raise InvalidLaw(
            say("each maps steps over the districts"),
            place=document.place(at),
            hint=say("write each: district and steps: […]"),
        )
    return Each(steps=_steps(written["steps"], (*at, "steps"), document, texts))


@cache
def _form(step: str) -> type[Form]:
    return form_of(STEPS[step])


def _known(names: Mapping[str, Any]) -> str:
    return say("known: {names}", names=", ".join(names))


def _known_names(terms: Mapping[str, Any], at: Sequence[str | int], document: Document) -> None:
    """Refuse formulas and rules for ties that do not exist, at their place."""
    for key, known in (("quota", QUOTAS), ("divisor", DIVISORS), ("ties", RULES)):
        given = terms.get(key)
        for name in given if isinstance(given, list) else [given]:
            if name is not None and name not in known and not (key == "quota" and is_quota(name)):
                missing = NotFound(key, str(name), list(known))
                raise InvalidLaw(missing.what, place=document.place((*at, key)), hint=missing.hint or _known(known))


def _cited(cite: object, at: Sequence[str | int], document: Document, texts: Mapping[str, str]) -> None:
    text = str(cite).split(" ")[0].rstrip(",;:")
    if text not in texts:
        raise InvalidLaw(
            say("the citation {cite!r} names the text {text!r}, which texts does not list", cite=cite, text=text),
            place=document.place(at),
            hint=say(
                "texts lists {texts}; a citation reads like {text} 97-1(2)",
                texts=", ".join(texts),
                text=next(iter(texts), "el"),
            ),
        )
