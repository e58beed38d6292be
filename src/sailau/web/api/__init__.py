"""The API: the functions of the command line over HTTP, as JSON."""

from __future__ import annotations

from sailau.web.api import counting, files, jobs, records

ROUTERS = (counting.router, records.router, jobs.router, files.router)
