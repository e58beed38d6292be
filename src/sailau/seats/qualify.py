"""qualify: several ways to take part, each of them enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.elsewhere import places, seats_won, tier_done
from sailau.seats.threshold import Base
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.quota import quota_named
from sailau.terms.tally import LINES, NATION
from sailau.terms.trail import Entry
from sailau.terms.words import Words, grouped, listed, named, percent, say, votes_first

Condition = tuple[str, Mapping[str, Fraction | int | str]]
"""A sentence and its values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualify:
    """Keep the contenders that meet one of the conditions given.

    Attributes
    ----------
    share, of : Fraction, str
        At least this share of a base of the whole.
    votes : int, optional
        At least so many votes in the whole.
    seats, in_tier : int, str
        At least so many seats in a tier that was counted before.
    regions : int, optional
        In so many regions at least as many votes as there are, on average, for each seat of `in_tier` in the region.
    part, quota : Fraction, str
        At least this part of a quota (of `of` and the seats there) in one district of `in_tier`. Where the areas here
        have seats of their own, the districts that lie in an area admit there and nowhere else.
    area_share : Fraction, optional
        At least this share of `of` in a district: it admits there and nowhere else.
    area_first : bool
        Whether the most votes in a district admit there and nowhere else.
    exempt : tuple of str
        Traits that admit, for instance ``minority``.
    """

    name: ClassVar[str] = "qualify"
    share: Fraction | None = None
    of: Base = "valid"
    votes: int | None = None
    seats: int | None = None
    in_tier: str | None = None
    regions: int | None = None
    part: Fraction | None = None
    quota: str | None = None
    area_share: Fraction | None = None
    area_first: bool = False
    exempt: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse a step without a condition, or with half of one."""
        if (self.seats is not None or self.regions is not None) and self.in_tier is None:
            raise InvalidLaw(say("qualify: seats and regions need the tier whose seats count (in_tier)"))
        if (self.part is None) != (self.quota is None) or (self.part is not None and self.in_tier is None):
            raise InvalidLaw(
                say("qualify: a part is one of a quota in a district of another tier (part, quota, in_tier)"),
                hint=say('write "part: 66%, quota: hare, in_tier: district"'),
            )
        if self.quota is not None:
            quota_named(self.quota)
        if all(given is None for given in (self.share, self.votes, self.seats, self.regions, self.part)):
            raise InvalidLaw(say("qualify needs at least one of share, votes, seats, regions and part"))

    def apply(self, count: Count) -> Count:
        """Return the count without those that meet no condition; a tier of which nothing is known admits nobody.

        Raises
        ------
        LawSilent
            Nobody meets a condition.
        """
        near = self._near(count)
        why = {
            c: self._why(count, c, n) or ("part" if c in near[NATION] else "") for c, n in count.contenders().items()
        }
        passed = {c: n for c, n in count.contenders().items() if why[c]}
        local = self._local(count, [c for c in why if not why[c]], near)
        if not passed and not any(local.values()):
            raise LawSilent(say("nobody meets a condition to take part, and the law has no rule for that case"))
        out = {c: n for c, n in count.contenders().items() if c not in passed}
        count = count.note("qualify", self.cite, lambda: (self._facts(passed, why, out, local), ()))
        areas = {
            name: part.but(votes={c: n for c, n in part.votes.items() if c in passed or c in local[name]})
            for name, part in count.areas.items()
        }
        here = {c: n for c, n in out.items() if any(c in names for names in local.values())}
        return count.but(votes=passed | here, below={c: n for c, n in out.items() if c not in here}, areas=areas)

    def _why(self, count: Count, contender: str, votes: int) -> str:
        """Return the first condition that a contender meets; nothing when there is none."""
        if self.share is not None and votes >= self.share * count.base(self.of):
            return "share"
        if self.votes is not None and votes >= self.votes:
            return "votes"
        if self.exempt and count.tally.contender(contender).traits.intersection(self.exempt):
            return "exempt"
        if self.seats is not None and seats_won(count, self.in_tier or "", contender) >= self.seats:
            return "seats"
        tier = count.done.get(self.in_tier or "")
        return "regions" if tier and self.regions is not None and self._in_regions(tier, contender) else ""

    def _near(self, count: Count) -> dict[str, set[str]]:
        """Return by area who has the part of a quota in a district of the other tier that lies there.

        Districts admit in the whole, under ``nation``, where the areas here have no seats of their own.
        """
        out: dict[str, set[str]] = {NATION: set(), **{name: set() for name in count.areas}}
        if self.part is None or self.quota is None:
            return out
        tier, quota = tier_done(count, self.in_tier or ""), quota_named(self.quota)
        lies_in = places(count, tier)
        for name, district in (tier.areas or {tier.area: tier}).items():
            where = lies_in[name] if count.in_districts else NATION
            if not district.seats or (count.area != NATION and lies_in.get(name) != count.area):
                continue
            bar = self.part * quota(district.base(self.of), district.seats)
            reached = (line for line, n in district.cast.items() if line not in LINES and n >= bar)
            out[where].update(count.tally.party(line) for line in reached)
        own = {count.tally.party(c): c for c in count.contenders()}
        return {area: {own[party] for party in parties if party in own} for area, parties in out.items()}

    def _in_regions(self, tier: Count, contender: str) -> bool:
        votes: dict[str, int] = {}
        total: dict[str, int] = {}
        seats: dict[str, int] = {}
        for name, part in tier.areas.items():
            region = tier.ballots.regions.get(name, name)
            votes[region] = votes.get(region, 0) + part.cast.get(contender, 0)
            total[region] = total.get(region, 0) + sum(n for line, n in part.cast.items() if line not in LINES)
            seats[region] = seats.get(region, 0) + part.seats
        reached = [region for region in votes if votes[region] * seats[region] >= total[region] > 0]
        return self.regions is not None and len(reached) >= self.regions

    def _local(self, count: Count, contenders: list[str], near: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
        """Return by district who is admitted there alone."""
        return {
            name: tuple(c for c in contenders if part.votes.get(c) and (c in near[name] or self._stands_out(part, c)))
            for name, part in count.areas.items()
        }

    def _stands_out(self, part: Count, contender: str) -> bool:
        """Say whether a contender is admitted in a district by its votes there."""
        votes = part.votes[contender]
        if self.area_share is not None and votes >= self.area_share * part.base(self.of):
            return True
        return self.area_first and votes == max(part.contenders().values())

    def _facts(
        self,
        passed: Mapping[str, int],
        why: Mapping[str, str],
        out: Mapping[str, int],
        local: Mapping[str, tuple[str, ...]],
    ) -> dict[str, object]:
        return {
            "conditions": self._conditions(),
            "passed": dict(passed),
            "otherwise": {c: reason for c, reason in why.items() if reason not in ("", self._first())},
            "out": {c: n for c, n in out.items() if not any(c in names for names in local.values())},
            "local": {name: list(names) for name, names in local.items() if names},
        }

    def _first(self) -> str:
        """Return the first condition that the law gives."""
        given = {"share": self.share, "votes": self.votes, "seats": self.seats, "regions": self.regions}
        return next((name for name, term in given.items() if term is not None), "part")

    def _conditions(self) -> list[Condition]:
        out: list[Condition] = []
        if self.share is not None:
            out.append(("{share} of {of}", {"share": self.share, "of": self.of}))
        if self.votes is not None:
            out.append(("{votes} votes", {"votes": self.votes}))
        if self.seats is not None:
            out.append(("{n} seats of {tier}", {"n": self.seats, "tier": self.in_tier or ""}))
        if self.regions is not None:
            sentence = "the votes of a seat of {tier} in {n} regions"
            out.append((sentence, {"tier": self.in_tier or "", "n": self.regions}))
        if self.part is not None:
            sentence = "{share} of {quota} in one district of {tier}"
            out.append((sentence, {"share": self.part, "quota": self.quota or "", "tier": self.in_tier or ""}))
        if self.area_share is not None:
            out.append(("{share} in a district, for that district", {"share": self.area_share}))
        if self.area_first:
            out.append(("the most votes in a district, for that district", {}))
        return out

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say the conditions, who meets one and who none."""
        facts = entry.facts
        text: str = _alternatives(facts["conditions"])
        if facts["passed"] or not facts["local"]:
            passed = listed(votes_first(facts["passed"]))
            text = say("{conditions}; {passed} pass", conditions=text, passed=passed)
        if facts["otherwise"]:
            text += say("; by another condition than the first: {names}", names=listed(facts["otherwise"], named))
        if facts["out"]:
            text += say("; out: {out}", out=listed(votes_first(facts["out"])))
        for area, names in facts["local"].items():
            text += say("; in {area} alone: {names}", area=area, names=listed(names))
        return [("threshold", text)]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say whether one contender takes part."""
        facts = entry.facts
        if contender in facts["passed"]:
            return [("threshold", say("{contender} takes part", contender=contender))]
        alone = [area for area, names in facts["local"].items() if contender in names]
        if alone:
            return [
                ("threshold", say("{contender} takes part in {areas} alone", contender=contender, areas=listed(alone)))
            ]
        if contender in facts["out"]:
            conditions = _alternatives(facts["conditions"])
            return [("threshold", say("{contender} is out: {conditions}", contender=contender, conditions=conditions))]
        return []


def _alternatives(conditions: Sequence[Condition]) -> str:
    """Return the conditions, of which one is enough."""
    return say(" or ").join(
        say(sentence, **{key: _shown(n) for key, n in values.items()}) for sentence, values in conditions
    )


def _shown(value: Fraction | int | str) -> object:
    if isinstance(value, str):
        return named(value)
    if isinstance(value, Fraction):
        return percent(value)
    return value if value < 1000 else grouped(value)
