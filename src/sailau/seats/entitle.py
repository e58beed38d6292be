"""entitle: what every list is due in the whole house, before seats won in other tiers are taken off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from sailau.seats.count import Count, each_area
from sailau.seats.elsewhere import others_by_area, seats_of, total_of
from sailau.seats.formula import Formula
from sailau.seats.ties import tie_rule
from sailau.terms.errors import InvalidLaw, LawSilent, MissingFigure, Undecided
from sailau.terms.tally import NATION
from sailau.terms.trail import Entry
from sailau.terms.words import Words, grouped, listed, named, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitle(Formula):
    """Share out the seats of several tiers together; what a list is due is kept, and no seat is placed yet.

    Seats that others won in those tiers are taken off first.

    Attributes
    ----------
    tiers : tuple of str
        The tiers counted before whose seats are shared out together with those of this one.
    over : str, optional
        A figure of the areas, for instance ``population``: the house is first shared out among the areas by it, then
        the seats of each area among its lists. Without it the nation (or the area inside `each`) is one whole.
    others : str
        Whose seats are taken off: of ``all`` who do not take part (independents, parties out of the distribution,
        parties without a list in the area), or of each ``independent`` alone.
    """

    name: ClassVar[str] = "entitle"
    tiers: tuple[str, ...]
    over: str | None = None
    others: Literal["all", "independent"] = "all"
    cite: str

    def __post_init__(self) -> None:
        """Refuse a formula that is none, or two."""
        self.check_formula()

    def apply(self, count: Count) -> Count:
        """Return the count with `due`, of the nation and, where areas come first, of each area.

        Raises
        ------
        DrawRequired
            The last seat is tied and no rule of the law settles it.
        LawSilent
            Nobody takes part.
        MissingFigure
            An area has no figure to share out by.
        """
        others = others_by_area(count, self.tiers, only_independents=self.others == "independent")
        seats = count.seats + seats_of(count, self.tiers)
        if self.over is not None:
            return self._by_areas(count, seats, others)
        return self._due(count, seats - sum(others.values()), sum(others.values()))

    def _due(self, count: Count, seats: int, others: int) -> Count:
        votes = count.contenders()
        if not votes:
            raise LawSilent(say("nobody takes part in the distribution of {seats} seats", seats=seats))
        if not any(votes.values()):
            due: Mapping[str, int] = dict.fromkeys(votes, 0)
            if seats:
                raise LawSilent(say("nobody has a vote for the {seats} seats of {area}", seats=seats, area=count.area))
        else:
            due = self._allocated(count, self.name, votes, seats)
        facts = {"seats": seats, "others": others, "due": due, "votes": votes, "formula": self.formula_name}
        return count.note("entitle", self.cite, lambda: (facts, ())).but(due=due)

    def _by_areas(self, count: Count, seats: int, others: Mapping[str, int]) -> Count:
        shares = self._shares(count, seats)
        facts = {"seats": seats, "over": self.over, "areas": shares, "formula": self.formula_name}
        count = count.note("entitle.areas", self.cite, lambda: (facts, ()))

        def one(part: Count) -> Count:
            taken = others.get(part.area, 0)
            return self._due(part, shares[part.area] - taken, taken)

        count = each_area(count, one)
        due = total_of({area: part.due for area, part in count.areas.items()})
        return count.but(due={c: due.get(c, 0) for c in count.contenders()})

    def _shares(self, count: Count, seats: int) -> Mapping[str, int]:
        if not count.areas:
            raise InvalidLaw(say("{tier} shares out by areas, but its votes name no areas", tier=count.tier))
        figures = {area: count.ballots.total(area, self.over or "") for area in count.areas}
        known = {area: n for area, n in figures.items() if n is not None}
        missing = sorted(figures.keys() - known.keys())
        if missing:
            raise MissingFigure(
                say(
                    "{tier}: the tally has no {over} of {missing}",
                    tier=count.tier,
                    over=self.over,
                    missing=", ".join(missing[:5]),
                )
            )
        return self._allocated(count, f"{self.name}.areas", known, seats)

    def _allocated(self, count: Count, step: str, figures: Mapping[str, int], seats: int) -> Mapping[str, int]:
        """Share out by the formula; a tie is asked under the key that is read here, area included."""
        try:
            return self.allocation(figures, seats, tie_rule(count, step, self.ties)).seats
        except Undecided as question:
            raise question.at(count.key(step), self.cite) from None

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say how many seats are shared out, and what each list is due."""
        facts = entry.facts
        if entry.key == "entitle.areas":
            sentence = "{seats} seats to the areas by {over} ({formula}): {areas}"
            values = {"seats": facts["seats"], "over": named(facts["over"]), "formula": named(facts["formula"])}
            return [("shares", say(sentence, **values, areas=listed(facts["areas"])))]
        if entry.area == NATION:
            sentence = "{seats} seats in all tiers{less} ({formula}): {due}"
        else:
            sentence = "{seats} seats{less} ({formula}): {due}"
        less = say(", {n} won by others taken off", n=facts["others"]) if facts["others"] else ""
        due = listed(votes_first(facts["due"]))
        return [("due", say(sentence, seats=facts["seats"], less=less, formula=named(facts["formula"]), due=due))]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say what one list is due here."""
        if entry.key == "entitle.areas" or contender not in entry.facts["due"]:
            return []
        facts = entry.facts
        sentence = "{n} of {seats} seats are its due, for {votes} votes"
        values = {"n": facts["due"][contender], "seats": facts["seats"], "votes": grouped(facts["votes"][contender])}
        return [("due", say(sentence, **values))]
