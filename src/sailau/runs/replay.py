"""Replay: the real votes under the law of the day, against the seats that the commission published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sailau.law.asked import Asked
from sailau.law.edition import Law
from sailau.law.library import load_law
from sailau.law.result import Result
from sailau.records.election import HOUSE, Election, total_of
from sailau.runs.compared import Part, partly
from sailau.seats.count import flat
from sailau.terms.errors import InvalidRecord, NotFound, Place, SailauError
from sailau.terms.shown import Shown
from sailau.terms.speech import coded, quoted, say, spoken
from sailau.terms.tally import NATION, second_round_of

_MARKS = ("exempt", "traits", "trait", "groups", "assured", "drop_first", "kinds")
"""Terms of steps that name marks of contenders."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A contender whose seats were counted otherwise than published."""

    tier: str
    area: str
    contender: str
    counted: int
    official: int


@dataclass(frozen=True)
class Replay(Shown):
    """An election counted again.

    Attributes
    ----------
    election : Election
    law : Law
    result : Result, optional
        None when the law did not lead to an outcome; `question` then says why.
    differences : tuple of Difference
    question : SailauError, optional
    compared : int
        Seats that were counted from votes and compared.
    declared : int
        Seats taken over because their votes are not published.
    """

    election: Election
    law: Law
    result: Result | None
    differences: tuple[Difference, ...]
    question: SailauError | None
    compared: int
    declared: int

    @property
    def matches(self) -> bool:
        """Say whether every compared seat came out as published."""
        return self.question is None and not self.differences and self.compared > 0

    @property
    def parts(self) -> Mapping[str, Part]:
        """Tiers whose districts seats.csv names in part: how many are compared, and how many were counted."""
        return partly(self.election.official, self.result, self.election.declared) if self.result else {}

    @property
    def in_part(self) -> bool:
        """Say whether seats were counted that no official figure is held against, be it a total."""
        return any(not part.total for part in self.parts.values())

    @property
    def fitted(self) -> bool:
        """Say whether a rule of the edition was settled by the seats of this election."""
        return self.election.id in self.law.fitted

    @property
    def proves(self) -> bool:
        """Say whether a match proves anything: somebody read the figures, and no rule was settled by them."""
        return self.matches and not self.election.unread and not self.fitted

    @property
    def moved(self) -> int:
        """Seats that went to others than published, or were not given, in the finest comparison there is."""
        places: dict[tuple[str, str], tuple[int, int]] = {}
        for d in self.differences:
            more, less = places.get((d.tier, d.area), (0, 0))
            places[d.tier, d.area] = more + max(d.counted - d.official, 0), less + max(d.official - d.counted, 0)
        tiers: dict[str, int] = {}
        for (tier, area), ways in places.items():
            key = f"{tier} {area == NATION}"
            tiers[key] = tiers.get(key, 0) + max(ways)
        return max(tiers.values(), default=0)

    @property
    def unasked(self) -> tuple[str, ...]:
        """Marks of contenders that no step of the law asks for: misspelt, or of another law."""
        borne = {trait for marks in self.election.tally.contenders.values() for trait in marks.traits}
        return tuple(sorted(borne - self.asked))

    @property
    def asked(self) -> frozenset[str]:
        """Marks of contenders that steps of the law ask for."""
        steps = [step for tier in self.law.tiers for step in flat(tier.steps)]
        named = [getattr(step, term, None) or () for step in steps for term in _MARKS]
        return frozenset(mark for names in named for mark in ((names,) if isinstance(names, str) else names))

    @property
    def noted(self) -> str | None:
        """The cause that the record names, in the language spoken, where as many seats differ as it says."""
        if self.election.inexact is None or self.election.inexact != self.moved:
            return None
        lang = spoken()
        if lang in self.election.inexact_in:
            return quoted(self.election.inexact_in[lang], lang)
        return next((note for note in self.election.notes if note.startswith("Not exact:")), None)

    @property
    def fails(self) -> bool:
        """Say whether the count went otherwise than published, and the record does not know why."""
        return (self.question is not None or bool(self.differences)) and self.noted is None

    @property
    def house(self) -> dict[str, int]:
        """Seats of the whole house by party: counted, appointed and declared."""
        total = self.election.declared_seats()
        if self.result:
            for count in self.result.counts.values():
                for contender, n in count.total_placed().items():
                    party = self.election.tally.party(contender)
                    total[party] = total.get(party, 0) + n
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))


def replay(election: Election, *, law: Law | None = None, folders: Sequence[Path] = ()) -> Replay:
    """Count an election under the law of its day and compare with the official seats.

    Parameters
    ----------
    election : Election
    law : Law, optional
        The law to count under; by default the edition in force on the day.
    folders : sequence of Path, optional
        Folders of a user's own laws.

    Returns
    -------
    Replay
        `matches`, `differences`, and the number of seats `compared` and `declared`. Where the law does not lead to an
        outcome, `question` is the reason.

    Raises
    ------
    NotFound
        No law of that name, or no edition in force on the day.

    Examples
    --------
    >>> from sailau import load_election
    >>> seen = replay(load_election("kz/mazhilis/2023-03-19"))
    >>> seen.matches, seen.compared, seen.declared
    (True, 69, 29)
    """
    law = law or law_of(election, folders=folders)
    declared = sum(election.declared_seats().values())
    try:
        _check_tiers(election, law)
        _check_magnitudes(election, law)
        result = law.count(election.tally, decisions=election.decisions)
        _check_areas(election, result)
        _check_decisions(election, result)
    except SailauError as question:
        return Replay(election, law, None, (), question, 0, declared)
    differences, compared = _compare(election, result)
    return Replay(election, law, result, tuple(differences), None, compared, declared)


