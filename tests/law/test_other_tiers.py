"""A law that names a tier it does not have is refused: a misspelt one would count for nothing."""

import pytest

from sailau.law.read import parse_law
from sailau.terms.errors import InvalidLaw

GOOD = """\
law: xx/house
name: A house of two tiers
in_force: {from: 2000-01-01}
checked: null
texts: {el: Election Law}
seats: {total: 20, cite: el 1}
tiers:
  district:
    seats: 10
    district: multi_member
    ballot: closed_list
    steps:
      - each: district
        steps:
          - threshold: {share: 5%, of: valid, cite: el 2}
          - allocate: {divisor: dhondt, ties: lot, cite: el 3}
  list:
    seats: 10
    district: nationwide
    ballot: closed_list
    votes: district
    steps:
      - threshold: {share: 5%, of: valid, seats: 1, in_tier: district, cite: el 4}
      - compensate: {tiers: [district], total: 20, divisor: sainte_lague, ties: lot, cite: el 5}
"""

FAULTS = [
    ("votes: district", "votes: districts", "districts", "no tier 'districts'"),
    ("in_tier: district", "in_tier: distict", "distict", "no tier 'distict'"),
    ("tiers: [district]", "tiers: [district, land]", "[district, land]", "no tier 'land'"),
    (
        "votes: district",
        "votes: list",
        "list\n    steps:\n      - threshold: {share: 5%, of: valid, seats",
        "nobody votes",
    ),
    (
        "    ballot: closed_list\n    steps:\n      - each",
        "    ballot: closed_list\n    votes: list\n    steps:\n      - each",
        "list\n    steps:\n      - each",
        "nobody votes",
    ),
]


def test_the_good_one_is_read() -> None:
    assert [tier.votes for tier in parse_law(GOOD, "xx/house@2000-01-01").tiers] == [None, "district"]


@pytest.mark.parametrize(("there", "instead", "at", "word"), FAULTS)
def test_a_tier_that_is_none_is_refused_at_its_place(there: str, instead: str, at: str, word: str) -> None:
    assert GOOD.count(there) == 1
    text = GOOD.replace(there, instead)
    before = text[: text.index(at, text.index(instead))]
    with pytest.raises(InvalidLaw, match=word) as caught:
        parse_law(text, "xx/house@2000-01-01")
    place = caught.value.place
    assert place is not None
    assert (place.line, place.column) == (before.count("\n") + 1, len(before) - before.rfind("\n")), str(caught.value)


def test_a_step_inside_the_districts_is_looked_at_too() -> None:
    text = GOOD.replace(
        "{share: 5%, of: valid, cite: el 2}", "{share: 5%, of: valid, seats: 1, in_tier: lists, cite: el 2}"
    )
    with pytest.raises(InvalidLaw, match="no tier 'lists'"):
        parse_law(text, "xx/house@2000-01-01")
