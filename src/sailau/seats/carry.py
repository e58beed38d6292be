"""carry: votes that elected nobody in the districts are added to those of the lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.seats.elsewhere import areas_of, lists_by_party, tier_done
from sailau.seats.threshold import Base
from sailau.terms.errors import InvalidLaw
from sailau.terms.moving import whole
from sailau.terms.quota import Quota, quota_named
from sailau.terms.tally import LINES, NATION
from sailau.terms.trail import Entry
from sailau.terms.words import Words, grouped, listed, named, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """Add to the votes of each standing list those that its party won no seat with in another tier.

    The base of a bar is not touched: it is formed from the votes cast for the lists. Where this tier has areas, the
    votes of a district are carried to the lists of the area of its name, or of its region; the step stands before
    `each: district`. A later tier can carry on what is left there.

    Attributes
    ----------
    tier : str
        The tier of the candidates, or of the lists of districts.
    surplus : bool
        Whether a winner's votes beyond those needed to win (one more than the best loser has) count as well.
    quota, quota_of : str, optional
        Where `tier` has lists: the price of a seat in its districts, a rounded one, and what it was formed from. What
        a list has beyond its seats at this price is carried.
    lacking : str
        What follows where a list won a seat by less than this price: what it lacked is taken off the votes carried from
        elsewhere (``take_off``), or nothing (``forget``).
    own : bool
        False where the list's own votes do not count here: the carried ones alone do.
    """

    name: ClassVar[str] = "carry"
    tier: str
    surplus: bool = False
    quota: str | None = None
    quota_of: Base = "standing"
    lacking: Literal["take_off", "forget"] = "take_off"
    own: bool = True
    cite: str

    def __post_init__(self) -> None:
        """Refuse a surplus of lists, a price that leaves fractions of votes, and a lack without a price."""
        if self.quota is None:
            if self.lacking != "take_off":
                raise InvalidLaw(
                    say("carry: lacking says what becomes of a seat below its price, but there is no quota")
                )
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
            The step stands inside `each: district`, or the other tier was not counted before.
        MissingFigure
            The region of a district is not known, or no area of this tier.
        """
        if count.area != NATION:
            raise InvalidLaw(
                say("carry looks at all areas at once, and stands before `each: district`"),
                hint=say("move it out of the steps of the districts"),
            )
        tier, standing = tier_done(count, self.tier), count.contenders()
        lies_in = areas_of(count, tier) if count.in_districts else {}
        lost, spare = dict.fromkeys(standing, 0), dict.fromkeys(standing, 0)
        carried: dict[str, dict[str, int]] = {}
        names = lists_by_party(count)
        for area, candidate, n, won in self._unused(tier):
            own = names.get(count.tally.party(candidate))
            if own in standing:
                kind, here = (spare if won else lost), carried.setdefault(lies_in.get(area, NATION), {})
                kind[own] += n
                here[own] = here.get(own, 0) + n
        kept = {c: n if self.own else 0 for c, n in standing.items()}
        wins = self.surplus or self.quota is not None
        facts = {"own": kept, "lost": lost, "spare": spare if wins else {}, "tier": self.tier}
        areas = count.areas if count.in_districts else {}
        parts = {name: self._with(part, carried.get(name, {})) for name, part in areas.items()}
        made = self._with(count, _sum(carried)).but(areas=parts)

        def told() -> tuple[Mapping[str, object], tuple[()]]:
            return {**facts, "areas": {name: _held(part, standing) for name, part in parts.items()}}, ()

        return made.note("carry.lists" if self.quota else "carry", self.cite, told)

    def _with(self, count: Count, carried: Mapping[str, int]) -> Count:
        """Return the whole or an area with the votes carried to it."""
        votes = dict(count.votes) if self.own else dict.fromkeys(count.contenders(), 0)
        return count.but(
            votes={c: max(0, n + carried.get(c, 0)) for c, n in votes.items()}, carried=count.carried or not self.own
        )

    def _unused(self, tier: Count) -> Iterator[tuple[str, str, int, bool]]:
        """Yield (area, candidate or list, votes that elected nobody, whether it won a seat)."""
        for area, part in (tier.areas or {tier.area: tier}).items():
            if self.quota is not None:
                yield from ((area, *found) for found in self._beyond(part, quota_named(self.quota)))
                continue
            losers = {c: n for c, n in part.cast.items() if c not in LINES and not part.placed.get(c)}
            yield from ((area, c, n, False) for c, n in losers.items())
            if self.surplus:
                needed = max(losers.values(), default=0) + 1
                yield from ((area, c, max(0, part.cast[c] - needed), True) for c, n in part.placed.items() if n)

    def _beyond(self, part: Count, quota: Quota) -> Iterator[tuple[str, int, bool]]:
        price = whole(quota(part.base(self.quota_of), part.seats)) if part.seats else 0
        for line, n in (part.contenders() if part.carried else part.cast).items():
            if line not in LINES:
                won = part.placed.get(line, 0)
                over = n - won * price
                yield line, over if self.lacking == "take_off" else max(0, over), won > 0

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
        if facts["areas"]:
            rows = {area: _most(votes) for area, votes in facts["areas"].items()}
            return out + [("votes", f"{area}: {text}") for area, text in rows.items() if text]
        total = {c: max(0, n + facts["lost"][c] + facts["spare"].get(c, 0)) for c, n in own.items()}
        return [*out, ("votes", _most(total))]

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


def _held(part: Count, standing: Mapping[str, int]) -> dict[str, int]:
    return {c: n for c, n in part.contenders().items() if c in standing}


def _sum(parts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for lines in parts.values():
        for line, n in lines.items():
            total[line] = total.get(line, 0) + n
    return total
