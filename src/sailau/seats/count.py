"""The state that the steps of a law hand on: who still takes part, what is placed, what the trail says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from sailau.terms.errors import InvalidVotes, MissingFigure, Undecided
from sailau.terms.speech import coded, say
from sailau.terms.tally import AGAINST_ALL, BLANK, INVALID, LINES, NATION, OTHERS, Ballots, Tally
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import votes_first

Decisions = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Count:
    """One tier, or one area of it, in the middle of being counted.

    Attributes
    ----------
    tally : Tally
    ballots : Ballots
        The votes that this tier counts; those of another tier where it compensates.
    tier, area : str
        `area` is ``nation`` for the tier as a whole.
    seats : int
        Seats to fill here.
    votes : mapping of str to int
        The lines that still take part.
    cast : mapping of str to int
        All lines as they were counted; bases are formed from them.
    placed : mapping of str to int
        Seats placed here so far (those of `areas` not included).
    areas : mapping of str to Count
        The districts of the tier.
    in_districts : bool
        Whether these areas have seats of their own; those of a nationwide tier only say where its votes come from.
    done : mapping of str to Count
        Tiers that were counted before.
    decisions : mapping
        What was decided from outside where the law leaves it open, by key.
    trail : tuple of Entry, or None
        None while nobody asked for reasons.
    below : mapping of str to int
        Contenders that a threshold put out.
    admitted : mapping of str to Any
        Contenders let in by a guarantee, with its terms.
    pools : mapping of str to tuple of str
        Contenders counted as one, by the name of the pool.
    by_region : mapping of str to mapping of str to int
        Seats placed for the whole tier whose region is settled and whose district is not yet.
    vacant, extra : int
        Seats that the law leaves vacant, and seats it adds (overhang).
    due : mapping of str to int
        Seats that a list is due here in all tiers together, before those won in other tiers are taken off.
    floor : mapping of str to int
        Seats below which a list cannot fall here.
    handed_on : int
        Seats that nobody won here and a later tier may take over; a district still counts them among its `seats`.
    carried : bool
        Whether the votes here are those that another tier left over, not those that were cast.
    rested : mapping of str to mapping of str to int
        Seats that steps for what is left over gave, by the way in which they gave them.
    persons : mapping of str to tuple of str
        Who takes the seats of a list here, where the ballots say it.
    """

    tally: Tally
    ballots: Ballots
    tier: str
    area: str
    seats: int
    votes: Mapping[str, int]
    cast: Mapping[str, int]
    placed: Mapping[str, int] = field(default_factory=dict)
    areas: Mapping[str, Count] = field(default_factory=dict)
    done: Mapping[str, Count] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=dict)
    trail: tuple[Entry, ...] | None = None
    below: Mapping[str, int] = field(default_factory=dict)
    admitted: Mapping[str, Any] = field(default_factory=dict)
    pools: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_region: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    vacant: int = 0
    extra: int = 0
    due: Mapping[str, int] = field(default_factory=dict)
    floor: Mapping[str, int] = field(default_factory=dict)
    handed_on: int = 0
    carried: bool = False
    in_districts: bool = False
    rested: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    persons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def but(self, **changes: Any) -> Count:
        """Return the same count with some fields changed."""
        # Steps hand the state on many times a count; copying the fields as a whole is ten times faster than `replace`.
        new = object.__new__(Count)
        new.__dict__.update(self.__dict__)
        new.__dict__.update(changes)
        return new

    def key(self, step: str) -> str:
        """Return the name under which a decision for this step in this area is given."""
        return f"{self.tier}.{step}" if self.area == NATION else f"{self.tier}.{self.area}.{step}"

    def decided(self, step: str) -> tuple[str, ...] | None:
        """Return the decision from outside for this step, if one was given."""
        return self.decisions.get(self.key(step)) if self.decisions else None

    def note(self, key: str, cite: str, make: Callable[[], tuple[Mapping[str, Any], Sequence[Cause]]]) -> Count:
        """Add an entry to the trail when there is one; `make` returns its facts and causes."""
        if self.trail is None:
            return self
        facts, causes = make()
        entry = Entry(key, cite, self.tier, self.area, facts, dict(self.placed), tuple(causes))
        return self.but(trail=(*self.trail, entry))

    def place(self, seats: Mapping[str, int]) -> Count:
        """Add seats to those placed here."""
        if not self.placed:
            return self.but(placed={c: n for c, n in seats.items() if n})
        total = dict(self.placed)
        for contender, n in seats.items():
            if n:
                total[contender] = total.get(contender, 0) + n
        return self.but(placed=total)

    def total_placed(self) -> dict[str, int]:
        """Return the seats placed in the whole tier, districts included."""
        total = dict(self.placed)
        for part in self.areas.values():
            for contender, n in part.total_placed().items():
                total[contender] = total.get(contender, 0) + n
        return total

    def contenders(self) -> dict[str, int]:
        """Return the lines that can win a seat."""
        return {line: n for line, n in self.votes.items() if line not in LINES}

    def left(self) -> int:
        """Return the seats still to be placed here."""
        return self.seats + self.extra - self.vacant - sum(self.total_placed().values())

    def base(self, of: str) -> int:
        """Return the base of a share.

        Parameters
        ----------
        of : str
            registered, voters, ballots, valid, list_votes, standing or standing_and_blank. Where a tally gives no
            figure for `valid` it is the sum of its lines, `against all` and `blank` included; `ballots` then adds the
            invalid ones.

        Raises
        ------
        MissingFigure
            The tally does not hold the figure.
        """
        if of == "standing":
            return sum(self.contenders().values())
        if of == "standing_and_blank":
            return sum(self.contenders().values()) + self.cast.get(BLANK, 0)
        if of == "list_votes":
            return sum(n for line, n in self.cast.items() if line not in LINES)
        given = self.ballots.total(self.area, of)
        if given is None and of == "valid":
            given = sum(n for line, n in self.cast.items() if line != INVALID)
        if given is None and of == "valid_for_contenders":
            given = self.base("valid") - self.cast.get(BLANK, 0) - self.cast.get(AGAINST_ALL, 0)
        if given is None and of == "ballots":
            invalid = self.ballots.total(self.area, "invalid")
            invalid = self.cast.get(INVALID) if invalid is None else invalid
            given = None if invalid is None else self.base("valid") + invalid
        if given is None:
            where = say("the whole") if self.area == NATION else self.area
            raise MissingFigure(
                say(
                    "the law takes a share of {of}, but the tally of {tier} has no such figure for {where}",
                    of=coded(of),
                    tier=coded(self.tier),
                    where=where,
                ),
                hint=say(
                    "give it with the votes, for instance Tally.of(votes, {of}=…), or as a row {of!r} of the file",
                    of=of,
                ),
            )
        return given


class Step(Protocol):
    """One clause of the law.

    A step is pure and exact; it adds one entry to the trail; it loses no seat; it decides a tie by a named rule or
    raises DrawRequired; it ignores the order of contenders.
    """

    name: ClassVar[str]

    @property
    def cite(self) -> str:
        """The clause that the step follows."""
        ...

    def apply(self, count: Count) -> Count:
        """Return the count after this clause."""
        ...


def run(steps: Sequence[Step], count: Count) -> Count:
    """Apply the steps one after the other; an open question is named after the step that met it."""
    for step in steps:
        try:
            count = step.apply(count)
        except Undecided as question:
            raise question.at(count.key(step.name), step.cite) from None
        except InvalidVotes as fault:
            raise fault.of(count.tier, count.area) from None
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """Apply steps in every district on its own.

    Attributes
    ----------
    steps : tuple of Step
    """

    name: ClassVar[str] = "each"
    steps: tuple[Step, ...]
    cite: str = ""

    def apply(self, count: Count) -> Count:
        """Return the count with the steps applied in each of its areas."""
        return each_area(count, lambda part: run(self.steps, part))


def flat(steps: Sequence[Step]) -> list[Step]:
    """Return the steps with those mapped over districts among them."""
    return [inner for step in steps for inner in (flat(step.steps) if isinstance(step, Each) else (step,))]


def each_area(count: Count, change: Callable[[Count], Count]) -> Count:
    """Return the count with `change` applied to each area; seats that these leave vacant or add count in the whole."""
    if not count.areas:
        return change(count)
    trail, areas, vacant, extra = count.trail, {}, count.vacant, count.extra
    for name in sorted(count.areas):
        before = count.areas[name]
        part = change(in_area(count, name).but(trail=trail))
        trail = part.trail
        vacant, extra = vacant + part.vacant - before.vacant, extra + part.extra - before.extra
        areas[name] = part.but(trail=None)
    return count.but(areas=areas, trail=trail, vacant=vacant, extra=extra)


def in_area(count: Count, name: str) -> Count:
    """Return an area as its own steps meet it: with those that still take part in the whole, on the same terms."""
    part = count.areas[name]
    standing = part.votes if part.votes.keys() <= count.votes.keys() else _only(part.votes, count.votes)
    return part.but(votes=standing, admitted=count.admitted)


def _only(votes: Mapping[str, int], standing: Mapping[str, int]) -> dict[str, int]:
    return {line: n for line, n in votes.items() if line in standing}


def start(
    tally: Tally,
    ballots: Ballots,
    tier: str,
    seats: int,
    magnitudes: Mapping[str, int],
    *,
    done: Mapping[str, Count],
    decisions: Decisions,
    trail: tuple[Entry, ...] | None,
) -> Count:
    """Return the count of a tier before its first step; lines of `others` are cast, but do not stand."""
    aside = {name for name, marks in tally.contenders.items() if marks.kind == OTHERS}
    if set(ballots.votes) <= {NATION} and not magnitudes:
        votes = _in_order(ballots.votes.get(NATION, {}))
        standing = _without(votes, aside)
        return Count(tally, ballots, tier, NATION, seats, standing, votes, done=done, decisions=decisions, trail=trail)
    total: dict[str, int] = {}
    for lines in ballots.votes.values():
        for line, n in lines.items():
            total[line] = total.get(line, 0) + n
    areas = {
        area: Count(
            tally,
            ballots,
            tier,
            area,
            magnitudes.get(area, 0),
            _without(votes, aside),
            votes,
            done=done,
            decisions=decisions,
        )
        for area, votes in ((area, _in_order(ballots.votes[area])) for area in sorted(ballots.votes))
    }
    total = _in_order(total)
    standing = _without(total, aside)
    whole = Count(tally, ballots, tier, NATION, seats, standing, total, done=done, decisions=decisions, trail=trail)
    return whole.but(areas=areas, in_districts=bool(magnitudes))


def _in_order(votes: Mapping[str, int]) -> dict[str, int]:
    """Return the lines with the most votes first, so that no reason depends on how a file was sorted."""
    if all(type(n) is int for n in votes.values()):
        return votes_first(votes)
    return dict(votes)  # numbers that move with the votes: to compare them here would count as a step of the law


def _without(votes: Mapping[str, int], aside: Collection[str]) -> Mapping[str, int]:
    return {line: n for line, n in votes.items() if line not in aside} if aside else votes
