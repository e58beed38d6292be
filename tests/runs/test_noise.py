"""Models of noise: they keep ballots and zeros, move what they say, and have the spread they promise."""

import numpy as np
import pytest

import sailau as sl
from sailau.runs.chance import Chance
from sailau.runs.covariance import triangle_of
from sailau.runs.field import Field, raked, to_votes
from sailau.runs.layout import Layout
from sailau.runs.noise import Noise
from sailau.runs.replay import law_of
from sailau.terms.errors import Invalid, SailauError
from sailau.terms.tally import Ballots, Tally

KEY = (21, 22)
MODELS = [
    sl.LogisticNormal(sd="0.2", district_sd="0.1", district_correlation="0.5"),
    sl.LogisticNormal(
        sd="0.1", district_covariance={"north": {"north": "0.01", "south": "0.005"}, "south": {"south": "0.02"}}
    ),
    sl.LogisticNormal(
        sd="0.1", cells={"a@north": {"a@north": "0.04", "b@south": "-0.01"}, "b@south": {"b@south": "0.02"}}
    ),
    sl.PastErrors(errors=[{"a": "5%", "b": "-5%"}, {"c": "4%"}], mirror=True, district_sd="5%"),
    sl.LogisticNormal(sd="0.2", correlation="0.3", district_sd="0.1"),
    sl.LogisticNormal(covariance={p: {p: "0.04"} for p in ("a", "against_all", "b", "c")}),
    sl.Dirichlet(concentration=400),
    sl.Swing(sd="3%"),
    sl.Swing(sd="3%", kind="proportional", district_sd="5%"),
    sl.Swing(sd="3%", kind="uniform"),
]


def field() -> Field:
    north = {"a": 5000, "b": 3000, "c": 0, "against_all": 400, "blank": 77, "invalid": 5}
    south = {"a": 100, "b": 900, "c": 1000, "against_all": 0, "blank": 8, "invalid": 1}
    tally = Tally({"provinces": Ballots({"north": north, "south": south})})
    return Field.of(Layout.of(law_of(sl.load_election("es/congreso/2016-06-26")), tally))


@pytest.mark.parametrize("noise", MODELS, ids=lambda noise: f"{type(noise).__name__} {getattr(noise, 'kind', '')}")
def test_every_model_keeps_ballots_zeros_and_what_stands_still(noise: Noise) -> None:
    votes = field()
    noise.check(votes)
    drawn = noise.draw(votes, Chance(KEY, 0, 500))
    assert drawn.dtype == np.int64 and drawn.min() >= 0
    still = votes.party < 0
    assert still.sum() == 4 and (drawn[:, still] == votes.observed[still]).all()
    for columns, total in votes.spans:
        assert np.abs(drawn[:, columns].sum(axis=1) - total).max() <= columns.size / 2
    if getattr(noise, "kind", "") != "uniform":
        assert (drawn[:, votes.observed == 0] == 0).all()
    assert drawn.std(axis=0)[votes.observed > 100].min() > 0
    assert (noise.draw(votes, Chance(KEY, 123, 7)) == drawn[123:130]).all()


def national(noise: Noise, counts: dict[str, int], n: int = 40_000) -> np.ndarray:
    law = sl.load_law("kz/mazhilis", on="2023-03-19")
    layout = Layout.of(law, Tally.of(counts))
    return noise.draw(Field.of(layout), Chance(KEY, 0, n)) / sum(counts.values())


def test_the_logistic_normal_has_its_covariance() -> None:
    covariance = {"a": {"a": "0.04", "b": "0.01"}, "b": {"b": "0.01"}, "c": {"c": "0.0025"}}
    shares = national(sl.LogisticNormal(covariance=covariance), {"a": 50_000_000, "b": 30_000_000, "c": 20_000_000})
    logs = np.log(shares)
    ratios = logs[:, :2] - logs[:, 2:]
    expected = [[0.04 + 0.0025, 0.01 + 0.0025], [0.01 + 0.0025, 0.01 + 0.0025]]
    assert np.cov(ratios.T) == pytest.approx(np.array(expected), rel=0.04)
    assert ratios.mean(axis=0) == pytest.approx(np.log([2.5, 1.5]), abs=0.004)


