"""Measures: published values, identities, invariance, and draws in, draws out."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.power import measures as m
from sailau.power.shares import InvalidShares, aligned
from sailau.records.library import load_election
from sailau.runs.replay import replay

DATA = Path(__file__).resolve().parents[1] / "data" / "power" / "measures.csv"
DAYS = {"2023": "2023-03-19", "2021": "2021-01-10", "2016": "2016-03-20", "2012": "2012-01-15"}


def published() -> list[dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def measured(case: str, name: str) -> float:
    _, year, policy = case.split("_")
    election = load_election(f"kz/mazhilis/{DAYS[year]}")
    result = replay(election).result
    assert result is not None
    votes = dict(election.tally.tiers["list"].votes["nation"])
    _, v, s = aligned(votes, result.tiers["list"], against_all="line" if policy == "line" else "drop")
    values = {
        "enep": lambda: m.effective_number(v),
        "enpp": lambda: m.effective_number(s),
        "golosov_votes": lambda: m.effective_number(v, kind="golosov"),
        "golosov_seats": lambda: m.effective_number(s, kind="golosov"),
    }
    if name in values:
        return float(values[name]())
    return float(getattr(m, name)(v, s) * 100)


@pytest.mark.parametrize("row", published(), ids=lambda row: f"{row['case']}-{row['measure']}")
def test_published_values(row: dict[str, str]) -> None:
    assert round(measured(row["case"], row["measure"]), int(row["digits"])) == float(row["value"])


@pytest.mark.parametrize(
    ("p", "kind", "value"),
    [
        ((0.75, 0.25), "laakso_taagepera", 1.600),
        ((0.75, 0.25), "golosov", 1.3333),
        ((0.75, 0.25), "molinar", 1.160),
        ((0.55, 0.15, 0.15, 0.15), "laakso_taagepera", 2.7027),
        ((0.55, 0.15, 0.15, 0.15), "golosov", 2.0465),
    ],
)
def test_effective_numbers_of_the_literature(p: tuple[float, ...], kind: str, value: float) -> None:
    assert m.effective_number(p, kind=kind) == pytest.approx(value, abs=5e-5)  # type: ignore[arg-type]


def test_the_house_of_98_with_independents_as_one_or_as_seven() -> None:
    house = {"amanat": 62, "auyl": 8, "respublica": 6, "aq_jol": 6, "qhp": 5, "nsdp": 4}
    assert round(m.effective_number([*house.values(), 7]), 3) == 2.360
    assert round(m.effective_number([*house.values(), *[1] * 7]), 3) == 2.384


def test_volatility_2021_to_2023() -> None:
    before = dict(load_election("kz/mazhilis/2021-01-10").tally.tiers["list"].votes["nation"])
    after = dict(load_election("kz/mazhilis/2023-03-19").tally.tiers["list"].votes["nation"])
    before["amanat"] = before.pop("nur_otan")
    names = sorted({*before, *after})
    volatility = m.pedersen([before.get(n, 0) for n in names], [after.get(n, 0) for n in names])
    assert abs(volatility * 100 - 25.60) < 0.01  # the source prints 25.60 for 25.605


def test_wisconsin_2012() -> None:
    share, seats = 0.486, 60 / 99
    assert round((seats - 0.5) - 2 * (share - 0.5), 3) == 0.134


def test_the_efficiency_gap_of_equal_districts_is_the_formula_of_shares() -> None:
    a = np.array([60.0, 60, 60, 20, 20])
    b = 100 - a
    seats, share = 3 / 5, a.mean() / 100
    assert m.efficiency_gap(a, b) == pytest.approx(-((seats - 0.5) - 2 * (share - 0.5)))


counts = st.lists(st.integers(0, 1000), min_size=2, max_size=8).filter(any)


@given(counts, st.integers(1, 50), st.randoms())
def test_scale_and_order_do_not_matter(votes: list[int], k: int, chance: object) -> None:
    seats = votes[1:] + votes[:1]
    order = list(range(len(votes)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    for name in ("gallagher", "loosemore_hanby", "rae", "gini"):
        measure = getattr(m, name)
        plain = measure(votes, seats)
        assert measure([v * k for v in votes], seats) == pytest.approx(plain, abs=1e-12)
        assert measure([votes[i] for i in order], [seats[i] for i in order]) == pytest.approx(plain, abs=1e-9)
        assert measure(votes, votes) == pytest.approx(0, abs=1e-9)


@given(counts)
def test_draws_in_draws_out(votes: list[int]) -> None:
    draws = np.array([votes, votes[::-1]])
    for kind in ("laakso_taagepera", "golosov", "molinar"):
        both = m.effective_number(draws, kind=kind)  # type: ignore[arg-type]
        assert both.shape == (2,)
        assert both[0] == pytest.approx(m.effective_number(votes, kind=kind))  # type: ignore[arg-type]
        assert both[0] == pytest.approx(both[1])
    assert isinstance(m.gallagher(votes, votes), float)


def test_nationalisation_of_an_even_and_an_uneven_party() -> None:
    even, single = [0.3, 0.3, 0.3, 0.3], [0.9, 0, 0, 0]
    for kind in ("pns", "spns", "ipn"):
        options = {"kind": kind, "weights": [1, 2, 3, 4]}
        assert m.nationalisation(even, **options) == pytest.approx(1)  # type: ignore[arg-type]
        assert m.nationalisation(single, **options) < 0.3  # type: ignore[arg-type]
    assert m.nationalisation([0.2, 0.4]) == pytest.approx(1 - 1 / 6)


def test_bias_and_responsiveness_of_a_symmetric_map() -> None:
    shares = np.array([0.3, 0.4, 0.5, 0.6, 0.7])
    assert m.partisan_bias(shares) == pytest.approx(0)
    assert m.partisan_bias([0.45, 0.45, 0.6]) < 0
    assert m.responsiveness(shares, width=0.15) == pytest.approx(2.0)


def test_a_manufactured_majority() -> None:
    assert m.manufactured_majority([45, 35, 20], [55, 30, 15]) is True
    assert m.manufactured_majority([51, 29, 20], [55, 30, 15]) is False
    assert m.manufactured_majority([50, 30, 20], [50, 30, 20]) is False


def test_malapportionment_of_the_districts_of_2023() -> None:
    assert m.malapportionment([1, 1], [100, 300]) == pytest.approx(0.25)


def test_entry_and_exit_apart_from_change() -> None:
    entry, change = m.powell_tucker([50, 30, 20, 0], [40, 40, 0, 20])
    assert (entry, change) == (pytest.approx(0.2), pytest.approx(0.1))
    assert entry + change == pytest.approx(m.pedersen([50, 30, 20, 0], [40, 40, 0, 20]))


@pytest.mark.parametrize("bad", [[-1, 2], [float("nan"), 1], [0, 0], [], [float("inf"), 1]])
def test_bad_numbers_are_refused(bad: list[float]) -> None:
    with pytest.raises(InvalidShares):
        m.effective_number(bad)


def test_votes_and_seats_of_different_contenders_are_refused() -> None:
    with pytest.raises(InvalidShares, match="3 contenders"):
        m.gallagher([1, 2, 3], [1, 2])


def test_policies_for_what_is_no_party() -> None:
    votes = {"a": 60, "b": 30, "c": 6, "d": 4, "against_all": 10, "independent_1": 5, "independent_2": 5}
    seats = {"a": 7, "b": 3, "independent_1": 1, "independent_2": 1}
    names, v, s = aligned(votes, seats, independents="lump", others="lump")
    assert dict(zip(names, zip(v, s, strict=True), strict=True)) == {
        "a": (60, 7),
        "b": (30, 3),
        "independent": (10, 2),
        "others": (10, 0),
    }
    names, v, _ = aligned(votes, seats, against_all="line", independents="drop")
    assert "against_all" in names and "independent_1" not in names
