"""Records of channels to poles (trade, loans, arms); what several reporters say becomes an interval."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from sailau.align.problems import InvalidFlows, Problem
from sailau.files.csvs import rows_of
from sailau.files.problems import CellPlace, Refused, counted
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


CODES: Mapping[str, str] = MappingProxyType(
    {
        "E521": "an empty cell",
        "E522": "a value that is no number of at least 0",
        "E523": "a percentage in another unit than share",
        "E524": "a share of more than the whole",
        "E525": "a reporter twice on one flow",
        "E526": "another unit than the channel has above",
        "E527": "shares of one whole that add up to more than it",
    }
)
"""What each code of a problem stands for."""

KEPT: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("E521", "E522", "E523", "E524", "E526"), "these rows are left out"),
        "E525": "all rows of the reporter on the flow are left out",
        "E527": "the channel is left out for the period",
    }
)
"""What becomes of the rows when a code is kept."""


class FaultyFlows(Refused, InvalidFlows):
    """Records that were not read; `problems` holds each finding."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FlowReading:
    """Records that are taken, and the problems that were kept by choice."""

    flows: tuple[Flow, ...]
    problems: tuple[Problem, ...]


def read_flows(path: str | Path, *, keep: Collection[str] = ()) -> tuple[Flow, ...]:
    """Read records: channel, period, pole, value, unit, by (who reports it), source, and a note where needed.

    Parameters
    ----------
    path : str or Path
    keep : collection of str, optional
        Codes of problems in spite of which to go on; `KEPT` says what becomes of their rows.

    Raises
    ------
    FaultyFlows
        With row and code: a value that is no number, no source, a reporter twice, units that differ within a channel
        and period, or shares that add up to more than 1.
    """
    return read_channels(path, keep=keep).flows


def read_channels(path: str | Path, *, keep: Collection[str] = ()) -> FlowReading:
    """Read records as `read_flows` does, with the problems that were kept."""
    path = Path(path)
    if not path.exists():
        raise NotFound("file", str(path), [str(part) for part in path.parent.glob("*.csv")])
    unknown = sorted(set(keep) - set(KEPT))
    if unknown:
        raise InvalidFlows(f"{unknown[0]} is no code of a problem", hint=f"codes: {', '.join(KEPT)}")
    problems: list[Problem] = []
    rows = rows_of(path, REQUIRED, OPTIONAL, InvalidFlows)
    flows = [flow for line, row in rows if (flow := _flow(row, path, line, problems))]
    if not flows and not problems:
        raise InvalidFlows("holds no record", place=Place(str(path)))
    for check in (_twice, _units, _whole):
        flows = check(flows, path, problems)
    problems.sort(key=lambda problem: (problem.rows[-1], problem.code))
    left = [problem for problem in problems if problem.code not in keep]
    if left:
        codes = sorted({problem.code for problem in left})
        means = "; ".join(f"{code}: {KEPT[code]}" for code in codes)
        hint = f"correct the file, or go on by --keep {','.join(codes)} (in Python keep={codes!r}); then {means}"
        faulty = len({row for problem in left for row in problem.rows})
        raise FaultyFlows(counted(left, faulty), place=Place(str(path)), hint=hint, problems=left)
    if not flows:
        raise InvalidFlows("no record is left", place=Place(str(path)))
    return FlowReading(tuple(flows), tuple(problems))


def _problem(code: str, path: Path, rows: Sequence[int], what: str, hint: str = "") -> Problem:
    return Problem(code, CellPlace(str(path), rows[-1]), what, hint, tuple(rows))


def _flow(row: Mapping[str, str], path: Path, line: int, problems: list[Problem]) -> Flow | None:
    empty = [name for name in REQUIRED if not row[name].strip()]
    if empty:
        what = f"{' and '.join(empty)} {'is' if len(empty) == 1 else 'are'} empty"
        problems.append(_problem("E521", path, [line], what, "every figure has a source"))
        return None
    found = _number(row["value"].strip(), row["unit"].strip())
    if isinstance(found, tuple):
        problems.append(_problem(found[0], path, [line], found[1], found[2]))
        return None
    words = {name: row[name].strip() for name in REQUIRED if name != "value"}
    return Flow(value=found, line=line, note=row.get("note", "").strip(), **words)


def _number(text: str, unit: str) -> Fraction | tuple[str, str, str]:
    """Return the number of a cell, or the code, the words and the hint of its fault."""
    percent = text.endswith("%")
    digits = text.removesuffix("%").strip()
    if not _NUMBER.fullmatch(digits):
        what = f"value is {text!r}; a number of at least 0 is written with digits and a point"
        return "E522", what, "for instance 24.5"
    if percent and unit != SHARE:
        return "E523", f"{text} in {unit}", f"percent needs the unit {SHARE}"
    value = Fraction(digits) / (100 if percent else 1)
    if unit == SHARE and value > 1:
        return "E524", f"the share {text} is more than the whole", "for instance 21.3%"
    return value


def _twice(flows: list[Flow], path: Path, problems: list[Problem]) -> list[Flow]:
    seen: dict[tuple[str, ...], list[Flow]] = {}
    for flow in flows:
        seen.setdefault((flow.channel, flow.period, flow.pole, flow.unit, flow.by), []).append(flow)
    bad: set[int] = set()
    for same in seen.values():
        if len(same) > 1:
            rows, flow = [one.line for one in same], same[0]
            times = "twice" if len(same) == 2 else f"{len(same)} times"
            what = f"{flow.by} reports {flow.channel} {flow.period} with {flow.pole} {times}, first in row {rows[0]}"
            problems.append(_problem("E525", path, rows, what, "give one figure for each reporter"))
            bad |= set(rows)
    return [flow for flow in flows if flow.line not in bad]


def _units(flows: list[Flow], path: Path, problems: list[Problem]) -> list[Flow]:
    units: dict[tuple[str, str], str] = {}
    kept = []
    for flow in flows:
        unit = units.setdefault((flow.channel, flow.period), flow.unit)
        if unit == flow.unit:
            kept.append(flow)
            continue
        what = f"{flow.channel} {flow.period} is in {flow.unit} here and in {unit} above"
        problems.append(_problem("E526", path, [flow.line], what, "give each unit a channel of its own"))
    return kept


def _whole(flows: list[Flow], path: Path, problems: list[Problem]) -> list[Flow]:
    bad: set[tuple[str, str]] = set()
    for channel in channels_of(flows):
        least = sum((part.low for part in channel.poles.values()), Fraction(0))
        if channel.unit == SHARE and least > 1 + _ROUNDING:
            rows = [flow.line for flow in flows if (flow.channel, flow.period) == (channel.name, channel.period)]
            what = f"shares of {channel.name} {channel.period} add up to {float(least):.1%}"
            problems.append(_problem("E527", path, rows, what, "shares of one whole add up to 100% at most"))
            bad.add((channel.name, channel.period))
    return [flow for flow in flows if (flow.channel, flow.period) not in bad]


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
