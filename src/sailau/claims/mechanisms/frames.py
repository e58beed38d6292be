"""One sentence, two audiences."""

from __future__ import annotations

import numpy as np

from sailau.claims.mechanisms.model import Array, Mechanism, Parameter


def _posterior(prior: Array, evidence: Array, trust: Array) -> Array:
    odds = np.log(prior / (1 - prior)) + trust * np.log(evidence)
    return np.asarray(1 / (1 + np.exp(-odds)))


def _frames(*, prior: Array, frame_one: Array, trust_one: Array, frame_other: Array, trust_other: Array) -> Array:
    return _posterior(prior, frame_one, trust_one) - _posterior(prior, frame_other, trust_other)


AUDIENCE_FRAMES = Mechanism(
    "audience_frames",
    "Does one statement, reprinted under two frames, part two audiences?",
    "difference of belief between the audiences that it leaves",
    "logit p = logit prior + trust · log(weight of the frame), difference between the audiences",
    "share",
    {
        "prior": Parameter(0.2, 0.8, "belief in full support before the statement"),
        "frame_one": Parameter(1.0, 5.0, "weight of evidence that the first outlet gives it"),
        "trust_one": Parameter(0.1, 0.9, "trust of the first audience in its outlet"),
        "frame_other": Parameter(0.2, 1.5, "weight that the other outlet gives it"),
        "trust_other": Parameter(0.1, 0.9, "trust of the other audience in its outlet"),
    },
    _frames,
    "updating with discounted sources; compare M. Gentzkow and J. Shapiro, JPE 114 (2006)",
)
