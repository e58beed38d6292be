"""Ideal points: known truth is found, sign and scale are held, order does not matter, levels are not compared."""

import os
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm, spearmanr, truncnorm
from tests.align.shared import general_assembly, made, needs_senate, needs_un, published, senate, wnominate

from sailau.align.ideal.bridges import blocks_of, bridges_by_title, bridges_of, read_bridges
from sailau.align.ideal.em import Plan, Settings, State, start
from sailau.align.ideal.estimate import ideal_points
from sailau.align.ideal.fit import chances, fit_of
from sailau.align.ideal.moments import truncated
from sailau.align.ideal.observations import observe
from sailau.align.ideal.smoother import smooth, walk_of
from sailau.align.problems import FaultyRollCalls, InvalidRollCalls, NotComparable, NotEstimable, NotPlaced
from sailau.align.rollcalls import Item, RollCalls
from sailau.align.windows import of_sessions
from sailau.terms.errors import NotFound

LONG = pytest.mark.skipif(not os.environ.get("SAILAU_LONG_CHECKS"), reason="a long check: set SAILAU_LONG_CHECKS=1")


def calls_from(votes: np.ndarray, items: list[Item] | None = None) -> RollCalls:
    voters = tuple(f"v{k:03d}" for k in range(len(votes)))
    return RollCalls(voters, tuple(items or [Item(f"{k:04d}") for k in range(votes.shape[1])]), votes.astype(np.int8))


def values_of(found: object) -> np.ndarray:
    return found.values[:, 0]  # type: ignore[attr-defined]


TRUTH = np.random.default_rng(0).normal(size=60)


@pytest.fixture(scope="module")
def votes() -> np.ndarray:
    return made(TRUTH, 400, np.random.default_rng(1), width=0.5)


def test_known_positions_are_found(votes: np.ndarray) -> None:
    found = ideal_points(calls_from(votes), anchors={"v000": float(np.sign(TRUTH[0]))})
    assert found.rested
    assert np.corrcoef(values_of(found), TRUTH)[0, 1] > 0.99
    assert values_of(found).mean() == pytest.approx(0, abs=1e-9) and values_of(found).std() == pytest.approx(1)
    two = calls_from(np.where(votes == 1, -1, votes))
    assert np.corrcoef(values_of(ideal_points(two, anchors={"v000": TRUTH[0]})), TRUTH)[0, 1] > 0.985


def test_noise_instead_of_votes_finds_nothing(votes: np.ndarray) -> None:
    """A routine that returned its start, or the truth by another way, would fail here."""
    rng = np.random.default_rng(2)
    shuffled = np.stack([rng.permutation(column) for column in votes.T], axis=1)
    found = ideal_points(calls_from(shuffled))
    assert abs(np.corrcoef(values_of(found), TRUTH)[0, 1]) < 0.4
    assert found.fit.apre < 0.12 < 0.17 < ideal_points(calls_from(votes)).fit.apre


def test_intervals_cover_the_truth(votes: np.ndarray) -> None:
    part, truth = calls_from(votes[:40, :120]), TRUTH[:40]
    one, two, other = (
        ideal_points(part, anchors={"v000": TRUTH[0]}, draws=draws, seed=seed)
        for draws, seed in ((40, 5), (4, 5), (4, 6))
    )
    assert one.low is not None and one.high is not None
    truth = (truth - truth.mean()) / truth.std()
    inside = (one.low[:, 0] <= truth) & (truth <= one.high[:, 0])
    assert inside.mean() > 0.7, "nine of ten by name; the bias of the priors is not in them"
    again = ideal_points(part, anchors={"v000": TRUTH[0]}, draws=4, seed=5)
    assert two.low is not None and again.low is not None and (again.low == two.low).all()
    assert other.low is not None and (other.low != two.low).any()


