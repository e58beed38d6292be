"""Pages of HTML that hold all they need: no scripts, no links to elsewhere, made to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from sailau.report.table import Table, shown

_STYLE = """
body { font: 11pt/1.45 Georgia, serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #111; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin: 1.6em 0 .3em; } dt { font-weight: bold; }
dl { margin: .3em 0; display: grid; grid-template-columns: 9em 1fr; gap: .15em 1em; } dd { margin: 0; }
figure { margin: 1.2em 0; break-inside: avoid; } figure svg { max-width: 100%; height: auto; }
figcaption { font-size: .9em; color: #444; }
table { border-collapse: collapse; margin: .5em 0; } td, th { padding: .15em .7em; border-bottom: 1px solid #bbb; }
td.n { text-align: right; } .verdict { font-weight: bold; } section { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } a { color: inherit; } }
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of a report: its name in files, the SVG, and what it shows and does not mean."""

    name: str
    picture: str
    caption: str


def framed(figure: Figure) -> str:
    """Return a figure with its caption."""
    return f"<figure>{figure.picture}<figcaption>{escape(figure.caption)}</figcaption></figure>"


def page(title: str, body: Sequence[str]) -> str:
    """Return the page; its title is escaped already."""
    head = f"<meta charset='utf-8'><meta name='viewport' content='width=device-width'><title>{title}</title>"
    style = f"<style>{_STYLE}</style>"
    text = "\n".join(body)
    return f"<!doctype html>\n<html lang='en'><head>{head}{style}</head><body>\n{text}\n</body></html>\n"


def table_page(table: Table, figures: Sequence[Figure] = ()) -> str:
    """Return a table as a page: the notes first, then the figures, then every row."""
    title = escape(table.title)
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in table.columns)
    number = [table.is_number(i) for i in range(len(table.columns))]
    rows = [
        "".join(f"<td{' class=n' * number[i]}>{escape(shown(cell))}</td>" for i, cell in enumerate(row))
        for row in table.rows
    ]
    body = [f"<h1>{title}</h1>", *(f"<p>{escape(note)}</p>" for note in table.notes), *map(framed, figures)]
    body.append(f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    return page(title, body)
