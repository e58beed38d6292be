"""The controls of a law: one for every value in its steps that can be moved, with the article that fixes it.

They are made from the steps themselves, so a law of any country, and a step that is written tomorrow, has its controls
without a line of code for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sailau.law.adding import ADD, ADDABLE, words_in
from sailau.law.edition import Law
from sailau.seats.allocate import Allocate
from sailau.seats.count import flat
from sailau.seats.tier import Tier
from sailau.seats.ties import RULES
from sailau.terms.divisor import DIVISORS
from sailau.terms.errors import SailauError
from sailau.terms.numbers import percent, short
from sailau.terms.quota import QUOTAS
from sailau.terms.tally import NATION, Tally
from sailau.web.entry import read_fraction, read_share, read_whole, same

Kind = Literal["share", "fraction", "whole", "choice", "switch"]
REFERENCES = frozenset(
    {"cite", "tiers", "in_tier", "tier", "parts", "over", "trait", "seats_of", "less", "by", "drop", "drop_kinds"}
)
"""Terms that name other parts of the law or the data: no value to move."""

BASES = {"quota_of": "quota", "least_of": "least"}
"""Terms that say what another is taken of: idle where that one is not set."""

_MAIN = {("threshold", "share"), ("elect", "rule"), ("bonus", "seats"), ("compensate", "total"), ("quorum", "nation")}
_SHARES = {"share", "nation", "district", "beyond", "area_share", "below", "reserved"}
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Control:
    """One value of the law that can be moved.

    Attributes
    ----------
    path : str
        As ``--set`` names it: ``list.threshold.share``.
    tier, step, term : str
        What it belongs to; `step` is empty for values of the tier itself.
    kind : str
        share, fraction, whole, choice or switch.
    enacted, value : str
        As the law has it, and as it is set now.
    cite : str
    options : tuple of str
        Of a choice.
    high : int
        Where the slider ends.
    is_main : bool
        Shown at once; the others after a click.
    closed : str, optional
        Why it cannot be moved: the key of a text.
    area : str
        The district whose seats these are.
    """

    path: str
    tier: str
    step: str
    term: str
    kind: Kind
    enacted: str
    value: str
    cite: str
    options: tuple[str, ...] = ()
    high: int = 15
    is_main: bool = False
    closed: str | None = None
    area: str = ""

    @property
    def differs(self) -> bool:
        """Say whether it is set otherwise than enacted."""
        return not same(self.value, self.enacted)

    def read(self, text: str) -> str:
        """Return what somebody typed or chose as a value of this control."""
        if self.kind == "share":
            return text if text == _NONE else read_share(self.path, text)
        if self.kind == "whole":
            return text if text == _NONE else read_whole(self.path, text)
        if self.kind == "fraction":
            return text if text == _NONE else read_fraction(self.path, text)
        return text.strip()

    @property
    def box(self) -> str:
        """The value as it stands in the box: a share without its percent sign."""
        return self.value.removesuffix("%") if self.kind == "share" else self.value


def controls_of(law: Law, tally: Tally, changes: Mapping[str, str]) -> list[Control]:
    """Return the controls of a law as enacted, set to the changes, in the order of the statute."""
    found = [control for tier in law.tiers for control in _of_tier(law, tier, tally)]
    return [replace(control, value=changes.get(control.path, control.enacted)) for control in found]


def with_more(law: Law, controls: Sequence[Control]) -> list[Control]:
    """Return the controls of a law, those that add steps offering also one more beside what was added."""
    return [_more(law, control) if control.term == ADD and control.value != _NONE else control for control in controls]


def _more(law: Law, control: Control) -> Control:
    have = words_in(control.value)
    more = [f"{control.value},{word}" for word in ADDABLE if word not in have]
    options = tuple(dict.fromkeys([_NONE, control.value, *have, *more]))
    return replace(control, options=that_stand(law, replace(control, options=options)))


def that_stand(law: Law, control: Control) -> tuple[str, ...]:
    """Return the options of a control under which the law can be read; the enacted one stays in any case."""
    return tuple(option for option in control.options if option == control.enacted or _stands(law, control, option))


def _stands(law: Law, control: Control, option: str) -> bool:
    try:
        law.replace({control.path: option})
    except SailauError:
        return False
    return True


def _of_tier(law: Law, tier: Tier, tally: Tally) -> Iterator[Control]:
    cite = _cite(law, tier)
    is_counted = not tier.needs_votes or tier.name in tally.tiers or (tier.votes or "") in tally.tiers
    yield _seats(tier, tally, cite, is_counted=is_counted)
    if not is_counted or not tier.needs_votes:
        return
    yield from _magnitudes(tier, tally, cite)
    seen: dict[str, int] = {}
    for step in flat(tier.steps):
        n = seen.get(step.name, 0)
        seen[step.name] = n + 1
        yield from _of_step(tier.name, step, n)
    yield Control(f"{tier.name}.{ADD}", tier.name, "", ADD, "choice", _NONE, _NONE, "", (_NONE, *ADDABLE), is_main=True)


def _cite(law: Law, tier: Tier) -> str:
    written: Any = law.document
    return str(written["tiers"][tier.name].get("cite") or written["seats"].get("cite", ""))


def _seats(tier: Tier, tally: Tally, cite: str, *, is_counted: bool) -> Control:
    decreed = tally.tiers[tier.name].seats.get(NATION) if tier.name in tally.tiers else None
    seats = tier.seats if tier.seats is not None else decreed
    spelled = str(seats) if seats is not None else _NONE
    control = Control(
        f"{tier.name}.seats", tier.name, "", "seats", "whole", spelled, spelled, cite,
        high=max(2 * (seats or 0), 10), is_main=True,
    )  # fmt: skip
    if seats is None:
        return replace(control, closed="by_decree")
    if not is_counted:
        return replace(control, kind="choice", options=(spelled, "0"))
    if tier.needs_votes and tier.district == "single_member":
        return replace(control, kind="choice", options=(spelled, "0"))
    if tier.district == "multi_member" and _given(tier, tally):
        return replace(control, closed="sum_of_districts")
    return control


def _given(tier: Tier, tally: Tally) -> dict[str, int]:
    """Return the seats of districts that a law or decree gives."""
    ballots = tally.tiers.get(tier.name)
    if ballots is None or tier.district != "multi_member":
        return {}
    if any(getattr(step, "forms_magnitudes", False) for step in tier.steps):
        return {}
    given = {area: tier.magnitudes.get(area, ballots.seats.get(area)) for area in ballots.votes if area != NATION}
    return {area: n for area, n in given.items() if n is not None}


def _magnitudes(tier: Tier, tally: Tally, cite: str) -> Iterator[Control]:
    for area, seats in _given(tier, tally).items():
        path = f"{tier.name}.magnitudes.{area}"
        yield Control(
            path, tier.name, "", "magnitudes", "whole", str(seats), str(seats), cite, high=max(2 * seats, 5), area=area
        )


def _of_step(tier: str, step: Any, index: int) -> Iterator[Control]:
    word = f"{step.name}[{index}]" if index else step.name
    hints = get_type_hints(type(step))
    if isinstance(step, Allocate) and not index:
        yield _formula(tier, step)
    for part in fields(step):
        is_formula = isinstance(step, Allocate) and not index and part.name in ("quota", "divisor", "first", "rest")
        is_idle = part.name in BASES and getattr(step, BASES[part.name], "") is None
        if part.name in REFERENCES or is_formula or is_idle:
            continue
        made = _term(f"{tier}.{word}.{part.name}", step, part.name, hints[part.name])
        if made is not None:
            yield replace(made, tier=tier, step=word, is_main=(step.name, part.name) in _MAIN)


def _formula(tier: str, step: Allocate) -> Control:
    name = step.quota or step.divisor or ""
    told = [name]
    if step.quota and step.rest != "largest_remainder":
        told.append(step.rest)
    if step.divisor and step.first is not None:
        told.append(f"first {short(step.first)}")
    enacted = " · ".join(told)
    options = tuple(dict.fromkeys([enacted, *QUOTAS, *DIVISORS]))
    path = f"{tier}.formula"
    return Control(path, tier, "allocate", "formula", "choice", enacted, enacted, step.cite, options, is_main=True)


def _term(path: str, step: Any, term: str, hint: Any) -> Control | None:
    """Return the control of one term; None for a term that is a name, or that this step does not use."""
    value = getattr(step, term)
    blank = Control(path, "", "", term, "choice", "", "", step.cite)
    if term in ("quota", "divisor", "district_quota", "won_by"):
        return _named(blank, value, QUOTAS if "quota" in term else DIVISORS)
    if term in ("ties", "pair_ties", "runoff_ties"):
        return _listed(blank, value, [rule for rule in RULES if rule != value])
    bare, may_be_none = _bare(hint)
    if get_origin(bare) is Literal:
        names = [str(option) for option in get_args(bare)]
        spelled = _NONE if value is None else str(value)
        options = (*names, _NONE) if may_be_none else tuple(names)
        return replace(blank, enacted=spelled, value=spelled, options=options) if len(options) > 1 else None
    if bare is bool:
        spelled = "true" if value else "false"
        return replace(blank, kind="switch", enacted=spelled, value=spelled, options=("true", "false"))
    if value is None or value == ():
        return None
    return _number(blank, term, value)


def _number(blank: Control, term: str, value: Any) -> Control | None:
    if isinstance(value, Fraction):
        is_share = term in _SHARES and value <= 1
        spelled = percent(value) if is_share else str(value)
        high = 15 if value <= Fraction(12, 100) else min(100, int(value * 200) + 5)
        kind: Kind = "share" if is_share and spelled.endswith("%") else "fraction"
        return replace(blank, kind=kind, enacted=spelled, value=spelled, high=high)
    if isinstance(value, int):
        return replace(blank, kind="whole", enacted=str(value), value=str(value), high=max(2 * value, 10))
    if isinstance(value, tuple):
        spelled = ",".join(percent(part) if isinstance(part, Fraction) else str(part) for part in value)
        if any(isinstance(part, Fraction) for part in value):
            return None if len(value) > 1 else replace(blank, kind="share", enacted=spelled, value=spelled, high=25)
        return replace(blank, enacted=spelled, value=spelled, options=(spelled, _NONE))
    return None


def _named(blank: Control, value: str | None, book: Mapping[str, object]) -> Control | None:
    return replace(blank, enacted=value, value=value, options=tuple(book)) if value else None


def _listed(blank: Control, value: Sequence[str], rules: Sequence[str]) -> Control:
    spelled = ",".join(value) or _NONE
    return replace(blank, enacted=spelled, value=spelled, options=tuple(dict.fromkeys([spelled, *rules, _NONE])))


def _bare(hint: Any) -> tuple[Any, bool]:
    """Return a type without ``None``, and whether that was in it."""
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    parts = [part for part in get_args(hint) if part is not NoneType]
    return parts[0], len(parts) < len(get_args(hint))
