"""The regions of party laws, of populations and of maps are the same ones, by whatever name a file calls them."""

from datetime import date

import pytest

from sailau.geo.library import load_geo
from sailau.records.populations import load_population
from sailau.records.registers import load_areas

KZ = load_population("kz")
AREAS = load_areas("kz")


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2023, 1, 1)])
def test_three_lists_of_regions_are_one(day: date) -> None:
    """A region that lost a part is another region for counts (`_to_2022`) and the same one for the law."""
    assert AREAS is not None
    regions = [r for r in KZ.regions if (r.since or day) <= day <= (r.until or day)]
    counted = {r.id.removesuffix("_to_2022"): r for r in regions}
    geo = load_geo("kz/adm1", on=day)
    assert {area.id for area in AREAS.on(day)} == set(counted)
    assert {region.iso for region in regions} == set(geo.units)
    for area in AREAS.on(day):
        region = counted[area.id]
        names = {*area.names, *(region.names[lang].split(" (")[0] for lang in ("kk", "ru"))}
        assert {name: geo.find(name) for name in names} == dict.fromkeys(names, region.iso)
