"""Every measure of the archive: published values, an independent second formula, reasons, draws, and policies."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sailau.power import measures as m
from sailau.power import territory as t
from sailau.power.shares import InvalidShares
from sailau.records.library import load_election
from sailau.records.successions import carried, load_successions, read_successions
from sailau.runs.draws import measure_draws, read_draws
from sailau.runs.measured import Figure, Treatment, measured
from sailau.runs.replay import replay
from sailau.terms.errors import InvalidRecord

KZ = "kz/mazhilis/2023-03-19"


def figures(name: str, how: Treatment | None = None) -> dict[str, Figure]:
    return {figure.name: figure for figure in measured(replay(load_election(name)), how)}


@pytest.mark.parametrize(
    ("election", "percent", "digits"), [("gb/commons/2019-12-12", 11.8, 1), ("gb/commons/2024-07-04", 23.7, 1)]
)
def test_gallagher_of_the_commons_as_published(election: str, percent: float, digits: int) -> None:
    """Gallagher's own table, from memory in the dossier of methods."""
    value = figures(election)["gallagher"].value
    assert value is not None and round(100 * value, digits) == percent


def test_mergers_are_no_change_of_voters() -> None:
    """Adal went into Amanat in 2022; without the merger, and with it, both added up here by hand."""
    before = {"nur_otan": 5_148_074, "aq_jol": 792_828, "qhp": 659_019, "auyl": 383_023, "adal": 258_618}
    after = dict(load_election(KZ).tally.party_votes())
    merged = {**before, "amanat": before["nur_otan"] + before["adal"]}
    del merged["nur_otan"], merged["adal"]
    names = sorted({*merged, *after})
    v0, v1 = (np.array([votes.get(n, 0) for n in names], float) for votes in (merged, after))
    expected = np.abs(v0 / v0.sum() - v1 / v1.sum()).sum() / 2
    found = figures(KZ)
    assert found["pedersen"].value == pytest.approx(expected)
    assert found["pedersen"].value == pytest.approx(
        found["powell_tucker_entry"].value + found["powell_tucker_stable"].value  # type: ignore[operator]  # both are numbers
    )


def test_a_succession_counts_only_between_the_two_days() -> None:
    changes = load_successions("kz/mazhilis")
    assert changes is not None
    votes = {"nur_otan": 7, "adal": 1}
    assert carried(votes, changes, after=date(2021, 1, 10), until=date(2023, 3, 19)) == {"amanat": 8}
    assert carried(votes, changes, after=date(2016, 3, 20), until=date(2021, 1, 10)) == votes


def test_successions_name_parties_of_the_records() -> None:
    changes = load_successions("kz/mazhilis") or ()
    days = ("1999-10-10", "2004-09-19", "2007-08-18", "2012-01-15", "2016-03-20", "2021-01-10", "2023-03-19")
    known = {party for day in days for party in load_election(f"kz/mazhilis/{day}").tally.party_votes()}
    named = {name for change in changes for name in (*change.before, change.after)}
    assert named - known == set()


def test_a_succession_without_a_source_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "successions.yaml"
    path.write_text(
        "successions: x/y\ntexts: {a: A}\nchanges:\n  - {by: 2000-01-01, from: [p], to: q, cite: b}\n", encoding="utf-8"
    )
    with pytest.raises(InvalidRecord, match="names no text") as caught:
        read_successions(path)
    assert caught.value.place is not None and caught.value.place.line == 4


def test_what_is_not_measured_says_why() -> None:
    found = figures(KZ)
    assert all(figure.about for figure in found.values() if figure.value is None)
    assert found["malapportionment"].value is None
    assert found["efficiency_gap"].value is None and "single-member" in found["efficiency_gap"].about
    assert "no earlier election" in figures("kz/mazhilis/1999-10-10")["pedersen"].about


def second_bochsler(votes: np.ndarray) -> float:
    """The standardised score by areas under the curve of votes over electorate, as the author's page links it."""
    total, national = 0.0, votes.sum(axis=0) / votes.sum()
    r = votes.sum(axis=1)
    for j in range(votes.shape[1]):
        s = votes[:, j]
        order = np.argsort(s / r)
        x = np.concatenate(([0], np.cumsum(r[order]) / r.sum()))
        y = np.concatenate(([0], np.cumsum(s[order]) / s.sum()))
        total += national[j] * 2 * np.trapezoid(y, x)
    return float(total ** (1 / np.log10(r.sum() ** 2 / (r**2).sum())))


