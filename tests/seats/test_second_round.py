"""second_round: seats that a first round left; and by_persons: seats that go by the votes of persons."""

from __future__ import annotations

import random

import pytest

from sailau.law.edition import Law
from sailau.law.read import parse_law
from sailau.terms.errors import DrawRequired, InvalidLaw, LawSilent, MissingFigure, RoundRequired
from sailau.terms.tally import Ballots, Contender, Tally

HEAD = """law: xx/house
name: House
in_force: {from: 2020-01-01}
checked: null
texts: {el: Election Act}
seats: {cite: el 1}
tiers:
  d:
    district: multi_member
    ballot: candidate
    steps:
"""
MAJORITY = "      - elect: {rule: majority, share: 1/4, of: list_votes, otherwise: leave, cite: el 1}\n"


def law_of(*steps: str) -> Law:
    return parse_law(HEAD + "".join(steps), "xx/house@2020-01-01")


def two_rounds(terms: str, first: dict[str, int], second: dict[str, int] | None, seats: int) -> dict[str, int]:
    law = law_of(MAJORITY, f"      - second_round: {{{terms}cite: el 2}}\n")
    tiers = {"d": Ballots({"n": first}, seats={"n": seats})}
    if second is not None:
        tiers["d_round2"] = Ballots({"n": second})
    result = law.count(Tally(tiers, {}))
    assert result.explain()
    return {c: n for c, n in result.seats.items() if n}


def test_seats_left_by_the_first_round_go_to_the_most_votes_of_the_second() -> None:
    """Two seats, a majority is more than a quarter of the votes, for each voter has two: a alone has it."""
    first = {"a": 60, "b": 50, "c": 49, "e": 41}
    assert two_rounds("", first, {"a": 90, "b": 10, "c": 30}, 2) == {"a": 1, "c": 1}
    assert two_rounds("", {**first, "b": 51, "e": 40}, None, 2) == {"a": 1, "b": 1}, "nothing is left"
    assert two_rounds("", {"a": 25, "b": 25, "c": 25, "e": 25}, {"e": 4, "b": 3, "a": 1}, 2) == {"e": 1, "b": 1}


def test_a_second_round_that_was_not_held_is_asked_for() -> None:
    first = {"a": 60, "b": 50, "c": 49, "e": 41}
    with pytest.raises(RoundRequired, match="1 seat of n is left by the first round") as found:
        two_rounds("", first, None, 2)
    assert (found.value.key, found.value.options) == ("d.n.second_round", ("b", "c", "e"))
    with pytest.raises(RoundRequired) as found:
        two_rounds("admit: 2, ", first, None, 2)
    assert found.value.options == ("b", "c")


def test_only_the_first_ones_stand_where_the_law_says_so() -> None:
    first = {"a": 60, "b": 50, "c": 49, "e": 41}
    assert two_rounds("admit: 2, ", first, {"b": 10, "c": 12, "e": 99}, 2) == {"a": 1, "c": 1}
    assert two_rounds("", first, {"b": 10, "c": 12, "e": 99}, 2) == {"a": 1, "e": 1}
    with pytest.raises(DrawRequired) as found:
        two_rounds("admit: 1, ", {**first, "b": 49, "e": 42}, {"b": 5, "c": 6}, 2)
    assert (found.value.key, found.value.options) == ("d.n.second_round.admit", ("b", "c"))
    with pytest.raises(DrawRequired) as found:
        two_rounds("", first, {"b": 5, "c": 5}, 2)
    assert found.value.key == "d.n.second_round"
    assert two_rounds("ties: most_votes_in_all, ", first, {"b": 5, "c": 5}, 2) == {"a": 1, "b": 1}
    with pytest.raises(LawSilent, match="only 0 candidates"):
        two_rounds("", first, {"b": 0}, 2)
    with pytest.raises(InvalidLaw, match="12:23: second_round: admit"):
        law_of("      - second_round: {admit: 0, cite: el 2}\n")


