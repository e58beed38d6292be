"""The guard before every request: who may ask, from where, how much; and what a browser may do with the answer.

A server on the loopback is a target for any page that is open in a browser: a name that resolves here (rebinding), a
form that posts here, a script that reads from here. So the name asked for must be one of the server's own, and what
comes from another origin is refused.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from sailau.terms.speech import say, speaking
from sailau.web.problems import MEDIA, Problem, Refused
from sailau.web.settings import Settings
from sailau.web.tongue import asked_for

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with none at all, a browser hides the origin of its own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
COOKIE = "sailau_token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """An ASGI layer around the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with speaking(asked_for(scope, self.settings.lang)):
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        try:
            check_host(headers, self.settings)
            check_origin(headers, scope["method"])
            fresh = check_token(headers, scope["query_string"].decode("latin-1"), self.settings)
            limit = self._limit(scope["path"])
            if int(headers.get("content-length") or 0) > limit:
                raise too_large(limit)
        except (Refused, ValueError) as error:
            await _refuse(error, send)
            return
        if fresh is not None:
            await _with_cookie(str(self.settings.token), scope["path"], fresh, send)
            return
        exchange = _Exchange(receive, send, limit)
        await self.app(scope, exchange.receive, exchange.send)

    def _limit(self, path: str) -> int:
        is_upload = path.startswith("/api/upload") or path in ("/upload", "/forensics", "/alignment")
        return self.settings.upload_limit + 65_536 if is_upload else self.settings.body_limit


def check_host(headers: Mapping[str, str], settings: Settings) -> None:
    """Refuse a request that asks for a name which is not this server's."""
    host = headers.get("host", "")
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    if name.lower() not in settings.hosts:
        hint = say("open the address that sailau web printed")
        raise Refused(403, say("this server does not answer for the name {host!r}", host=host), hint=hint)


def check_origin(headers: Mapping[str, str], method: str) -> None:
    """Refuse what a page of another origin asks for; following a link is allowed."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        raise Refused(403, say("a page of {origin} may not use this server", origin=origin))
    site = headers.get("sec-fetch-site", "none")
    if site in ("same-origin", "none"):
        return
    if method in _SAFE and headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document":
        return
    raise Refused(403, say("a request that comes from another site ({site}) is not answered", site=site))


def check_token(headers: Mapping[str, str], query: str, settings: Settings) -> str | None:
    """Refuse whoever has no token, where one is needed; return the query to go on with where it was in the address."""
    if settings.token is None:
        return None
    given = headers.get("authorization", "").removeprefix("Bearer ")
    if given and hmac.compare_digest(given.encode(), settings.token.encode()):
        return None
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        cookie = None
    if cookie is not None and hmac.compare_digest(cookie.value.encode(), settings.token.encode()):
        return None
    pairs = parse_qsl(query, keep_blank_values=True)
    if any(key == "token" and hmac.compare_digest(value.encode(), settings.token.encode()) for key, value in pairs):
        return urlencode([pair for pair in pairs if pair[0] != "token"])
    hint = say("open the whole address that sailau web printed, its token included")
    raise Refused(401, say("this server is open to other machines and asks for its token"), hint=hint)


def too_large(limit: int) -> Refused:
    """Return the refusal of a body that is larger than the limit."""
    return Refused(
        413,
        say("more than {limit:,} bytes", limit=limit),
        hint=say("count large files with sailau count FILE on the command line"),
    )


class _Exchange:
    """One request and its answer: bytes are counted as they come, whatever a header claims."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._limit = receive, send, limit
        self._seen, self._is_over, self._has_begun = 0, False, False

    async def receive(self) -> Message:
        """Return what comes next; refuse to go on beyond the limit."""
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self._limit:
            self._is_over = True
            raise too_large(self._limit)
        return message

    async def send(self, message: Message) -> None:
        """Send on, with the headers of every answer; whatever was made of half a body is dropped."""
        if self._is_over and not self._has_begun:
            self._has_begun = True
            await _refuse(too_large(self._limit), self._send)
        if self._is_over:
            return
        if message["type"] == "http.response.start":
            self._has_begun = True
            there = {key.lower() for key, _ in message["headers"]}
            more = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in there]
            message = {**message, "headers": [*message["headers"], *more]}
        await self._send(message)


async def _refuse(error: Exception, send: Send) -> None:
    status = error.status if isinstance(error, Refused) else 400
    detail = error.detail if isinstance(error, Refused) else say("a header of the request cannot be read")
    problem = Problem(status, detail, getattr(error, "hint", None))
    body = json.dumps(problem.document()).encode()
    headers = {"content-type": MEDIA, "content-length": str(len(body)), **HEADERS}
    await _respond(send, status, headers, body)


async def _with_cookie(token: str, path: str, query: str, send: Send) -> None:
    """Take the token out of the address, so that it stands in no history and no link."""
    place = path.replace("//", "/") + (f"?{query}" if query else "")
    cookie = f"{COOKIE}={token}; HttpOnly; SameSite=Lax; Path=/"
    await _respond(send, 303, {"location": place, "set-cookie": cookie, "content-length": "0", **HEADERS}, b"")


async def _respond(send: Send, status: int, headers: Mapping[str, str], body: bytes) -> None:
    raw = [(key.encode(), value.encode()) for key, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
