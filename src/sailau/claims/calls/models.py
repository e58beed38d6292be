"""The call on mechanisms: the effect that a stated model gives over the whole range of its parameters."""

from __future__ import annotations

from fractions import Fraction

from sailau.claims.figure import Figure, Grade
from sailau.claims.mechanisms import load_mechanism
from sailau.claims.mechanisms.explore import explore
from sailau.claims.world import World


def mechanism_effect(world: World, *, mechanism: str, ranges: dict[str, list[str | int]] | None = None) -> Figure:
    """Return effect of a mechanism; `ranges` narrows parameters to ``[low, high]``."""
    del world  # a mechanism reads no record
    model = load_mechanism(mechanism)
    seen = explore(model, model.narrowed(ranges or {}))
    decisive = ", ".join(f"{name} {r:+.2f}" for name, r in seen.decisive[:3])
    words = f"{model.effect_is}; over its range it goes with {decisive} (rank correlation)"
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
