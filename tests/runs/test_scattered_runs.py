"""Scattered points in simulations: right, far more exact, resumable, refused where they do nothing."""

from pathlib import Path

import pytest

import sailau as sl
from sailau.runs.chance import check_points
from sailau.runs.precision import chance_error, mean_error
from sailau.runs.simulate import Runs
from sailau.terms.errors import Invalid
from sailau.terms.tally import Tally

NOISE = sl.LogisticNormal(sd="0.158", correlation="0.2")
N = 16 * 1024


@pytest.fixture(scope="module")
def law() -> sl.Law:
    return sl.load_law("kz/mazhilis", on="2023-03-19")


@pytest.fixture(scope="module")
def votes() -> Tally:
    return sl.load_election("kz/mazhilis/2023-03-19").tally


def bar(runs: Runs) -> tuple[float, float]:
    place, summary = runs.parties.index("nsdp"), runs.summary
    assert summary.passed is not None
    error = chance_error(runs.parts, lambda part: (part.passed or ())[place], lambda part: part.runs)
    return summary.passed[place] / summary.runs, error


@pytest.mark.parametrize("noise", [NOISE, sl.Swing(sd="3%"), sl.Swing(sd="1%", kind="uniform")], ids=str)
def test_a_chance_has_ten_times_less_variance(law: sl.Law, votes: Tally, noise: sl.LogisticNormal | sl.Swing) -> None:
    plain = bar(sl.simulate(law, votes, noise=noise, n=20 * N, seed=7))
    scattered = bar(sl.simulate(law, votes, noise=noise, n=N, seed=7, points="sobol"))
    assert scattered[1] ** 2 * 10 < plain[1] ** 2 * 20
    assert scattered[0] == pytest.approx(plain[0], abs=4 * (plain[1] + scattered[1]))


def test_the_error_of_a_mean_is_that_of_the_runs(law: sl.Law, votes: Tally) -> None:
    runs = sl.simulate(law, votes, noise=NOISE, n=4000, seed=7, keep_draws=True)
    assert runs.draws is not None
    column = runs.draws[:, runs.parties.index("nsdp")]
    assert mean_error(runs.parts, "nsdp") == pytest.approx(column.std() / 4000**0.5)


def test_the_same_bytes_for_any_workers_and_a_broken_run(law: sl.Law, votes: Tally, tmp_path: Path) -> None:
    once = sl.simulate(law, votes, noise=NOISE, n=N, seed=7, points="sobol")
    assert len(once.parts) == 16 and {part.runs for part in once.parts} == {1024}
    other = sl.simulate(law, votes, noise=NOISE, n=N, seed=7, points="sobol", workers=3, block=100)
    assert [part.to_json() for part in other.parts] == [part.to_json() for part in once.parts]
    count = iter(range(100))
    part = sl.simulate(
        law, votes, noise=NOISE, n=N, seed=7, points="sobol", block=300, every=0, stop=lambda: next(count) == 6
    )
    assert 1024 < part.summary.runs < N
    part.save(tmp_path / "kept.json")
    rest = sl.simulate(law, votes, noise=NOISE, n=N, seed=7, points="sobol", resume=tmp_path / "kept.json")
    assert [part.to_json() for part in rest.parts] == [part.to_json() for part in once.parts]


@pytest.mark.parametrize("n", [1000, 16, 16 * 1000, 17 * 1024, 16 * 2**25])
def test_other_numbers_of_runs_are_refused(law: sl.Law, votes: Tally, n: int) -> None:
    with pytest.raises(Invalid, match="power of two") as refused:
        sl.simulate(law, votes, noise=NOISE, n=n, seed=7, points="sobol")
    near = int((refused.value.hint or "").split()[2].replace(",", ""))
    assert check_points(near) * 16 == near  # what the message proposes is possible


@pytest.mark.parametrize(
    "noise",
    [
        sl.Dirichlet(concentration=50),
        sl.PastErrors(errors=[{"nsdp": "1%"}]),
        sl.GivenShares(parties=["nsdp"], draws=[[0.1]]),
    ],
    ids=lambda noise: type(noise).__name__,
)
def test_models_without_normal_numbers_are_refused(law: sl.Law, votes: Tally, noise: sl.Dirichlet) -> None:
    with pytest.raises(Invalid, match="no normal numbers"):
        sl.simulate(law, votes, noise=noise, n=N, seed=7, points="sobol")


def test_unknown_points_are_refused(law: sl.Law, votes: Tally) -> None:
    with pytest.raises(Invalid, match="no halton points"):
        sl.simulate(law, votes, noise=NOISE, n=N, seed=7, points="halton")
