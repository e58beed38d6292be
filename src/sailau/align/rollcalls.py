"""Roll calls: who voted how on what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from sailau.align.codes import MEANINGS, UNRECORDED
from sailau.align.problems import InvalidRollCalls
from sailau.terms.errors import NotFound
from sailau.terms.speech import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Item:
    """What was voted on.

    Attributes
    ----------
    id : str
    day : date, optional
    session : str, optional
    issues : tuple of str
    title : str, optional
    bridge : str, optional
        The name that items share which ask the same question in different sessions.
    yes_means : str, optional
        What a yes stands for, where that needs saying.
    """

    id: str
    day: date | None = None
    session: str | None = None
    issues: tuple[str, ...] = ()
    title: str | None = None
    bridge: str | None = None
    yes_means: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RollCalls:
    """Votes by voter and item, in the order of their names, so that the order of a file never matters.

    Attributes
    ----------
    voters : tuple of str
    items : tuple of Item
    votes : array of int8, [voter, item]
        2 yes, 1 abstain, 0 no; below 0 no vote: -1 absent, -2 not a member, -3 not recorded.
    names, groups : mapping
        What a voter is called, and the party or bloc that it belongs to, where known.
    """

    voters: tuple[str, ...]
    items: tuple[Item, ...]
    votes: NDArray[np.int8]
    names: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    def index(self, voter: str) -> int:
        """Return the row of a voter, by id or by name.

        Raises
        ------
        NotFound
        """
        if voter in self.voters:
            return self.voters.index(voter)
        named = [key for key, name in self.names.items() if name.casefold() == voter.casefold()]
        if len(named) == 1 and named[0] in self.voters:
            return self.voters.index(named[0])
        raise NotFound("voter", voter, [*self.voters, *self.names.values()])

    def indices(self, voters: Sequence[str]) -> list[int]:
        """Return the rows of several voters.

        Raises
        ------
        InvalidRollCalls
            One of them is listed twice.
        """
        rows = [self.index(voter) for voter in voters]
        twice = sorted({self.voters[row] for row in rows if rows.count(row) > 1})
        if twice:
            raise InvalidRollCalls(
                say("{twice} is listed twice", twice=", ".join(twice)), hint=say("name each voter once")
            )
        return rows

    def where(self, keep: NDArray[np.bool_]) -> RollCalls:
        """Return the roll calls on some of the items."""
        items = tuple(item for item, kept in zip(self.items, keep, strict=True) if kept)
        return replace(self, items=items, votes=self.votes[:, keep])

    def of(self, voters: Sequence[str]) -> RollCalls:
        """Return the roll calls of some of the voters."""
        rows = sorted(self.indices(voters))
        return replace(self, voters=tuple(self.voters[row] for row in rows), votes=self.votes[rows])

    @property
    def n_votes(self) -> int:
        """How many votes were cast: yes, no and abstentions."""
        return int((self.votes >= 0).sum())


def roll_calls(
    votes: Iterable[tuple[str, str, str]],
    *,
    items: Iterable[Item] = (),
    names: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> RollCalls:
    """Make roll calls from (voter, item, vote), a vote being yes, abstain, no, absent or out.

    Raises
    ------
    InvalidRollCalls
        No votes, a vote that is none of these words, or a voter twice on an item.

    Examples
    --------
    >>> calls = roll_calls([("A", "1", "yes"), ("B", "1", "no"), ("A", "2", "abstain")])
    >>> calls.votes.tolist()
    [[2, 1], [0, -3]]
    """
    import numpy as np

    rows = list(votes)
    if not rows:
        raise InvalidRollCalls(say("no votes were given"))
    known = {item.id: item for item in items}
    voters = sorted({voter for voter, _, _ in rows})
    listed = sorted({item for _, item, _ in rows}, key=lambda name: order(known.get(name, Item(name))))
    row_of, column_of = {v: i for i, v in enumerate(voters)}, {v: i for i, v in enumerate(listed)}
    table = np.full((len(voters), len(listed)), UNRECORDED, dtype=np.int8)
    for voter, item, vote in rows:
        if vote not in MEANINGS:
            raise InvalidRollCalls(
                say("{voter} on {item}: {vote!r} is no vote", voter=voter, item=item, vote=vote),
                hint=say("one of {meanings}", meanings=", ".join(MEANINGS)),
            )
        cell = row_of[voter], column_of[item]
        if table[cell] != UNRECORDED:
            raise InvalidRollCalls(
                say("{voter} votes twice on {item}", voter=voter, item=item),
                hint=say("give one vote for each voter and item"),
            )
        table[cell] = MEANINGS[vote]
    found = tuple(known.get(name, Item(name)) for name in listed)
    return RollCalls(tuple(voters), found, table, names or {}, groups or {})


def order(item: Item) -> tuple[bool, date, tuple[int, int, str]]:
    """Return the key that puts items in order: by day, then by id, numbers as numbers."""
    return item.day is None, item.day or date.min, natural(item.id)


def natural(text: str) -> tuple[int, int, str]:
    """Return a key by which 9 comes before 10, and numbers before names."""
    return (0, int(text), text) if text.isascii() and text.isdigit() else (1, 0, text)
