"""Words and tables of claims: the list, one claim in full, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any

from sailau.claims.book import Book, Claim, Report
from sailau.claims.figure import GRADES
from sailau.claims.ledger import Change
from sailau.claims.resolve import Resolution
from sailau.claims.score import Score
from sailau.claims.world import World
from sailau.records.library import election_ids
from sailau.report.citation import cite, entry
from sailau.report.table import Table

WIDTH = 11


def claims_table(resolutions: Sequence[Resolution], *, title: str) -> Table:
    """Return the list of claims with verdict and confidence."""
    rows = tuple(
        (
            s.claim.id,
            s.verdict.value,
            s.confidence.value,
            s.claim.kind.value,
            who(s.book, s.claim),
            s.claim.said_on,
            s.claim.says,
        )
        for s in resolutions
    )
    counts: dict[str, int] = {}
    for seen in resolutions:
        counts[seen.verdict.value] = counts.get(seen.verdict.value, 0) + 1
    notes = (
        ", ".join(f"{n} {verdict}" for verdict, n in sorted(counts.items(), key=lambda item: -item[1])),
        "a paraphrase stands for each statement; sailau claims ID shows the evidence behind a verdict",
    )
    return Table(
        ("claim", "verdict", "confidence", "kind", "who", "said_on", "says"), rows, title, notes, {"counts": counts}
    )


def who(book: Book, claim: Claim) -> str:
    """Return the names of those who said it."""
    return ", ".join(book.people[key].name for key in claim.by)


def claim_text(seen: Resolution, *, width: int | None = None) -> str:
    """Return one claim in full: who, through whom, how it is tested, on what, and the verdict.

    `width` breaks long lines, for a terminal; without it every line is whole.
    """
    lines = _lines(seen)
    if width is not None:
        indent = " " * (WIDTH + 3)
        lines = (fill(line, max(width, 40), subsequent_indent=indent, break_long_words=False) for line in lines)
    return "\n".join(lines) + "\n"


def _lines(seen: Resolution) -> Iterator[str]:
    claim, book = seen.claim, seen.book
    yield f"{claim.id}  {seen.verdict} (confidence: {seen.confidence})"
    yield _pair("says", claim.says)
    for key in claim.by:
        person = book.people[key]
        also = f", also written {', '.join(person.aliases)}" if person.aliases else ""
        yield _pair("who", f"{person.name}, {person.role}{also}")
    yield _pair("said", f"{claim.said_on}; {claim.kind}; independent speakers: {book.independent(claim)}")
    for report in book.chain(claim):
        by = f", {report.author}" if report.author else ""
        note = f" ({report.day_note})" if report.day_note else ""
        yield _pair("through", f"{report.outlet}{by}, {report.day}{note}: {report.title}")
    yield _pair("asks", claim.asks)
    yield _pair("rule", claim.rule)
    yield ""
    for name, figure in seen.figures.items():
        if figure is None:
            yield _pair("evidence", f"{name}: no data; needed: {seen.missing[name]}")
            continue
        asked = claim.figures[name]
        yield _pair("evidence", f"{name} = {figure.spelled()}: {figure.words}")
        yield _pair("", f"{asked.call}; {', '.join(figure.sources)}; {GRADES[figure.grade]}")
    for answered in seen.answers:
        split = f" ({answered.split})" if answered.split else ""
        yield _pair("test", f"{answered.answer}: {answered.test.words}{split}")
    for tried in seen.variants:
        value = tried.figure.spelled() if tried.figure else "no data"
        change = "verdict stays" if tried.verdict is seen.verdict else f"verdict would be: {tried.verdict}"
        yield _pair("variant", f"{tried.words}: {value}; {change}")
    yield ""
    yield _pair("verdict", f"{seen.verdict}: {seen.judgement.reason}")
    if seen.score:
        yield _pair("score", score_words(seen.score))
    if claim.answers:
        yield _pair("denies", claim.answers)
    for dispute in claim.disputes:
        yield _pair("disputed", dispute)
    yield _pair("would change", claim.changes_if)
    yield _pair("needed", claim.needs)
    for note in claim.notes:
        yield _pair("note", note)


def _pair(label: str, text: str) -> str:
    return f"  {label:<{WIDTH}} {text}"


def score_words(score: Score) -> str:
    """Return Brier and logarithmic scores at both ends, and whose probability it is."""
    brier = " to ".join(f"{float(x):.2f}" for x in sorted(score.brier))
    logs = " to ".join(f"{x:.2f}" for x in sorted(score.logarithm))
    whose = "given by the claimant" if score.given else "mapped from the words, so nobody is ranked by it"
    return f"{'happened' if score.happened else 'did not happen'}; Brier {brier}, log {logs}; probability {whose}"


def claim_json(seen: Resolution) -> dict[str, Any]:
    """Return one claim as plain values."""
    claim, book = seen.claim, seen.book
    return {
        "claim": claim.id,
        "also": list(claim.also),
        "says": claim.says,
        "who": [{"key": k, "name": book.people[k].name, "aliases": list(book.people[k].aliases)} for k in claim.by],
        "said_on": str(claim.said_on),
        "through": [
            {"outlet": r.outlet, "day": str(r.day), "title": r.title, "after": r.after} for r in book.chain(claim)
        ],
        "kind": claim.kind.value,
        "asks": claim.asks,
        "rule": claim.rule,
        "figures": {name: _figure(seen, name) for name in seen.figures},
        "tests": [
            {"words": a.test.words, "figure": a.test.figure, "answer": a.answer.value, "split": a.split}
            for a in seen.answers
        ],
        "variants": [
            {"words": v.words, "value": v.figure.spelled() if v.figure else None, "verdict": v.verdict.value}
            for v in seen.variants
        ],
        "verdict": seen.verdict.value,
        "confidence": seen.confidence.value,
        "reason": seen.judgement.reason,
        "score": score_words(seen.score) if seen.score else None,
        "needs": claim.needs,
        "changes_if": claim.changes_if,
        "sha256": seen.digest,
    }


def _figure(seen: Resolution, name: str) -> dict[str, Any]:
    figure, asked = seen.figures[name], seen.claim.figures[name]
    if figure is None:
        return {"call": asked.call, "value": None, "needed": seen.missing[name]}
    return {
        "call": asked.call,
        "arguments": {key: str(value) for key, value in asked.arguments.items()},
        "value": str(figure.value),
        "low": None if figure.low is None else str(figure.low),
        "high": None if figure.high is None else str(figure.high),
        "shown": figure.spelled(),
        "words": figure.words,
        "unit": figure.unit,
        "grade": figure.grade.value,
        "sources": list(figure.sources),
    }


def changes_table(found: Sequence[Change], *, title: str) -> Table:
    """Return what has changed since the ledger was written."""
    rows = tuple(
        (c.claim, c.was, c.now, "; ".join(c.figures) or ("records behind it" if c.records_only else "")) for c in found
    )
    notes = () if rows else ("no verdict, figure or record has changed",)
    return Table(("claim", "was", "now", "moved"), rows, title, notes)


def bibliography(resolutions: Sequence[Resolution], world: World) -> str:
    """Return BibTeX of the reports behind some claims, and of the elections and laws that answered them."""
    elections = set(election_ids(folders=world.elections))
    asked = {source for seen in resolutions for figure in seen.figures.values() if figure for source in figure.sources}
    replays = [world.replay(name) for name in sorted(asked & elections)]
    laws = {str(one.law): one.law for one in replays}
    records = cite(*laws.values(), *(one.election for one in replays))
    reports = {(seen.book.id, r.key): r for seen in resolutions for r in seen.book.chain(seen.claim)}
    return "\n\n".join([*_reports(reports), records])


def _reports(reports: Mapping[tuple[str, str], Report]) -> list[str]:
    entries = []
    for (book, _), report in reports.items():
        fields = {
            "title": report.title,
            "author": report.author and f"{{{report.author}}}",
            "howpublished": report.outlet,
            "year": str(report.day.year),
            "url": report.url,
            "note": f"published {report.day}",
        }
        entries.append(entry("misc", f"{book}-{report.key}", {k: v for k, v in fields.items() if v}))
    return entries
