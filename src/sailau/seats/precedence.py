"""Precedence: who comes first among contenders with equal votes in a count of several stages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Lot = Callable[[int, tuple[str, ...], str], str]
"""Called with the stage, the tied contenders and the question; names the one it falls on, or raises."""

Mark = Callable[[str], object]
"""A rank by a mark of the contender (registration, for instance); smaller comes first."""


@dataclass(slots=True)
class Precedence:
    """The rules of a law for equal votes, applied to the stages so far.

    Attributes
    ----------
    rules : tuple of str
        ``backwards``: the most recent stage at which the votes differed. ``forwards``: the earliest one.
        ``first_preferences``: the first stage only. Then marks by name; ``lot`` ends the list.
    lot : callable
    marks : mapping of str to callable
    stages : list of mapping
        Totals at every stage so far, each in the unit of its stage; the present one last.
    tied : list of str
        Contenders whose equality had to be settled at the present stage.
    """

    rules: tuple[str, ...]
    lot: Lot
    marks: Mapping[str, Mark] = field(default_factory=dict)
    stages: list[Mapping[str, int]] = field(default_factory=list)
    tied: list[str] = field(default_factory=list)

    def fewest(self, names: Sequence[str], votes: Mapping[str, int], question: str) -> str:
        """Return the one with the fewest votes."""
        low = min(votes[name] for name in names)
        return self._one([name for name in names if votes[name] == low], question, most=False)

    def most(self, names: Sequence[str], votes: Mapping[str, int], question: str) -> str:
        """Return the one with the most votes."""
        high = max(votes[name] for name in names)
        return self._one([name for name in names if votes[name] == high], question, most=True)

    def _one(self, tied: list[str], question: str, *, most: bool) -> str:
        if len(tied) == 1:
            return tied[0]
        names = sorted(tied)
        self.tied += [name for name in names if name not in self.tied]
        for rule in self.rules:
            names = self._narrowed(rule, names, most=most)
            if len(names) == 1:
                return names[0]
        return self.lot(len(self.stages), tuple(names), question)

    def _narrowed(self, rule: str, names: list[str], *, most: bool) -> list[str]:
        if rule in self.marks:
            ranks = {name: self.marks[rule](name) for name in names}
            if any(rank is None for rank in ranks.values()):
                return names
            edge = min(ranks.values()) if most else max(ranks.values())  # type: ignore[type-var]  # ranks of one rule
            return [name for name in names if ranks[name] == edge]
        for votes in self._earlier(rule):
            best = max if most else min
            edge_votes = best(votes[name] for name in names)
            names = [name for name in names if votes[name] == edge_votes]
        return names

    def _earlier(self, rule: str) -> Sequence[Mapping[str, int]]:
        if rule == "backwards":
            return self.stages[::-1]
        if rule == "forwards":
            return self.stages
        return self.stages[:1] if rule == "first_preferences" else ()
