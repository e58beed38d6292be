"""Ranked ballots written down: BLT, PrefLib, a table of ranks; what a form cannot hold is refused, not lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

from sailau.records.ranked import RankedBallots
from sailau.seats.rankings import OVERVOTE, SKIPPED, names_of
from sailau.terms.errors import InvalidResults

_BLANK = "undervote"


def to_blt(ballots: RankedBallots, *, seats: int | None = None) -> str:
    """Return ballots in the BLT form.

    Parameters
    ----------
    ballots : RankedBallots
    seats : int, optional
        Needed where the ballots do not say how many seats there are.

    Raises
    ------
    InvalidResults
        A ballot names several candidates at one place, or the number of seats is unknown.
    """
    numbers = _numbers(ballots, "BLT")
    fill = seats if seats is not None else ballots.seats
    if fill is None:
        raise InvalidResults("BLT needs the number of seats, which the file does not give", hint="say it: --seats 3")
    lines = [f"{len(numbers)} {fill}"]
    for ranking, n in ballots.rankings.items():
        places = " ".join("=".join(_own(place, numbers)) or "-" for place in ranking)
        lines.append(f"{n} {places} 0".replace("  ", " "))
    names = [f'"{_name(ballots, slug)}"' for slug in numbers]
    title = ballots.title.replace('"', "'")
    return "\n".join([*lines, "0", *names, f'"{title}"']) + "\n"


def to_preflib(ballots: RankedBallots) -> str:
    """Return ballots as PrefLib's incomplete orders; a skipped place is ``{}``, several at one place ``{1,2}``.

    Raises
    ------
    InvalidResults
        A ballot names several candidates at one place.
    """
    numbers = _numbers(ballots, "PrefLib")
    head = [
        f"# TITLE: {' '.join(ballots.title.split())}",
        "# DATA TYPE: soi",
        f"# NUMBER ALTERNATIVES: {len(numbers)}",
        f"# NUMBER VOTERS: {ballots.total}",
        f"# NUMBER UNIQUE ORDERS: {len(ballots.rankings)}",
        *(f"# ALTERNATIVE NAME {n}: {_name(ballots, slug)}" for slug, n in numbers.items()),
    ]
    rows = [
        f"{n}: {','.join(_braced(_own(place, numbers)) for place in ranking)}".rstrip()
        for ranking, n in ballots.rankings.items()
    ]
    return "\n".join([*head, *rows]) + "\n"


def to_ranks(ballots: RankedBallots) -> str:
    """Return ballots as CSV with the columns rank1, rank2, …, count."""
    longest = max((len(ranking) for ranking in ballots.rankings), default=1) or 1
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*(f"rank{i}" for i in range(1, longest + 1)), "count"])
    for ranking, n in ballots.rankings.items():
        places = [_spelled(ballots, name) for name in ranking]
        writer.writerow([*places, *[_BLANK] * (longest - len(places)), n])
    return out.getvalue()


def _spelled(ballots: RankedBallots, place: str) -> str:
    names = " = ".join(_name(ballots, name) for name in names_of(place))
    return {SKIPPED: _BLANK, OVERVOTE: "overvote"}.get(place) or names


def _own(place: str, numbers: Mapping[str, int]) -> list[str]:
    """Return the numbers of those named at a place, in order."""
    return [str(number) for number in sorted(numbers[name] for name in names_of(place))]


def _braced(numbers: list[str]) -> str:
    return numbers[0] if len(numbers) == 1 else f"{{{','.join(numbers)}}}"


def _numbers(ballots: RankedBallots, form: str) -> dict[str, int]:
    several = sum(n for ranking, n in ballots.rankings.items() if OVERVOTE in ranking)
    if several:
        what = f"{several:,} ballots name several candidates at one place; whom is not kept, so {form} cannot hold them"
        raise InvalidResults(what, hint="write a table of ranks instead: a name that ends in .csv")
    return {slug: n for n, slug in enumerate(ballots.contenders, 1)}


def _name(ballots: RankedBallots, slug: str) -> str:
    name = ballots.contenders[slug].names.get("en") or slug
    return " ".join(name.replace('"', "'").split())


WRITERS: Mapping[str, Callable[[RankedBallots], str]] = {
    ".blt": to_blt,
    ".soi": to_preflib,
    ".toi": to_preflib,
    ".csv": to_ranks,
}
