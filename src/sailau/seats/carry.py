"""carry: votes that elected nobody in the districts are added to those of the lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.elsewhere import lists_by_party, tier_done
from sailau.terms.errors import InvalidLaw
from sailau.terms.tally import LINES
from sailau.terms.trail import Entry
from sailau.terms.words import Words, listed, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """Add to the votes of each standing list those that its party's candidates in another tier won no seat with.

    The base of a bar is not touched: it is formed from the votes cast for the lists.

    Attributes
    ----------
    tier : str
        The tier of the candidates.
    surplus : bool
        Whether a winner's votes beyond those needed to win (one more than the best loser has) count as well.
    """

    name: ClassVar[str] = "carry"
    tier: str
    surplus: bool = False
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with the carried votes added.

        Raises
        ------
        InvalidLaw
            The tier has areas: the votes are carried to lists of the nation.
        """
        if count.areas:
            raise InvalidLaw(f"{count.tier}: votes of {self.tier} are carried to lists of the nation, not of areas")
        names, standing = lists_by_party(count), count.contenders()
        lost, spare = dict.fromkeys(standing, 0), dict.fromkeys(standing, 0)
        for candidate, n, won in self._unused(tier_done(count, self.tier)):
            own = names.get(count.tally.party(candidate))
            if own in standing:
                kind = spare if won else lost
                kind[own] += n
        votes = {c: n + lost.get(c, 0) + spare.get(c, 0) for c, n in count.votes.items()}
        facts = {"own": dict(standing), "lost": lost, "spare": spare if self.surplus else {}, "tier": self.tier}
        return count.note("carry", self.cite, lambda: (facts, ())).but(votes=votes)

    def _unused(self, tier: Count) -> Iterator[tuple[str, int, bool]]:
        """Yield (candidate, votes that elected nobody, whether the candidate won)."""
        for part in (tier.areas or {tier.area: tier}).values():
            losers = {c: n for c, n in part.cast.items() if c not in LINES and not part.placed.get(c)}
            yield from ((c, n, False) for c, n in losers.items())
            if self.surplus:
                needed = max(losers.values(), default=0) + 1
                yield from ((c, max(0, part.cast[c] - needed), True) for c, n in part.placed.items() if n)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say how many votes were carried."""
        facts = entry.facts
        own: Mapping[str, int] = facts["own"]
        out = [("carried", say("votes of losers in {tier}: {text}", tier=facts["tier"], text=_most(facts["lost"])))]
        if facts["spare"]:
            out.append(("carried", say("votes that winners did not need: {text}", text=_most(facts["spare"]))))
        total = {c: n + facts["lost"][c] + facts["spare"].get(c, 0) for c, n in own.items()}
        out.append(("votes", _most(total)))
        return out

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say what one list's votes are made of."""
        facts = entry.facts
        if contender not in facts["own"]:
            return []
        parts = [facts["own"][contender], facts["lost"][contender], facts["spare"].get(contender, 0)]
        sentence = "{own} votes of its own, {lost} of losing candidates and {spare} that winners did not need: {all}"
        shown = dict(zip(("own", "lost", "spare", "all"), (f"{n:,}" for n in (*parts, sum(parts))), strict=True))
        return [("carried", say(sentence, **shown))]


def _most(votes: Mapping[str, int]) -> str:
    return listed(votes_first({c: n for c, n in votes.items() if n}), lambda n: f"{n:,}")
