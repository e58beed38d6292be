"""join: both ballots of a voter count for the lists; and by_seats: seats won elsewhere count as votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.elsewhere import lists_by_party, places, tier_done, wins
from sailau.terms.errors import LawSilent
from sailau.terms.tally import LINES, NATION
from sailau.terms.trail import Entry
from sailau.terms.words import Words, grouped, listed, named, say, votes_first

Votes = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Add all votes that candidates have in another tier to those of their parties' lists, winners' votes too.

    Where the tier has areas, a district's votes belong to the area of its name or of its region. The base `list_votes`
    grows by all of them, those for candidates without a list here included.

    Attributes
    ----------
    tier : str
        The tier of the candidates, counted before.
    """

    name: ClassVar[str] = "join"
    tier: str
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with the votes of both ballots.

        Raises
        ------
        InvalidLaw
            The tier was not counted before.
        MissingFigure
            The region of a district is not known.
        """
        other = tier_done(count, self.tier)
        added: dict[str, Votes] = {}
        lies_in = places(count, other) if other.areas else {other.area: NATION}
        for district, part in (other.areas or {other.area: other}).items():
            lines = added.setdefault(lies_in[district], {})
            for line, n in part.cast.items():
                if line not in LINES:
                    lines[line] = lines.get(line, 0) + n
        names = lists_by_party(count)
        by_area = {area: self._by_list(count, names, lines) for area, lines in added.items()}
        total = _sum(by_area) if count.area == NATION else by_area.get(count.area, {})
        facts = {
            "tier": self.tier,
            "own": count.contenders(),
            "added": {c: total.get(c, 0) for c in count.contenders()},
        }
        count = count.note("join", self.cite, lambda: (facts, ()))
        if count.areas:
            parts = {area: _with(part, by_area.get(area, {})) for area, part in count.areas.items()}
            count = count.but(areas=parts)
        return _with(count, total)

    def _by_list(self, count: Count, names: Mapping[str, str], lines: Votes) -> Votes:
        """Return votes by list; those of candidates without one keep the candidate's name."""
        out: Votes = {}
        for line, n in lines.items():
            own = names.get(count.tally.party(line), line)
            out[own] = out.get(own, 0) + n
        return out

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say how many votes came with the other ballot."""
        added: Votes = entry.facts["added"]
        text = say("with the votes of {tier}: {text}", tier=named(entry.facts["tier"]), text=_shown(added))
        total = {c: n + added[c] for c, n in entry.facts["own"].items()}
        return [("both ballots", text), ("votes", _shown(total))]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say what one list's votes are made of."""
        facts = entry.facts
        if contender not in facts["own"]:
            return []
        own, more = facts["own"][contender], facts["added"][contender]
        sentence = "{own} votes for the list and {more} in {tier}: {all}"
        shown = {"own": grouped(own), "more": grouped(more), "all": grouped(own + more)}
        return [("both ballots", say(sentence, **shown, tier=named(facts["tier"])))]


@dataclass(frozen=True, slots=True, kw_only=True)
class BySeats:
    """Let the seats that parties won in other tiers take the place of votes in the steps that follow.

    For seats that are shared out in proportion to seats, such as those reserved for a group. Where the tier has areas,
    a district's seats belong to the area of its name or of its region.

    Attributes
    ----------
    tiers : tuple of str
        Tiers counted before, or declared.
    """

    name: ClassVar[str] = "by_seats"
    tiers: tuple[str, ...]
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with seats in the place of votes.

        Raises
        ------
        InvalidLaw
            A tier was not counted before.
        LawSilent
            Nobody who takes part won a seat.
        MissingFigure
            The region of a district is not known.
        """
        names, won = lists_by_party(count), dict[str, Votes]()
        for area, winner, n in wins(count, self.tiers):
            own = names.get(count.tally.party(winner))
            if own is not None:
                won.setdefault(area, {})
                won[area][own] = won[area].get(own, 0) + n
        total = _sum(won) if count.area == NATION else won.get(count.area, {})
        standing = {c: total.get(c, 0) for c in count.contenders()}
        if not any(standing.values()):
            raise LawSilent(say("nobody who takes part won a seat that others could follow"))
        facts = {"tiers": self.tiers, "won": standing}
        count = count.note("by_seats", self.cite, lambda: (facts, ()))
        if count.areas:
            count = count.but(areas={a: _instead(part, won.get(a, {})) for a, part in count.areas.items()})
        return _instead(count, total)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say whose seats count."""
        tiers = ", ".join(named(tier) for tier in entry.facts["tiers"])
        won = {c: n for c, n in entry.facts["won"].items() if n}
        return [("seats as votes", say("seats won in {tiers}: {won}", tiers=tiers, won=listed(votes_first(won))))]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say what one party won."""
        won = entry.facts["won"]
        if contender not in won:
            return []
        tiers = ", ".join(named(tier) for tier in entry.facts["tiers"])
        return [("seats as votes", say("{n} seats won in {tiers} count as its votes", n=won[contender], tiers=tiers))]


def _with(count: Count, added: Votes) -> Count:
    """Return a count whose votes, and whose base of them, have grown."""
    votes = {line: n + (added.get(line, 0) if line not in LINES else 0) for line, n in count.votes.items()}
    cast = {line: n + (added.get(line, 0) if line not in LINES else 0) for line, n in count.cast.items()}
    cast |= {line: n for line, n in added.items() if line not in cast}
    return count.but(votes=votes, cast=cast)


def _instead(count: Count, seats: Votes) -> Count:
    votes = {line: (n if line in LINES else seats.get(line, 0)) for line, n in count.votes.items()}
    cast = {line: (n if line in LINES else seats.get(line, 0)) for line, n in count.cast.items()}
    return count.but(votes=votes, cast=cast)


def _sum(parts: Mapping[str, Votes]) -> Votes:
    total: Votes = {}
    for lines in parts.values():
        for line, n in lines.items():
            total[line] = total.get(line, 0) + n
    return total


def _shown(votes: Votes) -> str:
    return listed(votes_first({c: n for c, n in votes.items() if n}), lambda n: grouped(n))
