"""Balance: the formula, exact bounds against a search, records with their faults, and weights laid open."""

from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.align.shared import TRADE

from sailau.align.balance import balance, entropy, evenness
from sailau.align.composite import composite
from sailau.align.flows import CODES, KEPT, Channel, FaultyFlows, Interval, channels_of, read_channels, read_flows
from sailau.align.problems import InvalidFlows, InvalidRollCalls
from sailau.align.rollcalls import roll_calls
from sailau.align.vote_balance import balance_of_votes
from sailau.terms.errors import NotFound

amounts = st.lists(st.integers(0, 50).map(Fraction), min_size=2, max_size=6).filter(any)


@given(amounts, st.integers(1, 9))
def test_balance_is_bounded_and_blind_to_scale_and_order(weights: list[Fraction], factor: int) -> None:
    value = evenness(weights)
    assert 0 <= value <= 1
    assert evenness([w * factor for w in weights]) == value == evenness(weights[::-1])
    assert (value == 1) == (len(set(weights)) == 1)
    assert (value == 0) == (sum(w > 0 for w in weights) == 1)
    assert -1e-12 <= entropy(weights) <= 1 + 1e-12


def test_the_formula_by_hand() -> None:
    assert evenness([Fraction(2), Fraction(1), Fraction(1)]) == 1 - Fraction(3, 2) * Fraction(1, 24)


boxes = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda p: Interval(Fraction(min(p)), Fraction(max(p)))),
    min_size=2,
    max_size=3,
).filter(lambda box: any(part.high for part in box))


@given(boxes)
def test_bounds_hold_every_weight_within_and_are_reached(box: list[Interval]) -> None:
    found = balance(channel(box))
    grids = [[part.low + (part.high - part.low) * Fraction(k, 4) for k in range(5)] for part in box]
    values = [evenness(list(w)) for w in product(*grids) if any(w)]
    assert found.low <= min(values) and max(values) <= found.high
    assert found.low == min(values), "the least balance stands at a corner"
    assert float(found.high - max(values)) < 0.3
    chaos = [entropy(list(w)) for w in product(*grids) if any(w)]
    assert found.entropy[0] <= min(chaos) + 1e-9 and max(chaos) - 1e-9 <= found.entropy[1]


def channel(box: list[Interval]) -> Channel:
    poles = {f"p{k}": part for k, part in enumerate(box)}
    return Channel("trade", "2022", "usd", poles, dict.fromkeys(poles, 1))


def test_the_most_balanced_point_may_lie_inside() -> None:
    found = balance(
        channel(
            [Interval(Fraction(2), Fraction(2)), Interval(Fraction(6), Fraction(6)), Interval(Fraction(0), Fraction(9))]
        )
    )
    assert found.high == evenness([Fraction(2), Fraction(6), Fraction(5)])


def test_mirror_statistics_become_intervals() -> None:
    channels = {part.period: part for part in channels_of(read_flows(TRADE))}
    assert channels["2022"].poles["cn"] == Interval(Fraction(24), Fraction("31.2"))
    found = balance(channels["2022"].only(["ru", "cn"]))
    assert found.shares["cn"].low == Fraction(24, 50) and found.shares["cn"].high == Fraction("31.2") / Fraction("57.2")
    assert found.reports == {"ru": 1, "cn": 2}
    assert found.high == 1, "26 lies between 24 and 31.2"
    months = balance(channels["2023-01/2023-09"])
    assert months.low == months.high == evenness([Fraction(213), Fraction(186)])
    with pytest.raises(NotFound, match="ru"):
        channels["2023"].only(["ru", "cn"])
    with pytest.raises(InvalidFlows, match="two poles"):
        balance(channels["2023"])


