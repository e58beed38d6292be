"""Asking the application without a network: one request, one answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the application."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")

    def json(self) -> Any:
        """Return the body as JSON."""
        import json

        return json.loads(self.body)


def ask(
    app: ASGIApp,
    address: str,
    *,
    method: str = "GET",
    body: bytes = b"",
    headers: Iterable[tuple[str, str]] = (),
) -> Answer:
    """Return the answer to one request, as if a browser of this machine had asked.

    Parameters
    ----------
    app : ASGI application
    address : str
        Path and query.
    method : str
    body : bytes
    headers : pairs of str
        Added to ``host``, or instead of it.
    """
    return asyncio.run(_ask(app, address, method, body, headers))


async def _ask(app: ASGIApp, address: str, method: str, body: bytes, headers: Iterable[tuple[str, str]]) -> Answer:
    from urllib.parse import unquote

    path, _, query = address.partition("?")
    given = {"host": "127.0.0.1", **{key.lower(): value for key, value in headers}}
    if body:
        given.setdefault("content-length", str(len(body)))
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(key.encode(), value.encode("latin-1")) for key, value in given.items()],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
    head: dict[str, Any] = {}
    parts: list[bytes] = []
    ended = asyncio.Event()

    async def receive() -> Message:
        if waiting:
            return waiting.pop()
        await ended.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            head.update(message)
        else:
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                ended.set()

    await app(scope, receive, send)
    shown = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in head["headers"]}
    return Answer(int(head["status"]), shown, b"".join(parts))
