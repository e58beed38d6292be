"""Choice: identities of the theory, exactly, and sums against a slower twin."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.terms.errors import Invalid
from sailau.votes.choice import Cells, InvalidCells, Slate, Voters, logit, support, totals
from sailau.votes.choice_positions import equilibria, medians, votes_of
from sailau.votes.choice_sntv import Race, gains, sntv, tie_costs
from sailau.votes.choice_strategic import fixed_points

CENSUS = {"kazakh": 13_497_891, "russian": 2_981_946, "uzbek": 614_047, "rest": 2_092_131}


def slate(parties: int, groups: int, seed: int = 3) -> Slate:
    rng = np.random.default_rng(seed)
    identity = rng.normal(size=(groups, parties))
    return Slate(
        tuple(f"p{i}" for i in range(parties)),
        rng.normal(size=parties),
        identity,
        rng.normal(size=parties),
        rng.normal(size=(groups, 2, parties)),
    )


def voters(groups: int) -> Voters:
    return Voters.normal(np.arange(groups * 2, dtype=float).reshape(groups, 2) / 4, 0.8)


def test_the_sum_equals_a_loop_over_every_position() -> None:
    people, stand = voters(3), slate(4, 3)
    fast = support(people, stand, issue=0.7, identity=1.3, attachment=0.4)
    assert stand.attachment is not None
    for g, a in itertools.product(range(3), range(2)):
        slow = [0.0] * 4
        for x, density in zip(people.positions[g, a], people.density, strict=True):
            odds = [
                math.exp(
                    -0.7 * (x - stand.positions[j]) ** 2
                    + 1.3 * stand.identity[g, j]
                    + 0.4 * stand.attachment[g, a, j]
                    + stand.valence[j]
                )
                for j in range(4)
            ]
            slow = [total + density * odd / sum(odds) for total, odd in zip(slow, odds, strict=True)]
        assert fast[g, a] == pytest.approx(slow, rel=1e-12)


def test_draws_are_what_one_draw_gives() -> None:
    people, stand = voters(3), slate(4, 3)
    issue, identity = np.array([0.2, 1.0, 3.0]), np.array([0.0, 1.0, math.inf])
    valence = np.random.default_rng(0).normal(size=(3, 4))
    passes = np.random.default_rng(1).uniform(size=(3, 4))
    together = support(
        people,
        stand,
        issue=issue,
        identity=identity,
        valence=valence,
        passes=passes,
        strategic=np.array([0.0, 1.0, 2.0]),
    )
    for i, strategic in enumerate((0.0, 1.0, 2.0)):
        alone = support(
            people,
            stand,
            issue=issue[i],
            identity=identity[i],
            valence=valence[i],
            passes=passes[i],
            strategic=strategic,
        )
        assert together[i] == pytest.approx(alone, rel=1e-12)


def ethnic(groups: int) -> Slate:
    """One party for each group."""
    rng = np.random.default_rng(5)
    return Slate(
        tuple(f"of_{g}" for g in range(groups)), rng.normal(size=groups), np.eye(groups), rng.normal(size=groups)
    )


def test_identity_without_end_is_the_ethnic_census() -> None:
    """Horowitz 1985: with parties of groups and identity alone, an election is a census."""
    cells = Cells.of_groups(CENSUS)
    people = Voters.normal(np.array([[0.0], [1.0], [-1.0], [0.5]]), 1.0)
    shares = totals(cells, np.ones((1, 4, 1)), support(people, ethnic(4), identity=math.inf))
    exact = [n / sum(CENSUS.values()) for n in CENSUS.values()]
    assert shares.tolist() == pytest.approx(exact, rel=4e-16)  # the last bit of a double
    near = totals(cells, np.ones((1, 4, 1)), support(people, ethnic(4), identity=60.0))
    assert near == pytest.approx(shares, abs=1e-12)
    far = totals(cells, np.ones((1, 4, 1)), support(people, ethnic(4), identity=1.0))
    assert np.abs(far - shares).max() > 0.05


def test_between_parties_equally_near_the_rest_decides() -> None:
    stand = Slate(("a", "b", "c"), np.zeros(3), np.array([[1.0, 1.0, 0.0]]), np.array([0.0, 1.0, 9.0]))
    people = Voters(np.zeros(1), np.ones((1, 1, 1)))
    shares = support(people, stand, identity=math.inf)[0, 0]
    assert shares == pytest.approx([1 / (1 + math.e), math.e / (1 + math.e), 0.0])


@pytest.mark.parametrize("strategic", [0.5, 1.0, 4.0])
def test_a_chance_of_one_is_sincere_voting(strategic: float) -> None:
    people, stand = voters(3), slate(4, 3)
    sincere = support(people, stand)
    assert support(people, stand, passes=np.ones(4), strategic=strategic).tolist() == sincere.tolist()
    assert support(people, stand, passes=np.full(4, 0.3), strategic=0.0).tolist() == sincere.tolist()
    doubted = support(people, stand, passes=np.array([1.0, 1.0, 1.0, 0.5]), strategic=strategic)
    assert (doubted[..., 3] < sincere[..., 3]).all()


def test_a_chance_of_none_takes_every_vote() -> None:
    shares = support(voters(2), slate(3, 2), passes=np.array([1.0, 0.0, 1.0]), strategic=1.0)
    assert shares[..., 1].max() == 0.0 and shares.sum(axis=-1) == pytest.approx(np.ones((2, 2)))
    with pytest.raises(InvalidCells, match="nobody to choose"):
        logit(np.full((1, 2), -np.inf))


def test_a_share_of_the_country_is_that_of_every_vote_cast() -> None:
    rng = np.random.default_rng(2)
    cells = Cells(rng.uniform(1, 9, (5, 3, 2)), tuple("abcde"), ("x", "y", "z"), ("18-29", "30+"))
    turnout, shares = rng.uniform(0.2, 0.9, (5, 3, 2)), support(voters(3), slate(4, 3))
    votes, cast = np.zeros(4), 0.0
    for r, g, a in itertools.product(range(5), range(3), range(2)):
        cast += cells.weights[r, g, a] * turnout[r, g, a]
        votes += cells.weights[r, g, a] * turnout[r, g, a] * shares[g, a]
    assert totals(cells, turnout, shares) == pytest.approx(votes / cast, rel=1e-12)


def test_bad_cells_are_named() -> None:
    with pytest.raises(InvalidCells, match=r"the weight of b, y, old is -1\.0"):
        Cells(np.array([[[1.0], [1.0]], [[1.0], [-1.0]]]), ("a", "b"), ("x", "y"), ("old",))
    with pytest.raises(InvalidCells, match="their axes say"):
        Cells(np.ones((2, 2, 2)), ("a", "b"), ("x", "y"), ("old",))
    with pytest.raises(InvalidCells, match="add up"):
        Voters(np.zeros(2), np.full((1, 1, 2), 0.4))


# Positions ------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 6), min_size=1, max_size=7))
def test_two_candidates_converge_to_the_median(people: list[int]) -> None:
    if not sum(people):
        people = [1, *people[1:]]
    ideals = list(range(len(people)))
    low, high = medians(ideals, people)
    found = equilibria(2, ideals, people)
    assert found == tuple(
        pair for pair in itertools.combinations_with_replacement(ideals, 2) if low <= pair[0] and pair[1] <= high
    )


def test_three_candidates_on_an_even_line_have_no_rest() -> None:
    assert equilibria(3, list(range(12)), [1] * 12) == ()
    assert equilibria(2, list(range(12)), [1] * 12) == ((5, 5), (5, 6), (6, 6))


def test_votes_are_shared_among_the_nearest() -> None:
    assert votes_of([0, 2], [0, 1, 2], [1, 1, 1]) == (Fraction(3, 2), Fraction(3, 2))


# Fixed points ---------------------------------------------------------------------------------------------------------


def test_all_fixed_points_of_a_map_whose_points_are_known() -> None:
    """x = 1 / (1 + exp(-k (x - 1/2))) has one root for k < 4 and three beyond; all of them, unstable ones too."""
    for k, number in ((2.0, 1), (3.9, 1), (8.0, 3)):
        found = fixed_points(lambda x, k=k: 1 / (1 + np.exp(-k * (x - 0.5))), 1)
        assert len(found) == number
        assert any(abs(point.chances[0] - 0.5) < 1e-5 for point in found)
        grid = np.linspace(0, 1, 100_001)
        signs = np.sign(1 / (1 + np.exp(-k * (grid - 0.5))) - grid)
        assert number == max((np.diff(signs[signs != 0]) != 0).sum(), 1)
    assert [point.stable for point in found] == [True, False, True]


def test_two_parties_that_compete_for_the_same_voters() -> None:
    """Each confirms itself at the other's cost: two stable points and one between, on the diagonal."""

    def step(x: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-10 * (x - x[:, ::-1])))

    found = fixed_points(step, 2)
    assert len(found) == 3 and [point.stable for point in found] == [True, False, True]
    for point in found:
        at = np.array([point.chances])
        assert step(at) == pytest.approx(at, abs=1e-4)
    assert found[1].chances == pytest.approx((0.5, 0.5), abs=1e-5)


