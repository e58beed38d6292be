"""compensate: seats that bring what was won in other tiers up to each contender's share of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.averages import highest_averages
from sailau.seats.count import Count
from sailau.seats.elsewhere import places, seats_kept
from sailau.seats.formula import Formula
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import Allocation, TieRule
from sailau.terms.divisor import divisor_named
from sailau.terms.errors import InvalidLaw, LawSilent, MissingFigure
from sailau.terms.quota import quota_named
from sailau.terms.tally import NATION
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, grouped, listed, named, say, spell, votes_first


@dataclass(frozen=True)
class Shares:
    """What each contender is due in the whole, and what it holds of it.

    Attributes
    ----------
    total : int
        Seats to share out, those of `others` not included.
    held, due : mapping of str to int
    others : mapping of str to int
        Seats held by those that do not take part.
    rounds : tuple of mapping of str to int
        Contenders taken out with more seats than their share, round by round, with that share.
    """

    total: int
    held: Mapping[str, int]
    due: Mapping[str, int]
    others: Mapping[str, int] = field(default_factory=dict)
    rounds: tuple[Mapping[str, int], ...] = ()

    def over(self) -> dict[str, int]:
        """Return the seats held beyond the share."""
        return {c: n - self.due[c] for c, n in self.held.items() if n > self.due[c]}

    def wanting(self) -> dict[str, int]:
        """Return the seats by which contenders stay below their share."""
        return {c: n - self.held[c] for c, n in self.due.items() if n > self.held[c]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(Formula):
    """The seats of several tiers shared out as one: what `compensate` and `complete` have in common."""

    name: ClassVar[str]
    tiers: tuple[str, ...]
    total: int | None = None
    overhang: Literal["exclude", "add", "continue", "refuse"] = "refuse"
    totals: bool = False
    cite: str

    def __post_init__(self) -> None:
        """Refuse a formula that is none, and going on from seats held where no quotient says how."""
        self.check_formula()
        if self.overhang == "continue" and self.quota is not None:
            raise InvalidLaw(say("overhang: continue needs a divisor and no quota"))

    def apply(self, count: Count) -> Count:
        """Return the count with the seats placed that are wanting.

        Raises
        ------
        DrawRequired
            The last seat is tied and no rule of the law settles it.
        LawSilent
            Nobody takes part, or somebody holds more than its share and the law has no rule for it.
        MissingFigure
            The tiers were not counted, and national totals do not suffice.
        """
        count = self.settled(count)
        shares = self.share_out(count)
        key = "compensate" if self._known(count) else "compensate.totals"
        count = count.note(key, self.cite, lambda: (_facts(self, count, shares), _causes(shares, count)))
        if self.overhang == "add":
            count = count.but(extra=count.extra + sum(shares.over().values()))
        return count.place(shares.wanting())

    def total_votes(self, count: Count) -> int | None:
        """Return the votes that the quota is formed from, where they are more than those that take part."""
        of = getattr(self, "quota_of", "standing")
        return None if of == "standing" else count.base(of)

    def has_too_many(self, held: int, due: int) -> bool:
        """Say whether who holds so many is taken out before the rest is shared out."""
        return held > due

    def _known(self, count: Count) -> list[str]:
        return [name for name in self.tiers if name in count.done or self._declared(count, name)]

    def settled(self, count: Count) -> Count:
        """Return the count with the number of its seats, where it is what other tiers leave of a total."""
        known = self._known(count)
        if len(known) < len(self.tiers):
            if known or not self.totals or count.area != NATION or self.total is None:
                missing = [name for name in self.tiers if name not in count.done]
                raise MissingFigure(
                    say(
                        "{tier} makes up for {tiers}, but {missing} was not counted",
                        tier=count.tier,
                        tiers=", ".join(self.tiers),
                        missing=", ".join(missing),
                    ),
                    hint=say("give the votes of that tier, by district"),
                )
            return count.but(seats=self.total)
        if self.total is not None and count.seats == 0:
            return count.but(seats=self.total - self._seats(count.but(seats=0)))
        return count

    def share_out(self, count: Count) -> Shares:
        """Return what each contender is due and holds."""
        votes = count.contenders()
        held, others = self._held(count, votes)
        total = (self._seats(count) if self.total is None else self.total) - sum(others.values())
        if not votes or total < 0:
            raise LawSilent(
                say(
                    "{total} seats are to be shared out among {n} contenders in {area}",
                    total=total,
                    n=len(votes),
                    area=count.area,
                )
            )
        ties = tie_rule(count.but(floor=held), self.name, self.ties)
        if self.overhang == "continue":
            divisor = divisor_named(self.divisor or "", self.first)
            left = total - sum(held.values())
            due = highest_averages(votes, left, divisor=divisor, ties=ties, held=held).seats
            return Shares(total, held, due, others)
        if self.overhang == "exclude":
            return self._excluding(votes, Shares(total, held, held, others), ties, self.total_votes(count))
        due = self._allocation(votes, total, ties, self.total_votes(count)).seats
        shares = Shares(total, held, due, others)
        if self.overhang == "refuse" and shares.over():
            what = say(
                "{listed} more than the share of the whole, and the law has no rule for it",
                listed=listed(shares.over()),
            )
            raise LawSilent(what, standing=held)
        return shares

    def _excluding(self, votes: Mapping[str, int], start: Shares, ties: TieRule | None, base: int | None) -> Shares:
        held, due, rounds, left = start.held, dict(start.held), [], start.total
        standing = dict(votes)
        while standing:
            made = self._allocation(standing, left, ties, base).seats
            over = {c: made[c] for c in standing if self.has_too_many(held[c], made[c])}
            if not over:
                due |= made
                break
            rounds.append(over)
            left -= sum(held[c] for c in over)
            base = None if base is None else base - sum(standing[c] for c in over)
            standing = {c: n for c, n in standing.items() if c not in over}
        return Shares(start.total, held, due, start.others, tuple(rounds))

    def _held(self, count: Count, votes: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
        """Return the seats held by those that take part, and by others."""
        by_party = {count.tally.party(c): c for c in votes}
        held = dict.fromkeys(votes, 0)
        others: dict[str, int] = {}
        for part in self._parts(count):
            for winner, n in part.total_placed().items():
                party = count.tally.party(winner)
                if party in by_party:
                    held[by_party[party]] += n
                elif n:
                    others[winner] = others.get(winner, 0) + n
        for name in self.tiers:
            for party, n in self._declared(count, name).items():
                if party in by_party:
                    held[by_party[party]] += n
                else:
                    others[party] = others.get(party, 0) + n
        return held, others

    def _declared(self, count: Count, name: str) -> Mapping[str, int]:
        """Return the seats by party of a tier that is taken over and not counted; where in it they lie is not known."""
        if name in count.done or count.area != NATION:
            return {}
        return count.tally.declared.get(name, {})

    def _parts(self, count: Count) -> list[Count]:
        """Return the tiers that were counted before, or what of them lies in this area."""
        tiers = [count.done[name] for name in self.tiers if name in count.done]
        if count.area == NATION:
            return tiers
        return [
            part
            for tier in tiers
            for lies_in in (places(count, tier),)
            for area, part in tier.areas.items()
            if count.area in (area, lies_in[area])
        ]

    def _seats(self, count: Count) -> int:
        declared = sum(sum(self._declared(count, name).values()) for name in self.tiers)
        return count.seats + declared + sum(seats_kept(part) for part in self._parts(count))

    def _allocation(
        self, votes: Mapping[str, int], seats: int, ties: TieRule | None, base: int | None = None
    ) -> Allocation:
        if not any(votes.values()) or seats < 0:
            raise LawSilent(
                say("{seats} seats are to be shared out, and nobody with votes is left to take them", seats=seats)
            )
        return self.allocation(votes, seats, ties, total=base)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say what each is due of the whole, what it holds, and what is made up here."""
        facts = entry.facts
        if entry.key == "compensate.totals":
            head = say("{total} seats; what each tier gave is not known", total=facts["total"])
        else:
            sentence = "{total} seats of {tiers} and this one by {formula}"
            others = say(", without {n} of others", n=listed(facts["others"])) if facts["others"] else ""
            tiers = ", ".join(named(tier) for tier in facts["tiers"])
            formula = named(facts["formula"])
            if facts["first"] is not None:
                formula = say("{formula} from {first}", formula=formula, first=facts["first"])
            head = say(sentence, total=facts["total"], tiers=tiers, formula=formula) + others
        out = [("share", say("{head}: {due}", head=head, due=listed(votes_first(facts["due"]))))]
        if facts["base"] is not None:
            price = spell(quota_named(facts["formula"])(facts["base"], max(facts["total"], 1)))
            sentence = "{name} of {total} votes and {seats} seats = {price}"
            total, name = grouped(facts["base"]), named(facts["formula"])
            out.append(("quota", say(sentence, name=name, total=total, seats=facts["total"], price=price)))
        for over in facts["rounds"]:
            held = {c: facts["held"][c] for c in over}
            sentence = "{held} held, share only {over}: taken out with the seats held, the rest shared out anew"
            out.append(("overhang", say(sentence, held=listed(held), over=listed(over))))
        if facts["extra"]:
            out.append(
                ("overhang", say("{extra} beyond the share are kept; the house grows", extra=listed(facts["extra"])))
            )
        out.append(("held", listed({c: n for c, n in votes_first(facts["held"]).items() if n})))
        out.append(("made up", listed(votes_first(facts["wanting"]))))
        return out

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say what a contender is due of the whole, and what it holds already."""
        due, held = entry.facts["due"].get(contender), entry.facts["held"].get(contender, 0)
        if due is None:
            return []
        sentence = "due {due} of {total} seats in all; held before: {held}"
        return [("share", say(sentence, due=due, total=entry.facts["total"], held=held))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensate(Whole):
    """Share out the seats of several tiers as one, and place here what is wanting.

    Applied to the whole tier it counts the whole of the `tiers`; applied in one area (`each: district`), the
    districts of that name or in that region only.

    Attributes
    ----------
    tiers : tuple of str
        Tiers counted before, whose seats count towards the shares; a candidate's seat counts for its party.
    total : int, optional
        Seats to share out; by default those of the `tiers` and of this one. A tier whose number of seats is open then
        has what the others leave of it.
    overhang : str
        What follows when a contender holds more than its share. ``exclude``: it keeps them, is taken out with them,
        and the rest is shared out anew; ``add``: it keeps them, and the house grows by as many; ``continue``: the
        divisor formula goes on from the seats held, so that nobody can hold too many; ``refuse``: the law has no rule.
    totals : bool
        True where the statute settles each contender's seats for the nation as a whole, as long as nobody holds too
        many. A tally of national totals, without the votes of the `tiers`, is then counted here for the whole house;
        who would hold too many it cannot show.
    """

    name: ClassVar[str] = "compensate"


def _facts(step: Whole, count: Count, shares: Shares) -> dict[str, object]:
    return {
        "tiers": list(step.tiers),
        "total": shares.total,
        "seats": count.seats,
        "formula": step.divisor or step.quota or "",
        "first": step.first,
        "due": dict(shares.due),
        "held": dict(shares.held),
        "others": dict(shares.others),
        "rounds": [dict(over) for over in shares.rounds],
        "extra": shares.over() if step.overhang == "add" else {},
        "wanting": shares.wanting(),
        "ties": list(step.ties),
        "base": step.total_votes(count),
    }


def _causes(shares: Shares, count: Count) -> list[Cause]:
    wanting = shares.wanting()
    line = sorted(wanting, key=lambda c: (-wanting[c], c))
    start = {c: count.placed.get(c, 0) for c in line}
    return [
        Cause(c, tuple(range(start[c] + 1, start[c] + wanting[c] + 1)), "compensation", Fraction(shares.due[c]))
        for c in line
    ]
