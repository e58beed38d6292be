"""An entry under laws that count by districts, exempt some lists, or let a list stand in a part of the country."""

from fractions import Fraction
from math import exp
from pathlib import Path

import numpy as np
import pytest

from sailau.runs.entry import enter
from sailau.runs.entry_bar import bar_of, cells_at_bar, is_exempt, is_local, stronghold
from sailau.runs.entry_gates import bar_in_words
from sailau.runs.entry_ground import needs_ground, raked, tally_on
from sailau.runs.entry_inputs import spread
from sailau.runs.entry_model import run
from sailau.runs.entry_scenario import Scenario, read_entry
from sailau.runs.reforms_votes import regions_of
from sailau.terms.errors import Invalid, SailauError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "entry"

LAW = """
law: xx/house
name: Two districts of three seats, a bar of 10% in each
in_force: {from: 2000-01-01, until: null}
checked: null
texts: {el: Made up}
seats: {total: 6, cite: el 1}
tiers:
  list:
    seats: 6
    district: multi_member
    ballot: closed_list
    cite: el 1
    steps:
      - each: district
        steps:
          - threshold: {share: 10%, of: valid, cite: el 2}
          - allocate:  {divisor: dhondt, ties: lot, cite: el 2}
"""
ENTRY = """
entry: local
name: A list of the north
on: 2020-01-01
law: xx/house
list: {id: us, speaks_to: [n], stands_in: [north]}
majority: s
electorate: {cells: cells.csv, source: made up}
rivals:
  old: {position: 0, valence: 0}
  new: {position: 0, valence: -1}
voters: {positions: {n: 0, s: 0}, sd: 1, why: made up}
inputs:
  valence: {low: -1, high: -1, why: made up}
  identity: {low: 2, high: 2, why: made up}
  strategic: {low: 0, high: 1, why: made up}
magnitudes: {list: {north: 3, south: 3}}
votes: 1000
"""
CELLS = "region,group,age,people\nnorth,n,all,300\nnorth,s,all,100\nsouth,n,all,0\nsouth,s,all,600\n"


def write(folder: Path, entry: str = ENTRY, law: str = LAW) -> Scenario:
    (folder / "laws" / "xx" / "house").mkdir(parents=True, exist_ok=True)
    (folder / "laws" / "xx" / "house" / "2000-01-01.yaml").write_text(law, encoding="utf-8")
    (folder / "cells.csv").write_text(CELLS, encoding="utf-8")
    (folder / "entry.yaml").write_text(entry, encoding="utf-8")
    return read_entry(folder / "entry.yaml", laws=[folder / "laws"])


def test_a_local_list_by_hand(tmp_path: Path) -> None:
    """In the north 300 of 400 are its own: e^(2-1) against 1 and e^-1; the others: e^-1 against these."""
    scenario = write(tmp_path)
    own, other = exp(1) / (exp(1) + 1 + exp(-1)), exp(-1) / (exp(-1) + 1 + exp(-1))
    north = 0.75 * own + 0.25 * other
    assert bar_of(scenario) == 0.1 and is_local(scenario) and stronghold(scenario, scenario.cells) == "north"
    draws = spread(scenario.inputs, 4, 1)
    seen = run(scenario, draws)
    assert seen.share == pytest.approx(north)  # of the north, and nobody minds a lost vote there
    assert seen.shares[:, 0] == pytest.approx(0.4 * north)  # of the country
    assert seen.shares.sum(axis=1) == pytest.approx(1)
    one = {name: x[:1] for name, x in draws.items()}
    there = regions_of(scenario, one)
    assert there.shares[:, 0] == pytest.approx([north, 0])
    assert there.shares[1] == pytest.approx([0, 1 / (1 + exp(-1)), exp(-1) / (1 + exp(-1))])
    tally = tally_on(scenario, scenario.law, one, seen.shares[0], 0.0)
    votes = tally.tiers["list"].votes
    assert {area: sum(lines.values()) for area, lines in votes.items()} == {"north": 400, "south": 600}
    assert votes["north"]["us"] == round(400 * north) and votes["south"]["us"] == 0
    # 0.5519 of 400 votes by hand; the quotients 221, 131 and 110.5 have the three seats
    assert votes["north"] == {"us": 221, "old": 131, "new": 48} and scenario.law.count(tally).seats["us"] == 2


