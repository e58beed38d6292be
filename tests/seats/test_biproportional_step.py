"""The step in a law: quorum, claims by voters, the strongest list, ties by decision, words."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction

import pytest

from sailau.law.edition import Law
from sailau.law.library import load_law
from sailau.records.library import load_election
from sailau.seats.biproportional import Biproportional
from sailau.seats.biproportional_matrix import biproportion
from sailau.seats.biproportional_proof import certify_matrix
from sailau.seats.biproportional_result import Blocked
from sailau.seats.count import Step
from sailau.seats.quorum import Quorum
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, InvalidVotes, LawSilent
from sailau.terms.tally import Ballots, Tally

OFFICIAL = [
    "ch/zh_kantonsrat/2019-03-24",
    "ch/ag_grosser_rat/2020-10-18",
    "ch/gr_grosser_rat/2022-05-15",
    "ch/zg_kantonsrat/2018-10-07",
    "ch/zuerich_gemeinderat/2006-02-12",
]


def law_of(*steps: Step) -> Law:
    tier = Tier(name="matrix", seats=None, district="multi_member", ballot="open_list", steps=steps)
    return Law("xx/house", "x", "x", date(2000, 1, 1), None, None, (tier,), {"x": "x"}, None)


def tally_of(votes: dict[str, dict[str, int]], seats: dict[str, int]) -> Tally:
    return Tally({"matrix": Ballots(votes, {}, seats)})


@pytest.mark.parametrize("name", OFFICIAL)
def test_official_results_and_their_proof(name: str) -> None:
    election = load_election(name)
    law = load_law(election.law, on=election.day)
    result = law.count(election.tally)
    official = {area: {c: n for c, n in row.items() if n} for area, row in election.official["matrix"].items()}
    assert result.areas["matrix"] == official
    votes = {
        a: {c: n for c, n in row.items() if result.seats.get(c)}
        for a, row in election.tally.tiers["matrix"].votes.items()
    }
    least = {}
    if any(isinstance(step, Biproportional) and step.strongest for step in law.tiers[0].steps):
        tops = {a: [c for c, n in row.items() if n == max(row.values())] for a, row in votes.items()}
        least = {a: {c[0]: 1} for a, c in tops.items() if len(c) == 1}
    parties = {c: n for c, n in result.seats.items() if n}
    made = biproportion(votes, election.tally.tiers["matrix"].seats, parties, least=least)
    certify_matrix(made)
    assert not made.tied


def test_claims_by_voters_make_districts_comparable() -> None:
    votes = {"large": {"a": 8000, "b": 2000}, "small": {"a": 200, "b": 800}}
    seats = {"large": 8, "small": 2}
    by_votes = law_of(Biproportional(cite="x")).count(tally_of(votes, seats)).seats
    assert by_votes == {"a": 7, "b": 3}  # 8,200 and 2,800 of 11,000
    by_voters = law_of(Biproportional(weigh="voters", cite="x")).count(tally_of(votes, seats)).seats
    assert by_voters == {"a": 6, "b": 4}  # 1,100 and 650 of 1,750


def test_voter_numbers_are_rounded_half_up_where_the_law_rounds() -> None:
    step = Biproportional(weigh="voters", grain=Fraction(1), cite="x")
    tied = tally_of({"x": {"a": 5, "b": 5}, "y": {"a": 3, "b": 4}}, {"x": 2, "y": 1})
    # x: 2.5 each becomes 3 each; y: 3 and 4. 6 against 7 for three seats: 1 and 2.
    assert law_of(step).count(tied).seats == {"b": 2, "a": 1}
    facts = next(e for e in law_of(step).count(tied).trail if e.key == "biproportional").facts
    assert facts["claims"] == {"a": 6, "b": 7}


@pytest.mark.parametrize(("votes", "passes"), [(5, True), (4, False)])
def test_the_quorum_of_a_district_just_reached_and_just_missed(votes: int, passes: bool) -> None:
    tally = tally_of({"x": {"a": 95, "b": votes, "c": 5 - votes}, "y": {"a": 900, "b": 1}}, {"x": 20, "y": 20})
    law = law_of(Quorum(district=Fraction(1, 20), cite="x"), Biproportional(cite="x"))
    assert ("b" in law.count(tally).counts["matrix"].votes) is passes


@pytest.mark.parametrize(("need", "standing"), [("any", {"big", "local", "wide"}), ("all", {"big"})])
def test_any_and_all_bars(need: str, standing: set[str]) -> None:
    votes = {"x": {"big": 500, "local": 60, "wide": 40}, "y": {"big": 2600, "wide": 110}}
    law = law_of(
        Quorum(district=Fraction(1, 10), nation=Fraction(1, 25), need=need, cite="x"),  # type: ignore[arg-type]
        Biproportional(cite="x"),
    )
    assert set(law.count(tally_of(votes, {"x": 5, "y": 5})).counts["matrix"].votes) == standing


def test_nobody_reaches_the_quorum() -> None:
    law = law_of(Quorum(nation=Fraction(9, 10), cite="x"), Biproportional(cite="x"))
    tally = tally_of({"x": {"a": 5, "b": 5}}, {"x": 2})
    with pytest.raises(LawSilent, match="no list reaches the quorum"):
        law.count(tally)
    assert law.count(tally, decisions={"matrix.quorum": ("a", "b")}).seats == {"a": 1, "b": 1}
    with pytest.raises(InvalidLaw, match="needs a bar"):
        Quorum(cite="x")


def test_the_strongest_list_of_a_district_has_a_seat() -> None:
    votes = {"x": {"a": 10, "b": 9}, "y": {"a": 0, "b": 300}, "z": {"a": 900, "b": 50}}
    seats = {"x": 1, "y": 1, "z": 3}
    plain = law_of(Biproportional(cite="x")).count(tally_of(votes, seats))
    sure = law_of(Biproportional(strongest=True, cite="x")).count(tally_of(votes, seats))
    assert plain.seats == sure.seats == {"a": 4, "b": 1}
    assert sure.areas["matrix"]["y"] == {"b": 1}
    votes, seats = {"x": {"a": 60, "b": 59}, "y": {"a": 900, "b": 90}}, {"x": 1, "y": 5}
    plain = law_of(Biproportional(cite="x")).count(tally_of(votes, seats))
    sure = law_of(Biproportional(strongest=True, cite="x")).count(tally_of(votes, seats))
    assert plain.areas["matrix"]["x"] == {"b": 1}
    assert sure.areas["matrix"]["x"] == {"a": 1}
    assert plain.seats == sure.seats == {"a": 5, "b": 1}


def test_equally_strongest_lists_need_a_lot_or_the_rule_lapses() -> None:
    tally = tally_of({"x": {"a": 10, "b": 10}, "y": {"a": 31, "b": 50}}, {"x": 1, "y": 4})
    with pytest.raises(DrawRequired, match="equally strongest in x") as caught:
        law_of(Biproportional(strongest=True, cite="x")).count(tally)
    assert caught.value.options == ("x/a", "x/b")
    for winner in ("a", "b"):
        decided = law_of(Biproportional(strongest=True, cite="x")).count(
            tally, decisions={"matrix.biproportional": (f"x/{winner}",)}
        )
        assert decided.areas["matrix"]["x"] == {winner: 1}
    lapsed = law_of(Biproportional(strongest=True, strongest_ties="lapse", cite="x")).count(tally)
    assert lapsed.areas["matrix"] == law_of(Biproportional(cite="x")).count(tally).areas["matrix"]


def test_tied_cells_are_decided_one_after_the_other() -> None:
    tally = tally_of({d: {"a": 10, "b": 10, "c": 10} for d in "xyz"}, dict.fromkeys("xyz", 1))
    law = law_of(Biproportional(ties=("lot",), cite="x"))
    answers: list[str] = []
    for _ in range(9):
        try:
            result = law.count(tally, decisions={"matrix.biproportional": tuple(answers)} if answers else None)
            break
        except DrawRequired as question:
            assert question.key == "matrix.biproportional"
            assert "a lot" in question.what
            answers.append(question.options[-1])
    assert result.seats == {"a": 1, "b": 1, "c": 1}
    assert answers == ["x/a=1", "y/b=1"]
    assert result.areas["matrix"] == {"x": {"a": 1}, "y": {"b": 1}, "z": {"c": 1}}


def test_parties_tied_in_the_nation() -> None:
    tally = tally_of({"x": {"a": 12, "b": 8}, "y": {"a": 8, "b": 12}}, {"x": 1, "y": 2})
    law = law_of(Biproportional(ties=("lot",), cite="x"))
    with pytest.raises(DrawRequired) as caught:
        law.count(tally)
    assert caught.value.options == ("a", "b")
    for party in "ab":
        assert law.count(tally, decisions={"matrix.biproportional": party}).seats[party] == 2


def test_a_lot_in_the_nation_stands_beside_lots_in_the_districts() -> None:
    tally = tally_of({d: {"a": 10, "b": 10} for d in "xyz"}, dict.fromkeys("xyz", 1))
    law = law_of(Biproportional(cite="x"))
    with pytest.raises(DrawRequired) as nation:
        law.count(tally)
    with pytest.raises(DrawRequired) as district:
        law.count(tally, decisions={"matrix.biproportional": "b"})
    assert (nation.value.options, district.value.options) == (("a", "b"), ("x/a=0", "x/a=1"))
    result = law.count(tally, decisions={"matrix.biproportional": ("b", "x/a=1")})
    assert result.areas["matrix"] == {"x": {"a": 1}, "y": {"b": 1}, "z": {"b": 1}}


def test_a_blocked_pattern_is_an_open_question_of_the_law() -> None:
    tally = tally_of({"x": {"a": 10, "b": 0}, "y": {"a": 10, "b": 100}}, {"x": 3, "y": 1})
    with pytest.raises(Blocked) as caught:
        law_of(Biproportional(cite="x 1")).count(tally)
    assert caught.value.districts == ("x",)
    assert caught.value.cite == "x 1"


def test_the_explanation_names_divisors_that_give_the_seats() -> None:
    election = load_election("ch/zg_kantonsrat/2018-10-07")
    result = load_law(election.law, on=election.day).count(election.tally)
    entries = [e for e in result.trail if e.key == "biproportional.district"]
    nation = next(e for e in result.trail if e.key == "biproportional")
    for entry in entries:
        for contender, votes in entry.facts["votes"].items():
            divisor = nation.facts["party_divisors"].get(contender)
            if divisor is None:
                continue
            claim = Fraction(votes) / entry.facts["divisor"] / divisor
            won = result.areas["matrix"][entry.area].get(contender, 0)
            assert abs(claim - won) <= Fraction(1, 2)
    assert sum(1 for _ in result.trail.seats()) == 80
    text = result.explain("glp")
    assert "passes" in text
    assert "votes over both divisors are" in text
    assert "out: aubue 2,993" in result.explain()


def test_a_strongest_seat_says_so() -> None:
    election = load_election("ch/gr_grosser_rat/2022-05-15")
    result = load_law(election.law, on=election.day).count(election.tally)
    assert "mitte as the strongest list" in result.explain()
    assert "as the strongest list of the district" in result.explain("mitte")


def test_random_laws_and_votes_lose_no_seat_and_raise_nothing_unknown() -> None:
    rng = random.Random(12)
    ends = {"decided": 0, "at once": 0, "silent": 0}
    for _ in range(250):
        names = "abcde"[: rng.randint(1, 5)]
        votes = {d: {c: rng.choice([0, rng.randint(1, 30), 10]) for c in names} for d in "wxyz"[: rng.randint(1, 4)]}
        seats = {d: rng.randint(0, 5) for d in votes}
        quorum = Quorum(district=Fraction(1, 20), nation=Fraction(1, 30), need=rng.choice(["any", "all"]), cite="x")  # type: ignore[arg-type]
        step = Biproportional(
            weigh=rng.choice(["votes", "voters"]),  # type: ignore[arg-type]
            grain=rng.choice([None, Fraction(1), Fraction(1, 100)]),
            strongest=rng.random() < 0.3,
            strongest_ties=rng.choice(["lot", "lapse"]),  # type: ignore[arg-type]
            cite="x",
        )
        law, tally, answers = law_of(quorum, step), tally_of(votes, seats), list[str]()
        while True:
            try:
                result = law.count(tally, decisions={"matrix.biproportional": tuple(answers)} if answers else None)
            except DrawRequired as question:
                answers += rng.sample(question.options, question.choose)
                assert len(answers) < 60
                continue
            except (LawSilent, InvalidVotes):
                ends["silent"] += 1
                break
            assert {d: sum(result.areas["matrix"][d].values()) for d in votes} == seats
            turned = {d: dict(reversed(row.items())) for d, row in reversed(votes.items())}
            decided = {"matrix.biproportional": tuple(answers)} if answers else None
            assert law.count(tally_of(turned, seats), decisions=decided).areas == result.areas
            ends["decided" if answers else "at once"] += 1
            break
    assert min(ends.values()) > 5
