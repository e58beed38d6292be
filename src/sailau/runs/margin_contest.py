"""A contest in which votes move: one nation, or one district of a tier whose districts count for themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sailau.runs.margin_signs import next_change
from sailau.runs.margin_states import signs_of
from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Decisions, Each, Step
from sailau.seats.elect import Elect
from sailau.seats.eligible import Eligible
from sailau.seats.fill import Fill
from sailau.seats.formula import Formula
from sailau.seats.guarantee import Guarantee
from sailau.seats.pool import Pool
from sailau.seats.share_out import ShareOut
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.errors import SailauError
from sailau.terms.tally import BLANK, INVALID, LINES, NATION, TOTALS, Ballots, Tally

Kind = Literal["moved", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Move:
    """Votes that come to one line, leave one, or go from one to another."""

    kind: Kind
    giver: str | None
    taker: str | None

    @property
    def slopes(self) -> dict[str, int]:
        """+1 where votes come, -1 where they go."""
        return {line: b for line, b in ((self.giver, -1), (self.taker, 1)) if line is not None}


def moves_among(votes: Mapping[str, int], kinds: Sequence[Kind]) -> Iterator[Move]:
    """Yield the moves that there can be among these lines."""
    lines = sorted(votes)
    own = [line for line in lines if line not in LINES]
    if "added" in kinds:
        yield from (Move("added", None, line) for line in own)
    if "removed" in kinds:
        yield from (Move("removed", line, None) for line in own if votes[line])
    if "moved" in kinds:
        for giver in lines:
            if votes[giver]:
                yield from (Move("moved", giver, taker) for taker in lines if taker != giver)


Stage = tuple[Step, Count, Count | SailauError]
"""A step, the count before it, and what it made of it."""


@dataclass(frozen=True, slots=True)
class View:
    """What a count gives in one state of the votes.

    Attributes
    ----------
    seats : dict of str to int, or None
        Seats in the area; None while the law leaves them open.
    among : frozenset of str
        Lines that stand in the whole tier when its districts begin to count.
    standing, admitted : frozenset of str
        Contenders that take part in the last step of the area, and those that a guarantee let in.
    terms : mapping
        On what terms a guarantee let contenders in before the districts count for themselves.
    stages : tuple of Stage
        What was done, for the question after how many votes it can be otherwise.
    """

    seats: dict[str, int] | None
    among: frozenset[str]
    standing: frozenset[str]
    admitted: frozenset[str]
    terms: Mapping[str, object]
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """The steps of a tier that decide one area, with the votes as they were.

    Attributes
    ----------
    tier : Tier
    area : str
    pre : tuple of Step
        Steps on the whole tier that come before its districts count for themselves.
    body : tuple of Step
    nation : Count
        The whole tier before its first step.
    """

    tier: Tier
    area: str
    pre: tuple[Step, ...]
    body: tuple[Step, ...]
    nation: Count

    @property
    def part(self) -> Count:
        """The area before its first step."""
        return self.nation if self.area == NATION else self.nation.areas[self.area]

    def moves(self, kinds: Sequence[Kind]) -> Iterator[Move]:
        """Return the moves there can be: contenders gain or lose votes, or any line gives to any other."""
        return moves_among(self.part.cast, kinds)

    def limit(self, move: Move) -> int | None:
        """Return how many votes can move at the most; None when there is no end.

        Where a quota is rounded, votes can be added without end and shake the last digit of it each time. From the
        number given here on, the contender that gains them has all the seats, or is the only one above a bar of
        quotas, and nothing changes any more.
        """
        if move.giver is not None:
            return self.part.cast[move.giver]
        ends = _end(self.pre, self.nation), _end(self.body, self.part)
        return max((end for end in ends if end is not None), default=None)

    def view(self, move: Move | None = None, t: int = 0) -> View:
        """Return the outcome after `t` votes moved."""
        slopes = move.slopes if move else {}
        part, among = moved(self.part, slopes, t, self.area), frozenset(self.part.votes)
        stages: tuple[Stage, ...] = ()
        terms: Mapping[str, object] = {}
        if self.pre:
            stages = _walk(self.pre, moved(self.nation, slopes, t, self.area).but(areas={}))
            filtered = stages[-1][2]
            if not isinstance(filtered, Count):
                return View(None, frozenset(), frozenset(), frozenset(), {}, stages)
            among, terms = frozenset(filtered.votes), filtered.admitted
            part = _among(part, among, terms)
        stages += _walk(self.body, part)
        before = next((count for step, count, _ in stages if isinstance(step, Allocate | Elect)), stages[-1][1])
        done = stages[-1][2]
        seats = None
        if isinstance(done, Count) and not done.left():
            seats = {c: n for c, n in done.placed.items() if n}
        return View(seats, among, frozenset(before.contenders()), frozenset(before.admitted), terms, stages)

    def next(self, view: View, move: Move, t: int, *, lots: bool = False) -> int | None:
        """Return after how many votes, `t` included, the state of `view` can become another one."""
        slopes, limit = move.slopes, self.limit(move)
        signs = (sign for step, count, after in view.stages for sign in signs_of(step, count, slopes, after, lots=lots))
        more = next_change(signs, None if limit is None else limit - t)
        return None if more is None else t + more

    def elsewhere(self, view: View) -> dict[tuple[str, str], int] | None:
        """Return the seats of the other areas with who takes part in a view; None while the law leaves some open."""
        out: dict[tuple[str, str], int] = {}
        for name, part in self.nation.areas.items():
            if name == self.area:
                continue
            done = _walk(self.body, _among(part, view.among, view.terms))[-1][2]
            if not isinstance(done, Count) or done.left():
                return None
            out |= {(name, c): n for c, n in done.placed.items() if n}
        return out


def _end(steps: Sequence[Step], count: Count) -> int | None:
    """Return the votes added after which no quota in these steps matters; None where there is none."""
    factors = [1 for step in steps if isinstance(step, Formula) and step.quota is not None]
    factors += [step.share.denominator for step in steps if isinstance(step, Threshold) and step.quota is not None]
    if not factors:
        return None
    seats, figures = count.seats + 2, count.ballots.totals.get(count.area, {})
    return 2 * max(factors) * seats * (max(sum(count.cast.values()), *figures.values(), 0) + seats)


def _among(part: Count, among: frozenset[str], terms: Mapping[str, object]) -> Count:
    if part.votes.keys() <= among and not terms:
        return part
    return part.but(votes={c: n for c, n in part.votes.items() if c in among}, admitted=terms)


def _walk(steps: Sequence[Step], count: Count) -> tuple[Stage, ...]:
    """Apply the steps one after the other, up to the first that has no answer."""
    stages: list[Stage] = []
    for step in steps:
        after: Count | SailauError
        try:
            after = step.apply(count)
        except SailauError as error:
            after = error
        stages.append((step, count, after))
        if not isinstance(after, Count):
            break
        count = after
    return tuple(stages)


def moved(count: Count, slopes: Mapping[str, int], t: int, area: str) -> Count:
    """Return an area, or the whole that it lies in, with `t` votes moved in that area."""
    if not t:
        return count
    lines = dict(count.cast)
    for line, b in slopes.items():
        lines[line] = lines.get(line, 0) + b * t
    ballots = moved_totals(count.ballots, area, slopes, t)
    standing = {line: n for line, n in lines.items() if line in count.votes or line not in count.cast}
    return count.but(cast=lines, votes=standing, ballots=ballots)


def moved_totals(ballots: Ballots, area: str, slopes: Mapping[str, int], t: int) -> Ballots:
    """Return the ballots with the figures of an area, and of the nation, after `t` votes moved."""
    change = {
        "valid": sum(b for line, b in slopes.items() if line != INVALID) * t,
        "ballots": sum(slopes.values()) * t,
        "voters": sum(slopes.values()) * t,
        "invalid": slopes.get(INVALID, 0) * t,
        "blank": slopes.get(BLANK, 0) * t,
    }
    totals = dict(ballots.totals)
    for name in {area, NATION}:
        if name in totals:
            totals[name] = {figure: n + change.get(figure, 0) for figure, n in totals[name].items()}
    return replace(ballots, totals=totals)


def contests(tier: Tier, tally: Tally, decisions: Decisions, done: Mapping[str, Count] | None = None) -> list[Contest]:
    """Return the contests of a tier, or nothing where its steps go beyond what moves in straight lines.

    `done` are the tiers counted before: what they gave stays as it is while votes of this tier move.
    """
    found = _split(tier)
    ballots = tally.tiers.get(tier.name)
    if found is None or ballots is None:
        return []
    count = tier.begin(tally, done=done or {}, decisions=decisions)
    pre, body = found
    if count.areas and not isinstance(tier.steps[-1], Each | Elect) and tier.district == "nationwide":
        count = _as_one(count)
    if not count.areas:
        return [Contest(tier, NATION, (), (*pre, *body), count)]
    return [Contest(tier, area, pre, body, count) for area in sorted(count.areas)]


def _as_one(count: Count) -> Count:
    """Return a nationwide count whose votes came by district without these."""
    known = {name: count.ballots.total(NATION, name) for name in TOTALS}
    totals = {NATION: {name: n for name, n in known.items() if n is not None}}
    return count.but(areas={}, ballots=replace(count.ballots, votes={NATION: count.cast}, totals=totals))


def _split(tier: Tier) -> tuple[tuple[Step, ...], tuple[Step, ...]] | None:
    """Return the steps on the whole tier and those in its areas; None where other steps are among them."""
    steps = tuple(step for step in tier.steps if not isinstance(step, Fill))
    if tier.votes is not None or not steps:
        return None
    pre, body = _halves(steps)
    ends = [type(step) for step in (*pre, *body) if isinstance(step, Allocate | Elect | ShareOut)]
    local = tier.district == "nationwide" or isinstance(steps[-1], Each | Elect)
    known = ends in ([Allocate], [Elect], [Allocate, ShareOut]) and isinstance(body[-1], Allocate | Elect | ShareOut)
    if not local or not known or not all(is_plain(step) for step in (*pre, *body)):
        return None
    return None if any(isinstance(step, Pool) for step in pre) else (pre, body)


def _halves(steps: tuple[Step, ...]) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """Return what comes before the districts count for themselves, and what they do."""
    last = steps[-1]
    if isinstance(last, Each):
        return steps[:-1], tuple(step for step in last.steps if not isinstance(step, Fill))
    return (steps[:-1], steps[-1:]) if isinstance(last, Elect) else ((), steps)


def is_plain(step: Step) -> bool:
    """Say whether everything that a step compares moves in straight lines, and `signs_of` names it."""
    if isinstance(step, Allocate):
        whole = step.most is None and not step.seated and (step.decimals is None or step.rest != "highest_average")
        return whole and step.quota_of == "standing" and (step.quota is None or step.limit == "none")
    if isinstance(step, ShareOut):
        return not step.assured and step.least is None
    if isinstance(step, Threshold):
        return step.parts is None and step.pools is None and step.if_none == "question"
    if isinstance(step, Pool):
        return not step.undo and step.share is None and step.least is None and step.need is None
    if isinstance(step, Guarantee):
        return step.share is None
    if isinstance(step, Elect):
        return step.least is None
    return isinstance(step, Eligible)
