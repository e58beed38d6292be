"""What must be known with a forecast: how little it rests on, which errors it holds, what polls do not tell."""

from __future__ import annotations

from collections import Counter

from sailau.votes.polls.fit import Fit, Scatter
from sailau.votes.polls.poll import Polls
from sailau.votes.polls.priors import ESTABLISHED

VANISHED = 5
"""Polls in a row without a contender, from which on it may be gone."""


def notes_of(found: Fit, error: float | None, spread: Scatter) -> list[str]:
    """Return what must be known of a fit, of the polling error asked for, and of the scatter of the polls."""
    return [*_said(found), _of_error(found, error), *_of_scatter(spread)]


def _said(found: Fit) -> list[str]:
    """Return what must be known of the fit."""
    polls, priors = found.polls.polls, found.priors
    houses = len(found.polls.houses)
    many = f"{len(polls)} poll{'s' if len(polls) != 1 else ''} of {houses} house{'s' if houses != 1 else ''}"
    notes = [f"{many}, {polls[0].start} to {max(p.end for p in polls)}, counting as {found.people:,.0f} people"]
    if found.few:
        notes.append(
            f"only {many}: too few to learn from, so wide priors stand in for how far shares walk and houses err"
        )
    notes += _vanished(found.polls)
    if not found.polls.anchors:
        many_enough = max(Counter(poll.house for poll in polls).values()) >= ESTABLISHED
        over = "the houses with three polls or more" if many_enough else "all houses"
        which = f"house effects add up to zero over {over}"
        notes.append(f"no election result anchors the polls: {which}, so an error that all share is not seen")
    if found.undecided_polls:
        notes.append(
            f"{found.day.undecided:.1%} are undecided; they are taken to vote like the others, give or take "
            f"{priors.late:.0%} of each share"
        )
    else:
        notes.append("no recent poll says how many are undecided; their doubt is not in the intervals")
    return notes


def _vanished(polls: Polls) -> list[str]:
    """Return who is told apart by none of the last polls: they may have merged, and shares alone cannot say so."""
    last = {name: max((p.end for p in polls.polls if name in p.shares), default=None) for name in polls.contenders[:-1]}
    gone = {name: end for name, end in last.items() if end and sum(p.end > end for p in polls.polls) >= VANISHED}
    return [
        f"no poll after {end} tells {name} apart; if it joined another, say so: --as {name}=…"
        for name, end in gone.items()
    ]


def _of_error(found: Fit, asked: float | None) -> str:
    """Return how large the error that all polls share is taken to be, and why."""
    gap = (found.election - max(poll.end for poll in found.polls.polls)).days
    if asked is not None:
        why = "as asked"
    elif found.few:
        why = "no less than Shirani-Mehr and others 2018 found"
    else:
        ahead = f"{gap} day{'s' if gap != 1 else ''} ahead" if gap > 0 else "on the eve"
        why = f"as in thirteen earlier elections {ahead}"
    return (
        f"intervals hold an error that all polls share, {found.priors.error or 0:.2g} points on average for a party "
        f"with half of the votes ({why})"
    )


def _of_scatter(spread: Scatter) -> list[str]:
    """Return what the scatter of the polls says."""
    if spread.is_herding:
        return [
            f"the polls scatter {spread.ratio:.0%} of what samples of their size do (chance {spread.chance:.1g}): "
            "they agree more than chance allows, which is a sign of herding; intervals keep the sampling error"
        ]
    return [f"the polls scatter {spread.ratio:.2f} times as much as simple samples of their size"]
