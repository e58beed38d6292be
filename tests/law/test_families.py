"""Every pattern of the page on laws by family is a law, and counts an election without losing a seat."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sailau.law.edition import Law
from sailau.law.read import read_law
from sailau.seats.assign import Assign
from sailau.seats.balance import Balance
from sailau.seats.by_persons import ByPersons
from sailau.seats.count import flat
from sailau.seats.steps import STEPS
from sailau.seats.tier import Tier
from sailau.terms.tally import Ballots, Contender, Tally

PAGE = Path(__file__).resolve().parents[2] / "docs/how-to/laws-by-family.md"
PATTERNS = [
    (f"{section.splitlines()[0]} {number}", block)
    for section in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", section, re.DOTALL), 1)
]
FRAME = """law: xx/house
name: House
in_force: {from: 2020-01-01}
checked: null
texts: {el: Election Act}
seats: {cite: el 1}
"""
AREAS = ("north", "south")
LISTS = {"a": 41_003, "b": 30_011, "c": 17_021, "d": 9_007, "m": 1_201}
SEATS = {"a": 4, "b": 2}
MARKS = {
    "a": Contender("a", apparentment=("left",), candidates=200, registered=1, traits=frozenset({"hills"})),
    "b": Contender("b", candidates=200, registered=2, traits=frozenset({"hills"})),
    "c": Contender("c", apparentment=("left",), candidates=200, registered=3, traits=frozenset({"coast"})),
    "d": Contender("d", candidates=200, registered=4, traits=frozenset({"coast"})),
    "m": Contender("m", candidates=200, registered=5, traits=frozenset({"minority"})),
}


def law_of(text: str, folder: Path) -> Law:
    path = folder / "2020-01-01.yaml"
    path.write_text(FRAME + text, encoding="utf-8")
    return read_law(path)


def ballots(tier: Tier) -> Ballots:
    """Return votes such as the tier counts; the north is for a, the south for b."""
    if tier.district == "single_member":
        names = [f"{area}_{i}" for area in AREAS for i in range(3)]
        votes = {name: {"a": 61 - 7 * i, "b": 40 + 3 * i, "c": 9} for i, name in enumerate(names)}
        return Ballots(votes, regions={name: name.split("_")[0] for name in names})
    if tier.ballot == "ranked":
        rankings = {("a", "c"): 40, ("b", "d"): 35, ("c", "a"): 20, ("d",): 7}
        firsts = {ranking[0]: n for ranking, n in rankings.items()}
        return Ballots(dict.fromkeys(AREAS, firsts), rankings=dict.fromkeys(AREAS, rankings))
    by_region = tier.district == "multi_member" or any(step.name in ("quorum", "spread") for step in tier.steps)
    shares = {"north": 3, "south": 2} if by_region else {"nation": 5}
    votes = {area: {c: n * k // 5 + 431 * j**k for j, (c, n) in enumerate(LISTS.items())} for area, k in shares.items()}
    totals = {
        area: {"valid": sum(lines.values()), "ballots": sum(lines.values()) + 50} for area, lines in votes.items()
    }
    return Ballots(votes, totals)


def tally_of(law: Law) -> Tally:
    tiers = {tier.name: ballots(tier) for tier in law.tiers if tier.needs_votes and tier.votes is None}
    for tier in law.tiers:
        if tier.name in tiers and any(getattr(step, "rule", "") == "majority" for step in tier.steps):
            tiers[f"{tier.name}_round2"] = tiers[tier.name]
        if tier.areas == "region" and tier.votes in tiers and not tiers[tier.votes].regions:
            tiers[tier.votes] = replace(tiers[tier.votes], regions=dict.fromkeys(AREAS, "land"))
    people: dict[str, Contender] = {}
    for step in (step for tier in law.tiers for step in flat(tier.steps) if isinstance(step, ByPersons | Balance)):
        names = {f"{c}_{i}": c for c in LISTS for i in range(9)}
        votes = {name: 1000 * LISTS[c] // (i + 2) for i, (name, c) in enumerate(names.items())}
        tiers[step.persons] = Ballots(dict.fromkeys(AREAS, votes))
        women = frozenset({"women"})
        people |= {
            name: Contender(name, party=c, kind="candidate", traits=women if name.endswith("7") else frozenset())
            for name, c in names.items()
        }
    for step in (step for tier in law.tiers for step in flat(tier.steps) if isinstance(step, Assign) and step.persons):
        tiers[step.persons or ""], more = candidates(step)
        people |= more
    return Tally(tiers, MARKS | people)


def candidates(step: Assign) -> tuple[Ballots, dict[str, Contender]]:
    """Return ballots with four persons of each list for each kind of place of each smaller area."""
    votes: dict[str, dict[str, int]] = {}
    people = {}
    for area, kinds in step.places.items():
        for number, (party, kind) in enumerate((c, kind) for c in LISTS for kind in kinds):
            for i in range(4):
                name = f"{party}_{area}_{kind}_{i}"
                votes.setdefault(area, {})[name] = 1000 + 97 * number + 13 * i
                people[name] = Contender(name, party=party, kind="candidate", traits=frozenset({kind}))
    return Ballots(votes, regions={area: "south" if area == "south" else "north" for area in votes}), people


@pytest.mark.parametrize("text", [text for _, text in PATTERNS], ids=[title for title, _ in PATTERNS])
def test_a_pattern_counts(text: str, tmp_path: Path) -> None:
    law = law_of(text, tmp_path)
    result = law.count(tally_of(law))
    assert not result.uncounted
    for tier in law.tiers:
        count = result.counts[tier.name]
        placed = sum(count.total_placed().values())
        handing = any(step.name in ("leave", "take_over") for step in tier.steps)
        seats = count.seats if tier.seats is None or handing else tier.seats
        assert placed + count.vacant - count.extra == seats
        assert seats > 0 or handing
    assert len(list(result.trail.seats())) == sum(sum(c.total_placed().values()) for c in result.counts.values())
    assert result.explain()


ELSEWHERE = {
    "apportion",
    "cover",
    "give_back",
    "pass_on",
    "top_up",
    "weigh",
    "whole_quotas",
}
"""Steps that the page leaves to the reference."""


def test_the_page_shows_every_step_but_these() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert {name for name in STEPS if not re.search(rf"- {name}: ", text)} == ELSEWHERE
