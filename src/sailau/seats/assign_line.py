"""A line of persons who take places one after the other: the largest claim first, and who finds none is passed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Place = tuple[str, str]
"""A smaller area and a kind."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the line.

    Attributes
    ----------
    name, party : str
        `party` is the list whose seats the person can take.
    kinds : tuple of Place
        The places it can take, in the order in which it takes them.
    votes : int
    claim : Fraction
    """

    name: str
    party: str
    kinds: tuple[Place, ...]
    votes: int
    claim: Fraction


class Places:
    """The places that are free, and the seats that lists still have.

    Parameters
    ----------
    free : mapping of Place to int
    lists : mapping of str to int, optional
        None where no list limits anybody.
    """

    def __init__(self, free: Mapping[Place, int], lists: Mapping[str, int] | None) -> None:
        self.free = dict(free)
        self.lists = None if lists is None else dict(lists)

    def of(self, person: Person) -> Place | None:
        """Return the place that a person would take now; None where it is passed over."""
        if self.lists is not None and not self.lists.get(person.party):
            return None
        return next((place for place in person.kinds if self.free[place]), None)

    def take(self, person: Person, place: Place) -> None:
        """Give a place away."""
        self.free[place] -= 1
        if self.lists is not None:
            self.lists[person.party] -= 1

    def in_dispute(self, group: Sequence[Person]) -> list[Person]:
        """Return those of equal claims who cannot all be seated: more than places, or than seats of their list."""
        places = [self.of(person) for person in group]
        parties = [person.party for person in group]
        return [
            person
            for person, place in zip(group, places, strict=True)
            if place is not None
            and (
                places.count(place) > self.free[place]
                or (self.lists is not None and parties.count(person.party) > self.lists[person.party])
            )
        ]


Seated = tuple[Person, Place]
"""A person and the place that it took."""


def seat_in_line(line: Sequence[Person], places: Places, one_of: Callable[[Sequence[str]], str]) -> list[Seated]:
    """Return who is seated where, in the order in which they were; `one_of` says who of equals comes first."""
    out: list[Seated] = []
    for group in _equals(line):
        while group := [person for person in group if places.of(person)]:
            dispute = places.in_dispute(group)
            first = next((person for person in group if person not in dispute), None)
            if first is None:
                name = dispute[0].name if len(dispute) == 1 else one_of([person.name for person in dispute])
                first = next(person for person in dispute if person.name == name)
            place = places.of(first)
            assert place is not None
            places.take(first, place)
            out.append((first, place))
            group.remove(first)
    return out


def _equals(line: Sequence[Person]) -> list[list[Person]]:
    """Return the line from the largest claim to the smallest, equal claims together."""
    out: list[list[Person]] = []
    for person in sorted(line, key=lambda p: (-p.claim, p.name)):
        if out and out[-1][0].claim == person.claim:
            out[-1].append(person)
        else:
            out.append([person])
    return out
