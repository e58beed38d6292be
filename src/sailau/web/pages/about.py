"""About: what this is, where the figures come from, under which licences, and how to ask by program."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, metadata, requires
from re import match
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from sailau.report.laws import laws_table
from sailau.web.answers import desk_of, page

NAME, ADDRESS = "about", "/about"
router = APIRouter(include_in_schema=False)


@router.get(ADDRESS)
def about(request: Request) -> Response:
    """Show sources, licences and the API."""
    desk = desk_of(request)
    heads, editions = desk.heads(), desk.editions()
    return page(
        request,
        "about.html",
        here=NAME,
        elections=len(heads),
        countries=len({head.country for head in heads}),
        sources=sum(head.sources for head in heads),
        editions=len(editions),
        checked=sum(law.checked is not None for law in editions),
        laws=laws_table(editions),
        packages=_packages(),
        routes=_routes(request),
    )


def _packages() -> list[tuple[str, str, str]]:
    """Return the packages that this one is built on, each with its version and licence."""
    try:
        asked = requires("sailau") or []
    except PackageNotFoundError:
        asked = []
    names = {found[0] for text in asked if (found := match(r"[\w.-]+", text)) and _is_ours(text)}
    rows = []
    for name in sorted(names, key=str.casefold):
        try:
            about_it = metadata(name)
        except PackageNotFoundError:
            continue
        said = about_it.json
        rows.append((name, about_it["Version"], _licence(said, about_it)))
    return rows


def _is_ours(text: str) -> bool:
    return "extra ==" not in text or any(f"'{extra}'" in text.replace('"', "'") for extra in ("web", "plot", "xlsx"))


def _licence(said: Mapping[str, Any], about_it: Any) -> str:
    """Return the name of a licence: where the whole text is given instead, what the package is filed under."""
    named = said.get("license_expression") or said.get("license") or ""
    return str(named) if 0 < len(str(named)) <= 80 and "\n" not in str(named) else _classified(about_it)


def _classified(about_it: Any) -> str:
    found = [line for line in about_it.get_all("Classifier") or [] if line.startswith("License ::")]
    return found[0].rsplit("::", 1)[-1].strip() if found else "–"


def _routes(request: Request) -> list[tuple[str, str, str]]:
    """Return what the API answers, from its own description."""
    paths = request.app.openapi()["paths"]
    return [
        (method.upper(), path, told.get("description", told.get("summary", "")))
        for path, methods in paths.items()
        for method, told in methods.items()
    ]