def _check_tiers(election: Election, law: Law) -> None:
    """Refuse votes and seats of tiers that the law does not have: a name written otherwise would count for nothing."""
    names = [tier.name for tier in law.tiers]
    steps = [step for tier in law.tiers for step in flat(tier.steps)]
    other = {tier.votes for tier in law.tiers} | {getattr(s, "parts", None) for s in steps}
    other |= {getattr(step, "persons", None) for step in steps}
    known = {*names, *map(second_round_of, names), *other, HOUSE}
    told = (("votes", election.tally.tiers), ("seats", election.official), ("seats", election.declared))
    for what, tiers in told:
        for name in sorted(tiers):
            if name not in known and (name not in election.declared or name not in election.official):
                missing = NotFound("tier", name, names)
                raise InvalidRecord(
                    say(
                        "{election} has {what} of {tier}, but {law} has no such tier",
                        election=election.id,
                        what=coded(what),
                        tier=name,
                        law=law,
                    ),
                    hint=missing.hint or say("its tiers: {names}", names=", ".join(names)),
                )


def _check_magnitudes(election: Election, law: Law) -> None:
    """Refuse numbers of seats in the record that are not those of the law: one of the two is wrong."""
    for tier in law.tiers:
        ballots = election.tally.tiers.get(tier.name)
        fixed = {**tier.magnitudes, **({} if tier.seats is None else {NATION: tier.seats})}
        for area, n in sorted(ballots.seats.items() if ballots else ()):
            if fixed.get(area, n) != n:
                sentence = "{election}: {area} of {tier} has {n} seats in the record, and {fixed} in {law}"
                what = say(sentence, election=election.id, area=area, tier=tier.name, n=n, fixed=fixed[area], law=law)
                raise InvalidRecord(what, hint=say("correct one of them; the law's number needs no row in the record"))


def _check_areas(election: Election, result: Result) -> None:
    """Refuse official seats of a district that was not counted: its name is written otherwise."""
    for tier, areas in election.official.items():
        if tier in election.declared:
            continue
        counts = list(result.counts.values()) if tier == HOUSE else [c for c in [result.counts.get(tier)] if c]
        known = {NATION, *(area for count in counts for area in count.areas)}
        for area in sorted(areas.keys() - known):
            missing = NotFound("district", area, sorted(known - {NATION}))
            what = say("{election}: seats.csv has a district {area} of {tier}, which has no votes",
                       election=election.id, area=area, tier=tier)  # fmt: skip
            raise InvalidRecord(what, hint=missing.hint)


def _check_decisions(election: Election, result: Result) -> None:
    """Refuse decisions on record that no step asks for: a key written otherwise would decide nothing."""
    wanted = result.decisions.wanted if isinstance(result.decisions, Asked) else set()
    for key in result.idle:
        asked = say("asked for: {keys}", keys=", ".join(sorted(wanted)))
        raise InvalidRecord(
            say("decisions: {key} is decided, but no step of {law} asks for it", key=key, law=result.law),
            place=Place(str(Path(election.path) / "election.yaml")) if election.path else None,
            hint=asked if wanted else say("the law leaves nothing open here: leave the decision out"),
        )


def law_of(election: Election, *, folders: Sequence[Path] = ()) -> Law:
    """Return the edition of the law that an election was held under.

    Raises
    ------
    InvalidRecord
        The election is an id or a path, not an election.
    """
    given: object = election
    if not isinstance(given, Election):
        what = say("{given!r} is no election", given=given)
        raise InvalidRecord(what, hint=say("load it first: sl.load_election(ID), or sl.read_election(FOLDER)"))
    return load_law(election.law, on=None if "@" in election.law else election.day, folders=folders)


def _compare(election: Election, result: Result) -> tuple[list[Difference], int]:
    out: list[Difference] = []
    for tier, areas in election.official.items():
        if tier in election.declared:
            continue
        for area, official in areas.items():
            counted = _counted(election, result, tier, area)
            known = _by_party(election, official) if area == NATION or tier == HOUSE else dict(official)
            for contender in sorted({*counted, *known}):
                pair = counted.get(contender, 0), known.get(contender, 0)
                if pair[0] != pair[1]:
                    out.append(Difference(tier, area, contender, *pair))
    compared = total_of(election.official, without=election.declared)
    if HOUSE in election.official:
        compared -= sum(election.declared_seats().values())
    return out, compared


def _counted(election: Election, result: Result, tier: str, area: str) -> dict[str, int]:
    if tier == HOUSE and area != NATION:
        tiers = [count.areas[area] for count in result.counts.values() if area in count.areas]
        return _by_party(election, *(part.total_placed() for part in tiers))
    if tier == HOUSE:
        parts = [count.total_placed() for count in result.counts.values()]
        return _by_party(election, *parts, election.declared_seats())
    count = result.counts.get(tier)
    if count is None:
        return {}
    if area == NATION:
        return _by_party(election, count.total_placed())
    part = count.areas.get(area)
    return dict(part.total_placed()) if part else {}


def _by_party(election: Election, *parts: Mapping[str, int]) -> dict[str, int]:
    total: dict[str, int] = {}
    for seats in parts:
        for contender, n in seats.items():
            party = election.tally.party(contender)
            total[party] = total.get(party, 0) + n
    return total
