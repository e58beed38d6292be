"""Vote vectors from elsewhere are counted as the law counts them; simulations can be watched and stopped."""

import numpy as np
import pytest

import sailau as sl
from sailau.runs.chance import Chance
from sailau.runs.field import Field
from sailau.runs.plan import Plan
from sailau.terms.errors import Invalid, NotFound

NOISE = sl.LogisticNormal(sd="0.158", correlation="0.2")


@pytest.fixture(scope="module")
def election() -> sl.Election:
    return sl.load_election("kz/mazhilis/2023-03-19")


@pytest.fixture(scope="module")
def law() -> sl.Law:
    return sl.load_law("kz/mazhilis", on="2023-03-19")


def test_every_vector_is_counted_as_the_law_counts_it(law: sl.Law, election: sl.Election) -> None:
    plan = Plan.of(law, election.tally)
    votes = (plan.layout.observed() * np.exp(0.3 * np.random.default_rng(1).standard_normal((40, 8)))).astype(int)
    for workers in (1, 3):
        outcome = sl.count_many(law, election.tally, np.repeat(votes, 600, axis=0), workers=workers)
        assert outcome.seats.shape == (24_000, len(outcome.parties))
        for row in range(40):
            exact = law.count(plan.layout.to_tally(votes[row])).seats
            got = dict(zip(outcome.parties, outcome.seats[600 * row + 599].tolist(), strict=True))
            assert {p: n for p, n in got.items() if n} == {p: n for p, n in exact.items() if n}


def test_a_law_counted_one_by_one_gives_the_same_and_tells_who_passed() -> None:
    election = sl.load_election("dk/folketing/2022-11-01")
    law = sl.load_law(election.law, on=election.day)
    plan = Plan.of(law, election.tally)
    outcome = sl.count_many(law, election.tally, [plan.layout.observed()])
    expected = {p: n for p, n in law.count(election.tally).seats.items() if n}
    assert {p: n for p, n in zip(outcome.parties, outcome.seats[0].tolist(), strict=True) if n} == expected


def test_who_passed_is_the_same_whoever_counts(law: sl.Law, election: sl.Election) -> None:
    plan = Plan.of(law, election.tally)
    votes = (plan.layout.observed() * np.exp(0.3 * np.random.default_rng(2).standard_normal((60, 8)))).astype(int)
    slow = law.replace({"list.allocate.excess": "smallest_remainder"})
    assert Plan.of(slow, election.tally).how == "one by one"
    arrays, single = sl.count_many(law, election.tally, votes), sl.count_many(slow, election.tally, votes)
    assert arrays.passed is not None and single.passed is not None
    assert (arrays.passed == single.passed).all()
    assert 0 < arrays.passed.mean() < 1


def test_votes_by_contender_leave_the_others_as_they_were(law: sl.Law, election: sl.Election) -> None:
    outcome = sl.count_many(law, election.tally, {"nsdp": np.array([331_058, 10])})
    assert outcome.seats[0].tolist() == [law.count(election.tally).seats.get(p, 0) for p in outcome.parties]
    assert outcome.seats[1, outcome.parties.index("nsdp")] == 0
    assert outcome.seats.sum(axis=1).tolist() == [69, 69]


@pytest.mark.parametrize(
    ("votes", "what"),
    [
        (np.ones((3, 7)), "7"),
        (np.full((3, 8), 0.5), "whole numbers"),
        (np.full((3, 8), np.nan), "whole numbers"),
        (np.full((3, 8), -1), "negative"),
        (np.full((3, 8), "x"), "whole numbers"),
        ({"nobody": [1]}, "nobody"),
        ({"nsdp": [1], "auyl": [1, 2]}, "one number for each run"),
        ({}, "nobody"),
    ],
)
def test_votes_that_are_none_are_refused(law: sl.Law, election: sl.Election, votes: object, what: str) -> None:
    with pytest.raises(Invalid, match=what):
        sl.count_many(law, election.tally, votes)  # type: ignore[arg-type]


