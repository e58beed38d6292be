"""The whole answer: refusals, intervals, calibration, and known truth."""

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from tests.votes.known import ROOT, SHARED, bench, district, made, needs_shared

from sailau.report.inference import inference_table
from sailau.report.table import to_json
from sailau.terms.errors import InvalidMargins
from sailau.votes.calibration import LEVELS, from_json, shipped
from sailau.votes.calibration import to_json as written
from sailau.votes.features import CELL, CLASSES, PROBLEM, size_classes
from sailau.votes.infer import VACUOUS, Inference, infer
from sailau.votes.learn import Case, _conformal, error, fit_scale, learn_weights
from sailau.votes.margins import Margins
from sailau.votes.marks import coverage, leave_out, mean_error
from sailau.votes.variants import LEAST_UNITS, variant

FULL = pytest.mark.skipif(not os.environ.get("SAILAU_LONG_CHECKS"), reason="a long check: set SAILAU_LONG_CHECKS=1")


def answered(found: Inference) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    assert found.table is not None and found.low is not None and found.high is not None
    return found.table, found.low, found.high


def test_a_real_election_is_near_its_truth() -> None:
    margins, truth = district()
    found = infer(margins)
    table, low, high = answered(found)
    assert error(table, truth) < 12.6
    alone = np.outer(margins.group_totals, margins.option_totals) / margins.total
    assert error(table, truth) < error(alone, truth) / 3
    assert ((low <= table) & (table <= high)).all()
    assert ((low <= truth) & (truth <= high)).mean() > 0.8
    assert (low >= found.bounds.lower).all() and (high <= found.bounds.upper).all()


def test_higher_levels_are_wider() -> None:
    margins, _ = district()
    widths = [float(np.sum(high - low)) for _, low, high in (answered(infer(margins, level=level)) for level in LEVELS)]
    assert widths == sorted(widths) and widths[0] < widths[-1]


def test_twenty_regions_are_refused_and_bounds_still_given() -> None:
    margins, _ = made(units=20)
    found = infer(margins)
    assert found.table is None and found.low is None and not found.shares()
    assert "20 units" in found.refused[0]
    assert (found.bounds.upper >= found.bounds.lower).all()


