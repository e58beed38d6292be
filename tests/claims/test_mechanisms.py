"""Mechanisms: limits that theory gives, and ranges that cannot be left."""

import numpy as np
import pytest

from sailau.claims.mechanisms import MECHANISMS, load_mechanism
from sailau.claims.mechanisms.coordination import defection
from sailau.claims.mechanisms.explore import explore
from sailau.terms.errors import Invalid, NotFound


def at(model, **given):
    mid = {name: (p.low + p.high) / 2 for name, p in model.parameters.items()} | given
    return float(model.effect(**{name: np.array([value]) for name, value in mid.items()})[0])


@pytest.mark.parametrize("name", MECHANISMS)
def test_every_mechanism_is_finite_everywhere_and_says_what_it_assumes(name):
    model = load_mechanism(name)
    seen = explore(model, model.narrowed({}))
    assert np.isfinite([seen.low, seen.median, seen.high]).all()
    assert seen.low <= seen.median <= seen.high
    assert model.name == name
    assert model.question.endswith("?")
    assert all(p.words and p.low < p.high for p in model.parameters.values())
    assert explore(model, model.narrowed({})) == seen


def test_no_threat_no_rally_and_no_tension_no_salience():
    assert at(load_mechanism("diversion"), threat=0.0) == 0
    assert at(load_mechanism("tension_coupling"), conflict=0.0) == 0


def test_rivals_that_do_not_answer_each_other_stand_as_if_alone():
    assert at(load_mechanism("entry_reaction"), answer=0.0) == 0
    raised = at(load_mechanism("entry_reaction"), own=0.2, cost=0.1, rival=0.4, answer=0.5)
    assert raised == pytest.approx((0.1 + 0.5 * 0.4) / 0.75 - 0.1)
    lowered = at(load_mechanism("entry_reaction"), own=0.2, cost=0.0, rival=0.4, answer=-0.5)
    assert lowered == pytest.approx(0 - 0.2)


def test_a_rest_point_of_the_rivals_stands_still():
    model = load_mechanism("entry_reaction")
    own, cost, rival, answer = 0.25, 0.05, 0.3, 0.4
    gain = at(model, own=own, cost=cost, rival=rival, answer=answer)
    entrant = gain + own - cost
    other = rival + answer * entrant
    assert own - cost + answer * other - entrant == pytest.approx(0)


def test_the_global_game_has_its_known_limit():
    # With ever sharper private knowledge the critical strength goes to 1 - stake, whatever all believe.
    for stake in (0.2, 0.5, 0.8):
        for public in (0.2, 0.8):
            just = [
                float(defection(strength=np.array([s]), public=np.array([public]), public_sd=np.array([1.0]),
                                private_sd=np.array([0.002]), stake=np.array([stake]))[0])
                for s in (1 - stake - 0.03, 1 - stake + 0.03)
            ]  # fmt: skip
            assert just[0] > 0.9 > 0.1 > just[1]


def test_no_signal_changes_nothing_and_a_good_one_never_raises_defection():
    model = load_mechanism("elite_coordination")
    assert at(model, shift=0.0) == pytest.approx(0, abs=1e-9)
    good = explore(model, model.narrowed({"shift": ["0", "1/2"]}))
    assert good.low > -1e-9


def test_replacement_without_gradient_or_conversion_changes_nothing():
    assert at(load_mechanism("cohort_replacement"), gradient=0.0, conversion=0.0) == 0
    assert at(load_mechanism("cohort_replacement"), turnover=0.02, gradient=0.3, conversion=0.0) == pytest.approx(0.06)


def test_a_cut_that_cuts_nothing_and_angers_nobody_changes_nothing():
    assert at(load_mechanism("shutdown"), cut=0.0, anger=0.0) == pytest.approx(0)
    assert at(load_mechanism("shutdown"), cut=0.5, anger=0.0) > 0
    assert at(load_mechanism("shutdown"), cut=0.0, anger=0.5) < 0


def test_a_range_can_be_narrowed_but_not_left():
    model = load_mechanism("diversion")
    assert model.narrowed({"rally": ["5%", "10%"]})["rally"] == (0.05, 0.1)
    with pytest.raises(Invalid, match="leaves the stated one"):
        model.narrowed({"rally": ["5%", "50%"]})
    with pytest.raises(NotFound, match="no parameter of diversion 'raly'"):
        model.narrowed({"raly": ["5%", "10%"]})
    with pytest.raises(NotFound, match="no mechanism"):
        load_mechanism("magic")


def test_fixed_parameters_give_a_point():
    model = load_mechanism("backlash")
    fixed = {"base": ["1/10", "1/10"], "base_moved": ["1/5", "1/5"], "opponents": ["1/5", "1/5"]}
    seen = explore(model, model.narrowed({**fixed, "opponents_moved": ["1/5", "1/5"]}))
    assert seen.low == seen.median == seen.high == pytest.approx(0.02)
