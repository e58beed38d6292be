"""take_off: a bar that is taken off everybody's votes, so that only what is beyond it competes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.threshold import Base
from sailau.terms.errors import LawSilent
from sailau.terms.moving import whole
from sailau.terms.numbers import check_share
from sailau.terms.tally import LINES
from sailau.terms.trail import Entry
from sailau.terms.words import Words, decimal, grouped, listed, named, percent, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOff:
    """Take a share of a base off the votes of everybody; who has no more than that is out.

    Votes stay whole numbers: all are put on the scale of the share's denominator, which moves no quotient relative to
    another. Bases are formed from the votes as they were cast.

    Attributes
    ----------
    share, of : Fraction, str
        The share, and its base.
    """

    name: ClassVar[str] = "take_off"
    share: Fraction
    of: Base = "valid"
    cite: str

    def __post_init__(self) -> None:
        """Refuse what is no share."""
        check_share("take_off.share", self.share)

    def apply(self, count: Count) -> Count:
        """Return the count with what is left of the votes.

        Raises
        ------
        LawSilent
            Nobody has more votes than are taken off.
        """
        votes, off = count.contenders(), self.share * count.base(self.of)
        left = {c: n - off for c, n in votes.items() if n > off}
        if not left:
            raise LawSilent(say("nobody has more than the {off} votes that are taken off", off=decimal(off, 2)))
        facts = {"share": self.share, "of": self.of, "off": off, "left": left, "votes": votes}
        count = count.note("take_off", self.cite, lambda: (facts, ()))
        scale = off.denominator
        kept = {line: n for line, n in count.votes.items() if line in LINES}
        return count.but(votes=kept | {c: whole(n * scale) for c, n in left.items()})

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say what is taken off, and what is left."""
        facts = entry.facts
        head = say("{share} of the {of} votes", share=percent(facts["share"]), of=named(facts["of"]))
        left = listed(votes_first(facts["left"]), lambda n: decimal(n, 2))
        sentence = "{head} = {off} are taken off; left: {left}"
        scale = facts["off"].denominator
        note = say(" (all votes below are {scale} times those cast)", scale=scale) if scale > 1 else ""
        return [("taken off", say(sentence, head=head, off=decimal(facts["off"], 2), left=left) + note)]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say what one contender has left."""
        facts = entry.facts
        if contender not in facts["votes"]:
            return []
        own, left = grouped(facts["votes"][contender]), facts["left"].get(contender)
        if left is None:
            return [
                (
                    "taken off",
                    say("{own} votes, no more than the {off} taken off", own=own, off=decimal(facts["off"], 2)),
                )
            ]
        return [("taken off", say("{left} of {own} votes are left", left=decimal(left, 2), own=own))]