def test_a_simulation_can_be_watched_and_ended(law: sl.Law, election: sl.Election) -> None:
    steps = sl.watch(law, election.tally, noise=NOISE, n=10_000, seed=7, block=1000, every=0, workers=2)
    seen = []
    for runs in steps:
        seen.append(runs.summary.runs)
        if len(seen) == 3:
            steps.close()
            break
    assert seen == [1000, 2000, 3000]
    assert steps.now.summary.runs == 3000 and not steps.now.is_complete
    three = sl.simulate(law, election.tally, noise=NOISE, n=3000, seed=7).summary
    assert steps.now.summary.to_json() == three.to_json()


def test_a_simulation_stops_when_it_is_told_to(law: sl.Law, election: sl.Election) -> None:
    told: list[int] = []
    runs = sl.simulate(
        law, election.tally, noise=NOISE, n=10_000, seed=7, block=1000, every=0,
        progress=lambda done, _: told.append(done), stop=lambda: len(told) == 4,
    )  # fmt: skip
    assert told == [1000, 2000, 3000, 4000] and runs.summary.runs == 4000


def test_given_shares_become_votes_row_by_row(law: sl.Law, election: sl.Election) -> None:
    votes = election.tally.tiers["list"].votes["nation"]
    share = votes["nsdp"] / sum(votes.values())
    noise = sl.GivenShares(parties=["nsdp", "amanat"], draws=[[0.10, 0.40], [0.01, 0.60], [share, 0.5]])
    runs = sl.simulate(law, election.tally, noise=noise, n=6, seed=1, keep_draws=True)
    assert runs.draws is not None
    column = runs.draws[:, runs.parties.index("nsdp")].tolist()
    assert column[:3] == column[3:] and column[0] > 6 and column[1] == 0 and column[2] in (3, 4)


def test_given_shares_move_districts_along() -> None:
    election = sl.load_election("es/congreso/2016-06-26")
    law = sl.load_law(election.law, on=election.day)
    plan = Plan.of(law, election.tally)
    field = Field.of(plan.layout)
    shares = field.shares()
    place = field.parties.index("pp")
    noise = sl.GivenShares(parties=["pp"], draws=[[shares[place] + 0.05]])
    drawn = noise.draw(field, Chance((1, 2), 0, 1))[0]
    moved = drawn[field.party == place].sum() / drawn[field.party >= 0].sum()
    assert moved == pytest.approx(shares[place] + 0.05, abs=0.001)


def test_a_uniform_swing_gives_the_given_shares_too(law: sl.Law, election: sl.Election) -> None:
    plan = Plan.of(law, election.tally)
    field = Field.of(plan.layout)
    noise = sl.GivenShares(parties=["nsdp", "amanat"], draws=[[0.07, 0.52]], kind="uniform")
    drawn = noise.draw(field, Chance((1, 2), 0, 1))[0]
    got = {party: drawn[field.party == i].sum() / drawn.sum() for i, party in enumerate(field.parties)}
    assert got["nsdp"] == pytest.approx(0.07, abs=1e-6) and got["amanat"] == pytest.approx(0.52, abs=1e-6)


@pytest.mark.parametrize(
    ("parties", "draws", "what"),
    [
        (["a"], [[0.5, 0.5]], "shape"),
        (["a", "a"], [[0.5, 0.5]], "two columns"),
        (["a"], [[1.5]], "shares"),
        (["a"], [[-0.1]], "shares"),
        (["a"], [[float("nan")]], "shares"),
        (["a"], np.zeros((0, 1)), "shape"),
    ],
)
def test_draws_that_are_no_shares_are_refused(parties: list[str], draws: object, what: str) -> None:
    with pytest.raises(Invalid, match=what):
        sl.GivenShares(parties=parties, draws=draws)


def test_draws_of_a_party_that_does_not_stand_are_refused(law: sl.Law, election: sl.Election) -> None:
    with pytest.raises(NotFound, match="nobody"):
        sl.simulate(law, election.tally, noise=sl.GivenShares(parties=["nobody"], draws=[[0.5]]), n=5, seed=1)
