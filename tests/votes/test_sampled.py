"""Sampling by NUTS: what it refuses, what is said of chains that do not agree, and a short run where time is given."""

import os

import numpy as np
import pytest
from tests.votes.known import made

from sailau.report.inference import inference_table
from sailau.terms.errors import InvalidMargins, MissingExtra
from sailau.votes import sampled
from sailau.votes.infer import infer
from sailau.votes.sampled import Sampled, sample

LONG = pytest.mark.skipif("SAILAU_LONG_CHECKS" not in os.environ, reason="a long check: set SAILAU_LONG_CHECKS=1")


def test_too_many_shares_are_refused() -> None:
    margins, _ = made(3_000)
    with pytest.raises(InvalidMargins, match="row shares"):
        sample(margins, draws=10, seed=1)


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, **said: str) -> None:
        raise MissingExtra(said["what"], package=name, extra=said["extra"])

    monkeypatch.setattr(sampled, "need", missing)
    with pytest.raises(MissingExtra, match=r"pymc.*\n.*sailau\[bayes\]"):
        sample(made()[0], draws=10, seed=1)


@pytest.mark.parametrize(("rhat", "told"), [(1.01, False), (1.2, True)])
def test_chains_that_do_not_agree_are_told(rhat: float, told: bool) -> None:
    margins, truth = made()
    table = inference_table(infer(margins), sampled=Sampled(truth, truth * 0.9, truth * 1.1, 90, rhat, 100, 2))
    assert table.columns[-3:] == ("nuts", "nuts_low", "nuts_high")
    assert table.rows[0][-3] == pytest.approx(truth[0, 0] / margins.group_totals[0], abs=1e-4)
    assert any("do not agree" in note for note in table.notes) == told


@LONG
def test_a_short_run_finds_shares_and_repeats() -> None:
    margins, truth = made(25, seed=3, evenness=0.5)
    one, two = (sample(margins, draws=150, tune=150, seed=7) for _ in range(2))
    assert np.array_equal(one.table, two.table)
    error = 50 * np.abs(one.table - truth).sum() / truth.sum()
    assert error < 6
    assert (one.low <= one.table).all() and (one.table <= one.high).all()
