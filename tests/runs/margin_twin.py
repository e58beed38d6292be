"""A slow search for margins that shares nothing with the programme: it counts every possible number of moved votes.

What the law does is written here a second time, in integers: quotients are compared by their place in a sorted list of
all quotients there can be, quotas are looked up in a table. Lines are numbered: contenders first, then ``against_all``,
``blank`` and ``invalid``. Up to two links of lists come after the contenders where seats are placed. A count that the
law leaves open gives False.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import Any

import numpy as np
from numba import njit

MOST_CONTENDERS, MOST_POOLS = 5, 2
SLOTS = MOST_CONTENDERS + MOST_POOLS
MOST_VOTES, MOST_SEATS = 760, 10

DROP, BAR, GUARANTEE, POOL, ALLOCATE, SHARE_OUT, PLURALITY, MAJORITY, TICKET = range(9)
STANDING = 6
REGISTERED, OUTER, INNER, PERSONS, DROPPED, HOME, PRESENT = range(7)
END, LOT, MOST_VOTES_WIN, REGISTERED_FIRST, FEWEST_VOTES_WIN = range(5)
TIES = {
    "lot": LOT,
    "most_votes": MOST_VOTES_WIN,
    "registered_first": REGISTERED_FIRST,
    "fewest_votes": FEWEST_VOTES_WIN,
    "second_vote": LOT,
}

# d(s), or a power of it where it is irrational: the votes are then taken to the same power.
SEQUENCES: dict[str, Callable[[int], Fraction]] = {
    "dhondt": lambda s: Fraction(s + 1),
    "sainte_lague": lambda s: Fraction(2 * s + 1),
    "danish": lambda s: Fraction(3 * s + 1),
    "imperiali_divisor": lambda s: Fraction(s + 2),
    "adams": lambda s: Fraction(s),
    "dean": lambda s: Fraction(s * (s + 1) * 2, 2 * s + 1),
    "huntington_hill": lambda s: Fraction(s * (s + 1)),
    "estonian": lambda s: Fraction(s + 1) ** 9,
    "macanese": lambda s: Fraction(2**s),
    "modified_sainte_lague": lambda s: Fraction(2 * s + 1) if s else Fraction(7, 5),
}
POWERS = {"huntington_hill": 2, "estonian": 10}
PRICES: dict[str, Callable[[int, int], tuple[int, int]]] = {
    "hare": lambda v, s: (v, s),
    "droop": lambda v, s: (v // (s + 1) + 1, 1),
    "hagenbach_bischoff": lambda v, s: (v, s + 1),
    "imperiali_quota": lambda v, s: (v, s + 2),
    "hare_rounded_down": lambda v, s: (v // s, 1),
    "hare_rounded_up": lambda v, s: ((v + s - 1) // s, 1),
    "hare_rounded": lambda v, s: ((2 * v + s) // (2 * s), 1),
    "hare_rounded_half_down": lambda v, s: ((2 * v + s - 1) // (2 * s), 1),
    "hagenbach_bischoff_rounded_down": lambda v, s: (v // (s + 1), 1),
    "hagenbach_bischoff_rounded_up": lambda v, s: ((v + s) // (s + 1), 1),
    "hagenbach_bischoff_rounded": lambda v, s: ((2 * v + s + 1) // (2 * s + 2), 1),
    "imperiali_quota_rounded_down": lambda v, s: (v // (s + 2), 1),
    "imperiali_quota_rounded_up": lambda v, s: ((v + s + 1) // (s + 2), 1),
    "imperiali_quota_rounded": lambda v, s: ((2 * v + s + 2) // (2 * s + 4), 1),
    "hare+1/2": lambda v, s: (2 * v, 2 * s + 1),
    "hare_rounded_up+1/2": lambda v, s: ((2 * v + 2 * s) // (2 * s + 1), 1),
    "hare_rounded+3/5": lambda v, s: ((10 * v + 5 * s + 3) // (10 * s + 6), 1),
    "hare_rounded_down+1/3": lambda v, s: (3 * v // (3 * s + 1), 1),
}


ORDERS = [
    (None, None, None),
    *[(name, None, None) for name in SEQUENCES],
    ("sainte_lague", Fraction(6, 5), None),
    ("dhondt", None, 1),
    ("modified_sainte_lague", None, 1),
    ("adams", None, 1),
]
"""Divisor sequence, another first divisor, and decimals to which quotients are rounded up."""


@lru_cache
def tables() -> tuple[Any, Any]:
    """Return all quotas ``[quota, votes, seats]`` as numerator and denominator, and the places of all quotients."""
    return np.stack([quotas(price) for price in PRICES.values()]), np.stack([places(*order) for order in ORDERS])


def quotas(price: Callable[[int, int], tuple[int, int]]) -> Any:
    table = np.zeros((MOST_VOTES, MOST_SEATS, 2), np.int64)
    for v in range(MOST_VOTES):
        for s in range(1, MOST_SEATS):
            table[v, s] = price(v, s)
    return table


def places(name: str | None, first: Fraction | None, decimals: int | None) -> Any:
    """Return the place of every quotient ``[votes, seats held]`` among all there can be; equal ones share it."""
    table = np.full((MOST_VOTES, MOST_SEATS), -1, np.int64)
    if name is None:
        return table
    values = {}
    for s in range(MOST_SEATS):
        d = first if first is not None and s == 0 else SEQUENCES[name](s)
        for v in range(1, MOST_VOTES):
            values[v, s] = (1, Fraction(v)) if d == 0 else (0, v ** POWERS.get(name, 1) / d)
            if decimals is not None and d:
                values[v, s] = (0, Fraction(ceil(values[v, s][1] * 10**decimals)))
    place = {value: n for n, value in enumerate(sorted(set(values.values())))}
    for (v, s), value in values.items():
        table[v, s] = place[value]
    return table


@njit(cache=True)
def settle(tied, need, votes, registered, rules, won):
    """Mark the `need` winners of a tie, one rule after the other; say whether the rules were enough."""
    left = tied.copy()
    for i in range(len(won)):
        won[i] = False
    for rule in rules:
        if rule <= LOT:
            break
        key = np.zeros(len(tied), np.int64)
        known = True
        for i in range(len(tied)):
            if rule == MOST_VOTES_WIN:
                key[i] = -votes[i]
            elif rule == FEWEST_VOTES_WIN:
                key[i] = votes[i]
            else:
                key[i] = registered[i]
                if left[i] and registered[i] < 0:
                    known = False
        if not known:
            continue
        still, taken = left.copy(), 0
        for i in range(len(tied)):
            if not left[i]:
                continue
            before = upto = 0
            for j in range(len(tied)):
                if left[j]:
                    before += key[j] < key[i]
                    upto += key[j] <= key[i]
            if upto <= need:
                won[i] = True
                taken += 1
                still[i] = False
            elif before >= need:
                still[i] = False
        need -= taken
        left = still
        if need == 0:
            return True
    return need == 0


@njit(cache=True)
def averages(votes, can, got, left, rank, limits, registered, rules):
    """Hand out seats one round of equal quotients after the other."""
    while left > 0:
        best = -1
        for i in range(len(votes)):
            if can[i] and votes[i] > 0 and got[i] < limits[i]:
                best = max(best, rank[votes[i], got[i]])
        if best < 0:
            return False
        tied = np.zeros(len(votes), np.bool_)
        n = 0
        for i in range(len(votes)):
            if can[i] and votes[i] > 0 and got[i] < limits[i] and rank[votes[i], got[i]] == best:
                tied[i] = True
                n += 1
        if n > left:
            won = np.zeros(len(votes), np.bool_)
            if not settle(tied, left, votes, registered, rules, won):
                return False
            tied = won
            n = left
        for i in range(len(votes)):
            got[i] += tied[i]
        left -= n
    return True


@njit(cache=True)
def back(votes, whole, rests, over, registered, rules):
    """Take one seat each from the smallest remainders; the rules for ties say who keeps its own."""
    holders = 0
    for i in range(len(votes)):
        holders += whole[i] > 0
    if holders < over:
        return False
    tied, need = np.zeros(len(votes), np.bool_), over
    lose = np.zeros(len(votes), np.bool_)
    n = 0
    for i in range(len(votes)):
        if whole[i] == 0:
            continue
        before = upto = 0
        for j in range(len(votes)):
            if whole[j] > 0:
                before += rests[j] < rests[i]
                upto += rests[j] <= rests[i]
        if upto <= over:
            lose[i] = True
            need -= 1
        elif before < over:
            tied[i] = True
            n += 1
    if need > 0:
        keep = np.zeros(len(votes), np.bool_)
        if not settle(tied, n - need, votes, registered, rules, keep):
            return False
        for i in range(len(votes)):
            lose[i] = lose[i] or (tied[i] and not keep[i])
    for i in range(len(votes)):
        whole[i] -= lose[i]
    return True


@njit(cache=True)
def formula(votes, can, seats, how, limits, registered, rules, got):
    """Place `seats` among those who `can` win.

    `how`: by a quota or not, its rest by averages, seats given back, units of a share of the votes (0: votes as cast).
    """
    quota, rest, excess, units, price, rank = how
    total = 0
    for i in range(len(votes)):
        got[i] = 0
        if can[i]:
            total += votes[i]
    if total == 0:
        return False
    if quota == 0:
        return averages(votes, can, got, seats, rank, limits, registered, rules)
    cast = votes
    if units > 0:
        votes = np.zeros(len(cast), np.int64)
        for i in range(len(cast)):
            if can[i]:
                share = cast[i] * units
                votes[i] = share // total + (2 * (share % total) >= total)
        total = units
    top, bottom = price[total, seats, 0], price[total, seats, 1]
    if top == 0:
        return False
    left = seats
    rests = np.zeros(len(votes), np.int64)
    for i in range(len(votes)):
        if can[i]:
            got[i] = votes[i] * bottom // top
            rests[i] = votes[i] * bottom % top
            left -= got[i]
    if left < 0:
        return excess == 1 and back(cast, got, rests, -left, registered, rules)
    if left == 0:
        return True
    if rest == 1:
        return averages(votes, can, got, left, rank, limits, registered, rules)
    takers = 0
    for i in range(len(votes)):
        takers += can[i] and votes[i] > 0
    if left > takers:
        return False
    tied, need, n = np.zeros(len(votes), np.bool_), left, 0
    for i in range(len(votes)):
        if not can[i] or votes[i] == 0:
            continue
        ahead = level = 0
        for j in range(len(votes)):
            if can[j] and votes[j] > 0:
                ahead += rests[j] > rests[i]
                level += rests[j] >= rests[i]
        if level <= left:
            got[i] += 1
            need -= 1
        elif ahead < left:
            tied[i] = True
            n += 1
    if need > 0:
        won = np.zeros(len(votes), np.bool_)
        if not settle(tied, need, cast, registered, rules, won):
            return False
        for i in range(len(votes)):
            got[i] += won[i]
    return True


@njit(cache=True)
def guaranteed(votes, can, admitted, seats, terms, price, got):
    """Whole quotas, those of admitted lists weighted and at least the minimum; the rest to the list that passed."""
    total, passed, last = 0, 0, -1
    for i in range(len(votes)):
        got[i] = 0
        if can[i]:
            total += votes[i]
            if not admitted[i]:
                passed += 1
                last = i
    if total == 0:
        return False
    top, bottom = price[total, seats, 0], price[total, seats, 1]
    if top == 0:
        return False
    left = seats
    for i in range(len(votes)):
        if can[i] and admitted[i]:
            got[i] = max(votes[i] * terms[4] * bottom // (top * terms[5]), terms[6])
        elif can[i]:
            got[i] = votes[i] * bottom // top
        left -= got[i]
    if left == 0:
        return True
    if left < 0 or passed != 1:
        return False
    got[last] += left
    return True


@njit(cache=True)
def first_past(votes, can, seats, registered, rules):
    """Mark as many leaders as there are seats; those without a vote never lead."""
    won = np.zeros(len(votes), np.bool_)
    tied, need = np.zeros(len(votes), np.bool_), seats
    runners = 0
    for i in range(len(votes)):
        runners += can[i] and votes[i] > 0
    if runners < seats:
        return False, won
    for i in range(len(votes)):
        if not can[i] or votes[i] == 0:
            continue
        ahead = level = 0
        for j in range(len(votes)):
            if can[j]:
                ahead += votes[j] > votes[i]
                level += votes[j] >= votes[i]
        if level <= seats:
            won[i] = True
            need -= 1
        elif ahead < seats:
            tied[i] = True
    if need > 0:
        more = np.zeros(len(votes), np.bool_)
        if not settle(tied, need, votes, registered, rules, more):
            return False, won
        for i in range(len(votes)):
            won[i] = won[i] or more[i]
    return True, won


@njit(cache=True)
def share_out(votes, marks, slot, seats, step, price, rank, limits, got):
    """Hand the seats of a pool to its members, through the links inside it."""
    n, how, rules = len(votes), (step[1], step[2], 0, 0, price, rank), step[8:11]
    sums, can, size = np.zeros(n, np.int64), np.zeros(n, np.bool_), np.zeros(n, np.int64)
    head = np.full(n, -1, np.int64)  # by contender: the first of its group, which stands for the group
    most, registered = np.zeros(n, np.int64), np.full(n, -1, np.int64)
    for i in range(n):
        if marks[HOME, i] != slot:
            continue
        for j in range(i, -1, -1):
            if marks[HOME, j] == slot and (j == i or (marks[INNER, i] > 0 and marks[INNER, j] == marks[INNER, i])):
                head[i] = j
        h = head[i]
        sums[h] += votes[i]
        can[h] = True
        size[h] += 1
        most[h] += limits[i]
    for i in range(n):
        registered[i] = marks[REGISTERED, i] if size[i] == 1 else -1
    won = np.zeros(n, np.int64)
    if not formula(sums, can, seats, how, most, registered, rules, won):
        return False
    for h in range(n):
        part = np.zeros(n, np.int64)
        if won[h] == 0:
            continue
        if size[h] == 1:
            part[h] = won[h]
        elif not formula(votes, head == h, won[h], how, limits, marks[REGISTERED], rules, part):
            return False
        got += part
    return True


@njit(cache=True)
def base_of(which, lines, stands, ours, constants, coefficients):
    """Return a base of shares: the votes that stand, or a straight sum of lines and a constant."""
    base = 0
    if which == STANDING:
        for i in range(SLOTS):
            if stands[i]:
                base += ours[i]
        return base
    base = constants[which]
    for i in range(len(lines)):
        base += coefficients[which, i] * lines[i]
    return base


@njit(cache=True)
def bar(step, bars, exempt, base, seats, price, ours, stands, below):
    """Put out who is below the bar; say whether somebody passes."""
    top, bottom = base, 1
    if step[3] == 1:
        top, bottom = price[base, seats, 0], price[base, seats, 1]
    passed = 0
    for i in range(SLOTS):
        below[i] = False
        if not stands[i]:
            continue
        gap = ours[i] * bars[i, 1] * bottom - top * bars[i, 0]
        if gap > 0 or (gap == 0 and step[2] == 0) or exempt[i]:
            passed += 1
        else:
            below[i] = True
            stands[i] = False
    return passed > 0


@njit(cache=True)
def admit(step, ours, stands, below, admitted, registered):
    """Let the next largest lists in where too few passed; say whether the law tells who they are."""
    passed = others = 0
    able = np.zeros(SLOTS, np.bool_)
    for i in range(SLOTS):
        passed += stands[i]
        able[i] = below[i] and ours[i] > 0 and not stands[i]
        others += able[i]
    need = min(step[1] - passed, others)
    if need <= 0 or (step[2] == 1 and passed != 1):
        return True
    ok, chosen = first_past(ours, able, need, registered, step[8:11])
    for i in range(SLOTS):
        if ok and chosen[i]:
            stands[i] = True
            admitted[i] = step[3] == 0
    return ok


@njit(cache=True)
def join(ours, stands, marks):
    """Put links of two lists and more into the slots behind the contenders."""
    n = MOST_CONTENDERS
    for p in range(1, MOST_POOLS + 1):
        slot, known, total, members = n + p - 1, True, 0, 0
        for i in range(n):
            members += stands[i] and marks[OUTER, i] == p
        if members < 2:
            continue
        for i in range(n):
            if stands[i] and marks[OUTER, i] == p:
                ours[slot] += ours[i]
                known = known and marks[PERSONS, i] >= 0
                total += marks[PERSONS, i]
                stands[i] = False
                marks[HOME, i] = slot
        stands[slot] = True
        marks[PERSONS, slot] = total if known else -1


@njit(cache=True)
def limits_of(step, marks):
    """Return the most seats of every slot; as good as none where the law, or the record, sets no limit."""
    most = np.full(SLOTS, 1000, np.int64)
    for i in range(SLOTS):
        if step[4] == 1 and marks[PERSONS, i] >= 0:
            most[i] = marks[PERSONS, i]
    return most


@njit(cache=True)
def elect(step, base, seats, ours, stands, marks, placed):
    """Elect persons, or the list that takes all; say whether the law tells who they are."""
    able, need, each, standing = stands.copy(), seats, 1, 0
    for i in range(SLOTS):
        standing += stands[i]
    if step[0] == TICKET:
        need, each = 1, seats
    if step[0] == MAJORITY:
        above = 0
        for i in range(SLOTS):
            able[i] = stands[i] and ours[i] * step[3] > base * step[2]
            above += able[i]
        if above == 0:
            return False
        need = min(above, seats)
    elif standing == 1:
        for i in range(SLOTS):
            placed[i] += each * stands[i]
        return True
    rules = step[11:14] if standing == 2 and step[11] != END else step[8:11]
    ok, winners = first_past(ours, able, need, marks[REGISTERED], rules)
    for i in range(SLOTS):
        placed[i] += each * winners[i]
    return ok


@njit(cache=True)
def work(law, order, lines, constants, seats, stands, admitted, placed):
    """Apply steps to one area, or to the whole, of which `stands` take part; say whether the law has an answer."""
    steps, bars, exempt, marks, coefficients, prices, ranks = law
    marks = marks.copy()
    ours, below = np.zeros(SLOTS, np.int64), np.zeros(SLOTS, np.bool_)
    ours[:MOST_CONTENDERS] = lines[:MOST_CONTENDERS]
    terms = steps[0]
    for k in range(len(steps)):  # the terms on which a guarantee lets lists in, met before or here
        if steps[k, 0] == GUARANTEE:
            terms = steps[k]
    for k in order:
        step, ok = steps[k], True
        if step[0] == DROP:
            for i in range(SLOTS):
                stands[i] = stands[i] and marks[DROPPED, i] != 1
        elif step[0] == BAR:
            base = base_of(step[1], lines, stands, ours, constants, coefficients)
            ok = bar(step, bars[k], exempt[k], base, seats, prices[step[14]], ours, stands, below)
        elif step[0] == GUARANTEE:
            ok = admit(step, ours, stands, below, admitted, marks[REGISTERED])
        elif step[0] == POOL:
            join(ours, stands, marks)
        elif step[0] == ALLOCATE and (admitted & stands).any():
            ok = step[1] == 1 and guaranteed(ours, stands, admitted, seats, terms, prices[step[14]], placed)
        elif step[0] == ALLOCATE:
            most, rules = limits_of(step, marks), step[8:11]
            how = step[1], step[2], step[3], step[5], prices[step[14]], ranks[step[15]]
            ok = formula(ours, stands, seats, how, most, marks[REGISTERED], rules, placed)
        elif step[0] == SHARE_OUT:
            most = limits_of(step, marks)
            for slot in range(MOST_CONTENDERS, SLOTS):
                won, placed[slot] = placed[slot], 0
                if ok and won:
                    ok = share_out(ours, marks, slot, won, step, prices[step[14]], ranks[step[15]], most, placed)
        else:
            base = base_of(step[1], lines, stands, ours, constants, coefficients) if step[0] == MAJORITY else 0
            ok = elect(step, base, seats, ours, stands, marks, placed)
        if not ok:
            return False
    return True


@njit(cache=True)
def outcome(law, pre, body, lines, constants, seats, placed):
    """Count the whole law: the steps on the whole, then those of each area; say whether all is decided.

    `constants` has a row for each area, and one more for the whole.
    """
    areas = len(lines)
    stands, admitted = law[3][PRESENT] == 1, np.zeros(SLOTS, np.bool_)
    placed[:] = 0
    if len(pre):
        whole = lines.sum(axis=0)
        if not work(law, pre, whole, constants[areas], seats.sum(), stands, admitted, placed[0]):
            return False
    for a in range(areas):
        here, there = stands.copy(), admitted.copy()
        if not work(law, body, lines[a], constants[a], seats[a], here, there, placed[a]):
            return False
        if placed[a].sum() != seats[a]:
            return False
    return True


@njit(cache=True)
def search(law, pre, body, lines, constants, seats, moves, lots, found):
    """Fill in for every move (area, giver, taker, limit) the fewest votes that give other seats; 0 where none do."""
    base, placed = np.zeros((len(lines), SLOTS), np.int64), np.zeros((len(lines), SLOTS), np.int64)
    if not outcome(law, pre, body, lines, constants, seats, base):
        return False
    for m in range(len(moves)):
        area, giver, taker, limit = moves[m]
        now = lines.copy()
        for t in range(1, limit + 1):
            if giver >= 0:
                now[area, giver] -= 1
            if taker >= 0:
                now[area, taker] += 1
            ok = outcome(law, pre, body, now, constants, seats, placed)
            if (not ok and lots) or (ok and not np.array_equal(base, placed)):
                found[m] = t
                break
    return True
