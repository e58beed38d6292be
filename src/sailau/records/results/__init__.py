"""A user's own file of results, read into a tally with a report of everything that was found.

A file becomes tables (`sailau.files`), a table a plan (`plan`: header, roles of the columns), the plan a book of lines
(`long`, `wide`), which is checked against itself (`checks`) and becomes a tally (`assemble`).
"""

from __future__ import annotations

from sailau.files.problems import CellPlace, Problem
from sailau.records.results.given import ROLES
from sailau.records.results.layout import Column, Layout
from sailau.records.results.problems import CODES, FaultyResults
from sailau.records.results.read import Reading, read_results

__all__ = ["CODES", "ROLES", "CellPlace", "Column", "FaultyResults", "Layout", "Problem", "Reading", "read_results"]
