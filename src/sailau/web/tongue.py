"""The language of an answer: every sentence said while a request is answered follows its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from sailau.terms.speech import speaking
from sailau.web.words import reader

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Tongue:
    """An ASGI layer: speak what the address asks for, else what the browser accepts, else the server's language."""

    def __init__(self, app: ASGIApp, default: str) -> None:
        self.app, self.default = app, default

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in the reader's language."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with speaking(asked_for(scope, self.default)):
            await self.app(scope, receive, send)


def asked_for(scope: Scope, default: str) -> str:
    """Return the language that a request asks for."""
    try:
        query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=2000)
    except ValueError:
        query = {}
    accepted = next((value.decode("latin-1") for key, value in scope["headers"] if key == b"accept-language"), "")
    return reader(query.get("lang", [None])[0], accepted, default).lang