HEAD = "channel,period,pole,value,unit,by,source\n"
GOOD = "loans,2020,cn,4,usd,kz,s\n"
FAULTS = {
    "E521": ("trade,2022,cn,4,usd,kz,\n", [3], "source is empty"),
    "E522": ("trade,2022,cn,-4,usd,kz,s\n", [3], "number"),
    "E523": ("trade,2022,cn,60%,usd,kz,s\n", [3], "60% in usd"),
    "E524": ("trade,2022,cn,60,share,kz,s\n", [3], "more than the whole"),
    "E525": ("trade,2022,cn,4,usd,kz,s\ntrade,2022,cn,5,usd,kz,s\n", [3, 4], "twice"),
    "E526": ("trade,2022,cn,4,usd,kz,s\ntrade,2022,ru,5,eur,kz,s\n", [4], "eur here and in usd"),
    "E527": ("trade,2022,cn,60%,share,kz,s\ntrade,2022,ru,55%,share,kz,s\n", [3, 4], "115.0%"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_records_at_fault_are_refused_by_row_and_code_and_kept_by_choice(tmp_path: Path, code: str) -> None:
    text, rows, word = FAULTS[code]
    path = tmp_path / "flows.csv"
    path.write_text(HEAD + GOOD + text, encoding="utf-8")
    with pytest.raises(FaultyFlows, match=word) as caught:
        read_flows(path)
    (problem,) = caught.value.problems
    assert problem.code == code and list(problem.rows) == rows and CODES[code]
    assert f"--keep {code}" in str(caught.value) and KEPT[code] in str(caught.value)
    reading = read_channels(path, keep=[code])
    assert [problem.code for problem in reading.problems] == [code], "what is kept is still said"
    kept = {flow.line for flow in reading.flows}
    assert 2 in kept and not kept & set(rows)


def test_files_without_records_and_unknown_codes(tmp_path: Path) -> None:
    path = tmp_path / "flows.csv"
    path.write_text(HEAD, encoding="utf-8")
    with pytest.raises(InvalidFlows, match="no record"):
        read_flows(path)
    with pytest.raises(InvalidFlows, match="no code"):
        read_flows(path, keep=["E999"])
    path.write_text(HEAD + FAULTS["E522"][0], encoding="utf-8")
    with pytest.raises(InvalidFlows, match="no record is left"):
        read_flows(path, keep=["E522"])


def test_a_composite_never_comes_without_its_weights() -> None:
    parts = {"trade": Interval(Fraction(1, 2), Fraction(3, 4)), "votes": Interval(Fraction(9, 10), Fraction(1))}
    found = composite(parts, {"trade": 3, "votes": 1})
    assert found.value == Interval(Fraction(3, 5), Fraction(13, 16))
    assert found.reach == Interval(Fraction(1, 2), Fraction(1))
    assert sum(found.sensitivity.values()) == 1
    for weights in ({"trade": 1}, {"trade": 1, "votes": -1}, {"trade": 0, "votes": 0}, {"trade": 1, "arms": 1}):
        with pytest.raises(InvalidFlows):
            composite(parts, weights)
    with pytest.raises(InvalidFlows):
        composite({"trade": parts["trade"]}, {"trade": 1})


def test_sensitivity_against_draws() -> None:
    parts = {"a": Interval(Fraction(1, 10), Fraction(5, 10)), "b": Interval(Fraction(6, 10), Fraction(7, 10))}
    parts["c"] = Interval(Fraction(0), Fraction(1))
    found = composite(parts, dict.fromkeys(parts, 1)).sensitivity
    rng = np.random.default_rng(4)
    weights = rng.dirichlet(np.ones(3), size=400_000)
    bounds = np.array([[float(part.low), float(part.high)] for part in parts.values()])
    values = bounds[:, 0] + rng.random((400_000, 3)) * (bounds[:, 1] - bounds[:, 0])
    total = (weights * values).sum(axis=1).var()
    assert float(found["weights"]) == pytest.approx((weights @ values.mean(axis=0)).var() / total, abs=0.01)
    assert float(found["c"]) == pytest.approx((values[:, 2] / 3).var() / total, abs=0.01)


def test_the_channel_of_votes() -> None:
    votes = [("K", f"{k}", "yes") for k in range(8)]
    votes += [("A", f"{k}", "yes") for k in range(8)]
    votes += [("B", f"{k}", "yes" if k < 4 else "no") for k in range(8)]
    found = balance_of_votes(roll_calls(votes), "K", ["A", "B"], draws=200, rng=3)[0]
    assert found.shares == {"A": Fraction(2, 3), "B": Fraction(1, 3)} and found.value == Fraction(8, 9)
    assert found.low is not None and found.high is not None and found.low < float(found.value) < found.high
    with pytest.raises(InvalidRollCalls, match="negative"):
        balance_of_votes(roll_calls(votes), "K", ["A", "B"], measure="kappa")
