"""Pages: each parses its address, calls the rooms, and renders what they say."""

from __future__ import annotations

from sailau.web.pages import (
    about,
    alignment,
    archive,
    claims,
    explain,
    forensics,
    lab,
    people,
    power,
    simulate,
    upload,
)

PAGES = (lab, explain, simulate, people, power, alignment, forensics, claims, archive, upload, about)
ROUTERS = tuple(page.router for page in PAGES)
MENU = tuple((page.NAME, page.ADDRESS) for page in PAGES)
"""What the menu shows; a page that does not exist is not in it."""
