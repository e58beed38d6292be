"""Margins where voters rank: of one seat exactly, of several between bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sailau.law.result import Result
from sailau.runs.margin_contest import Kind, Move
from sailau.runs.margin_courses import nearest_course, polls_of
from sailau.runs.margin_orders import nearest
from sailau.runs.margin_papers import Change, change_by, with_papers
from sailau.runs.margin_patience import allowed
from sailau.runs.margin_probe import change_of, least
from sailau.runs.margin_race import papers_read, race_of
from sailau.runs.margin_small import first_that_counts
from sailau.runs.margin_spans import ballots_proved
from sailau.runs.margin_whole import Reach
from sailau.seats.count import Count, flat
from sailau.seats.rank import Rank
from sailau.seats.tier import Tier
from sailau.terms.errors import SailauError

COUNTS = 150
"""How often the law may be counted for moves that are tried."""


def rank_step(tier: Tier) -> Rank | None:
    """Return the step of a tier that counts rankings, if it has one."""
    return next((step for step in flat(tier.steps) if isinstance(step, Rank)), None)


def ranked_reach(result: Result, tier: Tier, kinds: Sequence[Kind]) -> Reach:
    """Return what is known of the fewest ballots that change who is elected.

    Where one seat is filled by excluding the lowest, every order in which candidates can leave is looked at, and the
    margin is exact. With several seats the lower bound is what it takes to bring somebody elected down to others who
    can never have as many votes, or what every change of fewer ballots leaves as it is where there are few enough; the
    upper one is a change that was tried.
    """
    step = rank_step(tier)
    alone = step if step is not None and list(flat(tier.steps)) == [step] else None
    count = result.counts[tier.name]
    areas = count.areas or {count.area: count}
    best, floors = Reach(None), []
    for name in sorted(areas):
        best = _tried(result, tier.name, areas[name], kinds, best, allowed(COUNTS) // len(areas) or 1)
        best, floor = _of_area(result, tier.name, areas[name], alone, kinds, best)
        floors.append(floor)
    lower = min(floors) if best.found is None else min(*floors, best.found[2])
    if best.found is None and lower > _total(count):
        return Reach(None)
    if best.found is not None and lower == best.found[2]:
        return replace(best, lower=lower)
    why = "of the ranked ballots, fewer may do by a change that was not tried: more patience tries more"
    return replace(best, lower=lower, why=why)


def _total(count: Count) -> int:
    """Return the most ballots that any change needs: one more than there are."""
    return sum(sum(rankings.values()) for rankings in count.ballots.rankings.values()) + 1


def _of_area(
    result: Result, tier: str, count: Count, step: Rank | None, kinds: Sequence[Kind], best: Reach
) -> tuple[Reach, int]:
    """Return the best change when an area is searched too, and the least size of a change there not ruled out."""
    race = race_of(count, step) if step is not None else None

    def counts(change: Change) -> bool:
        return bool(_after(result, tier, count.area, change))

    def found(kind: Kind, change: Change) -> Reach:
        move = _as_move(kind, change)
        return Reach(None, (move, count.area, change.size, _after(result, tier, count.area, change)), papers=change)

    most = _total(count) if best.found is None else best.found[2] - 1
    floor = ballots_to_lose(count, step, kinds) if step is not None else 1
    known = polls_of(count, step, kinds) if race is None and step is not None else None
    if race is not None:
        near = nearest(race, kinds, counts, most)
        floor = near.lower if near.lower is not None else most + 1
        if near.change is not None and near.kind is not None:
            best, most = found(near.kind, near.change), near.change.size - 1
    elif known is None and step is not None and floor <= most:
        floor = max(floor, ballots_proved(count, step, kinds, most))
    if floor <= most:
        papers, names = count.ballots.rankings[count.area], sorted(count.contenders())
        floor, kind, change = first_that_counts(papers, names, kinds, range(floor, most + 1), counts)
        if change is not None and kind is not None:
            best, most = found(kind, change), change.size - 1
    if known is not None and floor <= most:
        course = nearest_course(*known, counts, most)
        floor = max(floor, course.lower)
        if course.change is not None and course.kind is not None:
            best, most = found(course.kind, course.change), course.change.size - 1
    return best, floor


def ballots_to_lose(count: Count, step: Rank, kinds: Sequence[Kind]) -> int:
    """Return ballots without which nobody elected can lose: 1 where that is not known.

    Somebody who always has more votes than another who stands is not excluded before that other, nor elected after.
    First preferences are the fewest votes there can be, all ballots with the other in front the most. Whoever is so
    ahead of all but as many as there are seats, without themselves, is elected. (Blom and others, 2022, call these
    comparisons assertions.)
    """
    plain = step.rule in ("stv", "meek") or (step.rule == "exclusion" and step.share is None)
    if not plain or step.exclude not in ("lowest", "hopeless") or step.drop_first or not count.placed:
        return 1
    names = sorted(count.contenders())
    papers = papers_read(count, step)
    each = 2 if "moved" in kinds else 1
    bounds = []
    for one in count.placed:
        first = sum(n for paper, n in papers if paper[:1] == (one,))
        gaps = sorted(gap for other in names if other != one and (gap := first - _in_front(papers, other, one)) > 0)
        spare = len(gaps) - (len(names) - len(count.placed))
        bounds.append(-(-gaps[spare] // each) if spare >= 0 and gaps else 1)
    return min(bounds)


def _in_front(papers: Sequence[tuple[tuple[str, ...], int]], other: str, one: str) -> int:
    """Return the ballots that have `other` in front of `one`."""
    return sum(
        n for paper, n in papers if other in paper and other in paper[: paper.index(one) if one in paper else None]
    )


def _as_move(kind: Kind, change: Change) -> Move:
    """Return the move that most of the ballots make, by first preferences."""

    def leading(papers: Mapping[tuple[str, ...], int]) -> str | None:
        firsts: dict[str, int] = {}
        for ranking, n in papers.items():
            firsts[ranking[0]] = firsts.get(ranking[0], 0) + n
        return min(firsts, key=lambda c: (-firsts[c], c), default=None)

    return Move(kind, leading(change.out), leading(change.into))


def _tried(result: Result, tier: str, count: Count, kinds: Sequence[Kind], best: Reach, left: int) -> Reach:
    """Return the best change so far: votes of an elected candidate to another, or ballots for another alone."""
    votes = count.contenders()
    papers = count.ballots.rankings[count.area]
    elected = sorted((c for c in count.placed if c in votes), key=lambda c: (votes[c], c))
    losers = sorted((c for c in votes if c not in count.placed), key=lambda c: (-votes[c], c))[:4]
    moves = [Move("moved", one, two) for one in elected for two in losers] if "moved" in kinds else []
    moves += [Move("added", None, two) for two in losers] if "added" in kinds else []
    moves += [Move("removed", one, None) for one in elected] if "removed" in kinds else []
    for move in moves:
        most = _total(count) if move.giver is None else votes[move.giver]
        high = most if best.found is None else min(most, best.found[2] - 1)

        def change(t: int, move: Move = move) -> dict[str, int]:
            return _after(result, tier, count.area, change_by(papers, move, t))

        if high < 1 or left < 1:
            continue
        found, used = least(change, high)
        left -= used
        if found is not None:
            best = Reach(None, (move, count.area, found, change(found)), papers=change_by(papers, move, found))
    return best


def _after(result: Result, tier: str, area: str, change: Change) -> dict[str, int]:
    """Return who gains and loses seats by a change; nothing while the law is silent."""
    try:
        tally = with_papers(result.tally, tier, area, change)
        return change_of(result, result.law.count(tally, decisions=result.decisions))
    except SailauError:
        return {}