def test_the_sign_follows_the_anchor(votes: np.ndarray) -> None:
    calls = calls_from(votes)
    plus, minus = (ideal_points(calls, anchors={"v003": sign}) for sign in (1.0, -1.0))
    np.testing.assert_allclose(values_of(plus), -values_of(minus), atol=1e-12)
    turned = ideal_points(calls_from(2 - votes), anchors={"v003": 1.0})
    np.testing.assert_allclose(values_of(turned), values_of(plus), atol=0.02)


def test_two_anchors_hold_the_scale(votes: np.ndarray) -> None:
    found = ideal_points(calls_from(votes), anchors={"v001": -1.0, "v002": 2.5})
    assert values_of(found)[1] == pytest.approx(-1) and values_of(found)[2] == pytest.approx(2.5)


def test_the_order_of_voters_and_items_does_not_matter(votes: np.ndarray) -> None:
    calls = calls_from(votes)
    rng = np.random.default_rng(9)
    rows, columns = rng.permutation(60), rng.permutation(400)
    mixed = RollCalls(
        tuple(calls.voters[k] for k in rows), tuple(calls.items[k] for k in columns), calls.votes[np.ix_(rows, columns)]
    )
    one, two = (ideal_points(part, anchors={"v003": 1.0}) for part in (calls, mixed))
    np.testing.assert_allclose(values_of(two), values_of(one)[rows], atol=1e-6)


Drifting = tuple[np.random.Generator, np.ndarray, np.ndarray, np.ndarray]


