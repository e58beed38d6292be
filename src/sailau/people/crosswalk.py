"""Borders that change: people of an old region carried to the new ones, to the last person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sailau.people.cube import InvalidPopulation


def split(people: int, parts: Mapping[str, int]) -> dict[str, int]:
    """Share out whole people in proportion to the parts, so that they add up to all of them.

    Each gets its whole share; who has the largest remainders gets one more (equal ones: the larger part, then by name).

    Raises
    ------
    InvalidPopulation
        People below 0, or parts that hold nobody.

    Examples
    --------
    >>> split(1000, {"turkestan": 1_977_028, "shymkent": 952_169})
    {'turkestan': 675, 'shymkent': 325}
    """
    total = sum(parts.values())
    if people < 0 or total <= 0 or min(parts.values()) < 0:
        raise InvalidPopulation(f"{people:,} people cannot be shared out over parts of {total:,}")
    shares = {name: Fraction(people * part, total) for name, part in parts.items()}
    out = {name: int(share) for name, share in shares.items()}
    order = sorted(parts, key=lambda name: (out[name] - shares[name], -parts[name], name))
    for name in order[: people - sum(out.values())]:
        out[name] += 1
    return out


def carry(
    counts: Mapping[str, int], crossings: Mapping[str, Mapping[str, int]], wanted: Sequence[str]
) -> dict[str, int]:
    """Return people by the wanted regions, old regions split as often as it takes.

    Parameters
    ----------
    counts : mapping of region to people
    crossings : mapping of old region to {new region: people at the split}
    wanted : sequence of str
        The borders asked for.

    Raises
    ------
    InvalidPopulation
        A region that is neither wanted nor split.

    Examples
    --------
    >>> carry({"old": 11, "same": 5}, {"old": {"a": 1, "b": 1}}, ["a", "b", "same"])
    {'a': 6, 'b': 5, 'same': 5}
    """
    out = dict.fromkeys(wanted, 0)
    waiting = dict(counts)
    while waiting:
        region, people = waiting.popitem()
        if region in out:
            out[region] += people
        elif region in crossings:
            for part, n in split(people, crossings[region]).items():
                waiting[part] = waiting.get(part, 0) + n
        else:
            raise InvalidPopulation(
                f"the region {region} is not in the borders asked for, and no crosswalk leads there",
                hint=f"asked for: {', '.join(wanted)}",
            )
    return out
