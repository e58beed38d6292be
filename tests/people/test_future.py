"""Projections from records: a country with censuses, a country of one's own, and what is refused."""

import csv
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from sailau.people.cube import InvalidPopulation
from sailau.people.life import expectation, risks_of, standard_births
from sailau.people.schedules import cohort_hazards, rogers_castro, single_births, single_risks, split_spans
from sailau.records.populations import load_population, read_population
from sailau.runs.people_future import future
from sailau.runs.people_regions import grown
from sailau.runs.people_tables import national, national_ages, risks
from sailau.terms.errors import InvalidRecord

KZ = load_population("kz")
FORM = """\
population: atlantis
name: Atlantis
groups: [mer, land]
regions: [reef, shore]
majority: mer
"""
RATES = """\
rates:
  tfr: "2.1"
  e0: "72"
  emigration: {land: "1%"}
  immigration: {mer: 100}
  moves: {reef: {shore: "2%"}}
  identity: {land: {mer: "0.5%"}}
  mothers: {land: {mer: "10%"}}
"""


def own(tmp_path: Path, rates: str = RATES) -> Path:
    (tmp_path / "population.yaml").write_text(FORM + rates, encoding="utf-8")
    with (tmp_path / "people.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["year", "region", "group", "age", "sex", "people"])
        people = {"0-17": 900, "18-44": 1500, "45-64": 800, "65+": 400}
        for region, group, sex, (age, n) in product(
            ("reef", "shore"), ("mer", "land"), ("female", "male"), people.items()
        ):
            out.writerow([2025, region, group, age, sex, n])
    return tmp_path


def test_a_country_of_one_s_own_keeps_its_books(tmp_path: Path) -> None:
    found = future(read_population(own(tmp_path)), 20, by_region=False, draws=3)
    book = found.central.book
    assert found.start.regions == ("reef", "shore")
    assert found.central.gap < 1e-6
    assert book.immigration.sum() == pytest.approx(2000)
    assert book.emigration[:, 0].sum() == 0 < book.emigration[:, 1].sum()
    assert book.identity_in[:, 1].sum() == 0 < book.identity_in[:, 0].sum()
    assert book.moved_out[1].sum() == 0 < book.moved_out[0].sum()
    assert found.drawn is not None
    assert found.drawn.sum("year")[..., 0] == pytest.approx(found.central.cube.sum("year"))
    assert any("standard schedule" in line for line in found.assumptions)


def test_who_leaves_for_nobody_knows_where_goes_by_the_people_of_the_others(tmp_path: Path) -> None:
    root = own(tmp_path)
    head = FORM.replace("[reef, shore]", "[reef, shore, isle]")
    (root / "population.yaml").write_text(head + 'rates: {moving: {reef: "3%"}}\n', encoding="utf-8")
    file = root / "people.csv"
    shore = [row.split(",") for row in file.read_text(encoding="utf-8").splitlines() if "shore" in row]
    with file.open("a", encoding="utf-8") as more:
        more.writelines(f"2025,isle,{group},{age},{sex},{3 * int(n)}\n" for _, _, group, age, sex, n in shore)
    found = future(read_population(root), 1)
    book, people = found.central.book, found.start.people.sum(axis=(1, 2, 3))
    assert book.moved_out.sum(axis=1) == pytest.approx([0.03 * people[0], 0, 0])
    assert book.moved_in.sum(axis=1) == pytest.approx([0, 0.03 * people[0] / 4, 0.03 * people[0] * 3 / 4])
    assert any("in proportion to their people" in line for line in found.assumptions)


def test_without_rates_a_country_of_one_s_own_stands_still(tmp_path: Path) -> None:
    found = future(read_population(own(tmp_path, "rates: {}\n")), 10)
    sizes = found.central.cube.sum("region", "group", "year")
    assert sizes[..., -1] == pytest.approx(sizes[..., 0])
    with pytest.raises(InvalidPopulation, match="nothing of births and deaths"):
        future(read_population(own(tmp_path, "")), 1)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('land: "1%"', 'sand: "1%"', ["population.yaml:9:16", "'sand' is no group"]),
        ('shore: "2%"', 'north: "2%"', ["population.yaml:11", "'north' is no region", "reef, shore"]),
        ('mer: "10%"', "mer: 0.1", ["0.1, a binary float"]),
        ('e0: "72"', "e00: 72", ["e00"]),
        ('mer: "0.5%"', 'mer: "120%"', ["population.yaml:12", "1.2 of its people", "together 100% at most"]),
        ('land: "1%"', 'land: "101%"', ["population.yaml:9", "1.01 of its people"]),
    ],
)
def test_rates_of_one_s_own_are_refused_at_their_place(tmp_path: Path, old: str, new: str, words: list[str]) -> None:
    assert old in RATES
    with pytest.raises(InvalidRecord) as caught:
        read_population(own(tmp_path, RATES.replace(old, new)))
    for word in words:
        assert word in str(caught.value)


