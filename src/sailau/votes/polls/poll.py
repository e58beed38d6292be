"""Polls as values: who asked how many people when, and what they said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from sailau.terms.errors import Invalid, NotFound

OTHERS = "others"
"""Everybody whom a poll does not name; always one of the contenders of a set of polls."""


@dataclass(frozen=True, slots=True)
class Poll:
    """One poll.

    Attributes
    ----------
    start, end : date
        First and last day of the fieldwork.
    house : str
    shares : mapping of str to Fraction
        Of those who named a contender, adding up to one. A contender that is not listed was not told apart: it is part
        of `others`.
    mode : str
        How people were asked; empty where nobody says.
    n : int, optional
        Respondents, the undecided among them.
    undecided : Fraction, optional
        Share of respondents who named nobody; None where nothing is said about them.
    """

    start: date
    end: date
    house: str
    shares: Mapping[str, Fraction]
    mode: str = ""
    n: int | None = None
    undecided: Fraction | None = None

    def __post_init__(self) -> None:
        """Refuse what is no poll."""
        if self.end < self.start:
            raise Invalid(f"the poll of {self.house} ends on {self.end}, before it begins on {self.start}")
        total = sum(self.shares.values(), Fraction(0))
        if total != 1 or min(self.shares.values(), default=Fraction(-1)) < 0:
            raise Invalid(f"the shares of {self.house}, {self.end}, add up to {float(total):.4f}, not to one")
        if self.n is not None and self.n < 1:
            raise Invalid(f"the poll of {self.house}, {self.end}, has {self.n} respondents; a number from 1 on")
        if self.undecided is not None and not 0 <= self.undecided < 1:
            raise Invalid(f"{float(self.undecided):.1%} undecided in the poll of {self.house}, {self.end}")

    @property
    def middle(self) -> date:
        """The day in the middle of the fieldwork, to which its answers belong."""
        return self.start + timedelta(days=(self.end - self.start).days // 2)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An election result: what polls of that day should have said, without sampling error and without a house.

    Attributes
    ----------
    day : date
    shares : mapping of str to Fraction
    """

    day: date
    shares: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Polls:
    """The polls before one election.

    Attributes
    ----------
    contenders : tuple of str
        In the order of the file, `others` last.
    polls : tuple of Poll
        In the order of their days.
    anchors : tuple of Anchor
        Election results that the walk passes through.
    """

    contenders: tuple[str, ...]
    polls: tuple[Poll, ...]
    anchors: tuple[Anchor, ...] = field(default=())

    @classmethod
    def of(cls, polls: Sequence[Poll], anchors: Sequence[Anchor] = ()) -> Polls:
        """Return polls in the order of their days, with the contenders that any of them names.

        Raises
        ------
        Invalid
            There is no poll, or only one contender.
        """
        if not polls:
            raise Invalid("no polls: nothing can be forecast from nothing")
        named = dict.fromkeys(name for poll in polls for name in poll.shares if name != OTHERS)
        for anchor in anchors:
            unknown = sorted(set(anchor.shares) - set(named) - {OTHERS})
            if unknown:
                raise Invalid(f"the result of {anchor.day} names {', '.join(unknown)}, whom no poll names")
        contenders = (*named, OTHERS)
        if len(contenders) < 2:
            raise Invalid("the polls name no contender")
        order = sorted(polls, key=lambda poll: (poll.middle, poll.end, poll.house))
        return cls(contenders, tuple(order), tuple(sorted(anchors, key=lambda anchor: anchor.day)))

    @property
    def houses(self) -> tuple[str, ...]:
        """The houses, by name."""
        return tuple(sorted({poll.house for poll in self.polls}))

    @property
    def modes(self) -> tuple[str, ...]:
        """The modes that are told, by name."""
        return tuple(sorted({poll.mode for poll in self.polls if poll.mode}))

    def renamed(self, names: Mapping[str, str]) -> Polls:
        """Return the polls with contenders under other names; several under one name are one contender (a merger).

        A poll that tells only some of those who merged apart does not tell the merged one apart: it is part of its
        others.

        Raises
        ------
        NotFound
            No poll names one of them.
        """
        for name in names:
            if name not in self.contenders:
                raise NotFound("contender of the polls", name, self.contenders)

        def turn(shares: Mapping[str, Fraction]) -> dict[str, Fraction]:
            return _turned(shares, names)

        polls = [replace(poll, shares=turn(poll.shares)) for poll in self.polls]
        return Polls.of(polls, [replace(anchor, shares=turn(anchor.shares)) for anchor in self.anchors])

    def merged(self, names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        """Return who is one contender under other names, by the new name: those who are more than one."""
        called: dict[str, list[str]] = {}
        for name in self.contenders:
            called.setdefault(names.get(name, name), []).append(name)
        return {name: tuple(parts) for name, parts in called.items() if len(parts) > 1}

    def divided(self, name: str, parts: Mapping[str, Fraction]) -> Polls:
        """Return the polls with one contender as several, who have fixed parts of its share.

        Parameters
        ----------
        name : str
        parts : mapping of str to Fraction
            They add up to 1.

        Raises
        ------
        NotFound
            No poll names the contender.
        Invalid
            A part is a contender of the polls already, or the parts do not add up.
        """
        if name not in self.contenders:
            raise NotFound("contender of the polls", name, self.contenders)
        if sum(parts.values()) != 1:
            raise Invalid(f"the parts of {name} add up to {sum(parts.values())}, not to 1")
        for part in parts:
            if part in self.contenders and part != name:
                raise Invalid(f"{part} is a part of {name}, and a contender of its own in the polls")

        def turn(shares: Mapping[str, Fraction]) -> dict[str, Fraction]:
            whole = shares.get(name)
            rest = {other: share for other, share in shares.items() if other != name}
            return rest if whole is None else {**rest, **{part: whole * of for part, of in parts.items()}}

        polls = [replace(poll, shares=turn(poll.shares)) for poll in self.polls]
        return Polls.of(polls, [replace(anchor, shares=turn(anchor.shares)) for anchor in self.anchors])

    def until(self, day: date) -> Polls:
        """Return the polls whose fieldwork was over by a day."""
        kept = [poll for poll in self.polls if poll.end <= day]
        if not kept:
            raise Invalid(f"no poll ended by {day}; the first one ended on {min(poll.end for poll in self.polls)}")
        return Polls.of(kept, [anchor for anchor in self.anchors if anchor.day <= day])


def _turned(shares: Mapping[str, Fraction], names: Mapping[str, str]) -> dict[str, Fraction]:
    """Return shares under other names; who bore the new name already stands for all whose name it becomes."""
    out: dict[str, Fraction] = {}
    for name, share in shares.items():
        new = names.get(name, name)
        out[new] = out.get(new, Fraction(0)) + share
    for new in {new for new in names.values() if new in out and new not in shares}:
        parts = [name for name, called in names.items() if called == new]
        if not all(part in shares for part in parts):
            out[OTHERS] = out.get(OTHERS, Fraction(0)) + out.pop(new)
    return out
