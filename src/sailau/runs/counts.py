"""Many vote vectors from elsewhere, counted under one law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sailau.law.edition import Law
from sailau.law.result import as_decisions
from sailau.runs.plan import Outcome, Plan
from sailau.terms.errors import Invalid
from sailau.terms.tally import Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK = 1 << 17


def count_many(
    law: Law,
    tally: Tally,
    votes: NDArray[Any] | Sequence[Any] | Mapping[str, Any],
    *,
    seed: int = 0,
    first: int = 0,
    decisions: Mapping[str, str | Sequence[str]] | None = None,
    workers: int = 1,
) -> Outcome:
    """Count many vote vectors under a law, each as `Law.count` would.

    Parameters
    ----------
    law : Law
    tally : Tally
        Who stands where, with marks, magnitudes and figures; its own votes are not counted.
    votes : array [run, district, contender], array [run, column], or mapping of contender to array [run]
        Whole numbers. Districts, and lines within them, in the order of their names, tier by tier, as
        ``Plan.of(law, tally).layout`` lists them; three axes where all districts have the same lines. A mapping where
        there is one area: lines that it does not name keep the votes of the tally.
    seed, first : int
        Where lots come from: the vectors are the runs `first`, `first` + 1, … of that seed.
    decisions : mapping, optional
        Rulings that hold in every run.
    workers : int, optional
        Threads.

    Returns
    -------
    Outcome
        ``seats[run, party]`` with the parties as columns, lots, runs without an outcome, who passed the bar.

    Raises
    ------
    Invalid
        Votes that are no whole numbers, are negative, or have other columns than the tally.

    Examples
    --------
    >>> import sailau as sl
    >>> election = sl.load_election("kz/mazhilis/2023-03-19")
    >>> law = sl.load_law("kz/mazhilis", on=election.day)
    >>> outcome = count_many(law, election.tally, {"nsdp": [331_058, 300_000]})
    >>> outcome.seats[:, outcome.parties.index("nsdp")].tolist()
    [4, 0]
    """
    import numpy as np

    plan = Plan.of(law, tally, decisions=as_decisions(decisions))
    rows = _rows(plan, votes)
    key = (seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF)
    size = max(64, _BLOCK // plan.layout.width)
    starts = range(0, len(rows), size)

    def part(start: int) -> Outcome:
        return plan.count(rows[start : start + size], key=key, first=first + start)

    if workers > 1 and len(starts) > 1:
        from concurrent.futures import ThreadPoolExecutor

        head = part(0)  # compiles once, before threads start
        with ThreadPoolExecutor(workers) as pool:
            parts = [head, *pool.map(part, starts[1:])]
    else:
        parts = [part(start) for start in starts] or [part(0)]
    why: dict[str, int] = {}
    for one in parts:
        for kind, n in one.why.items():
            why[kind] = why.get(kind, 0) + n
    passed = [one.passed for one in parts]
    return Outcome(
        plan.layout.parties,
        np.concatenate([one.seats for one in parts]),
        np.concatenate([one.lots for one in parts]),
        np.concatenate([one.undecided for one in parts]),
        None if any(p is None for p in passed) else np.concatenate([p for p in passed if p is not None]),
        sum(one.recounted for one in parts),
        why,
    )


def _rows(plan: Plan, votes: Any) -> NDArray[Any]:
    """Return votes[run, column]."""
    import numpy as np

    layout = plan.layout
    if isinstance(votes, Mapping):
        if len(layout.areas) != 1:
            raise Invalid(f"votes by contender for {len(layout.areas)} areas; give votes[run, district, contender]")
        lines = layout.areas[0].lines
        unknown = sorted(set(votes) - set(lines))
        if unknown or not votes:
            raise Invalid(f"votes of {', '.join(unknown) or 'nobody'}; the tally has {', '.join(lines)}")
        given = {name: np.asarray(column) for name, column in votes.items()}
        runs = {column.shape for column in given.values()}
        if len(runs) != 1 or len(next(iter(runs))) != 1:
            raise Invalid("every contender has one number for each run")
        observed = layout.observed()
        whole = np.repeat(observed[None, :], next(iter(runs))[0], axis=0)
        for name, column in given.items():
            whole[:, lines.index(name)] = _whole(column)
        return whole
    rows = np.asarray(votes)
    if rows.ndim not in (2, 3) or int(np.prod(rows.shape[1:])) != layout.width:
        raise Invalid(f"votes of the shape {rows.shape}; the tally has {layout.width} columns: [run, column]")
    return _whole(rows).reshape(len(rows), layout.width)


def _whole(votes: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    if votes.dtype.kind == "f" and votes.size and not (np.isfinite(votes).all() and (votes == np.rint(votes)).all()):
        raise Invalid("votes are whole numbers; round shares of votes to votes first")
    if votes.dtype.kind not in "iuf":
        raise Invalid(f"votes are whole numbers, not {votes.dtype}")
    if votes.size and (votes.min() < 0 or votes.max() >= 2**62):
        raise Invalid("a count is negative, or beyond 2^62")
    return votes.astype(np.int64, copy=False)
