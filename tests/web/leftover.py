"""What of a page is in another language than the page: Latin words that no mark explains."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

HIDDEN = frozenset({"script", "style", "code", "pre", "textarea"})
VOID = frozenset(
    {"area", "br", "col", "hr", "img", "input", "link", "meta", "circle", "path", "rect", "line", "polygon"}
)
SPOKEN = ("aria-label", "title", "alt", "placeholder")
"""Attributes that people read or hear."""

SHORT = re.compile(r"[A-Za-z]{2,}")
TECHNICAL = re.compile(
    r"https?://\S+"
    r"|(?<![\w-])sailau(?: [a-z-]+)*(?: [A-Z]{2,})?"  # the program, and its commands
    r"|--[a-z-]+(?:[ =][a-z_]+)*"  # options of the command line
    r"|[\w-]+(?:[/_@:=.!+*]+[\w/.*%+@-]*)+"  # ids, paths, cells, settings: kz/mazhilis, list.formula=dhondt, B2:C9
    r"|«[^»]*»|'[^']*'"  # what somebody wrote, in quotes
    r"|\b[EWA]\d{3}\b"  # codes of findings
)
"""What is the same in every language: addresses, commands, ids, settings, and what a user wrote."""

NAMES = """
sailau python api openapi json csv tsv xlsx xlsb ods xls xml yaml html http svg png pdf bibtex parquet eml nist utf
windows
blt preflib mit bsd get post delete put
ctrl voteview github zip docx numpy pysal segregation
banzhaf shapley shubik brier apre gmp se f_i f_e kappa pi
kk ru en kz id true false yes no abstain majority
"""
"""Programs, formats, encodings, licences; persons and measures; languages, and values of forms as they stand."""

ALLOWED = frozenset(NAMES.split())
"""Latin words that a Kazakh or Russian page may hold without a mark."""


class Text(HTMLParser):
    """The texts of a page that are in the page's own language, each with the language."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, str, bool]] = []
        self.found: list[str] = []
        self.lang = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the language of an element, and what it says in attributes."""
        given = dict(attrs)
        lang, hidden = (self.stack[-1][1], self.stack[-1][2]) if self.stack else ("", False)
        if "data-untold" not in given:
            lang = given.get("lang") or lang
        self.lang = self.lang or lang
        hidden = hidden or tag in HIDDEN
        if tag not in VOID:
            self.stack.append((tag, lang, hidden))
        if lang == self.lang and not hidden:
            self.found += [value for name in SPOKEN if (value := given.get(name))]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element without content says in attributes."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self.stack:
            if self.stack.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        """Keep what is said in the language of the page."""
        if self.stack and self.stack[-1][1] == self.lang and not self.stack[-1][2]:
            self.found.append(data)


def texts(page: str) -> list[str]:
    """Return what a page says in its own language."""
    parser = Text()
    parser.feed(page)
    return [text for text in parser.found if text.strip()]


def leftover(page: str, known: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Yield every Latin word that is neither allowed nor known, with the text around it."""
    for text in texts(page):
        for word in SHORT.findall(TECHNICAL.sub(" ", text)):
            if word.casefold() not in ALLOWED | known:
                yield word, " ".join(text.split())[:300]
