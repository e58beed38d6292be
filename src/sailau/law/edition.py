"""An edition of a law: what it says, from which day, and how it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sailau.law.result import Decisions, Result, as_decisions
from sailau.seats.count import Count
from sailau.seats.tier import Tier
from sailau.terms.checked import Checked
from sailau.terms.errors import InvalidLaw, InvalidRecord, NotFound, SailauError, SeatsLeft, Undecided
from sailau.terms.speech import coded, say
from sailau.terms.tally import Tally
from sailau.terms.trail import Entry

_ONE_TIER = "take the rows of one of them and name its tier: --where COLUMN=VALUE --tier {tier}"


@dataclass(frozen=True, slots=True)
class Reading:
    """Another way in which a clause can be read; `changes` is what it changes in the edition."""

    name: str
    why: str
    cite: str
    changes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Law:
    """One edition of an electoral law.

    Attributes
    ----------
    id : str
        ``kz/mazhilis``; one id for all editions.
    edition : str
        The day that names the edition, for instance ``2022-11-05``.
    name : str
    since, until : date, date or None
        In force from and up to and including these days.
    total : int, optional
        Seats of the house; None where each election's decree fixes them.
    tiers : tuple of Tier
        In the order of the statute.
    texts : mapping of str to str
        The texts that citations name.
    checked : Checked, optional
        None while nobody compared the edition with the statute; every report then says so.
    readings : tuple of Reading
    fitted : tuple of str
        Elections whose seats settled how a clause is read; that they match supports the edition and proves nothing.
    changes : mapping
        What was changed by `replace`; empty for the law as enacted.
    notes : tuple of str
    document : mapping
        The edition as it was read.
    path : str
    """

    id: str
    edition: str
    name: str
    since: date
    until: date | None
    total: int | None
    tiers: tuple[Tier, ...]
    texts: Mapping[str, str]
    checked: Checked | None
    readings: tuple[Reading, ...] = ()
    fitted: tuple[str, ...] = ()
    changes: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    document: Mapping[str, object] = field(default_factory=dict, repr=False)
    path: str = ""

    def __str__(self) -> str:
        return f"{self.id}@{self.edition}"

    def tier(self, name: str) -> Tier:
        """Return the tier of that name."""
        for tier in self.tiers:
            if tier.name == name:
                return tier
        raise NotFound("tier", name, [tier.name for tier in self.tiers])

    def is_in_force(self, day: date) -> bool:
        """Say whether the edition was in force on that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def count(self, tally: Tally, *, decisions: Mapping[str, str | Sequence[str]] | None = None) -> Result:
        """Turn votes into seats under this edition.

        Parameters
        ----------
        tally : Tally
            The votes; tiers of the law that it does not hold are left out and named in `Result.uncounted`.
        decisions : mapping, optional
            What was decided where the law leaves a question open (lots drawn, for instance), by the key that
            DrawRequired or LawSilent named.

        Returns
        -------
        Result
            Seats by contender, with reasons made when asked for.

        Raises
        ------
        DrawRequired, RoundRequired, LawSilent, SeatsLeft
            The law does not lead to one outcome.
        MissingFigure, InvalidVotes
            The tally lacks a figure that the law asks for, or a count is no count.
        """
        chosen = as_decisions(decisions)
        if not any(tier.name in tally.tiers for tier in self.tiers if tier.needs_votes):
            have = ", ".join(map(coded, tally.tiers))
            want = ", ".join(coded(t.name) for t in self.tiers if t.needs_votes)
            raise InvalidLaw(
                say(
                    "{law} counts votes of {tiers}; the tally has {have}",
                    law=self,
                    tiers=want,
                    have=have or say("none"),
                ),
                hint=say(_ONE_TIER, tier=want) if len(tally.tiers) > 1 else None,
            )
        try:
            return Result(self, tally, chosen, count_tiers(self.tiers, tally, chosen, None))
        except (Undecided, InvalidRecord) as question:
            question.hint = self._other_seats(question) or question.hint
            if isinstance(question, Undecided):
                chosen.say_idle(question)
            raise

    def _other_seats(self, question: SailauError) -> str | None:
        """Say what the seats of a tier follow, where they alone were changed and no longer fit its districts."""
        for tier in self.tiers if isinstance(question, SeatsLeft | InvalidRecord) else ():
            if f"{tier.name}.seats" not in self.changes:
                continue
            if tier.district == "single_member":
                return say("each district of {tier} has one seat; another number needs other districts", tier=tier.name)
            if tier.magnitudes and sum(tier.magnitudes.values()) != tier.seats:
                sentence = "the seats of {tier} are those of its districts; change them, and it follows: {setting}"
                return say(sentence, tier=tier.name, setting=f"--set {tier.name}.magnitudes.{min(tier.magnitudes)}=N")
        return None

    def replace(self, changes: Mapping[str, object]) -> Law:
        """Return the edition with some values changed: ``{"list.threshold.share": "2%"}``.

        Raises
        ------
        InvalidLaw
            There is no such clause, or the value cannot stand there.
        """
        from sailau.law.change import changed

        return changed(self, changes)


def count_tiers(
    tiers: Sequence[Tier], tally: Tally, decisions: Decisions, trail: tuple[Entry, ...] | None
) -> dict[str, Count]:
    """Count the tiers one after the other; later ones see the earlier."""
    done: dict[str, Count] = {}
    for tier in tiers:
        if tier.name in tally.declared:
            continue  # its seats are taken over, even where votes that it would count are here
        if tier.needs_votes and tier.name not in tally.tiers and (tier.votes or "") not in tally.tiers:
            continue
        count = tier.count(tally, done=done, decisions=decisions, trail=trail)
        trail = count.trail
        done = {**count.done, tier.name: count.but(done={}, trail=None)}
    if trail is not None and done:
        last = next(reversed(done))
        done[last] = done[last].but(trail=trail)
    return done