def logs(noise: sl.LogisticNormal, n: int = 40_000) -> dict[str, np.ndarray]:
    """Return the logarithms that each cell moved by, up to what all lines of its area have in common."""
    lines = {"a": 50_000_000, "b": 30_000_000, "c": 20_000_000}
    tally = Tally({"provinces": Ballots({"north": lines, "south": lines, "west": lines})})
    votes = Field.of(Layout.of(law_of(sl.load_election("es/congreso/2016-06-26")), tally))
    noise.check(votes)
    drawn = np.log(noise.draw(votes, Chance(KEY, 0, n)) / votes.observed)
    named = [f"{line}@{area}" for area in ("north", "south", "west") for line in lines]
    return dict(zip(named, drawn.T, strict=True))


def test_districts_have_their_covariance() -> None:
    covariance = {
        "north": {"north": "0.04", "south": "0.02", "west": "-0.01"},
        "south": {"south": "0.02"},
        "west": {"west": "0.01"},
    }
    cells = logs(sl.LogisticNormal(sd="0", district_covariance=covariance))
    ratio = {area: cells[f"a@{area}"] - cells[f"b@{area}"] for area in covariance}  # two parties: twice the covariance
    found = np.cov(list(ratio.values()))
    assert found == pytest.approx(2 * np.array([[0.04, 0.02, -0.01], [0.02, 0.02, 0], [-0.01, 0, 0.01]]), abs=0.0015)
    alike = logs(sl.LogisticNormal(sd="0", district_sd="0.2", district_correlation="0.6"))
    ratio = {area: alike[f"a@{area}"] - alike[f"b@{area}"] for area in covariance}
    assert np.corrcoef(list(ratio.values()))[np.triu_indices(3, 1)] == pytest.approx([0.6] * 3, abs=0.02)


def test_cells_have_their_covariance_and_others_stand_still() -> None:
    cells = {"a@north": {"a@north": "0.04", "b@south": "-0.02"}, "b@south": {"b@south": "0.02"}}
    found = logs(sl.LogisticNormal(cells=cells))
    a, b = found["a@north"] - found["c@north"], found["b@south"] - found["c@south"]
    assert np.cov(a, b) == pytest.approx(np.array([[0.04, -0.02], [-0.02, 0.02]]), abs=0.0015)
    assert np.abs(found["a@west"]).max() < 1e-6
    assert np.abs(found["b@north"] - found["c@north"]).max() < 1e-6


def test_scattered_points_move_parties_by_the_same_covariance() -> None:
    covariance = {"a": {"a": "0.04", "b": "0.01"}, "b": {"b": "0.01"}, "c": {"c": "0.0025"}}
    layout = Layout.of(
        sl.load_law("kz/mazhilis", on="2023-03-19"), Tally.of({"a": 5 * 10**7, "b": 3 * 10**7, "c": 2 * 10**7})
    )
    drawn = sl.LogisticNormal(covariance=covariance).draw(Field.of(layout, 0.3), Chance(KEY, 0, 8192, 8192))
    logs = np.log(drawn)
    ratios = logs[:, :2] - logs[:, 2:]
    expected = [[0.04 + 0.0025, 0.01 + 0.0025], [0.01 + 0.0025, 0.01 + 0.0025]]
    assert np.cov(ratios.T) == pytest.approx(np.array(expected), rel=0.01)


def test_the_dirichlet_has_its_variance() -> None:
    shares = national(sl.Dirichlet(concentration=99), {"a": 50_000_000, "b": 30_000_000, "c": 20_000_000}, 8000)
    p = np.array([0.5, 0.3, 0.2])
    assert shares.mean(axis=0) == pytest.approx(p, abs=0.003)
    assert shares.var(axis=0) == pytest.approx(p * (1 - p) / 100, rel=0.07)


