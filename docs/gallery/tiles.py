"""Regions as tiles.

Every region has one tile of one size, since empty land does not vote. The division is data with dates: a table of 2021
with its 17 units is refused on the map of 20, with the edition that fits.
"""

from pathlib import Path
from tempfile import mkdtemp

from sailau.files.places import shipped
from sailau.geo.library import load_geo
from sailau.geo.record import place_values
from sailau.geo.values import read_values
from sailau.plots.maps import tile_map
from sailau.plots.save import save
from sailau.plots.style import Style

rows = (shipped("populations") / "kz" / "series.csv").read_text(encoding="utf-8").splitlines()
table = Path(mkdtemp()) / "regions.csv"
table.write_text("\n".join(row for row in rows if ",all," not in row), encoding="utf-8")
geo = load_geo("kz/adm1@2022-06-08")
values = read_values(table, geo=geo, unit="region", value="people", where={"year": "2023"})
picture = tile_map(geo, place_values(geo, values), Style("Халық саны", "kk"), below="2023 жылғы 1 қаңтар")
save(picture, "tiles.svg")
