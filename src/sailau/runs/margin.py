"""Margin of victory: the fewest votes whose move changes a seat, by the quotients and by the cliffs of the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sailau.law.asked import Asked
from sailau.law.edition import Law
from sailau.law.result import Result, as_decisions
from sailau.runs.margin_contest import Kind, contests
from sailau.runs.margin_patience import patient
from sailau.runs.margin_probe import Found, probe, tried
from sailau.runs.margin_ranked import rank_step, ranked_reach
from sailau.runs.margin_rounds import others_may_stand
from sailau.runs.margin_turns import KINDS, Turn, turns
from sailau.runs.margin_unnamed import as_one, names_them, unnamed
from sailau.runs.margin_whole import Reach, looks_at_votes, reach
from sailau.seats.assign import Assign
from sailau.seats.count import flat
from sailau.seats.elect import Elect
from sailau.seats.second_round import SecondRound
from sailau.terms.errors import NotFound
from sailau.terms.tally import Tally, second_round_of


@dataclass(frozen=True, slots=True)
class TierMargin:
    """The margin of one tier.

    Attributes
    ----------
    tier : str
    lower : int, optional
        No fewer votes change a seat; None where no number of votes does.
    upper : int, optional
        This many do. The margin is exact where both are equal.
    best : Turn, optional
    rounding : Turn, optional
        The fewest votes that change a seat without crossing a bar.
    turns : tuple of Turn
        The closest turns, fewest votes first.
    why : str
        Where the margin is not exact, what was done.
    """

    tier: str
    lower: int | None
    upper: int | None
    best: Turn | None
    rounding: Turn | None
    turns: tuple[Turn, ...]
    why: str = ""

    @property
    def exact(self) -> bool:
        """Say whether the margin is known, not only bounded."""
        return self.lower == self.upper and not self.why


@dataclass(frozen=True, slots=True)
class Margin:
    """The margins of all tiers of a law that votes fill."""

    law: Law
    tiers: tuple[TierMargin, ...]

    @property
    def best(self) -> Turn | None:
        """The turn with the fewest votes of all tiers."""
        found = [tier.best for tier in self.tiers if tier.best is not None]
        return min(found, key=lambda turn: turn.votes, default=None)


def margin(
    law: Law,
    tally: Tally,
    *,
    decisions: Mapping[str, str | Sequence[str]] | None = None,
    kinds: Sequence[Kind] = KINDS,
    tier: str | None = None,
    rows: int | None = 20,
    lots: bool = False,
    patience: int = 1,
) -> Margin:
    """Find the fewest votes whose move changes a seat of any contender.

    Parameters
    ----------
    law : Law
    tally : Tally
    decisions : mapping, optional
        Lots and rulings on record.
    kinds : sequence of str, optional
        Moves that count: ``moved`` from one line to another (against all and lists below a bar included), ``added`` to
        one contender, ``removed`` from one.
    tier : str, optional
        One tier only.
    rows : int, optional
        How many of the closest turns to list; None for one of each possible move.
    lots : bool, optional
        Count a tie that needs a lot as a change. By default votes count as moved enough when the law, tie rules
        included, gives other seats.
    patience : int, optional
        How many times as long as by itself a search goes on before it leaves bounds.

    Returns
    -------
    Margin
        Exact for tiers of one formula, nationwide or in districts that count for themselves; bounds for others.

    Raises
    ------
    Undecided
        The law does not lead to an outcome even before a vote moves.
    Invalid
        The patience is below 1.

    Examples
    --------
    >>> from sailau import load_election, load_law
    >>> election = load_election("kz/mazhilis/2023-03-19")
    >>> found = margin(load_law("kz/mazhilis", on=election.day), election.tally, tier="list")
    >>> found.best.votes, found.best.leaves, found.tiers[0].rounding.votes
    (12736, ('nsdp',), 14159)
    """
    with patient(patience):
        return _margin(law, tally, as_decisions(decisions), kinds, tier, rows, lots=lots)


def _margin(
    law: Law,
    tally: Tally,
    given: Asked,
    kinds: Sequence[Kind],
    tier: str | None,
    rows: int | None,
    *,
    lots: bool,
) -> Margin:
    result = law.count(tally, decisions=given)
    with_votes = {name for name, ballots in tally.tiers.items() if ballots.votes}
    known = [part.name for part in law.tiers if part.needs_votes and part.name in with_votes]
    others = [name for name in _other_ballots(law, known) if name in with_votes]
    known += others
    if tier is not None and tier not in known:
        raise NotFound("tier with votes", tier, known)
    out = []
    for part in law.tiers:
        if part.name not in known or tier not in (None, part.name):
            continue
        before = {name: count for name, count in result.counts.items() if name != part.name}
        hidden = unnamed(tally)
        fields = as_one(part, tally, given, before) if hidden else contests(part, tally, given, before)
        shared = [other.name for other in law.tiers if other.votes == part.name]
        if shared or not fields:
            why = f"other tiers count these votes too: {', '.join(shared)}" if shared else ""
            out.append(
                _bounded(result, part.name, kinds, "a line stands for several lists" if hidden else why, lots=lots)
            )
            continue
        alone = _exact(part.name, turns(fields, kinds, lots=lots), rows, hidden)
        lookers = [other.name for other in law.tiers if other is not part and looks_at_votes(other, part.name)]
        alone = _beside(result, alone, kinds, lookers, lots=lots) if lookers and alone.exact else alone
        out.append(_before_second_round(alone, others_may_stand(fields, kinds)))
    out += [_bounded(result, name, kinds, "", lots=lots) for name in others if tier in (None, name)]
    return Margin(law, tuple(out))


def _before_second_round(alone: TierMargin, others: int | None) -> TierMargin:
    """Return the margin of a first round, where fewer votes (`others`) may bring others into the second."""
    if others is None or (alone.lower is not None and alone.lower <= others):
        return alone
    why = "fewer votes bring others into the second round, and nobody knows whom it would elect"
    return replace(alone, lower=others, why="; ".join(part for part in (why, alone.why) if part))


def _other_ballots(law: Law, known: Sequence[str]) -> list[str]:
    """Return the ballots that move seats as those of a tier do: by which persons take seats of lists, second rounds."""
    steps = [(part, step) for part in law.tiers if part.name in known for step in flat(part.steps)]
    persons = {step.persons for _, step in steps if isinstance(step, Assign) and step.persons is not None}
    rounds = {second_round_of(part.name) for part, step in steps if isinstance(step, Elect | SecondRound)}
    return sorted((persons | rounds) - {*known})


def _beside(
    result: Result, alone: TierMargin, kinds: Sequence[Kind], lookers: Sequence[str], *, lots: bool
) -> TierMargin:
    """Return the margin of a tier whose votes other tiers look at: fewer votes may change a seat there."""
    counted = ((turn, tried(result, turn.tier, turn.area, turn.move, turn.votes)) for turn in alone.turns)
    best, found = next(((turn, known) for turn, known in counted if known is not None), (None, None))
    found = found or probe(result, alone.tier, kinds)
    known = reach(result, alone.tier, kinds, below=found and found[2], lots=lots)
    if known.lower is None and best is alone.best:
        return alone
    return _with_bounds(alone.tier, known, found, f"other tiers look at these votes: {', '.join(lookers)}")


def _exact(tier: str, found: Iterator[Turn], rows: int | None, hidden: frozenset[str] = frozenset()) -> TierMargin:
    """Return the margin by the closest turns; those of lines for several contenders (`hidden`) may need more votes."""
    kept: list[Turn] = []
    rounding, lower = None, None
    for turn in found:
        lower = turn.votes if lower is None else lower
        if hidden and names_them(hidden, turn.move, turn.gains, turn.losses):
            continue
        if rows is None or len(kept) < rows:
            kept.append(turn)
        if rounding is None and turn.cause not in ("threshold", "guarantee"):
            rounding = turn
        if rows is not None and len(kept) >= rows and rounding is not None:
            break
    best = kept[0] if kept else None
    votes = best.votes if best else None
    why = "" if lower == votes else "a line stands for several lists, and is taken as one"
    return TierMargin(tier, lower, votes, best, rounding, tuple(kept), why)


def _bounded(result: Result, tier: str, kinds: Sequence[Kind], why: str, *, lots: bool) -> TierMargin:
    """Return the margin between the votes that cannot move a seat of any tier, and a move that does."""
    part = next((part for part in result.law.tiers if part.name == tier), None)
    if part is not None and rank_step(part) is not None and result.tally.tiers[tier].rankings:
        return _with_bounds(tier, ranked_reach(result, part, kinds), None, why)
    found = probe(result, tier, kinds)
    if unnamed(result.tally):
        made = _with_bounds(tier, Reach(1), found, why)
        return replace(made, why=made.why or why)  # one vote is the least there is, but it may not be enough
    return _with_bounds(tier, reach(result, tier, kinds, below=found and found[2], lots=lots), found, why)


def _with_bounds(tier: str, known: Reach, tried: Found | None, why: str) -> TierMargin:
    found = known.found or tried
    why = "; ".join(part for part in (why, known.why) if part)
    if found is None:
        why = f"{why}; no tried move changes a seat" if known.lower is not None else ""
        return TierMargin(tier, known.lower, None, None, None, (), why)
    move, area, votes, change = found
    gains, losses = _change({c: n for c, n in change.items() if n < 0}, {c: n for c, n in change.items() if n > 0})
    turn = Turn(tier, area, move, votes, gains, losses, "counted" if change else "lot", papers=known.papers)
    if known.lower in (None, votes):
        return TierMargin(tier, votes, votes, turn, None, (turn,))
    return TierMargin(tier, known.lower, votes, turn, None, (turn,), f"{why}; the upper bound is a move that was tried")


def _change(less: Mapping[str, int], more: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    return dict(more), {c: -n for c, n in less.items()}
