"""The version of this package, for what it writes into files."""

from __future__ import annotations

import sys


def version() -> str:
    """Return the version; the package itself is loaded whenever one of its parts is."""
    return str(sys.modules["sailau"].__version__)
