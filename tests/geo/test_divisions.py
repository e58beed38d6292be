"""Divisions that ship, and how a table's spelling of a unit is understood."""

from datetime import date
from pathlib import Path

import pytest

from sailau.geo.library import editions, geo_ids, load_geo
from sailau.geo.read import read_geo
from sailau.geo.record import check_day, place_values
from sailau.locale import LANGUAGES
from sailau.plots.lettering import width_of
from sailau.plots.maps import tile_map
from sailau.plots.style import Style
from sailau.terms.errors import Invalid, InvalidRecord, NotFound

OLD, NEW = "kz/adm1@2018-06-19", "kz/adm1@2022-06-08"


@pytest.fixture(autouse=True)
def nobody_elses_outlines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAILAU_GEO", str(tmp_path / "none"))


def test_there_were_seventeen_units_and_there_are_twenty() -> None:
    assert geo_ids() == (OLD, NEW)
    assert [len(load_geo(name).units) for name in (OLD, NEW)] == [17, 20]
    assert load_geo(NEW).units.keys() - load_geo(OLD).units.keys() == {"KZ-10", "KZ-33", "KZ-62"}
    assert load_geo("kz/adm1").id == NEW
    assert load_geo("kz/adm1", on=date(2021, 1, 10)).id == OLD
    assert load_geo("kz/adm1", on=date(2022, 6, 8)).id == NEW
    with pytest.raises(NotFound, match="2018-06-19"):
        load_geo("kz/adm1", on=date(2016, 3, 20))
    with pytest.raises(NotFound, match="kz/adm1"):
        load_geo("kz/adm2")


@pytest.mark.parametrize("name", [OLD, NEW])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_units_have_names_of_their_own_that_fit_their_tiles(name: str, lang: str) -> None:
    units = load_geo(name).units.values()
    for short in (False, True):
        assert len({unit.names[lang] for unit in units}) == len({unit.name(lang, short=short) for unit in units})
    assert all(width_of(unit.short[lang], 12, bold=True) <= 94 for unit in units)
    assert "…" not in tile_map(load_geo(name), dict.fromkeys(load_geo(name).units, 1_000_000), Style("T", lang=lang))


@pytest.mark.parametrize("name", [OLD, NEW])
def test_tiles_hang_together_and_codes_follow_the_classifier(name: str) -> None:
    units = load_geo(name).units
    tiles = {unit.tile for unit in units.values() if unit.tile}
    assert len(tiles) == len(units)
    reached, waiting = set(), [next(iter(tiles))]
    while waiting:
        x, y = waiting.pop()
        reached.add((x, y))
        beside = {(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)}
        waiting += [tile for tile in beside if tile in tiles and tile not in reached]
    assert reached == tiles
    assert all(unit.kato == f"{code[3:]}0000000" for code, unit in units.items())


@pytest.mark.parametrize(
    ("spelled", "code"),
    [
        ("KZ-10", "KZ-10"), ("kz-75", "KZ-75"), ("750000000", "KZ-75"), ("59", "KZ-59"), ("г. Алматы", "KZ-75"),
        ("Алматы қаласы", "KZ-75"), ("город Алматы", "KZ-75"), ("Алматы обл.", "KZ-19"), ("Алматы облысы", "KZ-19"),
        ("Алматинская", "KZ-19"), ("АЛМАТИНСКАЯ ОБЛАСТЬ", "KZ-19"), ("Almaty region", "KZ-19"), ("СҚО", "KZ-59"),
        ("область Абай", "KZ-10"), ("Абайская область", "KZ-10"), ("Абай", "KZ-10"), ("Шымкент қ.", "KZ-79"),
        ("г. Нур-Султан", "KZ-71"), ("West Kazakhstan", "KZ-27"), ("Западно–Казахстанская обл", "KZ-27"),
        ("Қазақстан Республикасы", None), ("", None), ("облысы", None), ("Atlantis", None),
    ],
)  # fmt: skip
def test_a_unit_is_found_by_code_and_by_any_of_its_names(spelled: str, code: str | None) -> None:
    assert load_geo(NEW).find(spelled) == code


def test_values_of_another_year_are_refused_with_the_edition_that_fits() -> None:
    new, old = load_geo(NEW), load_geo(OLD)
    values = dict.fromkeys(new.units, 1)
    assert place_values(new, values) == values
    with pytest.raises(Invalid, match=r"17 units\) has no unit .*KZ-10.*") as error:
        place_values(old, values, others=editions("kz/adm1"))
    assert NEW in str(error.value.hint)
    with pytest.raises(Invalid, match="one unit"):
        place_values(new, {"KZ-10": 1, "Абай": 2})


def test_a_day_of_another_edition_is_refused_with_the_right_one() -> None:
    check_day(load_geo(NEW), date(2023, 3, 19))
    with pytest.raises(Invalid, match="not on 2021-01-10") as error:
        check_day(load_geo(NEW), date(2021, 1, 10), others=editions("kz/adm1"))
    assert OLD in str(error.value.hint)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("tile: [1, 1]", "tile: [4, 0]"), "stand on one tile"),
        (("KZ-27: {tile", "KZ-27: {tyle"), "unknown"),
        (("  KZ-27: {tile: [1, 1]}\n", ""), "KZ-27 of the record of regions 'kz' are missing"),
        (("KZ-27:", "KZ-28:"), "the record of regions 'kz' has no KZ-28 on that day"),
        (("tile: [1, 1]", "tile: [1]"), "tile"),
        (("geo: kz/adm1\n", ""), "geo is missing"),
    ],
)
def test_a_record_at_fault_is_named_with_its_line(tmp_path: Path, change: tuple[str, str], fault: str) -> None:
    text = Path(load_geo(NEW).path).read_text(encoding="utf-8").replace(*change)
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRecord, match=fault) as error:
        read_geo(path)
    assert error.value.place and error.value.place.line
