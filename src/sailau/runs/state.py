"""The state of many runs in the middle of being counted, and what clauses are compiled from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from sailau.kernels.lots import DRAWN, SILENT
from sailau.runs.formulas import NoKernel
from sailau.runs.layout import MOVING
from sailau.terms.tally import AGAINST_ALL, BLANK, INVALID, LINES, Ballots, Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.kernels.philox import Key

    Counts = NDArray[Any]
    Seats = int | Counts


@dataclass
class State:
    """One area, or a tier as a whole, of many runs.

    Attributes
    ----------
    cast : array [run, line]
        All lines as drawn.
    standing : array [run, line]
        Votes of those that take part, 0 for the others.
    takes : array of bool, [line] or [run, line]
        Who takes part.
    recount : array [run] of bool
        Runs that the exact count has to decide: a tie with a rule, a case on which the law is silent.
    lots : array [run]
    key, first
        Where lots come from.
    seats, due : array [run, line], or None
        Seats placed here; seats that a list is due in all tiers together.
    passed : array [run, line] of bool, or None
        Who reached the bar of the tier.
    magnitude : array [run], or None
        Seats to fill here, where votes decide how many.
    floor : array [run, line], or None
        Seats below which a list cannot fall here.
    by_region : dict of str to array [run, line], or None
        Seats whose region is settled and whose district is not yet.
    parts : list of State
        The areas of a tier as a whole.
    done : mapping of str to Done
        Tiers that were counted before.
    """

    cast: Counts
    standing: Counts
    takes: Counts
    recount: Counts
    lots: Counts
    key: Key
    first: int
    seats: Counts | None = None
    due: Counts | None = None
    passed: Counts | None = None
    magnitude: Counts | None = None
    floor: Counts | None = None
    by_region: dict[str, Counts] | None = None
    parts: list[State] = field(default_factory=list)
    done: Mapping[str, Done] = field(default_factory=dict)

    def place(self, seats: Counts) -> None:
        """Add seats to those placed here."""
        self.seats = seats if self.seats is None else self.seats + seats

    def settled(self, status: Counts, *, by_lot: bool) -> None:
        """Note ties and silences that a kernel met."""
        if not status.any():
            return
        drawn = status == DRAWN
        self.recount |= status == SILENT
        if by_lot:
            self.lots += drawn
        else:
            self.recount |= drawn


Clause = Callable[[State], None]


def seats_here(state: State, scope: Scope) -> Seats:
    """Return the seats to fill in an area: a number, or one for each run where votes decide it."""
    return scope.seats if state.magnitude is None else state.magnitude


@dataclass(frozen=True)
class Done:
    """A tier that was counted: its states, and what it was compiled from."""

    before: Before
    whole: State
    parts: Sequence[State]


@dataclass(frozen=True)
class Before:
    """A tier as later tiers see it.

    Attributes
    ----------
    seats : int
    whole : Scope
    areas : tuple of Scope
        Its districts; the nation alone where it has none.
    divided : bool
        Whether it has districts.
    open : bool
        Whether votes decide how many seats it has.
    """

    seats: int
    whole: Scope
    areas: tuple[Scope, ...]
    divided: bool
    open: bool = False

    def region(self, area: str) -> str:
        """Return the larger unit that a district lies in, or its own name."""
        return self.whole.ballots.regions.get(area, area)


@dataclass(frozen=True)
class Scope:
    """Where a clause applies: the ballots of an area, its lines, its seats and the question's name.

    Attributes
    ----------
    tally, ballots, tier, area
    lines : tuple of str
    cast : tuple of int
        The votes that were counted.
    seats : int
    ruled : bool
        Whether decisions from outside may settle a tie.
    nationwide : bool
    before : mapping of str to Before
        Tiers that are counted before.
    inside : tuple of Scope
        The areas of a tier as a whole.
    open : bool
        Whether votes decide how many seats there are here.
    """

    tally: Tally
    ballots: Ballots
    tier: str
    area: str
    lines: tuple[str, ...]
    cast: tuple[int, ...]
    seats: int
    ruled: bool
    nationwide: bool
    before: Mapping[str, Before] = field(default_factory=dict)
    inside: tuple[Scope, ...] = ()
    open: bool = False

    def key(self, step: str) -> str:
        """Return the name of the question that a step may leave open here."""
        return f"{self.tier}.{step}" if self.nationwide else f"{self.tier}.{self.area}.{step}"

    def by_lot(self, ties: Sequence[str]) -> bool:
        """Say whether nothing but a lot settles a tie here."""
        return not self.ruled and tuple(ties[:1]) in ((), ("lot",))

    def columns(self, without: Sequence[str] | frozenset[str]) -> Counts:
        """Return which lines are none of `without`, as an array of bool."""
        import numpy as np

        return np.array([line not in without for line in self.lines])

    def parties(self) -> dict[str, int]:
        """Return the column of each party's list.

        Raises
        ------
        NoKernel
            A party has two lists here.
        """
        place: dict[str, int] = {}
        for i, line in enumerate(self.lines):
            if line not in LINES:
                party = self.tally.party(line)
                if party in place:
                    raise NoKernel("{party} has two lists in {area}", party=party, area=self.area)
                place[party] = i
        return place


def only(step: Any, *names: str) -> None:
    """Refuse a step that says something besides these terms: what is not known here is not counted here.

    Raises
    ------
    NoKernel
        Another term has another value than its default.
    """
    for part in fields(step):
        if part.name in ("cite", *names):
            continue
        default = part.default_factory() if part.default_factory is not MISSING else part.default
        if getattr(step, part.name) != default:
            raise NoKernel("{term}", step=step.name, term=part.name)


def base_of(scope: Scope, of: str) -> Callable[[State], Counts]:
    """Return what forms the base of a share in every run, as `Count.base` does for one."""
    import numpy as np

    if of == "standing":
        return lambda state: state.standing.sum(axis=1)
    if of == "standing_and_blank":
        blank = np.nonzero(~scope.columns((BLANK,)))[0]
        return lambda state: state.standing.sum(axis=1) + state.cast[:, blank].sum(axis=1)
    given = None if of == "list_votes" else scope.ballots.total(scope.area, of)
    if given is not None:
        if of not in MOVING:
            return lambda state: np.full(state.cast.shape[0], given)
        still = given - sum(scope.cast)
        return lambda state: state.cast.sum(axis=1) + still
    if of == "ballots":
        invalid = scope.ballots.total(scope.area, "invalid")
        if invalid is None and INVALID not in scope.lines:
            raise NoKernel("the tally has no figure: {of}", of="ballots")
        valid = base_of(scope, "valid")
        if invalid is not None:
            return lambda state: valid(state) + invalid
        column = scope.lines.index(INVALID)
        return lambda state: valid(state) + state.cast[:, column]
    if of == "valid_for_contenders":
        valid, lost = base_of(scope, "valid"), np.nonzero(~scope.columns((BLANK, AGAINST_ALL)))[0]
        return lambda state: valid(state) - state.cast[:, lost].sum(axis=1)
    without = {"list_votes": tuple(LINES), "valid": (INVALID,)}.get(of)
    if without is None:
        raise NoKernel("the tally has no figure: {of}", of=of)
    kept = np.nonzero(scope.columns(without))[0]
    return lambda state: state.cast[:, kept].sum(axis=1)
