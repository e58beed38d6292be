"""Foreign soldiers: whether they guard buildings or fight."""

from __future__ import annotations

from sailau.claims.mechanisms.model import Array, Mechanism, Parameter


def _legitimacy(*, offence: Array, seen_fighting: Array, seen_guarding: Array, skill: Array, danger: Array) -> Array:
    return offence * (seen_fighting - seen_guarding) - skill * danger


DEPLOYMENT_LEGITIMACY = Mechanism(
    "deployment_legitimacy",
    "Is it better for a ruler that foreign troops guard sites while his own forces fight?",
    "advantage of the division of tasks over its reverse, in units of the ruler's payoff",
    "offence · (seen_fighting − seen_guarding) − skill · danger",
    "index",
    {
        "offence": Parameter(0.0, 1.0, "loss of legitimacy when a foreign soldier is seen to use force"),
        "seen_fighting": Parameter(0.3, 1.0, "chance that it is seen when they fight"),
        "seen_guarding": Parameter(0.0, 0.5, "chance that it is seen when they guard"),
        "skill": Parameter(-0.2, 0.5, "by how much the foreign force fights better than the own one"),
        "danger": Parameter(0.0, 1.0, "how much of the outcome hangs on the fighting"),
    },
    _legitimacy,
    "assignment of tasks with a cost of legitimacy; the form is ours",
)
