"""What was asked of `sailau plot`, and what every picture takes from that: its style and its heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sailau.plots.palette import Patterns
    from sailau.plots.style import Style
    from sailau.records.election import Election
    from sailau.terms.tally import Tally


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line."""

    name: str
    majority: str
    lang: str
    patterns: Patterns
    order: tuple[str, ...]
    changes: Mapping[str, str]
    law: str | None
    through: str | None
    runs: int
    seed: int
    data: Path | None
    unit: str | None
    value: str | None
    where: Mapping[str, str]
    shares: bool
    on: date | None
    title: str | None
    source: str | None
    colours: str
    elections: list[Path] | None
    laws: list[Path] | None

    def style(self, title: str, tally: Tally, parties: Iterable[str], record: str, source: str = "") -> Style:
        """Return what every picture of parties takes: heading, names, language, colours, patterns, source."""
        from sailau.plots.style import Style
        from sailau.report.names import party_names, short_names

        called = party_names(tally, self.lang, list(parties))
        shades = self._colours(tally, record, called)
        source = self.source or source
        return Style(title, self.lang, called, short_names(called), shades, self.patterns, source)

    def _colours(self, tally: Tally, record: str, called: Mapping[str, str]) -> Mapping[str, str]:
        """Return the colours on record with those that were asked for; none of them for the palette alone."""
        from sailau.plots.palette import settled
        from sailau.report.names import party_colours

        known = {} if self.colours == "safe" else party_colours(tally, record)
        given = {} if self.colours == "safe" else _given(self.colours, called)
        return {**settled(tally.party_votes() if tally.tiers else {}, known), **given}

    def heading(self, election: Election, about: str = "") -> str:
        """Return the heading: the one given, else the name of the election and what is shown of it."""
        from sailau.records.houses import election_name

        name = election_name(election, self.lang)
        return self.title or (f"{name}: {about}" if about else name)


def _given(colours: str, called: Iterable[str]) -> dict[str, str]:
    """Return the colours that were given one by one, or by a file; a party that is not there is refused."""
    from sailau.records.colours import read_colours
    from sailau.terms.colour import colour_of
    from sailau.terms.errors import NotFound

    if colours == "own":
        return {}
    if "=" not in colours:
        return read_colours(Path(colours))
    given = dict(part.strip().split("=", 1) for part in colours.split(",") if "=" in part)
    for party in given:
        if party not in called:
            raise NotFound("party", party, sorted(called))
    return {party: colour_of(party, colour) for party, colour in given.items()}
