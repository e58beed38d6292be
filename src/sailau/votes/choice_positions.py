"""Where candidates stand when voters choose the nearest: equilibria among all platforms, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement

from sailau.terms.errors import Invalid

Number = int | Fraction


def votes_of(platforms: Sequence[Number], ideals: Sequence[Number], people: Sequence[int]) -> tuple[Fraction, ...]:
    """Return the votes of candidates: each voter takes the nearest, equally near ones share.

    Parameters
    ----------
    platforms : sequence
        Where candidates stand.
    ideals, people : sequence
        Where voters stand, and how many of them.
    """
    won = [Fraction(0)] * len(platforms)
    for ideal, number in zip(ideals, people, strict=True):
        gaps = [abs(Fraction(ideal) - Fraction(platform)) for platform in platforms]
        near = [i for i, gap in enumerate(gaps) if gap == min(gaps)]
        for i in near:
            won[i] += Fraction(number, len(near))
    return tuple(won)


def equilibria(
    candidates: int, ideals: Sequence[Number], people: Sequence[int], platforms: Sequence[Number] | None = None
) -> tuple[tuple[Number, ...], ...]:
    """Return every set of platforms from which no candidate gains votes by moving alone.

    Parameters
    ----------
    candidates : int
    ideals, people : sequence
    platforms : sequence, optional
        Where a candidate may stand; wherever a voter stands unless given.

    Notes
    -----
    With two candidates these are the medians [1]_; with three on an even line there is none [2]_.

    References
    ----------
    .. [1] A. Downs, *An Economic Theory of Democracy*, 1957; D. Black, *J. Political Economy* 56, 1948.
    .. [2] B. C. Eaton and R. G. Lipsey, *Review of Economic Studies* 42, 1975.

    Examples
    --------
    >>> equilibria(2, [0, 1, 2, 3, 4], [3, 1, 1, 1, 3])
    ((2, 2),)
    """
    if candidates < 1 or not ideals:
        raise Invalid("an election needs voters and candidates")
    places = sorted(set(ideals if platforms is None else platforms))
    found = combinations_with_replacement(places, candidates)
    return tuple(stand for stand in found if not any(_gains(stand, places, ideals, people)))


def _gains(
    stand: tuple[Number, ...], places: Sequence[Number], ideals: Sequence[Number], people: Sequence[int]
) -> Iterator[bool]:
    now = votes_of(stand, ideals, people)
    for i in range(len(stand)):
        for place in places:
            moved = (*stand[:i], place, *stand[i + 1 :])
            yield votes_of(moved, ideals, people)[i] > now[i]


def medians(ideals: Sequence[Number], people: Sequence[int]) -> tuple[Number, Number]:
    """Return the lowest and the highest median of voters."""
    ranked = sorted(zip(ideals, people, strict=True))
    whole, seen = sum(people), 0
    low: Number | None = None
    for ideal, number in ranked:
        seen += number
        if low is None and 2 * seen >= whole:
            low = ideal
        if 2 * seen > whole:
            return ideal if low is None else low, ideal
    raise Invalid("there are no voters")
