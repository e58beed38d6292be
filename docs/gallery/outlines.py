"""Outlines of one's own.

`sailau geo add` takes any GeoJSON of areas: it checks the rings, simplifies every border once so that neighbours never
part, and keeps licence and attribution, which every map then shows. Here two invented neighbours share a ragged border.
"""

import json
from math import sin
from pathlib import Path
from tempfile import mkdtemp

from sailau.geo.add import add_outlines
from sailau.geo.library import load_geo
from sailau.plots.maps import outline_map
from sailau.plots.save import save
from sailau.plots.style import Style

border = [(20 + sin(i / 3) + sin(i) / 3, 44 + i / 20) for i in range(101)]
west, east = [(10, 44), *border, (10, 49)], [*reversed(border), (30, 44), (30, 49)]
features = [
    {"type": "Feature", "id": code, "properties": {"name_en": name},
     "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}}
    for code, name, ring in (("XX-1", "Westland", west), ("XX-2", "Eastland", east))
]  # fmt: skip
folder = Path(mkdtemp())
(folder / "land.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
own = {"licence": "invented", "attribution": "Boundaries: invented for this page"}
add_outlines(folder / "land.geojson", "xx/land/2026", folder=folder, tolerance_km=5, **own)
geo = load_geo("xx/land/2026", folder=folder)
save(outline_map(geo, {"XX-1": 0.61, "XX-2": 0.48}, Style("Turnout"), shares=True), "outlines.svg")
