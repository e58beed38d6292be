"""carry: votes that elected nobody in the districts are added to those of the lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.elsewhere import lists_by_party, tier_done
from sailau.seats.threshold import Base
from sailau.terms.errors import InvalidLaw
from sailau.terms.moving import whole
from sailau.terms.quota import Quota, quota_named
from sailau.terms.tally import LINES
from sailau.terms.trail import Entry
from sailau.terms.words import Words, grouped, listed, named, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """Add to the votes of each standing list those that its party won no seat with in another tier.

    The base of a bar is not touched: it is formed from the votes cast for the lists.

    Attributes
    ----------
    tier : str
        The tier of the candidates, or of the lists of districts.
    surplus : bool
        Whether a winner's votes beyond those needed to win (one more than the best loser has) count as well.
    quota, quota_of : str, optional
        Where `tier` has lists: the price of a seat in its districts, a rounded one, and what it was formed from. What
        a list has beyond its seats at this price is carried; what it lacked for a seat won by less is taken off.
    own : bool
        False where the list's own votes do not count here: the carried ones alone do.
    """

    name: ClassVar[str] = "carry"
    tier: str
    surplus: bool = False
    quota: str | None = None
    quota_of: Base = "standing"
    own: bool = True
    cite: str

    def __post_init__(self) -> None:
        """Refuse a surplus of lists, and a price that leaves fractions of votes."""
        if self.quota is None:
            return
        if self.surplus:
            raise InvalidLaw(
                say("carry: surplus is for candidates; with a quota every vote beyond whole seats is carried")
            )
        if not quota_named(self.quota).rounded and quota_named(self.quota).name != "droop":
            word, plus, more = self.quota.partition("+")
            rounded = f"{word}_rounded_down{plus}{more}"
            raise InvalidLaw(
                say("carry: {quota} leaves fractions of votes", quota=self.quota),
                hint=say("a rounded one, e.g. {rounded}", rounded=rounded),
            )

    def apply(self, count: Count) -> Count:
        """Return the count with the carried votes added; nobody falls below no votes.

        Raises
        ------
        InvalidLaw
            The tier has areas, and the votes cast in them count: votes are carried to lists of the nation.
        """
        if count.areas and self.own:
            raise InvalidLaw(
                say(
                    "{tier}: votes of {tier2} are carried to lists of the nation, not of areas",
                    tier=count.tier,
                    tier2=self.tier,
                )
            )
        names, standing = lists_by_party(count), count.contenders()
        lost, spare = dict.fromkeys(standing, 0), dict.fromkeys(standing, 0)
        for candidate, n, won in self._unused(tier_done(count, self.tier)):
            own = names.get(count.tally.party(candidate))
            if own in standing:
                kind = spare if won else lost
                kind[own] += n
        votes = dict(count.votes) if self.own else dict.fromkeys(standing, 0)
        kept = {c: n for c, n in votes.items() if c in standing}
        votes = {c: max(0, n + lost.get(c, 0) + spare.get(c, 0)) for c, n in votes.items()}
        wins = self.surplus or self.quota is not None
        facts = {"own": kept, "lost": lost, "spare": spare if wins else {}, "tier": self.tier}
        count = count.note("carry.lists" if self.quota else "carry", self.cite, lambda: (facts, ()))
        return count.but(votes=votes, areas={})

    def _unused(self, tier: Count) -> Iterator[tuple[str, int, bool]]:
        """Yield (candidate or list, votes that elected nobody, whether it won a seat)."""
        for part in (tier.areas or {tier.area: tier}).values():
            if self.quota is not None:
                yield from self._beyond(part, quota_named(self.quota))
                continue
            losers = {c: n for c, n in part.cast.items() if c not in LINES and not part.placed.get(c)}
            yield from ((c, n, False) for c, n in losers.items())
            if self.surplus:
                needed = max(losers.values(), default=0) + 1
                yield from ((c, max(0, part.cast[c] - needed), True) for c, n in part.placed.items() if n)

    def _beyond(self, part: Count, quota: Quota) -> Iterator[tuple[str, int, bool]]:
        price = whole(quota(part.base(self.quota_of), part.seats)) if part.seats else 0
        for line, n in part.cast.items():
            if line not in LINES:
                won = part.placed.get(line, 0)
                yield line, n - won * price, won > 0

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say how many votes were carried."""
        facts = entry.facts
        own: Mapping[str, int] = facts["own"]
        lists = entry.key == "carry.lists"
        lost = "votes in {tier} of lists without a seat there: {text}" if lists else "votes of losers in {tier}: {text}"
        spare = (
            "votes beyond the seats won, or lacking for them: {text}"
            if lists
            else "votes that winners did not need: {text}"
        )
        out = [("carried", say(lost, tier=named(facts["tier"]), text=_most(facts["lost"])))]
        if facts["spare"]:
            out.append(("carried", say(spare, text=_most(facts["spare"]))))
        total = {c: max(0, n + facts["lost"][c] + facts["spare"].get(c, 0)) for c, n in own.items()}
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
        if entry.key == "carry.lists":
            sentence = "{own} votes so far, {lost} where its lists won no seat and {spare} beyond the seats won: {all}"
        shown = dict(
            zip(("own", "lost", "spare", "all"), (grouped(n) for n in (*parts, max(0, sum(parts)))), strict=True)
        )
        return [("carried", say(sentence, **shown))]


def _most(votes: Mapping[str, int]) -> str:
    return listed(votes_first({c: n for c, n in votes.items() if n}), lambda n: grouped(n))
