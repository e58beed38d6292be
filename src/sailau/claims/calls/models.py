"""The call on mechanisms: the effect that a stated model gives over the whole range of its parameters."""

from __future__ import annotations

from fractions import Fraction

from sailau.claims.figure import Figure, Grade
from sailau.claims.mechanisms import load_mechanism
from sailau.claims.mechanisms.explore import explore
from sailau.claims.world import World
from sailau.files.told import told, told_code
from sailau.terms.speech import say, written


def mechanism_effect(world: World, *, mechanism: str, ranges: dict[str, list[str | int]] | None = None) -> Figure:
    """Return effect of a mechanism; `ranges` narrows parameters to ``[low, high]``."""
    del world  # a mechanism reads no record
    model = load_mechanism(mechanism)
    seen = explore(model, model.narrowed(ranges or {}))
    decisive = ", ".join(f"{told_code(name)} {written(r, '+.2f')}" for name, r in seen.decisive[:3])
    words = say(
        "{effect}; over its range it goes with {decisive} (rank correlation)",
        effect=told(model.effect_is),
        decisive=decisive,
    )
    return Figure(
        seen.median,
        words,
        Grade.model,
        low=seen.low,
        high=seen.high,
        unit=model.unit,
        split=Fraction(seen.above, seen.points),
        sources=(f"mechanisms/{mechanism}",),
    )
