"""Exchange formats of elections: each becomes the plain table that `sailau.records.results` reads and checks.

A format sniffs a file's first bytes and returns tables with columns that name themselves (district, party, votes), one
for each contest. What the format says about itself, and what of it is left out, comes along as problems with codes.
"""

from __future__ import annotations

from sailau.files.tables import Format
from sailau.records.formats.eml import EML
from sailau.records.formats.nist import NIST_JSON, NIST_XML

FORMATS: tuple[Format, ...] = (EML, NIST_JSON, NIST_XML)
"""In the order in which they are tried; the surest reads."""
