"""balance: a group has its part of all seats of a district, and persons give way within their own lists."""

from __future__ import annotations

import random

import pytest

from sailau.law.edition import Law
from sailau.law.read import parse_law
from sailau.law.result import Result
from sailau.terms.errors import DrawRequired, InvalidLaw, LawSilent
from sailau.terms.tally import Ballots, Contender, Tally

HEAD = """law: xx/house
name: House
in_force: {from: 2020-01-01}
checked: null
texts: {el: Election Act}
seats: {cite: el 1}
tiers:
  list:
    district: multi_member
    ballot: open_list
    steps:
      - each: district
        steps:
          - allocate: {quota: hare, rest: largest_remainder, ties: lot, cite: el 1}
          - fill: {order: preference_votes, persons: people, ties: lot, cite: el 2}
"""
Persons = dict[str, int]


def law_of(terms: str) -> Law:
    step = f"          - balance: {{trait: women, persons: people, {terms}, cite: el 3}}\n"
    return parse_law(HEAD + step, "xx/house@2020-01-01")


def counted(terms: str, lists: dict[str, int], people: Persons, seats: int, **decisions: str) -> Result:
    """Count one district; a person's list is the first letter of its name, and `w` in it marks a woman."""
    marks = {
        p: Contender(p, party=p[0], kind="candidate", traits=frozenset({"women"} if "w" in p else ())) for p in people
    }
    tally = Tally({"list": Ballots({"n": lists}, seats={"n": seats}), "people": Ballots({"n": people})}, marks)
    return law_of(terms).count(tally, decisions={key.replace("_", "."): value for key, value in decisions.items()})


def here(result: Result) -> dict[str, tuple[str, ...]]:
    return result.persons["list"]["n"]


# Two lists of eight seats each win 5 and 3; of the eight who have the most votes of their lists one is a woman.
LISTS = {"a": 50, "b": 30}
PEOPLE = {
    "a1": 90, "a2": 80, "a3": 70, "a4": 60, "a5": 21, "a6": 5, "aw1": 20, "aw2": 19,
    "b1": 50, "bw1": 45, "b3": 22, "b4": 3, "bw2": 15, "bw3": 2,
}  # fmt: skip


def test_the_weakest_of_all_lists_gives_way_to_the_best_of_the_group_on_its_own_list() -> None:
    """3 of 8: a5, the last of all with 21, gives way to aw1, and then b3 with 22 to bw2; a4 with 60 stays."""
    made = counted("seats: 3", LISTS, PEOPLE, 8)
    assert made.seats == {"a": 5, "b": 3}
    assert here(made) == {"a": ("a1", "a2", "a3", "a4", "aw1"), "b": ("b1", "bw1", "bw2")}
    words = made.explain()
    assert "Women: 3 seats at the least, 1 won" in words or "women: 3 seats at the least, 1 won" in words
    assert "aw1 (20 votes) takes the place of a5 on the list of a" in words
    assert here(counted("seats: 1", LISTS, PEOPLE, 8))["a"][-1] == "a5", "nobody gives way where there are enough"


@pytest.mark.parametrize(
    ("share", "rounding", "women"),
    [("25%", "up", 2), ("26%", "up", 3), ("30%", "down", 2), ("30%", "nearest", 2), ("5/16", "nearest", 3)],
)
def test_the_part_is_of_all_seats_and_rounded_as_the_law_says(share: str, rounding: str, women: int) -> None:
    made = counted(f"share: {share}, rounding: {rounding}", LISTS, PEOPLE, 8)
    assert sum("w" in person for names in here(made).values() for person in names) == women


def test_lists_make_room_for_a_fourth_of_their_seats_and_then_for_a_third() -> None:
    """Divide by four and drop the fraction: a owes one of 5, b none of 3. By three: a one, b one, which it has.

    So aw1 comes in for a5 in the first round, and the third woman is nobody's to give; of nine seats of a, two are.
    """
    made = counted("seats: 2, parts: [1/4, 1/3]", LISTS, PEOPLE, 8)
    assert here(made) == {"a": ("a1", "a2", "a3", "a4", "aw1"), "b": ("b1", "bw1", "b3")}
    with pytest.raises(LawSilent, match="3 seats belong to women, but the lists have room and names for 2") as found:
        counted("seats: 3, parts: [1/4, 1/3]", LISTS, PEOPLE, 8)
    assert found.value.key == "list.n.balance"
    made = counted("seats: 3, parts: [1/4, 1/3], short: fewer", LISTS, PEOPLE, 8)
    assert here(made)["b"] == ("b1", "bw1", "b3")
    third = counted("seats: 3, parts: [1/4, 2/3]", LISTS, PEOPLE, 8)
    assert here(third) == {"a": ("a1", "a2", "a3", "a4", "aw1"), "b": ("b1", "bw1", "bw2")}