PERSONS = "      - each: district\n        steps:\n          - allocate: {quota: hare, rest: none, cite: el 1}\n"


def by_persons(terms: str, lists: dict[str, int], persons: dict[str, int], seats: int) -> dict[str, int]:
    law = law_of(PERSONS, f"          - by_persons: {{persons: people, {terms}cite: el 2}}\n")
    marks = {p: Contender(p, party=p[0], kind="candidate") for p in persons}
    tiers = {"d": Ballots({"n": lists}, seats={"n": seats}), "people": Ballots({"n": persons})}
    result = law.count(Tally(tiers, marks))
    return {c: n for c, n in result.seats.items() if n}


def test_the_persons_with_the_most_votes_who_hold_no_seat_take_what_is_left() -> None:
    """100 votes, 5 seats: 20 each. a has 2 whole quotas and b one, taken by a1, a2 and b1; then come b2 and a3."""
    lists = {"a": 47, "b": 33, "c": 20 - 1, "e": 1}
    persons = {"a1": 20, "a2": 12, "a3": 11, "b1": 18, "b2": 13, "b3": 2, "c1": 10, "c2": 9, "e1": 1}
    assert by_persons("", lists, persons, 5) == {"a": 3, "b": 2}
    words = law_of(PERSONS, "          - by_persons: {persons: people, cite: el 2}\n").count(
        Tally(
            {"d": Ballots({"n": lists}, seats={"n": 5}), "people": Ballots({"n": persons})},
            {p: Contender(p, party=p[0], kind="candidate") for p in persons},
        )
    )
    assert "2 seats to the persons with the most votes: b2 (b) 13, a3 (a) 11" in words.explain()
    assert by_persons("most: 1, ", lists, {**persons, "a4": 12}, 5) == {"a": 3, "b": 2}
    assert by_persons("", lists, {**persons, "c1": 14}, 5) == {"a": 2, "b": 2, "c": 1}
    with pytest.raises(DrawRequired) as found:
        by_persons("", lists, {**persons, "c1": 11}, 5)
    assert (found.value.key, found.value.options) == ("d.n.by_persons", ("a3", "c1"))
    with pytest.raises(LawSilent, match="2 seats are left, and 1 persons"):
        by_persons("", lists, {"a1": 20, "a2": 12, "b1": 2, "c1": 4}, 5)


def test_equals_the_line_of_all_persons() -> None:
    rng = random.Random(3)
    for _ in range(100):
        lists = {c: rng.randint(1, 400) for c in "abcde"[: rng.randint(2, 5)]}
        persons = {f"{c}{i}": 10 * rng.randint(1, 99) + j for j, c in enumerate(lists) for i in range(12)}
        if len(set(persons.values())) < len(persons):
            persons = {p: 1000 * n + k for k, (p, n) in enumerate(persons.items())}
        seats, total = rng.randint(1, 9), sum(lists.values())
        won = {c: n * seats // total for c, n in lists.items()}
        line = sorted(persons, key=lambda p: -persons[p])
        own = {c: [p for p in line if p[0] == c] for c in lists}
        seated = {p for c, n in won.items() for p in own[c][:n]}
        for person in [p for p in line if p not in seated][: seats - sum(won.values())]:
            won[person[0]] += 1
        assert by_persons("", lists, persons, seats) == {c: n for c, n in won.items() if n}


def test_votes_of_persons_that_are_missing_are_asked_for() -> None:
    law = law_of(PERSONS, "          - by_persons: {persons: people, cite: el 2}\n")
    with pytest.raises(MissingFigure, match="people"):
        law.count(Tally({"d": Ballots({"n": {"a": 5, "b": 4}}, seats={"n": 3})}, {}))
    for terms in ("persons: people, seats: 0", "persons: people, most: 0", "persons: people, most: -2"):
        with pytest.raises(InvalidLaw, match="above 0") as found:
            law_of(PERSONS, f"          - by_persons: {{{terms}, cite: el 2}}\n")
        assert found.value.place is not None and found.value.place.line == 15
