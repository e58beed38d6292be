"""Threat from outside and within: who rallies, whom it estranges, and what balance abroad does at home."""

from __future__ import annotations

from sailau.claims.mechanisms.model import Array, Mechanism, Parameter


def _diversion(*, threat: Array, majority: Array, rally: Array, alienation: Array, disorder: Array) -> Array:
    return threat * (rally * majority - alienation * (1 - majority)) - disorder * threat**2


DIVERSION = Mechanism(
    "diversion",
    "Does hostility between groups raise the approval of the ruler?",
    "change of approval of the ruler under a threat, in parts of all citizens",
    "threat (rally · majority − alienation · minority) − disorder · threat²",
    "share",
    {
        "threat": Parameter(0.05, 1.0, "strength of the threat as perceived, 1 the strongest"),
        "majority": Parameter(0.6, 0.85, "part of citizens who belong to the rallying group"),
        "rally": Parameter(
            0.0, 0.2, "approval gained in that group at full threat; rallies elsewhere rarely pass 20 points"
        ),
        "alienation": Parameter(0.0, 0.5, "approval lost in the other groups at full threat"),
        "disorder": Parameter(0.0, 0.15, "approval lost by everybody when the threat turns into disorder"),
    },
    _diversion,
    "J. Mueller, APSR 64 (1970) on rallies; diversion: A. Smith, Economics and Politics 8 (1996)",
)


def _coupling(*, lean: Array, conflict: Array, salience: Array, provocation: Array) -> Array:
    leaning = salience * lean * conflict
    balanced = salience * provocation * conflict
    return leaning - balanced


TENSION_COUPLING = Mechanism(
    "tension_coupling",
    "Does a foreign policy of many directions keep ethnic identity less salient at home?",
    "ethnic salience avoided by balance instead of leaning to one pole, in parts of its range",
    "salience · conflict · (lean − provocation)",
    "share",
    {
        "lean": Parameter(0.0, 1.0, "distance from balance of the alternative, 1 being full alignment with one pole"),
        "conflict": Parameter(0.0, 1.0, "hostility between the poles"),
        "salience": Parameter(0.05, 0.6, "rise of ethnic salience at home for a unit of tension with a pole"),
        "provocation": Parameter(0.0, 0.6, "tension that balance itself causes, each pole suspecting the other"),
    },
    _coupling,
    "two-level reasoning after R. Putnam, International Organization 42 (1988); the form is ours",
)
