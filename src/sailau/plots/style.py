"""The style of a picture: its heading, its language, what parties are called and how they look, and its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sailau.locale import number, percent, signed, text
from sailau.plots.lettering import fit_name
from sailau.plots.palette import Look, Patterns, looks

Value = int | float | Fraction


@dataclass(frozen=True, slots=True)
class Style:
    """What all pictures of parties have in common.

    Attributes
    ----------
    title : str
        The heading; long ones are broken into lines.
    lang : str
        The language of the words; names are as given.
    names, short : mapping of party to str
        From the data; a party without a name is called by its id, one without a short name by its initials.
    colours : mapping of party to ``#rrggbb``
        From the data; the others take the next colours of the palette.
    patterns : {"auto", "all", "none"}
        Marks beside colours, see `sailau.plots.palette.looks`.
    source : str or sequence of str
        Notes in small letters at the foot.

    Examples
    --------
    >>> Style("A house", names={"aq_jol": "Ақ жол"}).name("aq_jol")
    'Ақ жол'
    """

    title: str
    lang: str = "en"
    names: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    patterns: Patterns = "auto"
    source: str | Sequence[str] = ""

    @property
    def sources(self) -> list[str]:
        """The notes at the foot, one by one."""
        return [self.source] if isinstance(self.source, str) else list(self.source)

    def name(self, party: str) -> str:
        """Return what a party is called."""
        return self.names.get(party, party)

    def label(self, party: str, size: float, room: float, *, bold: bool = False) -> str:
        """Return the name of a party as it fits into the room: whole, short, or cut."""
        return fit_name(self.name(party), size, room, short=self.short.get(party), bold=bold)

    def looks(self, parties: Iterable[str]) -> dict[str, Look]:
        """Return a colour and a mark for each party."""
        return looks(parties, self.colours, patterns=self.patterns)

    def words(self, key: str, **values: object) -> str:
        """Return words in the language of the picture."""
        return text(key, self.lang, **values)

    def number(self, value: Value) -> str:
        """Return a number as the language spells it."""
        return number(value, self.lang)

    def signed(self, value: int) -> str:
        """Return a change with its sign."""
        return signed(value, self.lang)

    def percent(self, share: Value, places: int = 1) -> str:
        """Return a share as the language spells it."""
        return percent(share, self.lang, places)