def test_the_gates_of_a_local_list(tmp_path: Path) -> None:
    entry = enter(write(tmp_path), points=16)
    assert entry.where == "north" and bar_in_words(entry.scenario) == "10% in north"
    assert entry.chain.open == 0 and entry.chain.seats[2] <= 3
    assert {gate.name: gate.middle > 0.9 for gate in entry.chain.gates}["pass"]
    needed = entry.needs["as given"][0].needed[Fraction(1, 10)]
    assert needed == Fraction(10, 75)  # 40 of 300 in the north, not 100 of the country


def test_a_law_of_ones_own_is_compared_in_all_its_editions(tmp_path: Path) -> None:
    from sailau.runs.reforms import under_all

    reform = "reforms:\n  no bar: {set: {list.threshold.share: 0%}}\n"
    rows = under_all(write(tmp_path, ENTRY + reform), points=8, standings=8)
    assert [row.name for row in rows] == ["xx/house@2000-01-01", "no bar"] and not any(row.why for row in rows)
    assert [row.bar for row in rows] == [Fraction(1, 10), 0]
    assert all(row.house == 6 and 1 <= row.low <= row.high <= 3 for row in rows)


def test_districts_add_up_to_the_country_and_keep_their_odds() -> None:
    rng = np.random.default_rng(3)
    shares, cast = rng.dirichlet(np.ones(4), size=7), rng.dirichlet(np.ones(7))
    target = rng.dirichlet(np.ones(4))
    found = raked(shares, cast, target)
    assert found.sum(axis=1) == pytest.approx(1) and cast @ found == pytest.approx(target, abs=1e-9)
    odds = (found[:, 0] / found[:, 1]) / (shares[:, 0] / shares[:, 1])
    assert odds == pytest.approx(odds[0])  # the same factor everywhere
    shares[2] = [0, 0.5, 0.25, 0.25]
    assert raked(shares, cast, target)[2, 0] == 0  # where it does not stand it stays away


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("stands_in: [north]", "stands_in: [nord]", "no region 'nord'"),
        ("{north: 3, south: 3}", "{north: 3, suth: 3}", "no region 'suth'"),
        ("{north: 3, south: 3}", "{north: 3, south: 0}", "south has 0 seats"),
        ("magnitudes: {list:", "magnitudes: {lists:", "no tier 'lists'"),
    ],
)
def test_districts_that_are_none_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(SailauError) as fault:
        write(tmp_path, ENTRY.replace(old, new))
    assert message in fault.value.what and fault.value.place is not None


def test_districts_without_seats_are_asked_for(tmp_path: Path) -> None:
    scenario = write(tmp_path, ENTRY.replace("magnitudes: {list: {north: 3, south: 3}}\n", ""))
    with pytest.raises(Invalid, match="how many seats each has") as fault:
        enter(scenario, points=4)
    assert "magnitudes: {list:" in (fault.value.hint or "")


def test_a_regional_list_in_spain() -> None:
    scenario = read_entry(EXAMPLES / "es-galician-list.yaml")
    assert is_local(scenario) and bar_of(scenario) == 0.03
    assert stronghold(scenario, scenario.cells) == "a_coruna"  # of four provinces alike, the one with most seats
    assert sum(scenario.magnitudes["provinces"].values()) == 348
    assert scenario.cells.weights.sum() == 37_001_379  # electors of 10 November 2019
    need = enter(scenario, points=4).needs["as given"]
    assert f"{float(need[0].needed[Fraction(3, 100)]):.1%}" == f"{0.03 / 0.5229:.1%}" == "5.7%"


def test_a_list_that_the_bar_exempts() -> None:
    scenario = read_entry(EXAMPLES / "de-minority-list.yaml")
    assert is_exempt(scenario) and bar_of(scenario) == 0 and not is_local(scenario)
    assert bar_in_words(scenario).startswith("exempt from the bar (bwg 4(2)")
    assert cells_at_bar(scenario, scenario.cells) is scenario.cells
    assert needs_ground(scenario, scenario.law, [1000, 900, 800, 700, 600, 0])
    assert scenario.cells.weights.sum() == 60_510_631  # electors of 23 February 2025
    assert (run(scenario, spread(scenario.inputs, 8, 1)).chance == 1).all()


def test_a_list_without_the_trait_has_to_pass(tmp_path: Path) -> None:
    text = (EXAMPLES / "de-minority-list.yaml").read_text(encoding="utf-8").replace("traits: [minority]", "traits: []")
    (tmp_path / "de.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "de-lands.csv").write_bytes((EXAMPLES / "de-lands.csv").read_bytes())
    scenario = read_entry(tmp_path / "de.yaml")
    assert bar_of(scenario) == 0.05 and not is_exempt(scenario)
    assert run(scenario, spread(scenario.inputs, 8, 1)).chance.max() < 0.01
