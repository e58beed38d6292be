"""The brief as one self-contained, printable page; nothing is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files

from sailau.claims.chain import Chain
from sailau.claims.resolve import Resolution
from sailau.files.told import told
from sailau.report.brief import Section, caveats, evidence_of, headline, in_words, no_caveats, sections, sources
from sailau.report.claims import who
from sailau.report.table import Table, shown
from sailau.terms.speech import coded, say, spoken

PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{style}</style></head>
<body><main><h1>{title}</h1><p class="note">{made}</p>
<nav>{links}</nav>{parts}
<section><h2>{caveats_head}</h2>{caveats}</section><section><h2>{sources_head}</h2>{sources}</section></main></body></html>
"""


def to_html(chain: Chain, pictures: Mapping[str, str]) -> str:
    """Return the page.

    Parameters
    ----------
    chain : Chain
    pictures : mapping of str to str
        SVG by the names that sections ask for; those that are not given are left out.
    """
    parts = sections(chain)
    return PAGE.format(
        lang=spoken(),
        title=escape(headline(chain)),
        style=(files("sailau.report") / "brief.css").read_text("utf-8"),
        made=say("As of {day}. Made by sailau; every figure is computed from records.", day=chain.on),
        links=" · ".join(f'<a href="#{_anchor(part)}">{escape(part.title)}</a>' for part in parts),
        parts="".join(_section(part, pictures) for part in parts),
        caveats_head=say("Caveats"),
        caveats=_list(caveats(chain) or [no_caveats()]),
        sources_head=say("Sources"),
        sources=_list(sources(chain)),
    )


def _section(part: Section, pictures: Mapping[str, str]) -> str:
    body = [f"<p>{escape(paragraph)}</p>" for paragraph in part.paragraphs]
    body += [f"<figure>{pictures[name]}</figure>" for name in part.pictures if name in pictures]
    body += [_table(in_words(table)) for table in part.tables]
    body += [_claim(seen) for seen in part.claims]
    return f'<section id="{_anchor(part)}"><h2>{escape(part.title)}</h2>{"".join(body)}</section>'


def _anchor(part: Section) -> str:
    return part.key.lower().replace(" ", "-")


def _list(items: Sequence[str], kind: str = "") -> str:
    return f"<ul{kind}>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _table(table: Table) -> str:
    marks = [' class="n"' if table.is_number(i) else "" for i in range(len(table.columns))]
    names = [escape(name.replace("_", " ")) for name in table.columns]
    head = "".join(f'<th scope="col"{mark}>{name}</th>' for name, mark in zip(names, marks, strict=True))
    rows = "".join(f"<tr>{_cells([shown(cell, spoken()) for cell in row], marks)}</tr>" for row in table.rows)
    caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
    notes = _list(table.notes, ' class="notes"') if table.notes else ""
    grid = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="scroll">{grid}</div>{notes}'


def _cells(cells: Sequence[str], marks: Sequence[str]) -> str:
    return "".join(f"<td{mark}>{escape(cell)}</td>" for cell, mark in zip(cells, marks, strict=True))


def _claim(seen: Resolution) -> str:
    claim, verdict = seen.claim, coded(seen.verdict)
    chain = " → ".join(f"{told(report.outlet)}, {report.day}" for report in seen.book.chain(claim))
    judged = say(
        "{verdict}: {reason}; confidence {confidence}. Would change it: {changes}",
        verdict=verdict,
        reason=seen.judgement.reason,
        confidence=coded(seen.confidence),
        changes=told(claim.changes_if),
    )
    return (
        f"<details><summary><b>{claim.id}</b> {escape(who(seen.book, claim))}: {escape(told(claim.says))} "
        f'<span class="v">{escape(verdict)}</span></summary><p class="note">{escape(chain)}</p>'
        f"<p>{escape(told(claim.asks))} {escape(told(claim.rule))}</p>{_evidence(seen)}"
        f"<p>{escape(judged)}</p></details>"
    )


def _evidence(seen: Resolution) -> str:
    items = []
    for name, figure in seen.figures.items():
        if figure is None:
            sentence = "{name}: no data; needed: {missing}" if spoken() == "en" else "no data; needed: {missing}"
            items.append(say(sentence, name=name, missing=seen.missing[name]))
        else:
            words = "" if spoken() != "en" else f": {figure.words}"
            items.append(f"{evidence_of(name, figure)}{words} ({', '.join(figure.sources)})")
    return _list(items)
