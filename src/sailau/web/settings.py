"""What a server is started with, and the limits that it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server answers, and to whom.

    Attributes
    ----------
    laws, elections : tuple of Path
        Folders of a user's own records, named when the server was started.
    lang : str
        The language of pages that name none.
    hosts : frozenset of str
        Names under which the server may be asked, without the port; a request for another name is refused.
    token : str, optional
        Asked for when the server can be reached from other machines.
    upload_limit : int
        Bytes of an uploaded file.
    body_limit : int
        Bytes of any other request.
    kept_limit : int
        Bytes of uploads that are kept at a time, the oldest go first.
    jobs_each : int
        Jobs of one client that may wait or run at a time.
    runs_limit : int
        Runs of a simulation.
    """

    laws: tuple[Path, ...] = ()
    elections: tuple[Path, ...] = ()
    lang: str = "en"
    hosts: frozenset[str] = LOOPBACK
    token: str | None = None
    upload_limit: int = 16_000_000
    body_limit: int = 1_000_000
    kept_limit: int = 256_000_000
    jobs_each: int = 4
    runs_limit: int = 10_000_000