def test_vacuous_bounds_are_refused() -> None:
    people = np.tile([[300, 300, 400]], (40, 1)) + np.arange(40)[:, None] % 3
    votes = np.stack([people.sum(axis=1) // 3, people.sum(axis=1) - people.sum(axis=1) // 3], axis=1)
    found = infer(Margins.of(people, votes))
    assert found.table is None
    assert "vacuous" in found.refused[0]


def test_just_enough_units_are_answered() -> None:
    least = int(shipped().support["units"][0])
    assert infer(made(units=least)[0]).table is not None
    assert infer(made(units=least - 1)[0]).table is None


def test_estimates_on_demand_have_no_intervals() -> None:
    found = infer(made(units=20)[0], anyway=True)
    assert found.table is not None and found.low is None and not found.refused
    assert any("20 units" in why for why in found.outside)


def test_no_intervals_outside_the_known_elections() -> None:
    margins, _ = made()
    large = Margins.of(margins.people * 50, margins.votes * 50)
    found = infer(large)
    assert found.table is not None and found.low is None
    assert any("people per unit" in why for why in found.outside)


def test_one_group_needs_no_inference() -> None:
    found = infer(Margins.of(np.full((30, 1), 50), np.full((30, 2), 25)))
    assert "one group" in found.refused[0]


def test_levels_that_were_not_calibrated() -> None:
    with pytest.raises(InvalidMargins, match="99"):
        infer(made()[0], level=99)


def test_strata_show_what_place_does() -> None:
    """Two regions, in one of which a group votes otherwise: by strata the truth is found."""
    (north, one), (south, other) = made(units=60, seed=2), made(units=60, seed=9)
    turned = south.votes[:, ::-1]
    margins = Margins.of(np.concatenate([north.people, south.people]), np.concatenate([north.votes, turned]))
    truth = one + other[:, ::-1]
    found = infer(margins, strata=["north"] * 60 + ["south"] * 60)
    assert found.strata is not None and found.table is not None
    assert error(found.strata, truth) < error(found.table, truth)
    np.testing.assert_allclose(found.strata.sum(axis=0), margins.option_totals)
    with pytest.raises(InvalidMargins, match="2 strata for 120 units"):
        infer(margins, strata=["north", "south"])


def test_the_same_margins_give_the_same_report() -> None:
    code = (
        "from tests.votes.known import district\nfrom sailau.votes.infer import infer\n"
        "from sailau.report.inference import inference_table\nfrom sailau.report.table import to_json\n"
        "print(to_json(inference_table(infer(district()[0])), 'x'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.stdout == to_json(inference_table(infer(district()[0])), "x") + "\n", done.stderr


def test_the_report_says_what_it_does_not_mean() -> None:
    table = inference_table(infer(district()[0]))
    assert table.columns[3:5] == ("at_least", "at_most")
    assert table.columns[-3:] == ("ensemble", "low", "high")
    said = " ".join(table.notes)
    for words in ("aggregation bias", "cannot be tested", "held 9", "each country-year left out", "certain"):
        assert words in said
    refused = inference_table(infer(made(units=20)[0]))
    assert refused.columns[-1] == "at_most"
    assert "nothing is estimated: 20 units" in " ".join(refused.notes)


def test_the_calibration_that_ships() -> None:
    learned = shipped()
    assert from_json(written(learned)) == learned
    assert len(learned.scale) == len(CELL) and set(learned.support) == set(PROBLEM)
    assert all(len(values) == len(CLASSES) + 1 for values in learned.quantiles.values())
    seen = learned.measured
    assert seen["elections"] == 423 and seen["error"]["ensemble"] <= 11.5
    assert seen["error_by_family"]["senc"] <= 2.3
    assert all(85 <= value <= 95 for value in seen["coverage_by_family"]["90"].values())


def test_conformal_quantiles() -> None:
    ratios = np.arange(1.0, 10.0)
    assert _conformal(ratios, 90) == 9
    assert _conformal(ratios, 80) == 8
    assert _conformal(np.array([]), 90) == float("inf")


def test_the_scale_of_misses_is_found() -> None:
    rng = np.random.default_rng(4)
    x = np.stack([np.ones(20_000), rng.normal(3, 2, 20_000)], axis=1)
    found = fit_scale(x, rng.exponential(np.exp(x @ [2.0, 0.7])))
    np.testing.assert_allclose(found, [2.0, 0.7], atol=0.1)


def test_classes_of_group_size() -> None:
    margins = Margins.of([[5, 15, 180, 800]], [[500, 500]])
    assert size_classes(margins) == [0, 1, 2, 3]


def test_a_variant_keeps_its_truth() -> None:
    margins, truth = district()
    for number in range(12):
        small, known = variant(margins, truth, number)
        np.testing.assert_array_equal(small.group_totals, known.sum(axis=1))
        np.testing.assert_array_equal(small.option_totals, known.sum(axis=0))
        assert len(small.units) >= LEAST_UNITS and small.total == margins.total


def test_weights_turn_to_the_better_method() -> None:
    margins, truth = made(spread=0.2)
    case = Case.of("made", margins, truth)
    wrong = np.full(truth.shape, truth.sum() / truth.size)
    tables = {**case.estimates.tables, "local": truth, "dirichlet": wrong}
    best = replace(case, estimates=replace(case.estimates, tables=tables))
    slopes = learn_weights([best])
    assert slopes["local"][0] > slopes["dirichlet"][0]


@needs_shared
def test_a_fixed_tenth_of_the_known_elections() -> None:
    every = bench().problems(SHARED, ["nz_2011", "sco_2007"])[::14]
    found = [infer(margins) for _, margins, _ in every]
    errors, held = [], []
    for (_, _, truth), one in zip(every, found, strict=True):
        assert one.table is not None
        assert (one.bounds.lower <= truth).all() and (truth <= one.bounds.upper).all()
        errors.append(error(one.table, truth))
        if one.low is not None and one.high is not None:
            held.append((one.low <= truth) & (truth <= one.high))
    assert np.mean(errors) <= 9.5
    assert 0.85 <= np.concatenate([part.ravel() for part in held]).mean() <= 0.95


@needs_shared
@FULL
def test_all_known_elections_with_each_country_year_left_out() -> None:
    tools = bench()
    given = tools.problems(SHARED)
    assert len(given) == 423
    Case.of(*given[0])
    known = tools.cases(given)
    assert all(case.bounds.narrowing > VACUOUS for case in known)
    assert all(((case.bounds.lower <= case.truth) & (case.truth <= case.bounds.upper)).all() for case in known)
    marks = leave_out(known, tools.variants(given))
    assert mean_error(marks, "ensemble") <= 11.5
    assert mean_error(marks, "linear") == pytest.approx(12.69, abs=0.05)
    for family in {mark.family for mark in marks}:
        own = [mark for mark in marks if mark.family == family]
        assert 85 <= coverage(own, 90) <= 95, family
    assert mean_error([mark for mark in marks if mark.family == "senc"], "ensemble") <= 2.3


def test_the_page_shows_what_was_measured() -> None:
    page = (ROOT / "docs" / "reference" / "ecological-inference.md").read_text(encoding="utf-8")
    seen = shipped().measured
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines()]
    rows = {line[0]: line[1:] for line in lines if len(line) == 9}
    for family, error_ in seen["error_by_family"].items():
        covers = [seen["coverage_by_family"][str(level)][family] for level in LEVELS]
        assert [float(cell) for cell in rows[family][4:]] == pytest.approx([error_, *covers], abs=0.051), family
    assert float(rows["all"][4]) == seen["error"]["ensemble"]
