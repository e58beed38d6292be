"""assign: persons take places of their kind, the first of one line first, as far as their list has seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.allocate import Allocate
from sailau.seats.assign import Assign
from sailau.seats.count import Count, Each
from sailau.seats.explain import explain
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, InvalidRecord, LawSilent, MissingFigure
from sailau.terms.tally import Ballots, Contender, Tally
from sailau.terms.trail import Trail

PLACES = {"hills": {"red": 2, "blue": 1}, "coast": {"any": 2}}
ALLOCATE = Each(steps=(Allocate(quota="hare", ties=("lot",), cite="x 1"),))
CANDIDATES = {
    "hills": {"a_red": 500, "a_red2": 100, "a_blue": 90, "b_red": 80, "b_blue": 30},
    "coast": {"a_one": 60, "a_two": 59, "b_one": 51, "b_two": 30},
}
MARKS = {
    name: Contender(name, party=name[0], kind="candidate", traits=frozenset({name[2:].rstrip("2")}))
    for votes in CANDIDATES.values()
    for name in votes
}


def tier(places: Mapping[str, Mapping[str, int]] = PLACES, *, by: str = "share", seats: int = 5) -> Tier:
    step = Assign(places=places, persons="candidates", by=by, ties=("lot",), cite="x 2")  # type: ignore[arg-type]
    return Tier(
        name="list",
        seats=None,
        district="multi_member",
        ballot="open_list",
        steps=(ALLOCATE, step),
        magnitudes={"north": seats},
    )


def tally(candidates: Mapping[str, Mapping[str, int]] = CANDIDATES, **votes: int) -> Tally:
    lists = votes or {"a": 600, "b": 400}
    people = Ballots(candidates, regions=dict.fromkeys(candidates, "north"))
    return Tally({"list": Ballots({"north": lists}), "candidates": people}, MARKS)


def seated(count: Count) -> set[str]:
    return set(count.total_placed())


def test_the_line_is_followed_and_places_and_lists_fill_up() -> None:
    """a has 3 seats, b 2. By shares: a_red (62.5%), a_one (30%), a_two (29.5%), then a has its three; of b first b_one
    (25.5%), but the coast is full; b_two (15%) neither; b_red (10%) and b_blue (3.75%) take what is left."""
    done = tier().count(tally(), done={}, decisions={}, trail=())
    assert seated(done) == {"a_red", "a_one", "a_two", "b_red", "b_blue"}
    words = explain(Trail(done.trail or ()))
    assert "a_red (62.50 %) as red in hills" in words
    assert "60 votes (30.00 %): a place as any in coast" in explain(Trail(done.trail or ()), "a_one")
    assert "no place of its kind, or no seat of its list, was left" in explain(Trail(done.trail or ()), "b_one")
    assert "2 seats go to b_red, b_blue" in explain(Trail(done.trail or ()), "b")
    seats = list(Trail(done.trail or ()).seats())
    assert Counter(seat.contender for seat in seats) == dict.fromkeys(done.total_placed(), 1)


def test_by_votes_another_order_seats_others() -> None:
    """By votes a_red2 (100) comes before a_one (60), and a has no seat left for a_two."""
    done = tier(by="votes").count(tally(), done={}, decisions={}, trail=None)
    assert seated(done) == {"a_red", "a_red2", "a_blue", "b_one", "b_two"}


def test_equals_need_a_rule_only_where_they_stand_in_one_anothers_way() -> None:
    same = {**CANDIDATES, "coast": {"a_one": 60, "a_two": 60, "b_one": 60, "b_two": 20}}
    with pytest.raises(DrawRequired, match="a_one, a_two, b_one tie for the last seat"):
        tier().count(tally(same), done={}, decisions={}, trail=None)
    drawn = {"list.north.assign": ("b_one", "a_two")}
    done = tier().count(tally(same), done={}, decisions=drawn, trail=None)
    assert {"b_one", "a_two"} <= seated(done)
    free = {"hills": {"red": 2, "blue": 1}, "coast": {"any": 3}}
    lists = {"a": 800, "b": 400}
    done = tier(free, seats=6).count(tally(same, **lists), done={}, decisions={}, trail=None)
    assert {"a_one", "a_two", "b_one"} <= seated(done)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(InvalidLaw, match="north has 5 seats, but 3 places"):
        tier({"hills": {"red": 3}}).count(tally(), done={}, decisions={}, trail=None)
    with pytest.raises(InvalidLaw, match="places are numbers of seats"):
        Assign(places={}, cite="x 1")
    with pytest.raises(MissingFigure, match="the votes of the candidates"):
        tier().count(Tally({"list": Ballots({"north": {"a": 1}})}), done={}, decisions={}, trail=None)
    with pytest.raises(LawSilent, match=r"b 2 in north: nobody is left of a kind with a free place"):
        without = {"hills": {"a_red": 9, "a_red2": 8, "a_blue": 7}, "coast": CANDIDATES["coast"]}
        tier({"hills": {"red": 2, "blue": 1}, "coast": {"green": 2}}).count(
            tally(without), done={}, decisions={}, trail=None
        )
    two = {**MARKS, "a_red": Contender("a_red", party="a", traits=frozenset({"red", "blue"}))}
    with pytest.raises(InvalidRecord, match="a_red bears the marks of several kinds"):
        tier().count(Tally(tally().tiers, two), done={}, decisions={}, trail=None)


def block(places: Mapping[str, int]) -> Tier:
    step = Assign(places={"north": places}, ties=("lot",), cite="x 2")
    return Tier(
        name="list",
        seats=None,
        district="multi_member",
        ballot="candidate",
        steps=(step,),
        magnitudes={"north": sum(places.values())},
    )


def test_without_lists_the_most_votes_of_each_kind_win() -> None:
    marks = {c: Contender(c, kind="independent", traits=frozenset({c[0]})) for c in ("r1", "r2", "r3", "s1", "s2")}
    cast = Tally({"list": Ballots({"north": {"r1": 90, "r2": 80, "r3": 70, "s1": 20, "s2": 10}})}, marks)
    assert seated(block({"r": 2, "s": 1}).count(cast, done={}, decisions={}, trail=None)) == {"r1", "r2", "s1"}
    assert seated(block({"any": 2, "s": 1}).count(cast, done={}, decisions={}, trail=None)) == {"r1", "r2", "s1"}
    assert seated(block({"any": 1, "s": 2}).count(cast, done={}, decisions={}, trail=None)) == {"r1", "s1", "s2"}
    with pytest.raises(LawSilent, match="1 place in north found nobody of its kind"):
        block({"r": 1, "s": 3}).count(cast, done={}, decisions={}, trail=None)
    once = block({"any": 2, "s": 1})
    with pytest.raises(InvalidLaw, match="north has 0 seats, but 3 places"):
        replace(once, steps=once.steps * 2).count(cast, done={}, decisions={}, trail=None)


@st.composite
def elections(draw: st.DrawFn) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]], dict[str, int]]:
    """Return candidates by area, places that add up, and seats of lists."""
    places = {area: {k: draw(st.integers(0, 2)) for k in ("red", "blue")} for area in ("hills", "coast")}
    n = sum(sum(kinds.values()) for kinds in places.values())
    a = draw(st.integers(0, n))
    votes = iter(draw(st.lists(st.integers(1, 10**6), min_size=32, max_size=32, unique=True)))
    people = {
        area: {f"{c}_{k}{i if i else ''}_{area}": next(votes) for c in "ab" for k in ("red", "blue") for i in range(4)}
        for area in places
    }
    return people, places, {"a": a, "b": n - a}


@given(elections())
def test_no_seat_is_lost_and_nobody_was_passed_over_who_had_a_place(
    drawn: tuple[dict[str, dict[str, int]], dict[str, dict[str, int]], dict[str, int]],
) -> None:
    """Each place and each list's seat is taken once; whoever was passed over met a full kind or a full list."""
    people, places, lists = drawn
    if not sum(lists.values()):
        return
    kind_of = {name: (area, name.split("_")[1].rstrip("123")) for area, votes in people.items() for name in votes}
    marks = {
        name: Contender(name, party=name[0], kind="candidate", traits=frozenset({kind}))
        for name, (_, kind) in kind_of.items()
    }
    ballots = Ballots(people, regions=dict.fromkeys(people, "north"))
    votes = Tally({"list": Ballots({"north": lists}), "candidates": ballots}, marks)
    step = Assign(places=places, persons="candidates", cite="x 1")
    start = Count(votes, votes.tiers["list"], "list", "north", sum(lists.values()), lists, lists, placed=lists)
    done = step.apply(start)
    won = set(done.placed)
    assert len(won) == sum(lists.values())
    assert Counter(name[0] for name in won) == {c: n for c, n in lists.items() if n}
    assert Counter(kind_of[name] for name in won) == {
        (area, kind): n for area, kinds in places.items() for kind, n in kinds.items() if n
    }
    every = {name: n for votes in people.values() for name, n in votes.items()}
    for name in set(every) - won:
        ahead = [other for other in won if every[other] > every[name]]
        full_list = sum(other[0] == name[0] for other in ahead) == lists[name[0]]
        area, kind = kind_of[name]
        full_kind = sum(kind_of[other] == (area, kind) for other in ahead) == places[area][kind]
        assert full_list or full_kind
    turned = {area: dict(reversed(votes.items())) for area, votes in reversed(people.items())}
    again = Tally({"list": votes.tiers["list"], "candidates": Ballots(turned, regions=ballots.regions)}, marks)
    assert step.apply(start.but(tally=again)).placed == done.placed