# The single non-transferable vote -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seats", [1, 2, 3])
def test_nobody_votes_below_place_m_plus_one(seats: int) -> None:
    """Cox 1994: with many voters no best vote is for a candidate expected below place M + 1."""
    rng = np.random.default_rng(seats)
    sincere = 0
    for _ in range(100):
        shares, utility = rng.dirichlet(np.full(seats + 4, 3.0)), rng.uniform(size=(30, seats + 4))
        ahead = set(np.argsort(-shares)[: seats + 1].tolist())
        assert set(gains(utility, shares, seats, voters=1e6).argmax(axis=1).tolist()) <= ahead
        sincere += not set(utility.argmax(axis=1).tolist()) <= ahead
    assert sincere > 90  # voters who do not mind their effect break the rule nearly always


@pytest.mark.parametrize("seats", [1, 2, 3])
def test_m_plus_one_candidates_stay(seats: int) -> None:
    rng = np.random.default_rng(seats)
    for _ in range(10):
        utility, people = rng.uniform(size=(40, seats + 4)), rng.dirichlet(np.ones(40))
        race = sntv(utility, people, seats)
        assert race.viable() == seats + 1 or race.second_to_first_loser(seats) > 0.9
        assert (np.bincount(utility.argmax(axis=1), weights=people, minlength=seats + 4) > 0.02).sum() > seats + 1


