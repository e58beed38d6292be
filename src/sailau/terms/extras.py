"""Packages of the optional extras: imported when first needed, and missed with the line that installs them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sailau.terms.errors import MissingExtra


def need(module: str, *, extra: str, what: str, package: str | None = None) -> Any:
    """Return a module of an extra.

    Parameters
    ----------
    module : str
        ``matplotlib.figure``
    extra : str
        The extra of this package that brings it, for instance ``plot``.
    what : str
        What needs it, as the subject of a sentence: "a PNG picture".
    package : str, optional
        The name under which it is installed, where that is not the first part of the module's.

    Raises
    ------
    MissingExtra
        It is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        name = package or module.partition(".")[0]
        raise MissingExtra(what, package=name, extra=extra) from None
