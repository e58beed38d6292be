"""Goals of a back-test, set in advance: what was asked, what was reached, and whether that is enough."""

from __future__ import annotations

from dataclasses import dataclass

from sailau.records.populations import PopulationRecord

MODEL, NAIVE = "model", "naive"


@dataclass(frozen=True, slots=True)
class Line:
    """One group (or all of them) in the test.

    Attributes
    ----------
    group : str
    truth : int
    naive, model : float
        Central forecasts.
    used : str
        ``model`` or ``naive``, as the test one census earlier chose.
    past_model, past_naive : float
        The scores of that earlier test, as shares of the people counted then.
    low, high : float
        The interval of the forecast used.
    crps, naive_crps, naive_error : float
        Of the forecast used; of the naive one with its spread; of the naive one as a bare number.
    """

    group: str
    truth: int
    naive: float
    model: float
    used: str
    past_model: float
    past_naive: float
    low: float
    high: float
    crps: float
    naive_crps: float
    naive_error: float

    @property
    def forecast(self) -> float:
        """The forecast used."""
        return self.model if self.used == MODEL else self.naive

    @property
    def error(self) -> float:
        """Relative error of the forecast used."""
        return self.forecast / self.truth - 1

    @property
    def inside(self) -> bool:
        """Whether the interval holds the truth."""
        return self.low <= self.truth <= self.high


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal set in advance, what was reached, and whether that is enough."""

    name: str
    asked: str
    reached: str
    met: bool


def goals_of(record: PopulationRecord, lines: tuple[Line, ...], total: Line, level: float) -> tuple[Goal, ...]:
    """Return the goals of a test: the whole, the two largest groups, intervals, scores."""
    goals = [_near("all groups", total, 0.015)]
    largest = sorted(lines, key=lambda line: -line.truth)[:2]
    for line, most in zip(largest, (0.01, 0.03), strict=False):
        goals.append(_near(record.name_of(line.group), line, most))
    inside = sum(line.inside for line in lines)
    least = -(-8 * len(lines) // 11)
    goals.append(Goal(f"{level:.0%} intervals", f"hold {least} of {len(lines)}", f"hold {inside}", inside >= least))
    for name, asked, parts in (
        ("score, groups added up", "below the naive growth as a bare number", [(s.crps, s.naive_error) for s in lines]),
        ("score, groups added up", "below the naive growth with its spread", [(s.crps, s.naive_crps) for s in lines]),
        ("score of all groups together", "below the naive growth as a bare number", [(total.crps, total.naive_error)]),
    ):
        ours, other = (sum(pair[i] for pair in parts) for i in (0, 1))
        goals.append(Goal(name, asked, f"{ours:,.0f}, that one {other:,.0f}", ours < other))
    return tuple(goals)


def _near(name: str, line: Line, most: float) -> Goal:
    return Goal(name, f"within {most:.1%}", f"{line.error:+.1%}", abs(line.error) <= most)
