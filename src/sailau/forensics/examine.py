"""The examination: every test that the data allow, judged together, with a clean election beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sailau.forensics.battery import FEWEST_ROWS, run_tests
from sailau.forensics.clean import draw_clean
from sailau.forensics.day import turnout_by_hour
from sailau.forensics.finding import Finding, NotTestable, benjamini_hochberg
from sailau.forensics.percentages import AreaPeaks, peaks_by_area
from sailau.forensics.problems import CODES
from sailau.forensics.rates import Measured, Rates, measure, rates_for
from sailau.forensics.read import Reading
from sailau.forensics.representation import equal_weights
from sailau.forensics.sums import published_sums, reaggregate
from sailau.forensics.tabulation import against_copies, read_copies, tabulate
from sailau.terms.speech import grouped, named, say

LEVEL = 0.05
"""Adjusted p-values below this are called inconsistent with the null model."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding in its place among the others.

    Attributes
    ----------
    finding : Finding
    q : float or None
        Its p-value adjusted for all tests of the examination (Benjamini-Hochberg).
    verdict : str
    rates : Rates or None
        How often clean elections show as much, and stuffed ones.
    control : float or None
        The p-value of the same test on a clean election of the same size.
    """

    finding: Finding
    q: float | None
    verdict: str
    rates: Rates | None
    control: float | None


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything that was asked of a file of stations.

    Attributes
    ----------
    reading : Reading
    seed : int
    judged : tuple of Judged
    not_testable : tuple of NotTestable
    areas : tuple of (AreaPeaks, float)
        Whole percentages by area, with the p-value adjusted over the areas.
    """

    reading: Reading
    seed: int
    judged: tuple[Judged, ...]
    not_testable: tuple[NotTestable, ...]
    areas: tuple[tuple[AreaPeaks, float], ...]

    def of(self, test: str) -> Judged:
        """Return one finding by the name of its test."""
        return next(one for one in self.judged if one.finding.test == test)

    @property
    def inconsistent(self) -> tuple[str, ...]:
        """The tests whose null model the figures are inconsistent with."""
        return tuple(one.finding.test for one in self.judged if one.q is not None and one.q < LEVEL)


def examine(
    reading: Reading,
    *,
    seed: int = 1,
    totals: str | Path | None = None,
    copies: str | Path | None = None,
    digits: bool = False,
    control: bool = True,
    runs: int = 0,
) -> Examination:
    """Run every test that the data allow.

    Parameters
    ----------
    reading : Reading
    seed : int
        The same seed gives the same report.
    totals : str or Path, optional
        Published totals of areas, to be set against the sums of their stations.
    copies : str or Path, optional
        Copies of protocols, to be set against the official figures.
    digits : bool
        Run digit tests as well; they are told and never used.
    control : bool
        Run the tests on a clean election of the same size beside the target.
    runs : int
        Measure the rates of errors anew, on so many elections of this size for each case, instead of taking them from
        the packaged table; estimates are not measured.
    """
    stations = reading.stations
    found: list[Finding | NotTestable] = [_arithmetic(reading), turnout_by_hour(stations), equal_weights(stations)]
    if totals is not None:
        found.append(published_sums(reaggregate(stations, totals)))
    if copies is not None:
        found.append(against_copies(tabulate(stations, read_copies(copies, stations.contenders)), stations))
    found += run_tests(stations, seed=seed, digits=digits)
    beside: Mapping[str, float] = {}
    if control and len(stations) >= FEWEST_ROWS:
        clean = run_tests(draw_clean(len(stations), seed=seed), seed=seed, estimates=False)
        beside = {one.test: one.p for one in clean if isinstance(one, Finding) and one.p is not None}
    findings = [one for one in found if isinstance(one, Finding)]
    areas = peaks_by_area(stations) if len(stations) >= FEWEST_ROWS else ()
    table = tuple(measure([len(stations)], runs, seed=seed, estimates=False)) if runs else ()
    return Examination(
        reading,
        seed,
        _judge(findings, len(stations), beside, table),
        tuple(one for one in found if isinstance(one, NotTestable)),
        tuple(zip(areas, benjamini_hochberg([area.p for area in areas]), strict=True)),
    )


def _arithmetic(reading: Reading) -> Finding:
    errors = [problem for problem in reading.problems if problem.is_error]
    by_code = Counter(problem.code for problem in errors)
    words = "; ".join(f"{say(CODES[code])}: {grouped(n)}" for code, n in sorted(by_code.items()))
    return Finding(
        test="protocol arithmetic",
        family="protocol arithmetic",
        kind="check",
        null="arithmetic",
        expects=say("protocols whose figures agree, each station once"),
        found=words or say("the figures of every protocol agree"),
        caution=say("a slip of the pen contradicts itself; figures that were made up with care do not"),
        figures={**by_code, "left_out": reading.left_out},
        cases=tuple(
            say("{code} row {line!s}: {what}", code=problem.code, line=problem.place.line, what=problem.what)
            for problem in errors[:5]
        ),
    )


def _judge(
    findings: list[Finding], n: int, beside: Mapping[str, float], table: Sequence[Measured]
) -> tuple[Judged, ...]:
    tested = [one for one in findings if one.p is not None]
    adjusted = benjamini_hochberg([one.p for one in tested if one.p is not None])
    q = {one.test: value for one, value in zip(tested, adjusted, strict=True)}
    return tuple(
        Judged(one, (own := q.get(one.test)), verdict(one, own), rates_for(one.test, n, table), beside.get(one.test))
        for one in findings
    )


def verdict(finding: Finding, q: float | None) -> str:
    """Return the verdict: which null model the figures are inconsistent with, and never more."""
    if finding.kind == "curiosity":
        return say("no evidence either way")
    if finding.kind == "estimate":
        return say("an estimate, not a test")
    if q is None:
        faults = [n for key, n in finding.figures.items() if isinstance(n, int) and n and key in _COUNTS | set(CODES)]
        return (
            say("1 contradiction")
            if sum(faults) == 1
            else say("{n:,} contradictions", n=sum(faults))
            if faults
            else say("in order")
        )
    return (
        say("inconsistent with null model “{null}”", null=named(finding.null))
        if q < LEVEL
        else say("consistent with null model “{null}”", null=named(finding.null))
    )


_COUNTS = {"falls", "differences", "gaps", "conflicts", "beyond_10"}
