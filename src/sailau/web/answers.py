"""How pages are made: templates, the words of the reader, and what stands around every page."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

import sailau
from sailau import locale
from sailau.terms.speech import Said, Untold, coded, language_of, quoted, spoken
from sailau.web.desk import Desk
from sailau.web.scene import spelled
from sailau.web.words import Words, reader

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


@cache
def templates() -> Environment:
    """Return the templates; whatever is not marked as markup is escaped."""
    folder = str(files("sailau.web") / "templates")
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["svg"] = Markup
    made.filters["tongue"] = tongue
    made.filters["cell_tongue"] = cell_tongue
    made.filters["told"] = told
    made.filters["coded"] = coded
    made.filters["quoted"] = quoted
    made.tests["said"] = lambda value: isinstance(value, Said)
    return made


def tongue(text: str | None) -> Markup:
    """Return the mark of a sentence that is in another language than the page: a screen reader changes its voice.

    What nobody has translated is marked as such, so that a test finds it.
    """
    lang = language_of(text or "")
    if not text or lang == spoken():
        return Markup("")
    is_quoted = isinstance(text, Said) and not isinstance(text, Untold)
    return Markup(' lang="{}"{}').format(lang, Markup("" if is_quoted else " data-untold"))


def cell_tongue(cell: object) -> Markup:
    """Return the mark of a cell of a table; a name, a code and a figure are in no language."""
    return tongue(cell) if isinstance(cell, Said) else Markup("")


def told(text: str | None) -> Markup:
    """Return a sentence as markup: lines apart, and what it quotes in another language marked."""
    shown = escape(text or "")
    for quote in sorted(getattr(text, "quotes", ()), key=len, reverse=True):
        marked = Markup("<span{}>{}</span>").format(tongue(quote), quote)
        shown = Markup(marked).join(shown.split(escape(quote), 1))
    return Markup("<br>").join(line.strip() for line in shown.split("\n"))


def desk_of(request: Request) -> Desk:
    """Return the desk of the server."""
    desk: Desk = request.app.state.desk
    return desk


def words_of(request: Request) -> Words:
    """Return the words of the reader's language."""
    asked = request.query_params.get("lang")
    return reader(asked, request.headers.get("accept-language", ""), desk_of(request).settings.lang)


def pairs_of(request: Request) -> list[tuple[str, str]]:
    """Return the address's query as pairs, in its order."""
    return parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=2000)


def fragment(template: str, /, **values: Any) -> str:
    """Return a part of a page."""
    return templates().get_template(template).render(**values)


def page(request: Request, template: str, /, *, status: int = 200, here: str, **values: Any) -> Response:
    """Return a page.

    Parameters
    ----------
    request : Request
    template : str
        The template.
    status : int
    here : str
        Which entry of the menu this is.
    """
    from sailau.web.pages import MENU

    words = words_of(request)
    asked = request.query_params.get("lang")
    spoken = (("lang", words.lang),) if asked else ()
    others = [pair for pair in pairs_of(request) if pair[0] != "lang"] if request.method == "GET" else []
    scene = values.get("scene")
    values["asked"] = defaultdict(str, values.get("asked") or {})  # what was not asked for is empty
    carried = [*(scene.pairs() if scene is not None else []), *spoken]
    around = {
        "t": words,
        "here": here,
        "menu": MENU,
        "version": sailau.__version__,
        "today": date.today(),
        "languages": [
            (code, name, f"?{spelled([*others, ('lang', code)])}") for code, name in locale.LANGUAGES.items()
        ],
        "carried": f"?{spelled(carried)}" if carried else "",
        "spoken": f"?{spelled(spoken)}" if spoken else "",
        "lang_asked": asked,
    }
    return HTMLResponse(fragment(template, **around, **values), status)