def test_the_nearest_tie_is_that_of_the_last_winner_and_the_first_loser() -> None:
    costs = tie_costs(np.array([0.4, 0.3, 0.2, 0.1]), 2)
    assert np.unravel_index(costs.argmin(), costs.shape) == (1, 2)


def test_what_the_theory_cannot_answer_is_refused() -> None:
    with pytest.raises(InvalidCells, match="the electorate is empty"):
        Cells.of_groups({"x": 0, "y": 0})
    with pytest.raises(InvalidCells, match="2 densities for 3 positions"):
        Voters(np.zeros(3), np.full((1, 1, 2), 0.5))
    with pytest.raises(InvalidCells, match="a deviation of 0"):
        Voters.normal(np.zeros((1, 1)), 0.0)
    with pytest.raises(Invalid, match="needs voters and candidates"):
        equilibria(0, [1], [1])
    with pytest.raises(Invalid, match="there are no voters"):
        medians([1, 2], [0, 0])
    for seats in (0, 3):
        with pytest.raises(Invalid, match=f"{seats} seats for 3 candidates"):
            sntv(np.eye(3), np.full(3, 1 / 3), seats)
    with pytest.raises(Invalid, match="not told apart"):
        fixed_points(lambda x: x, 1)  # every chance confirms itself


def test_the_second_loser_over_the_first() -> None:
    race = Race(np.array([0.4, 0.1, 0.3, 0.2]), 3)
    assert race.second_to_first_loser(2) == pytest.approx(0.5)
    assert (
        race.second_to_first_loser(3) == 0.0 and Race(np.array([0.6, 0.4, 0.0, 0.0]), 1).second_to_first_loser(2) == 0.0
    )
    assert (race.viable(), race.viable(0.15)) == (4, 3)
