"""Examinations of polling stations as tables, as text and as a page that prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from sailau.report.page import Figure, framed, page
from sailau.report.table import Cell, Table
from sailau.terms.speech import grouped, joined, marks, named, say, spoken

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


def _said(p: float | None) -> str:
    """Return a p-value with the marks of the language that is spoken."""
    return marks(number(p) or "", spoken())


def percent(rate: float) -> str:
    """Return a rate in whole percent."""
    return f"{100 * rate:.0f} %"


def heading(seen: Examination) -> list[str]:
    """Return what was read, and the sums of it."""
    reading, stations = seen.reading, seen.reading.stations
    lines = [
        say(
            "{title}: {n:,} rows of {rows:,} ({left_out:,} left out), columns by {columns}, seed {seed}",
            title=stations.title or stations.path,
            n=len(stations),
            rows=reading.rows,
            left_out=reading.left_out,
            columns=named(reading.columns.name),
            seed=str(seen.seed),
        )
    ]
    if stations.votes.any():
        leader, votes = stations.contenders[stations.leader], int(stations.leading.sum())
        ballots = int(stations.counted.sum())
        lines.append(
            say("leader: {leader}, {votes:,} votes of {ballots:,} ballots", leader=leader, votes=votes, ballots=ballots)
        )
    if stations.has_turnout:
        voters, registered = int(stations.voters.sum()), int(stations.registered.sum())
        sentence = "turnout: {voters:,} of {registered:,} registered voters, {share:.1%}"
        lines.append(say(sentence, voters=voters, registered=registered, share=voters / registered))
    return lines


def summary(seen: Examination) -> list[str]:
    """Return what the tests say together, in the words that they allow."""
    tested = [one for one in seen.judged if one.q is not None]
    out = []
    if tested:
        names = ", ".join(named(test) for test in seen.inconsistent) or say("none")
        sentence = "{n} tests, corrected together (Benjamini-Hochberg, 5 %); inconsistent: {names}"
        out.append(say(sentence, n=len(tested), names=names))
    gaps = [one for one in seen.not_testable if one.family == "all"]
    out += [say("not testable: {why}. Needed: {needs}", why=one.why, needs=one.needs) for one in gaps]
    if tested:
        out.append(
            say("an inconsistency is with a null model: it says neither who nor why; consistency proves no honesty")
        )
    return out


def rates_words(rates: Rates | None, control: float | None) -> list[str]:
    """Return how often clean elections show as much, and stuffed ones."""
    if rates is None:
        return []
    size = say("{stations:,} stations, {runs} runs", stations=rates.stations, runs=rates.runs)
    often = [say("at p < 0.05 uncorrected, {rate} of clean elections ({size})", rate=percent(rates.clean), size=size)]
    if rates.real[1]:
        sentence = "; {accused} of {kept} real elections kept as controls"
        often.append(say(sentence, accused=rates.real[0], kept=rates.real[1]))
    if control is not None:
        often.append(say("; beside this one a clean one of its size: p {p}", p=_said(control)))
    lines = [joined(often, "")]
    for way, words in zip(_WAYS, (say("any number of ballots"), say("up to round turnouts")), strict=True):
        powers = ", ".join(percent(rates.power[way, share]) for share in _SHARES if (way, share) in rates.power)
        if powers:
            lines.append(
                say("{powers} where 1, 2, 5, 10 % of ballots were added ({words})", powers=powers, words=words)
            )
    return lines


def _parts(one: Judged) -> Iterator[tuple[str, list[str]]]:
    """Yield the labelled lines of one finding."""
    f = one.finding
    yield say("expected"), [f.expects]
    yield say("found"), [f.found]
    if f.p is not None:
        yield "p", [say("{p}; adjusted {q}", p=_said(f.p), q=_said(one.q))]
    words = rates_words(one.rates, one.control)
    if words:
        yield say("false alarms"), words[:1]
    if words[1:]:
        yield say("power"), words[1:]
    if f.cases:
        yield say("cases"), list(f.cases)
    yield say("it is not"), [f.caution]


def to_text(seen: Examination) -> str:
    """Return the report as plain text."""
    lines = [*heading(seen), "", *summary(seen)]
    for one in seen.judged:
        lines += ["", f"{named(one.finding.test)}: {one.verdict}"]
        for label, words in _parts(one):
            lines += [f"  {label if i == 0 else '':<13}{text}" for i, text in enumerate(words)]
    for gap in seen.not_testable:
        lines += ["", f"{named(gap.test)}: {say('not testable')}"]
        lines += [f"  {label:<13}{words[0]}" for label, words in _gap_parts(gap)]
    areas = _area_rows(seen)
    if areas:
        lines += ["", say("whole percentages by area (adjusted over the areas), the most unlikely first")]
        sentence = "{area}: {near:,} of {stations:,}, expected {mean}; p {p}, adjusted {q}"
        lines += [
            f"  {say(sentence, area=area, near=near, stations=n, mean=mean, p=p, q=q)}"
            for area, n, near, mean, p, q in areas
        ]
    return "\n".join([*lines, "", *_nulls(seen)]) + "\n"


def _nulls(seen: Examination) -> list[str]:
    from sailau.forensics.finding import NULLS

    used = {one.finding.null for one in seen.judged}
    return [say("null models"), *(f"  {named(name)}: {say(NULLS[name])}" for name in NULLS if name in used)]


def _area_rows(seen: Examination, most: int = 10) -> list[tuple[str, int, int, str, str, str]]:
    ordered = sorted(seen.areas, key=lambda pair: (pair[0].p, pair[0].area))[:most]
    return [
        (a.area, a.stations, a.observed, marks(f"{a.expected:,.1f}", spoken()), _said(a.p), _said(q))
        for a, q in ordered
    ]


def to_markdown(seen: Examination) -> str:
    """Return the report as Markdown."""
    lines = [f"# {seen.reading.stations.title or seen.reading.stations.path}", ""]
    lines += [f"- {line}" for line in heading(seen)] + ["", *(f"{line}\n" for line in summary(seen))]
    for one in seen.judged:
        lines += [f"## {named(one.finding.test)}", "", f"**{one.verdict}**", ""]
        lines += [f"- {label}: {'; '.join(words)}" for label, words in _parts(one)] + [""]
    for gap in seen.not_testable:
        lines += [f"## {named(gap.test)}", "", f"**{say('not testable')}**", ""]
        lines += [f"- {label}: {'; '.join(words)}" for label, words in _gap_parts(gap)] + [""]
    areas = _area_rows(seen)
    if areas:
        lines += [f"## {say('whole percentages by area')}", "", f"| {' | '.join(_heads())} |"]
        lines += ["| --- | ---: | ---: | ---: | ---: | ---: |"]
        lines += [f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |" for row in areas] + [""]
    head, *nulls = _nulls(seen)
    return "\n".join([*lines, f"## {head}", "", *(f"-{line[1:]}" for line in nulls)]) + "\n"


def _heads() -> list[str]:
    return [named(name) for name in ("area", "stations", "observed", "expected", "p", "adjusted")]


def to_html(seen: Examination, figures: Sequence[Figure] = ()) -> str:
    """Return the report as one page without scripts or links, which also prints; figures stand in it as SVG."""
    title = escape(seen.reading.stations.title or seen.reading.stations.path)
    body = [f"<h1>{title}</h1>", *(f"<p>{escape(line)}</p>" for line in [*heading(seen), *summary(seen)])]
    body += [framed(figure) for figure in figures]
    body += [_section(named(one.finding.test), one.verdict, _parts(one)) for one in seen.judged]
    body += [_section(named(gap.test), say("not testable"), _gap_parts(gap)) for gap in seen.not_testable]
    areas = _area_rows(seen)
    if areas:
        head = "".join(f"<th>{escape(name)}</th>" for name in _heads())
        rows = "".join(f"<tr>{''.join(_td(cell) for cell in row)}</tr>" for row in areas)
        above = escape(say("whole percentages by area"))
        body.append(f"<section><h2>{above}</h2><table><tr>{head}</tr>{rows}</table></section>")
    above, *nulls = map(escape, _nulls(seen))
    body.append(f"<h2>{above}</h2><ul>{''.join(f'<li>{line}</li>' for line in nulls)}</ul>")
    return page(title, body)


def _td(cell: object) -> str:
    return f"<td class='n'>{grouped(cell)}</td>" if isinstance(cell, int) else f"<td>{escape(str(cell))}</td>"


def _gap_parts(gap: NotTestable) -> Iterator[tuple[str, list[str]]]:
    yield say("why"), [gap.why]
    yield say("needed"), [gap.needs]


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
