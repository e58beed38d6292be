"""Issues: a party lives on what others leave to it."""

from __future__ import annotations

from sailau.claims.mechanisms.model import Array, Mechanism, Parameter


def _ownership(*, tolerant: Array, decisive: Array, owner: Array, taken: Array, bar: Array) -> Array:
    return bar - tolerant * decisive * owner * (1 - taken)


ISSUE_OWNERSHIP = Mechanism(
    "issue_ownership",
    "Where nearly everybody is tolerant, is there no room for a party of tolerance?",
    "by how much the party stays below the bar",
    "bar − tolerant · decisive · owner · (1 − taken)",
    "share",
    {
        "tolerant": Parameter(0.5, 0.9, "citizens who share the value"),
        "decisive": Parameter(0.02, 0.3, "part of them whose vote it decides"),
        "owner": Parameter(0.05, 0.6, "part of those who would see the new party as its owner"),
        "taken": Parameter(0.2, 0.9, "part of those whom a large party that says the same takes back"),
        "bar": Parameter(0.05, 0.07, "legal threshold"),
    },
    _ownership,
    "B. Meguid, APSR 99 (2005)",
)


def _values(*, reach_wide: Array, pull_wide: Array, reach_one: Array, pull_one: Array) -> Array:
    return reach_wide * pull_wide - reach_one * pull_one


VALUE_PROGRAMME = Mechanism(
    "value_programme",
    "Does a programme of general values draw more votes than the rejection of one tradition?",
    "share of votes with the wide programme less that with the single issue",
    "reach_wide · pull_wide − reach_one · pull_one",
    "share",
    {
        "reach_wide": Parameter(0.1, 0.5, "citizens near the wide programme"),
        "pull_wide": Parameter(0.02, 0.2, "part of them who would vote for it: many parties offer values"),
        "reach_one": Parameter(0.03, 0.15, "citizens near the single issue"),
        "pull_one": Parameter(0.1, 0.5, "part of them who would vote for it: nobody else offers it"),
    },
    _values,
    "breadth against intensity after A. Downs (1957) and B. Meguid (2005); the form is ours",
)
