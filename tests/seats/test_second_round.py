"""second_round: seats that a first round left; and by_persons: seats that go by the votes of persons."""

from __future__ import annotations

import random

import pytest

from sailau.law.edition import Law
from sailau.law.read import parse_law
from sailau.law.result import Result
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


IN_ORDER = {name: Contender(name, registered=i) for i, name in enumerate("zecbayx")}
"""Whoever comes first here was registered first."""


def counted(terms: str, first: dict[str, int], second: dict[str, int] | None, seats: int) -> Result:
    law = law_of(MAJORITY, f"      - second_round: {{{terms}cite: el 2}}\n")
    tiers = {"d": Ballots({"n": first}, seats={"n": seats})}
    if second is not None:
        tiers["d_round2"] = Ballots({"n": second})
    return law.count(Tally(tiers, IN_ORDER))


def two_rounds(terms: str, first: dict[str, int], second: dict[str, int] | None, seats: int) -> dict[str, int]:
    result = counted(terms, first, second, seats)
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


def test_as_many_stand_as_the_law_admits_for_each_seat_that_is_left() -> None:
    """a alone has more than a quarter of 100. With three seats two are left, and twice as many may stand."""
    first = {"a": 60, "b": 20, "c": 12, "e": 8}
    second = {"e": 9, "c": 5, "b": 4}
    assert two_rounds("admit: 2, ", first, second, 3) == {"a": 1, "e": 1, "c": 1}, "three stand, four might"
    assert two_rounds("admit: 1, ", first, second, 3) == {"a": 1, "c": 1, "b": 1}, "two stand: the first two"
    nobody = {"a": 60, "b": 20, "c": 20, "e": 0}
    assert two_rounds("admit: 3, ", nobody, {"e": 5, "b": 3, "c": 1}, 2) == {"a": 1, "e": 1}, "just as many as may"


def test_each_round_has_rules_of_its_own_for_equal_votes() -> None:
    """b and c tie for the one place beside e; c was registered before b, and e before both."""
    first = {"a": 60, "b": 13, "c": 13, "e": 14}
    second = {"b": 5, "c": 6, "e": 1}
    terms = "admit: 2, admit_ties: registered_first, "
    assert two_rounds(terms, first, second, 2) == {"a": 1, "c": 1}
    with pytest.raises(DrawRequired, match="13 votes each for a place in the second round in n"):
        two_rounds("admit: 2, ties: registered_first, ", first, second, 2)
    equal = {"b": 5, "c": 5, "e": 1}
    with pytest.raises(DrawRequired, match="5 votes each for the seat in n") as found:
        two_rounds("admit_ties: registered_first, ", first, equal, 2)
    assert dict(found.value.standing) == {"a": 1}
    assert two_rounds("ties: registered_first, ", first, equal, 2) == {"a": 1, "c": 1}
    assert two_rounds("ties: registered_first, ", first, {**equal, "e": 7}, 3) == {"a": 1, "e": 1, "c": 1}
    with pytest.raises(DrawRequired):  # the votes of this round are equal, whatever those of the first were
        two_rounds("ties: most_votes, ", {"a": 60, "b": 14, "c": 13, "e": 13}, equal, 2)


def test_who_was_not_in_the_first_round_may_win_the_second_and_a_vote_against_all_does_not() -> None:
    first = {"a": 60, "b": 20, "c": 20}
    assert two_rounds("", first, {"z": 50, "b": 3}, 2) == {"a": 1, "z": 1}
    assert two_rounds("", first, {"against_all": 50, "b": 3}, 2) == {"a": 1, "b": 1}, "one candidate for one seat"


def test_seats_of_the_second_round_are_told_in_the_order_of_its_votes() -> None:
    result = counted("", {"a": 60, "b": 20, "c": 12, "e": 8}, {"b": 10, "c": 30, "e": 12}, 3)
    told = [(s.contender, s.cause.rank, s.cause.claim) for s in result.trail.seats() if s.cite == "el 2"]
    assert told == [("c", 1, 30), ("e", 2, 12)]
    assert "2 seats left by the first round: c 30, e 12; next b 10" in result.explain()
    result = counted("", {"a": 60, "b": 20, "c": 12, "e": 8}, {"c": 10, "b": 10}, 3)
    assert [s.contender for s in result.trail.seats() if s.cite == "el 2"] == ["b", "c"]


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


LEFT = {"a": 47, "b": 33, "c": 19, "e": 1}
"""Of five seats a has two whole quotas of 20 and b one: two are left."""


