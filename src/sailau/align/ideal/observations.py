"""Votes as the model sees them: one cell for each voter and period, items that tell voters apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sailau.align.problems import NotEstimable, NotPlaced
from sailau.align.rollcalls import RollCalls, natural
from sailau.terms.speech import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

STATIC = "all"


@dataclass(frozen=True, slots=True, eq=False)
class Dropped:
    """What was left out before the estimation: items on which nearly all agree, voters with few votes."""

    items: tuple[str, ...] = ()
    voters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """Votes as flat arrays.

    Attributes
    ----------
    voters, periods, items : tuple of str
        Items that are bridged carry the name of their bridge.
    voter, period, item, vote : arrays of int, one entry a vote
        A vote is 0 no, 1 abstain, 2 yes.
    three : array of bool, one entry an item
        Whether all three votes occur; the others have two.
    lower, upper : arrays of float, one entry a vote
        Between which thresholds the latent utility lies: 0 and 1 part three votes, 0 parts two.
    spans : array of bool, [item, period]
        In which periods an item was voted on.
    """

    voters: tuple[str, ...]
    periods: tuple[str, ...]
    items: tuple[str, ...]
    voter: Ints
    period: Ints
    item: Ints
    vote: Ints
    three: NDArray[np.bool_]
    lower: Floats
    upper: Floats
    spans: NDArray[np.bool_]
    dropped: Dropped = Dropped()

    @property
    def cell(self) -> Ints:
        """The number of the voter and period of each vote."""
        return self.voter * len(self.periods) + self.period

    @property
    def n_cells(self) -> Ints:
        """How many votes each voter has in each period, ``[voter, period]``."""
        import numpy as np

        shape = len(self.voters), len(self.periods)
        return np.bincount(self.cell, minlength=shape[0] * shape[1]).reshape(shape)

    def recast(self, vote: Ints) -> Observations:
        """Return the same voters and items with other votes."""
        three, lower, upper = _thresholds(self.item, vote, len(self.items))
        return replace(self, vote=vote, three=three, lower=lower, upper=upper)


def observe(
    calls: RollCalls,
    *,
    dynamic: bool = False,
    bridges: Mapping[str, str] | None = None,
    lopsided: float = 0.025,
    min_votes: int = 20,
    abstain: str = "middle",
) -> Observations:
    """Return the votes that positions are estimated from.

    Parameters
    ----------
    calls : RollCalls
    dynamic : bool, optional
        One position a session rather than one for all.
    bridges : mapping, optional
        Item to the name that it shares with items of other sessions.
    lopsided : float, optional
        Items whose commonest vote leaves no larger share than this are left out.
    min_votes : int, optional
        Voters with fewer votes on the items that are left are left out.
    abstain : str, optional
        ``middle`` between yes and no, or ``drop``.

    Raises
    ------
    NotPlaced
        An item without a session, where positions move.
    NotEstimable
        Fewer than two voters or items are left.
    """
    import numpy as np

    if abstain not in ("middle", "drop"):
        raise NotEstimable(say("abstain is {abstain!r}", abstain=abstain), hint=say("middle or drop"))
    voter, column = np.nonzero((calls.votes >= 0) & ((calls.votes != 1) | (abstain == "middle")))
    vote = calls.votes[voter, column].astype(np.int64)
    names, item_of = _merge([item.id for item in calls.items], bridges or {})
    periods, period_of = _periods(calls, dynamic=dynamic)
    item, period = item_of[column], period_of[column]
    keep, dropped_items = _telling(item, vote, len(names), lopsided)
    item, vote, voter, period = item[keep], vote[keep], voter[keep], period[keep]
    cast = np.bincount(np.nonzero(calls.votes >= 0)[0], minlength=len(calls.voters))
    enough = np.bincount(voter, minlength=len(calls.voters)) >= min_votes
    few = tuple(name for name, kept, n in zip(calls.voters, enough, cast, strict=True) if n and not kept)
    kept = enough[voter]
    item, vote, voter, period = item[kept], vote[kept], voter[kept], period[kept]
    voters, voter = _renumber(calls.voters, voter)
    items, item = _renumber(names, item)
    if len(voters) < 2 or len(items) < 2:
        what = say("{voters} voters and {items} items are left", voters=len(voters), items=len(items))
        raise NotEstimable(what, hint=say("lower min_votes or lopsided, or give more roll calls"))
    spans = np.zeros((len(items), len(periods)), dtype=bool)
    spans[item, period] = True
    thresholds = _thresholds(item, vote, len(items))
    dropped = Dropped(tuple(names[k] for k in dropped_items), few)
    return Observations(voters, periods, items, voter, period, item, vote, *thresholds, spans, dropped)


def _merge(ids: Sequence[str], bridges: Mapping[str, str]) -> tuple[tuple[str, ...], Ints]:
    """Return the names of items, bridged ones once, and the number of each column's item."""
    import numpy as np

    unknown = sorted(set(bridges) - set(ids))
    if unknown:
        hint = say("{n:,} such items; give bridges of items that have votes", n=len(unknown))
        raise NotPlaced(say("the bridge of {item!r} leads to no item", item=unknown[0]), unknown, hint=hint)
    names = [f"={bridges[name]}" if name in bridges else name for name in ids]
    number = {name: k for k, name in enumerate(dict.fromkeys(names))}
    return tuple(number), np.array([number[name] for name in names], dtype=np.int64)


