"""Build the documentation site from the pages beside this file: `make site`, or `python docs/website.py FOLDER`.

Nothing is fetched: the pages are Markdown, the figures are drawn by the programs in ``gallery/``, the one style sheet
uses the reader's own fonts, and there is no script.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from xml.etree import ElementTree

from markdown_it import MarkdownIt

HERE = Path(__file__).resolve().parent
GROUPS = (
    ("Start", ("index", "tutorial", "kazakhstan")),
    ("Pictures", ("gallery",)),
    ("How to", ("how-to",)),
    ("Reference", ("reference",)),
    ("Why", ("why", "decisions")),
)
ORDER = (
    "hemicycle",
    "changed_seats",
    "seat_bars",
    "flows",
    "sweep",
    "dots",
    "tiles",
    "outlines",
    "power",
    "coalitions",
)
"""Which figures come first; the others follow by name."""

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
_LINK = re.compile(r'href="([^":]+?)\.md(#[^"]*)?"')
_TERM = re.compile(r"^\*\*(.+?)\*\*\n: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One page: where it goes, its title, its body as HTML."""

    path: str
    title: str
    body: str


@dataclass(frozen=True)
class Program:
    """A program of the gallery: its name, title, paragraph and text."""

    name: str
    title: str
    paragraph: str
    code: str


def programs() -> list[Program]:
    """Return the programs of the gallery, in the order of the pages about them."""
    found = []
    rank = {name: i for i, name in enumerate(ORDER)}
    for path in sorted((HERE / "gallery").glob("*.py"), key=lambda p: (rank.get(p.stem, len(ORDER)), p.stem)):
        text = path.read_text(encoding="utf-8")
        said = ast.get_docstring(ast.parse(text)) or ""
        title, _, paragraph = said.partition("\n\n")
        code = text.split('"""', 2)[2].strip()
        found.append(Program(path.stem, title.rstrip("."), " ".join(paragraph.split()), code))
    return found


def draw(program: Program, folder: Path) -> Path:
    """Run a program of the gallery in a folder; return its figure."""
    source = HERE / "gallery" / f"{program.name}.py"
    subprocess.run([sys.executable, "-W", "error", str(source)], cwd=folder, check=True, timeout=300)
    return folder / f"{program.name}.svg"


def pages() -> Iterator[Page]:
    """Yield every page made from Markdown."""
    yield _page(HERE.parent / "README.md", "index.html", from_root=True)
    for path in sorted(HERE.rglob("*.md")):
        out = path.with_name("index.html" if path.stem == "README" else f"{path.stem}.html")
        yield _page(path, out.relative_to(HERE).as_posix())


def _page(path: Path, out: str, *, from_root: bool = False) -> Page:
    text = path.read_text(encoding="utf-8")
    if from_root:
        text = re.sub(r"\]\((?!docs/)(?![a-z]+:)([^)]+)\)", r"](https://example.invalid/\1)", text)
        text = text.replace("](docs/", "](").replace("](https://example.invalid/", "](#")
        text = re.sub(r"\]\(((?:[\w-]+/)+)\)", r"](\1index.html)", text)
    text = _TERM.sub(r"<dl><dt>\1</dt><dd>\2</dd></dl>", text)
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    html = re.sub(r' style="text-align:(left|right|center)"', r' class="\1"', html)
    title = re.search(r"<h1>(.*?)</h1>", html)
    return Page(out, re.sub("<[^>]+>", "", title[1]) if title else path.stem, _LINK.sub(r'href="\1.html\2"', html))


def gallery(folder: Path) -> Page:
    """Draw every figure into a folder; return the page that shows them."""
    parts = ["<h1>Gallery</h1>", "<p>One program, one figure, one paragraph. Each program runs as it stands.</p>"]
    (folder / "gallery").mkdir(parents=True, exist_ok=True)
    for program in programs():
        figure = draw(program, folder / "gallery")
        label = ElementTree.parse(figure).getroot().get("aria-label", "")
        parts.append(f'<h2 id="{program.name}">{escape(program.title)}</h2><p>{escape(program.paragraph)}</p>')
        parts.append(f'<figure><img src="gallery/{figure.name}" alt="{escape(label)}"></figure>')
        parts.append(f"<details><summary>The program</summary><pre><code>{escape(program.code)}</code></pre></details>")
    return Page("gallery.html", "Gallery", "\n".join(parts))


def dressed(page: Page, all_pages: Sequence[Page]) -> str:
    """Return a page with its navigation."""
    up = "../" * page.path.count("/")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{escape(page.title)} · sailau</title>
<link rel="stylesheet" href="{up}site.css">
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<div class="page">
<nav aria-label="Pages">{_navigation(page, all_pages, up)}</nav>
<main id="main">
{page.body}
</main>
</div>
</body>
</html>
"""


def _navigation(page: Page, all_pages: Sequence[Page], up: str) -> str:
    parts = []
    for name, folders in GROUPS:
        inside = [p for p in all_pages if p.path.split("/")[0].removesuffix(".html") in folders]
        links = "".join(_entry(p, page, up) for p in inside if _is_listed(p))
        is_open = " open" if page in inside or name == "Start" else ""
        parts.append(f"<details{is_open}><summary>{name}</summary><ul>{links}</ul></details>")
    return "".join(parts)


def _is_listed(page: Page) -> bool:
    return page.path == "index.html" or (page.path.count("/") < 2 and not page.path.endswith("/index.html"))


def _entry(target: Page, page: Page, up: str) -> str:
    current = ' aria-current="page"' if target is page else ""
    return f'<li><a href="{up}{target.path}"{current}>{escape(target.title)}</a></li>'


def indexes(made: Sequence[Page]) -> Iterator[Page]:
    """Yield a list of pages for every folder that has none."""
    folders = sorted({page.path.rpartition("/")[0] for page in made if "/" in page.path})
    for folder in folders:
        if not any(page.path == f"{folder}/index.html" for page in made):
            inside = [page for page in made if page.path.rpartition("/")[0] == folder]
            links = "".join(f'<li><a href="{p.path.rpartition("/")[2]}">{escape(p.title)}</a></li>' for p in inside)
            name = folder.rpartition("/")[2].capitalize()
            yield Page(f"{folder}/index.html", name, f"<h1>{escape(name)}</h1><ul>{links}</ul>")


def build(folder: Path) -> list[Path]:
    """Write the whole site; return the pages."""
    made = list(pages())
    made += [*indexes(made), gallery(folder)]
    out = []
    for page in made:
        path = folder / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dressed(page, made), encoding="utf-8")
        out.append(path)
    shutil.copy(HERE / "site.css", folder / "site.css")
    return out


def main() -> None:
    """Build the site into the folder named on the command line."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "site").resolve()
    os.environ.pop("SAILAU_LANG", None)
    written = build(folder)
    print(f"wrote {len(written)} pages to {folder}; open {folder / 'index.html'}")


if __name__ == "__main__":
    main()
