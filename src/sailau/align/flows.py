"""Records of channels to poles (trade, loans, arms); what several reporters say becomes an interval."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from sailau.align.problems import InvalidFlows
from sailau.files.csvs import rows_of
from sailau.terms.errors import NotFound, Place

REQUIRED = ("channel", "period", "pole", "value", "unit", "by", "source")
OPTIONAL = ("note",)

SHARE = "share"
"""The unit of values that are parts of the whole channel; written as 21.3% or 0.213."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ROUNDING = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Flow:
    """What one reporter says of one pole.

    Attributes
    ----------
    channel, period, pole, unit, by, source : str
    value : Fraction
    line : int
    note : str
    """

    channel: str
    period: str
    pole: str
    value: Fraction
    unit: str
    by: str
    source: str
    line: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """A value of which only its bounds are known."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise InvalidFlows(f"an interval from {self.low} to {self.high}", hint="0 <= low <= high")


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel in one period: an interval for each pole.

    Attributes
    ----------
    name, period, unit : str
    poles : mapping
        Pole to the interval of all that was reported of it.
    reports : mapping
        Pole to how many reports the interval rests on.
    """

    name: str
    period: str
    unit: str
    poles: Mapping[str, Interval]
    reports: Mapping[str, int]

    def only(self, poles: Sequence[str]) -> Channel:
        """Return the channel with these poles only.

        Raises
        ------
        NotFound
            A pole of which nothing is recorded: no record is not a zero.
        InvalidFlows
            A pole is listed twice.
        """
        if len(set(poles)) < len(poles):
            raise InvalidFlows(f"{', '.join(poles)} lists a pole twice", hint="name each pole once")
        for pole in poles:
            if pole not in self.poles:
                raise NotFound(f"record of {self.name} {self.period} with", pole, list(self.poles))
        kept = {pole: self.poles[pole] for pole in poles}
        return Channel(self.name, self.period, self.unit, kept, {pole: self.reports[pole] for pole in poles})


def read_flows(path: str | Path) -> tuple[Flow, ...]:
    """Read records: channel, period, pole, value, unit, by (who reports it), source, and a note where needed.

    Raises
    ------
    InvalidFlows
        With the row: a value that is no number, no source, a reporter twice, units that differ within a channel and
        period, or shares that add up to more than 1.
    """
    path = Path(path)
    if not path.is_file():
        raise NotFound("file", str(path), [str(part) for part in path.parent.glob("*.csv")])
    flows = [_flow(row, path, line) for line, row in rows_of(path, REQUIRED, OPTIONAL, InvalidFlows)]
    if not flows:
        raise InvalidFlows("holds no record", place=Place(str(path)))
    _check_twice(flows, path)
    _check_units(flows, path)
    return tuple(flows)


def _flow(row: Mapping[str, str], path: Path, line: int) -> Flow:
    for name in REQUIRED:
        if not row[name].strip():
            raise InvalidFlows(f"{name} is empty", place=Place(str(path), line), hint="every figure has a source")
    value = _number(row["value"].strip(), row["unit"].strip(), path, line)
    words = {name: row[name].strip() for name in REQUIRED if name != "value"}
    return Flow(value=value, line=line, note=row.get("note", "").strip(), **words)


def _number(text: str, unit: str, path: Path, line: int) -> Fraction:
    percent = text.endswith("%")
    digits = text.removesuffix("%").strip()
    if not _NUMBER.fullmatch(digits):
        what = f"value is {text!r}; a number of at least 0 is written with digits and a point"
        raise InvalidFlows(what, place=Place(str(path), line))
    if percent and unit != SHARE:
        raise InvalidFlows(f"{text} in {unit}", place=Place(str(path), line), hint=f"percent needs the unit {SHARE}")
    value = Fraction(digits) / (100 if percent else 1)
    if unit == SHARE and value > 1:
        raise InvalidFlows(f"the share {text} is more than the whole", place=Place(str(path), line), hint="21.3%")
    return value


def _check_twice(flows: Sequence[Flow], path: Path) -> None:
    seen: dict[tuple[str, str, str, str, str], int] = {}
    for flow in flows:
        key = (flow.channel, flow.period, flow.pole, flow.unit, flow.by)
        if key in seen:
            what = f"{flow.by} reports {flow.channel} {flow.period} with {flow.pole} twice, first in row {seen[key]}"
            raise InvalidFlows(what, place=Place(str(path), flow.line), hint="give one figure for each reporter")
        seen[key] = flow.line


def _check_units(flows: Sequence[Flow], path: Path) -> None:
    units: dict[tuple[str, str], str] = {}
    for flow in flows:
        unit = units.setdefault((flow.channel, flow.period), flow.unit)
        if unit != flow.unit:
            what = f"{flow.channel} {flow.period} is in {flow.unit} here and in {unit} above"
            hint = "give each unit a channel of its own"
            raise InvalidFlows(what, place=Place(str(path), flow.line), hint=hint)
    for channel in channels_of(flows):
        least = sum((part.low for part in channel.poles.values()), Fraction(0))
        if channel.unit == SHARE and least > 1 + _ROUNDING:
            what = f"shares of {channel.name} {channel.period} add up to {float(least):.1%}"
            raise InvalidFlows(what, place=Place(str(path)), hint="shares of one whole add up to 100% at most")


def channels_of(flows: Sequence[Flow]) -> tuple[Channel, ...]:
    """Return channels by name and period; what reporters say of a pole becomes the interval that holds it all.

    Examples
    --------
    >>> say = dict(channel="trade", period="2022", pole="cn", unit="usd_bn", source="s", line=1)
    >>> own, mirror = Flow(value=Fraction(24), by="kz", **say), Flow(value=Fraction(156, 5), by="cn", **say)
    >>> channels_of([own, mirror])[0].poles["cn"]
    Interval(low=Fraction(24, 1), high=Fraction(156, 5))
    """
    grouped: dict[tuple[str, str], list[Flow]] = {}
    for flow in flows:
        grouped.setdefault((flow.channel, flow.period), []).append(flow)
    out = []
    for (name, period), part in grouped.items():
        by_pole: dict[str, list[Fraction]] = {}
        for flow in part:
            by_pole.setdefault(flow.pole, []).append(flow.value)
        poles = {pole: Interval(min(values), max(values)) for pole, values in by_pole.items()}
        out.append(Channel(name, period, part[0].unit, poles, {pole: len(v) for pole, v in by_pole.items()}))
    return tuple(out)
