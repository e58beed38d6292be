"""Results show themselves: in a notebook as a table with its picture, in a file by the suffix of its name.

How is a matter for the door ``sailau.notebook``, far above this room; it is called by name when a result is looked at,
so that no room below depends on pictures and pages.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

_DOOR = "sailau.notebook"


class Shown:
    """What every result that can be looked at has in common."""

    __slots__ = ()

    def to_frame(self) -> Any:
        """Return the table of this result: a pandas DataFrame where pandas is there, else a list of dicts."""
        return import_module(_DOOR).to_frame(self)

    def to_svg(self, *, lang: str = "en") -> str:
        """Return the picture of this result.

        Raises
        ------
        NotFound
            This kind of result has no picture.
        """
        return str(import_module(_DOOR).to_svg(self, lang))

    def save(self, path: str | Path, *, lang: str = "en") -> Path:
        """Save this result; the suffix says as what.

        Parameters
        ----------
        path : str or Path
            Ends in .svg, .png or .pdf for the picture; .csv, .tsv, .md, .json, .parquet or .xlsx for the table.
        lang : str
            The language of the picture.

        Raises
        ------
        Invalid
            Another suffix, or a place that cannot be written to.
        MissingExtra
            PNG and PDF need the extra ``plot``, XLSX the extra ``xlsx``.
        """
        return Path(import_module(_DOOR).save(self, Path(path), lang))

    def _repr_html_(self) -> str:
        return str(import_module(_DOOR).to_html(self))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        bundle: dict[str, str] = import_module(_DOOR).to_bundle(self)
        chosen = {kind: content for kind, content in bundle.items() if not include or kind in include}
        return {kind: content for kind, content in chosen.items() if kind not in (exclude or ())}
