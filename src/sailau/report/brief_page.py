"""The brief as one self-contained, printable page; nothing is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files

from sailau.claims.chain import Chain
from sailau.claims.resolve import Resolution
from sailau.report.brief import Section, caveats, sections, sources
from sailau.report.claims import who
from sailau.report.table import Table, shown

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{style}</style></head>
<body><main><h1>{title}</h1><p class="note">As of {on}. Made by sailau; every figure is computed from records.</p>
<nav>{links}</nav>{parts}
<section><h2>Caveats</h2>{caveats}</section><section><h2>Sources</h2>{sources}</section></main></body></html>
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
        title=escape(f"{chain.name}: people, parties, votes, seats, power"),
        style=(files("sailau.report") / "brief.css").read_text("utf-8"),
        on=chain.on,
        links=" · ".join(f'<a href="#{part.title.lower()}">{part.title}</a>' for part in parts),
        parts="".join(_section(part, pictures) for part in parts),
        caveats=_list(caveats(chain) or ["none beyond those beside the tables"]),
        sources=_list(sources(chain)),
    )


def _section(part: Section, pictures: Mapping[str, str]) -> str:
    body = [f"<p>{escape(paragraph)}</p>" for paragraph in part.paragraphs]
    body += [f"<figure>{pictures[name]}</figure>" for name in part.pictures if name in pictures]
    body += [_table(table) for table in part.tables]
    body += [_claim(seen) for seen in part.claims]
    return f'<section id="{part.title.lower()}"><h2>{escape(part.title)}</h2>{"".join(body)}</section>'


def _list(items: Sequence[str], kind: str = "") -> str:
    return f"<ul{kind}>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _table(table: Table) -> str:
    marks = [' class="n"' if table.is_number(i) else "" for i in range(len(table.columns))]
    names = [escape(name.replace("_", " ")) for name in table.columns]
    head = "".join(f'<th scope="col"{mark}>{name}</th>' for name, mark in zip(names, marks, strict=True))
    rows = "".join(f"<tr>{_cells([shown(cell) for cell in row], marks)}</tr>" for row in table.rows)
    caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
    notes = _list(table.notes, ' class="notes"') if table.notes else ""
    grid = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="scroll">{grid}</div>{notes}'


def _cells(cells: Sequence[str], marks: Sequence[str]) -> str:
    return "".join(f"<td{mark}>{escape(cell)}</td>" for cell, mark in zip(cells, marks, strict=True))


def _claim(seen: Resolution) -> str:
    claim = seen.claim
    chain = " → ".join(f"{report.outlet}, {report.day}" for report in seen.book.chain(claim))
    return (
        f"<details><summary><b>{claim.id}</b> {escape(who(seen.book, claim))}: {escape(claim.says)} "
        f'<span class="v">{seen.verdict}</span></summary><p class="note">{escape(chain)}</p>'
        f"<p>{escape(claim.asks)} {escape(claim.rule)}</p>{_evidence(seen)}"
        f"<p>{seen.verdict}: {escape(seen.judgement.reason)}; confidence {seen.confidence}. "
        f"Would change it: {escape(claim.changes_if)}</p></details>"
    )


def _evidence(seen: Resolution) -> str:
    items = []
    for name, figure in seen.figures.items():
        if figure is None:
            items.append(f"{name}: no data; needed: {seen.missing[name]}")
        else:
            items.append(f"{name} = {figure.spelled()}: {figure.words} ({', '.join(figure.sources)})")
    return _list(items)