def _periods(calls: RollCalls, *, dynamic: bool) -> tuple[tuple[str, ...], Ints]:
    import numpy as np

    if not dynamic:
        return (STATIC,), np.zeros(len(calls.items), dtype=np.int64)
    lost = [item.id for item in calls.items if item.session is None]
    if lost:
        what = say("{n:,} items have no session, for instance {first!r}", n=len(lost), first=lost[0])
        raise NotPlaced(what, lost, hint=say("give a file of items with a column session, or leave dynamic out"))
    names = tuple(sorted({item.session for item in calls.items if item.session}, key=natural))
    number = {name: k for k, name in enumerate(names)}
    return names, np.array([number[item.session or ""] for item in calls.items], dtype=np.int64)


def _telling(item: Ints, vote: Ints, n: int, lopsided: float) -> tuple[NDArray[np.bool_], list[int]]:
    """Return the votes on items that part the voters, and the items that do not."""
    import numpy as np

    counts = np.bincount(item * 3 + vote, minlength=n * 3).reshape(n, 3)
    total = counts.sum(axis=1)
    rest = total - counts.max(axis=1)
    telling = (rest > lopsided * total) & (rest > 0)
    return telling[item], [int(k) for k in np.flatnonzero(~telling & (total > 0))]


def _renumber(names: Sequence[str], numbers: Ints) -> tuple[tuple[str, ...], Ints]:
    import numpy as np

    used, fresh = np.unique(numbers, return_inverse=True)
    return tuple(names[k] for k in used), fresh.astype(np.int64)


def _thresholds(item: Ints, vote: Ints, n: int) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """Return which items have three votes, and the thresholds below and above each vote."""
    import numpy as np

    counts = np.bincount(item * 3 + vote, minlength=n * 3).reshape(n, 3)
    three = np.asarray((counts > 0).all(axis=1))
    lowest = np.argmax(counts > 0, axis=1)
    lowest[(counts[:, :2] == 0).all(axis=1)] = 0  # an item with nothing but yes lies above its threshold
    inner = three[item]
    under = np.asarray(vote == np.where(inner, 0, lowest[item]))
    over = np.asarray(np.where(inner, vote == 2, ~under), dtype=np.bool_)
    lower = np.where(under, -np.inf, np.where(inner & over, 1.0, 0.0))
    upper = np.where(over, np.inf, np.where(inner & ~under, 1.0, 0.0))
    return three, lower, upper