def drifting(seed: int, periods: int = 6, n: int = 40) -> Drifting:
    """Return positions by voter and session that drift to one side, and slope and cut of ten questions."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=n)[:, None] + 0.25 * np.arange(periods)[None, :]
    return rng, truth, rng.normal(0, 1.5, 10), rng.normal(0.6, 1, 10)


def standard_error(seed: int) -> float:
    """Return the standard error of the drift, on the scale of `ideal_points`, that the answers to bridges allow.

    Fisher's information of the three answers about a shift of everybody, at the true values; each question's own cut
    is unknown, so the first and the last session tell the drift by their difference alone.
    """
    _, truth, slope, cut = drifting(seed)

    def information(session: int) -> np.ndarray:
        utility = slope * (truth[:, session, None] - cut)
        chances = norm.cdf(utility - 0.4), norm.sf(utility + 0.4)
        moves = norm.pdf(utility - 0.4), -norm.pdf(utility + 0.4)
        parts = [*zip(chances, moves, strict=True), (1 - sum(chances), -sum(moves))]
        return sum(slope**2 * move**2 / np.maximum(chance, 1e-12) for chance, move in parts).sum(axis=0)

    told = 1 / (1 / information(0) + 1 / information(-1))
    return float(1 / np.sqrt(told.sum()) / truth.std())


def drift_of(seed: int, **options: float) -> tuple[float, float]:
    """Return the drift of everybody that is found, and the true one, on the same scale."""
    calls, truth, bridges = walk(seed)
    found = ideal_points(
        calls, dynamic=True, bridges=bridges, anchors={"v000": float(np.sign(truth[0].mean()))}, **options
    )
    moved, scaled = found.values.mean(axis=0), ((truth - truth.mean()) / truth.std()).mean(axis=0)
    return moved[-1] - moved[0], scaled[-1] - scaled[0]


def walk(seed: int, periods: int = 6, n: int = 40) -> tuple[RollCalls, np.ndarray, dict[str, str]]:
    """Return votes of voters that drift to one side, with ten questions asked again in every session."""
    rng, truth, slope, cut = drifting(seed, periods, n)
    blocks, items, bridges = [], [], {}
    for t in range(periods):
        own = made(truth[:, t] - truth[:, t].mean(), 60, rng, width=0.4)
        utility = slope * (truth[:, t, None] - cut) + rng.normal(size=(n, 10))
        again = np.where(utility > 0.4, 2, np.where(utility > -0.4, 1, 0))
        blocks += [own, again]
        items += [Item(f"{t}-{k:03d}", session=f"{t + 1}") for k in range(70)]
        bridges |= {f"{t}-{60 + k:03d}": f"q{k}" for k in range(10)}
    return calls_from(np.concatenate(blocks, axis=1), items), truth, bridges


def test_bridges_find_a_drift_that_everybody_shares() -> None:
    calls, truth, bridges = walk(3)
    sign = {"v000": float(np.sign(truth[0].mean()))}
    scaled = ((truth - truth.mean()) / truth.std()).mean(axis=0)
    found = ideal_points(calls, dynamic=True, bridges=bridges, anchors=sign, step=0.02, ridge=0.04)
    assert found.comparable and found.rested and found.n_bridges == 10
    moved = found.values.mean(axis=0)
    assert np.corrcoef(moved, scaled)[0, 1] > 0.98
    assert moved[-1] - moved[0] == pytest.approx(scaled[-1] - scaled[0], abs=3 * standard_error(3))
    assert np.corrcoef(found.values.ravel(), truth.ravel())[0, 1] > 0.98
    prior = ideal_points(calls, dynamic=True, bridges=bridges, anchors=sign).values.mean(axis=0)
    assert 0.6 < (prior[-1] - prior[0]) / (scaled[-1] - scaled[0]) < 1.0, "the prior of slopes pulls a drift in"
    assert found.moved("v005", "1", "6") > 0
    assert len(found.path("v005")) == 6


def test_a_drift_is_found_as_well_as_ten_bridges_can_tell_it() -> None:
    """One walk tells a drift to 6 to 11 percent of itself; twelve tell it to 2, and what the prior takes of it.

    Every walk has to lie within three standard errors. On average at most a tenth of the drift may be lost, and none
    be won by more than two standard errors of the average: with the prior of slopes as it is by default more is lost.
    """
    seeds = range(1, 13)
    errors = np.array([standard_error(seed) for seed in seeds])
    found, true = np.array([drift_of(seed, step=0.02, ridge=0.04) for seed in seeds]).T
    assert (errors / true < 0.11).all() and (abs(found - true) < 3 * errors).all()
    average = 2 * np.sqrt(((errors / true) ** 2).sum()) / len(seeds)
    assert average < 0.05
    assert 0.9 < (found / true).mean() < 1 + average
    assert np.mean([np.divide(*drift_of(seed)) for seed in seeds]) < 0.9


def test_sessions_without_bridges_are_not_compared() -> None:
    calls, truth, _ = walk(3)
    found = ideal_points(calls, dynamic=True, anchors={"v000": float(np.sign(truth[0].mean()))})
    assert not found.comparable and len(found.blocks) == 6
    for refused in (lambda: found.path("v005"), lambda: found.moved("v005", "1", "6")):
        with pytest.raises(NotComparable) as caught:
            refused()
        assert caught.value.exit_code == 4 and len(caught.value.blocks) == 6
    np.testing.assert_allclose(np.nanmean(found.values, axis=0), 0, atol=1e-9)
    for t in range(6):
        assert np.corrcoef(found.values[:, t], truth[:, t])[0, 1] > 0.9
    assert len(found.at("3")) == 40
    with pytest.raises(NotComparable):
        ideal_points(calls, dynamic=True, anchors={"v000": 0.0, "v001": 1.0})


def test_two_bridges_do_not_hold_where_three_are_asked_for() -> None:
    calls, _, bridges = walk(4)
    few = {name: bridge for name, bridge in bridges.items() if bridge in ("q0", "q1")}
    assert not ideal_points(calls, dynamic=True, bridges=few).comparable
    assert ideal_points(calls, dynamic=True, bridges=few, least_bridges=2).comparable
    spans = np.array([[True, True, False, False], [False, True, False, True]])
    assert blocks_of(spans, 1) == ((0, 1, 2, 3),) and blocks_of(spans, 2) == ((0,), (1,), (2,), (3,))


def test_bridges_by_file_by_item_and_by_title(tmp_path: object) -> None:
    items = [Item("1", session="1", title="Ban", bridge="b"), Item("2", session="2", title="ban", bridge="b")]
    items += [Item("3", session="2", title="Other"), Item("4", session="2", title="Other")]
    calls = calls_from(np.array([[2, 0, 2, 0], [0, 2, 0, 2]]), items)
    assert bridges_of(calls) == {"1": "b", "2": "b"}
    assert bridges_by_title(calls) == {"1": "ban", "2": "ban"}, "one session alone is no bridge"
    path = tmp_path / "bridges.csv"  # type: ignore[operator]
    path.write_text("one,other\n9,2\n1,9\n", encoding="utf-8")
    assert len(set(read_bridges(path, calls).values())) == 1 and set(read_bridges(path, calls)) == {"1", "2"}
    path.write_text("item,bridge\n1,x\n1,y\n", encoding="utf-8")
    with pytest.raises(FaultyRollCalls, match="two bridges"):
        read_bridges(path, calls)
    path.write_text("item,bridge\n1,x\n", encoding="utf-8")
    with pytest.raises(InvalidRollCalls, match="no bridge"):
        read_bridges(path, calls)


def test_what_cannot_be_estimated_is_refused(votes: np.ndarray) -> None:
    calls = calls_from(votes)
    with pytest.raises(NotFound):
        ideal_points(calls, anchors={"nobody": 1.0})
    for anchors in ({"v000": 0.0}, {"v000": 1.0, "v001": 1.0}, {"v000": 1.0, "v001": 2.0, "v002": 3.0}):
        with pytest.raises(InvalidRollCalls):
            ideal_points(calls, anchors=anchors)
    with pytest.raises(NotPlaced, match="session"):
        ideal_points(calls, dynamic=True)
    with pytest.raises(NotEstimable):
        ideal_points(calls, min_votes=1000)
    with pytest.raises(InvalidRollCalls, match="seed"):
        ideal_points(calls, draws=5)
    with pytest.raises(NotPlaced, match="bridge"):
        ideal_points(calls, bridges={"nothing": "b"})


def test_items_and_voters_left_out_are_named(votes: np.ndarray) -> None:
    odd = votes.copy()
    odd[:, 7] = 2
    odd[59, 5:] = -1
    found = ideal_points(calls_from(odd))
    assert "0007" in found.dropped.items
    assert found.dropped.voters == ("v059",) and "v059" not in found.voters


def test_moments_against_numbers_from_elsewhere() -> None:
    edges = [(-np.inf, -3.0), (-np.inf, 2.0), (0.5, np.inf), (8.0, np.inf), (-1.0, 0.5), (4.0, 4.5), (-6.5, -6.0)]
    for low, high in edges:
        for mean, sd in ((0.0, 1.0), (0.7, 2.0)):
            args = [np.array([float(x)]) for x in (mean, sd, low, high)]
            first, second = truncated(*args)
            law = truncnorm((low - mean) / sd, (high - mean) / sd, loc=mean, scale=sd)
            assert first[0] == pytest.approx(law.mean(), rel=1e-6, abs=1e-9)
            assert second[0] == pytest.approx(law.var(), rel=1e-4, abs=1e-6)


def test_the_smoother_against_the_whole_normal_law() -> None:
    """The same posterior from one matrix of all periods."""
    rng = np.random.default_rng(8)
    precision, weighted, step = rng.random((1, 5)) + 0.2, rng.normal(size=(1, 5)), 0.3
    means, variances = smooth(precision, weighted, walk_of(np.ones((1, 5), dtype=int), step))
    prior = 1.0 + step * np.minimum.outer(np.arange(5), np.arange(5))
    posterior = np.linalg.inv(np.linalg.inv(prior) + np.diag(precision[0]))
    np.testing.assert_allclose(means[0], posterior @ weighted[0], rtol=1e-9)
    np.testing.assert_allclose(variances[0], np.diag(posterior), rtol=1e-9)


def test_chances_add_up_and_fit_is_counted_right(votes: np.ndarray) -> None:
    seen = observe(calls_from(votes))
    plan = Plan.of(seen, Settings())
    state = start(seen)
    for _ in range(20):
        state = plan.round(state)
    chance = chances(seen, state)
    np.testing.assert_allclose(chance.sum(axis=1), 1, atol=1e-9)
    item, cell = seen.item[0], seen.cell[0]
    mean = state.intercept[item] + state.slope[item] * state.position.ravel()[cell]
    assert chance[0, 0] == pytest.approx(norm.cdf(0, mean, state.sd[item]))
    flat = replace(state, slope=np.zeros_like(state.slope)) if isinstance(state, State) else state
    assert fit_of(seen, flat).gmp < fit_of(seen, state).gmp
    assert fit_of(seen, state).apre > 0 >= fit_of(seen, flat).apre - 0.05


def test_rounds_climb_and_end_at_one_place() -> None:
    """Rescaling between rounds must not undo what they do: two starts end alike, and no item runs away."""
    calls, truth, bridges = walk(3, periods=3)
    seen = observe(calls, dynamic=True, bridges=bridges)
    plan = Plan.of(seen, Settings())
    begin = start(seen)
    sign = np.sign(np.corrcoef(begin.position.ravel(), truth.ravel())[0, 1])
    ends = []
    for state in (begin, replace(begin, position=sign * (truth - truth.mean()) / truth.std())):
        for _ in range(250):
            state = plan.round(state)
        ends.append(state)
    np.testing.assert_allclose(ends[0].position[plan.voted], ends[1].position[plan.voted], atol=2e-3)
    assert plan.distance(ends[0], plan.round(ends[0])) < 1e-4
    assert ends[0].sd.max() < 20


@needs_senate
def test_the_senate_against_wnominate() -> None:
    found = ideal_points(senate(), anchors={"THURMOND (R SC)": 1.0})
    known = wnominate()
    pairs = np.array([(point.value, point.bounded, known[point.voter]) for point in found.at() if point.voter in known])
    assert len(pairs) == 102
    assert np.corrcoef(pairs[:, 0], pairs[:, 2])[0, 1] >= 0.985
    assert np.corrcoef(pairs[:, 1], pairs[:, 2])[0, 1] >= 0.99, "W-NOMINATE, too, ends its line at -1 and 1"
    assert spearmanr(pairs[:, 0], pairs[:, 2])[0] >= 0.994
    fit = published("senate_90")[0]
    assert found.fit.correct == pytest.approx(float(fit["correct"]), abs=0.005)
    assert found.fit.apre == pytest.approx(float(fit["apre"]), abs=0.01)
    assert found.fit.gmp > float(fit["gmp"])


@needs_un
@LONG
def test_the_general_assembly_against_published_points() -> None:
    calls = of_sessions(general_assembly(), "46-74")
    found = ideal_points(calls, dynamic=True, bridges=bridges_by_title(calls), anchors={"US": 1.0})
    assert found.comparable and found.rested
    rows = [(row["voter"], float(row["value"]), row["session"]) for row in published("un_points")]
    own = {(point.voter, point.period): point.value for row in rows for point in found.path(row[0])}
    pairs = np.array([(own[voter, session], value) for voter, value, session in rows])
    assert np.corrcoef(pairs.T)[0, 1] >= 0.985
    apart = {"KZ": 0.2, "RU": 0.25, "CN": 0.4, "UZ": 0.2, "US": 2.0}
    for (voter, value, session), (mine, _) in zip(rows, pairs, strict=True):
        assert abs(mine - value) <= apart[voter], (voter, session, mine, value)
    kz = [own["KZ", row[2]] for row in rows if row[0] == "KZ"]
    assert kz[0] > 0.3 and kz[-1] < -0.4, "from above the mean to below it"
