"""One row of a file becomes one poll: what its shares are shares of, and what it does not name."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from sailau.files.counts import Fault
from sailau.votes.polls.poll import OTHERS

TOLERANCE = Fraction(15, 1000)
"""How far rounded shares may miss the whole."""


@dataclass(slots=True)
class Row:
    """The shares of a row, each as a fraction of the whole that the file uses.

    Attributes
    ----------
    named : dict of str to Fraction
        Contenders that the poll tells apart.
    rest, undecided, abstain : Fraction, optional
        Others, undecided, those who would not vote; None where the row does not tell.
    blank : bool
        Whether the row leaves contenders out that other rows name: the rest may be theirs.
    notes : list of Fault
        What was done to it, each with the share that it is about.
    """

    named: dict[str, Fraction] = field(default_factory=dict)
    rest: Fraction | None = None
    undecided: Fraction | None = None
    abstain: Fraction | None = None
    blank: bool = False
    notes: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a row says of those who named a contender, and how large a part of all who were asked they are."""

    shares: dict[str, Fraction]
    undecided: Fraction | None
    voting: Fraction


def is_of_all(row: Row) -> bool | None:
    """Say whether shares add up to the whole with the undecided, not without; None where a row has none of them."""
    besides = (row.undecided or Fraction(0)) + (row.abstain or Fraction(0))
    if not besides:
        return None
    return sum(row.named.values(), row.rest or Fraction(0)) + besides <= 1 + TOLERANCE


def answer_of(row: Row, *, of_all: bool) -> Answer | Fault:
    """Return the shares of those who named a contender.

    Parameters
    ----------
    row : Row
    of_all : bool
        Whether most rows of the file give shares of all who were asked, so that they add up to the whole with the
        undecided; else shares are of those who decided. What is left is given to others where the row has no such
        cell; a rest beside one is a fault.
    """
    told = sum(row.named.values(), row.rest or Fraction(0))
    if not row.named or told == 0:
        return Fault("E313", "the poll names no contender", "give the share of one contender at least")
    undecided, abstain = row.undecided or Fraction(0), row.abstain or Fraction(0)
    if of_all and is_of_all(row):
        row.notes.append(Fault("W409", "", "", undecided))
        whole = 1 - undecided - abstain
    else:
        whole = Fraction(1)
    if told > whole + TOLERANCE:
        hint = "correct the shares; columns that are no contender need a name that says so, such as undecided or lead"
        return Fault("E306", f"the shares add up to {percent(told + (1 - whole))}", hint)
    shares = dict(row.named)
    left = whole - told
    if row.rest is None:
        shares[OTHERS] = max(left, Fraction(0))
        if left > TOLERANCE:
            row.notes.append(Fault("W403", "", "", left))
    elif left > TOLERANCE and row.blank:
        shares[OTHERS] = row.rest + left
        row.notes.append(Fault("W403", "", "", left))
    elif left > TOLERANCE:
        hint = "write the rest into the column of others, or add a column undecided"
        return Fault("E307", f"the shares add up to {percent(told + (1 - whole))}; nothing says who the rest is", hint)
    else:
        shares[OTHERS] = row.rest
    total = sum(shares.values(), Fraction(0))
    if total != whole:
        row.notes.append(Fault("W402", "", "", total + (1 - whole)))
    of_asked = undecided / (1 - abstain) if row.undecided is not None and abstain < 1 else row.undecided
    return Answer({name: share / total for name, share in shares.items()}, of_asked, 1 - abstain)


def percent(value: Fraction) -> str:
    """Return a share as people read it."""
    return f"{float(value * 100):.4g}%"