def test_a_swing_of_three_points_moves_half_the_votes_by_three_points() -> None:
    counts = {f"p{i}": 1_000_000 for i in range(8)} | {"big": 8_000_000}
    for kind in ("logistic", "proportional"):
        shares = national(sl.Swing(sd="3%", kind=kind), counts)  # type: ignore[arg-type]
        # What eight others do on average adds a little to the big party's own three points.
        assert shares[:, 0].std() == pytest.approx(0.03 * np.sqrt(1 + 1 / 8), rel=0.03), kind
    flat = national(sl.Swing(sd="1%", kind="uniform"), counts)
    assert flat[:, 1].std() == pytest.approx(0.01, rel=0.05)


def test_raking_makes_national_shares_right_and_leaves_districts_their_size() -> None:
    votes = field()
    target = np.array([[0.47, 0.04, 0.38, 0.11], [0.52, 0.035, 0.36, 0.085]])  # a, against_all, b, c
    factors = raked(votes, target)
    got = np.zeros((2, 4))
    for columns, total in votes.spans:
        weights = factors[:, votes.party[columns]] * votes.observed[columns]
        weights *= (total / weights.sum(axis=1))[:, None]
        for i, party in enumerate(votes.party[columns]):
            got[:, party] += weights[:, i]
    assert votes.parties == ("a", "against_all", "b", "c")
    assert got / got.sum(axis=1, keepdims=True) == pytest.approx(target, abs=0.002)


def test_shares_become_whole_votes_and_nothing_becomes_nothing() -> None:
    assert to_votes(np.array([[1.0, 2.0, 1.0], [0.0, 0.0, 0.0]]), 100).tolist() == [[25, 50, 25], [0, 0, 0]]


def test_singular_covariances_are_covariances() -> None:
    tied = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    lower = triangle_of(tied)
    assert lower @ lower.T == pytest.approx(tied)
    with pytest.raises(Invalid, match="no covariance"):
        triangle_of(np.array([[1.0, -0.9, -0.9], [-0.9, 1.0, -0.9], [-0.9, -0.9, 1.0]]))


@pytest.mark.parametrize(
    ("noise", "what"),
    [
        (sl.LogisticNormal(cells={"a@east": {"a@east": 1}}), "no cell"),
        (sl.LogisticNormal(cells={"a@north": {"b@north": 1}}), "says nothing about b@north"),
        (sl.LogisticNormal(sd=1, district_covariance={"north": {"north": 1}}), "says nothing about south"),
        (sl.LogisticNormal(sd=1, district_covariance={"east": {"east": 1}}), "no district"),
        (sl.LogisticNormal(sd=1, district_sd=1, district_correlation=-2), "district_correlation is -2"),
        (
            sl.LogisticNormal(sd=1, district_covariance={"north": {"north": 1, "south": 2}, "south": {"south": 1}}),
            "some combination of districts",
        ),
    ],
    ids=lambda what: what if isinstance(what, str) else "",
)
def test_covariances_that_do_not_fit_the_field_are_refused(noise: Noise, what: str) -> None:
    with pytest.raises(SailauError, match=what):
        noise.check(field())


@pytest.mark.parametrize(
    "make",
    [
        lambda: sl.Swing(sd=0.03),  # type: ignore[arg-type]
        lambda: sl.Swing(sd="-3%"),
        lambda: sl.Swing(sd="3%", kind="wild"),  # type: ignore[arg-type]
        lambda: sl.Swing(sd="3"),
        lambda: sl.LogisticNormal(sd="15.8"),
        lambda: sl.Dirichlet(concentration=0),
        lambda: sl.Dirichlet(concentration="0.001"),
        lambda: sl.LogisticNormal(),
        lambda: sl.LogisticNormal(sd="1", covariance={}),
        lambda: sl.LogisticNormal(sd="1", district_sd="1", cells={"a@north": {"a@north": 1}}),
        lambda: sl.LogisticNormal(sd="1", district_correlation="0.5"),
        lambda: sl.LogisticNormal(covariance={"a": {"a": 0.1}}),  # type: ignore[dict-item]
    ],
)
def test_models_that_are_none_are_refused_when_they_are_made(make: object) -> None:
    with pytest.raises(Invalid, match="noise"):
        make()  # type: ignore[operator]