def test_a_step_takes_no_more_seats_than_it_says_and_than_are_left() -> None:
    people = {"a1": 20, "a2": 12, "a3": 11, "b1": 18, "b2": 13}
    assert by_persons("seats: 9, ", LEFT, people, 5) == {"a": 3, "b": 2}
    law = law_of(
        PERSONS,
        "          - by_persons: {persons: people, seats: 1, cite: el 2}\n"
        "          - rest: {to: most_votes, below: 1, ties: lot, cite: el 3}\n",
    )
    marks = {p: Contender(p, party=p[0], kind="candidate") for p in people}
    result = law.count(Tally({"d": Ballots({"n": LEFT}, seats={"n": 5}), "people": Ballots({"n": people})}, marks))
    assert result.seats == {"a": 2, "b": 2, "c": 1, "e": 0}


def test_only_persons_with_votes_on_lists_that_stand_take_a_seat() -> None:
    people = {"a1": 20, "a2": 12, "b1": 2, "c1": 4}
    assert by_persons("", LEFT, {**people, "e1": 1}, 5) == {"a": 2, "b": 1, "c": 1, "e": 1}, "just as many as seats"
    with pytest.raises(LawSilent, match="2 seats are left, and 1 persons"):
        by_persons("", LEFT, {**people, "e1": 0}, 5)
    assert by_persons("", LEFT, {**people, "e1": 1, "z1": 99}, 5) == {"a": 2, "b": 1, "c": 1, "e": 1}


def test_a_list_wins_no_more_than_the_most() -> None:
    people = {"a1": 20, "a2": 19, "a3": 15, "a4": 14, "b1": 18, "b2": 13, "c1": 5}
    assert by_persons("", LEFT, people, 5) == {"a": 4, "b": 1}
    assert by_persons("most: 1, ", LEFT, people, 5) == {"a": 3, "b": 2}


def test_equal_persons_are_settled_by_the_rules_and_told_in_order() -> None:
    people = {"a1": 20, "a2": 12, "a3": 11, "b1": 18, "b2": 13, "c1": 11}
    marks = {p: Contender(p, party=p[0], kind="candidate", registered=-i) for i, p in enumerate(people)}
    tally = Tally({"d": Ballots({"n": LEFT}, seats={"n": 5}), "people": Ballots({"n": people})}, marks)
    step = "          - by_persons: {persons: people, ties: registered_first, cite: el 2}\n"
    result = law_of(PERSONS, step).count(tally)
    assert {c: n for c, n in result.seats.items() if n} == {"a": 2, "b": 2, "c": 1}, "c1 was registered before a3"
    told = [(s.contender, s.number, s.cause.rank) for s in result.trail.seats() if s.cause.kind == "person"]
    assert told == [("b", 2, 1), ("c", 1, 2)]
    with pytest.raises(DrawRequired) as found:
        by_persons("", LEFT, people, 5)
    assert dict(found.value.standing) == {"a": 2, "b": 1}


def test_persons_of_a_region_have_their_votes_from_its_districts() -> None:
    """b2 has 7 votes in p and 6 in q, together more than a3; what the persons of another region have counts nowhere."""
    people = {"p": {"a1": 20, "a2": 12, "b2": 7}, "q": {"b1": 18, "a3": 11, "b2": 6}, "r": {"c1": 99}}
    regions = {"p": "n", "q": "n", "r": "s"}
    marks = {p: Contender(p, party=p[0], kind="candidate") for v in people.values() for p in v}
    step = "          - by_persons: {persons: people, seats: 1, cite: el 2}\n"
    rest = "          - rest: {to: most_votes, below: 1, ties: lot, cite: el 3}\n"
    for district, area in (("multi_member", "n"), ("nationwide", "nation")):
        text = (HEAD + PERSONS + step + rest).replace("multi_member", district)
        if area == "nation":
            text = text.replace("      - each: district\n        steps:\n", "").replace("          - ", "      - ")
            text = text.replace("district: nationwide", "district: nationwide\n    seats: 5")
        law = parse_law(text, "xx/house@2020-01-01")
        own = people if area == "n" else {k: v for k, v in people.items() if k != "r"}
        tally = Tally({"d": Ballots({area: LEFT}, seats={area: 5}), "people": Ballots(own, regions=regions)}, marks)
        result = law.count(tally)
        assert "b2 (b) 13" in result.explain()
        assert result.seats == {"a": 2, "b": 2, "c": 1, "e": 0}


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
