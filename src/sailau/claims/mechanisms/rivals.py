"""Two movements that answer each other: a nationalist and an internationalist one."""

from __future__ import annotations

import numpy as np

from sailau.claims.mechanisms.model import Array, Mechanism, Parameter


def _entry(*, own: Array, cost: Array, rival: Array, answer: Array) -> Array:
    """Effect of the rival's presence on the equilibrium strength of the entrant."""
    alone = np.maximum(own - cost, 0)
    joint = (own - cost + answer * rival) / (1 - answer**2)
    rival_then = (rival + answer * (own - cost)) / (1 - answer**2)
    # Where one would be negative it stays out, and the other stands as if alone.
    entrant = np.where(rival_then <= 0, alone, np.maximum(joint, 0))
    return np.asarray(entrant - alone)


ENTRY_REACTION = Mechanism(
    "entry_reaction",
    "Does the strength of a nationalist movement call an internationalist one into being?",
    "strength that the internationalist movement gains from the presence of the nationalist one",
    "dN/dt = N (rival + answer · I − N), dI/dt = I (own − cost + answer · N − I); I at rest, with N less without",
    "index",
    {
        "own": Parameter(0.0, 0.3, "support that the movement would have without any rival"),
        "cost": Parameter(0.0, 0.4, "what organising and registering take away"),
        "rival": Parameter(0.0, 0.5, "strength of the nationalist movement alone"),
        "answer": Parameter(-0.5, 0.8, "how much one feeds the other; below zero they draw on the same discontent"),
    },
    _entry,
    "competition of Lotka and Volterra; outbidding and counter-mobilisation after D. Horowitz (1985)",
)


def _backlash(*, base: Array, base_moved: Array, opponents: Array, opponents_moved: Array) -> Array:
    return opponents * opponents_moved - base * base_moved


BACKLASH = Mechanism(
    "backlash",
    "Does the entry of an internationalist list mobilise its opponents more than its voters?",
    "additional votes against less additional votes for, in parts of the electorate",
    "opponents · opponents_moved − base · base_moved",
    "share",
    {
        "base": Parameter(0.02, 0.3, "citizens who would consider the list"),
        "base_moved": Parameter(0.05, 0.4, "part of them who vote because it stands"),
        "opponents": Parameter(0.05, 0.6, "citizens who oppose it strongly"),
        "opponents_moved": Parameter(0.0, 0.3, "part of them who vote because it stands"),
    },
    _backlash,
    "counter-mobilisation after D. Horowitz (1985) and B. Meguid, APSR 99 (2005)",
)
