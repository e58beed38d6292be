"""What users brought: their results and laws, kept in memory by the checksum of their content, the oldest go first."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sailau.terms.errors import NotFound
from sailau.terms.speech import say

OWN = "own:"
"""What the ids of uploads begin with."""


def is_own(name: str) -> bool:
    """Say whether an id is that of an upload."""
    return name.startswith(OWN)


@dataclass(frozen=True, slots=True)
class Kept:
    """One upload: the file as it came, what was made of it, and how it was asked to be read."""

    id: str
    name: str
    raw: bytes = field(repr=False)
    made: Any
    asked: Any = None


class Store:
    """Uploads by id; the id is a checksum, so whoever does not have the content does not know it.

    Parameters
    ----------
    limit : int
        Bytes that are kept at a time.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    @staticmethod
    def key(name: str, raw: bytes, *terms: str) -> str:
        """Return the id of an upload; `terms` are what else decides what is made of it."""
        return OWN + hashlib.sha256("\0".join([name, *terms]).encode() + b"\0" + raw).hexdigest()[:24]

    def keep(self, key: str, name: str, raw: bytes, made: Any, asked: Any = None) -> Kept:
        """Keep an upload, what was made of it, and how it was asked to be read."""
        kept = Kept(key, name, raw, made, asked)
        with self._lock:
            self._kept[kept.id] = kept
            self._kept.move_to_end(kept.id)
            while len(self._kept) > 1 and sum(len(part.raw) for part in self._kept.values()) > self._limit:
                self._kept.popitem(last=False)
        return kept

    def get(self, key: str) -> Kept:
        """Return an upload.

        Raises
        ------
        NotFound
            It was never here, or is gone.
        """
        with self._lock:
            if key not in self._kept:
                missing = NotFound("upload", key)
                missing.hint = say("uploads live as long as the server; give the file again")
                raise missing
            self._kept.move_to_end(key)
            return self._kept[key]

    def all_of(self, kind: type[Any]) -> list[Any]:
        """Return all that was made of uploads and is of a kind, the newest last."""
        with self._lock:
            return [kept.made for kept in self._kept.values() if isinstance(kept.made, kind)]
