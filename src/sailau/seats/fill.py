"""fill: from seats of a list to persons on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.seats.persons import candidates_of, in_order, seated
from sailau.terms.errors import InvalidLaw, LawSilent, Undecided
from sailau.terms.trail import Entry
from sailau.terms.words import Words, listed, named, percent, say, spell

_JUMPS = {
    "list_votes": "; with {share} of the votes of its list a person jumps its order",
    "average": "; with {share} of the average of its list a person jumps its order",
    "whole_average": "; with {share} of the average of its list, its fraction dropped, a person jumps its order",
    "quota": "; with {share} of the votes of a seat a person jumps the order of its list",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """Say who takes a list's seats, and stop where a list has too few names or the reserved share is unclear.

    Attributes
    ----------
    order : str
        ``party_decides``, ``list_order`` or ``preference_votes``.
    reserved : Fraction, optional
        Share of a list's mandates that belongs to the groups named in `groups` (a representation rule).
    groups : tuple of str
    rounding : str, optional
        How a fraction of a mandate is rounded, where the law says so: ``up`` or ``down``.
    short : str, optional
        What happens to seats beyond a list's last name, where the law says so: ``vacant``.
    persons : str, optional
        The ballots of the tally with the candidates' votes (their `party` is the list, `registered` their place on
        it): who sits is then said by name, and the reserved share changes it, as the last of the others make room.
        A tally without them is filled without names.
    jump, jump_of : Fraction, str
        With ``preference_votes``: the votes that a person needs to jump the order of the list, as a part of the
        ``list_votes`` of its list, of the ``average`` of its candidates, of that average without its fraction
        (``whole_average``), or of the ``quota`` (votes for lists for each seat). Those who have them come first, in the
        order of their votes; the others follow as on the list.
    ties : tuple of str
        Rules for persons with equal votes, in turn.
    """

    name: ClassVar[str] = "fill"
    order: Literal["party_decides", "list_order", "preference_votes"]
    reserved: Fraction | None = None
    groups: tuple[str, ...] = ()
    rounding: Literal["up", "down"] | None = None
    short: Literal["vacant"] | None = None
    persons: str | None = None
    jump: Fraction | None = None
    jump_of: Literal["list_votes", "average", "whole_average", "quota"] = "list_votes"
    ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse names where the party decides: no ballot says whom it takes."""
        if self.persons is not None and self.order == "party_decides":
            raise InvalidLaw(say("fill: where the party decides, ballots do not say who sits; leave persons out"))
        if self.jump is not None and (self.order != "preference_votes" or self.jump <= 0):
            raise InvalidLaw(say("fill: jump is a part of votes above 0, and needs order: preference_votes"))

    def apply(self, count: Count) -> Count:
        """Return the count with seats beyond the last name of a list vacant, if law or decision say so.

        Raises
        ------
        LawSilent
            A list has fewer names than seats, and neither the law nor a decision says what follows.
        DrawRequired
            Persons have equal votes, and no rule of the law settles it.
        """
        missing = {}
        for contender, seats in count.placed.items():
            names = count.tally.contender(contender).candidates
            if names is not None and names < seats:
                missing[contender] = seats - names
        self._check_reserved(count)
        who, moved = self._names(count)
        count = count.note(
            "fill", self.cite, lambda: ({**self._facts(count, missing), "names": who, "moved": moved}, ())
        )
        count = count.but(persons=who) if who else count
        return self._leave_vacant(count, missing) if missing else count

    def _names(self, count: Count) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
        """Return the persons who take the seats of each list, and who takes whose place for a group."""
        if self.persons is None or self.order == "party_decides":
            return {}, {}
        names: dict[str, tuple[str, ...]] = {}
        moved: dict[str, str] = {}
        people = candidates_of(count, self.persons)
        for contender, seats in sorted(count.placed.items()):
            if seats and contender in people:
                high = self._jump(count, contender, len(people[contender]))
                line = in_order(count, people[contender], self.order, high)
                try:
                    who, places = seated(count, line, seats, self._need(count, seats), self.groups, self.ties)
                except Undecided as question:
                    raise question.at(count.key(self.name), self.cite) from None
                names[contender], moved = tuple(who), moved | places
        return names, moved

    def _jump(self, count: Count, contender: str, persons: int) -> Fraction | None:
        """Return the votes with which a person jumps the order of its list."""
        if self.jump is None:
            return None
        if self.jump_of == "quota":
            return self.jump * count.base("list_votes") / max(count.seats, 1)
        if self.jump_of == "whole_average":
            return self.jump * (count.votes[contender] // persons)
        return self.jump * count.votes[contender] / (persons if self.jump_of == "average" else 1)

    def _need(self, count: Count, seats: int) -> int:
        if self.reserved is None:
            return 0
        decision = count.decided("fill.rounding")
        try:
            return reserved_minimum(seats, self.reserved, rounding=self.rounding or (decision[0] if decision else None))
        except LawSilent as question:
            raise question.at(count.key("fill.rounding"), self.cite) from None

    def _check_reserved(self, count: Count) -> None:
        """Stop where the rounding of a reserved share decides whether a list can meet it."""
        if self.reserved is None:
            return
        decision = count.decided("fill.rounding")
        rounding = self.rounding or (decision[0] if decision else None)
        for contender, seats in sorted(count.placed.items()):
            names = count.tally.contender(contender).reserved
            if names is None or names >= -(-self.reserved * seats // 1):
                continue
            try:
                need = reserved_minimum(seats, self.reserved, rounding=rounding)
            except LawSilent as question:
                raise question.at(count.key("fill.rounding"), self.cite) from None
            if names < need:
                groups = ", ".join(self.groups) or say("the favoured groups")
                raise LawSilent(
                    say(
                        "{contender} has {names} names of {groups}, but {need} of its {seats} seats are theirs",
                        contender=contender,
                        names=names,
                        groups=groups,
                        need=need,
                        seats=seats,
                    )
                )

    def _leave_vacant(self, count: Count, missing: Mapping[str, int]) -> Count:
        decision = (self.short,) if self.short else count.decided(self.name)
        if decision != ("vacant",):
            lists = ", ".join(say("{c} by {n}", c=c, n=n) for c, n in sorted(missing.items()))
            raise LawSilent(
                say(
                    "a list has fewer names than seats ({lists}), and the law does not say what becomes of the seats",
                    lists=lists,
                ),
                options=("vacant",),
            )
        placed = {c: n - missing.get(c, 0) for c, n in count.placed.items()}
        return count.but(placed=placed, vacant=count.vacant + sum(missing.values()))

    def _facts(self, count: Count, missing: Mapping[str, int]) -> dict[str, object]:
        facts: dict[str, object] = {"order": self.order, "missing": dict(missing), "seats": dict(count.placed)}
        if self.jump is not None:
            facts["jump"], facts["jump_of"] = self.jump, self.jump_of
        if self.reserved is not None:
            facts["reserved"] = self.reserved
            facts["groups"] = list(self.groups)
            facts["minimum"] = {c: self.reserved * n for c, n in count.placed.items()}
            facts["rounding"] = self.rounding
        return facts

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who takes the seats, and what is reserved or missing."""
        facts = entry.facts
        text = say("persons: {order}", order=named(facts["order"]))
        if "jump" in facts:
            text += say(_JUMPS[facts["jump_of"]], share=percent(facts["jump"]))
        if facts["missing"]:
            text += say("; fewer names than seats: {missing}, vacant", missing=listed(facts["missing"]))
        if "reserved" in facts:
            sentence = "; {share} of each list's mandates for {groups}: {minimum}"
            groups = ", ".join(named(group) for group in facts["groups"])
            minimum = listed(facts["minimum"], spell)
            text += say(sentence, share=percent(facts["reserved"]), groups=groups, minimum=minimum)
            if facts["rounding"] is None and any(value.denominator > 1 for value in facts["minimum"].values()):
                text += say(" (the law does not say how to round)")
        out = [("fill", text)]
        out += [("seated", f"{line}: {listed(names)}") for line, names in facts.get("names", {}).items()]
        more = say("has more votes") if facts["order"] == "preference_votes" else say("stands higher on the list")
        for new, old in facts.get("moved", {}).items():
            out.append(("seated", say("{new} takes the place of {old}, who {more}", new=new, old=old, more=more)))
        return out


def reserved_minimum(seats: int, share: Fraction, *, rounding: str | None = None) -> int:
    """Return how many of a list's `seats` a representation rule reserves.

    Raises
    ------
    LawSilent
        The share of the seats is no whole number, and the law does not say how to round it.

    Examples
    --------
    >>> reserved_minimum(10, Fraction(3, 10))
    3
    >>> reserved_minimum(8, Fraction(3, 10), rounding="up")
    3
    """
    exactly = share * seats
    if exactly.denominator == 1:
        return exactly.numerator
    down = exactly.numerator // exactly.denominator
    if rounding not in ("up", "down"):
        raise LawSilent(
            say(
                "{share} of {seats} seats is {down} {exactly}; the law does not say how to round it",
                share=share,
                seats=seats,
                down=down,
                exactly=exactly - down,
            ),
            key="fill.rounding",
            options=("up", "down"),
        )
    return down + (rounding == "up")