def test_the_country_goes_on_from_its_last_census() -> None:
    found = future(KZ, 12, by_region=False, draws=60)
    assert found.central.gap < 1e-5
    first, last = found.central.cube.sum("group", "year")[:, 0], found.central.cube.sum("group", "year")[:, -1]
    assert dict(zip(found.start.groups, first, strict=True))["kazakh"] == pytest.approx(13_497_891, abs=1)
    assert last[0] / last.sum() > first[0] / first.sum()
    year = national(KZ)[2021]
    assert found.central.books[0].births.sum() == pytest.approx(year.births, rel=0.05)
    assert found.drawn is not None
    drawn = found.drawn.sum("year")[-1]
    assert drawn.min() < last.sum() < drawn.max()
    back = found.central.books[0].repatriation
    assert back[:, 1:].sum() == 0 < back[:, 0].sum() < 40_000


def test_what_a_census_asked_anew_is_not_taken_for_moves() -> None:
    """Held against the estimates of 2025, which are carried forward from that census and used nowhere else."""
    on = date(2025, 1, 1)
    told = {row.group: row.people for row in KZ.rows["estimates"] if row.on == on}
    plain = replace(KZ, censuses=tuple(replace(c, asked_anew=False) for c in KZ.censuses))
    missed = {}
    for record in (KZ, plain):
        found = future(record, 4, by_region=False)
        sizes = found.central.cube.sum("group", "year")
        reached = sizes[:, 3] * (sizes[:, 4] / sizes[:, 3]) ** (122 / 365.25)
        errors = {g: abs(n / told[g] - 1) for g, n in zip(found.start.groups, reached, strict=True) if g in told}
        assert len(errors) == 9
        missed[record is KZ] = sum(errors.values())
        assert any("none of the growth between 2009 and 2021" in line for line in found.assumptions) == (record is KZ)
    assert missed[True] < 0.6 * missed[False]


def test_regions_go_on_growing_apart_as_they_did() -> None:
    found = future(KZ, 2)
    assert found.central.gap < 1e-5
    growth = grown(KZ, found.start.regions, 2011, 2021)
    assert growth is not None
    sizes = found.central.cube.sum("region", "year")
    ahead = np.log(sizes[:, 1] / sizes[:, 0])
    assert np.corrcoef(ahead, growth)[0, 1] > 0.99
    book = found.central.books[0]
    assert book.moved_in.sum() == pytest.approx(book.moved_out.sum())


def test_tables_become_schedules() -> None:
    table = risks(KZ, 2007.5)
    rows = {(row.sex, row.age): row.rate for row in KZ.rows["mortality"] if row.since == 2005}
    assert table[0, 0] == pytest.approx(rows["female", 0])
    assert table[3, 1] == pytest.approx(rows["male", 1])
    assert table[62, 1] == pytest.approx(rows["male", 60], rel=0.02)
    for s, years in ((0, "e0_female"), (1, "e0_male")):
        mean = np.mean([getattr(national(KZ)[year], years) for year in range(2005, 2010)])
        assert expectation(table[:, s]) == pytest.approx(mean, abs=0.35)


def test_ages_of_the_country_are_carried_to_the_day() -> None:
    census = KZ.census("2009")
    ages = national_ages(KZ, census.on)
    assert ages.sum() == pytest.approx(1)
    told = sum(row.people for row in KZ.rows["ages"] if row.year == 2010 and row.age < 15)
    whole = sum(row.people for row in KZ.rows["ages"] if row.year == 2010)
    assert ages[:15].sum() == pytest.approx(told / whole, abs=0.006)


def test_schedules_keep_their_sums_and_limits() -> None:
    assert rogers_castro().sum() == pytest.approx(1)
    assert rogers_castro().argmax() == pytest.approx(23, abs=3)
    assert standard_births().sum() == pytest.approx(1)
    births = single_births([15, 20, 25], [0.2, 0.5, 0.3])
    assert [births[a : a + 5].sum() for a in (15, 20, 25)] == pytest.approx([0.2, 0.5, 0.3])
    people = split_spans([0, 5, 10], [50.0, 40.0, 10.0], ages=20)
    assert [people[:5].sum(), people[5:10].sum(), people[10:].sum()] == pytest.approx([50, 40, 10])
    hazards, birth = cohort_hazards(np.array([0.1, 0.02, 0.02]))
    assert birth + hazards[0] == pytest.approx(0.1 + 0.01)
    for years in (45.0, 72.5, 88.0):
        assert expectation(risks_of(years)) == pytest.approx(years)
    for wrong in ([[1, 5], [0.1, 0.1]], [[0, 5], [0.1, 0.0]], [[0, 0], [0.1, 0.1]]):
        with pytest.raises(InvalidPopulation):
            single_risks(*wrong)  # type: ignore[arg-type]
