"""Steps that say who takes part: each turns the array of votes that stand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sailau.kernels.remainders import rounded_price
from sailau.runs.elsewhere import winnings
from sailau.runs.formulas import NoKernel, price_named
from sailau.runs.state import Clause, Scope, State, base_of, only
from sailau.seats.eligible import Eligible
from sailau.seats.fill import Fill
from sailau.seats.guarantee import Guarantee
from sailau.seats.qualify import Qualify
from sailau.seats.threshold import Threshold
from sailau.terms.tally import LINES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Counts = NDArray[Any]


_FALLING = ("lower", "lower_by", "few", "enough")
"""Terms of bars that fall where too few reach them: such runs are counted by the law itself."""


def eligible(step: Eligible, scope: Scope) -> Clause:
    """Return what takes lines out of every run."""
    import numpy as np

    only(step, "drop", "drop_kinds", "everywhere")
    kinds = [scope.tally.contender(line).kind for line in scope.lines]
    stays = scope.columns(step.drop) & np.array([kind not in step.drop_kinds for kind in kinds])
    if step.everywhere:
        areas = scope.ballots.votes.values()
        stays &= np.array([line in LINES or all(line in lines for lines in areas) for line in scope.lines])

    def apply(state: State) -> None:
        state.takes = state.takes & stays
        state.standing = state.standing * state.takes

    return apply


def threshold(step: Threshold, scope: Scope) -> Clause:
    """Return the bar: exact, in whole numbers."""
    import numpy as np

    only(step, "share", "of", "strict", "joint", "seats", "in_tier", "exempt", "quota", "if_none", *_FALLING)
    base = base_of(scope, step.of)
    if step.quota is not None and scope.seats:
        base, part = _priced(base, step.quota, scope.seats)
    else:
        part = Fraction(1)
    who = [scope.tally.contender(line) for line in scope.lines]
    bars = [step.bar(contender) * part for contender in who]
    exempt = np.array([bool(contender.traits.intersection(step.exempt)) for contender in who])
    largest = max(max(bar.numerator, bar.denominator) for bar in bars) if bars else 1
    if largest > 2**20:
        raise NoKernel("a share with a denominator above a million", step="threshold")
    groups = [(bar, np.array([other == bar for other in bars])) for bar in dict.fromkeys(bars)]
    won = _won(step.in_tier, scope) if step.seats is not None else None
    falls = bool(step.lower) or step.lower_by is not None

    def enough(base: Counts, bar: Fraction) -> Counts:
        """Return the fewest votes that reach the bar."""
        if step.strict:
            return base * bar.numerator // bar.denominator + 1
        return -(-base * bar.numerator // bar.denominator)

    def apply(state: State) -> None:
        of = base(state)
        passed = state.standing >= enough(of, bars[0])[:, None]
        for bar, mine in groups[1:]:
            passed[:, mine] = state.standing[:, mine] >= enough(of, bar)[:, None]
        if won is not None:
            passed |= won(state) >= step.seats
        if falls:
            state.recount |= (passed & state.takes).sum(axis=1) < step.few
        _let_in(state, passed | exempt if exempt.any() else passed)

    return apply


def _let_in(state: State, passed: Counts) -> None:
    """Keep those that passed; runs in which nobody did are a question for the law."""
    passed = passed & state.takes
    state.recount |= ~passed.any(axis=1)
    state.standing = state.standing * passed
    state.takes = state.passed = passed


def _priced(base: Callable[[State], Counts], quota: str, seats: int) -> tuple[Callable[[State], Counts], Fraction]:
    """Return the base and the part of it that one quota of it is; a rounded quota is a base of its own."""
    price = price_named(quota)
    if price.rounding == "exact":
        return base, Fraction(price.per, seats * price.per + price.extra)
    return lambda state: rounded_price(base(state), seats, price), Fraction(1)


def _won(tier: str | None, scope: Scope) -> Callable[[State], Counts]:
    """Return the seats of each list in a tier that was counted before or is declared; none where it is neither."""
    if tier is None or tier not in scope.before:
        known, party = scope.tally.declared.get(tier or "", {}), scope.tally.party
        here = [sum(n for winner, n in known.items() if party(winner) == party(line)) for line in scope.lines]
        return lambda state: state.standing * 0 + here
    find = winnings(scope, (tier,))
    return lambda state: find(state)[0]


def qualify(step: Qualify, scope: Scope) -> Clause:
    """Return the conditions of which one must be met."""
    import numpy as np

    only(step, "share", "of", "votes", "seats", "in_tier", "regions", "area_share", "exempt")
    local = _in_areas(step, scope) if step.area_share is not None else None
    base = base_of(scope, step.of) if step.share is not None else None
    exempt = np.array([bool(scope.tally.contender(line).traits.intersection(step.exempt)) for line in scope.lines])
    won = _won(step.in_tier, scope) if step.seats is not None else None
    regions = _in_regions(step, scope) if step.regions is not None and step.in_tier in scope.before else None
    share = step.share or Fraction(0)
    if max(share.numerator, share.denominator) > 2**20:
        raise NoKernel("a share with a denominator above a million", step="qualify")

    def apply(state: State) -> None:
        passed = np.zeros(state.standing.shape, bool)
        if base is not None:
            passed |= state.standing >= (-(-base(state) * share.numerator // share.denominator))[:, None]
        if step.votes is not None:
            passed |= state.standing >= step.votes
        if won is not None:
            passed |= won(state) >= step.seats
        if regions is not None:
            passed |= regions(state) >= step.regions
        passed = passed | exempt if exempt.any() else passed
        _let_in(state, passed if local is None else passed | local(state, passed))

    return apply


def _in_areas(step: Qualify, scope: Scope) -> Callable[[State, Counts], Counts]:
    """Return what lets lists take part in single districts by their share there; it finds who does so in any."""
    import numpy as np

    bar = step.area_share or Fraction(0)
    if max(bar.numerator, bar.denominator) > 2**20:
        raise NoKernel("a share with a denominator above a million", step="qualify")
    bases = [base_of(area, step.of) for area in scope.inside]
    place = {line: i for i, line in enumerate(scope.lines)}
    columns = [np.array([place[line] for line in area.lines]) for area in scope.inside]

    def admit(state: State, passed: Counts) -> Counts:
        some = np.zeros(passed.shape, bool)
        passed = passed & state.takes
        for part, base, at in zip(state.parts, bases, columns, strict=True):
            here = part.standing * bar.denominator >= (base(part) * bar.numerator)[:, None]
            here &= (part.standing > 0) & part.takes & np.broadcast_to(state.takes, passed.shape)[:, at]
            part.takes = part.takes & (passed[:, at] | here)
            some[:, at] |= here
        return some

    return admit


def _in_regions(step: Qualify, scope: Scope) -> Callable[[State], Counts]:
    """Return in how many regions each list has the votes of a seat."""
    import numpy as np

    name = step.in_tier or ""
    before = scope.before[name]
    groups: dict[str, list[int]] = {}
    for i, area in enumerate(before.areas):
        groups.setdefault(before.region(area.area), []).append(i)
    place = {line: i for i, line in enumerate(scope.lines)}

    def count(state: State) -> Counts:
        reached = np.zeros(state.standing.shape, np.int64)
        for members in groups.values():
            votes, total = np.zeros(state.standing.shape, np.int64), np.zeros(len(state.standing), np.int64)
            for i in members:
                cast = state.done[name].parts[i].cast
                for column, line in enumerate(before.areas[i].lines):
                    if line not in LINES:
                        total += cast[:, column]
                        if line in place:
                            votes[:, place[line]] += cast[:, column]
            seats = sum(before.areas[i].seats for i in members)
            reached += (votes * seats >= total[:, None]) & (total > 0)[:, None]
        return reached

    return count


def guarantee(step: Guarantee, scope: Scope) -> Clause:
    """Return what sends runs in which the guarantee is needed to the exact count."""
    only(step, "lists", "share", "of", "admit", "when", "weight", "minimum", "rest", "ties")
    base, share = (base_of(scope, step.of), step.share) if step.share is not None else (None, Fraction(0))
    if max(share.numerator, share.denominator) > 2**20:
        raise NoKernel("a share with a denominator above a million", step="guarantee")

    def apply(state: State) -> None:
        if state.passed is not None:
            state.recount |= state.passed.sum(axis=1) < step.lists
        if base is not None:
            state.recount |= state.standing.sum(axis=1) * share.denominator < base(state) * share.numerator

    return apply


def fill(step: Fill, scope: Scope) -> Clause:
    """Return what sends runs in which a list is too short, or its reserved share unclear, to the exact count."""
    import numpy as np

    if step.persons is not None and step.persons in scope.tally.tiers:
        raise NoKernel("persons by their votes, who may be equal", step="fill")
    rooms = []
    for line in scope.lines:
        contender = scope.tally.contender(line)
        room = scope.seats if contender.candidates is None else contender.candidates
        if step.reserved and contender.reserved is not None:
            room = min(room, int(contender.reserved / step.reserved))
        rooms.append(room)
    most = np.array(rooms)

    def apply(state: State) -> None:
        if state.seats is not None:
            state.recount |= (state.seats > most).any(axis=1)

    return apply
