"""Maps of the Lab: a user's outlines where there are some, with their attribution, tiles else; and what they show."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.shared import KZ, Site

from sailau.geo.add import add_outlines
from sailau.geo.library import load_geo

CREDIT = "Boundaries: invented for a test"
UNITS = load_geo("kz/adm1@2022-06-08").units


def squares() -> str:
    """Return the tiles of the regions as outlines a degree wide."""
    features = []
    for code, unit in UNITS.items():
        assert unit.tile is not None
        x, y = 50 + 2 * unit.tile[0], 50 - unit.tile[1]
        ring = [[x, y], [x + 2, y], [x + 2, y + 1], [x, y + 1], [x, y]]
        features.append({"type": "Feature", "id": code, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("SAILAU_GEO", str(tmp_path / "geo"))
    made = Site()
    yield made
    made.close()


@pytest.fixture
def lab(site: Site) -> str:
    """Return the address of votes by region: a leads by a half in the first, all are tied in the last."""
    head = "region,registered,voters,a,b,c\n"
    rows = [f"{code},2000,{1000 + 10 * i},{600},{300},{100}" for i, code in enumerate(UNITS)]
    rows[0] = rows[0].replace("600,300,100", "700,200,100")
    rows[-1] = rows[-1].replace("600,300,100", "400,400,200")
    page = site.upload("/upload", (head + "\n".join(rows)).encode(), law="kz/mazhilis@2022-11-05").text
    found = re.search(r'href="(/lab\?e=own:[^"&]+)"', page)
    assert found, page
    return found[1]


def add(tmp_path: Path) -> None:
    (tmp_path / "kz.geojson").write_text(squares(), encoding="utf-8")
    folder = tmp_path / "geo"
    add_outlines(tmp_path / "kz.geojson", "kz/adm1/own", licence="CC0", attribution=CREDIT, folder=folder)


def test_outlines_are_drawn_as_soon_as_there_are_some(site: Site, lab: str, tmp_path: Path) -> None:
    before = site.get(lab).text
    assert "Equal tiles" in before and 'name="shape"' not in before and CREDIT not in before
    add(tmp_path)
    page = site.get(lab).text
    assert f"{CREDIT} · CC0" in page and 'name="shape"' in page and "Equal tiles" not in page
    tiles = site.get(f"{lab}&shape=tiles").text
    assert "Equal tiles" in tiles and CREDIT not in tiles
    assert 'class="picture map"' not in site.get(f"/lab?e={KZ}").text, "votes of the nation have no map"


def test_a_map_shows_what_is_asked_for(site: Site, lab: str) -> None:
    named = [unit.name("en") for unit in UNITS.values()]
    winner = site.get(lab).text
    assert f"<title>{named[0]}: a</title>" in winner and f"<title>{named[-1]}: a tie</title>" in winner
    margin = site.get(f"{lab}&map=margin").text
    assert f"<title>{named[0]}: 50.0%</title>" in margin and f"<title>{named[-1]}: 0.0%</title>" in margin
    turnout = site.get(f"{lab}&map=turnout").text
    assert f"<title>{named[0]}: 50.0%</title>" in turnout and f"<title>{named[1]}: 50.5%</title>" in turnout
    assert 'value="wasted"' not in winner, "seats of the nation's list are not won in a region"


def test_the_map_travels_only_when_it_changes(site: Site, lab: str) -> None:
    query = lab.partition("?")[2]
    first = site.part(f"{query}&map=margin")
    assert "<svg" in first["map"]["is"] and "map=margin" in first["query"]
    again = site.part(f"{query}&map=margin&list.threshold.share=7%25&have={first['map']['key']}")
    assert again["map"] is None and "have" not in again["query"] and "map=margin" in again["query"]
    assert site.part(f"{query}&have={first['map']['key']}")["map"] is not None


def test_without_scripts_the_choice_stays_in_the_address(site: Site, lab: str) -> None:
    answer = site.get(f"{lab}&form=1&map=turnout&shape=&lang=kk")
    assert answer.status == 303 and answer.headers["location"].endswith("&map=turnout&lang=kk")
