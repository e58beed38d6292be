"""The stages of a count by rankings: the rules by which it goes on, and what each stage held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from sailau.seats.ledger import Transfer

Shortcut = Literal["one_more", "overall_majority", "two_left"]
How = Literal["quota", "last", "majority", "share"]
Action = Literal["surplus", "exclude", "elect", "end"]


@dataclass(frozen=True, kw_only=True)
class Stages:
    """How a count goes from stage to stage.

    Attributes
    ----------
    quota : str, optional
        Votes that elect; None, with the alternative vote: more than half of the votes.
    quota_of : str, optional
        Votes that the quota (or the majority, or the share) is found from: those of the ``first`` stage, or those held
        at ``each`` stage anew. None: the first stage's for a quota, each stage's for a majority or a share.
    quota_places : int
        Decimals of a rounded quota, which is found as if votes were counted in units of the last one.
    more : bool
        True where the quota must be exceeded.
    one_a_stage : bool
        True where a stage elects one contender, the one with the most votes, though others have reached the quota.
    share : Fraction, optional
        With ``exclusion``: nobody else is excluded either when each one left has more than this share of the votes.
    surpluses : str
        Which of several surpluses passes on first: the ``largest``, the ``earliest`` (of one stage the largest), or all
        of a stage ``together``, which then excludes nobody.
    defer : bool
        Surpluses wait while they cannot change who is lowest.
    exclude : str
        The ``lowest``, or all the ``hopeless`` at once: those who together, surpluses included, have fewer votes than
        the next above them; or ``all_but_two`` (the contingent and the supplementary vote); or, with a share, all
        who are ``below_share``, while there are any.
    refund : Fraction, optional
        A share of the quota that saves a deposit: nobody is put off or out together with others who might yet reach it.
    stop : tuple of str
        Ways to end early. ``one_more``: a contender more than seats, and the lowest cannot catch up.
        ``overall_majority``: one seat left, and one contender has more than all others. ``two_left``: one seat left,
        two contenders, and the one with more votes takes it.
    down_to : int
        With the alternative vote: exclude until so many are left, though one of them has a majority before.
    hold : bool
        Whether nobody is elected while a contender of `drop_first` has votes.
    elected_receive : bool
        Whether the elected still receive votes until their surplus passes on.
    last_surplus : str
        What becomes of surpluses when all seats are filled: each ``stays``, or ``passes`` on, or is ``set_aside``, so
        that nobody receives it.
    short : str, optional
        What becomes of seats for which there is nobody, where the law says so: ``vacant``; all who stand are elected.
    drop_first : tuple of str
        Traits of contenders that are excluded before all others, alone, when they have votes (write-in lines).
    ties : tuple of str
        Rules for equal votes, in turn.
    """

    quota: str | None = None
    quota_of: Literal["first", "each"] | None = None
    quota_places: int = 0
    more: bool = False
    one_a_stage: bool = False
    share: Fraction | None = None
    surpluses: Literal["largest", "earliest", "together"] = "largest"
    defer: bool = False
    exclude: Literal["lowest", "hopeless", "all_but_two", "below_share"] = "lowest"
    refund: Fraction | None = None
    stop: tuple[Shortcut, ...] = ()
    down_to: int = 0
    hold: bool = False
    elected_receive: bool = False
    last_surplus: Literal["stays", "passes", "set_aside"] = "stays"
    short: Literal["vacant"] | None = None
    drop_first: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage, in units of `unit` to a vote.

    Attributes
    ----------
    number, unit : int
    quota : int
    totals : mapping of str to int
        Votes at the beginning, of everyone who has any or continues.
    spent : mapping of str to int
        Votes that had no further preference, so far, by reason.
    lost : int
        What rounding lost so far.
    elected : tuple of (str, str)
        Who is elected on these totals, and how: ``quota``, ``last`` (no more contenders than seats), ``majority``,
        ``share``.
    action : str
        ``surplus``, ``exclude``, ``elect`` (Meek's rule: a new equilibrium) or ``end``.
    sources : tuple of str
        Whose votes pass on.
    transfers : tuple of Transfer
    after : int
        Units to a vote in the transfers.
    tied : tuple of str
    keeps : mapping of str to int
        What each contender keeps of a vote (Meek's rule).
    """

    number: int
    unit: int
    quota: int
    totals: Mapping[str, int]
    spent: Mapping[str, int]
    lost: int
    elected: tuple[tuple[str, How], ...]
    action: Action
    sources: tuple[str, ...]
    transfers: tuple[Transfer, ...]
    after: int
    tied: tuple[str, ...]
    keeps: Mapping[str, int] = field(default_factory=dict)

    def votes(self, amount: int) -> Fraction:
        """Return an amount of this stage in votes."""
        return Fraction(amount, self.unit)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The outcome of a count by rankings.

    Attributes
    ----------
    elected : tuple of str
        In the order of election.
    stages : tuple of Stage
    valid : int
        Ballots with a first preference.
    blank : int
        Ballots without any mark.
    """

    elected: tuple[str, ...]
    stages: tuple[Stage, ...]
    valid: int
    blank: int = 0
