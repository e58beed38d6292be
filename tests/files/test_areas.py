"""One record of a country's regions: laws on parties, populations and maps all read it and keep no list."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from sailau.files.area_names import find_unit
from sailau.files.areas import load_areas_record, read_areas
from sailau.files.places import shipped
from sailau.geo.library import editions
from sailau.records.populations import crossings, load_population
from sailau.records.registers import load_areas
from sailau.terms.errors import InvalidRecord, NotFound

RECORD = load_areas_record("kz")
KZ = load_population("kz")
SPLITS = sorted({unit.since for unit in RECORD.units.values() if unit.of and unit.since})


def test_populations_and_maps_hold_no_names_of_regions() -> None:
    assert "regions" not in yaml.safe_load((KZ.folder / "population.yaml").read_text(encoding="utf-8"))
    for path in (shipped("geo") / "kz").rglob("*.yaml"):
        for unit in yaml.safe_load(path.read_text(encoding="utf-8"))["units"].values():
            assert set(unit) == {"tile"}


@pytest.mark.parametrize("day", [day + timedelta(days=k) for day in SPLITS for k in (-1, 0)])
def test_the_regions_of_a_day_are_those_of_the_record(day: date) -> None:
    """A region that lost a part is another region for counts (`_to_2022`) and the same one for the law."""
    there = {unit.id for unit in RECORD.units.values() if unit.existed_on(day)}
    areas = load_areas("kz")
    assert areas is not None
    assert {area.id for area in areas.on(day)} == there
    counted = [r for r in KZ.regions if (r.since or day) <= day <= (r.until or day)]
    assert {r.id.partition("_to_")[0] for r in counted} == there
    assert len(counted) == len(there)
    for geo in editions("kz/adm1"):
        if geo.holds_on(day):
            assert {r.iso for r in counted} == set(geo.units)


def test_a_region_is_split_where_the_record_says_so() -> None:
    """The crosswalk of people follows the same days and the same parents."""
    parents = {unit.id: unit.of for unit in RECORD.units.values()}
    for parts in crossings(KZ).values():
        for part in parts:
            assert part.on in SPLITS
            whole = part.from_.partition("_to_")[0]
            assert part.to == whole or parents[part.to] == whole
    assert {part.from_ for parts in crossings(KZ).values() for part in parts} == {
        "south_kazakhstan", "almaty_region_to_2022", "karaganda_to_2022", "east_kazakhstan_to_2022",
    }  # fmt: skip


def test_a_name_holds_for_its_time() -> None:
    old, new = editions("kz/adm1")
    assert (old.units["KZ-71"].name("en"), new.units["KZ-71"].name("en")) == ("Nur-Sultan", "Astana")
    assert {geo.find(name) for geo in (old, new) for name in ("Астана", "Нур-Султан", "KZ-AST", "71")} == {"KZ-71"}


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("Kostanay", "kostanay"), ("Костанайская обл.", "kostanay"), ("Қостанай", "kostanay"), ("KZ-39", "kostanay"),
        ("390000000", "kostanay"), ("г.Шымкент", "shymkent"), ("Almaty", "almaty_city"), ("KZ-61", None),
        ("Алматинская область", "almaty_region"), ("Atlantis", None),
    ],
)  # fmt: skip
def test_names_and_codes_find_their_unit(written: str, unit: str | None) -> None:
    """KZ-61 was the code of South Kazakhstan too; without a day it is nobody's alone."""
    assert find_unit(written, {name: area.spellings for name, area in RECORD.units.items()}) == unit


ONE = "areas: xx\nname: X\nunits:\n  a: {names: [A]}\n"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("  b: {names: [B, a]}\n", "areas.yaml:5:6: 'a' is a name of a and of b"),
        ("  b: {names: [B], of: c}\n", "b was made out of 'c', which is no unit here"),
        ("  b: {names: [B], form: 2020-01-01}\n", "areas.yaml:5:19: the key 'units.b.form' is unknown"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(tmp_path: Path, more: str, words: str) -> None:
    path = tmp_path / "areas.yaml"
    path.write_text(ONE + more, encoding="utf-8")
    with pytest.raises(InvalidRecord) as caught:
        read_areas(path)
    assert words in str(caught.value)


def test_units_of_different_times_may_share_a_name(tmp_path: Path) -> None:
    path = tmp_path / "areas.yaml"
    path.write_text(
        ONE.replace("[A]}", "[A], until: 2019-12-31}") + "  b: {names: [A], from: 2020-01-01}\n", encoding="utf-8"
    )
    assert set(read_areas(path).units) == {"a", "b"}
    with pytest.raises(NotFound):
        load_areas_record("zz")
