"""Real elections kept as controls: their p-values come out again, and clean countries are hardly ever accused."""

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from tests.forensics.shared import HERE

from sailau.forensics import draw_clean, examine
from sailau.forensics.battery import run_tests
from sailau.forensics.finding import Finding, NotTestable
from sailau.forensics.percentages import whole_percentages
from sailau.forensics.rates import real_controls
from sailau.forensics.read import read_stations
from sailau.forensics.stations import Level, Stations

PLACES = HERE.parents[3] / "shared" / "data" / "ei"
needs_places = pytest.mark.skipif(not PLACES.is_dir(), reason="New Zealand's voting places in ../shared are not here")


def new_zealand(year: int, margin: str) -> Stations:
    """Return voting places with votes by party; candidates stand under the party in brackets."""
    query = "select district, unit, name, count from read_parquet(?) where margin = ? order by district, unit, option"
    rows = duckdb.execute(query, [str(PLACES / f"nz_{year}_margins.parquet"), margin]).fetchall()

    def party(name: str) -> str:
        found = re.search(r"\(([^()]*)\)\s*$", name) if margin == "column" else None
        return found[1] if found else name

    totals: dict[str, int] = {}
    for _, _, name, count in rows:
        totals[party(name)] = totals.get(party(name), 0) + count
    order = sorted(totals, key=lambda name: -totals[name])
    units = sorted({(district, unit) for district, unit, _, _ in rows})
    at = {unit: i for i, unit in enumerate(units)}
    votes = np.zeros((len(units), len(order)), dtype=np.int64)
    for district, unit, name, count in rows:
        votes[at[district, unit], order.index(party(name))] += count
    labels, codes = np.unique([district for district, _ in units], return_inverse=True)
    nothing = np.zeros(len(units), dtype=np.int64)
    return Stations(
        path=f"New Zealand {year}",
        rows=np.arange(1, len(units) + 1),
        names=tuple(f"{district}-{unit}" for district, unit in units),
        levels=(Level("electorate", codes.astype(np.int64), tuple(map(str, labels))),),
        registered=nothing,
        voters=nothing,
        votes=votes,
        contenders=tuple(order),
        leader=0,
    )


@needs_places
@pytest.mark.parametrize(("year", "margin"), [(2002, "row"), (2017, "column")])
def test_the_packaged_controls_come_out_again(year: int, margin: str) -> None:
    name = f"New Zealand {year} {'party' if margin == 'row' else 'candidate'} votes"
    kept = {test: p for test, election, p in real_controls() if election == name}
    found = run_tests(new_zealand(year, margin), seed=1, estimates=False)
    ps = {one.test: one.p for one in found if isinstance(one, Finding) and one.p is not None}
    assert len(ps) == 4
    for test, p in ps.items():
        assert kept[test] == pytest.approx(p, rel=1e-3)


def test_clean_countries_are_hardly_ever_accused() -> None:
    """Of ten counts of New Zealand none has too many whole percentages; nor has any of the seven of Israel."""
    ps = [p for test, _, p in real_controls() if test == "whole percentages"]
    assert len(ps) == 17 and min(ps) > 0.05
    density = [p for test, name, p in real_controls() if test == "kernel density of share" and "Zealand" in name]
    assert len(density) == 10 and min(density) > 0.05


def test_without_a_register_shares_are_tested_and_the_rest_is_told() -> None:
    clean = draw_clean(1_200, seed=4)
    bare = replace(clean, registered=clean.registered * 0, voters=clean.voters * 0, ballots=None)
    found = run_tests(bare, seed=1)
    tested = {one.test for one in found if isinstance(one, Finding)}
    assert tested == {"whole percentages", "kernel density of share", "identical protocols", "same shares in an area"}
    gaps = {one.test: one.why for one in found if isinstance(one, NotTestable)}
    assert set(gaps) == {
        "kernel density of turnout",
        "small stations",
        "neighbours",
        "fingerprint fit",
        "baseline",
    }
    assert all("registered" in why for why in gaps.values())
    one = whole_percentages(bare)
    assert isinstance(one, Finding) and "shares only" in one.found


def test_whole_shares_are_seen_without_a_register() -> None:
    clean = draw_clean(1_500, seed=6)
    assert clean.valid is not None
    votes = clean.votes.copy()
    target = np.rint(np.rint(100 * votes[:, 0] / clean.counted) * clean.counted / 100).astype(np.int64)
    chosen = np.arange(len(clean)) % 4 == 0
    votes[chosen, 0] = target[chosen]
    bare = replace(clean, votes=votes, registered=clean.registered * 0, voters=clean.voters * 0)
    found = whole_percentages(bare)
    assert isinstance(found, Finding) and found.p is not None and found.p < 1e-6


def test_a_file_without_a_register_gets_a_report(tmp_path: Path) -> None:
    clean = draw_clean(400, seed=8)
    path = tmp_path / "shares.csv"
    rows = ["station,valid," + ",".join(clean.contenders)]
    rows += [",".join(map(str, [clean.names[i], sum(row), *row])) for i, row in enumerate(clean.votes.tolist())]
    path.write_text("\n".join(rows), encoding="utf-8")
    seen = examine(read_stations(path), seed=1)
    assert "whole percentages" in {one.finding.test for one in seen.judged}
    assert {gap.test for gap in seen.not_testable} >= {"baseline", "neighbours"}
