"""The same entrant under other laws: counted by the laws, and what a first seat needs found by trying."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from sailau.law.library import load_law
from sailau.parties.districts import Classes
from sailau.plots.gates import gates_waterfall
from sailau.plots.reforms import reform_rows
from sailau.plots.surface import entry_surface
from sailau.records.registers import load_areas, load_districts, load_party_editions
from sailau.runs.entry_inputs import spread
from sailau.runs.entry_scenario import Scenario, read_entry
from sailau.runs.reforms import Under, _first_seat, _has_seat, _standings, under, under_all
from sailau.runs.reforms_registration import asked, in_areas, supporters_of
from sailau.runs.reforms_votes import (
    Regions,
    apart,
    district_ballots,
    districts_at,
    districts_of,
    has_line,
    nearest_of,
    region_of,
)

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "entry"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return read_entry(EXAMPLES / "kz-internationalist.yaml")


@pytest.fixture(scope="module")
def rows(scenario: Scenario) -> dict[str, object]:
    return {row.name: row for row in under_all(scenario, points=256, standings=41)}


def test_every_edition_and_every_reform_is_counted(rows: dict[str, object]) -> None:
    names = list(rows)
    assert names[0] == "kz/mazhilis@1995-09-28" and "kz/kurultai@2026-06-11" in names
    assert [str(row.bar) for row in rows.values() if row.bar is not None][:8] == ["7/100"] * 4 + ["1/20"] * 4  # type: ignore[attr-defined]
    assert not any(row.why for row in rows.values())  # type: ignore[attr-defined]
    assert {"no bar", "98 single-member districts", "98 by the alternative vote"} <= set(names)
    houses = {row.name: row.house for row in rows.values()}  # type: ignore[attr-defined]
    assert houses["kz/mazhilis@2022-11-05"] == 98 and houses["kz/kurultai@2026-06-11"] == 145


def test_no_bar_is_never_worse(rows: dict[str, object]) -> None:
    free, held = rows["98 list seats without a bar"], rows["one tier of 98 list seats"]
    assert free.chance > held.chance  # type: ignore[attr-defined]
    assert rows["kz/mazhilis@2021-05-24"].chance >= rows["kz/mazhilis@2009-02-09"].chance  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["kz/mazhilis@2007-06-19", "98 list seats without a bar", "kz/mazhilis@2022-11-05"])
def test_the_first_seat_is_where_it_begins(scenario: Scenario, rows: dict[str, object], name: str) -> None:
    law = rows[name].law  # type: ignore[attr-defined]
    shares = np.array([0.1, 0.6, 0.2, 0.1])
    least = _first_seat(scenario, law, shares, 0.0)
    assert least is not None
    at = round(least * 10_000)
    assert _has_seat(scenario, law, shares, 0.0, at) and not _has_seat(scenario, law, shares, 0.0, at - 1)
    if name == "kz/mazhilis@2007-06-19":
        assert least == 0.07
    if name == "98 list seats without a bar":
        assert 0.4 / 98 < least < 1 / 98


def test_the_runner_up_gets_in_where_the_law_wants_two_lists(scenario: Scenario) -> None:
    """With one list above the bar, the next has two seats at least, below the bar too."""
    law = next(law for law in (under_all(scenario, points=2)) if law.name == "kz/mazhilis@2009-02-09").law
    alone = np.array([0.04, 0.94, 0.01, 0.01])
    assert _has_seat(scenario, law, alone, 0.0, 400)
    assert not _has_seat(scenario, law, np.array([0.04, 0.60, 0.35, 0.01]), 0.0, 400)


def regions(seed: int = 0, places: int = 5, parties: int = 4) -> Regions:
    rng = np.random.default_rng(seed)
    return Regions(
        ("a", "b", "c"),
        np.array([0.5, 0.3, 0.2]),
        rng.dirichlet(np.ones(places), 3),
        rng.dirichlet(np.ones(parties), places),
    )


def test_rankings_are_those_of_a_draw_without_return() -> None:
    found = regions()
    parties = ("p", "q", "r", "s")
    ranked = found.rankings(parties)
    assert len(ranked) == 24
    assert sum(ranked.values()) == pytest.approx(np.ones(3))
    first = {name: sum(share for order, share in ranked.items() if order[0] == name) for name in parties}
    assert np.column_stack(list(first.values())) == pytest.approx(found.shares)
    for order in list(permutations(range(4)))[::7]:
        slow = np.zeros(3)
        for place in range(5):
            chance, left = 1.0, list(found.choice[place])
            rest = list(range(4))
            for i in order:
                chance *= left[i] / sum(left[j] for j in rest)
                rest.remove(i)
            slow += found.mass[:, place] * chance
        assert ranked[tuple(parties[i] for i in order)] == pytest.approx(slow)


def test_a_second_round_is_between_two() -> None:
    found = regions()
    pairs = np.array([[0, 1], [2, 3], [1, 3]])
    shares = found.between(pairs)
    assert shares.sum(axis=1) == pytest.approx(np.ones(3))
    assert ((shares > 0).sum(axis=1) == 2).all()


def test_districts_as_on_record_or_shared_out() -> None:
    found, record = regions(), ({"a": 2, "b": 1, "c": 1},)
    assert districts_of(4, found, record) == record[0]
    assert districts_of(10, found, record) == {"a": 5, "b": 3, "c": 2}
    (kz,) = load_districts("kz")
    assert sum(kz.values()) == 29 and len(kz) == 20


def test_seats_in_districts_are_won_one_by_one(scenario: Scenario, rows: dict[str, object]) -> None:
    law = rows["98 single-member districts"].law  # type: ignore[attr-defined]
    one = {name: values[-1:] for name, values in _standings(scenario, 64, 41).items()}
    found = districts_at(scenario, law.tiers[0], one)
    won = law.count(replace(_tally(district_ballots(scenario, law.tiers[0], found, 0.0)), contenders={})).seats
    assert len(found.names) == 98
    by_hand: dict[str, int] = {}
    for shares in found.shares:
        best = scenario.parties[int(shares.argmax())]
        by_hand[best] = by_hand.get(best, 0) + 1
    assert {p: n for p, n in won.items() if n} == by_hand


def test_districts_hold_the_people_of_their_region_and_no_others(scenario: Scenario) -> None:
    cells, number = scenario.cells, {region: k % 4 for k, region in enumerate(scenario.cells.regions)}
    parts = apart(cells, number, scenario.classes)
    assert len(parts.regions) == sum(number.values())
    for r, region in enumerate(cells.regions):
        mine = [d for d, name in enumerate(parts.regions) if region_of(name) == region]
        assert len(mine) == number[region]
        if mine:
            assert parts.weights[mine].sum(axis=0) == pytest.approx(cells.weights[r])
            assert parts.weights[mine].sum(axis=(1, 2)) == pytest.approx(cells.weights[r].sum() / len(mine))
    alike = apart(cells, number, None)
    assert alike.weights[0] == pytest.approx(cells.weights[cells.regions.index(region_of(alike.regions[0]))] / 1)


def test_districts_of_a_region_differ_as_its_parts_do() -> None:
    """Six parts below 40%, two to 80%, one above: of three districts two are alike, and odds keep their proportion."""
    found = Classes("a", (0.0, 0.4, 0.8, 1.0), {"north": (6, 2, 1)})
    shares = found.shares("north", 3, 0.3)
    assert sum(shares) / 3 == pytest.approx(0.3)
    assert shares[0] == pytest.approx(shares[1])
    odds = [share / (1 - share) for share in shares]
    last = (0.6 + 0.6 + 0.9) / 3
    assert odds[2] / odds[0] == pytest.approx((last / (1 - last)) / (0.2 / 0.8))
    assert found.shares("south", 2, 0.3) == (0.3, 0.3)
    assert found.shares("north", 1, 0.3) == pytest.approx((0.3,))


def test_a_list_of_one_group_can_win_where_the_group_is_gathered() -> None:
    """Alike districts hide it; and the one that is named is the one by which it leads by most."""
    scenario = read_entry(EXAMPLES / "kz-russian-list.yaml")
    law = scenario.reforms["98 single-member districts"]
    draws = _standings(scenario, 256, 101)
    gathered = under(scenario, law, draws)
    spread_out = under(replace(scenario, classes=None), law, draws)
    assert gathered.counted[-1] > spread_out.counted[-1]
    top = {name: values[-1:] for name, values in draws.items()}
    best = nearest_of(scenario, districts_at(scenario, law.tiers[0], top))
    shares = districts_at(scenario, law.tiers[0], top).shares
    assert best.reached - best.strongest == pytest.approx((shares[:, 0] - shares[:, 1:].max(axis=1)).max())
    assert best.reached > best.strongest


def _tally(ballots: dict[str, object]):  # type: ignore[no-untyped-def]
    from sailau.terms.tally import Tally

    return Tally(ballots)  # type: ignore[arg-type]


def test_a_line_against_all_is_only_where_the_law_has_one(rows: dict[str, object]) -> None:
    lined = {name: has_line(row.law) for name, row in rows.items()}  # type: ignore[attr-defined]
    assert lined["kz/mazhilis@1999-05-06"] and lined["kz/mazhilis@2022-11-05"]
    assert not lined["kz/mazhilis@2009-02-09"]


def test_the_bar_of_members_by_region(scenario: Scenario) -> None:
    areas = load_areas("kz")
    assert areas is not None
    people = supporters_of(scenario)
    assert all(n > 0 for n in people.values()) and set(people) <= set(areas.units)
    found = asked(scenario, load_party_editions("kz/parties"), areas)
    by = {row.law.edition: row for row in found}
    assert by["2002-07-15"].of_supporters == pytest.approx(50_000 / sum(people.values()))
    old = in_areas(people, areas, by["2002-07-15"].law.since)
    assert sum(old.values()) == pytest.approx(sum(people.values()))
    assert old["south_kazakhstan"] == pytest.approx(people["turkestan"] + people["shymkent"])
    assert by["2002-07-15"].there == pytest.approx(max(700 / n for n in old.values()))
    assert by["2022-11-05"].there == pytest.approx(max(200 / n for n in people.values()))
    assert not any(row.barred for row in found)
    ethnic = read_entry(EXAMPLES / "kz-russian-list.yaml")
    barred = asked(ethnic, load_party_editions("kz/parties"), areas)
    assert [bool(row.barred) for row in barred] == [False, True, True, True, True]


def test_pictures_say_what_they_show() -> None:
    gates = gates_waterfall(
        [
            ("organise", (0.1, 0.2, 0.3), "2 of 18", (0.1, 0.2, 0.3)),
            ("pass", (1e-9, 0.01, 0.9), "model", (0.0, 0.0, 0.0)),
        ],
        title="A <list>",
    )
    surface = entry_surface(
        {1.0: [(0.0, 0.15), (0.05, 0.05)]}, [(0.01, 0.16, True), (0.2, 0.9, True)], majority="x", bar="5%", title="T"
    )
    laws = reform_rows([("a", "5%", 0.1, 0, 0, 6, 98), ("b", "", 0.0, 0, 0, 0, 0)], title="T", reforms_from=1)
    for picture, words in ((gates, "2 of 18"), (surface, "1 of 2 draws lie outside"), (laws, "0–6 of 98")):
        assert ET.fromstring(picture).tag.endswith("svg")
        assert words in picture
    assert "A &lt;list&gt;" in gates and "not counted" in laws and "nothing" in gates


def test_the_command() -> None:
    code = "from sailau.cli.main import main; main()"
    words = ["parties", "reforms", str(EXAMPLES / "kz-internationalist.yaml"), "--points", "64"]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *words], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    table = [line.split("\t") for line in done.stdout.splitlines()]
    assert table[0][0] == "law" and len(table) == 1 + 9 + 5
    assert table[0][2:5] == ["members", "barred_by", "bar"]
    assert [row[2] for row in table[1:4]] == ["", "3000", "50000"]
    assert "Lijphart" in done.stderr and "Horowitz" in done.stderr


def test_draws_stand_at_even_steps(scenario: Scenario) -> None:
    draws = _standings(scenario, 256, 41)
    assert {len(values) for values in draws.values()} == {41}
    everywhere = spread(scenario.inputs, 256, scenario.seed)
    assert set(draws["valence"]) <= set(everywhere["valence"])


def test_the_law_on_parties_of_the_time() -> None:
    ethnic = read_entry(EXAMPLES / "kz-russian-list.yaml")
    told = {row.name: row for row in under_all(ethnic, points=64, standings=41)}
    assert told["kz/mazhilis@1999-05-06"].barred == "" and told["kz/mazhilis@2004-04-14"].barred == "pl 5(8)"
    law = told["kz/mazhilis@2009-02-09"].party_law
    assert law is not None and law.edition == "2009-02-06"
    assert told["no bar"].party_law == ethnic.party_law


def drawn(seats: np.ndarray) -> Under:
    law = load_law("kz/mazhilis")
    return Under("", law, None, None, tuple(sorted(int(n) for n in seats)), 98, 0)


def test_the_error_of_the_draws_is_as_large_as_it_says() -> None:
    """Seats with a known chance and a known upper end: 95% of the intervals hold them, within what 400 of them tell."""
    rng = np.random.default_rng(3)
    chance, end = 0.3, 8  # P(more than 0) = 0.3, P(at most 7) < 0.95 <= P(at most 8)
    values, parts = np.array([0, 4, 8, 12]), np.array([0.7, 0.15, 0.12, 0.03])
    held = np.zeros(2)
    for _ in range(400):
        row = drawn(rng.choice(values, 101, p=parts))
        low, high = row.chance_between()
        first, last = row.seats_between(0.95)
        held += [low <= chance <= high, first <= end <= last]
        assert first <= row.high <= last
    assert 0.92 <= held[0] / 400 <= 0.98
    assert held[1] / 400 >= 0.95


def test_draws_that_all_agree_still_tell_no_certainty() -> None:
    none, every = drawn(np.zeros(201)), drawn(np.ones(201))
    assert none.chance_between()[0] == 0.0 < none.chance_between()[1] < 3 / 201
    assert every.chance_between() == pytest.approx(tuple(1 - x for x in none.chance_between()[::-1]))
    assert none.seats_between(0.95) == (0, 0)
    assert drawn(np.zeros(0)).seats_between(0.5) == (0, 0)


def test_the_nearest_district_is_told_by_the_name_of_its_region(scenario: Scenario) -> None:
    from sailau.report.reforms import _nearest
    from sailau.runs.reforms_votes import MARK, Nearest

    told = _nearest(scenario, Nearest(f"north_kazakhstan{MARK}2", 0.2, 0.3), ["x"])
    assert "comes nearest to leading in North Kazakhstan region, district 2" in told
