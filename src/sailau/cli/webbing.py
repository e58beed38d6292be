"""sailau web: the pages and the API, served on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Elections, Laws, folders
from sailau.cli.output import say

if TYPE_CHECKING:
    from sailau.web.settings import Settings

LOCAL = "127.0.0.1"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(web)


def web(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Results or laws of your own, opened at once.")
    ] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="en, kk or ru; else what the browser asks for.")] = None,
    host: Annotated[
        str, typer.Option("--host", help="Another address than this machine's own; then a token is asked for.")
    ] = LOCAL,
    law: Annotated[str | None, typer.Option("--law", help="The law that files of results are counted under.")] = None,
    get: Annotated[
        str | None, typer.Option("--get", metavar="/api/…", help="Print what the server would answer, and end.")
    ] = None,
    own: Elections = None,
    own_laws: Laws = None,
) -> None:
    """Open the pages in a browser: change a law and see who gains, explain, simulate, upload.

    Example: sailau web
    Example: sailau web my-results.xlsx --law kz/mazhilis@2023-03-19 --lang kk
    Example: sailau web --get /api/elections?country=kz
    """
    from sailau.terms.extras import need

    need("fastapi", extra="web", what="sailau web")
    need("uvicorn", extra="web", what="sailau web")
    need("python_multipart", extra="web", what="sailau web", package="python-multipart")
    need("jinja2", extra="web", what="sailau web")
    from sailau.locale import language
    from sailau.web.settings import Settings

    speaks = language(lang)
    settings = Settings(laws=folders(own_laws), elections=folders(own), lang=speaks)
    if get is not None:
        _answer(settings, get)
        return
    _serve(settings, host, port, files or [], law, lang, browse=not no_open)


def _answer(settings: Settings, address: str) -> None:
    """Print one answer; its kind of status becomes the exit code."""
    import sys

    from sailau.terms.errors import Invalid
    from sailau.web.app import create_app
    from sailau.web.ask import ask

    if not address.startswith("/"):
        raise Invalid(f"{address!r} is no address of the server", hint="it begins with /, for instance /api/elections")
    answer = ask(create_app(settings), address)
    sys.stdout.buffer.write(answer.body)
    if answer.body and not answer.body.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.flush()
    codes = {404: 3, 409: 5, 422: 4}
    if answer.status >= 400:
        raise typer.Exit(codes.get(answer.status, 1))


def _serve(
    settings: Settings, host: str, port: int, files: list[Path], law: str | None, lang: str | None, *, browse: bool
) -> None:
    import contextlib
    import secrets
    from dataclasses import replace

    from sailau.web.serve import bind, names_of, serve

    is_open = host not in (LOCAL, "localhost", "::1")
    settings = replace(settings, hosts=settings.hosts | names_of(host))
    if is_open:
        settings = replace(settings, token=secrets.token_urlsafe(24))
        say("other machines of the network can reach this server; whoever has the address with its token can use it")
    listening = bind(host, port)
    start = [("token", settings.token)] if settings.token else []
    start += [("lang", settings.lang)] if lang else []
    with contextlib.suppress(KeyboardInterrupt):
        serve(settings, listening, files=files, law=law, start=start, ready=lambda url: _ready(url, browse=browse))
    say("ended")


def _ready(url: str, *, browse: bool) -> None:
    import webbrowser

    print(url, flush=True)
    say("Ctrl-C ends it")
    if browse:
        webbrowser.open(url)
