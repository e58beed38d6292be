"""Words and tables of claims: the list, one claim in full, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any

from sailau.claims.book import Book, Claim, Report
from sailau.claims.figure import GRADES, Figure
from sailau.claims.ledger import Change
from sailau.claims.resolve import Resolution
from sailau.claims.score import Score
from sailau.claims.world import World
from sailau.files.told import told
from sailau.records.library import election_ids
from sailau.report.citation import cite, entry
from sailau.report.table import Table
from sailau.terms.speech import Said, coded, joined, language_of, marks, quoted, say, spoken

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
            told(s.claim.says),
        )
        for s in resolutions
    )
    counts: dict[str, int] = {}
    for seen in resolutions:
        counts[seen.verdict.value] = counts.get(seen.verdict.value, 0) + 1
    notes = (
        ", ".join(f"{n} {coded(verdict)}" for verdict, n in sorted(counts.items(), key=lambda item: -item[1])),
        say("a paraphrase stands for each statement; sailau claims ID shows the evidence behind a verdict"),
    )
    return Table(
        ("claim", "verdict", "confidence", "kind", "who", "said_on", "says"), rows, title, notes, {"counts": counts}
    )


def book_title(book: Book, world: World) -> str:
    """Return the heading over the claims of a book."""
    return say("{book}, judged on {day}", book=told(book.name), day=world.on)


def who(book: Book, claim: Claim) -> str:
    """Return the names of those who said it."""
    return joined([told(book.people[key].name) for key in claim.by], ", ")


def claim_text(seen: Resolution, *, width: int | None = None) -> str:
    """Return one claim in full: who, through whom, how it is tested, on what, and the verdict.

    `width` breaks long lines, for a terminal; without it every line is whole.
    """
    room = max(WIDTH, *(len(label) for label, _ in _claim_lines(seen)))
    lines = [claim_head(seen), *(f"  {label:<{room}} {text}".rstrip() for label, text in _claim_lines(seen))]
    if width is not None:
        indent = " " * (room + 3)
        lines = [fill(line, max(width, 40), subsequent_indent=indent, break_long_words=False) for line in lines]
    return "\n".join(lines) + "\n"


def claim_head(seen: Resolution) -> str:
    """Return the verdict on a claim in one line."""
    sentence = "{claim}  {verdict} (confidence: {confidence})"
    return say(sentence, claim=seen.claim.id, verdict=coded(seen.verdict), confidence=coded(seen.confidence))


def claim_parts(seen: Resolution) -> list[tuple[str, list[str]]]:
    """Return what is to be said of a claim under its labels; a line without a label goes on with the one before."""
    parts: list[tuple[str, list[str]]] = []
    for label, text in _claim_lines(seen):
        if label or not parts:
            parts.append((label, [text]))
        elif text:
            parts[-1][1].append(text)
    return parts


def _claim_lines(seen: Resolution) -> Iterator[tuple[str, str]]:
    claim, book = seen.claim, seen.book
    yield say("says"), told(claim.says)
    for key in claim.by:
        person = book.people[key]
        named = say("{name}, {role}", name=told(person.name), role=told(person.role))
        also = say(", also written {names}", names=quoted(", ".join(person.aliases))) if person.aliases else ""
        yield say("who"), joined([named, also], "")
    sentence = "{day}; {kind}; independent speakers: {n}"
    yield say("said"), say(sentence, day=claim.said_on, kind=coded(claim.kind), n=book.independent(claim))
    for report in book.chain(claim):
        by = joined([", ", quoted(report.author)], "") if report.author else ""
        note = joined([" (", told(report.day_note), ")"], "") if report.day_note else ""
        outlet, title = joined([told(report.outlet), by], ""), told(report.title)
        on = joined([str(report.day), note], "")
        yield say("through"), say("{outlet}, {day}: {title}", outlet=outlet, day=on, title=title)
    yield say("asks"), told(claim.asks)
    yield say("rule"), told(claim.rule)
    yield "", ""
    yield from _evidence(seen)
    yield "", ""
    yield say("verdict"), joined([coded(seen.verdict), seen.judgement.reason], ": ")
    if seen.score:
        yield say("score"), score_words(seen.score)
    if claim.answers:
        yield say("denies"), claim.answers
    for dispute in claim.disputes:
        yield say("disputed"), told(dispute)
    yield say("would change"), told(claim.changes_if)
    yield say("needed"), told(claim.needs)
    for note in claim.notes:
        yield say("note"), told(note)


def _evidence(seen: Resolution) -> Iterator[tuple[str, str]]:
    """Yield what was found: figures, tests, and what other choices would have given."""
    for name, figure in seen.figures.items():
        if figure is None:
            sentence = "{name}: no data; needed: {missing}" if spoken() == "en" else "no data; needed: {missing}"
            yield say("evidence"), say(sentence, name=name, missing=_own(seen.missing[name]))
            continue
        asked = seen.claim.figures[name]
        value = shown_figure(figure)
        sentence = (
            "{name} = {value}: {words}" if spoken() == "en" else "{value}: {words}"
        )  # a name is a key of the book
        yield say("evidence"), say(sentence, name=name, value=value, words=_own(figure.words))
        yield "", joined([say(GRADES[figure.grade]), asked.call, _sources(figure)], "; ")
    for answered in seen.answers:
        parts = [coded(answered.answer), ": ", told(answered.test.words)]
        parts += [" (", answered.split, ")"] if answered.split else []
        yield say("test"), joined(parts, "")
    for tried in seen.variants:
        value = shown_figure(tried.figure) if tried.figure else say("no data")
        stays = say("verdict stays")
        change = (
            stays if tried.verdict is seen.verdict else say("verdict would be: {verdict}", verdict=coded(tried.verdict))
        )
        yield say("variant"), say("{words}: {value}; {change}", words=told(tried.words), value=value, change=change)


def _own(words: str) -> str:
    """Return words of a figure: they know their language, or are English."""
    return words if isinstance(words, Said) else quoted(words, language_of(words))


def _sources(figure: Figure) -> str:
    return joined([told(source) for source in figure.sources], ", ")


def shown_figure(figure: Figure) -> str:
    """Return a figure with its interval, in the words and marks of the language that is spoken."""
    shown = marks(figure.spelled(), spoken())
    return shown.replace(" points", say(" points")).replace(" to ", say(" to "))


def score_words(score: Score) -> str:
    """Return Brier and logarithmic scores at both ends, and whose probability it is."""
    brier = say(" to ").join(marks(f"{float(x):.2f}", spoken()) for x in sorted(score.brier))
    logs = say(" to ").join(marks(f"{x:.2f}", spoken()) for x in sorted(score.logarithm))
    mapped = say("mapped from the words, so nobody is ranked by it")
    return say(
        "{end}; Brier {brier}, log {logs}; probability {whose}",
        end=say("happened") if score.happened else say("did not happen"),
        brier=brier,
        logs=logs,
        whose=say("given by the claimant") if score.given else mapped,
    )


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
        (c.claim, c.was, c.now, "; ".join(c.figures) or (say("records behind it") if c.records_only else ""))
        for c in found
    )
    notes = () if rows else (say("no verdict, figure or record has changed"),)
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