def test_the_first_round_is_over_for_every_list_before_the_next_begins() -> None:
    """b1 has the fewest votes of all, but b owes nobody in the first round: a does, for a fourth of its four seats."""
    people = {"a1": 90, "a2": 80, "a3": 70, "a4": 60, "aw1": 9, "b1": 10, "b2": 11, "b3": 12, "bw1": 8}
    lists = {"a": 40, "b": 30}
    assert here(counted("seats: 1", lists, people, 7)) == {"a": ("a1", "a2", "a3", "a4"), "b": ("b3", "b2", "bw1")}
    made = counted("seats: 1, parts: [1/4, 1/3]", lists, people, 7)
    assert here(made) == {"a": ("a1", "a2", "a3", "aw1"), "b": ("b3", "b2", "b1")}
    made = counted("seats: 2, parts: [1/4, 1/3]", lists, people, 7)
    assert here(made) == {"a": ("a1", "a2", "a3", "aw1"), "b": ("b3", "b2", "bw1")}


def test_a_list_without_anybody_of_the_group_is_passed_over() -> None:
    people = {"a1": 9, "a2": 8, "b1": 70, "b2": 60, "bw1": 5, "bw2": 0}
    lists = {"a": 20, "b": 20}
    assert here(counted("seats: 1", lists, people, 4)) == {"a": ("a1", "a2"), "b": ("b1", "bw1")}
    with pytest.raises(LawSilent, match="names for 1"):
        counted("seats: 2", lists, people, 4)


def test_equal_votes_are_questions_with_names_of_their_own() -> None:
    people = {"a1": 9, "a2": 8, "a3": 8, "aw1": 5, "aw2": 5, "aw3": 4}
    with pytest.raises(DrawRequired) as found:
        counted("seats: 1", {"a": 30}, people, 3)
    assert (found.value.key, found.value.options) == ("list.n.balance.kept", ("a2", "a3"))
    with pytest.raises(DrawRequired) as found:
        counted("seats: 1", {"a": 30}, people, 3, list_n_balance_kept="a3")
    assert (found.value.key, found.value.options) == ("list.n.balance", ("aw1", "aw2"))
    made = counted("seats: 1", {"a": 30}, people, 3, list_n_balance_kept="a3", list_n_balance="aw2")
    assert here(made) == {"a": ("a1", "a3", "aw2")}


def test_without_votes_of_persons_nothing_is_known_and_nothing_changed() -> None:
    result = law_of("seats: 1").count(Tally({"list": Ballots({"n": {"a": 5, "b": 4}}, seats={"n": 3})}, {}))
    assert result.seats == {"a": 2, "b": 1} and result.persons == {}


def by_hand(sits: dict[str, list[str]], people: Persons, need: int) -> dict[str, set[str]]:
    """Return who sits in the end, from the one line of all who sit, the weakest first."""
    out = {line: set(names) for line, names in sits.items()}
    for person in sorted((p for names in sits.values() for p in names if "w" not in p), key=lambda p: people[p]):
        free = [p for p in people if p[0] == person[0] and "w" in p and p not in out[person[0]] and people[p]]
        if sum("w" in p for names in out.values() for p in names) < need and free:
            out[person[0]] = out[person[0]] - {person} | {max(free, key=lambda p: people[p])}
    return out


def test_equals_the_line_of_all_who_sit() -> None:
    rng, moved = random.Random(8), 0
    for _ in range(150):
        lists = dict(zip("abcd"[: rng.randint(1, 4)], rng.sample((97, 211, 307, 401), 4), strict=False))
        names = [f"{c}{'w' if rng.random() < 0.3 else ''}{i}" for c in lists for i in range(12)]
        people = dict(zip(names, rng.sample(range(1, 1000), len(names)), strict=True))
        seats, need = rng.randint(3, 9), rng.randint(1, 4)
        start = here(counted("seats: 1, short: fewer, parts: [0]", lists, people, seats))
        made = here(counted(f"seats: {need}, short: fewer", lists, people, seats))
        assert {line: set(who) for line, who in made.items()} == by_hand(
            {line: list(who) for line, who in start.items()}, people, need
        )
        moved += made != start
    assert moved > 40


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        ("seats: 0", "above 0"),
        ("seats: 2, share: 25%", "one of the two"),
        ("rounding: up", "one of the two"),
        ("share: 125%", "balance"),
        ("share: 25%, parts: [1/4, 5/4]", "balance"),
        ("share: 25%, rounding: off", "rounding"),
        ("share: 25%, short: vacant", "short"),
    ],
)
def test_bad_terms_are_refused_with_their_place(terms: str, what: str) -> None:
    with pytest.raises(InvalidLaw) as found:
        law_of(terms)
    assert what in str(found.value)
    assert found.value.place is not None and found.value.place.line == 16
