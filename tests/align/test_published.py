"""Published values, one test each; every figure stands in tests/data/align with its source."""

import pytest
from tests.align.shared import general_assembly, needs_un, published

from sailau.align.agreement import agreement
from sailau.align.change import change
from sailau.align.differ import differ
from sailau.align.rollcalls import RollCalls
from sailau.align.windows import of_sessions, windows

pytestmark = needs_un


@pytest.fixture(scope="module")
def calls() -> RollCalls:
    return general_assembly()


def label(row: dict[str, str]) -> str:
    return "-".join(value for key, value in row.items() if key != "source")


@pytest.mark.parametrize("row", published("un_agreement"), ids=label)
def test_agreement_by_session(calls: RollCalls, row: dict[str, str]) -> None:
    (score,) = agreement(of_sessions(calls, row["session"]), row["voter"], [row["other"]], by="session")
    assert f"{score.value:.3f}" == row["value"]


@pytest.mark.parametrize("row", published("un_same"), ids=label)
def test_identical_votes_by_period(calls: RollCalls, row: dict[str, str]) -> None:
    (score,) = agreement(calls, row["voter"], [row["other"]], by=row["period"], measure="same")
    assert 100 * score.value == pytest.approx(float(row["percent"]), abs=0.0501)


@pytest.mark.parametrize("row", published("un_votes_cast"), ids=label)
def test_votes_cast_by_period(calls: RollCalls, row: dict[str, str]) -> None:
    (window,) = windows(calls, row["period"])
    cast = calls.votes[calls.index(row["voter"]), window.items] >= 0
    assert int(cast.sum()) == int(row["n"])


@pytest.mark.parametrize("row", published("un_differ"), ids=label)
def test_whom_it_sides_with_when_they_differ(calls: RollCalls, row: dict[str, str]) -> None:
    (sides,) = differ(calls, row["voter"], row["one"], row["other"], by=row["period"])
    assert 100 * float(sides.share("one")) == pytest.approx(float(row["with_one"]), abs=0.0501)
    assert 100 * float(sides.share("other")) == pytest.approx(float(row["with_other"]), abs=0.0501)
    assert sides.with_one + sides.with_other + sides.with_neither == sides.n


@pytest.mark.parametrize("row", published("un_peers"), ids=label)
def test_agreement_of_neighbours_with_a_pole(calls: RollCalls, row: dict[str, str]) -> None:
    spans = ("2010-2013", "2014-2019")
    scores = agreement(calls, row["voter"], [row["pole"]], by=",".join(spans), measure="same")
    for score, span in zip(scores, spans, strict=True):
        assert 100 * score.value == pytest.approx(float(row[span]), abs=0.0501)


@pytest.mark.parametrize("row", published("un_common"), ids=label)
def test_common_votes_only(calls: RollCalls, row: dict[str, str]) -> None:
    others = [part["other"] for part in published("un_common")]
    scores = agreement(calls, row["voter"], others, by=row["period"], measure="same", common=True)
    score = next(score for score in scores if score.other == row["other"])
    assert score.n == int(row["n"])
    assert 100 * score.value == pytest.approx(float(row["percent"]), abs=0.0501)


def test_most_of_the_fall_is_the_poles_own(calls: RollCalls) -> None:
    peers = [row["voter"] for row in published("un_peers") if row["voter"] != "KZ"]
    found = change(calls, "KZ", "RU", peers, before="2010-2013", after="2014-2019", measure="same", draws=300, rng=7)
    assert found.own == pytest.approx(-0.1208, abs=1e-4)
    assert found.peers < -0.08
    assert found.low is not None and found.high is not None
    assert found.low < found.excess < found.high
    assert abs(found.excess) < abs(found.own) / 2


def test_a_wrong_rule_would_be_caught(calls: RollCalls) -> None:
    """Counting absence as abstention moves the published values."""
    from dataclasses import replace

    import numpy as np

    wrong = replace(calls, votes=np.where(calls.votes < 0, np.int8(1), calls.votes))
    rows = [row for row in published("un_agreement") if row["session"] == "60"]
    scores = agreement(of_sessions(wrong, "60"), "KZ", [row["other"] for row in rows], by="session")
    assert any(f"{score.value:.3f}" != row["value"] for score, row in zip(scores, rows, strict=True))