def second_golosov(votes: np.ndarray) -> float:
    local = votes / votes.sum(axis=1, keepdims=True)
    national, n = votes.sum(axis=0) / votes.sum(), len(votes)
    return float(
        sum(w * (1 - (n - p.sum() ** 2 / (p**2).sum()) / (n - 1)) for w, p in zip(national, local.T, strict=True))
    )


def test_nationalisation_by_a_second_formula() -> None:
    rng = np.random.default_rng(7)
    for _ in range(20):
        votes = rng.integers(1, 1000, (int(rng.integers(2, 30)), 4)).astype(float)
        assert t.system_nationalisation(votes, kind="spns") == pytest.approx(second_bochsler(votes))
        assert t.system_nationalisation(votes, kind="ipn") == pytest.approx(second_golosov(votes))
    even = np.outer([10, 20, 30], [3, 1])
    assert [t.system_nationalisation(even, kind=k) for k in ("pns", "spns", "ipn")] == pytest.approx([1, 1, 1])


def test_splitting_units_moves_the_plain_score_and_not_the_weighted_one() -> None:
    votes = np.array([[90.0, 10], [40, 60], [20, 80]])
    split = np.concatenate([votes[:1] / 2, votes[:1] / 2, votes[1:]])
    share, weights = votes[:, 0] / votes.sum(1), votes.sum(1)
    halves = split[:, 0] / split.sum(1), split.sum(1)
    assert m.nationalisation(share, weights=weights, kind="weighted") == pytest.approx(
        m.nationalisation(halves[0], weights=halves[1], kind="weighted")
    )
    assert m.nationalisation(share) != pytest.approx(m.nationalisation(halves[0]))


def test_a_packed_party_is_hurt_by_every_measure() -> None:
    share = np.array([0.9, 0.9, 0.45, 0.45, 0.45])
    assert t.mean_median(share) > 0 and t.declination(share) > 0
    assert m.efficiency_gap(share, 1 - share) > 0 and m.partisan_bias(share) < 0
    assert t.declination(1 - share) == pytest.approx(-t.declination(share))
    assert np.isnan(t.declination([0.6, 0.7]))


@pytest.mark.parametrize("bad", [[[1, 2]], [[1, 2], [0, 0]], [[1, -2], [3, 4]]])
def test_units_that_are_none_are_refused(bad: list[list[float]]) -> None:
    with pytest.raises(InvalidShares):
        t.system_nationalisation(bad)


def test_draws_in_draws_out(tmp_path: Path) -> None:
    seats, votes = tmp_path / "seats.csv", tmp_path / "votes.csv"
    seats.write_text("run,amanat,auyl\n0,60,9\n1,40,29\n", encoding="utf-8")
    votes.write_text("run,amanat,auyl\n0,50,50\n1,60,40\n", encoding="utf-8")
    seen = replay(load_election(KZ))
    alone, n = measure_draws(seen, Treatment(), seats=read_draws(seats), votes=None)
    assert n == 2 and set(alone) == {"enp_seats", "golosov_seats", "molinar_seats"}
    both, _ = measure_draws(seen, Treatment(), seats=read_draws(seats), votes=read_draws(votes))
    expected = [100 * m.gallagher(v, s) for v, s in (([50, 50], [60, 9]), ([60, 40], [40, 29]))]
    assert both["gallagher"].tolist() == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("amanat\n-1\n", "0 or more"),
        ("amanat\nmany\n", "no number"),
        ("amanat\n", "no draw"),
        ("nobody\n3\n", "no party"),
    ],
)
def test_draws_at_fault_are_refused(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "seats.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidShares, match=word):
        measure_draws(replay(load_election(KZ)), Treatment(), seats=read_draws(path), votes=None)


def test_others_and_independents_as_told() -> None:
    """Baytaq has votes and no seat: left out, the seats are more nearly in proportion."""
    kept, dropped = (figures(KZ, Treatment(others=how))["loosemore_hanby"].value for how in ("keep", "drop"))  # type: ignore[arg-type]  # the two words
    assert kept is not None and dropped is not None and dropped < kept
    lumped = figures(KZ, Treatment(others="lump"))["loosemore_hanby"].value
    assert lumped == pytest.approx(kept), "one list alone, lumped, is itself"
