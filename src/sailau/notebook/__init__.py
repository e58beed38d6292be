"""The notebook's door: results as tables with pictures, files by suffix, and sliders over a law."""

from __future__ import annotations

from sailau.notebook.lab import lab
from sailau.notebook.looks import save, to_bundle, to_frame, to_html, to_svg

__all__ = ["lab", "save", "to_bundle", "to_frame", "to_html", "to_svg"]
