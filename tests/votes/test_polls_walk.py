"""The walk behind polls: against a textbook Kalman filter and smoother, and against known answers."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest

from sailau.terms.errors import Invalid
from sailau.votes.polls.basis import basis, to_points, to_shares
from sailau.votes.polls.day import common_error
from sailau.votes.polls.design import design, effective
from sailau.votes.polls.fit import fit, scatter, undecided_share
from sailau.votes.polls.laplace import Sizes, find_mode
from sailau.votes.polls.poll import Anchor, Poll, Polls
from sailau.votes.polls.priors import EVE_ERROR, FAR_ERROR, POLLING_ERROR, UNKNOWN_N, Priors, Size
from sailau.votes.polls.smoother import Observed, smooth
from sailau.votes.polls.trend import effects, trend

DAY = date(2020, 1, 1)


def poll(
    day: int, shares: dict[str, int], house: str = "one", *, n: int | None = 1000, length: int = 1, **more
) -> Poll:
    whole = sum(shares.values())
    start = DAY + timedelta(days=day)
    return Poll(
        start,
        start + timedelta(days=length - 1),
        house,
        {k: Fraction(v, whole) for k, v in shares.items()},
        n=n,
        **more,
    )


def made_up(
    n: int, *, houses: dict[str, float], seed: int = 1, people: int = 1000, step: float = 0.01, every: int = 5
) -> tuple[Polls, np.ndarray]:
    """Return polls drawn from the model itself, and the true shares of each day of a poll."""
    rng = np.random.default_rng(seed)
    at, out, truth = to_points(np.array([0.4, 0.35, 0.25])), [], []
    names = list(houses)
    for i in range(n):
        at = at + rng.normal(0, step * every**0.5, 2)
        truth.append(to_shares(at))
        house = names[i % len(names)]
        seen = to_shares(at + np.array([houses[house], 0.0]))
        counts = rng.multinomial(people, seen)
        out.append(poll(i * every, dict(zip(("a", "b", "others"), counts.tolist(), strict=True)), house, n=people))
    return Polls.of(out), np.array(truth)


def kalman(days: np.ndarray, start: float, step: float, prior: np.ndarray, seen: Observed) -> tuple[np.ndarray, ...]:
    """Return mean and covariance of every day, effects in the state: the slow twin, one observation after the other."""
    d, m = seen.pull.shape[1], len(prior)
    k = d * (1 + m)
    mean, cov = np.zeros(k), np.diag(np.concatenate([np.full(d, start**2), np.repeat(prior**2, d)]))
    kept = []
    for t in range(len(days)):
        if t:
            cov[:d, :d] += np.eye(d) * step**2 * (days[t] - days[t - 1])
        before = mean.copy(), cov.copy()
        for r in np.nonzero(seen.at == t)[0]:
            look = np.zeros((d, k))
            look[:, :d] = np.eye(d)
            for e in seen.effects[r]:
                if e >= 0:
                    look[:, d * (1 + e) : d * (2 + e)] = np.eye(d)
            noise = np.linalg.inv(seen.weight[r])
            gain = cov @ look.T @ np.linalg.inv(look @ cov @ look.T + noise)
            mean = mean + gain @ (noise @ seen.pull[r] - look @ mean)
            cov = cov - gain @ look @ cov
        kept.append((before, (mean.copy(), cov.copy())))
    means, covs = [kept[-1][1][0]], [kept[-1][1][1]]
    for t in range(len(days) - 2, -1, -1):
        mean, cov = kept[t][1]
        ahead_mean, ahead_cov = kept[t + 1][0]
        back = cov @ np.linalg.inv(ahead_cov)
        means.append(mean + back @ (means[-1] - ahead_mean))
        covs.append(cov + back @ (covs[-1] - ahead_cov) @ back.T)
    return np.array(means[::-1]), np.array(covs[::-1])


def test_the_banded_smoother_is_the_kalman_smoother() -> None:
    rng = np.random.default_rng(4)
    days = np.array([0, 1, 4, 9, 20])
    at = np.array([0, 1, 1, 3, 4, 4])
    ties = np.array([[0, -1], [1, 2], [0, 2], [-1, -1], [1, -1], [0, 2]])
    half = rng.normal(size=(6, 2, 2))
    weight = half @ half.transpose(0, 2, 1) + 3 * np.eye(2)
    seen = Observed(at, ties, weight, rng.normal(size=(6, 2)) * 5)
    prior = np.array([0.3, 0.2, 0.1])
    found = smooth(days, 2.0, 0.4, prior, np.zeros((3, 3)), seen)
    means, covs = kalman(days, 2.0, 0.4, prior, seen)
    assert found.walk == pytest.approx(means[:, :2], abs=1e-9)
    assert found.effects.ravel() == pytest.approx(means[-1, 2:], abs=1e-9)
    for t in range(5):
        assert found.covariance(t) == pytest.approx(covs[t][:2, :2], abs=1e-9)
    assert found.effect_covariance() == pytest.approx(covs[-1][2:, 2:], abs=1e-9)
    walks, drawn = found.draws(40_000, np.random.default_rng(1))
    assert np.cov(walks[:, 2].T) == pytest.approx(covs[2][:2, :2], abs=0.005)
    assert np.cov(drawn.reshape(40_000, -1).T) == pytest.approx(covs[-1][2:, 2:], abs=0.005)
    assert np.cov(walks[:, 4, 0], drawn[:, 0, 0])[0, 1] == pytest.approx(covs[-1][0, 2], abs=0.005)


def test_coordinates_and_shares_are_one_another() -> None:
    shares = np.array([[0.5, 0.3, 0.15, 0.05], [0.1, 0.2, 0.3, 0.4]])
    assert to_shares(to_points(shares)) == pytest.approx(shares)
    turn = basis(5)
    assert turn.T @ turn == pytest.approx(np.eye(4)) and turn.sum(axis=0) == pytest.approx(np.zeros(4))


def test_a_single_poll_is_believed_as_far_as_its_people_go() -> None:
    polls = Polls.of([poll(0, {"a": 60, "others": 40}, n=1000)])
    one = find_mode(design(polls, DAY), Priors(), Sizes(0.01, 1e-4, 1e-4, 0.0))
    assert float(to_shares(one.smoothed.walk[-1])[0]) == pytest.approx(0.6, abs=0.001)
    # the log-odds are √2 times the one coordinate; their variance is 1 / (n p q)
    assert 2 * float(one.smoothed.covariance(0)[0, 0]) == pytest.approx(1 / (1000 * 0.24), rel=0.01)
    wider = find_mode(design(polls, DAY), Priors(), Sizes(0.01, 1e-4, 1e-4, 1.0))
    ratio = wider.smoothed.covariance(0) / one.smoothed.covariance(0)
    assert float(ratio[0, 0]) == pytest.approx(2, rel=0.01)


def test_contenders_that_a_poll_does_not_tell_apart_stay_what_other_polls_say() -> None:
    told = [poll(i, {"a": 50, "b": 30, "c": 10, "others": 10}) for i in range(6)]
    short = [poll(i, {"a": 50, "others": 50}, "two") for i in range(6)]
    both = fit(Polls.of(told + short), DAY + timedelta(days=6), Priors(house=Size(0.001)))
    assert both.now() == pytest.approx([0.5, 0.3, 0.1, 0.1], abs=0.005)
    as_none = [poll(i, {"a": 50, "b": 0, "c": 0, "others": 50}, "two") for i in range(6)]
    wrong = fit(Polls.of(told + as_none), DAY + timedelta(days=6), Priors(house=Size(0.001)))
    assert wrong.now()[1] < 0.2


def test_house_effects_are_found_and_add_up_to_zero_without_an_anchor() -> None:
    polls, _ = made_up(90, houses={"low": -0.1, "middle": 0.0, "high": 0.1}, people=2000)
    found = fit(polls, DAY + timedelta(days=450))
    by_name = {effect.name: effect for effect in effects(found)}
    at = to_points(found.now())
    apart = to_shares(at + np.array([0.1, 0])) - to_shares(at - np.array([0.1, 0]))
    assert by_name["high"].added[0] - by_name["low"].added[0] == pytest.approx(apart[0], abs=0.012)
    total = sum(mode.effects for mode in [found.mixture.modes[0].smoothed])
    assert total.sum(axis=0) == pytest.approx(np.zeros(2), abs=1e-3)
    assert all(effect.established and effect.polls == 30 for effect in by_name.values())


def test_an_anchor_shows_an_error_that_all_houses_share() -> None:
    polls, truth = made_up(80, houses={"one": 0.1, "two": 0.1}, people=3000, step=0.001)
    names = ("a", "b", "others")

    def result(day: int, row: np.ndarray) -> Anchor:
        shares = [Fraction(str(round(float(x), 4))) for x in row[:2]]
        return Anchor(DAY + timedelta(days=day), dict(zip(names, (*shares, 1 - sum(shares)), strict=True)))

    blind = fit(polls, DAY + timedelta(days=400))
    seeing = fit(replace(polls, anchors=(result(0, truth[0]),)), DAY + timedelta(days=400))
    off = blind.now()[0] - truth[-1][0]
    assert off > 0.02
    assert abs(seeing.now()[0] - truth[-1][0]) < off / 2
    assert all(effect.added[0] > 0.01 for effect in effects(seeing))


def test_intervals_hold_what_the_model_itself_draws() -> None:
    inside = []
    for seed in range(30):
        polls, truth = made_up(20, houses={"one": 0.05, "two": -0.03, "three": -0.02}, seed=seed)
        day = fit(polls, polls.polls[-1].end).day
        drawn = replace(day, common=np.zeros_like(day.common)).draws(2000, 1)
        low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
        inside += [*((low <= truth[-1]) & (truth[-1] <= high))]
    assert 0.82 <= np.mean(inside) <= 0.97


def test_few_polls_fall_back_to_wide_priors() -> None:
    nine, _ = made_up(9, houses={"one": 0.0, "two": 0.0}, people=2000)
    ten, _ = made_up(10, houses={"one": 0.0, "two": 0.0}, people=2000)
    few, enough = fit(nine, nine.polls[-1].end), fit(ten, ten.polls[-1].end)
    assert few.few and not enough.few
    assert few.priors.step.is_fixed and few.priors.step.median > 0.019
    assert len(few.mixture.modes) == 1 and len(enough.mixture.modes) > 10

    def width(found) -> float:
        low, high = np.quantile(replace(found.day, common=found.day.common * 0).draws(4000, 1)[:, 0], [0.05, 0.95])
        return high - low

    assert width(few) > 1.3 * width(enough)


def test_the_common_error_has_the_size_of_its_source() -> None:
    # a party with half of the votes against one other: mean absolute error 2 points
    spread = common_error(np.array([0.5, 0.5]), Priors(error=POLLING_ERROR).common)
    errors = to_shares(np.random.default_rng(1).standard_normal((200_000, 1)) @ spread.T)[:, 0] - 0.5
    assert 100 * np.abs(errors).mean() == pytest.approx(POLLING_ERROR, abs=0.02)
    # small parties err by fewer points, and what one gains the others lose
    drawn = to_shares(
        to_points(np.array([0.5, 0.45, 0.05]))
        + np.random.default_rng(1).standard_normal((100_000, 2))
        @ common_error(np.array([0.5, 0.45, 0.05]), Priors(error=POLLING_ERROR).common).T
    )
    assert 0.8 < 100 * drawn[:, 2].std() < 1.4
    assert np.corrcoef(drawn.T)[0, 1] < -0.7
    assert not common_error(np.array([0.5, 0.5]), Priors(error=0).common).any()


def test_the_common_error_grows_with_the_days_to_go_and_few_polls_keep_the_published_one() -> None:
    errors = [Priors().before(days).error or 0 for days in (0, 7, 30, 100, 1000)]
    assert errors == sorted(errors)
    assert errors[0] == EVE_ERROR
    assert errors[-1] == pytest.approx(FAR_ERROR)
    assert Priors().before(0, few=True).error == POLLING_ERROR
    assert (Priors().before(200, few=True).error or 0) > POLLING_ERROR
    assert Priors(error=1.0).before(200, few=True).error == 1.0


@pytest.mark.parametrize("after", [0, 60])
def test_intervals_are_wider_the_longer_before_the_election_polls_end(after: int) -> None:
    polls = Polls.of([poll(2 * i, {"a": 40, "b": 35, "others": 25}) for i in range(12)])
    found = fit(polls, polls.polls[-1].end + timedelta(days=after))
    assert not found.few
    assert found.priors.error == Priors().before(after).error
    assert fit(polls, found.election, Priors(error=0.5)).priors.error == 0.5


def test_people_count_once_where_fieldwork_overlaps() -> None:
    rolling = [poll(7 * i, {"a": 50, "others": 50}, length=28, n=2800) for i in range(3)]
    assert effective(tuple(rolling)) == pytest.approx([2800, 700, 700])
    apart = [poll(28 * i, {"a": 50, "others": 50}, length=28, n=2800) for i in range(3)]
    assert effective(tuple(apart)) == pytest.approx([2800] * 3)
    other = [poll(0, {"a": 50, "others": 50}, house, length=28, n=2800) for house in ("one", "two")]
    assert effective(tuple(other)) == pytest.approx([2800] * 2)
    silent = poll(0, {"a": 50, "others": 50}, n=None, undecided=Fraction(1, 5))
    assert effective((silent,)) == pytest.approx([UNKNOWN_N * 0.8])


def test_the_undecided_widen_the_intervals_and_move_nothing() -> None:
    told = [poll(i, {"a": 50, "b": 30, "others": 20}, undecided=Fraction(1, 4)) for i in range(12)]
    sure = [poll(i, {"a": 50, "b": 30, "others": 20}, undecided=Fraction(0), n=750) for i in range(12)]
    day = told[-1].end
    open_, shut = fit(Polls.of(told), day), fit(Polls.of(sure), day)
    assert open_.day.undecided == pytest.approx(0.25) and shut.day.undecided == 0
    assert undecided_share(Polls.of(told)) == (pytest.approx(0.25), 12)
    a, b = open_.day.draws(40_000, 1), shut.day.draws(40_000, 1)
    assert a.mean(axis=0) == pytest.approx(b.mean(axis=0), abs=0.004)
    assert a.std(axis=0)[0] > 1.05 * b.std(axis=0)[0]


def test_polls_that_agree_too_well_are_said_to_herd() -> None:
    honest = []
    for seed in range(6):
        polls, _ = made_up(60, houses={"one": 0.0, "two": 0.0, "three": 0.0}, seed=seed, step=0.002)
        honest.append(scatter(fit(polls, polls.polls[-1].end)))
    assert 0.85 < np.mean([one.ratio for one in honest]) < 1.15 and not any(one.is_herding for one in honest)
    copied = Polls.of([poll(5 * i, {"a": 400, "b": 350, "others": 250}, "xyz"[i % 3], n=1000) for i in range(60)])
    herd = scatter(fit(copied, copied.polls[-1].end))
    assert herd.is_herding and herd.ratio < 0.2


def test_the_trend_passes_through_results_and_is_widest_where_nobody_asked() -> None:
    result = Anchor(DAY, {"a": Fraction(2, 5), "b": Fraction(2, 5), "others": Fraction(1, 5)})
    polls = Polls.of([poll(100 + i, {"a": 50, "b": 30, "others": 20}, "xyz"[i % 3]) for i in range(18)], [result])
    line = trend(fit(polls, DAY + timedelta(days=120)), every=10)
    assert line.days[0] == DAY and line.days[-1] == DAY + timedelta(days=120)
    assert line.shares[:, 0, 0] == pytest.approx([0.4] * 3, abs=0.002)
    width = line.shares[2, :, 0] - line.shares[0, :, 0]
    middle = line.days.index(DAY + timedelta(days=50))
    assert width[middle] > 2 * width[0] and width[middle] > 1.5 * width[-1]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Polls.of([]), "no polls"),
        (lambda: poll(0, {"a": 1}, n=0), "0 respondents"),
        (lambda: Poll(DAY, DAY - timedelta(days=1), "one", {"a": Fraction(1)}), "before it begins"),
        (lambda: Poll(DAY, DAY, "one", {"a": Fraction(1, 2)}), "add up to 0.5"),
        (lambda: design(Polls.of([poll(9, {"a": 1, "others": 1})]), DAY), "later than the election"),
        (lambda: Polls.of([poll(0, {"a": 1, "others": 1})], [Anchor(DAY, {"z": Fraction(1)})]), "whom no poll names"),
        (lambda: Size(0.0), "above 0"),
        (lambda: Priors(error=-1), "a common error of -1"),
    ],
)
def test_what_is_no_poll_is_refused(make, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        make()


def test_the_order_of_contenders_and_of_polls_does_not_matter() -> None:
    polls, _ = made_up(24, houses={"one": 0.05, "two": -0.05})
    turned = [replace(one, shares=dict(reversed(one.shares.items()))) for one in reversed(polls.polls)]
    other = Polls.of(turned)
    assert other.contenders == ("b", "a", "others")
    day = polls.polls[-1].end + timedelta(days=20)
    a, b = fit(polls, day), fit(other, day)
    assert a.now() == pytest.approx(b.now()[[1, 0, 2]], abs=1e-4)
    sizes = [(found.mixture.modes[0].sizes.step, found.mixture.modes[0].sizes.house) for found in (a, b)]
    assert sizes[0] == pytest.approx(sizes[1], rel=0.1)
    draws = [found.day.draws(40_000, 1).std(axis=0) for found in (a, b)]
    assert draws[0] == pytest.approx(draws[1][[1, 0, 2]], rel=0.03)
