"""eligible: which lines of the result can take part in the distribution at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.count import Count, each_area
from sailau.terms.tally import LINES
from sailau.terms.trail import Entry
from sailau.terms.words import Words, listed, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligible:
    """Take lines out before any seat is given.

    Attributes
    ----------
    drop : tuple of str
        Lines of the result, for instance ``against_all`` or ``blank``; they stay in every base.
    drop_kinds : tuple of str
        Kinds of contender that cannot win in this tier, for instance ``independent``.
    everywhere : bool
        Whether only those take part who have a line of votes in every district.
    """

    name: ClassVar[str] = "eligible"
    drop: tuple[str, ...] = ()
    drop_kinds: tuple[str, ...] = ()
    everywhere: bool = False
    cite: str

    def stays(self, count: Count, line: str) -> bool:
        """Say whether a line goes on to take part."""
        if line in self.drop or (self.everywhere and line not in LINES and not _everywhere(count, line)):
            return False
        return not self.drop_kinds or count.tally.contender(line).kind not in self.drop_kinds

    def apply(self, count: Count) -> Count:
        """Return the count without the dropped lines."""
        kept = {line: n for line, n in count.votes.items() if self.stays(count, line)}
        gone = {line: n for line, n in count.votes.items() if line not in kept}
        count = count.note("eligible", self.cite, lambda: ({"dropped": gone, "kept": len(kept)}, ()))
        count = count.but(votes=kept)
        if not count.areas:
            return count
        keep = frozenset(kept)
        return each_area(count, lambda part: part.but(votes={c: n for c, n in part.votes.items() if c in keep}))

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who is out before any seat is given."""
        dropped, kept = entry.facts["dropped"], entry.facts["kept"]
        if not dropped:
            return [("eligible", say("every line can take part ({kept})", kept=kept))]
        sentence = "{dropped} cannot win a seat; {kept} lines take part"
        return [("eligible", say(sentence, dropped=listed(dropped), kept=kept))]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say that a line cannot win."""
        if contender not in entry.facts["dropped"]:
            return []
        return [("eligible", say("{line} cannot win a seat", line=contender))]


def _everywhere(count: Count, line: str) -> bool:
    """Say whether somebody stood in every district for which the ballots have votes."""
    return all(line in lines for lines in count.ballots.votes.values())
