"""Generations: attitudes that change because people are replaced, and memories that die or are handed on."""

from __future__ import annotations

from sailau.claims.mechanisms.model import Array, Mechanism, Parameter


def _replacement(*, turnover: Array, gradient: Array, conversion: Array) -> Array:
    return 10 * (turnover * gradient + conversion)


COHORT_REPLACEMENT = Mechanism(
    "cohort_replacement",
    "How fast does an attitude change because younger cohorts replace older ones?",
    "change of the share with the attitude in ten years",
    "10 (turnover · gradient + conversion)",
    "share",
    {
        "turnover": Parameter(
            0.012, 0.025, "part of the electorate replaced in a year, by deaths, departures and those who come of age"
        ),
        "gradient": Parameter(
            -0.1, 0.4, "share with the attitude among those who enter less that among those who leave"
        ),
        "conversion": Parameter(-0.003, 0.003, "change in a year within cohorts"),
    },
    _replacement,
    "G. Firebaugh, Social Science Research 18 (1989)",
)


def _memory(*, alive: Array, fading: Array, years: Array, handed_on: Array, needed: Array) -> Array:
    return alive * (1 - fading) ** years + (1 - alive) * handed_on - needed


MEMORY = Mechanism(
    "memory",
    "Does an event of the past still shape those who protest today?",
    "share for whom the event is formative, less what a common reference needs",
    "alive · (1 − fading)^years + (1 − alive) · handed_on − needed",
    "share",
    {
        "alive": Parameter(0.2, 0.35, "part of adults who were at least fifteen then"),
        "fading": Parameter(0.0, 0.04, "part of those for whom it fades in a year"),
        "years": Parameter(10.0, 60.0, "years since the event"),
        "handed_on": Parameter(0.0, 0.5, "part of the younger who took the memory over from family, school or media"),
        "needed": Parameter(0.1, 0.3, "part of adults that makes a place or a date a common reference"),
    },
    _memory,
    "H. Schuman and J. Scott, ASR 54 (1989) on generations and collective memories; the form is ours",
)
