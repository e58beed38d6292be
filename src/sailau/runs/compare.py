"""Compare: the same votes under two laws, and who gains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sailau.law.edition import Law
from sailau.law.result import Decisions, Result
from sailau.records.election import Election
from sailau.runs.replay import law_of
from sailau.terms.shown import Shown
from sailau.terms.speech import joined, say
from sailau.terms.tally import Tally


@dataclass(frozen=True)
class Comparison(Shown):
    """Two counts of the same votes.

    Attributes
    ----------
    before, after : Result
    """

    before: Result
    after: Result

    @property
    def change(self) -> dict[str, int]:
        """Seats gained (lost) by party, those that do not change included."""
        names = {**self.after.seats, **self.before.seats}
        return {name: self.after.seats.get(name, 0) - self.before.seats.get(name, 0) for name in names}

    @property
    def moved(self) -> int:
        """Seats that change hands; where the houses differ in size, the larger of gains and losses."""
        gains = sum(n for n in self.change.values() if n > 0)
        losses = -sum(n for n in self.change.values() if n < 0)
        return max(gains, losses)

    def sentence(self) -> str:
        """Say in one sentence what changed."""
        sizes = sum(self.before.seats.values()), sum(self.after.seats.values())
        size = (
            ""
            if sizes[0] == sizes[1]
            else say("the count fills {after} seats instead of {before}; ", after=sizes[1], before=sizes[0])
        )
        moved = {name: n for name, n in self.change.items() if n}
        if not moved:
            return joined([size, say("no seat moves")], "")
        parts = ", ".join(f"{name} {n:+d}" for name, n in sorted(moved.items(), key=lambda item: (-item[1], item[0])))
        return joined([size, parts], "")


def compare(before: Law, after: Law, tally: Tally, *, decisions: Decisions | None = None) -> Comparison:
    """Count the same votes under two laws.

    Parameters
    ----------
    before, after : Law
    tally : Tally
        Votes as counts; the same for both.
    decisions : mapping of str to names, optional
        Draws and choices that the laws leave open, by the key that `Undecided` names.

    Returns
    -------
    Comparison
        `before` and `after` as results; `change` and `moved` in seats.

    Raises
    ------
    Undecided
        One of the laws does not lead to an outcome.
    InvalidVotes
        Votes that are no counts.

    Examples
    --------
    >>> from sailau import load_election, load_law
    >>> law = load_law("kz/mazhilis", on="2023-03-19")
    >>> softer = law.replace({"list.threshold.share": "2%"})
    >>> compare(law, softer, load_election("kz/mazhilis/2023-03-19").tally).change["baytaq"]
    1
    """
    return Comparison(before.count(tally, decisions=decisions), after.count(tally, decisions=decisions))


def what_if(
    election: Election, changes: Mapping[str, object], *, law: Law | None = None, folders: Sequence[Path] = ()
) -> Comparison:
    """Count an election under the law of its day and under a changed one.

    Parameters
    ----------
    election : Election
    changes : mapping
        ``{"list.threshold.share": "7%", "list.seats": 98, "district.seats": 0}``
    law : Law, optional
        Another law to change, for instance an earlier edition; by default the one in force on the day.
    folders : sequence of Path, optional
        Folders of a user's own laws.

    Returns
    -------
    Comparison
        `change` and `moved` in seats, `sentence()` in words.

    Raises
    ------
    InvalidLaw
        A change names no term of the law, or a value that the term cannot have.
    Undecided
        One of the laws does not lead to an outcome.

    Examples
    --------
    >>> from sailau import load_election
    >>> seen = what_if(load_election("kz/mazhilis/2023-03-19"), {"list.threshold.share": "7%"})
    >>> seen.change["nsdp"]
    -4
    """
    in_force = law_of(election, folders=folders)
    after = law or in_force
    if changes:
        after = after.replace(changes)
    return compare(in_force, after, election.tally, decisions=election.decisions)
