"""Examinations of polling stations as tables, as text and as a page that prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from sailau.report.page import Figure, framed, page
from sailau.report.table import Cell, Table

if TYPE_CHECKING:
    from sailau.forensics.clean import Way
    from sailau.forensics.examine import Examination, Judged
    from sailau.forensics.finding import NotTestable
    from sailau.forensics.rates import Rates

_WAYS: tuple[Way, ...] = ("added", "rounded")
_SHARES = (0.01, 0.02, 0.05, 0.1)


def number(p: float | None) -> str | None:
    """Return a p-value as people write it."""
    if p is None:
        return None
    return "< 1e-16" if p < 1e-16 else f"{p:.2g}"


def percent(rate: float) -> str:
    """Return a rate in whole percent."""
    return f"{100 * rate:.0f} %"


def heading(seen: Examination) -> list[str]:
    """Return what was read, and the sums of it."""
    reading, stations = seen.reading, seen.reading.stations
    lines = [
        f"{stations.title or stations.path}: {len(stations):,} rows of {reading.rows:,} ({reading.left_out:,} left "
        f"out), columns by {reading.columns.name}, seed {seen.seed}",
    ]
    if stations.votes.any():
        leader, votes = stations.contenders[stations.leader], int(stations.leading.sum())
        lines.append(f"leader: {leader}, {votes:,} votes of {int(stations.counted.sum()):,} ballots")
    if stations.has_turnout:
        voters, registered = int(stations.voters.sum()), int(stations.registered.sum())
        lines.append(f"turnout: {voters:,} of {registered:,} registered voters, {voters / registered:.1%}")
    return lines


def summary(seen: Examination) -> list[str]:
    """Return what the tests say together, in the words that they allow."""
    tested = [one for one in seen.judged if one.q is not None]
    out = []
    if tested:
        names = ", ".join(seen.inconsistent) or "none"
        out.append(f"{len(tested)} tests, corrected together (Benjamini-Hochberg, 5 %); inconsistent: {names}")
    gaps = [one for one in seen.not_testable if one.family == "all"]
    out += [f"not testable: {one.why}. Needed: {one.needs}" for one in gaps]
    if tested:
        out.append("an inconsistency is with a null model: it says neither who nor why; consistency proves no honesty")
    return out


def rates_words(rates: Rates | None, control: float | None) -> list[str]:
    """Return how often clean elections show as much, and stuffed ones."""
    if rates is None:
        return []
    size = f"{rates.stations:,} stations, {rates.runs} runs"
    lines = [f"at p < 0.05 uncorrected, {percent(rates.clean)} of clean elections ({size})"]
    if rates.real[1]:
        lines[0] += f"; {rates.real[0]} of {rates.real[1]} real elections kept as controls"
    if control is not None:
        lines[0] += f"; beside this one a clean one of its size: p {number(control)}"
    for way, words in zip(_WAYS, ("any number of ballots", "up to round turnouts"), strict=True):
        powers = ", ".join(percent(rates.power[way, share]) for share in _SHARES if (way, share) in rates.power)
        if powers:
            lines.append(f"{powers} where 1, 2, 5, 10 % of ballots were added ({words})")
    return lines


def _parts(one: Judged) -> Iterator[tuple[str, list[str]]]:
    """Yield the labelled lines of one finding."""
    f = one.finding
    yield "expected", [f.expects]
    yield "found", [f.found]
    if f.p is not None:
        yield "p", [f"{number(f.p)}; adjusted {number(one.q)}"]
    words = rates_words(one.rates, one.control)
    if words:
        yield "false alarms", words[:1]
    if words[1:]:
        yield "power", words[1:]
    if f.cases:
        yield "cases", list(f.cases)
    yield "it is not", [f.caution]


def to_text(seen: Examination) -> str:
    """Return the report as plain text."""
    lines = [*heading(seen), "", *summary(seen)]
    for one in seen.judged:
        lines += ["", f"{one.finding.test}: {one.verdict}"]
        for label, words in _parts(one):
            lines += [f"  {label if i == 0 else '':<13}{text}" for i, text in enumerate(words)]
    for gap in seen.not_testable:
        lines += ["", f"{gap.test}: not testable", f"  {'why':<13}{gap.why}", f"  {'needed':<13}{gap.needs}"]
    areas = _area_rows(seen)
    if areas:
        lines += ["", "whole percentages by area (adjusted over the areas), the most unlikely first"]
        lines += [
            f"  {area}: {near:,} of {n:,}, expected {mean}; p {p}, adjusted {q}" for area, n, near, mean, p, q in areas
        ]
    return "\n".join([*lines, "", *_nulls(seen)]) + "\n"


def _nulls(seen: Examination) -> list[str]:
    from sailau.forensics.finding import NULLS

    used = {one.finding.null for one in seen.judged}
    return ["null models", *(f"  {name}: {words}" for name, words in NULLS.items() if name in used)]


def _area_rows(seen: Examination, most: int = 10) -> list[tuple[str, int, int, str, str | None, str | None]]:
    ordered = sorted(seen.areas, key=lambda pair: (pair[0].p, pair[0].area))[:most]
    return [(a.area, a.stations, a.observed, f"{a.expected:,.1f}", number(a.p), number(q)) for a, q in ordered]


def to_markdown(seen: Examination) -> str:
    """Return the report as Markdown."""
    lines = [f"# {seen.reading.stations.title or seen.reading.stations.path}", ""]
    lines += [f"- {line}" for line in heading(seen)] + ["", *(f"{line}\n" for line in summary(seen))]
    for one in seen.judged:
        lines += [f"## {one.finding.test}", "", f"**{one.verdict}**", ""]
        lines += [f"- {label}: {'; '.join(words)}" for label, words in _parts(one)] + [""]
    for gap in seen.not_testable:
        lines += [f"## {gap.test}", "", "**not testable**", "", f"- why: {gap.why}", f"- needed: {gap.needs}", ""]
    areas = _area_rows(seen)
    if areas:
        lines += ["## whole percentages by area", "", "| area | stations | observed | expected | p | adjusted |"]
        lines += ["| --- | ---: | ---: | ---: | ---: | ---: |"]
        lines += [f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |" for row in areas] + [""]
    return "\n".join([*lines, "## null models", "", *(f"-{line[1:]}" for line in _nulls(seen)[1:])]) + "\n"


def to_html(seen: Examination, figures: Sequence[Figure] = ()) -> str:
    """Return the report as one page without scripts or links, which also prints; figures stand in it as SVG."""
    title = escape(seen.reading.stations.title or seen.reading.stations.path)
    body = [f"<h1>{title}</h1>", *(f"<p>{escape(line)}</p>" for line in [*heading(seen), *summary(seen)])]
    body += [framed(figure) for figure in figures]
    body += [_section(one.finding.test, one.verdict, _parts(one)) for one in seen.judged]
    body += [_section(gap.test, "not testable", _gap_parts(gap)) for gap in seen.not_testable]
    areas = _area_rows(seen)
    if areas:
        head = "".join(f"<th>{name}</th>" for name in ("area", "stations", "observed", "expected", "p", "adjusted"))
        rows = "".join(f"<tr>{''.join(_td(cell) for cell in row)}</tr>" for row in areas)
        body.append(f"<section><h2>whole percentages by area</h2><table><tr>{head}</tr>{rows}</table></section>")
    body.append(f"<h2>null models</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in _nulls(seen)[1:])}</ul>")
    return page(title, body)


def _td(cell: object) -> str:
    return f"<td class='n'>{cell:,}</td>" if isinstance(cell, int) else f"<td>{escape(str(cell))}</td>"


def _gap_parts(gap: NotTestable) -> Iterator[tuple[str, list[str]]]:
    yield "why", [gap.why]
    yield "needed", [gap.needs]


def _section(name: str, verdict: str, parts: Iterator[tuple[str, list[str]]]) -> str:
    rows = "".join(f"<dt>{label}</dt><dd>{'<br>'.join(map(escape, words))}</dd>" for label, words in parts)
    return f"<section><h2>{escape(name)}</h2><p class='verdict'>{escape(verdict)}</p><dl>{rows}</dl></section>"


def examination_table(seen: Examination) -> Table:
    """Return one row for each test, run or not; the JSON form holds every figure."""
    columns = (
        "test", "family", "verdict", "null_model", "p", "p_adjusted", "clean_rate", "clean_runs", "control_p",
        *(f"power_{way}_{round(100 * share)}" for way in _WAYS for share in _SHARES), "expected", "found", "caution",
    )  # fmt: skip
    rows = [_row(one) for one in seen.judged]
    blank: tuple[Cell, ...] = (None,) * 14
    rows += [(gap.test, gap.family, "not testable", *blank, gap.needs, gap.why, None) for gap in seen.not_testable]
    return Table(columns, tuple(rows), title=heading(seen)[0], notes=tuple(summary(seen)), extra=_extra(seen))


def _row(one: Judged) -> tuple[Cell, ...]:
    f, rates = one.finding, one.rates
    power: list[Cell] = [None] * 8
    if rates is not None:
        power = [percent(rates.power[w, s]) if (w, s) in rates.power else None for w in _WAYS for s in _SHARES]
    clean: tuple[Cell, Cell] = (percent(rates.clean), rates.runs) if rates else (None, None)
    head = (f.test, f.family, one.verdict, f.null, number(f.p), number(one.q))
    return (*head, *clean, number(one.control), *power, f.expects, f.found, f.caution)


def _extra(seen: Examination) -> dict[str, Any]:
    stations = seen.reading.stations
    return {
        "file": stations.path,
        "map": seen.reading.columns.name,
        "seed": seen.seed,
        "rows_read": seen.reading.rows,
        "rows_left_out": seen.reading.left_out,
        "leader": stations.contenders[stations.leader],
        "figures": {one.finding.test: dict(one.finding.figures) for one in seen.judged},
        "cases": {one.finding.test: list(one.finding.cases) for one in seen.judged if one.finding.cases},
        "areas": [
            {"area": a.area, "stations": a.stations, "observed": a.observed, "expected": round(a.expected, 2), "p": a.p,
             "p_adjusted": q} for a, q in seen.areas
        ],
        "problems": [str(problem) for problem in seen.reading.problems],
    }  # fmt: skip


def maps_table() -> Table:
    """Return the column maps that ship with the package."""
    from sailau.forensics.maps import packaged_maps

    rows = tuple((one.name, one.title, ", ".join(one.files), one.source) for one in packaged_maps())
    return Table(("map", "title", "files", "source"), rows)
