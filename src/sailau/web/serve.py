"""Serving: a socket, a server on it, and a clean end."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from sailau.terms.errors import Invalid
from sailau.terms.speech import say
from sailau.web.app import bare_app
from sailau.web.guard import Guard
from sailau.web.scene import spelled
from sailau.web.uploads import Asked, bring_law, bring_results

if TYPE_CHECKING:
    from sailau.web.desk import Desk
    from sailau.web.settings import Settings


def bind(host: str, port: int) -> socket.socket:
    """Return a socket for the address; port 0 takes a free one.

    Raises
    ------
    Invalid
        The port is taken, or the address is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as cause:
        found.close()
        why = cause.strerror or str(cause)
        raise Invalid(
            say("cannot listen on {host}, port {port}: {why}", host=host, port=str(port), why=why),
            hint=say("--port 0 takes a free port"),
        ) from None
    return found


def names_of(host: str) -> frozenset[str]:
    """Return the names under which a server on this address may be asked.

    For an address that stands for all of the machine's, these are its name and every address that it has.
    """
    if host not in ("0.0.0.0", "::"):
        return frozenset({f"[{host}]" if ":" in host else host.lower()})
    name = socket.gethostname()
    found = {name.lower()}
    try:
        for info in socket.getaddrinfo(name, None):
            address = ipaddress.ip_address(str(info[4][0]).partition("%")[0])
            found.add(f"[{address}]" if address.version == 6 else str(address))
    except OSError:
        pass
    return frozenset(found)


def serve(
    settings: Settings,
    listening: socket.socket,
    *,
    files: Sequence[Path] = (),
    law: str | None = None,
    start: Sequence[tuple[str, str]] = (),
    ready: Callable[[str], None] | None = None,
) -> None:
    """Answer until Ctrl-C; streams and workers are closed then.

    Parameters
    ----------
    settings : Settings
    listening : socket
    files : sequence of Path
        Results and laws of the user's own, read before the first page.
    law : str, optional
        The law that results are counted under.
    start : pairs of str
        What the first address holds besides.
    ready : callable, optional
        Told the first address as soon as the server listens.

    Raises
    ------
    Invalid
        A file that cannot be counted.
    """
    app = bare_app(settings)
    try:
        opened = opening(app.state.desk, files, law)
        config = uvicorn.Config(
            Guard(app, settings),
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
            ws="none",
        )
        listening.listen(128)
        if ready is not None:
            ready(first_address(listening, [*opened, *start]))
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        app.state.desk.close()
        listening.close()


def first_address(listening: socket.socket, pairs: Sequence[tuple[str, str]]) -> str:
    """Return the address that a browser opens first."""
    host, port = listening.getsockname()[:2]
    shown = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(
        host, f"[{host}]" if ":" in host else host
    )
    return f"http://{shown}:{port}/{f'lab?{spelled(pairs)}' if pairs else ''}"


def opening(desk: Desk, files: Sequence[Path], law: str | None) -> list[tuple[str, str]]:
    """Read the user's files, and return what the first address says of them.

    Raises
    ------
    Invalid
        A file that cannot be read, or results without a law.
    """
    pairs: dict[str, str] = {}
    for path in files:
        if not path.is_file():
            raise Invalid(say("{path} is no file", path=path))
        if path.suffix in (".yaml", ".yml"):
            pairs["law"] = bring_law(desk, path.name, path.read_bytes()).path
    for path in files:
        if path.suffix in (".yaml", ".yml"):
            continue
        rule = law or pairs.get("law")
        if rule is None:
            raise Invalid(
                say("{path}: results need a law", path=path),
                hint=say("--law kz/mazhilis@2023-03-19, or a law file beside it"),
            )
        brought = bring_results(desk, path.name, path.read_bytes(), Asked(rule))
        if brought.id is None:
            raise brought.fault or Invalid(say("{path} cannot be read", path=path))
        pairs["e"] = brought.id
    return list(pairs.items())
