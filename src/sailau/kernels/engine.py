"""What runs the kernels: numba where it compiles, plain numpy where it is missing or switched off."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TypeVar, cast

F = TypeVar("F", bound=Callable[..., object])


def _switched_on() -> bool:
    if os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0"):
        return False
    try:
        import numba
    except ImportError:
        return False
    return not getattr(numba.config, "DISABLE_JIT", False)


COMPILED = _switched_on()
"""Whether loops are compiled; without it the same counts run on whole arrays, five to ten times slower."""


def start_lean() -> None:
    """Start the compiler without scipy's linear algebra, which takes long to load and which no kernel here uses.

    For a process of our own alone: compiled code of others could then multiply no matrices in it.
    """
    unused = "scipy.linalg.cython_blas"
    if not COMPILED or unused in sys.modules or "numba.np.arraymath" in sys.modules:
        return
    sys.modules[unused] = None  # type: ignore[assignment]  # what Python takes for a module that is not there
    try:
        import_module("numba.np.arraymath")
    finally:
        del sys.modules[unused]


def compiled(function: F) -> F:
    """Compile a function of arrays and numbers; it frees the interpreter lock, so threads run side by side.

    Compiled code is kept beside the module, or in the user's cache; where neither can be written it serves one run.
    """
    if not COMPILED:
        return function
    from numba import njit

    return cast(F, njit(cache=keeps_compiled(), nogil=True, error_model="numpy")(function))


@cache
def keeps_compiled() -> bool:
    """Tell whether compiled code outlives the run, so that only the first one waits for the compiler."""
    if not COMPILED:
        return False
    from numba import njit

    try:
        njit(cache=True)(start_lean)
    except RuntimeError:  # says the compiler where no folder for it can be written
        return False
    return True
